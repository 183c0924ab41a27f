"""What belongs to actions is read in one statement, the same from either kind of database."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from bot.demo.sandbox import TEAM, example_plan
from models.enums import AnswerKind, OutcomeKind, Way
from models.files.import_plan import store_plan
from models.plan.action_filter import ActionFilter, ActionUnit
from models.plan.headings import headings_of
from models.plan.queries import action_views, board_calendars
from models.records.history import Signed, record_outcome, record_replan, record_update
from models.storage.engine import Database
from models.storage.tables import Action, Board, Meeting
from models.storage.workspaces import ensure_workspace

NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)


def test_an_action_is_read_with_all_that_belongs_to_it(kept_database: Database) -> None:
    signed = Signed(None, None, "Clerk", Way.COMMAND, NOW)
    with kept_database.write(workspace=TEAM) as session:
        ensure_workspace(session, TEAM, NOW)
        store_plan(session, TEAM, example_plan(), NOW)
        row = session.scalars(select(Action).where(Action.ref == "healthy-9")).one()
        due = session.get_one(Meeting, row.due_meeting_id)
        later = session.scalars(
            select(Meeting).where(Meeting.board_id == due.board_id, Meeting.starts_at > due.starts_at)
        ).first()
        assert later
        record_update(session, row, AnswerKind.NO_CHANGE, signed, words="As last time.")
        record_replan(session, row, later.id, "the data is late", signed)
        record_outcome(session, row, later.id, OutcomeKind.NO_DECISION, signed)

        (view,) = action_views(session, TEAM, ActionFilter(refs=("healthy-9",)), ActionUnit.COUNTED)
        assert (view.last_words, view.last_by, view.entries) == ("As last time.", "Clerk", 3)
        assert (view.no_changes, view.last_kind) == ((NOW,), AnswerKind.NO_CHANGE)
        assert (view.facts.moves, view.facts.moved_at) == (1, NOW)
        assert view.facts.outcome_meetings == {later.id}
        assert (view.facts.due_meeting_id, view.first_due_meeting_id) == (later.id, due.id)
        assert view.lead.count(", ") == 1

        themes, priorities = headings_of(session, TEAM)
        assert [theme.key for theme in themes] == ["heard", "happy", "healthy", "achieving"]
        assert [one.number for one in priorities] == list(range(1, 13))
        seven = next(one for one in priorities if one.number == 7)
        assert (seven.theme_id, seven.title) == (themes[2].id, "Good mental health: prevention first, help in time")
        serving = ActionFilter(priority_ids=(seven.id,), theme_ids=(themes[2].id,))
        assert "healthy-9" in {one.ref for one in action_views(session, TEAM, serving)}

        calendars = board_calendars(session, TEAM)
        boards = session.scalars(select(Board).order_by(Board.id)).all()
        for calendar, board in zip(calendars.values(), boards, strict=True):
            assert (calendar.board.id, calendar.board.name) == (board.id, board.name)
            assert calendar.board.aliases == tuple(board.aliases)
            closures = calendar.board.rules.working.closures
            assert [span.first.isoformat() for span in closures] == [one[0] for one in board.closed]
        assert list(calendars) == [board.id for board in boards]
        starts = [one.starts_at for one in calendars[due.board_id].meetings if one.starts_at]
        assert len(starts) > 1
        assert starts == sorted(starts)
        session.rollback()
