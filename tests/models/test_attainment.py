"""What a measure's figure says, as tables: equality included, gaps, what counts as unchanged, what is odd."""

from datetime import date
from decimal import Decimal

import pytest

from models.measure_enums import Attainment, GoodIs, MeasureUnit, Movement, PeriodKind
from models.rules.attainment import Goal, attainment, compared_with, doubted_figure, movement, refused_figure
from models.rules.periods import period_containing

HIGH, LOW, NEAR = GoodIs.HIGH, GoodIs.LOW, GoodIs.NEAR
TARGET, FLOOR, BELOW, MISSED = Attainment.TARGET, Attainment.FLOOR, Attainment.BELOW_FLOOR, Attainment.MISSED


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@pytest.mark.parametrize(
    ("good_is", "value", "target", "floor", "words"),
    [
        (HIGH, "75", "75", "65", TARGET),
        (HIGH, "75.1", "75", "65", TARGET),
        (HIGH, "74.9", "75", "65", FLOOR),
        (HIGH, "65", "75", "65", FLOOR),
        (HIGH, "65.0", "75", "65", FLOOR),
        (HIGH, "64.9", "75", "65", BELOW),
        (HIGH, "0", "75", "65", BELOW),
        (HIGH, "70", "75", "", MISSED),
        (HIGH, "75", "75", "", TARGET),
        (HIGH, "70", "", "65", Attainment.NO_TARGET),
        (HIGH, "60", "", "65", BELOW),
        (HIGH, "60", "", "", Attainment.NO_TARGET),
        (HIGH, "", "75", "65", Attainment.TO_SUPPLY),
        (LOW, "20", "20", "30", TARGET),
        (LOW, "19.9", "20", "30", TARGET),
        (LOW, "20.1", "20", "30", FLOOR),
        (LOW, "30", "20", "30", FLOOR),
        (LOW, "30.1", "20", "30", BELOW),
        (LOW, "25", "20", "", MISSED),
        (NEAR, "50", "50", "45", TARGET),
        (NEAR, "52", "50", "45", TARGET),
        (NEAR, "48", "50", "45", TARGET),
        (NEAR, "52.1", "50", "45", FLOOR),
        (NEAR, "55", "50", "45", FLOOR),
        (NEAR, "45", "50", "45", FLOOR),
        (NEAR, "55.1", "50", "45", BELOW),
        (NEAR, "44.9", "50", "45", BELOW),
        (NEAR, "44.9", "", "45", Attainment.NO_TARGET),
    ],
)
def test_a_figure_stands_to_target_and_floor(
    good_is: GoodIs, value: str, target: str, floor: str, words: Attainment
) -> None:
    goal = Goal(good_is, number(target), number(floor), Decimal(2))
    assert attainment(goal, number(value)) is words
    assert attainment(goal, number(value), available=False) is Attainment.NOT_AVAILABLE


@pytest.mark.parametrize(
    ("good_is", "now", "then", "words"),
    [
        (HIGH, "72", "69", Movement.IMPROVED),
        (HIGH, "72", "70", Movement.UNCLEAR),
        (HIGH, "72", "69.9", Movement.IMPROVED),
        (HIGH, "70", "72", Movement.UNCLEAR),
        (HIGH, "69.9", "72", Movement.WORSENED),
        (LOW, "10", "13", Movement.IMPROVED),
        (LOW, "13", "10", Movement.WORSENED),
        (LOW, "12", "10", Movement.UNCLEAR),
        (NEAR, "51", "40", Movement.IMPROVED),
        (NEAR, "60", "51", Movement.WORSENED),
        (NEAR, "45", "55", Movement.UNCLEAR),
    ],
)
def test_a_measure_goes_one_way_or_shows_no_clear_change(good_is: GoodIs, now: str, then: str, words: Movement) -> None:
    assert movement(Goal(good_is, Decimal(50), None, Decimal(2)), Decimal(now), Decimal(then)) is words


def test_any_change_counts_where_nothing_is_said_of_it() -> None:
    assert movement(Goal(HIGH), Decimal("70.1"), Decimal(70)) is Movement.IMPROVED
    assert movement(Goal(HIGH), Decimal(70), Decimal(70)) is Movement.UNCLEAR


@pytest.mark.parametrize(
    ("seasonal", "known", "then"),
    [
        (False, ["2020-06-30", "2020-03-31"], "2020-06-30"),
        (False, ["2020-03-31", "2019-09-30"], "2020-03-31"),
        (False, ["2020-12-31"], ""),
        (False, [], ""),
        (True, ["2020-06-30", "2019-09-30"], "2019-09-30"),
        (True, ["2020-06-30", "2018-09-30"], ""),
    ],
)
def test_a_figure_is_compared_with_the_year_before_or_the_last_there_is(
    seasonal: bool, known: list[str], then: str
) -> None:
    kind = PeriodKind.QUARTER
    figures = {period_containing(kind, date.fromisoformat(day)): Decimal(1) for day in [*known, "2020-09-30"]}
    found = compared_with(period_containing(kind, date(2020, 9, 30)), figures, seasonal=seasonal)
    assert (found.end.isoformat() if found else "") == then


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        (MeasureUnit.PERCENT, "101", "101 is more than 100 %."),
        (MeasureUnit.PERCENT, "100", ""),
        (MeasureUnit.PERCENT, "0", ""),
        (MeasureUnit.PERCENT, "-1", "-1 is less than 0, which no measure in % can be."),
        (MeasureUnit.NUMBER, "3.5", "3.5 is not a whole number, and this measure counts."),
        (MeasureUnit.NUMBER, "3.0", ""),
        (MeasureUnit.RATE, "350.5", ""),
    ],
)
def test_what_a_unit_cannot_be_is_refused(unit: MeasureUnit, value: str, said: str) -> None:
    assert refused_figure(unit, Decimal(value)) == said


@pytest.mark.parametrize(
    ("unit", "value", "before", "said"),
    [
        (MeasureUnit.PERCENT, "0.72", [], "0.72 is less than 1 %: did you mean 72 %?"),
        (MeasureUnit.PERCENT, "1", [], ""),
        (MeasureUnit.PERCENT, "0", [], ""),
        (MeasureUnit.RATE, "0.72", [], ""),
        (MeasureUnit.PERCENT, "82", [70, 71, 73, 72], "82 after 72 is 5 times the usual change or more: is it right?"),
        (MeasureUnit.PERCENT, "77", [70, 71, 73, 72], "77 after 72 is 5 times the usual change or more: is it right?"),
        (MeasureUnit.PERCENT, "76.9", [70, 71, 73, 72], ""),
        (MeasureUnit.PERCENT, "90", [70, 71, 73], ""),
        (MeasureUnit.PERCENT, "90", [70, 70, 70, 70], ""),
    ],
)
def test_what_is_odd_is_asked_about(unit: MeasureUnit, value: str, before: list[int], said: str) -> None:
    assert doubted_figure(unit, Decimal(value), [Decimal(one) for one in before]) == said
