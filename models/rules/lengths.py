"""How much the plan takes in one place, in characters and in years: the same by file, by form and by words."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""What a date of a plan is from and to."""

MAX_WORDS = 2_000
"""The words of an action."""
MAX_TITLE = 300
"""A name, a title, a minute, a source."""
