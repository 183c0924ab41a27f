"""How measures and their figures are said: in one line, and beside their shape in a table.

Source: docs/explanation/measures.md, Words.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from handlers.context import RequestContext
from models.measure_enums import Attainment, GoodIs, MeasureUnit
from models.plan.headings import PriorityFacts, ThemeFacts
from models.plan.measures import MeasureFacts, ValueFacts, measures_under
from models.rules.attainment import Goal
from models.rules.periods import MeasurePeriod
from models.rules.small_numbers import FEWER_SAID, WITHHELD

_MOST_LINES = 5
"""Measures under one answer about something else."""
NOT_RECORDED = "Measure: not recorded."


def figure_said(unit: MeasureUnit, figure: Decimal) -> str:
    """Return a figure with its unit: "72 %"."""
    said = f"{figure:,f}"
    match unit:
        case MeasureUnit.PERCENT:
            return f"{said} %"
        case MeasureUnit.RATE:
            return f"{said} per 10,000"
        case MeasureUnit.DAYS:
            return f"{said} {'day' if figure == 1 else 'days'}"
        case MeasureUnit.NUMBER:
            return said


def amount_said(measure: MeasureFacts, value: ValueFacts) -> str:
    """Return what is printed of a value; of a small number, that it is one."""
    if value.figure is None:
        return str(Attainment.NOT_AVAILABLE)
    if value.is_withheld(measure.unit):
        return FEWER_SAID if measure.unit is MeasureUnit.NUMBER else WITHHELD
    return figure_said(measure.unit, value.figure) + (" (provisional)" if value.provisional else "")


def measure_said(measure: MeasureFacts, today: date) -> str:
    """Return the latest figure, what it comes to, and the period that is over and has none yet."""
    missing = measure.missing(today) if measure.values else None
    late = f"; {missing.said_on(today)}: {Attainment.TO_SUPPLY}" if missing is not None else ""
    return f"{latest_said(measure, today)}{late}"


def latest_said(measure: MeasureFacts, today: date) -> str:
    """Return the latest figure and what it comes to: "72 % met Good, Q2, below the target of 75 %, improved"."""
    period = measure.latest(today)
    if period is None:
        return "not recorded"
    return ", ".join((_figure_of(measure, measure.values[period]), period.said_on(today), *comes_to(measure, period)))


def _figure_of(measure: MeasureFacts, value: ValueFacts) -> str:
    said = amount_said(measure, value)
    if measure.short_name and value.figure is not None:
        return f"{said} {measure.short_name}"
    return f"{measure.short_name or measure.name}: {said}"


def comes_to(measure: MeasureFacts, period: MeasurePeriod) -> list[str]:
    """Return how a period's figure stands to what was wanted, and which way it went, each in a few words."""
    said = [goal_said(measure.unit, measure.goal_at(period), measure.attained(period))]
    moved = measure.moved(period)
    return [one for one in (*said, str(moved[0]) if moved else "") if one]


def finding_said(measure: MeasureFacts, period: MeasurePeriod) -> str:
    """Return a period's figure as a finding: "72 % met Good: up from 70 %, below the target of 75 %"."""
    value = measure.values.get(period)
    if value is None:
        return f"{Attainment.TO_SUPPLY} for {period.name}"
    said = [goal_said(measure.unit, measure.goal_at(period), measure.attained(period))]
    if moved := measure.moved(period):
        now, then = measure.figures[period], measure.figures[moved[1]]
        way = "up from" if now > then else "down from" if now < then else "as before,"
        said.insert(0, f"{way} {figure_said(measure.unit, then)}")
    found = ", ".join(filter(None, said))
    return _figure_of(measure, value) + (f": {found}" if found else "")


def goal_said(unit: MeasureUnit, goal: Goal, attained: Attainment) -> str:
    """Return an attainment with the figure that was wanted: "below the target of 75 %"; "" for none."""
    target, floor = (figure_said(unit, one) if one is not None else "" for one in (goal.target, goal.floor))
    side = "away from" if goal.good_is is GoodIs.NEAR else "below"
    match attained:
        case Attainment.TARGET:
            return f"target of {target} achieved"
        case Attainment.FLOOR | Attainment.MISSED | Attainment.BELOW_FLOOR if goal.good_is is GoodIs.LOW:
            # "Above the floor standard" would sound like praise.
            return f"{attained} (above {floor if attained is Attainment.BELOW_FLOOR else target})"
        case Attainment.FLOOR | Attainment.MISSED:
            return f"{side} the target of {target}"
        case Attainment.BELOW_FLOOR:
            return f"{side} the floor standard of {floor}"
        case Attainment.NO_TARGET:
            return str(attained)
    return ""


def measure_lines(
    ctx: RequestContext, priorities: Sequence[PriorityFacts], themes: Sequence[ThemeFacts]
) -> tuple[str, ...]:
    """Return the measures of some priorities and whole themes, a line each; none where the plan has no measures."""
    ids = {one.id for one in priorities}
    found = measures_under(ctx.session, ids, {one.id for one in themes})
    if not found:
        return () if found is None else (NOT_RECORDED,)
    # Those of the priority that is asked about come before those of its theme.
    found.sort(key=lambda one: one.priority_id not in ids)
    lines = [f"Measure: {measure_said(one, ctx.today)}." for one in found[:_MOST_LINES]]
    more = len(found) - len(lines)
    return (*lines, f"And {more} more: “/cypp measures”.") if more else tuple(lines)
