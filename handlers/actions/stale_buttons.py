"""A button of an old message whose action has changed since: it says so and shows how the action stands today."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.actions.history_view import CARD_WORDS, entry_said
from handlers.context import RequestContext
from handlers.formatting import action_line
from handlers.permissions import About, may
from handlers.press_codec import OnAction, press_button
from handlers.registry import ActionPressEntry
from handlers.responses import Content, Group, Response
from models.enums import OPEN, AnswerKind, Verb
from models.records.entries import NumberedEntry, entries_of
from models.storage.history_tables import Update
from models.storage.tables import Action

_DUPLICATE_WINDOW = timedelta(minutes=1)
"""Two who answer within a minute did not see each other's answer: both stand, and the receipt says so."""
CHANGES_NOTHING = frozenset({AnswerKind.UNDO, AnswerKind.REPLAN_ASKED, AnswerKind.ADDED})


def changed_since_shown(
    ctx: RequestContext, action: Action, entry: ActionPressEntry[Any], value: OnAction
) -> Response | None:
    """Return the refusal of a press that would record something on an action that others have changed since.

    None where nobody has, where the button does not tell how many entries there were, or where nothing would be
    recorded for whoever pressed it.
    """
    if not entry.records or value.seen is None:
        return None
    about = About(action.lead_post_id, action.board_id)
    answers = Verb.ANSWER in entry.who_may
    if not may(ctx.roles, entry.who_may[0], about) or (answers and action.status not in OPEN):
        return None
    newer = newer_entries(ctx, action, value.seen)
    return _changed(ctx, action, value.label or entry.records, value, newer[-1]) if newer else None


def newer_entries(ctx: RequestContext, action: Action, shown: int) -> list[NumberedEntry]:
    """Return entries others have added since a button was shown with so many; the presser knows their own."""
    return [
        entry
        for entry in entries_of(ctx.session, action.id)[shown:]
        if not ctx.wrote(entry.row)
        and not entry.undone
        and not (isinstance(entry.row, Update) and entry.row.kind in CHANGES_NOTHING)
        and ctx.now - entry.row.at > _DUPLICATE_WINDOW
    ]


def _changed(ctx: RequestContext, action: Action, label: str, value: OnAction, entry: NumberedEntry) -> Response:
    view = ctx.view(action.id)
    words = f"{label.rstrip('…')} all the same{'…' if label.endswith('…') else ''}"
    again = press_button(words, replace(value, seen=view.entries))
    return Response(
        Content(
            f"{action.ref} has changed since that message, so nothing was recorded yet.",
            (f"Entry {entry_said(ctx, action, entry, CARD_WORDS)}",),
            (_today(ctx, action),),
            buttons=(again,),
        )
    )


def with_today(ctx: RequestContext, action: Action, given: Response) -> Response:
    """Return a refusal with the action as it stands today under it; any other response unchanged."""
    content = given.content
    if not isinstance(content, Content) or given.done or given.doubtful or content.groups:
        return given
    return replace(given, content=replace(content, groups=(_today(ctx, action),)))


def _today(ctx: RequestContext, action: Action) -> Group:
    return Group("Today", lines=(action_line(ctx.view(action.id), ctx.calendars, ctx.now),))
