"""Limits on what a plan holds, in characters and in years: the same in files, forms and commands."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The first and the last year that a date of a plan may be in."""

MAX_WORDS = 2_000
"""The words of an action."""
MAX_PRINTED = 8_000
"""What a log says of an action beside its fields, as printed."""
MAX_TITLE = 300
"""A name, a title, a minute, a source."""
MAX_REASON = 1_000
"""Why an action or a meeting was moved, cancelled or given to somebody else."""
