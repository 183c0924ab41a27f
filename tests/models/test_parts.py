"""An action for all partners : where it stands, and what a board's decisions do to its parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.enums import AnswerKind, OutcomeKind, Status
from models.files.export import export_plan
from models.files.merging.apply import merge_plan
from models.files.planfile import read_plan
from models.plan.queries import action_views, board_calendars
from models.records.history import record_outcome, record_replan, record_undo, record_update
from models.records.partner_parts import state_of_parts
from models.rules.owed import is_owed
from models.storage.history_tables import Outcome, Replan
from models.storage.tables import Meeting
from models.storage.workspaces import LOCAL
from tests.models.plan_in_database import NOW, TODAY, action, database, signed

NS, ON, SOME, OFF = Status.NOT_STARTED, Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK
PROPOSED, COMPLETE, NOT_DONE = Status.PROPOSED, Status.COMPLETE, Status.CLOSED_NOT_DONE

PLAN = """\
plan: {name: Our plan, area: Sefton, from: 2020-04-01, to: 2025-03-31}
themes: [{key: heard, name: Heard}]
organisations:
  - {key: council, name: The Council}
  - {key: police, name: Merseyside Police}
  - {key: ccg, name: NHS South Sefton Clinical Commissioning Group, aliases: [the health commissioners, CCG]}
posts:
  - {key: head, title: Head of Education, organisation: council, holder: {slack: U0HEADEDU}}
  - {key: inspector, title: Inspector, organisation: police, holder: {slack: U0INSPECT}}
boards:
  - key: partnership
    name: Partnership Board
    meetings: [{date: 2020-06-10}, {date: 2020-09-16}, {date: 2020-10-23}]
actions:
  - {ref: 10jun-1, kind: board action, words: Publish it, due: 2020-09-16, given: {meeting: 2020-06-10}}
  - {ref: 10jun-1-council, kind: board action, words: Publish it, due: 2020-09-16, lead: head,
     part: {of: 10jun-1, partner: council}}
  - {ref: 10jun-1-police, kind: board action, words: Publish it, due: 2020-09-16, lead: inspector,
     part: {of: 10jun-1, partner: police}}
  - {ref: 10jun-1-ccg, kind: board action, words: Publish it, due: 2020-09-16,
     part: {of: 10jun-1, partner: ccg}}
"""
LATER = signed(NOW + timedelta(minutes=2))
WHOLE, COUNCIL, POLICE, CCG = "10jun-1", "10jun-1-council", "10jun-1-police", "10jun-1-ccg"


@pytest.mark.parametrize(
    ("own", "parts", "status", "rating"),
    [
        (NS, [NS, NS], NS, NS),
        (NS, [NS, ON], ON, ON),
        (NS, [SOME, ON, NS], SOME, SOME),
        (NS, [SOME, OFF], OFF, OFF),
        (NS, [PROPOSED, NS], ON, ON),
        (NS, [PROPOSED, SOME], SOME, SOME),
        (NS, [PROPOSED, PROPOSED], PROPOSED, ON),
        (NS, [COMPLETE, PROPOSED], PROPOSED, ON),
        (NS, [NOT_DONE, PROPOSED], PROPOSED, ON),
        (NS, [NOT_DONE, NOT_DONE], NS, NS),
        (PROPOSED, [NS, ON], ON, ON),
        (COMPLETE, [COMPLETE, NS], COMPLETE, ON),
        (NOT_DONE, [NS], NOT_DONE, NS),
    ],
)
def test_where_an_action_for_all_partners_stands_is_worked_out_from_its_parts(
    own: Status, parts: list[Status], status: Status, rating: Status
) -> None:
    assert state_of_parts(own, parts) == (status, rating)


@pytest.fixture
def session() -> Iterator[Session]:
    with database(read_plan(PLAN, "plan.yaml")) as session:
        yield session


def meeting(session: Session, month: int) -> int:
    return next(row.id for row in session.query(Meeting) if row.starts_at and row.starts_at.month == month)


def propose(session: Session, *refs: str) -> None:
    for ref in refs:
        record_update(session, action(session, ref), AnswerKind.PROPOSED, signed(), words="sent")


def statuses(session: Session) -> list[Status]:
    return [action(session, ref).status for ref in (WHOLE, COUNCIL, POLICE, CCG)]


def test_with_every_part_done_it_is_proposed_and_an_undo_takes_that_back(session: Session) -> None:
    propose(session, COUNCIL, POLICE)
    assert statuses(session) == [ON, PROPOSED, PROPOSED, NS]
    entry = record_update(session, action(session, CCG), AnswerKind.PROPOSED, signed(), words="sent")
    assert statuses(session) == [PROPOSED] * 4
    record_undo(session, action(session, CCG), entry, signed())
    assert statuses(session) == [ON, PROPOSED, PROPOSED, NS]


@pytest.mark.parametrize(
    ("proposed", "kind", "expected"),
    [
        ((COUNCIL,), OutcomeKind.CLOSED, [COMPLETE] * 4),
        ((COUNCIL,), OutcomeKind.CLOSED_NOT_DONE, [NOT_DONE] * 4),
        ((COUNCIL,), OutcomeKind.CARRIED_FORWARD, [ON, PROPOSED, NS, NS]),
        ((COUNCIL, POLICE, CCG), OutcomeKind.CARRIED_FORWARD, [NS, NS, NS, NS]),
        ((COUNCIL,), OutcomeKind.NOT_AGREED, [NS, NS, NS, NS]),
        ((COUNCIL, POLICE, CCG), OutcomeKind.NOT_AGREED, [NS, NS, NS, NS]),
        ((COUNCIL,), OutcomeKind.NO_DECISION, [ON, PROPOSED, NS, NS]),
    ],
)
def test_what_the_board_decides_on_it_it_decides_on_its_parts(
    session: Session, proposed: tuple[str, ...], kind: OutcomeKind, expected: list[Status]
) -> None:
    propose(session, *proposed)
    to = meeting(session, 10) if kind is OutcomeKind.CARRIED_FORWARD else None
    record_outcome(session, action(session, WHOLE), meeting(session, 9), kind, signed(), to_meeting_id=to, reason="so")
    assert statuses(session) == expected
    if to:
        assert {action(session, ref).due_meeting_id for ref in (WHOLE, COUNCIL, POLICE, CCG)} == {to}


def test_a_later_outcome_of_the_same_meeting_takes_the_place_of_the_first_for_the_parts_too(session: Session) -> None:
    september, october = meeting(session, 9), meeting(session, 10)
    record_outcome(session, action(session, WHOLE), september, OutcomeKind.CLOSED, signed())
    forward = OutcomeKind.CARRIED_FORWARD
    record_outcome(session, action(session, WHOLE), september, forward, signed(), to_meeting_id=october)
    assert statuses(session) == [NS] * 4
    assert {action(session, ref).due_meeting_id for ref in (WHOLE, CCG)} == {october}


def test_reopening_it_reopens_what_was_closed_with_it(session: Session) -> None:
    record_outcome(session, action(session, POLICE), meeting(session, 6), OutcomeKind.CLOSED, signed())
    record_outcome(session, action(session, WHOLE), meeting(session, 9), OutcomeKind.CLOSED, signed())
    record_update(session, action(session, WHOLE), AnswerKind.REOPENED, LATER, words="too soon")
    assert statuses(session) == [ON, NS, COMPLETE, NS]


def test_what_the_same_meeting_decided_on_one_part_by_itself_stays(session: Session) -> None:
    september = meeting(session, 9)
    record_outcome(session, action(session, POLICE), september, OutcomeKind.CLOSED, signed())
    record_outcome(session, action(session, WHOLE), september, OutcomeKind.CLOSED_NOT_DONE, LATER, reason="enough")
    assert statuses(session) == [NOT_DONE, NOT_DONE, COMPLETE, NOT_DONE]
    latest = signed(NOW + timedelta(minutes=3))
    record_update(session, action(session, WHOLE), AnswerKind.REOPENED, latest, words="too soon")
    assert statuses(session) == [ON, NS, COMPLETE, NS]


def test_its_parts_move_with_it_but_for_one_with_a_meeting_of_its_own(session: Session) -> None:
    october = meeting(session, 10)
    record_replan(session, action(session, CCG), meeting(session, 6), "their board meets then", signed())
    record_replan(session, action(session, WHOLE), october, "the survey is late", signed())
    due = [action(session, ref).due_meeting_id for ref in (WHOLE, COUNCIL, POLICE, CCG)]
    assert due == [october, october, october, meeting(session, 6)]


def test_its_parts_are_owed_and_it_is_not(session: Session) -> None:
    calendar = next(iter(board_calendars(session, LOCAL).values()))
    coming = calendar.next(NOW)
    assert coming is not None
    views = action_views(session, LOCAL)
    owed = [view.ref for view in views if is_owed(view.facts, coming, calendar, NOW)]
    assert owed == [COUNCIL, POLICE, CCG]
    assert [part.organisation for part in views[0].parts] == ["The Council", "Merseyside Police", "CCG"]
    assert views[0].lead == "3 partners"


def test_taken_back_an_added_action_is_closed_and_can_be_reopened(session: Session) -> None:
    row = action(session, COUNCIL)
    added = record_update(session, row, AnswerKind.ADDED, signed())
    assert row.status is NS
    record_undo(session, row, added, signed(NOW + timedelta(minutes=1)), "added by mistake")
    assert row.status is NOT_DONE
    view = next(view for view in action_views(session, LOCAL) if view.ref == COUNCIL)
    assert view.last_words == "added by mistake"
    record_update(session, row, AnswerKind.REOPENED, LATER, words="it was meant")
    assert row.status is NS


def test_parts_are_exported_and_importing_that_again_keeps_them(session: Session) -> None:
    propose(session, COUNCIL)
    text = export_plan(session, LOCAL, ".yaml", TODAY).content.decode()
    assert "part:\n    of: 10jun-1\n    partner: police" in text
    assert merge_plan(session, LOCAL, read_plan(text, "plan.yaml"), "plan.yaml", NOW).nothing_to_do
    new = text.replace(
        "- ref: 10jun-1-ccg",
        "- {ref: 10jun-2, kind: board action, words: Read it, due: 2020-09-16}\n"
        "- {ref: 10jun-2-police, kind: board action, words: Read it, part: {of: 10jun-2, partner: police}}\n"
        "- ref: 10jun-1-ccg",
    )
    merge_plan(session, LOCAL, read_plan(new, "plan.yaml"), "plan.yaml", NOW)
    whole = action(session, "10jun-2")
    assert action(session, "10jun-2-police").parent_id == whole.id
    assert action(session, CCG).parent_id == action(session, WHOLE).id


@pytest.mark.parametrize("kind", [*OutcomeKind, None])
@pytest.mark.parametrize("proposed", [(), (POLICE,), (COUNCIL, POLICE, CCG)])
def test_what_is_taken_back_is_taken_back_for_each_part(
    session: Session, proposed: tuple[str, ...], kind: OutcomeKind | None
) -> None:
    def stand() -> list[tuple[Any, ...]]:
        rows = [action(session, ref) for ref in (WHOLE, COUNCIL, POLICE, CCG)]
        return [(row.status, row.due_meeting_id, row.replans, row.moves, row.closed_at) for row in rows]

    propose(session, *proposed)
    before = stand()
    row: Outcome | Replan
    if kind is None:
        row = record_replan(session, action(session, WHOLE), meeting(session, 10), "late", LATER)
    else:
        to = meeting(session, 10) if kind is OutcomeKind.CARRIED_FORWARD else None
        row = record_outcome(session, action(session, WHOLE), meeting(session, 9), kind, LATER, to_meeting_id=to)
    record_undo(session, action(session, WHOLE), row, signed(NOW + timedelta(minutes=3)))
    assert stand() == before
