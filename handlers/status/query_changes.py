"""Answers to what has changed since a day or a meeting: for the better or worse, moved on, closed, new."""

from dataclasses import replace
from datetime import datetime

from handlers.context import RequestContext
from handlers.formatting import number_said
from handlers.list_rows import about_status
from handlers.pagination import ListPage
from handlers.reading.normalise import join_words
from handlers.reading.queries.query import ChangeSort
from handlers.responses import ActionLine
from handlers.status.changes import since_when
from handlers.status.query_parts import Asked, QueryAnswer
from models.enums import OPEN, OutcomeKind, Status
from models.plan.action_reads import actions_changed_since
from models.plan.queries import ActionView
from models.records.entry_reads import outcomes_of_actions
from models.records.history import state_before
from models.storage.tables import Action

_BETTER = (
    Status.OFF_TRACK,
    Status.SOME_ISSUES,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.PROPOSED,
    Status.COMPLETE,
)
"""Statuses, each better than the one before; *closed, not done* is neither better nor worse."""
_SAID = {
    ChangeSort.IMPROVED: "improved",
    ChangeSort.WORSENED: "got worse",
    ChangeSort.SLIPPED: "slipped to a later meeting",
    ChangeSort.CLOSED: "closed",
    ChangeSort.NEW: "new",
    ChangeSort.CARRIED: "carried forward",
}
_IS = (ChangeSort.CLOSED, ChangeSort.NEW, ChangeSort.CARRIED)


def changed(asked: Asked) -> QueryAnswer | None:
    """Return the actions that changed in one of the ways asked about; None where the day is none that is past."""
    ctx, query = asked.ctx, asked.query
    since = since_when(ctx, query.times[0].typed if query.times else "")
    if since is None:
        return None
    start, said = since
    sorts = tuple(one for one in query.changes if one is not ChangeSort.ANY)
    was: dict[int, str] = {}
    for number in actions_changed_since(ctx.session, start):
        action = ctx.action_by_id(number)
        if action is not None and (how := how_changed(ctx, action, start, sorts)):
            was[number] = how
    found = asked.selection.select(asked.scopes, lambda one: one.facts.id in was)
    verbs = join_words([_SAID[one] for one in sorts], "or")
    is_ = ("is " if len(found) < 2 else "are ") if sorts[0] in _IS else ""
    headline = asked.told(f"{number_said(len(found), 'action') if found else 'nothing'} {is_}{verbs} since {said}")
    if query.yes_no:
        headline = f"{'Yes' if found else 'No'}. {headline}"

    def line(view: ActionView) -> ActionLine:
        plain = asked.line(view)
        how = was[view.facts.id]
        return about_status(replace(plain, facts=(how, *plain.facts)), how.lower())

    return QueryAnswer(f"{headline}.", asked.notes, (ListPage("", found, line),) if found else (), key=bool(found))


def how_changed(ctx: RequestContext, action: Action, start: datetime, sorts: tuple[ChangeSort, ...]) -> str:
    """Return how an action changed, in a few words; "" where it changed in none of these ways."""
    before = state_before(ctx.session, action, start)
    if ChangeSort.NEW in sorts and action.created_at >= start:
        return "New"
    if ChangeSort.CLOSED in sorts and before.status in OPEN and action.status not in OPEN:
        return f"Was {before.status.value}"
    if before.status in _BETTER and action.status in _BETTER:
        by = _BETTER.index(action.status) - _BETTER.index(before.status)
        if (by > 0 and ChangeSort.IMPROVED in sorts) or (by < 0 and ChangeSort.WORSENED in sorts):
            return f"Was {before.status.value}"
    if ChangeSort.SLIPPED in sorts and action.moves > before.moves:
        return "Moved to a later meeting"
    outcomes = outcomes_of_actions(ctx.session, (action.id,)) if ChangeSort.CARRIED in sorts else ()
    if any(one.kind is OutcomeKind.CARRIED_FORWARD and one.at >= start for one in outcomes):
        return "Carried forward"
    return ""
