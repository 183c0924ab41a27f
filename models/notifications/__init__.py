"""The ledger of scheduled notifications and the messages they go out in."""
