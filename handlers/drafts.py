"""Words that somebody typed and has not confirmed yet: kept for a day, for their writer alone, gone once used."""

from datetime import timedelta

from sqlalchemy import delete, select

from handlers.context import Round
from models.history_tables import Draft

KEPT = timedelta(days=1)


def keep_draft(asked: Round, kind: str, words: str) -> int:
    """Keeps some words of whoever asks; their number, for a button. Drafts older than a day go."""
    asked.session.execute(delete(Draft).where(Draft.workspace_id == asked.workspace_id, Draft.at < asked.now - KEPT))
    row = Draft(
        workspace_id=asked.workspace_id,
        person_id=asked.roles.person_id,
        kind=kind,
        words=words,
        at=asked.now,
    )
    asked.session.add(row)
    asked.session.flush()
    return row.id


def draft_of(asked: Round, kind: str, number: int = 0) -> Draft | None:
    """A draft of whoever asks by its number, or the latest of its kind; None where there is none of the last day."""
    where = [Draft.id == number] if number else []
    return asked.session.scalars(
        select(Draft)
        .where(
            Draft.workspace_id == asked.workspace_id,
            Draft.person_id == asked.roles.person_id,
            Draft.kind == kind,
            Draft.at >= asked.now - KEPT,
            *where,
        )
        .order_by(Draft.id.desc())
        .limit(1)
    ).first()


def use_draft(asked: Round, row: Draft) -> None:
    """A draft that was used is gone."""
    asked.session.delete(row)
    asked.session.flush()
