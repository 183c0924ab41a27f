"""What a template may print of the measures: their rows by theme, and their charts.

Source: docs/explanation/measures.md, In the paper.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from handlers.papers.paper import Paper, PaperTheme
from handlers.papers.printing import TINTS
from models.enums import Status
from models.measure_enums import Attainment

_FIELDS = ("ref", "name", "period", "figure", "before", "target", "floor", "stands", "moved")
_LIKE: Mapping[Attainment, Status] = {
    **dict.fromkeys(Attainment, Status.NOT_STARTED),
    Attainment.TARGET: Status.ON_TRACK,
    Attainment.FLOOR: Status.SOME_ISSUES,
    Attainment.MISSED: Status.SOME_ISSUES,
    Attainment.BELOW_FLOOR: Status.OFF_TRACK,
}
"""Which status has the colour that stands behind the words."""


def print_measures(paper: Paper) -> dict[str, Any]:
    """Return what a template may print of the measures."""
    return {"measures": [_section(one) for one in paper.measures]}


def _section(theme: PaperTheme) -> dict[str, Any]:
    rows = [
        {name: getattr(one, name) for name in _FIELDS} | {"colour": TINTS[_LIKE[one.attained]]} for one in theme.rows
    ]
    charts = [asdict(one.chart) for one in theme.rows if one.chart is not None]
    return {"heading": theme.heading, "level": 2, "rows": rows, "charts": charts}
