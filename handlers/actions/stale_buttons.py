"""A button of an old message whose action has changed since: it says so and shows how the action stands today."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from handlers.actions.history_view import CARD_WORDS, entry_said
from handlers.buttons import MARK, with_mark
from handlers.context import RequestContext
from handlers.formatting import action_line
from handlers.permissions import About, may
from handlers.press_values import number_in
from handlers.responses import Button, Content, Group, Response
from models.enums import OPEN, AnswerKind, Verb
from models.records.entries import Entry, entries_of
from models.storage.history_tables import Update
from models.storage.tables import Action

ANSWERS_BY = {"ontrack": "On track", "issues": "Some issues…", "nochange": "No change", "done": "Done…",
              "notours": "Not ours"}  # fmt: skip
DECIDES_BY = {"closed": "Closed", "carried": "Carry forward", "nodecision": "No decision", "notagreed": "Not agreed…",
              "outcome": "Other…"}  # fmt: skip
"""The verbs of buttons that record something about an action, and what stands on them."""

DUPLICATE_WINDOW = timedelta(minutes=1)
"""Two who answer within a minute did not see each other's answer: both stand, and the receipt says so."""
CHANGES_NOTHING = frozenset({AnswerKind.UNDO, AnswerKind.REPLAN_ASKED, AnswerKind.ADDED})


def press_on(ctx: RequestContext, action: Action, verb: str, value: str, work: Callable[[str], Response]) -> Response:
    """Does what a press on an action does, unless somebody else changed the action since the button was shown.

    `work` takes the value without the mark. What is refused shows the action as it stands today.
    """
    about, _, mark = value.partition(MARK)
    if mark and _would_record(ctx, action, verb):
        newer = _newer(ctx, action, number_in(mark))
        if newer:
            return _changed(ctx, action, verb, about, newer[-1])
    return with_today(ctx, action, work(about))


def _would_record(ctx: RequestContext, action: Action, verb: str) -> bool:
    about = About(action.lead_post_id, action.board_id)
    if verb in ANSWERS_BY:
        return action.status in OPEN and may(ctx.roles, Verb.ANSWER, about)
    return verb in DECIDES_BY and may(ctx.roles, Verb.OUTCOME, about)


def _newer(ctx: RequestContext, action: Action, shown: int) -> list[Entry]:
    """The entries that others have added since a button was shown with so many; the presser knows their own."""
    return [
        entry
        for entry in entries_of(ctx.session, action.id)[shown:]
        if entry.row.person_id != ctx.roles.person_id
        and not entry.undone
        and not (isinstance(entry.row, Update) and entry.row.kind in CHANGES_NOTHING)
        and ctx.now - entry.row.at > DUPLICATE_WINDOW
    ]


def _changed(ctx: RequestContext, action: Action, verb: str, about: str, entry: Entry) -> Response:
    view = ctx.view(action.id)
    label = {**ANSWERS_BY, **DECIDES_BY}[verb]
    words = f"{label.rstrip('…')} all the same{'…' if label.endswith('…') else ''}"
    again = Button(words, verb, with_mark(about, view))
    return Response(
        Content(
            f"{action.ref} has changed since that message, so nothing was recorded yet.",
            (f"Entry {entry_said(ctx, action, entry, CARD_WORDS)}",),
            (_today(ctx, action),),
            buttons=(again,),
        )
    )


def with_today(ctx: RequestContext, action: Action, given: Response) -> Response:
    """A refusal, with the action as it stands today under it; anything else as it is."""
    content = given.content
    if not isinstance(content, Content) or given.done or given.doubtful or content.groups:
        return given
    return replace(given, content=replace(content, groups=(_today(ctx, action),)))


def _today(ctx: RequestContext, action: Action) -> Group:
    return Group("Today", lines=(action_line(ctx.view(action.id), ctx.calendars, ctx.now),))
