"""How many leads answered before papers, on both kinds of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.demo.sandbox import TEAM, example_plan
from models.enums import AnswerKind, NotificationKind, NotificationState, Way
from models.files.import_plan import store_plan
from models.plan.queries import board_calendars
from models.records.history import Signed, record_undo, record_update
from models.records.lead_figures import MeetingFigures, meeting_figures
from models.storage.engine import Database
from models.storage.notification_tables import Notification
from models.storage.sessions import Session
from models.storage.tables import Action, Board
from models.storage.workspaces import ensure_workspace

BEGUN = datetime(2020, 8, 7, 9, tzinfo=UTC)
ASKED = datetime(2020, 8, 17, 8, 30, tzinfo=UTC)
LATER = datetime(2020, 9, 16, 8, tzinfo=UTC)


def figures(session: Session) -> MeetingFigures:
    (found,) = meeting_figures(session, board_calendars(session, TEAM), ASKED.date(), LATER.date(), LATER)
    return found


def signed(after: timedelta) -> Signed:
    return Signed(None, None, "Somebody", Way.COMMAND, ASKED + after)


def test_a_lead_has_answered_who_has_answered_all_that_was_wanted(database: Database) -> None:
    with database.write(workspace=TEAM) as session:
        ensure_workspace(session, TEAM, BEGUN)
        store_plan(session, TEAM, example_plan(), BEGUN)
        session.execute(update(Board).where(Board.key == "partnership").values(started_at=BEGUN))
    with database.write(workspace=TEAM) as session:
        owed = {
            action.ref: action
            for action in session.scalars(select(Action).where(Action.ref.in_(("healthy-5", "healthy-8", "9sep-2"))))
        }
        assert (figures(session).leads, figures(session).answered) == (7, 0)
        for action in owed.values():
            meeting = figures(session).meeting
            session.add(
                Notification(
                    kind=NotificationKind.UPDATE,
                    subject=action.id,
                    meeting_id=meeting.id,
                    meeting_day=meeting.start.date(),
                    recipient="person:1",
                    state=NotificationState.SENT,
                    planned_at=ASKED,
                    said_at=ASKED,
                )
            )
        record_update(session, owed["healthy-5"], AnswerKind.NO_CHANGE, signed(timedelta(hours=2)))
        record_update(session, owed["healthy-8"], AnswerKind.NO_CHANGE, signed(timedelta(hours=5)))
        assert figures(session).answered == 0
        taken_back = record_update(session, owed["9sep-2"], AnswerKind.NO_CHANGE, signed(timedelta(hours=6)))
        assert figures(session).answered == 1
        record_undo(session, owed["9sep-2"], taken_back, signed(timedelta(hours=7)))
        found = figures(session)
        assert (found.leads, found.answered) == (7, 0)
        assert sorted(found.waits) == [timedelta(hours=2), timedelta(hours=5)]
        # What was said after the papers went out counts for the time alone.
        record_update(session, owed["9sep-2"], AnswerKind.NO_CHANGE, signed(timedelta(days=23)))
        found = figures(session)
        assert (found.answered, len(found.waits)) == (0, 3)
