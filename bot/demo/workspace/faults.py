"""Plan things that go wrong on the way: each for a number of calls."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

FaultKind = Literal[
    "status", "ratelimited", "error", "dropped_unread", "dropped_applied", "cut_short", "late_answer", "late", "hang"
]


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with one call; make it with the class methods below."""

    kind: FaultKind
    status: int = 200
    seconds: float = 0.0
    name: str = ""
    applied: bool = False

    @classmethod
    def http(cls, status: int = 500, *, applied: bool = False) -> Fault:
        """Return a fault that answers with this HTTP status; with `applied`, the call takes effect all the same."""
        return cls("status", status=status, applied=applied)

    @classmethod
    def ratelimited(cls, retry_after: float = 1) -> Fault:
        """Return a fault that answers 429 with Retry-After, in seconds."""
        return cls("ratelimited", status=429, seconds=retry_after)

    @classmethod
    def error(cls, name: str, *, applied: bool = False) -> Fault:
        """Return a fault that answers `ok: false`; an `internal_error` may have taken effect (`applied`)."""
        return cls("error", name=name, applied=applied)

    @classmethod
    def dropped_unread(cls) -> Fault:
        """Return a fault that breaks the line before the request is read: nothing happens."""
        return cls("dropped_unread")

    @classmethod
    def dropped_applied(cls) -> Fault:
        """Return a fault that lets the request take effect, then breaks the line without an answer."""
        return cls("dropped_applied", applied=True)

    @classmethod
    def cut_short(cls) -> Fault:
        """Return a fault that lets the request take effect, then breaks the line in the middle of the answer."""
        return cls("cut_short", applied=True)

    @classmethod
    def answers_late(cls, seconds: float) -> Fault:
        """Return a fault that lets the request take effect at once and answers after some seconds."""
        return cls("late_answer", seconds=seconds, applied=True)

    @classmethod
    def arrives_late(cls, seconds: float) -> Fault:
        """Return a fault that lets the request take effect only after some seconds, still awaited or not."""
        return cls("late", seconds=seconds, applied=True)

    @classmethod
    def hangs(cls, seconds: float = 60.0) -> Fault:
        """Return a fault without answer or effect: the line stays open until the caller, or `seconds`, gives up."""
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
        """Remove all planned faults."""
        with self._lock:
            self._planned.clear()

    def left(self, method: str) -> int:
        """Return how many calls of this method are still to fail."""
        with self._lock:
            return sum(planned.times for planned in self._planned.get(method, ()))

    def take_unread(self, method: str) -> bool:
        """Return whether this call's line breaks before it is read, and count it off."""
        return self._take(method, lambda planned: planned.fault.kind == "dropped_unread") is not None

    def take(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        """Return what goes wrong with this call, if anything, and count it off."""
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
