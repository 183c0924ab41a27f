"""The plan: its rows, read and written by named functions."""
