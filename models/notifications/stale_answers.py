"""Answers of which words were redacted, and which are to be changed in place."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.storage.notification_tables import Spoken

_STALE = select(Spoken).where(Spoken.workspace_id == bindparam("workspace"), Spoken.stale)


def list_stale_answers(session: Session, workspace_id: str) -> list[tuple[int, str, str, str]]:
    """Return the answers that do not show what they should: number, conversation, `ts` and what they become."""
    rows = session.scalars(_STALE, {"workspace": workspace_id})
    return [(row.id, row.channel, row.ts, row.payload) for row in rows]


def mark_shown(session: Session, answer_id: int, payload: str) -> None:
    """Note that an answer shows what it should, unless that has changed since."""
    row = session.get(Spoken, answer_id)
    if row is not None and row.payload == payload:
        row.stale = False
