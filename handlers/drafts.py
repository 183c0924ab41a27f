"""Words that somebody typed and has not confirmed yet: kept for a day, for their writer alone, gone once used."""

from hashlib import sha256

from handlers.context import RequestContext
from handlers.press_codec import number_in
from models.records import draft_rows
from models.storage.history_tables import Draft


def keep_draft(ctx: RequestContext, kind: str, words: str) -> str:
    """Keep some words of the asker; return what a button carries to find them again."""
    return draft_name(draft_rows.add_draft(ctx.session, ctx.roles.person_id, kind, words, ctx.now))


def named_draft(ctx: RequestContext, kind: str, name: str) -> Draft | None:
    """Return the asker's draft that a button names; None where it was used, is a day old or is another's."""
    row = latest_draft(ctx, kind, number_in(name.partition("-")[0]))
    return row if row is not None and draft_name(row) == name else None


def latest_draft(ctx: RequestContext, kind: str, number: int | None = None) -> Draft | None:
    """Return the latest draft of a kind that the asker wrote in the last day."""
    return draft_rows.find_draft(ctx.session, ctx.roles.person_id, kind, ctx.now, number)


def drop_draft(ctx: RequestContext, kind: str, name: str) -> None:
    """Delete the asker's draft that a button names, where it is still there."""
    row = named_draft(ctx, kind, name)
    if row is not None:
        use_draft(ctx, row)


def use_draft(ctx: RequestContext, row: Draft) -> None:
    """Delete a draft that was used."""
    draft_rows.delete_draft(ctx.session, row)


def draft_name(row: Draft) -> str:
    """Return how a button names a draft."""
    # A database may give the number of a row that is gone to the next one: the words tell them apart.
    return f"{row.id}-{sha256(row.words.encode()).hexdigest()[:12]}"
