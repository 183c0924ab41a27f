"""Measures in the board's paper: by theme, under a heading that states the finding, with the figures in a table.

Source: docs/explanation/measures.md, In the paper.
"""

from collections.abc import Iterable

from handlers.context import RequestContext
from handlers.measures.charts import chart_of
from handlers.measures.measure_rows import Scored, scored, worst_measures_first
from handlers.measures.said import figure_said, finding_said
from handlers.measures.scorecard import theme_of
from handlers.papers.paper import PaperMeasure, PaperTheme
from models.measure_enums import PeriodKind
from models.plan.measures import measures_of
from models.rules.periods import last_ended

_MOST_BEFORE = 3


def gather_measures(ctx: RequestContext) -> tuple[PaperTheme, ...]:
    """Return how every measure stands for the last quarter that is over, by theme."""
    themes: dict[str, list[Scored]] = {}
    for row in scored(measures_of(ctx.session), last_ended(PeriodKind.QUARTER, ctx.today)):
        themes.setdefault(theme_of(ctx, row.measure), []).append(row)
    return tuple(PaperTheme(_heading(name, rows), tuple(map(_printed, rows))) for name, rows in themes.items())


def _heading(theme: str, rows: Iterable[Scored]) -> str:
    worst = worst_measures_first(rows)[0]
    finding = finding_said(worst.measure, worst.period)
    return f"{theme}: {finding}" if theme else finding


def _printed(row: Scored) -> PaperMeasure:
    target, floor = row.wanted
    return PaperMeasure(
        ref=row.measure.ref,
        name=row.measure.name,
        period=row.period.name,
        figure=row.figure or "–",
        target=target or "–",
        floor=floor or "–",
        stands=row.status,
        moved=row.moved or "–",
        before=_before(row),
        attained=row.attained,
        chart=chart_of(row.measure, row.period),
    )


def _before(row: Scored) -> str:
    """Return the figures before a period, the latest first."""
    before = sorted((one for one in row.measure.figures if one < row.period), reverse=True)
    return ", ".join(figure_said(row.measure.unit, row.measure.figures[one]) for one in before[:_MOST_BEFORE])
