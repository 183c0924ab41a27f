"""Reads of a plan's measures and their figures: in one statement each, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.measure_enums import Attainment, MeasureUnit, Movement, NoFigure, PeriodKind
from models.rules.attainment import Goal, attainment, compared_with, movement
from models.rules.periods import MeasurePeriod, last_ended, period_containing
from models.rules.refs import ref_key
from models.rules.small_numbers import is_small, percentage_withheld
from models.storage.history_tables import MeasureValue
from models.storage.rare_rows import none_yet
from models.storage.tables import PlanMeasure


class ValueFacts(NamedTuple):
    """A measure's figure for a period as it stands: the latest entry."""

    id: int
    figure: Decimal | None
    numerator: int | None
    denominator: int | None
    target: Decimal | None
    floor: Decimal | None
    provisional: bool
    available: bool
    note: str
    signature: str
    at: datetime

    def is_withheld(self, unit: MeasureUnit) -> bool:
        """Return whether the figure gives a small number away."""
        if self.figure is None:
            return False
        if unit is MeasureUnit.PERCENT:
            return percentage_withheld(self.figure, self.numerator, self.denominator)
        if unit is MeasureUnit.NUMBER:
            return is_small(int(self.figure))
        return self.numerator is not None and is_small(self.numerator)


@dataclass(frozen=True)
class MeasureFacts:
    """One measure, with its figures by period, the earliest first."""

    id: int
    ref: str
    name: str
    short_name: str
    theme_id: int | None
    priority_id: int | None
    goal: Goal
    unit: MeasureUnit
    period: PeriodKind
    seasonal: bool
    baseline: str
    provider_post_id: int | None
    source: str
    benchmarks: tuple[str, ...]
    values: Mapping[MeasurePeriod, ValueFacts] = field(default_factory=dict)

    @cached_property
    def figures(self) -> dict[MeasurePeriod, Decimal]:
        """The figures by period, without those that are withheld: nothing may be worked out from these."""
        return {
            period: one.figure
            for period, one in self.values.items()
            if one.figure is not None and not one.is_withheld(self.unit)
        }

    def latest(self, today: date) -> MeasurePeriod | None:
        """Return the last period that something was given for, of those that are over; None for none."""
        return max((one for one in self.values if one.has_ended(today)), default=None)

    def goal_at(self, period: MeasurePeriod) -> Goal:
        """Return what was wanted for a period: as it stood when that was first given, else as it stands."""
        value = self.values.get(period)
        return self.goal if value is None else replace(self.goal, target=value.target, floor=value.floor)

    def attained(self, period: MeasurePeriod) -> Attainment:
        """Return how a period's figure stands to what was wanted."""
        value = self.values.get(period)
        if value is None:
            return Attainment.TO_SUPPLY
        if value.is_withheld(self.unit):
            return Attainment.WITHHELD
        return attainment(self.goal_at(period), value.figure, available=value.available)

    def moved(self, period: MeasurePeriod) -> tuple[Movement, MeasurePeriod] | None:
        """Return which way it went up to a period, and since which; None where nothing can be compared."""
        if period not in self.figures:
            return None
        then = compared_with(period, self.figures, seasonal=self.seasonal)
        if then is None:
            return None
        return movement(self.goal_at(period), self.figures[period], self.figures[then]), then

    def moved_since(self, day: date, today: date) -> Movement | None:
        """Return which way it went from the period of a day until two periods later; None where that is not known."""
        then = period_containing(self.period, day)
        base = max((one for one in self.figures if one <= then), default=None)
        after = [one for one in self.figures if one >= then.next.next and one.has_ended(today)]
        if base is None or not after:
            return None
        return movement(self.goal_at(max(after)), self.figures[max(after)], self.figures[base])

    def missing(self, today: date) -> MeasurePeriod | None:
        """Return the last period that is over, where nothing was given for it."""
        last = last_ended(self.period, today)
        return None if last in self.values else last


_VALUE = (
    MeasureValue.id,
    MeasureValue.measure_id,
    MeasureValue.period_end,
    MeasureValue.figure,
    MeasureValue.numerator,
    MeasureValue.denominator,
    MeasureValue.target,
    MeasureValue.floor,
    MeasureValue.provisional,
    MeasureValue.absent,
    MeasureValue.note,
    MeasureValue.signature,
    MeasureValue.at,
)


def measures_of(
    session: Session,
    ids: Collection[int] | None = None,
    priority_ids: Collection[int] = (),
    theme_ids: Collection[int] = (),
) -> list[MeasureFacts]:
    """Return measures in the plan's order, each with its figures: all, or some by number or by what they are of."""
    if none_yet(session, PlanMeasure):
        return []
    every = _read(session, [] if ids is None else [PlanMeasure.id.in_(ids)])
    if not (priority_ids or theme_ids):
        return every
    return [one for one in every if one.priority_id in priority_ids or one.theme_id in theme_ids]


def measures_under(
    session: Session, priority_ids: Collection[int], theme_ids: Collection[int]
) -> list[MeasureFacts] | None:
    """Return the measures of some priorities and whole themes; None where the plan has none at all."""
    if none_yet(session, PlanMeasure):
        return None
    wanted = PlanMeasure.priority_id.in_(priority_ids) | PlanMeasure.theme_id.in_(theme_ids)
    every = _read(session, [], wanted)
    return [one for one in every if one.priority_id in priority_ids or one.theme_id in theme_ids] if every else None


def _read(
    session: Session, which: Sequence[ColumnElement[bool]], valued: ColumnElement[bool] | None = None
) -> list[MeasureFacts]:
    """Return measures in one statement, with the figures of all, or of those that are `valued`."""
    of_measure = MeasureValue.measure_id == PlanMeasure.id
    wanted = (
        select(PlanMeasure, *_VALUE)
        .outerjoin(MeasureValue, of_measure if valued is None else of_measure & valued)
        .where(*which)
        .order_by(PlanMeasure.position, PlanMeasure.id, MeasureValue.period_end, MeasureValue.id)
    )
    found: dict[int, tuple[PlanMeasure, dict[date, Any]]] = {}
    for one in session.execute(wanted):
        _, latest = found.setdefault(one[0].id, (one[0], {}))
        if one.period_end is not None:
            latest[one.period_end] = one
    return [_facts(measure, latest) for measure, latest in found.values()]


def measure_refs(session: Session) -> frozenset[str] | None:
    """Return the keys of all refs of measures; None where the plan has none."""
    if none_yet(session, PlanMeasure):
        return None
    return frozenset(session.scalars(select(PlanMeasure.ref_key))) or None


def measure_by_id(session: Session, number: int) -> PlanMeasure | None:
    """Return a measure by its number."""
    return session.scalars(select(PlanMeasure).where(PlanMeasure.id == number)).first()


def measure_by_ref(session: Session, ref: str) -> PlanMeasure | None:
    """Return a measure by its ref, in any spelling."""
    return session.scalars(select(PlanMeasure).where(PlanMeasure.ref_key == ref_key(ref))).first()


def _facts(row: PlanMeasure, values: Mapping[date, Any]) -> MeasureFacts:
    goal = Goal(row.good_is, decimal_in(row.target), decimal_in(row.floor), decimal_in(row.unchanged) or Decimal(0))
    return MeasureFacts(
        row.id, row.ref, row.name, row.short_name, row.theme_id, row.priority_id, goal, row.unit, row.period,
        row.seasonal, row.baseline, row.provider_post_id, row.source, tuple(row.benchmarks),
        {
            MeasurePeriod(row.period, end): _value(one)
            for end, one in values.items()
            if one.absent is not NoFigure.TAKEN_BACK
        },
    )  # fmt: skip


def _value(row: Any) -> ValueFacts:
    return ValueFacts(
        row.id,
        decimal_in(row.figure),
        row.numerator,
        row.denominator,
        decimal_in(row.target),
        decimal_in(row.floor),
        row.provisional,
        row.absent is None,
        row.note,
        row.signature,
        row.at,
    )


def decimal_in(text: str) -> Decimal | None:
    """Return a stored figure; None for none."""
    return Decimal(text) if text else None
