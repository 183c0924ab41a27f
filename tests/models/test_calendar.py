"""The date rules as tables: papers, updates due, steps of asking, closures, clock changes.

Source: docs/explanation/boards-and-dates.md, The dates around a meeting.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.enums import Nation, Step
from models.rules.calendar import (
    BoardRules,
    Span,
    StepDates,
    WorkingDays,
    at_local,
    local_day,
    may_notify,
    monday_of,
    papers_deadline,
    shift_for_closure,
    step_dates,
)

LONDON = ZoneInfo("Europe/London")
RULES = BoardRules()
EVERY_DAY = WorkingDays()


def day(text: str, year: int = 2020) -> date:
    """A day as the table prints it: "Mon 10 Aug" (2020 unless said); the weekday must be right."""
    parts = text.split()
    found = datetime.strptime(f"{parts[1]} {parts[2]} {parts[3] if len(parts) > 3 else year}", "%d %b %Y").date()  # noqa: DTZ007
    assert found.strftime("%a") == parts[0], text
    return found


def held(*earlier: str) -> list[tuple[date, date | None]]:
    """Earlier meetings of the plan, the latest first."""
    return [(day(one), None) for one in earlier if one]


# (meeting, previous, request, reminder, updates due = last call, no update received, papers, after the meeting)
DATES_OF_MEETINGS = [
    ("Wed 9 Sep", "", "Mon 10 Aug", "Wed 19 Aug", "Mon 24 Aug", "Tue 25 Aug", "Tue 1 Sep", "Thu 10 Sep"),
    ("Wed 16 Sep", "", "Mon 17 Aug", "Wed 26 Aug", "Tue 1 Sep", "Wed 2 Sep", "Tue 8 Sep", "Thu 17 Sep"),
    ("Fri 23 Oct", "", "Thu 24 Sep", "Mon 5 Oct", "Thu 8 Oct", "Fri 9 Oct", "Thu 15 Oct", "Mon 26 Oct"),
    ("Tue 8 Dec", "Tue 10 Nov", "Thu 12 Nov", "Wed 18 Nov", "Mon 23 Nov", "Tue 24 Nov", "Mon 30 Nov", "Wed 9 Dec"),
]


@pytest.mark.parametrize(
    ("meeting", "previous", "request_", "reminder", "updates_due", "no_update", "papers", "after"), DATES_OF_MEETINGS
)
def test_every_row_of_the_table_of_dates(
    meeting: str, previous: str, request_: str, reminder: str, updates_due: str, no_update: str, papers: str, after: str
) -> None:
    dates = step_dates(day(meeting), RULES, held(previous))
    assert dates.steps == (
        (Step.REQUEST, day(request_)),
        (Step.REMINDER, day(reminder)),
        (Step.LAST_CALL, day(updates_due)),
    )
    assert (dates.updates_due, dates.no_update, dates.papers, dates.after) == (
        day(updates_due),
        day(no_update),
        day(papers),
        day(after),
    )


def test_without_the_meeting_before_it_the_december_request_would_be_three_days_earlier() -> None:
    assert step_dates(day("Tue 8 Dec"), RULES).day_of(Step.REQUEST) == day("Mon 9 Nov")


@pytest.mark.parametrize("previous", ["Fri 23 Oct", "Thu 5 Nov"])
def test_a_previous_meeting_far_enough_back_changes_nothing(previous: str) -> None:
    """Second working day after Thu 5 Nov is Mon 9 Nov: the request's own day."""
    assert step_dates(day("Tue 8 Dec"), RULES, held(previous)) == step_dates(day("Tue 8 Dec"), RULES)


@pytest.mark.parametrize(
    ("meeting", "previous", "steps", "updates_due", "no_update", "papers"),
    [
        pytest.param(
            "Wed 7 Oct",
            "Wed 16 Sep",
            [(Step.REMINDER, "Fri 18 Sep"), (Step.LAST_CALL, "Tue 22 Sep")],
            "Tue 22 Sep",
            "Wed 23 Sep",
            "Tue 29 Sep",
            id="three weeks apart: request and reminder (Thu 17 Sep) meet on the floor as one",
        ),
        pytest.param(
            "Wed 14 Oct",
            "Wed 23 Sep",
            [(Step.REMINDER, "Fri 25 Sep"), (Step.LAST_CALL, "Tue 29 Sep")],
            "Tue 29 Sep",
            "Wed 30 Sep",
            "Tue 6 Oct",
            id="three weeks apart again",
        ),
        pytest.param(
            "Wed 30 Sep",
            "Wed 16 Sep",
            [(Step.REQUEST, "Tue 1 Sep"), (Step.REMINDER, "Thu 10 Sep"), (Step.LAST_CALL, "Tue 15 Sep")],
            "Tue 15 Sep",
            "Wed 16 Sep",
            "Tue 22 Sep",
            id="two weeks apart: the rest would reach past updates due, and takes nothing away",
        ),
        pytest.param(
            "Wed 23 Sep",
            "Wed 16 Sep",
            [(Step.REQUEST, "Mon 24 Aug"), (Step.REMINDER, "Thu 3 Sep"), (Step.LAST_CALL, "Tue 8 Sep")],
            "Tue 8 Sep",
            "Wed 9 Sep",
            "Tue 15 Sep",
            id="one week apart: the same",
        ),
        pytest.param(
            "Thu 17 Sep",
            "Wed 16 Sep",
            [(Step.REQUEST, "Tue 18 Aug"), (Step.REMINDER, "Thu 27 Aug"), (Step.LAST_CALL, "Wed 2 Sep")],
            "Wed 2 Sep",
            "Thu 3 Sep",
            "Wed 9 Sep",
            id="on the next day",
        ),
    ],
)
def test_meetings_close_together_floor_and_merge_the_steps(
    meeting: str, previous: str, steps: list[tuple[Step, str]], updates_due: str, no_update: str, papers: str
) -> None:
    dates = step_dates(day(meeting), RULES, held(previous))
    assert list(dates.steps) == [(step, day(on)) for step, on in steps]
    assert (dates.updates_due, dates.no_update, dates.papers) == (day(updates_due), day(no_update), day(papers))


@pytest.mark.parametrize("gap", [5, 7, 14, 21, 28, 35, 70])
def test_the_rest_after_a_meeting_moves_steps_but_never_updates_due_and_takes_no_request_away(gap: int) -> None:
    for start in range(365):
        previous = date(2020, 1, 6) + timedelta(days=start)
        floor = EVERY_DAY.shift(previous, 2)
        alone = step_dates(previous + timedelta(days=gap), RULES)
        dates = step_dates(previous + timedelta(days=gap), RULES, [(previous, None)])
        assert (dates.updates_due, dates.papers) == (alone.updates_due, alone.papers), previous
        days = [on for _, on in dates.steps]
        assert days == sorted(set(days)), previous
        assert dates.steps[-1] == (Step.LAST_CALL, dates.updates_due), previous
        if floor > dates.updates_due:
            assert dates.steps == alone.steps, previous
        else:
            assert all(floor <= on for on in days), previous


@pytest.mark.parametrize(
    ("on", "works"),
    [
        ("Mon 31 Aug", {Nation.SCOTLAND}),
        ("Mon 30 Nov", {Nation.ENGLAND, Nation.WALES, Nation.NORTHERN_IRELAND}),
        ("Tue 17 Mar", {Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND}),
        ("Mon 13 Jul", {Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND}),
        ("Mon 13 Apr", {Nation.SCOTLAND}),
        ("Thu 2 Jan", {Nation.ENGLAND, Nation.WALES, Nation.NORTHERN_IRELAND}),
        ("Fri 25 Dec", set()),
        ("Sat 5 Sep", set()),
    ],
)
def test_each_nation_has_its_own_bank_holidays(on: str, works: set[Nation]) -> None:
    assert {one for one in Nation if WorkingDays(nation=one).is_working(day(on))} == works


def test_a_bank_holiday_may_be_opened_a_weekend_and_a_closed_day_may_not() -> None:
    opened = (Span(day("Mon 31 Aug"), day("Mon 31 Aug")), Span(day("Sat 5 Sep"), day("Sat 5 Sep")))
    assert WorkingDays(opened=opened).is_working(day("Mon 31 Aug"))
    assert not WorkingDays(opened=opened).is_working(day("Sat 5 Sep"))
    assert not WorkingDays(closures=opened, opened=opened).is_working(day("Mon 31 Aug"))


@pytest.mark.parametrize(
    ("meeting", "earlier", "added", "request_"),
    [
        pytest.param("Wed 16 Sep", [("Wed 9 Sep", "Thu 20 Aug")], "", "Fri 21 Aug",
                     id="an extraordinary meeting a week before: on the next working day after it was added"),
        pytest.param("Wed 16 Sep", [("Wed 9 Sep", "Fri 7 Aug")], "", "Mon 17 Aug",
                     id="added long before: on the day it would be anyway"),
        pytest.param("Wed 16 Sep", [("Wed 9 Sep", "Thu 3 Sep")], "", "Mon 17 Aug",
                     id="added after updates were due: they were asked already"),
        pytest.param("Wed 16 Sep", [("Wed 9 Sep", "Thu 20 Aug"), ("Thu 20 Aug", "")], "", "Mon 24 Aug",
                     id="the rest after the ordinary meeting before that counts all the same"),
        pytest.param("Wed 16 Sep", [], "Fri 21 Aug", "Mon 24 Aug",
                     id="a meeting that is itself added late"),
        pytest.param("Wed 16 Sep", [], "Mon 3 Aug", "Mon 17 Aug", id="or in good time"),
    ],
)  # fmt: skip
def test_a_meeting_added_in_between_takes_nothing_away_from_the_next(
    meeting: str, earlier: list[tuple[str, str]], added: str, request_: str
) -> None:
    before = [(day(one), day(when) if when else None) for one, when in earlier]
    dates = step_dates(day(meeting), RULES, before, day(added) if added else None)
    assert dates.day_of(Step.REQUEST) == day(request_)
    assert dates.updates_due == step_dates(day(meeting), RULES).updates_due


@pytest.mark.parametrize(
    ("holiday", "name"),
    [
        ("Fri 10 Apr 2020", "Good Friday"),
        ("Mon 13 Apr 2020", "Easter Monday"),
        ("Fri 8 May 2020", "early May, moved for VE Day"),
        ("Mon 25 May 2020", "spring"),
        ("Mon 31 Aug 2020", "summer"),
        ("Fri 25 Dec 2020", "Christmas"),
        ("Mon 28 Dec 2020", "Boxing Day, a Saturday: its substitute"),
        ("Fri 1 Jan 2021", "New Year"),
        ("Fri 2 Apr 2021", "Good Friday"),
        ("Mon 5 Apr 2021", "Easter Monday"),
        ("Mon 27 Dec 2021", "Christmas, a Saturday: its substitute"),
        ("Tue 28 Dec 2021", "Boxing Day, a Sunday: its substitute"),
        ("Mon 3 Jan 2022", "New Year, a Saturday: its substitute"),
        ("Fri 3 Jun 2022", "Platinum Jubilee"),
    ],
)
def test_englands_bank_holidays_are_no_working_days(holiday: str, name: str) -> None:
    assert not EVERY_DAY.is_working(day(holiday)), name


@pytest.mark.parametrize(
    "ordinary",
    ["Mon 4 May 2020", "Mon 3 Aug 2020", "Thu 24 Dec 2020", "Tue 29 Dec 2020", "Mon 4 Jan 2021", "Tue 6 Apr 2021"],
)
def test_days_that_are_holidays_elsewhere_or_in_other_years_are_working_days(ordinary: str) -> None:
    assert EVERY_DAY.is_working(day(ordinary))


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("Fri 28 Aug", 1, "Tue 1 Sep"),
        ("Tue 1 Sep", -1, "Fri 28 Aug"),
        ("Sat 29 Aug", 1, "Tue 1 Sep"),
        ("Sun 30 Aug", -1, "Fri 28 Aug"),
        ("Wed 23 Dec", 5, "Mon 4 Jan 2021"),
        ("Wed 23 Dec", 3, "Wed 30 Dec"),
        ("Thu 9 Apr", 1, "Tue 14 Apr"),
        ("Wed 2 Sep", 0, "Wed 2 Sep"),
    ],
)
def test_counting_working_days_skips_weekends_and_holidays_both_ways(start: str, count: int, expected: str) -> None:
    assert EVERY_DAY.shift(day(start), count) == day(expected)


def test_the_first_working_day_on_or_after_and_on_or_before_a_bank_holiday() -> None:
    assert EVERY_DAY.on_or_after(day("Sat 29 Aug")) == day("Tue 1 Sep")
    assert EVERY_DAY.on_or_before(day("Mon 31 Aug")) == day("Fri 28 Aug")
    assert EVERY_DAY.on_or_after(day("Tue 1 Sep")) == EVERY_DAY.on_or_before(day("Tue 1 Sep")) == day("Tue 1 Sep")


CLOSED_WEEK = (Span(date(2020, 8, 24), date(2020, 8, 28)),)


def test_a_boards_closure_days_push_every_date_counted_through_them_back() -> None:
    """The board is closed 24–28 August, and Mon 31 is a bank holiday: what fell there goes a week earlier."""
    dates = step_dates(day("Wed 9 Sep"), BoardRules(closures=CLOSED_WEEK))
    assert dates == StepDates(
        meeting=day("Wed 9 Sep"),
        updates_due=day("Mon 17 Aug"),
        no_update=day("Tue 18 Aug"),
        papers=day("Tue 1 Sep"),
        after=day("Thu 10 Sep"),
        last_day=day("Wed 16 Sep"),
        steps=(
            (Step.REQUEST, day("Mon 3 Aug")),
            (Step.REMINDER, day("Wed 12 Aug")),
            (Step.LAST_CALL, day("Mon 17 Aug")),
        ),
    )


def test_a_board_closed_after_its_meeting_speaks_when_it_is_open_again() -> None:
    rules = BoardRules(closures=(Span(date(2020, 9, 17), date(2020, 9, 18)),))
    dates = step_dates(day("Wed 16 Sep"), rules)
    assert dates.after == day("Mon 21 Sep")
    assert dates.last_day == day("Fri 25 Sep")


@pytest.mark.parametrize(
    ("meeting", "rules", "papers", "updates_due"),
    [
        ("Wed 16 Sep", BoardRules(papers_days=5), "Tue 8 Sep", "Tue 1 Sep"),
        ("Wed 16 Sep", BoardRules(papers_days=3), "Thu 10 Sep", "Thu 3 Sep"),
        ("Wed 16 Sep", BoardRules(papers_days=7, updates_days=10), "Fri 4 Sep", "Thu 20 Aug"),
        ("Wed 16 Sep", BoardRules(papers_days=0), "Tue 15 Sep", "Tue 8 Sep"),
        ("Wed 16 Sep", BoardRules(updates_days=0), "Tue 8 Sep", "Tue 8 Sep"),
        ("Wed 16 Sep", BoardRules(papers_working=False), "Thu 10 Sep", "Thu 3 Sep"),
        # Seven clear calendar days before Mon 14 Sep: Sun 6 Sep, when nobody publishes, so the Friday.
        ("Mon 14 Sep", BoardRules(papers_days=7, papers_working=False), "Fri 4 Sep", "Thu 27 Aug"),
        # Six clear calendar days before Mon 7 Sep: the bank holiday, so the Friday before.
        ("Mon 7 Sep", BoardRules(papers_days=6, papers_working=False), "Fri 28 Aug", "Fri 21 Aug"),
    ],
)
def test_a_board_may_count_otherwise(meeting: str, rules: BoardRules, papers: str, updates_due: str) -> None:
    dates = step_dates(day(meeting), rules)
    assert papers_deadline(day(meeting), rules) == dates.papers == day(papers)
    assert dates.updates_due == day(updates_due)
    assert dates.day_of(Step.REQUEST) == EVERY_DAY.shift(day(updates_due), -10)


def test_clear_days_count_neither_the_day_of_publication_nor_the_day_of_the_meeting() -> None:
    """Between Tue 8 and Wed 16 Sep lie Wed, Thu, Fri, Mon, Tue."""
    between = [day("Tue 8 Sep") + timedelta(days=n) for n in range(1, 8)]
    assert sum(EVERY_DAY.is_working(one) for one in between) == 5


@pytest.mark.parametrize(
    ("closed", "steps"),
    [
        pytest.param([], ["Mon 17 Aug", "Wed 26 Aug", "Tue 1 Sep"], id="open all summer"),
        pytest.param([("8-10", "8-19")], ["Thu 20 Aug", "Wed 26 Aug", "Tue 1 Sep"], id="the first open day"),
        pytest.param([("8-10", "8-21")], ["Mon 24 Aug", "Wed 26 Aug", "Tue 1 Sep"], id="…which is a working day"),
        pytest.param([("8-1", "8-26")], [None, "Thu 27 Aug", "Tue 1 Sep"], id="two closed steps merge into the later"),
        pytest.param([("8-1", "8-31")], [None, None, "Tue 1 Sep"], id="all merge into the last call"),
        pytest.param([("8-1", "9-1")], [None, None, None], id="open again only after updates are due: all lapse"),
        pytest.param([("9-1", "9-4")], ["Mon 17 Aug", "Wed 26 Aug", None], id="the last call alone lapses"),
        pytest.param(
            [("8-17", "8-17"), ("8-18", "8-18")], ["Wed 19 Aug", "Wed 26 Aug", "Tue 1 Sep"], id="two spans on end"
        ),
    ],
)
def test_a_step_in_an_organisations_closed_dates_goes_on_its_first_open_day(
    closed: list[tuple[str, str]], steps: list[str | None]
) -> None:
    spans = tuple(Span(*(date(2020, *(int(part) for part in edge.split("-"))) for edge in pair)) for pair in closed)
    found = shift_for_closure(step_dates(day("Wed 16 Sep"), RULES), spans, RULES)
    expected = [(step, day(on)) for step, on in zip(Step, steps, strict=True) if on]
    assert list(found) == expected


def test_an_organisations_first_open_day_is_one_the_board_works_on_too() -> None:
    rules = BoardRules(closures=(Span(date(2020, 8, 20), date(2020, 8, 20)),))
    dates = step_dates(day("Wed 16 Sep"), rules)
    request = dates.day_of(Step.REQUEST)
    assert request == day("Fri 14 Aug")
    found = shift_for_closure(dates, (Span(date(2020, 8, 14), date(2020, 8, 19)),), rules)
    assert found[0] == (Step.REQUEST, day("Fri 21 Aug"))


@pytest.mark.parametrize(
    ("on", "utc"),
    [
        ("Fri 23 Oct 2020", "08:30"),  # summer time ends on Sun 25 Oct 2020
        ("Sat 24 Oct 2020", "08:30"),
        ("Sun 25 Oct 2020", "09:30"),
        ("Mon 26 Oct 2020", "09:30"),
        ("Fri 26 Mar 2021", "09:30"),  # and begins on Sun 28 Mar 2021
        ("Sat 27 Mar 2021", "09:30"),
        ("Sun 28 Mar 2021", "08:30"),
        ("Mon 29 Mar 2021", "08:30"),
    ],
)
def test_half_past_nine_is_right_on_both_sides_of_both_clock_changes(on: str, utc: str) -> None:
    instant = at_local(day(on), LONDON)
    assert instant == datetime.combine(day(on), time.fromisoformat(utc), UTC)
    assert instant.tzinfo is UTC
    assert local_day(instant, LONDON) == day(on)


@pytest.mark.parametrize(
    ("instant", "local"),
    [
        ("2020-08-07T22:59+00:00", date(2020, 8, 7)),
        ("2020-08-07T23:00+00:00", date(2020, 8, 8)),
        ("2020-10-24T23:00+00:00", date(2020, 10, 25)),
        ("2020-10-25T23:59+00:00", date(2020, 10, 25)),
        ("2020-10-26T00:00+00:00", date(2020, 10, 26)),
        ("2021-03-27T23:59+00:00", date(2021, 3, 27)),
        ("2021-03-28T22:59+00:00", date(2021, 3, 28)),
        ("2021-03-28T23:00+00:00", date(2021, 3, 29)),
    ],
)
def test_a_local_day_ends_at_local_midnight(instant: str, local: date) -> None:
    assert local_day(datetime.fromisoformat(instant), LONDON) == local


@pytest.mark.parametrize(
    ("local", "may"),
    [
        ("2020-09-01T09:29:59", False),
        ("2020-09-01T09:30:00", True),
        ("2020-09-01T17:29:59", True),
        ("2020-09-01T17:30:00", False),
        ("2020-08-31T12:00:00", False),
        ("2020-08-29T12:00:00", False),
        ("2020-10-23T09:30:00", True),
        ("2020-10-26T09:29:59", False),
        ("2020-10-26T09:30:00", True),
        ("2021-03-29T09:30:00", True),
        ("2021-03-29T17:30:00", False),
    ],
)
def test_it_speaks_from_half_past_nine_to_half_past_five_on_working_days(local: str, may: bool) -> None:
    now = datetime.fromisoformat(local).replace(tzinfo=LONDON).astimezone(UTC)
    assert may_notify(now, LONDON, (EVERY_DAY,)) is may


def test_a_week_runs_from_monday_to_sunday() -> None:
    assert {monday_of(day("Mon 10 Aug") + timedelta(days=n)) for n in range(7)} == {day("Mon 10 Aug")}
    assert monday_of(day("Mon 17 Aug")) == day("Mon 17 Aug")
