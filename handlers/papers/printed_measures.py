"""Measures in the board's paper: by theme, under a heading that states the finding, with the figures in a table.

Source: docs/explanation/measures.md, In the paper.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from handlers.context import RequestContext
from handlers.measures.said import amount_said, figure_said, finding_said
from handlers.measures.scorecard import SHAPES, Scored, scored, theme_of
from handlers.papers.paper import Paper, PaperMeasure, PaperTheme
from models.measure_enums import Attainment, PeriodKind
from models.plan.measures import measures_of
from models.rules.periods import last_ended

_WORST_FIRST = (
    Attainment.BELOW_FLOOR,
    Attainment.FLOOR,
    Attainment.MISSED,
    Attainment.TO_SUPPLY,
    Attainment.TARGET,
)
"""Which measure of a theme its heading is about."""


def gather_measures(ctx: RequestContext) -> tuple[PaperTheme, ...]:
    """Return how every measure stands for the last quarter that is over, by theme."""
    themes: dict[str, list[Scored]] = {}
    for row in scored(measures_of(ctx.session), last_ended(PeriodKind.QUARTER, ctx.today)):
        themes.setdefault(theme_of(ctx, row.measure), []).append(row)
    return tuple(PaperTheme(_heading(name, rows), tuple(map(_printed, rows))) for name, rows in themes.items())


def _heading(theme: str, rows: Iterable[Scored]) -> str:
    ranks = {one: rank for rank, one in enumerate(_WORST_FIRST)}
    worst = min(rows, key=lambda row: ranks.get(row.attained, len(ranks)))
    finding = finding_said(worst.measure, worst.period)
    return f"{theme}: {finding}" if theme else finding


def _printed(row: Scored) -> PaperMeasure:
    measure, period = row.measure, row.period
    value, goal, moved = measure.values.get(period), measure.goal_at(period), measure.moved(period)
    target, floor = (figure_said(measure.unit, one) if one is not None else "–" for one in (goal.target, goal.floor))
    return PaperMeasure(
        ref=measure.ref,
        name=measure.name,
        period=period.name,
        figure=amount_said(measure, value) if value is not None else "–",
        target=target,
        floor=floor,
        stands=f"{SHAPES.get(row.attained, '–')} {row.attained}",
        moved=f"{moved[0]} since {moved[1].name}" if moved else "–",
    )


def print_measures(paper: Paper) -> dict[str, Any]:
    """Return what a template may print of the measures."""
    sections = [{"heading": one.heading, "level": 2, "rows": list(map(asdict, one.rows))} for one in paper.measures]
    return {"measures": sections}
