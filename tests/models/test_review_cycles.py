"""Which meeting takes which quarter, in tables: from the day on which its figures are asked for."""

from __future__ import annotations

from datetime import date

import pytest

from models.measure_enums import PeriodKind
from models.rules.calendar import WorkingDays
from models.rules.periods import MeasurePeriod
from models.rules.review_cycles import ends_year, quarters_to_take, taken_at

Q1, Q2, Q3, Q4 = (
    MeasurePeriod(PeriodKind.QUARTER, day)
    for day in (date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31), date(2021, 3, 31))
)
SEP, DAY_BEFORE, ASKED, OCT, DEC = (
    date(2020, 9, 16), date(2020, 10, 13), date(2020, 10, 14), date(2020, 10, 23), date(2020, 12, 8),
)  # fmt: skip


@pytest.mark.parametrize(
    ("meetings", "taken"),
    [
        ((SEP, OCT, DEC), {Q1: SEP, Q2: OCT, Q3: None}),
        ((SEP, DAY_BEFORE, DEC), {Q1: SEP, Q2: DEC, Q3: None}),
        ((SEP, ASKED, OCT), {Q1: SEP, Q2: ASKED, Q3: None}),
        ((OCT,), {Q1: OCT, Q2: OCT, Q3: None}),
        ((), {Q1: None, Q2: None, Q3: None}),
    ],
    ids=["each its own", "too early for its figures", "on the very day", "two at once", "no meeting"],
)
def test_a_quarter_goes_to_the_first_meeting_after_its_figures_are_asked_for(
    meetings: tuple[date, ...], taken: dict[MeasurePeriod, date | None]
) -> None:
    assert taken_at(meetings, (Q1, Q2, Q3), WorkingDays()) == taken


def test_the_quarters_of_the_next_twelve_months_begin_with_the_last_that_is_over() -> None:
    assert quarters_to_take(date(2020, 8, 17)) == (Q1, Q2, Q3, Q4, Q4.next)
    assert quarters_to_take(date(2020, 9, 30))[0] == Q1
    assert quarters_to_take(date(2020, 10, 1))[0] == Q2


def test_the_year_of_a_council_ends_with_march() -> None:
    assert [ends_year(one) for one in (Q1, Q2, Q3, Q4)] == [False, False, False, True]
