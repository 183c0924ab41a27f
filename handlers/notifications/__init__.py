"""The words of scheduled notifications."""
