"""Which actions a filter names (models.plan.action_filter)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from models.enums import OutcomeKind
from models.files.planfile import read_plan
from models.plan.action_filter import ActionFilter, ActionUnit
from models.plan.action_reads import count_actions
from models.plan.headings import headings_of
from models.plan.queries import action_views, boards_of
from models.records.history import record_outcome
from models.storage.workspaces import LOCAL
from tests.models.plan_in_database import action, database, signed

PLAN = """\
plan: {name: Our plan, area: Sefton, from: 2020-04-01, to: 2025-03-31}
themes: [{key: heard, name: Heard}, {key: safe, name: Safe}]
priorities: [{number: 1, title: To listen, theme: heard}, {number: 2, title: To protect, theme: safe}]
organisations: [{key: council, name: The Council}]
posts:
  - {key: head, title: Head of Education, organisation: council}
  - {key: clerk, title: Clerk, organisation: council}
boards:
  - {key: first, name: First Board, meetings: [{date: 2020-06-10}, {date: 2020-09-16}]}
  - {key: second, name: Second Board, meetings: [{date: 2020-06-11}, {date: 2020-09-17}]}
actions:
  - {ref: a-1, kind: deliverable, board: first, words: Listen, priorities: [1], lead: head, due: 2020-09-16}
  - {ref: a-2, kind: deliverable, board: first, words: Protect, priorities: [2], lead: clerk, due: 2020-06-10}
  - {ref: a-3, kind: deliverable, board: second, words: Both, theme: heard, lead: head, due: 2020-09-17}
  - {ref: w-1, kind: board action, board: first, words: All of us, due: 2020-09-16}
  - {ref: w-1-council, kind: board action, board: first, words: All of us, due: 2020-09-16, lead: clerk,
     part: {of: w-1, partner: council}}
"""


@pytest.fixture
def session() -> Iterator[Session]:
    with database(read_plan(PLAN, "plan.yaml")) as found:
        yield found


def refs(session: Session, which: ActionFilter, unit: ActionUnit = ActionUnit.EITHER) -> list[str]:
    return [view.ref for view in action_views(session, LOCAL, which, unit)]


def test_a_filter_without_fields_names_every_action(session: Session) -> None:
    assert refs(session, ActionFilter()) == ["a-1", "a-2", "a-3", "w-1", "w-1-council"]


def test_each_field_leaves_out_what_it_does_not_hold_for(session: Session) -> None:
    first = boards_of(session)[0].id
    headings = headings_of(session, LOCAL)
    one, heard = headings.priorities[0].id, headings.themes[0].id
    clerk, september = action(session, "a-2").lead_post_id, action(session, "a-1").due_meeting_id
    assert clerk is not None
    assert refs(session, ActionFilter(ids=[action(session, "a-2").id])) == ["a-2"]
    assert refs(session, ActionFilter(ids=[])) == []
    assert refs(session, ActionFilter(refs=("a-3", "a-1"))) == ["a-1", "a-3"]
    assert refs(session, ActionFilter(lead_posts=(clerk,))) == ["a-2", "w-1-council"]
    assert refs(session, ActionFilter(board_id=first)) == ["a-1", "a-2", "w-1", "w-1-council"]
    assert refs(session, ActionFilter(due_meeting_id=september)) == ["a-1", "w-1", "w-1-council"]
    assert refs(session, ActionFilter(parent_id=action(session, "w-1").id)) == ["w-1-council"]
    assert refs(session, ActionFilter(priority_ids=(one,))) == ["a-1"]
    assert refs(session, ActionFilter(theme_ids=(heard,))) == ["a-3"]
    assert refs(session, ActionFilter(priority_ids=(one,), theme_ids=(heard,))) == ["a-1", "a-3"]
    assert refs(session, ActionFilter(board_id=first, lead_posts=(clerk,))) == ["a-2", "w-1-council"]


def test_closed_actions_are_left_out_of_what_is_open(session: Session) -> None:
    row = action(session, "a-2")
    assert row.due_meeting_id is not None
    record_outcome(session, row, row.due_meeting_id, OutcomeKind.CLOSED, signed())
    assert refs(session, ActionFilter(open_only=True)) == ["a-1", "a-3", "w-1", "w-1-council"]


def test_a_board_has_also_what_it_decided_on_and_another_keeps_by_now(session: Session) -> None:
    first, second = (board.id for board in boards_of(session))
    row = action(session, "a-2")
    assert row.due_meeting_id is not None
    record_outcome(session, row, row.due_meeting_id, OutcomeKind.CLOSED, signed())
    row.board_id = second
    assert "a-2" not in refs(session, ActionFilter(board_id=first))
    assert "a-2" in refs(session, ActionFilter(board_id=first, or_decided_at=row.due_meeting_id))
    assert "a-3" not in refs(session, ActionFilter(board_id=first, or_decided_at=row.due_meeting_id))


def test_of_an_action_for_all_partners_the_whole_is_counted_and_each_part_answered(session: Session) -> None:
    assert refs(session, ActionFilter(), ActionUnit.COUNTED) == ["a-1", "a-2", "a-3", "w-1"]
    assert refs(session, ActionFilter(), ActionUnit.ANSWERED) == ["a-1", "a-2", "a-3", "w-1-council"]
    assert count_actions(session) == 4
