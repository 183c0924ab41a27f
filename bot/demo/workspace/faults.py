"""Things that go wrong on the way: asked for one by one, each a number of times."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "status", "ratelimited", "error", "dropped_unread", "dropped_applied", "cut_short", "late_answer", "late", "hang"
]


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with one call; make it with the class methods below."""

    kind: Kind
    status: int = 200
    seconds: float = 0.0
    name: str = ""
    applied: bool = False

    @classmethod
    def http(cls, status: int = 500, *, applied: bool = False) -> Fault:
        """An answer with this HTTP status; with `applied`, the call took effect all the same."""
        return cls("status", status=status, applied=applied)

    @classmethod
    def ratelimited(cls, retry_after: float = 1) -> Fault:
        """429 with Retry-After."""
        return cls("ratelimited", status=429, seconds=retry_after)

    @classmethod
    def error(cls, name: str, *, applied: bool = False) -> Fault:
        """`ok: false` with any error name; `internal_error` may have taken effect (`applied`)."""
        return cls("error", name=name, applied=applied)

    @classmethod
    def dropped_unread(cls) -> Fault:
        """The line breaks before the request is read: nothing happened."""
        return cls("dropped_unread")

    @classmethod
    def dropped_applied(cls) -> Fault:
        """The request is read and takes effect; then the line breaks, with no answer."""
        return cls("dropped_applied", applied=True)

    @classmethod
    def cut_short(cls) -> Fault:
        """It takes effect; then the line breaks in the middle of the answer."""
        return cls("cut_short", applied=True)

    @classmethod
    def answers_late(cls, seconds: float) -> Fault:
        """It takes effect at once and is answered after so many seconds."""
        return cls("late_answer", seconds=seconds, applied=True)

    @classmethod
    def arrives_late(cls, seconds: float) -> Fault:
        """It takes effect only after so many seconds, whether or not the caller still waits."""
        return cls("late", seconds=seconds, applied=True)

    @classmethod
    def hangs(cls, seconds: float = 60.0) -> Fault:
        """No answer and no effect: the line stays open until the caller, or `seconds`, gives it up."""
        return cls("hang", seconds=seconds)


@dataclass
class _Planned:
    fault: Fault
    times: int
    when: Callable[[Mapping[str, Any]], bool] | None


class Faults:
    """The faults still to come, by method; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: dict[str, list[_Planned]] = {}

    def add(
        self, method: str, fault: Fault, times: int = 1, *, when: Callable[[Mapping[str, Any]], bool] | None = None
    ) -> None:
        """Let the next `times` calls of `method` (`*` for any, `response_url` for those) go wrong.

        `when` looks at the arguments of a call and says whether it is meant; it cannot be had with `dropped_unread`,
        which reads none.
        """
        if when is not None and fault.kind == "dropped_unread":
            raise ValueError("dropped_unread reads no arguments, so `when` has nothing to look at")
        with self._lock:
            self._planned.setdefault(method, []).append(_Planned(fault, times, when))

    def clear(self) -> None:
        """Let everything go right again."""
        with self._lock:
            self._planned.clear()

    def left(self, method: str) -> int:
        """How many calls of this method are still to go wrong."""
        with self._lock:
            return sum(planned.times for planned in self._planned.get(method, ()))

    def take_unread(self, method: str) -> bool:
        """Whether this call's line breaks before it is read; counts it off."""
        return self._take(method, lambda planned: planned.fault.kind == "dropped_unread") is not None

    def take(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        """What goes wrong with this call, if anything; counts it off."""
        return self._take(
            method,
            lambda planned: planned.fault.kind != "dropped_unread" and (planned.when is None or planned.when(args)),
        )

    def _take(self, method: str, fits: Callable[[_Planned], bool]) -> Fault | None:
        with self._lock:
            for name in (method, "*"):
                for planned in self._planned.get(name, ()):
                    if planned.times > 0 and fits(planned):
                        planned.times -= 1
                        return planned.fault
        return None
