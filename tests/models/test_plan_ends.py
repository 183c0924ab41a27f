"""Whatever happened under a plan, what is open at its end is carried, closed or moved, and nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.demo.sandbox import example_plan
from models.enums import OPEN, RATINGS, AnswerKind, AtPlanEnd, OutcomeKind, Status
from models.files.next_plan import Going, store_next
from models.plan.plan_ends import EndDecision, end_fate_of, end_plan, open_wholes, status_counts, undo_end
from models.records.audit import AuditCounts, audit
from models.records.history import record_outcome, record_replan, record_undo, record_update
from models.storage.history_tables import Link, Outcome, Replan, Update
from models.storage.scope import EVERY_PLAN, RUNNING_PLAN, in_plan
from models.storage.tables import Action, Board, Meeting
from models.storage.workspaces import LOCAL
from tests.conftest import examples
from tests.models.plan_in_database import NOW, database, signed

KEPT = ("heard-1", "heard-9", "healthy-2", "healthy-5", "healthy-8", "healthy-9", "16sep-3", "23oct-2")
"""Enough to draw from: standing, due, proposed; one with parts would be all partners'."""
EXAMPLE = example_plan()
PLAN = EXAMPLE.model_copy(update={"actions": tuple(one for one in EXAMPLE.actions if one.ref in KEPT)})
HEAD = EXAMPLE.plan.model_copy(update={"name": "The next", "starts": date(2025, 4, 1), "ends": date(2030, 3, 31)})
BY_REF = {one.ref: one for one in EXAMPLE.actions}
NEXT = PLAN.model_copy(
    update={
        "plan": HEAD,
        "actions": (
            BY_REF["healthy-9"].model_copy(update={"ref": "healthy-1"}),
            BY_REF["heard-9"].model_copy(update={"words": "Another thing under a ref that was there"}),
        ),
        "risks": (),
        "assessments": (),
    }
)
Step = tuple[str, int, int]
WHAT = ("rate", "propose", "move", "outcome", "undo", "assign")
STEPS = st.lists(
    st.tuples(st.sampled_from(WHAT), st.integers(0, 7), st.integers(0, 9)),
    max_size=12,
)
ENDS = st.lists(st.sampled_from(("carry", "close", "move", "away")), min_size=len(KEPT), max_size=len(KEPT))


def do(session: Session, step: Step, at: int) -> None:
    """One thing that happens under the plan, where it can."""
    what, which, how = step
    row = session.scalars(select(Action).where(Action.ref == KEPT[which])).one()
    by = signed(NOW + timedelta(hours=at + 1))
    meetings = session.scalars(select(Meeting.id).where(Meeting.board_id == row.board_id).order_by(Meeting.id)).all()
    to = meetings[how % len(meetings)]
    if what == "rate":
        record_update(session, row, AnswerKind.UPDATE, by, status=sorted(RATINGS)[how % 4], words=f"said {at}")
    elif what == "propose" and row.status in OPEN:
        record_update(session, row, AnswerKind.PROPOSED, by, words=f"shown {at}")
    elif what == "move" and row.due_meeting_id is not None and to != row.due_meeting_id:
        record_replan(session, row, to, f"because {at}", by, counted=bool(how % 3))
    elif what == "outcome" and row.due_meeting_id is not None:
        kinds = (OutcomeKind.CLOSED, OutcomeKind.CARRIED_FORWARD, OutcomeKind.NO_DECISION, OutcomeKind.CLOSED_NOT_DONE)
        kind = kinds[how % 4]
        onward = to if kind is OutcomeKind.CARRIED_FORWARD else None
        record_outcome(session, row, row.due_meeting_id, kind, by, to_meeting_id=onward, reason=f"as minuted {at}")
    elif what == "undo":
        last = session.scalars(select(Update).where(Update.action_id == row.id).order_by(Update.id.desc())).first()
        if last is not None and last.kind is AnswerKind.UPDATE:
            record_undo(session, row, last, by)
    elif what == "assign":
        row.lead_post_id = None
        record_update(session, row, AnswerKind.ASSIGNED, by, words="a post → no lead")


def history(session: Session) -> set[tuple[Any, ...]]:
    """Every entry and link there is, as it was written."""
    found: set[tuple[Any, ...]] = set()
    for table, columns in (
        (Update, (Update.id, Update.action_id, Update.kind, Update.status, Update.words)),
        (Outcome, (Outcome.id, Outcome.action_id, Outcome.kind, Outcome.reason)),
        (Replan, (Replan.id, Replan.action_id, Replan.to_meeting_id, Replan.reason)),
        (Link, (Link.id, Link.action_id, Link.hash)),
    ):
        found |= {(table.__tablename__, *row) for row in session.execute(select(*columns))}
    return found


@settings(max_examples=examples(25), deadline=None)
@given(STEPS, ENDS)
def test_each_open_action_is_carried_closed_or_moved_and_nothing_is_lost(steps: list[Step], ends: list[str]) -> None:
    with database(PLAN) as session:
        for at, step in enumerate(steps):
            do(session, step, at)
        other = {row.key: row.id for row in session.scalars(select(Board))}
        rows = open_wholes(session)
        before = {row.id: (row.ref, row.rating, row.status, row.first_due_meeting_id, row.replans) for row in rows}
        decided = {}
        for row, how in zip(rows, ends, strict=False):
            elsewhere = next(number for number in other.values() if number != row.board_id)
            decided[row.id] = {
                "carry": EndDecision(AtPlanEnd.CARRIED),
                "close": EndDecision(AtPlanEnd.CLOSED, "overtaken"),
                "move": EndDecision(AtPlanEnd.MOVED, "the other", elsewhere),
                "away": EndDecision(AtPlanEnd.MOVED, "a board elsewhere"),
            }[how]
        was = history(session)
        by = signed(NOW + timedelta(days=2000))
        ended = end_plan(session, by.at.date(), decided, by)
        counts = status_counts(session, ended.id)
        going = [
            Going(number, one, "healthy-1" if before[number][0] == "healthy-9" and one.board_id is None else "")
            for number, one in decided.items()
            if one.goes_on
        ]
        done = store_next(session, LOCAL, ended, NEXT, going, "next.yaml", by)

        assert was <= history(session)
        assert status_counts(session, ended.id) == counts
        assert sum(counts.values()) == len(KEPT)
        with in_plan(session, EVERY_PLAN):
            for number, (ref, rating, status, first_due, replans) in before.items():
                old = session.get_one(Action, number)
                new = session.scalars(select(Action).where(Action.carried_from_id == number)).all()
                fate = end_fate_of(session, old)
                assert fate is not None
                assert fate.decision.how is decided[number].how
                assert len(new) == decided[number].goes_on
                assert (old.status is Status.CLOSED_NOT_DONE) is not decided[number].goes_on
                for one in new:
                    assert (one.ended_plan_id, one.ref) == (RUNNING_PLAN, done.carried[ref])
                    assert (one.rating, one.status) == (rating, status)
                    assert one.board_id == (decided[number].board_id or old.board_id)
                    if first_due is not None and one.kind == old.kind:
                        assert one.first_due_meeting_id == first_due
                    assert one.replans >= replans
            ended_entries = select(func.count()).select_from(Update).where(Update.kind == AnswerKind.ENDED)
            assert session.scalar(ended_entries) == len(rows)
            assert list(audit(session, AuditCounts())) == []


@settings(max_examples=examples(15), deadline=None)
@given(STEPS)
def test_an_end_that_is_taken_back_leaves_every_action_as_it_was(steps: list[Step]) -> None:
    with database(PLAN) as session:
        for at, step in enumerate(steps):
            do(session, step, at)
        columns = (Action.id, Action.status, Action.rating, Action.due_meeting_id, Action.replans, Action.closed_at)
        before = session.execute(select(*columns).order_by(Action.id)).all()
        by = signed(NOW + timedelta(days=2000))
        end_plan(
            session, by.at.date(), {row.id: EndDecision(AtPlanEnd.CLOSED, "over") for row in open_wholes(session)}, by
        )
        assert session.execute(select(*columns)).all() == []
        assert undo_end(session, signed(by.at + timedelta(hours=1))) is not None
        assert session.execute(select(*columns).order_by(Action.id)).all() == before
        assert list(audit(session, AuditCounts())) == []
