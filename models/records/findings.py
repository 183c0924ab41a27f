"""What an audit finds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not check.

    `entry`: its number in the history, 0 for what the action was loaded with, None for the action as a whole.
    """

    ref: str
    wrong: str
    entry: int | None = None
    at: datetime | None = None
