"""How a figure is taken: in rounds, in turn with what it stands beside: a slow machine slows both."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One line of `make bench`.

    `value` and `beside` are one number a round, in `unit`; None where one did not come to its end. `reach`: the ratio
    of the two that is aimed at, at most (`least`: at least). `also`: what else was seen; each number in `within` is
    reached where the one of the same name in `also` is at most that.
    """

    name: str
    what: str
    than: str
    unit: str
    value: Sequence[float] | None
    beside: Sequence[float] | None
    reach: float
    least: bool = False
    also: Mapping[str, object] = field(default_factory=dict)
    within: Mapping[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """The median of the rounds' ratios: what slowed one round down slowed both of its sides."""
        if not self.value or not self.beside:
            return None
        return statistics.median(mine / its for mine, its in zip(self.value, self.beside, strict=True))

    @property
    def reached(self) -> bool:
        """Whether everything that is aimed at was."""
        if self.ratio is None or (self.ratio < self.reach if self.least else self.ratio > self.reach):
            return False
        return all(
            isinstance(seen := self.also.get(name), int | float) and seen <= most for name, most in self.within.items()
        )

    def line(self) -> str:
        """The figure as one line of JSON."""
        shown: dict[str, object] = {"figure": self.name, "what": self.what, "unit": self.unit}
        shown |= {"median": _median(self.value), "spread": _spread(self.value)}
        shown |= {"beside": self.than, "beside_median": _median(self.beside), "beside_spread": _spread(self.beside)}
        shown |= {"ratio": _short(self.ratio), "reach": f"{'>=' if self.least else '<='} {self.reach:g}"}
        shown |= {f"reach_{name}": f"<= {most:g}" for name, most in self.within.items()}
        shown |= {"reached": self.reached, "rounds": len(self.value or self.beside or ())} | dict(self.also)
        return json.dumps(shown, ensure_ascii=False)


def _median(seen: Sequence[float] | None) -> float | None:
    return _short(statistics.median(seen)) if seen else None


def _spread(seen: Sequence[float] | None) -> list[float | None] | None:
    return [_short(min(seen)), _short(max(seen))] if seen else None


def _short(number: float | None) -> float | None:
    return None if number is None else float(f"{number:.4g}")


def seconds(work: Work, clock: Callable[[], float] = time.perf_counter) -> float:
    """How long some work takes by the clock on the wall; by `time.thread_time` what it takes of the processor."""
    began = clock()
    work()
    return clock() - began


def in_turn(rounds: int, calls: int, *works: Work, clock: Callable[[], float] = time.perf_counter) -> list[list[float]]:
    """Milliseconds of each work, one number a round: the median of `calls`, each followed by one of every other."""
    found: list[list[float]] = [[] for _ in works]
    for work in works if rounds > 1 else ():
        work()
    for _ in range(rounds):
        taken: list[list[float]] = [[] for _ in works]
        for _ in range(calls):
            for at, work in enumerate(works):
                taken[at].append(seconds(work, clock) * 1000)
        for at, some in enumerate(taken):
            found[at].append(statistics.median(some))
    return found
