"""Boards, their meetings, organisations, and reminders on and off."""
