"""How many meetings an action missed: since it was due, while another board kept it, until it was closed.

Source: docs/explanation/boards-and-dates.md, Overdue and owed.
"""

from datetime import date, datetime

import pytest

from models.enums import MeetingState, Status
from models.rules.facts import ActionFacts, BoardCalendar, BoardFacts, MeetingFacts
from models.rules.owed import (
    Meetings,
    meetings_missed,
    missed_until_moved,
)
from tests.models.board_meetings import (
    CALENDAR,
    DECEMBER,
    EXPECTED,
    JUNE,
    LONDON,
    MEETINGS,
    OCTOBER,
    SEPTEMBER,
    action,
    changed,
    local,
    on_a_date,
    standing,
)


def moved(what: ActionFacts, *moves: tuple[datetime, int | None]) -> ActionFacts:
    """An action that was moved before: when, and from which meeting."""
    missed = missed_until_moved(moves, Meetings(MEETINGS), what.closed_at)
    return what._replace(moves=len(moves), moved_at=max(at for at, _ in moves), missed_before=missed)


MOVED_AFTER = ((local("2020-09-18T10:00"), SEPTEMBER),)
MOVED_BEFORE = ((local("2020-09-01T10:00"), SEPTEMBER),)


@pytest.mark.parametrize(
    ("what", "now", "missed"),
    [
        pytest.param(action(), "2020-09-16T13:59", 0, id="none before its meeting"),
        pytest.param(action(), "2020-09-16T14:00", 1, id="its meeting, once begun"),
        pytest.param(action(), "2020-10-23T14:00", 2, id="and every later one"),
        pytest.param(action(), "2020-12-31T12:00", 3, id="three by the year's end"),
        pytest.param(action(due_meeting_id=JUNE), "2020-12-31T12:00", 4, id="four, due in June"),
        pytest.param(
            moved(action(due_meeting_id=OCTOBER), *MOVED_BEFORE), "2020-10-05T12:00", 0, id="re-planned before it: 0"
        ),
        pytest.param(
            moved(action(due_meeting_id=OCTOBER), *MOVED_BEFORE), "2020-11-05T12:00", 1, id="…then the new one counts"
        ),
        pytest.param(
            moved(action(due_meeting_id=OCTOBER), *MOVED_AFTER), "2020-10-05T12:00", 1, id="re-planned after it: 1"
        ),
        pytest.param(
            moved(action(due_meeting_id=OCTOBER), *MOVED_AFTER), "2020-11-05T12:00", 2, id="…and the new one: 2"
        ),
        pytest.param(
            moved(action(due_meeting_id=DECEMBER), *MOVED_AFTER, (local("2020-10-27T10:00"), OCTOBER)),
            "2020-11-05T12:00",
            2,
            id="re-planned after each: both",
        ),
        pytest.param(
            action(status=Status.COMPLETE, closed_at=local("2020-09-16T14:00")),
            "2020-12-31T12:00",
            0,
            id="closed at it",
        ),
        pytest.param(
            action(status=Status.COMPLETE, closed_at=local("2020-10-23T14:00")),
            "2020-12-31T12:00",
            1,
            id="closed at the next",
        ),
        pytest.param(
            action(status=Status.COMPLETE, closed_at=local("2020-09-30T14:00")),
            "2020-12-31T12:00",
            1,
            id="closed between",
        ),
        pytest.param(action(status=Status.PROPOSED), "2020-10-05T12:00", 1, id="proposed is open still"),
        pytest.param(action(due_meeting_id=EXPECTED), "2020-12-31T12:00", 0, id="an expected meeting is not held"),
        pytest.param(action(due_meeting_id=None), "2020-12-31T12:00", 0, id="without a due meeting none"),
        pytest.param(
            moved(action(due_meeting_id=OCTOBER), (local("2020-09-20T10:00"), None)),
            "2020-10-05T12:00",
            0,
            id="it had no due meeting then",
        ),
        pytest.param(standing(), "2020-12-31T12:00", 0, id="a standing commitment misses none"),
        pytest.param(standing(due_meeting_id=JUNE), "2020-12-31T12:00", 0, id="…not even with a due meeting"),
        pytest.param(on_a_date(date(2020, 7, 1)), "2020-12-31T12:00", 0, id="nor does a date between meetings"),
        pytest.param(
            moved(on_a_date(date(2021, 1, 15)), *MOVED_AFTER), "2020-12-31T12:00", 0, id="…not even from a meeting"
        ),
    ],
)
def test_meetings_missed(what: ActionFacts, now: str, missed: int) -> None:
    assert meetings_missed(what, CALENDAR, local(now)) == missed


def test_a_cancelled_meeting_is_not_missed() -> None:
    calendar = changed(OCTOBER, state=MeetingState.CANCELLED)
    assert meetings_missed(action(), calendar, local("2020-11-05T12:00")) == 1


# -- an action that another board kept before

OTHER = BoardCalendar(
    BoardFacts(2, "hwb", "Health and Wellbeing Board"),
    (
        MeetingFacts(21, board_id=2, starts_at=local("2020-09-09T14:00")),
        MeetingFacts(22, board_id=2, starts_at=local("2020-12-01T14:00")),
        MeetingFacts(23, board_id=2, starts_at=local("2021-02-01T14:00")),
    ),
    LONDON,
)


@pytest.mark.parametrize(
    ("moved_on", "now", "there", "here"),
    [
        ("2020-09-20", "2020-11-01", 1, 0),
        ("2020-09-20", "2020-12-02", 1, 1),
        ("2020-09-20", "2021-02-02", 1, 2),
        ("2020-11-01", "2020-11-02", 2, 0),
        ("2020-09-01", "2020-11-01", 0, 0),
    ],
)
def test_each_board_counts_what_was_missed_while_it_kept_the_action(
    moved_on: str, now: str, there: int, here: int
) -> None:
    """Due on 16 September at the one board, then on 1 December at the other, whose 9 September it never missed."""
    facts = moved(action(board_id=2, due_meeting_id=22), (local(f"{moved_on}T10:00"), SEPTEMBER))
    assert facts.missed_before == there
    assert meetings_missed(facts, OTHER, local(f"{now}T10:00")) == there + here


def test_what_was_closed_before_it_was_moved_had_missed_what_was_held_until_it_was_closed() -> None:
    closed = action(status=Status.COMPLETE, closed_at=local("2020-09-16T14:00"), due_meeting_id=DECEMBER)
    assert moved(closed, (local("2020-11-01T10:00"), SEPTEMBER)).missed_before == 0
    assert moved(closed, (local("2020-11-01T10:00"), JUNE)).missed_before == 1


def test_of_moves_that_were_noted_out_of_order_each_meeting_counts_once() -> None:
    later, earlier = local("2020-11-01T10:00"), local("2020-10-01T10:00")
    assert moved(action(due_meeting_id=DECEMBER), (later, SEPTEMBER), (earlier, JUNE)).missed_before == 2
