"""What a measure's figure says: how it stands to target and floor standard, which way it went, whether it can be right.

Source: docs/explanation/measures.md, Words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median

from models.measure_enums import Attainment, GoodIs, MeasureUnit, Movement
from models.rules.periods import MeasurePeriod

USUAL_CHANGES = 5
"""A change of so many times the usual one is asked about."""
_LEAST_CHANGES = 3
"""The changes from which a usual one is known."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted of a measure.

    `unchanged`: a difference up to this, itself included, is no clear change; for what is good near the target, it is
    on target as well.
    """

    good_is: GoodIs
    target: Decimal | None = None
    floor: Decimal | None = None
    unchanged: Decimal = Decimal(0)

    def reaches(self, figure: Decimal, wanted: Decimal) -> bool:
        """Return whether a figure is as good as another, equality included."""
        if self.good_is is GoodIs.NEAR:
            return self._distance(figure) <= self._distance(wanted)
        return figure >= wanted if self.good_is is GoodIs.HIGH else figure <= wanted

    def gain(self, now: Decimal, then: Decimal) -> Decimal:
        """Return by how much a figure is better than another; below 0 where it is worse."""
        if self.good_is is GoodIs.NEAR:
            return self._distance(then) - self._distance(now)
        return now - then if self.good_is is GoodIs.HIGH else then - now

    def _distance(self, figure: Decimal) -> Decimal:
        return abs(figure - (self.target or Decimal(0)))


def attainment(goal: Goal, figure: Decimal | None, *, available: bool = True) -> Attainment:
    """Return how a figure stands to the target and the floor standard; `available`: False where there can be none."""
    if not available:
        return Attainment.NOT_AVAILABLE
    if figure is None:
        return Attainment.TO_SUPPLY
    if goal.target is None:
        if goal.floor is None or goal.good_is is GoodIs.NEAR:
            return Attainment.NO_TARGET
        return Attainment.NO_TARGET if goal.reaches(figure, goal.floor) else Attainment.BELOW_FLOOR
    near = goal.unchanged if goal.good_is is GoodIs.NEAR else Decimal(0)
    if goal.reaches(figure, goal.target) or (near and abs(figure - goal.target) <= near):
        return Attainment.TARGET
    if goal.floor is None:
        return Attainment.MISSED
    return Attainment.FLOOR if goal.reaches(figure, goal.floor) else Attainment.BELOW_FLOOR


def compared_with(
    period: MeasurePeriod, figures: Mapping[MeasurePeriod, Decimal], *, seasonal: bool
) -> MeasurePeriod | None:
    """Return the period with which a figure is compared: the same a year before, else the last that has one."""
    if seasonal:
        return period.year_before if period.year_before in figures else None
    return max((one for one in figures if one < period), default=None)


def movement(goal: Goal, now: Decimal, then: Decimal) -> Movement:
    """Return which way a measure went between two figures."""
    gain = goal.gain(now, then)
    if abs(gain) <= goal.unchanged:
        return Movement.UNCLEAR
    return Movement.IMPROVED if gain > 0 else Movement.WORSENED


def refused_figure(unit: MeasureUnit, figure: Decimal) -> str:
    """Return why a figure cannot be one of its unit, as a sentence; "" where it can."""
    if figure < 0:
        return f"{figure} is less than 0, which no measure in {unit.value} can be."
    if unit is MeasureUnit.PERCENT and figure > 100:
        return f"{figure} is more than 100 %."
    if unit is MeasureUnit.NUMBER and figure != figure.to_integral_value():
        return f"{figure} is not a whole number, and this measure counts."
    return ""


def doubted_figure(unit: MeasureUnit, figure: Decimal, before: Sequence[Decimal]) -> str:
    """Return what is odd about a figure beside those before it, the last of them at the end; "" where nothing is."""
    if unit is MeasureUnit.PERCENT and 0 < figure < 1:
        return f"{figure} is less than 1 %: did you mean {(figure * 100).normalize():f} %?"
    changes = [abs(later - earlier) for earlier, later in pairwise(before)]
    usual = median(changes) if len(changes) >= _LEAST_CHANGES else Decimal(0)
    if usual and abs(figure - before[-1]) >= USUAL_CHANGES * usual:
        return f"{figure} after {before[-1]} is {USUAL_CHANGES} times the usual change or more: is it right?"
    return ""
