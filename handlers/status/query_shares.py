"""Answers in shares of the actions, and whether there are more or fewer than so many."""

from dataclasses import replace

from handlers.formatting import counts_said, number_said
from handlers.reading.queries.query import AskedBound, Grouping
from handlers.responses import Group
from handlers.status.query_groups import in_groups
from handlers.status.query_parts import Asked, QueryAnswer, filter_said
from models.enums import Status
from models.plan.listed_actions import ListedAction


def share_answer(asked: Asked) -> QueryAnswer:
    """Return which share of the actions is as asked; where nothing is said of how, which share is complete."""
    query = asked.query
    if not query.narrows:
        query = replace(query, statuses=frozenset((Status.COMPLETE,)))
    whole = asked.selection.select(
        asked.scopes,
        asked.selection.holds(replace(query, statuses=frozenset(), filters=(), denied=False), asked.days),
    )
    if not whole:
        return QueryAnswer(f"{asked.told('no actions')}.", asked.notes)
    holds = asked.selection.holds(query, asked.days)
    found = [one for one in whole if holds(one)]
    what = filter_said(replace(query, kinds=frozenset()), replace(asked.days, said=""), len(found))
    told = asked.told(f"{of_said(len(found), len(whole))} {what}".strip())
    where = f", of those {asked.days.said}" if asked.days.said else ""
    headline = f"{told}{where}" if asked.query.narrows else f"{told}: {counts_said(whole)}"
    if query.bound is not None:
        headline = f"{yes_or_no(query.bound, found, whole)} {headline}"
    groups: tuple[Group, ...] = ()
    if query.by is not None and query.by is not Grouping.STATUS:
        rows = in_groups(asked.ctx, asked.selection, query.by, whole)
        shares = [f"{label}: {of_said(sum(map(holds, some)), len(some))}" for label, some in rows.items()]
        groups = (Group(texts=tuple(shares)),)
    elif query.by is Grouping.STATUS:
        rows = in_groups(asked.ctx, asked.selection, query.by, whole)
        groups = (Group(texts=tuple(f"{label}: {of_said(len(some), len(whole))}" for label, some in rows.items())),)
    shown = found if found and not groups and asked.query.narrows else ()
    return QueryAnswer(f"{headline}.", asked.notes, (asked.page(shown),) if shown else (), groups, key=bool(shown))


def yes_or_no(bound: AskedBound, found: list[ListedAction], whole: list[ListedAction]) -> str:
    """Return whether so many, or such a share, were found."""
    return "Yes." if bound.holds(len(found), len(whole)) else "No."


def of_said(many: int, of: int) -> str:
    """Return "18 of 53 actions (34%)"; a share that is no whole number is said to the nearest, never as none or all."""
    percent = round(many * 100 / of)
    said = "under 1%" if many and not percent else "over 99%" if percent == 100 and many < of else f"{percent}%"
    return f"{many} of {number_said(of, 'action')} ({said})"
