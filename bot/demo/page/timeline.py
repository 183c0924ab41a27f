"""Find when in the story a message was sent: the workspace stamps messages with the real time, as Slack does."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime


class Timeline:
    """The story's times, by the real times at which its clock was moved to them; `now` is the story's clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._since = [0.0]
        self._times = [now()]

    def note(self) -> None:
        """Note that the clock was moved just now."""
        self._since.append(time.time())
        self._times.append(self._now())

    def of(self, stamp: str) -> datetime:
        """Return the story's time of a message with this stamp."""
        return self._times[max(bisect_right(self._since, float(stamp)) - 1, 0)]
