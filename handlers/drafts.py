"""Words that somebody typed and has not confirmed yet: kept for a day, for their writer alone, gone once used."""

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, select

from handlers.context import RequestContext
from handlers.press_values import number_in
from models.storage.history_tables import Draft

KEPT = timedelta(days=1)


def keep_draft(ctx: RequestContext, kind: str, words: str) -> str:
    """Keeps some words of whoever asks; what a button carries to find them again. Drafts older than a day go."""
    ctx.session.execute(delete(Draft).where(Draft.workspace_id == ctx.workspace_id, Draft.at < ctx.now - KEPT))
    row = Draft(
        workspace_id=ctx.workspace_id,
        person_id=ctx.roles.person_id,
        kind=kind,
        words=words,
        at=ctx.now,
    )
    ctx.session.add(row)
    ctx.session.flush()
    return _name(row)


def named_draft(ctx: RequestContext, kind: str, name: str) -> Draft | None:
    """A draft of whoever asks, by what a button carries; None where it was used, is a day old or is another's."""
    row = latest_draft(ctx, kind, number_in(name.partition("-")[0]))
    return row if row is not None and _name(row) == name else None


def latest_draft(ctx: RequestContext, kind: str, number: int | None = None) -> Draft | None:
    """The latest draft of a kind that whoever asks wrote in the last day."""
    where = [Draft.id == number] if number is not None else []
    return ctx.session.scalars(
        select(Draft)
        .where(
            Draft.workspace_id == ctx.workspace_id,
            Draft.person_id == ctx.roles.person_id,
            Draft.kind == kind,
            Draft.at >= ctx.now - KEPT,
            *where,
        )
        .order_by(Draft.id.desc())
        .limit(1)
    ).first()


def use_draft(ctx: RequestContext, row: Draft) -> None:
    """A draft that was used is gone."""
    ctx.session.delete(row)
    ctx.session.flush()


def _name(row: Draft) -> str:
    # A database may give the number of a row that is gone to the next one: the words tell them apart.
    return f"{row.id}-{sha256(row.words.encode()).hexdigest()[:12]}"
