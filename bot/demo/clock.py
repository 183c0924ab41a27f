"""The local workspace's clock: the plan's time, moved by hand."""

from datetime import UTC, datetime
from threading import Lock


class MovableClock:
    """A clock that shows the time it was last set to. Safe to use from several threads."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._lock = Lock()

    def __call__(self) -> datetime:
        """Return the plan's time, aware, in UTC."""
        with self._lock:
            return self._now

    def move(self, to: datetime) -> None:
        """Set the clock.

        Raises:
            ValueError: the time is before the present one: what was sent cannot be unsent.
        """
        with self._lock:
            if to < self._now:
                raise ValueError("the clock only moves forward")
            self._now = to.astimezone(UTC)
