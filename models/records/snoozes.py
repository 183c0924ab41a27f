"""Actions that somebody has put off for themselves."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.storage.history_tables import Snooze
from models.storage.tables import Action


def record_snooze(
    session: Session, action: Action, person_id: int, meeting_id: int, until: datetime, now: datetime
) -> None:
    """Record that one person is not asked about an action until an instant; once, however often it is said."""
    same = select(Snooze.id).where(Snooze.action_id == action.id, Snooze.person_id == person_id, Snooze.until == until)
    if session.scalar(same) is None:
        session.add(Snooze(action_id=action.id, person_id=person_id, meeting_id=meeting_id, until=until, at=now))
