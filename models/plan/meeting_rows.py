"""Writes of meetings."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.enums import MeetingState
from models.records.history import Signed, order_of
from models.records.settings_log import record_meeting_in_use
from models.storage.tables import Meeting


def insert_meeting(
    session: Session, board_id: int, starts_at: datetime, focus_theme_id: int | None, signed: Signed
) -> int:
    """Add a meeting of a board; return its number."""
    row = Meeting(board_id=board_id, starts_at=starts_at, focus_theme_id=focus_theme_id, added_at=signed.at)
    session.add(row)
    record_meeting_in_use(session, row, signed)
    return row.id


def set_meeting_start(
    session: Session, meeting_id: int, starts_at: datetime, signed: Signed, moved_at: datetime | None = None
) -> None:
    """Give a meeting its day and time; `moved_at`: when, where it had others before."""
    row = session.get_one(Meeting, meeting_id)
    was = order_of(row)
    row.starts_at, row.expected = starts_at, ""
    row.moved_at = moved_at or row.moved_at
    record_meeting_in_use(session, row, signed, was)


def set_meeting_focus(session: Session, meeting_id: int, theme_id: int | None) -> None:
    """Give a meeting a focus theme, or none."""
    session.get_one(Meeting, meeting_id).focus_theme_id = theme_id
    session.flush()


def set_meeting_cancelled(session: Session, meeting_id: int, why: str, signed: Signed) -> None:
    """Cancel a meeting."""
    row = session.get_one(Meeting, meeting_id)
    row.state, row.note = MeetingState.CANCELLED, why
    record_meeting_in_use(session, row, signed)


def set_meeting_planned(session: Session, meeting_id: int, signed: Signed) -> None:
    """Plan a meeting again that was cancelled."""
    row = session.get_one(Meeting, meeting_id)
    row.state, row.note = MeetingState.PLANNED, ""
    record_meeting_in_use(session, row, signed)


def meeting_note(session: Session, meeting_id: int) -> str:
    """Return why a meeting was cancelled; "" where it was not."""
    return session.get_one(Meeting, meeting_id).note


def note_meeting_moved(session: Session, meeting_id: int, now: datetime) -> None:
    """Note when a meeting's dates changed: steps before that are not armed again."""
    session.get_one(Meeting, meeting_id).moved_at = now
    session.flush()


def note_outcomes_recorded(session: Session, meeting_id: int, person_id: int | None, now: datetime) -> None:
    """Note who said, and when, that a meeting's outcomes are all in."""
    row = session.get_one(Meeting, meeting_id)
    row.outcomes_recorded_at, row.outcomes_recorded_by = now, person_id
    session.flush()
