"""Periods of measures as tables: where they begin and end, how they are printed, what people write for them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.measure_enums import PeriodKind
from models.rules.periods import MeasurePeriod, PeriodAsk, last_ended, period_containing, read_period

MONTH, QUARTER, ACADEMIC = PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.ACADEMIC_YEAR
FINANCIAL, TO_DATE, ROLLING = PeriodKind.FINANCIAL_YEAR, PeriodKind.YEAR_TO_DATE, PeriodKind.ROLLING_YEAR
TODAY = date(2020, 10, 23)

SHAPES = [
    # kind, a day in it, first day, last day, as printed, the next as printed
    (MONTH, "2020-09-14", "2020-09-01", "2020-09-30", "September 2020", "October 2020"),
    (MONTH, "2020-02-29", "2020-02-01", "2020-02-29", "February 2020", "March 2020"),
    (MONTH, "2020-12-31", "2020-12-01", "2020-12-31", "December 2020", "January 2021"),
    (QUARTER, "2020-04-01", "2020-04-01", "2020-06-30", "Q1 2020/21", "Q2 2020/21"),
    (QUARTER, "2020-09-30", "2020-07-01", "2020-09-30", "Q2 2020/21", "Q3 2020/21"),
    (QUARTER, "2020-12-31", "2020-10-01", "2020-12-31", "Q3 2020/21", "Q4 2020/21"),
    (QUARTER, "2021-01-01", "2021-01-01", "2021-03-31", "Q4 2020/21", "Q1 2021/22"),
    (ACADEMIC, "2020-09-01", "2020-09-01", "2021-08-31", "academic year 2020/21", "academic year 2021/22"),
    (ACADEMIC, "2020-08-31", "2019-09-01", "2020-08-31", "academic year 2019/20", "academic year 2020/21"),
    (FINANCIAL, "2020-03-31", "2019-04-01", "2020-03-31", "2019/20", "2020/21"),
    (FINANCIAL, "1999-05-01", "1999-04-01", "2000-03-31", "1999/00", "2000/01"),
    (TO_DATE, "2020-08-01", "2020-04-01", "2020-09-30", "year to September 2020", "year to December 2020"),
    (TO_DATE, "2021-02-01", "2020-04-01", "2021-03-31", "year to March 2021", "year to June 2021"),
    (ROLLING, "2020-08-01", "2019-10-01", "2020-09-30", "12 months to September 2020", "12 months to December 2020"),
]


@pytest.mark.parametrize(("kind", "day", "first", "last", "printed", "after"), SHAPES)
def test_a_period_begins_ends_and_is_printed(
    kind: PeriodKind, day: str, first: str, last: str, printed: str, after: str
) -> None:
    found = period_containing(kind, date.fromisoformat(day))
    assert (found.start.isoformat(), found.end.isoformat(), found.name) == (first, last, printed)
    assert found.next.name == after
    assert found.next.before == found
    assert not found.has_ended(found.end)
    assert found.has_ended(found.next.start if kind is not TO_DATE and kind is not ROLLING else found.next.end)


READ = [
    (QUARTER, "Q2", "Q2 2020/21"),
    (QUARTER, "q2 20/21", "Q2 2020/21"),
    (QUARTER, "Q1 20/21", "Q1 2020/21"),
    (QUARTER, "Q1 2020/21", "Q1 2020/21"),
    (QUARTER, "quarter 1 2020-21", "Q1 2020/21"),
    (QUARTER, "Q4 of 2019/20", "Q4 2019/20"),
    (QUARTER, "2019/2020 Q4", "Q4 2019/20"),
    (QUARTER, "Q1 2020", "Q1 2020/21"),
    (MONTH, "September", "September 2020"),
    (MONTH, "sept", "September 2020"),
    (MONTH, "Sep 2019", "September 2019"),
    (MONTH, "August 20", "August 2020"),
    (MONTH, "2020-03", "March 2020"),
    (ACADEMIC, "2019/20", "academic year 2019/20"),
    (ACADEMIC, "academic year 2018/19", "academic year 2018/19"),
    (FINANCIAL, "19/20", "2019/20"),
    (FINANCIAL, "financial year 2019/20", "2019/20"),
    (TO_DATE, "Q2", "year to September 2020"),
    (TO_DATE, "September", "year to September 2020"),
    (TO_DATE, "year to September 2020", "year to September 2020"),
    (TO_DATE, "April to June 2020", "year to June 2020"),
    (ROLLING, "12 months to June 2020", "12 months to June 2020"),
    (QUARTER, "last quarter", "Q2 2020/21"),
    (MONTH, "the last month", "September 2020"),
    (ACADEMIC, "last year", "academic year 2019/20"),
    (ACADEMIC, "last school year", "academic year 2019/20"),
    (FINANCIAL, "previous financial year", "2019/20"),
]


@pytest.mark.parametrize(("kind", "words", "printed"), READ)
def test_what_people_write_is_read(kind: PeriodKind, words: str, printed: str) -> None:
    found = read_period(words, kind, TODAY)
    assert isinstance(found, MeasurePeriod), found
    assert found.name == printed


ASKED = [
    (QUARTER, "Q1", ["Q1 2020/21", "Q1 2019/20"]),
    (QUARTER, "Q3", ["Q3 2019/20", "Q3 2018/19"]),
    (QUARTER, "Q4 2020", ["Q4 2019/20"]),
    (QUARTER, "September", ["Q2 2020/21", "Q2 2019/20"]),
    (QUARTER, "2020/21", ["Q2 2020/21", "Q1 2020/21"]),
    (MONTH, "August", ["August 2020", "August 2019"]),
    (MONTH, "Q2", ["September 2020", "September 2019"]),
    (FINANCIAL, "2020", ["2019/20"]),
    (FINANCIAL, "Q2", []),
    (ACADEMIC, "September", []),
    (QUARTER, "last month", ["Q2 2020/21", "Q1 2020/21"]),
    (ACADEMIC, "last financial year", ["academic year 2019/20", "academic year 2018/19"]),
]


@pytest.mark.parametrize(("kind", "words", "choices"), ASKED)
def test_what_may_be_several_periods_is_asked_with_those_that_are_over(
    kind: PeriodKind, words: str, choices: list[str]
) -> None:
    found = read_period(words, kind, TODAY)
    assert isinstance(found, PeriodAsk)
    if choices:
        assert [one.name for one in found.choices] == choices


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        (QUARTER, "Q3 2020/21", "Q3 2020/21 is not over: it ends on 31 December 2020."),
        (MONTH, "October 2020", "October 2020 is not over: it ends on 31 October 2020."),
        (ACADEMIC, "2020/21", "academic year 2020/21 is not over: it ends on 31 August 2021."),
        (QUARTER, "Q1 2020/22", "“Q1 2020/22” is not one year after the other: write “Q2 2020/21”."),
        (QUARTER, "soon", "I do not read “soon” as a period: write “Q2 2020/21”."),
        (QUARTER, "Q5", "I do not read “Q5” as a period: write “Q2 2020/21”."),
    ],
)
def test_a_period_that_is_not_over_or_none_is_refused(kind: PeriodKind, words: str, said: str) -> None:
    found = read_period(words, kind, TODAY)
    assert found == PeriodAsk(said)


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        (QUARTER, "Q3", "Q3 2020/21 is not over: it ends on 31 December 2020. Which quarter is “Q3”?"),
        (QUARTER, "Q4", "Q4 2020/21 is not over: it ends on 31 March 2021. Which quarter is “Q4”?"),
        (MONTH, "October", "October 2020 is not over: it ends on 31 October 2020. Which month is “October”?"),
        (ACADEMIC, "Q2", "m7.1 is given each academic year, so which is “Q2” in?"),
        (ACADEMIC, "Q2 2019/20", "m7.1 is given each academic year, so which is “Q2 2019/20” in?"),
        (FINANCIAL, "September", "m7.1 is given each financial year, so which is “September” in?"),
        (QUARTER, "Q1", "Which quarter is “Q1”?"),
        (MONTH, "August", "Which month is “August”?"),
        (QUARTER, "Q4 2020", "Which quarter is “Q4 2020”?"),
        (MONTH, "Q2", "Which month is “Q2”?"),
        (FINANCIAL, "2020", "Which financial year is “2020”?"),
        (QUARTER, "2020/21", "Which quarter is “2020/21”?"),
    ],
)
def test_what_is_not_over_or_no_such_period_is_said_before_it_is_asked(kind: PeriodKind, words: str, said: str) -> None:
    found = read_period(words, kind, TODAY, "m7.1")
    assert isinstance(found, PeriodAsk)
    assert found.say == said


@given(st.sampled_from(PeriodKind), st.dates(date(2003, 1, 1), date(2090, 1, 1)))
def test_every_period_is_read_again_by_what_it_is_called(kind: PeriodKind, day: date) -> None:
    last = last_ended(kind, day)
    assert last.has_ended(day)
    assert not last.next.has_ended(day)
    assert read_period(last.name, kind, day) == last
    assert read_period(last.before.name, kind, day) == last.before
