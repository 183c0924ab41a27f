"""Words that somebody typed and has not confirmed yet: kept for a day, for their writer alone, gone once used."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.storage.history_tables import Draft

KEPT = timedelta(days=1)


def add_draft(session: Session, person_id: int | None, kind: str, words: str, now: datetime) -> Draft:
    """Keep some words of a person, and delete drafts older than a day."""
    session.execute(delete(Draft).where(Draft.at < now - KEPT))
    row = Draft(person_id=person_id, kind=kind, words=words, at=now)
    session.add(row)
    session.flush()
    return row


def find_draft(
    session: Session, person_id: int | None, kind: str, now: datetime, number: int | None = None
) -> Draft | None:
    """Return a person's latest draft of a kind from the last day, or the one of this number; None where it is gone."""
    wanted = select(Draft).where(
        Draft.person_id == person_id,
        Draft.kind == kind,
        Draft.at >= now - KEPT,
    )
    if number is not None:
        wanted = wanted.where(Draft.id == number)
    return session.scalars(wanted.order_by(Draft.id.desc()).limit(1)).first()


def delete_draft(session: Session, row: Draft) -> None:
    """Delete a draft that was used."""
    session.delete(row)
    session.flush()
