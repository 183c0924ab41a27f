"""How a measure's latest figure is said in a line and as a finding, and which way it went after something was done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from handlers.measures.said import finding_said, measure_said
from models.measure_enums import GoodIs, MeasureUnit, Movement, PeriodKind
from models.plan.measures import MeasureFacts, ValueFacts
from models.rules.attainment import Goal
from models.rules.periods import MeasurePeriod

TODAY = date(2020, 10, 5)
ENDS = {"Q4": date(2020, 3, 31), "Q1": date(2020, 6, 30), "Q2": date(2020, 9, 30)}
HIGH = Goal(GoodIs.HIGH, Decimal(75), Decimal(65), Decimal(1))
LOW = Goal(GoodIs.LOW, Decimal(10), Decimal(15))
NEAR = Goal(GoodIs.NEAR, Decimal(50), None, Decimal(2))
BARE = Goal(GoodIs.HIGH)


def measure(
    goal: Goal, unit: MeasureUnit = MeasureUnit.PERCENT, said: str = "met Good", **figures: str | None
) -> MeasureFacts:
    values = {
        MeasurePeriod(PeriodKind.QUARTER, ENDS[name]): ValueFacts(
            1, Decimal(figure) if figure else None, None, None, goal.target, goal.floor, False, figure is not None, "",
            "Head of Education", datetime(2020, 10, 1, tzinfo=UTC),
        )
        for name, figure in figures.items()
    }  # fmt: skip
    return MeasureFacts(
        1, "m1", "Reviews that met Good", said, None, 7, goal, unit, PeriodKind.QUARTER, False, "", None, "", (), values
    )


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (measure(HIGH, Q1="70", Q2="72"), "72 % met Good, Q2, below the target of 75 %, improved"),
        (measure(HIGH, Q1="70", Q2="71"), "71 % met Good, Q2, below the target of 75 %, no clear change"),
        (measure(HIGH, Q1="80", Q2="75"), "75 % met Good, Q2, target of 75 % achieved, worsened"),
        (measure(HIGH, Q2="65"), "65 % met Good, Q2, below the target of 75 %"),
        (measure(HIGH, Q2="64.9"), "64.9 % met Good, Q2, below the floor standard of 65 %"),
        (measure(HIGH, Q1="70"), "70 % met Good, Q1 2020/21, below the target of 75 %; Q2: data to be supplied"),
        (measure(HIGH, Q2=None), "met Good: data not available, Q2"),
        (measure(HIGH), "not recorded"),
        (measure(LOW, MeasureUnit.DAYS, "", Q1="12", Q2="16"),
         "Reviews that met Good: 16 days, Q2, floor standard not achieved (above 15 days), worsened"),
        (measure(LOW, MeasureUnit.DAYS, "", Q2="12"),
         "Reviews that met Good: 12 days, Q2, floor standard achieved, target not met (above 10 days)"),
        (measure(LOW, MeasureUnit.DAYS, "", Q2="10"),
         "Reviews that met Good: 10 days, Q2, target of 10 days achieved"),
        (measure(NEAR, Q1="44", Q2="48"), "48 % met Good, Q2, target of 50 % achieved, improved"),
        (measure(NEAR, Q2="47"), "47 % met Good, Q2, away from the target of 50 %"),
        (measure(BARE, Q2="47"), "47 % met Good, Q2, no target set"),
        (measure(BARE, MeasureUnit.NUMBER, "", Q1="9", Q2="4"), "Reviews that met Good: fewer than 5, Q2"),
    ],
)  # fmt: skip
def test_a_measure_is_said_in_a_line(one: MeasureFacts, line: str) -> None:
    assert measure_said(one, TODAY) == line


@pytest.mark.parametrize(
    ("one", "finding"),
    [
        (measure(HIGH, Q1="70", Q2="72"), "72 % met Good: up from 70 %, below the target of 75 %"),
        (measure(HIGH, Q1="80", Q2="76"), "76 % met Good: down from 80 %, target of 75 % achieved"),
        (measure(HIGH, Q1="72", Q2="72"), "72 % met Good: as before, 72 %, below the target of 75 %"),
        (measure(HIGH, Q2="72"), "72 % met Good: below the target of 75 %"),
        (measure(HIGH, Q1="72"), "data to be supplied for Q2 2020/21"),
        (measure(BARE, MeasureUnit.NUMBER, "", Q1="9", Q2="4"), "Reviews that met Good: fewer than 5"),
    ],
)
def test_a_period_is_said_as_a_finding(one: MeasureFacts, finding: str) -> None:
    assert finding_said(one, MeasurePeriod(PeriodKind.QUARTER, ENDS["Q2"])) == finding


@pytest.mark.parametrize(
    ("figures", "went"),
    [
        ({"Q4": "60", "Q1": "61"}, None),
        ({"Q4": "60", "Q2": "61"}, Movement.UNCLEAR),
        ({"Q4": "60", "Q2": "62"}, Movement.IMPROVED),
        ({"Q4": "60", "Q1": "70", "Q2": "58"}, Movement.WORSENED),
        ({"Q2": "60"}, None),
    ],
)
def test_which_way_it_went_is_known_two_periods_after_a_day(figures: dict[str, str], went: Movement | None) -> None:
    assert measure(HIGH, MeasureUnit.PERCENT, "met Good", **figures).moved_since(date(2020, 2, 3), TODAY) is went
