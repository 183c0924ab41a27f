"""How much the plan takes in one place, in characters: the same by file, by form and by words."""

MAX_WORDS = 2_000
"""The words of an action."""
MAX_TITLE = 300
"""A name, a title, a minute, a source."""
