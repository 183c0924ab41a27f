"""Leads' answers and their receipts: update, no change, verbal, to follow, not ours, snooze, undo."""
