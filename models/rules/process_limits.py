"""What a row of monthly figures usually does, and which of them are out of the usual: an XmR chart's rules.

After NHS England's *Making Data Count*: limits are 2.66 mean moving ranges from the mean, from twelve figures on.

Source: docs/explanation/measures.md, Charts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from models.measure_enums import Signal

LEAST_FIGURES = 12
"""Fewer figures have no limits: they are a run chart."""
_RUN = 7
"""So many on one side of the mean, or each beyond the one before, are a signal."""
_RANGES = Decimal("2.66")
"""Mean moving ranges from the mean to a limit: three standard deviations of what varies by chance."""


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """The mean of some figures, and between which limits they vary by chance."""

    mean: Decimal
    lower: Decimal
    upper: Decimal


@dataclass(frozen=True, slots=True)
class Flagged:
    """A figure that is out of the usual: by which rule, and whether that is `up`."""

    signal: Signal
    up: bool


def process_limits(figures: Sequence[Decimal], most: Decimal | None = None) -> ProcessLimits | None:
    """Return the limits of figures in order of time; None for fewer than twelve.

    Args:
        figures: one a month, without a gap.
        most: what no figure can be above; none is below 0.
    """
    if len(figures) < LEAST_FIGURES:
        return None
    mean = sum(figures, Decimal(0)) / len(figures)
    ranges = [abs(later - earlier) for earlier, later in pairwise(figures)]
    width = _RANGES * sum(ranges, Decimal(0)) / len(ranges)
    upper = mean + width
    return ProcessLimits(mean, max(mean - width, Decimal(0)), upper if most is None else min(upper, most))


def flagged_figures(figures: Sequence[Decimal], limits: ProcessLimits) -> list[Flagged | None]:
    """Return of each figure why it is out of the usual; None for what is not."""
    found: list[Flagged | None] = [None] * len(figures)
    # Where several rules hold, the longest story is told: a trend, a shift, two of three, one alone.
    for signal, up, places in (
        *_outside(figures, limits),
        *_near_limits(figures, limits),
        *_shifts(figures, limits.mean),
        *_trends(figures),
    ):
        for at in places:
            found[at] = Flagged(signal, up)
    return found


_Found = Iterator[tuple[Signal, bool, Sequence[int]]]


def _outside(figures: Sequence[Decimal], limits: ProcessLimits) -> _Found:
    for at, figure in enumerate(figures):
        if not limits.lower <= figure <= limits.upper:
            yield Signal.OUTSIDE, figure > limits.mean, (at,)


def _near_limits(figures: Sequence[Decimal], limits: ProcessLimits) -> _Found:
    """Yield two of three in a row in the outer third on one side."""
    sides = ((True, (limits.upper - limits.mean) * 2 / 3), (False, (limits.mean - limits.lower) * 2 / 3))
    for up, third in sides:
        off = [figure - limits.mean if up else limits.mean - figure for figure in figures]
        for start in range(len(figures) - 2):
            near = [at for at in range(start, start + 3) if third and off[at] > third]
            if len(near) > 1:
                yield Signal.NEAR_LIMIT, up, near


def _shifts(figures: Sequence[Decimal], mean: Decimal) -> _Found:
    for up in (True, False):
        yield from ((Signal.SHIFT, up, run) for run in _runs([one > mean if up else one < mean for one in figures]))


def _trends(figures: Sequence[Decimal]) -> _Found:
    """Yield seven or more figures of which each is beyond the one before."""
    for up in (True, False):
        steps = [later > earlier if up else later < earlier for earlier, later in pairwise(figures)]
        yield from ((Signal.TREND, up, range(run[0], run[-1] + 2)) for run in _runs(steps, _RUN - 1))


def _runs(holds: Sequence[bool], least: int = _RUN) -> Iterator[range]:
    """Yield each unbroken run of places where something holds, of so many or more."""
    start = 0
    for at, held in enumerate([*holds, False]):
        if not held:
            if at - start >= least:
                yield range(start, at)
            start = at + 1
