"""Messages that recorded outcomes or changes, and are edited or deleted after: the record stays, with *Undo*.

Source: docs/explanation/what-people-write.md, Edited and deleted.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from handlers.actions.history_view import entry_said
from handlers.actions.taking_back import undo_button, undo_each, why_not_undone
from handlers.context import RequestContext
from handlers.conversation.confirmations import record_button
from handlers.conversation.incoming_words import IncomingWords
from handlers.outcomes.in_words import decided_in_words
from handlers.responses import Button, Content, Response, response_of, say
from models.records.entries import entries_of
from models.storage.history_tables import Outcome, Replan
from models.storage.sessions import keep_if

CHANGED = "You changed your message; the record still has what it said before."
DELETED = "You deleted your message; what it said stays on record."
_WORDS_SHOWN = 1000


def decisions_changed(ctx: RequestContext, rows: Sequence[Outcome | Replan], said: IncomingWords) -> Response:
    """Say what the record says of outcomes and re-plans beside what their message says now, which is shown only."""
    now = keep_if(ctx.session, lambda: response_of(_as_outcomes, ctx, said), lambda given: not given.done)
    lines, undoes = _on_record(ctx, rows)
    if now.doubtful or (now.content is None and any(isinstance(row, Outcome) for row in rows)):
        return now
    if isinstance(now.content, Content) and not now.done:
        new = now.content
        return say(CHANGED, *lines, f"Your message now: {new.headline}", *new.intro, buttons=(*new.buttons, *undoes))
    return say(CHANGED, *lines, "What it says now was not acted on: please send it as a new message.", buttons=undoes)


def decisions_deleted(ctx: RequestContext, rows: Sequence[Outcome | Replan]) -> Response:
    """Say that what a deleted message recorded stays, with *Undo*."""
    lines, undoes = _on_record(ctx, rows)
    return say(DELETED, *lines, buttons=undoes)


def _as_outcomes(ctx: RequestContext, said: IncomingWords) -> Response:
    """Read the words as outcomes that are only shown; nothing to say where they are what is on record."""
    given = decided_in_words(ctx, said.text, said.whose.topic, partial(record_button, ctx), only_shown=True)
    return given if given is not None else replace(say("Nothing was read."), done=True)


def _on_record(ctx: RequestContext, rows: Sequence[Outcome | Replan]) -> tuple[list[str], tuple[Button, ...]]:
    lines: list[str] = []
    undoes: list[tuple[str, Content]] = []
    for row in rows:
        action = ctx.action_by_id(row.action_id)
        if action is None:
            continue
        entry = next(one for one in entries_of(ctx.session, action.id) if one.row is row)
        lines.append(f"On record: {action.ref}, entry {entry_said(ctx, action, entry, _WORDS_SHOWN)}")
        if not why_not_undone(ctx, action, row):
            undoes.append((action.ref, Content("", buttons=(undo_button(row),))))
    return lines, undo_each(undoes)
