"""What the log gets of an error that was not foreseen: where it happened, never its own words.

An exception's message may hold what people typed, or a token; its frames do not.
"""

import traceback
from uuid import uuid4


def format_traceback(error: BaseException) -> str:
    """The kind of an error and the lines of code it came through."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"


def error_reference() -> str:
    """A short reference that people can quote and the log has."""
    return uuid4().hex[:8]
