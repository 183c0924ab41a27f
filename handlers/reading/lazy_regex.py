"""Regular expressions that are compiled at their first use."""

import re
from collections.abc import Callable
from functools import cache


def lazy_regex(*parts: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return a function that gives the pattern of some parts, compiled the first time.

    For what a typed command does without: the long patterns for messages in plain words take a command from cold longer
    to compile than its answer takes.
    """
    return cache(lambda: re.compile("".join(parts), flags))
