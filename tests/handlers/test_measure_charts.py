"""Which figures of a measure its chart shows, and whose words equal the measure's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from handlers.measures.charts import chart_of
from models.charts.chart import BETTER, WORSE, chart_words
from models.measure_enums import GoodIs, MeasureUnit, PeriodKind
from models.plan.measures import MeasureFacts, ValueFacts
from models.rules.attainment import Goal
from models.rules.periods import MeasurePeriod, period_containing

NOW = datetime(2020, 10, 1, tzinfo=UTC)
HIGH = Goal(GoodIs.HIGH, Decimal(75), Decimal(65))
LOW = Goal(GoodIs.LOW, Decimal(16), Decimal(30))
NEAR = Goal(GoodIs.NEAR, Decimal(125))


def measure(
    figures: Sequence[int | None], goal: Goal = LOW, unit: MeasureUnit = MeasureUnit.DAYS,
    kind: PeriodKind = PeriodKind.MONTH, denominator: int | None = None,
) -> MeasureFacts:  # fmt: skip
    """A measure with figures up to August 2020, or the quarter to June."""
    period = period_containing(kind, date(2020, 8, 1) if kind is PeriodKind.MONTH else date(2020, 6, 1))
    values: dict[MeasurePeriod, ValueFacts] = {}
    for figure in reversed(figures):
        if figure is not None:
            values[period] = ValueFacts(
                1,
                Decimal(figure),
                None,
                denominator,
                goal.target,
                goal.floor,
                False,
                True,
                "",
                "Head of Education",
                NOW,
            )
        period = period.before
    ordered = dict(sorted(values.items()))
    return MeasureFacts(
        1, "m1", "Days waited", "", None, 7, goal, unit, kind, False, "", None, "", (), ordered
    )  # fmt: skip


UNTIL = MeasurePeriod(PeriodKind.MONTH, date(2020, 8, 31))
EVEN: list[int | None] = [20, 24] * 6


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (measure([]), None),
        (measure([20]), None),
        (measure([20, 22]), [20, 22]),
        (measure([20, None, 22]), [20, None, 22]),
        (measure([*([20] * 30)]), [20] * 20),
        (measure([20, *([None] * 30), 22]), None),
        (measure([20, 3, 22], unit=MeasureUnit.NUMBER), [20, None, 22]),
    ],
)
def test_the_last_twenty_periods_are_shown_with_gaps_where_there_is_nothing_to_show(
    one: MeasureFacts, shown: list[float | None] | None
) -> None:
    chart = chart_of(one, UNTIL)
    assert (None if chart is None else [point.figure for point in chart.points]) == shown


@pytest.mark.parametrize(
    ("one", "limits"),
    [
        (measure(EVEN), (11.36, 22.0, 32.64)),
        (measure(EVEN[1:]), None),
        (measure([20, None, *EVEN[2:]]), None),
        (measure([50, None, *EVEN]), (11.36, 22.0, 32.64)),
        (measure(EVEN, kind=PeriodKind.QUARTER), None),
        (replace(measure(EVEN), seasonal=True), None),
    ],
)
def test_twelve_months_without_a_gap_have_limits(one: MeasureFacts, limits: tuple[float, float, float] | None) -> None:
    chart = chart_of(one, UNTIL)
    assert chart is not None
    assert chart.limits == limits
    assert chart.usual == ("11.4 to 32.6 days" if limits else "")


@pytest.mark.parametrize(("goal", "up", "down"), [(HIGH, BETTER, WORSE), (LOW, WORSE, BETTER), (NEAR, WORSE, WORSE)])
def test_what_is_out_of_the_usual_is_better_or_worse_by_which_way_is_good(goal: Goal, up: str, down: str) -> None:
    for last, flag in ((190, up), (60, down)):
        chart = chart_of(measure([*([120, 130] * 6), last], goal), UNTIL)
        assert chart is not None
        assert [point.flag for point in chart.points] == [""] * 12 + [flag]


def test_the_words_hold_the_latest_the_target_the_rating_and_the_direction_of_the_measure() -> None:
    one = measure([66, 70, 72], HIGH, MeasureUnit.PERCENT, PeriodKind.QUARTER, denominator=100)
    chart = chart_of(one, MeasurePeriod(PeriodKind.QUARTER, date(2020, 6, 30)))
    assert chart is not None
    assert chart.title == "Days waited: 72 %: up from 70 %, below the target of 75 %"
    assert chart_words(chart, 2000) == (
        "Line of Days waited, 3 figures from Q3 2019/20 to Q1 2020/21. "
        "Latest 72 %, Q1 2020/21: floor standard achieved, target not met, improved since Q4 2019/20. "
        "Target 75 %. Floor standard 65 %. Figures: Q3 2019/20 66 %; Q4 2019/20 70 %; Q1 2020/21 72 %."
    )
