"""A measure as a row of a table: one of Slack's own where it takes tables, else two lines; the worst first.

Source: docs/explanation/measures.md, The scorecard.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.formatting import clipped
from handlers.list_rows import ROW_WORDS
from handlers.measures.said import amount_said, figure_said
from handlers.responses import MeasureRow
from models.measure_enums import Attainment, Movement
from models.plan.measures import MeasureFacts
from models.rules.periods import MeasurePeriod, last_ended

SHAPES: Mapping[Attainment, str] = {
    Attainment.TARGET: "●",
    Attainment.FLOOR: "◐",
    Attainment.MISSED: "◐",
    Attainment.BELOW_FLOOR: "○",
}
"""What stands before the words; "–" for what has no figure to rate."""
SHAPES_SAID = "● target achieved · ◐ target not met · ○ floor standard not achieved · – nothing to rate"
_RANKS: Mapping[Attainment, int] = {
    Attainment.BELOW_FLOOR: 0,
    Attainment.FLOOR: 1,
    Attainment.MISSED: 2,
    Attainment.TO_SUPPLY: 3,
    Attainment.TARGET: 4,
}
"""The worst first; what has nothing to rate comes last."""
_MOVED_WORST_FIRST = (Movement.WORSENED, Movement.UNCLEAR, None, Movement.IMPROVED)


@dataclass(frozen=True)
class Scored:
    """One measure for a period, and how that stands."""

    measure: MeasureFacts
    period: MeasurePeriod

    @property
    def attained(self) -> Attainment:
        """How its figure stands to what was wanted."""
        return self.measure.attained(self.period)

    @property
    def status(self) -> str:
        """That, with its shape: "○ floor standard not achieved"."""
        return f"{SHAPES.get(self.attained, '–')} {self.attained}"

    @property
    def figure(self) -> str:
        """What is printed of its figure; "" where none was given."""
        value = self.measure.values.get(self.period)
        return amount_said(self.measure, value) if value is not None else ""

    @property
    def moved(self) -> str:
        """Which way it went, and since when: "improved since Q1 2020/21"; "" where that is not known."""
        moved = self.measure.moved(self.period)
        return f"{moved[0]} since {moved[1].name}" if moved else ""

    @property
    def wanted(self) -> tuple[str, str]:
        """Its target and its floor standard; "" for none."""
        goal, unit = self.measure.goal_at(self.period), self.measure.unit
        target, floor = (figure_said(unit, one) if one is not None else "" for one in (goal.target, goal.floor))
        return target, floor


def scored(measures: Sequence[MeasureFacts], quarter: MeasurePeriod) -> list[Scored]:
    """Return each measure with its last period that was over by the end of a quarter."""
    after = quarter.end + timedelta(days=1)
    return [Scored(one, last_ended(one.period, after)) for one in measures]


def worst_measures_first(rows: Iterable[Scored]) -> list[Scored]:
    """Return measures in the order of how badly they stand, then of which way they went, then of the plan."""

    def rank(row: Scored) -> tuple[int, int]:
        moved = row.measure.moved(row.period)
        return _RANKS.get(row.attained, len(_RANKS)), _MOVED_WORST_FIRST.index(moved[0] if moved else None)

    return sorted(rows, key=rank)


def measure_row(row: Scored, today: date | None = None) -> MeasureRow:
    """Return a measure as a row; with `today`, the period that is over by then and has no figure yet is said too."""
    measure, (target, floor) = row.measure, row.wanted
    missing = measure.missing(today) if today is not None and measure.values else None
    late = f"{missing.said_on(today)}: {Attainment.TO_SUPPLY}" if missing is not None and today is not None else ""
    figure = ", ".join(filter(None, (row.figure, row.period.name)))
    return MeasureRow(
        ref=measure.ref,
        words=clipped(measure.name, ROW_WORDS),
        figure="; ".join(filter(None, (figure, late))),
        target=", ".join(filter(None, (target, f"floor standard {floor}" if floor else ""))),
        status=row.status,
        moved=row.moved,
    )
