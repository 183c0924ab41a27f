"""Which actions words may be about without naming them: what their writer owes or leads, what the thread shows.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from handlers.context import RequestContext
from handlers.people.quiet_days import owed_for, owed_of
from handlers.permissions import About, may
from handlers.reading.normalise import fold
from handlers.reading.plan_names import NameKind, PlanName
from handlers.reading.whose import Whose
from models.enums import Verb
from models.notifications.lookups import actions_of_message, find_bundle
from models.plan.action_filter import ActionFilter
from models.storage.tables import Action


def whose_actions(ctx: RequestContext, thread_ts: str = "") -> Whose:
    """Return the actions that words in a thread, or in the direct conversation itself (""), may be about."""
    return Whose(
        owed_refs(ctx),
        _thread_refs(ctx, thread_ts),
        partial(_titles, ctx),
        _writes_for_others(ctx),
        partial(_led_by, ctx),
    )


def owed_refs(ctx: RequestContext) -> tuple[str, ...]:
    """Return the refs on which the asker owes an answer for the next meetings."""
    return tuple(view.ref for view, _, _ in owed_of(ctx)) if ctx.roles.posts else ()


def _led_by(ctx: RequestContext, names: Sequence[PlanName]) -> tuple[str, ...]:
    """Return the refs on which some posts or organisations owe an answer; where they owe none, all that they lead."""
    of_kind = {kind: {one.id for one in names if one.kind is kind} for kind in (NameKind.POST, NameKind.ORGANISATION)}
    posts = {one.id for one in ctx.plan_names.posts if one.organisation.id in of_kind[NameKind.ORGANISATION]}
    posts |= of_kind[NameKind.POST]
    if not posts:
        return ()
    led = ctx.views_to_answer(ActionFilter(lead_posts=tuple(sorted(posts)), open_only=True))
    return tuple(view.ref for view in led if owed_for(ctx, view) is not None) or tuple(view.ref for view in led)


def _titles(ctx: RequestContext) -> Mapping[str, str]:
    if not ctx.roles.posts:
        return {}
    led = ctx.views_to_answer(ActionFilter(lead_posts=ctx.roles.posts, open_only=True))
    return {view.ref: fold(view.words) for view in led}


def _writes_for_others(ctx: RequestContext) -> bool:
    """Return whether the asker may write down what leads said: a board's secretary, an administrator."""
    if ctx.roles.is_administrator:
        return may(ctx.roles, Verb.ANSWER, About(None, None))
    return any(may(ctx.roles, Verb.ANSWER, About(None, board)) for board in ctx.roles.secretary_of)


def _thread_refs(ctx: RequestContext, thread_ts: str) -> tuple[str, ...]:
    """Return the refs that a thread's message is about, in the order it shows them."""
    if not thread_ts:
        return ()
    about = actions_of_message(ctx.session, thread_ts)
    if len(about) == 1:
        action = ctx.action_by_id(about[0])
        return (action.ref,) if action else ()
    return listed_refs(ctx, thread_ts)


def listed_refs(ctx: RequestContext, thread_ts: str) -> tuple[str, ...]:
    """Return the refs of the list in a thread, or of the latest list sent, in the order they are shown."""
    shown = find_bundle(ctx.session, f"person:{ctx.roles.person_id}", thread_ts)
    if shown is None:
        return ()
    pages, subjects = shown
    actions = [row for one in subjects if (row := ctx.action_by_id(one)) is not None]
    placed = [(place, row) for row in actions if (place := _place(pages, row)) is not None]
    return tuple(row.ref for _, row in sorted(placed, key=lambda one: one[0]))


def _place(pages: str, action: Action) -> int | None:
    found = re.search(rf"(?<![\w-]){re.escape(action.ref)}(?![\w-])", pages)
    return found.start() if found else None
