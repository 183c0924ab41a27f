"""Returns of partner organisations on a meeting's focus theme, and which meeting takes which theme."""
