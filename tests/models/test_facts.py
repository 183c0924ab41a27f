"""What the rules are told of boards, meetings, actions and people, and what follows from it alone.

Source: docs/explanation/boards-and-dates.md.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.enums import Kind, Status
from models.rules.calendar import Span
from models.rules.facts import ActionFacts, BoardCalendar, BoardFacts, MeetingFacts, Recipient, board_contacts

BOARD = BoardFacts(1, "partnership", "Partnership Board")
ACTION = ActionFacts(1, "healthy-5", Kind.DELIVERABLE, Status.NOT_STARTED, 1)


def test_a_board_is_quiet_asks_for_what_is_due_and_publishes_nothing_until_it_is_told_to() -> None:
    assert (BOARD.started_at, BOARD.ask_all, BOARD.publish_at_once) == (None, False, False)


def test_an_action_is_whole_and_its_lead_in_no_question_unless_it_says_so() -> None:
    assert (ACTION.has_parts, ACTION.lead_in_question, ACTION.missed_before) == (False, False, 0)


@pytest.mark.parametrize(
    ("due_at", "moves", "mark"),
    [
        pytest.param(12, 0, "12/0", id="due where it was first"),
        pytest.param(14, 1, "14/1", id="moved once"),
        pytest.param(12, 2, "12/2", id="moved back: not what it was before"),
        pytest.param(None, 0, "0/0", id="no due meeting"),
        pytest.param(None, 1, "0/1", id="no due meeting any more"),
    ],
)
def test_each_move_of_the_due_meeting_has_a_mark_of_its_own(due_at: int | None, moves: int, mark: str) -> None:
    """The ledger and old buttons hold marks: how they are written must never change."""
    assert ACTION._replace(due_meeting_id=due_at, moves=moves).due_mark == mark


def test_of_meetings_that_start_together_none_is_before_the_other_and_none_is_before_itself() -> None:
    first = MeetingFacts(1, 1, datetime(2020, 9, 9, 13, tzinfo=UTC))
    here, there = (MeetingFacts(number, 1, datetime(2020, 9, 16, 13, tzinfo=UTC)) for number in (2, 3))
    calendar = BoardCalendar(BOARD, (first, here, there), ZoneInfo("Europe/London"))
    assert calendar.previous(here) == calendar.previous(there) == first
    assert calendar.following(here) is calendar.following(there) is None
    to_be_moved = replace(first, starts_at=datetime(2020, 9, 14, 13, tzinfo=UTC))
    assert calendar.previous(to_be_moved) is None


@pytest.mark.parametrize(
    ("day", "away"),
    [
        (date(2020, 8, 9), False),
        (date(2020, 8, 10), True),
        (date(2020, 8, 14), True),
        (date(2020, 8, 15), False),
        (date(2020, 8, 20), True),
        (date(2020, 8, 21), False),
    ],
)
def test_a_person_is_not_asked_on_quiet_days_from_the_first_to_the_last(day: date, away: bool) -> None:
    quiet = (Span(date(2020, 8, 10), date(2020, 8, 14)), Span(date(2020, 8, 20), date(2020, 8, 20)))
    assert Recipient(7, away=quiet).is_away(day) is away
    assert not Recipient(7).is_away(day)


SECRETARY_POST, EMPTY_POST, OTHER_POST = 5, 6, 1
RECIPIENTS = {SECRETARY_POST: (Recipient(51), Recipient(52)), OTHER_POST: (Recipient(11),)}
ADMINISTRATORS = (91, 92)


@pytest.mark.parametrize(
    ("post", "reachable", "told"),
    [
        pytest.param(SECRETARY_POST, {51, 52, 91}, (51, 52), id="the secretary and the contact officer"),
        pytest.param(SECRETARY_POST, {52, 91}, (52,), id="of these whoever can be reached"),
        pytest.param(SECRETARY_POST, {11, 91, 92}, (91, 92), id="else the administrators"),
        pytest.param(SECRETARY_POST, {11, 92}, (92,), id="of these whoever can be reached, too"),
        pytest.param(SECRETARY_POST, {11}, (), id="else nobody"),
        pytest.param(EMPTY_POST, {11, 51, 91}, (91,), id="nobody holds the secretary's post"),
        pytest.param(None, {11, 51, 91}, (91,), id="the board has no secretary's post"),
    ],
)
def test_the_secretary_is_told_on_a_boards_behalf_and_failing_that_the_administrators(
    post: int | None, reachable: set[int], told: tuple[int, ...]
) -> None:
    board = replace(BOARD, secretary_post_id=post)
    assert board_contacts(board, RECIPIENTS, ADMINISTRATORS, reachable) == told
