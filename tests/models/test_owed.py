"""The rules of what is owed as tables: open, awaiting, for this meeting, overdue, missed, owed.

Source: docs/explanation/boards-and-dates.md, Overdue and owed.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.enums import AnswerKind, Kind, MeetingState, Status
from models.rules.calendar import BoardRules, Span
from models.rules.facts import ActionFacts, MeetingFacts
from models.rules.owed import (
    answers_count_from,
    concerns,
    is_awaiting,
    is_for_meeting,
    is_open,
    is_overdue,
    is_owed,
)
from tests.models.board_meetings import (
    BOARD,
    CALENDAR,
    DECEMBER,
    EXPECTED,
    HAPPY,
    JUNE,
    OCTOBER,
    SEPTEMBER,
    action,
    changed,
    local,
    on_a_date,
    standing,
)


@pytest.mark.parametrize(
    ("status", "open_", "awaiting"),
    [
        (Status.NOT_STARTED, True, False),
        (Status.ON_TRACK, True, False),
        (Status.SOME_ISSUES, True, False),
        (Status.OFF_TRACK, True, False),
        (Status.PROPOSED, True, True),
        (Status.COMPLETE, False, False),
        (Status.CLOSED_NOT_DONE, False, False),
    ],
)
def test_what_is_open_and_what_awaits_the_board(status: Status, open_: bool, awaiting: bool) -> None:
    assert is_open(action(status=status)) is open_
    assert is_awaiting(action(status=status)) is awaiting


# Five working days after Wed 16 Sep end on Wed 23 Sep.
@pytest.mark.parametrize(
    ("now", "is_for", "overdue"),
    [
        ("2020-09-16T13:59", False, False),
        ("2020-09-16T14:00", True, False),
        ("2020-09-21T09:00", True, False),
        ("2020-09-23T23:59", True, False),
        ("2020-09-24T00:00", False, True),
        ("2020-10-23T13:59", False, True),
        ("2021-03-01T12:00", False, True),
    ],
)
def test_an_action_is_for_this_meeting_from_its_first_minute_for_five_working_days_then_overdue(
    now: str, is_for: bool, overdue: bool
) -> None:
    assert is_for_meeting(action(), CALENDAR.by_id[SEPTEMBER], CALENDAR, local(now)) is is_for
    assert is_overdue(action(), CALENDAR, local(now)) is overdue


@pytest.mark.parametrize(
    ("meeting_on", "last_minute"),
    [
        ("2020-08-26", "2020-09-03T23:59"),  # over the bank holiday of 31 August
        ("2020-12-18", "2020-12-29T23:59"),  # over Christmas
        ("2020-10-20", "2020-10-27T23:59"),  # over the end of summer time
    ],
)
def test_the_five_working_days_leave_out_holidays_and_end_at_local_midnight(meeting_on: str, last_minute: str) -> None:
    calendar = changed(SEPTEMBER, starts_at=local(f"{meeting_on}T14:00"))
    assert not is_overdue(action(), calendar, local(last_minute))
    assert is_overdue(action(), calendar, local(last_minute) + timedelta(minutes=1))


def test_a_boards_closure_days_are_not_counted_among_the_five() -> None:
    closed = BoardRules(closures=(Span(date(2020, 9, 18), date(2020, 9, 18)),))
    calendar = replace(CALENDAR, board=replace(BOARD, rules=closed))
    assert not is_overdue(action(), calendar, local("2020-09-24T12:00"))
    assert is_overdue(action(), calendar, local("2020-09-25T00:00"))


def test_an_outcome_without_a_new_due_meeting_makes_it_overdue_at_once() -> None:
    decided = action(outcome_meetings=frozenset({SEPTEMBER}))
    assert not is_for_meeting(decided, CALENDAR.by_id[SEPTEMBER], CALENDAR, local("2020-09-17T10:00"))
    assert is_overdue(decided, CALENDAR, local("2020-09-17T10:00"))


def test_when_the_secretary_says_all_outcomes_are_recorded_the_rest_is_overdue_at_once() -> None:
    calendar = changed(SEPTEMBER, outcomes_recorded_at=local("2020-09-17T11:00"))
    assert is_overdue(action(), calendar, local("2020-09-17T11:00"))


@pytest.mark.parametrize(
    ("what", "overdue"),
    [
        pytest.param(action(), True, id="a deliverable"),
        pytest.param(action(kind=Kind.BOARD_ACTION), True, id="a board action due at a meeting"),
        pytest.param(action(status=Status.NOT_STARTED), True, id="whatever its rating"),
        pytest.param(action(status=Status.PROPOSED), False, id="not what awaits the board"),
        pytest.param(action(status=Status.COMPLETE), False, id="not what is complete"),
        pytest.param(action(status=Status.CLOSED_NOT_DONE), False, id="not what was withdrawn"),
        pytest.param(action(due_meeting_id=OCTOBER), False, id="not what was re-planned"),
        pytest.param(action(due_meeting_id=EXPECTED), False, id="not what is due at an expected meeting"),
        pytest.param(action(due_meeting_id=None), False, id="not what has no due meeting"),
        pytest.param(action(due_meeting_id=JUNE), True, id="what was due long ago"),
        pytest.param(standing(), False, id="never a standing commitment"),
        pytest.param(standing(due_meeting_id=JUNE), False, id="not even with a due meeting"),
        pytest.param(on_a_date(date(2020, 10, 2)), True, id="a board action past its date"),
        pytest.param(on_a_date(date(2020, 10, 6)), False, id="a board action before its date"),
        pytest.param(on_a_date(date(2020, 10, 2), status=Status.PROPOSED), False, id="awaiting, past its date"),
    ],
)
def test_what_is_overdue_on_5_october(what: ActionFacts, overdue: bool) -> None:
    assert is_overdue(what, CALENDAR, local("2020-10-05T12:00")) is overdue


@pytest.mark.parametrize(
    ("now", "overdue"),
    [("2020-10-02T09:00", False), ("2020-10-02T23:59", False), ("2020-10-03T00:00", True), ("2020-10-05T09:00", True)],
)
def test_a_board_action_with_a_date_is_overdue_from_the_next_day_weekend_or_not(now: str, overdue: bool) -> None:
    assert is_overdue(on_a_date(date(2020, 10, 2)), CALENDAR, local(now)) is overdue


def test_nothing_is_overdue_that_was_due_at_a_meeting_that_moved_or_did_not_happen() -> None:
    now = local("2020-10-05T12:00")
    assert not is_overdue(action(), changed(SEPTEMBER, starts_at=local("2020-10-06T14:00")), now)
    assert not is_overdue(action(), changed(SEPTEMBER, state=MeetingState.CANCELLED), now)


# The meeting of 23 October: updates due Thu 8 Oct, 30 days before that Tue 8 Sep, the previous meeting 16 Sep 14:00.
# The meeting of 8 December: updates due Mon 23 Nov, 30 days before that Sat 24 Oct, the previous meeting 23 Oct 14:00.
@pytest.mark.parametrize(
    ("at", "since"),
    [
        (OCTOBER, "2020-09-16T14:00"),
        (DECEMBER, "2020-10-24T00:00"),
        (SEPTEMBER, "2020-08-02T00:00"),
        (JUNE, "2020-04-26T00:00"),
    ],
)
def test_answers_count_from_the_later_of_the_previous_meeting_and_thirty_days_before_updates_due(
    at: int, since: str
) -> None:
    assert answers_count_from(CALENDAR.by_id[at], CALENDAR) == local(since)


def test_a_cancelled_previous_meeting_does_not_make_answers_stale() -> None:
    calendar = changed(SEPTEMBER, state=MeetingState.CANCELLED)
    assert answers_count_from(calendar.by_id[OCTOBER], calendar) == local("2020-09-08T00:00")


@pytest.mark.parametrize(
    ("for_meeting", "answered", "owed"),
    [
        (OCTOBER, None, True),
        (OCTOBER, "2020-09-16T13:59", True),
        (OCTOBER, "2020-09-16T14:00", False),
        (OCTOBER, "2020-09-16T14:01", False),
        (DECEMBER, "2020-10-23T23:59", True),
        (DECEMBER, "2020-10-24T00:00", False),
        (DECEMBER, "2020-11-20T12:00", False),
    ],
)
def test_an_answer_one_minute_before_the_previous_meeting_or_the_thirty_days_does_not_count(
    for_meeting: int, answered: str | None, owed: bool
) -> None:
    what = action(due_meeting_id=for_meeting, last_answer_at=local(answered) if answered else None)
    now = local("2020-09-24T10:00") if for_meeting == OCTOBER else local("2020-11-20T12:00")
    assert is_owed(what, CALENDAR.by_id[for_meeting], CALENDAR, now) is owed


@pytest.mark.parametrize(
    ("what", "owed"),
    [
        pytest.param(action(due_meeting_id=OCTOBER), True, id="due at it"),
        pytest.param(action(due_meeting_id=DECEMBER), False, id="due later"),
        pytest.param(action(due_meeting_id=SEPTEMBER), True, id="overdue"),
        pytest.param(action(due_meeting_id=EXPECTED), False, id="due at an expected meeting"),
        pytest.param(action(due_meeting_id=None), False, id="no due meeting"),
        pytest.param(action(due_meeting_id=OCTOBER, status=Status.PROPOSED), False, id="awaiting the board"),
        pytest.param(action(due_meeting_id=OCTOBER, status=Status.COMPLETE), False, id="complete"),
        pytest.param(action(due_meeting_id=OCTOBER, status=Status.CLOSED_NOT_DONE), False, id="closed, not done"),
        pytest.param(action(due_meeting_id=OCTOBER, board_id=2), False, id="another board's"),
        pytest.param(action(due_meeting_id=OCTOBER, kind=Kind.BOARD_ACTION), True, id="a board action due at it"),
        pytest.param(on_a_date(date(2020, 10, 2)), True, id="a board action with a date before it"),
        pytest.param(on_a_date(date(2020, 10, 23)), True, id="…with its day"),
        pytest.param(on_a_date(date(2020, 10, 24)), False, id="…with the day after it"),
        pytest.param(on_a_date(date(2020, 9, 17)), True, id="…with the day after the previous meeting"),
        pytest.param(on_a_date(date(2020, 7, 1)), True, id="…overdue since July"),
        pytest.param(standing(), True, id="a standing commitment of the focus theme"),
        pytest.param(standing(status=Status.NOT_STARTED), True, id="…whatever its rating"),
        pytest.param(standing(theme_id=HAPPY), False, id="a standing commitment of another theme"),
        pytest.param(standing(theme_id=None), False, id="a standing commitment of no theme"),
        pytest.param(standing(last_answer_at=local("2020-09-20T10:00")), False, id="…answered"),
        pytest.param(action(due_meeting_id=OCTOBER, lead_in_question=True), True, id="owed, though nobody is asked"),
    ],
)
def test_what_is_owed_for_23_october(what: ActionFacts, owed: bool) -> None:
    assert is_owed(what, CALENDAR.by_id[OCTOBER], CALENDAR, local("2020-10-05T12:00")) is owed


@pytest.mark.parametrize(
    ("due", "at"),
    [
        (date(2020, 6, 10), JUNE),
        (date(2020, 6, 11), SEPTEMBER),
        (date(2020, 9, 16), SEPTEMBER),
        (date(2020, 9, 17), OCTOBER),
        (date(2020, 10, 23), OCTOBER),
        (date(2020, 10, 24), DECEMBER),
        (date(2020, 12, 9), None),
    ],
)
def test_a_date_to_come_is_owed_for_the_one_meeting_that_it_falls_up_to(due: date, at: int | None) -> None:
    now = local("2020-06-01T12:00")
    assert [m.id for m in CALENDAR.dated if is_owed(on_a_date(due), m, CALENDAR, now)] == ([at] if at else [])


@pytest.mark.parametrize(
    ("now", "owed"), [("2020-09-18T10:00", False), ("2020-09-23T23:59", False), ("2020-09-24T00:00", True)]
)
def test_what_was_due_last_time_is_owed_for_the_next_meeting_once_it_is_overdue(now: str, owed: bool) -> None:
    assert is_owed(action(), CALENDAR.by_id[OCTOBER], CALENDAR, local(now)) is owed


@pytest.mark.parametrize(
    ("what", "owed"),
    [
        (action(due_meeting_id=DECEMBER), True),
        (action(due_meeting_id=EXPECTED), True),
        (action(due_meeting_id=None), True),
        (action(due_meeting_id=DECEMBER, status=Status.PROPOSED), False),
        (action(due_meeting_id=DECEMBER, status=Status.COMPLETE), False),
        (action(due_meeting_id=DECEMBER, last_answer_at=local("2020-09-20T10:00")), False),
        (standing(theme_id=HAPPY), False),
    ],
)
def test_a_board_that_asks_for_all_gets_all_its_open_deliverables(what: ActionFacts, owed: bool) -> None:
    calendar = replace(CALENDAR, board=replace(BOARD, ask_all=True))
    assert is_owed(what, calendar.by_id[OCTOBER], calendar, local("2020-10-05T12:00")) is owed


@pytest.mark.parametrize(
    ("reviewed_since", "answered", "owed"),
    [
        pytest.param(date(2019, 10, 22), None, True, id="a year and a day ago"),
        pytest.param(date(2019, 10, 23), None, True, id="366 days ago, in a leap year"),
        pytest.param(date(2019, 10, 24), None, False, id="365 days ago"),
        pytest.param(date(2019, 4, 1), "2019-10-22T10:00", True, id="last answered more than a year ago"),
        pytest.param(date(2019, 4, 1), "2020-03-22T10:00", False, id="answered this spring"),
        pytest.param(None, None, False, id="no plan start on record"),
    ],
)
def test_a_standing_commitment_is_reviewed_once_a_year_without_a_focus(
    reviewed_since: date | None, answered: str | None, owed: bool
) -> None:
    what = standing(theme_id=HAPPY, reviewed_since=reviewed_since, last_answer_at=local(answered) if answered else None)
    assert is_owed(what, CALENDAR.by_id[OCTOBER], CALENDAR, local("2020-10-05T12:00")) is owed


def test_nothing_is_owed_for_a_meeting_that_is_cancelled_or_has_no_day() -> None:
    now = local("2020-10-05T12:00")
    cancelled = changed(OCTOBER, state=MeetingState.CANCELLED)
    assert not is_owed(action(due_meeting_id=OCTOBER), cancelled.by_id[OCTOBER], cancelled, now)
    assert not is_owed(action(due_meeting_id=EXPECTED), CALENDAR.by_id[EXPECTED], CALENDAR, now)


def test_what_is_answered_still_concerns_the_meeting() -> None:
    answered = action(
        due_meeting_id=OCTOBER, last_answer_at=local("2020-09-20T10:00"), last_answer_kind=AnswerKind.NO_CHANGE
    )
    now = local("2020-10-05T12:00")
    assert concerns(answered, CALENDAR.by_id[OCTOBER], CALENDAR, now)
    assert concerns(action(due_meeting_id=OCTOBER, status=Status.PROPOSED), CALENDAR.by_id[OCTOBER], CALENDAR, now)
    assert not concerns(action(due_meeting_id=OCTOBER, status=Status.COMPLETE), CALENDAR.by_id[OCTOBER], CALENDAR, now)


def test_the_board_before_the_first_meeting_has_none_before_it_and_expected_ones_come_last_in_their_month() -> None:
    assert CALENDAR.previous(CALENDAR.by_id[JUNE]) is None
    assert CALENDAR.previous(CALENDAR.by_id[OCTOBER]) == CALENDAR.by_id[SEPTEMBER]
    assert CALENDAR.following(CALENDAR.by_id[DECEMBER]) is None
    assert MeetingFacts(1, 1, None, "2020-12").order == datetime(2021, 1, 1, tzinfo=UTC)
    assert MeetingFacts(1, 1, None, "2020-11").order == datetime(2020, 12, 1, tzinfo=UTC)
    assert CALENDAR.next(local("2020-09-16T14:00")) == CALENDAR.by_id[OCTOBER]
    assert CALENDAR.latest_held(local("2020-09-16T13:59")) == CALENDAR.by_id[JUNE]
    assert CALENDAR.latest_held(local("2020-09-16T14:00")) == CALENDAR.by_id[SEPTEMBER]
