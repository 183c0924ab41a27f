"""Answers of which words were redacted, and which are to be changed in place."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.storage.notification_tables import Spoken


def list_stale_answers(session: Session) -> list[tuple[int, str, str, str]]:
    """Return the answers that do not show what they should: number, conversation, `ts` and what they become."""
    rows = session.scalars(select(Spoken).where(Spoken.stale))
    return [(row.id, row.channel, row.ts, row.payload) for row in rows]


def mark_shown(session: Session, answer_id: int, payload: str) -> None:
    """Note that an answer shows what it should, unless that has changed since."""
    row = session.get(Spoken, answer_id)
    if row is not None and row.payload == payload:
        row.stale = False
