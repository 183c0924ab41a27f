"""What a list reads does not grow with the history of its actions: statements and rows are counted, not seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.sandbox import TEAM, example_plan
from models.enums import AnswerKind, OutcomeKind, Status, Way
from models.files.import_plan import store_plan
from models.plan.action_filter import EVERY_ACTION, ActionUnit
from models.plan.listed_actions import ListedAction, listed_actions
from models.plan.meeting_rows import insert_meeting, set_meeting_cancelled, set_meeting_start
from models.plan.queries import ActionView, action_views, board_calendars, views_listed
from models.records.history import Signed, record_outcome, record_replan, record_update
from models.rules.facts import BoardCalendar
from models.rules.owed import is_overdue, meetings_missed
from models.storage import bulk
from models.storage.engine import Database
from models.storage.history_tables import Outcome, Replan
from models.storage.tables import Action, Meeting
from models.storage.workspaces import ensure_workspace

NOW = datetime(2020, 10, 30, 9, tzinfo=UTC)
BEGUN = datetime(2020, 7, 16, 9, tzinfo=UTC)


def listed(session: Session) -> list[ListedAction]:
    return listed_actions(session, TEAM, EVERY_ACTION, ActionUnit.EITHER)


def first_due(session: Session, many: int) -> Sequence[Action]:
    wanted = select(Action).where(Action.first_due_meeting_id.is_not(None))
    return session.scalars(wanted.order_by(Action.id).limit(many)).all()


def lived(session: Session, entries: int) -> None:
    """Has so many answers, re-plans and outcomes recorded for five actions, the last of them in words."""
    meetings = session.scalars(select(Meeting).where(Meeting.starts_at.is_not(None)).order_by(Meeting.starts_at)).all()
    for action in session.scalars(
        select(Action).where(Action.first_due_meeting_id.is_not(None)).order_by(Action.id).limit(5)
    ).all():
        own = [one for one in meetings if one.board_id == action.board_id]
        for number in range(entries):
            signed = Signed(None, None, "Clerk", Way.COMMAND, BEGUN + timedelta(days=number))
            record_replan(session, action, own[number % 2].id, "the data is late", signed)
            record_outcome(session, action, own[number % 2].id, OutcomeKind.NO_DECISION, signed)
            record_update(session, action, AnswerKind.NO_CHANGE, signed)
        record_update(session, action, AnswerKind.UPDATE, signed, status=Status.ON_TRACK, words="Two were found.")


def missed_by_its_entries(session: Session, view: ActionView, calendar: BoardCalendar) -> int:
    """The meetings held while the action was due at them or before, as its re-plans say one by one."""
    decided = session.scalars(select(Outcome).where(Outcome.action_id == view.facts.id).order_by(Outcome.id)).all()
    counting = {entry.id for entry in {entry.meeting_id: entry for entry in decided}.values()}
    replans = session.scalars(select(Replan).where(Replan.action_id == view.facts.id).order_by(Replan.id)).all()
    moves = [entry for entry in replans if entry.outcome_id is None or entry.outcome_id in counting]
    missed = 0
    for held in calendar.dated:
        if held.start > NOW:
            continue
        before = [entry for entry in moves if entry.at <= held.start]
        due = before[-1].to_meeting_id if before else view.first_due_meeting_id
        missed += due in calendar.by_id and calendar.by_id[due or 0].order <= held.start
    return missed


def test_the_rows_of_a_list_and_of_its_page_do_not_grow_with_the_history(
    kept_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[int] = []

    def counted(*given: object) -> object:
        found = plain(*given)  # type: ignore[arg-type]
        rows.append(len(found))
        return found

    plain = bulk.plain_rows
    for module in ("listed_actions", "queries", "belongings"):
        monkeypatch.setattr(f"models.plan.{module}.plain_rows", counted)
    read = []
    with kept_database.write(workspace=TEAM) as session:
        ensure_workspace(session, TEAM, BEGUN)
        store_plan(session, TEAM, example_plan(), BEGUN)
        views_listed(session, TEAM, listed(session))
        for entries in (4, 12):
            lived(session, entries)
            rows.clear()
            views_listed(session, TEAM, listed(session))
            read.append(list(rows))
        session.rollback()
    assert read[0] == read[1]


def test_a_list_and_its_page_say_what_the_whole_history_says(kept_database: Database) -> None:
    with kept_database.write(workspace=TEAM) as session:
        ensure_workspace(session, TEAM, BEGUN)
        store_plan(session, TEAM, example_plan(), BEGUN)
        lived(session, 9)
        for action in session.scalars(
            select(Action).where(Action.first_due_meeting_id.is_not(None)).order_by(Action.id).limit(3)
        ).all():
            for day in range(5):
                signed = Signed(None, None, "Clerk", Way.COMMAND, BEGUN + timedelta(days=40 + day))
                last = record_update(session, action, AnswerKind.NO_CHANGE, signed)
            record_update(session, action, AnswerKind.UNDO, signed, undoes_id=last.id)
        some, calendars = listed(session), board_calendars(session, TEAM)
        whole = {view.facts.id: view for view in action_views(session, TEAM)}
        late = 0
        for one, view in zip(some, views_listed(session, TEAM, some), strict=True):
            full = whole[one.facts.id]
            assert view._replace(facts=full.facts) == full
            assert one.priority_numbers == full.priority_numbers
            calendar = calendars.get(one.facts.board_id or 0)
            if calendar is not None:
                assert is_overdue(one.facts, calendar, NOW) == is_overdue(full.facts, calendar, NOW)
                if is_overdue(one.facts, calendar, NOW):
                    late += 1
                    assert meetings_missed(one.facts, calendar, NOW) == missed_by_its_entries(session, full, calendar)
        assert late
        assert [len(view.no_changes) for view in whole.values()].count(4) == 3
        session.rollback()


def test_what_was_missed_is_counted_anew_where_a_meeting_that_was_held_is_changed(kept_database: Database) -> None:
    def agree(session: Session) -> list[int]:
        calendars, found = board_calendars(session, TEAM), []
        for view in action_views(session, TEAM):
            calendar = calendars.get(view.facts.board_id or 0)
            if view.facts.moves and view.facts.closed_at is None and calendar is not None:
                assert meetings_missed(view.facts, calendar, NOW) == missed_by_its_entries(session, view, calendar)
                found.append(view.facts.missed_before)
        return found

    with kept_database.write(workspace=TEAM) as session:
        ensure_workspace(session, TEAM, BEGUN)
        store_plan(session, TEAM, example_plan(), BEGUN)
        signed = Signed(None, None, "Clerk", Way.COMMAND, NOW)
        held = session.scalars(select(Meeting).where(Meeting.starts_at < NOW).order_by(Meeting.starts_at)).all()
        due = session.scalars(select(Action).where(Action.due_meeting_id.in_([one.id for one in held]))).all()
        for action in due:
            later = select(Meeting.id).where(Meeting.board_id == action.board_id, Meeting.starts_at > NOW)
            record_replan(session, action, session.scalars(later).first(), "the data is late", signed)
        before, starts = agree(session), held[-1].starts_at
        assert starts is not None
        assert sum(before) > 5
        new = insert_meeting(session, held[-1].board_id, starts + timedelta(days=1), None, signed)
        assert sum(agree(session)) > sum(before)
        set_meeting_start(session, new, starts - timedelta(days=900), signed, NOW)
        assert agree(session) == before
        for one in held:
            set_meeting_cancelled(session, one.id, "It snowed.", signed)
        assert sum(agree(session)) < sum(before)
        session.rollback()
