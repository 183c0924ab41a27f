"""An entry that comes last changes the state as it stands; whatever comes, it is what all entries add up to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.sandbox import TEAM, example_plan
from models.enums import AnswerKind, OutcomeKind, Status, Way
from models.files.import_plan import store_plan
from models.plan.action_filter import ActionFilter, ActionUnit
from models.plan.listed_actions import listed_actions
from models.plan.planning_reads import action_facts
from models.plan.queries import action_views
from models.records.action_state import ActionState
from models.records.audit import AuditCounts, audit
from models.records.audit_state import state_findings
from models.records.entries import entries_of
from models.records.history import Signed, record_outcome, record_replan, record_undo, record_update
from models.records.partner_parts import parts_of_action
from models.storage.engine import Database
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import Action, Meeting, Workspace
from models.storage.workspaces import ensure_workspace
from tests.conftest import examples, on_sqlite

BEGUN = datetime(2020, 7, 16, 9, tzinfo=UTC)
HEALTHY = select(Action).where(Action.ref == "healthy-5")
SAID = (
    AnswerKind.UPDATE,
    AnswerKind.NO_CHANGE,
    AnswerKind.TO_FOLLOW,
    AnswerKind.PROPOSED,
    AnswerKind.NOT_OURS,
    AnswerKind.ASSIGNED,
    AnswerKind.REOPENED,
    AnswerKind.REPLAN_ASKED,
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("said", "said", "said", "undone", "corrected", "decided", "moved", "taken back")),
        st.integers(0, 7),
        # Days since the step before: on the same instant, later, or noted late.
        st.sampled_from((0, 1, 1, 20, 60, -30)),
    ),
    max_size=9,
)


def _stored(session: Session) -> Action:
    ensure_workspace(session, TEAM, BEGUN)
    store_plan(session, TEAM, example_plan(), BEGUN)
    return session.scalars(HEALTHY).one()


def _step(session: Session, action: Action, sort: str, which: int, signed: Signed) -> None:
    meetings = select(Meeting).where(Meeting.board_id == action.board_id, Meeting.starts_at.is_not(None))
    meeting = session.scalars(meetings.order_by(Meeting.starts_at)).all()[which % 2]
    before = session.scalars(select(Update).where(Update.action_id == action.id).order_by(Update.id)).all()
    if sort == "moved":
        record_replan(session, action, meeting.id, "the data is late", signed)
    elif sort == "decided":
        decision = tuple(OutcomeKind)[which % len(OutcomeKind)]
        later = meeting.id if decision is OutcomeKind.CARRIED_FORWARD else None
        record_outcome(session, action, meeting.id, decision, signed, to_meeting_id=later)
    elif sort == "taken back":
        rows = [one.row for one in entries_of(session, action.id) if not one.undone]
        rows = [row for row in rows if isinstance(row, Outcome | Replan)]
        if rows:
            record_undo(session, action, rows[which % len(rows)], signed)
    elif sort == "undone" and before:
        record_undo(session, action, before[which % len(before)], signed)
    else:
        kept: dict[str, Any] = {"words": "Two were found."}
        if sort == "corrected" and before:
            kept |= {"corrects_id": before[which % len(before)].id}
        kind = SAID[which]
        status = (Status.OFF_TRACK, Status.ON_TRACK)[which % 2] if kind is AnswerKind.UPDATE else None
        record_update(session, action, kind, signed, status=status, **kept)


@on_sqlite
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_state_is_what_all_entries_add_up_to_whatever_comes(database: Database, steps: list[Any]) -> None:
    with database.write(workspace=TEAM) as session:
        if session.get(Workspace, TEAM) is None:
            _stored(session)
    with database.write(workspace=TEAM) as session:
        action, at = session.scalars(HEALTHY).one(), BEGUN
        for sort, which, days in steps:
            at += timedelta(days=days)
            _step(session, action, sort, which, Signed(None, None, "Clerk", Way.COMMAND, at))
        number = action.id
        assert list(state_findings(session, [number])) == []
        session.rollback()


STATE = ("status", "rating", "due_meeting_id", "first_due_meeting_id", *ActionState.__slots__)


def _as_it_is(session: Session, action: Action) -> tuple[Any, ...]:
    """Where an action and its parts stand, as stored, and as the rules of planning see it."""
    session.flush()
    rows = [action, *parts_of_action(session, action)]
    ids = [row.id for row in rows]
    views = [view._replace(entries=0) for view in action_views(session, TEAM, ActionFilter(ids=ids))]
    listed = [
        (one.facts, one.position) for one in listed_actions(session, TEAM, ActionFilter(ids=ids), ActionUnit.ANSWERED)
    ]
    return (
        [[getattr(row, name) for name in STATE] for row in rows],
        views,
        listed,
        action_facts(session, Action.id.in_(ids)),
    )


@pytest.mark.parametrize("ref", ["healthy-5", "healthy-7"])
def test_what_is_taken_back_leaves_everything_as_it_was(kept_database: Database, ref: str) -> None:
    histories = ((), ("said",), ("decided", "said"), ("moved", "decided"))
    with kept_database.write(workspace=TEAM) as session:
        _stored(session)
        for before, decision in product(histories, (*OutcomeKind, None)):
            with session.begin_nested() as tried:
                action = session.scalars(select(Action).where(Action.ref == ref)).one()
                for days, sort in enumerate(before):
                    at = BEGUN + timedelta(days=days)
                    _step(session, action, sort, 3, Signed(None, None, "Clerk", Way.COMMAND, at))
                _take_back_and_compare(session, action, decision)
                tried.rollback()
        session.rollback()


def _take_back_and_compare(session: Session, action: Action, decision: OutcomeKind | None) -> None:
    stood = _as_it_is(session, action)
    signed = Signed(None, None, "Clerk", Way.COMMAND, BEGUN + timedelta(days=90), "D1/1.1")
    meetings = select(Meeting).where(Meeting.board_id == action.board_id, Meeting.starts_at.is_not(None))
    first, *others = session.scalars(meetings.order_by(Meeting.starts_at)).all()
    row: Outcome | Replan
    if decision is None:
        row = record_replan(session, action, others[-1].id, "the data is late", signed)
    else:
        to = others[-1].id if decision is OutcomeKind.CARRIED_FORWARD else None
        row = record_outcome(session, action, first.id, decision, signed, to_meeting_id=to)
    assert row.message == "D1/1.1"
    changed = _as_it_is(session, action)
    record_undo(session, action, row, Signed(None, None, "Clerk", Way.BUTTON, BEGUN + timedelta(days=91)))
    assert _as_it_is(session, action) == stood != changed
    assert list(state_findings(session, [action.id])) == []
    if decision is None:
        assert list(audit(session, AuditCounts())) == []


def test_an_answer_reads_no_entry_of_the_history_that_it_comes_after(kept_database: Database) -> None:
    with kept_database.write(workspace=TEAM) as session:
        action = _stored(session)
        for day, sort in enumerate(("said", "moved", "decided", "said", "said")):
            _step(session, action, sort, 1, Signed(None, None, "Clerk", Way.COMMAND, BEGUN + timedelta(days=day)))
        session.expunge_all()
        action = session.scalars(HEALTHY).one()
        signed = Signed(None, None, "Clerk", Way.COMMAND, BEGUN + timedelta(days=9))
        entry = record_update(session, action, AnswerKind.UPDATE, signed, status=Status.OFF_TRACK, words="Nobody came.")
        assert [one for one in session if isinstance(one, Update | Outcome | Replan)] == [entry]
        assert (action.status, action.last_update_id) == (Status.OFF_TRACK, entry.id)
        session.rollback()
