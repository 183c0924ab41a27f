"""Answers that count actions by what they belong to, or put two subjects side by side."""

from collections import defaultdict
from collections.abc import Sequence

from handlers.context import RequestContext
from handlers.formatting import listed, number_said, span_said
from handlers.reading.queries.query import Grouping, Measure
from handlers.responses import Group
from handlers.status.query_parts import Asked, QueryAnswer, filter_said, kinds_said
from handlers.status.query_selection import Selection
from models.enums import WORST_FIRST
from models.plan.listed_actions import ListedAction

_MOST_ROWS = 20
_IN_ORDER = (Grouping.PRIORITY, Grouping.THEME, Grouping.STATUS, Grouping.BOARD)
_BEHIND = "Overdue, off track and some issues count, as a share of the open actions."


def grouped(asked: Asked, by: Grouping) -> QueryAnswer:
    """Count what is meant by what it belongs to, or say which of these has most, or is the furthest behind."""
    query, found = asked.query, asked.found
    rows = list(in_groups(asked.ctx, asked.selection, by, found).items())
    by_number = query.most != "" or (query.measure is Measure.RANK and query.narrows)
    if query.measure is Measure.RANK and not by_number:
        rows.sort(key=lambda row: asked.weight(row[1]), reverse=True)
    elif by_number or by not in _IN_ORDER:
        rows.sort(key=lambda row: (len(row[1]) if query.most == "fewest" else -len(row[1]), row[0]))
    one_status = by is Grouping.STATUS or (len(query.statuses) == 1 and not query.denied)
    texts = [
        f"{label}: {number_said(len(some), 'action')}" + ("" if one_status else f": {asked.counts(some)}")
        for label, some in rows[:_MOST_ROWS]
    ]
    more = (f"{len(rows) - _MOST_ROWS} more.",) if len(rows) > _MOST_ROWS else ()
    said = filter_said(query, asked.days, len(found))
    what = " ".join(filter(None, (kinds_said(query, len(found)), said)))
    headline = f"{asked.told(what)}{', by ' + by.value if rows else ''}."
    if query.measure is Measure.RANK and rows:
        first = rows[0][1]
        same = len(first)
        top = [
            label
            for label, some in rows
            if (len(some) == same if by_number else asked.weight(some) == asked.weight(first))
        ]
        names = listed(top) if len(top) < 4 else f"{len(top)} of {len(rows)}"
        each = " each" if len(top) > 1 else ""
        what = "actions" if query.most or by_number else "the furthest behind"
        headline = f"{names}: {number_said(same, 'action')}{each}: {asked.counts(first)}."
        if not by_number:
            headline = f"{names} {'is' if len(top) == 1 else 'are'} {what}: {asked.counts(first)}."
    footer = (_BEHIND, *more) if query.measure is Measure.RANK and not by_number else more
    return QueryAnswer(headline, asked.notes, groups=(Group(texts=tuple(texts)),) if texts else (), footer=footer)


def how_many(asked: Asked, by: Grouping) -> QueryAnswer | None:
    """Return how many priorities, themes, organisations or boards the plan has; None for what is not counted so."""
    ctx = asked.ctx
    if by is Grouping.PRIORITY:
        names = [f"{one.number}. {one.title}" for one in ctx.priorities]
    elif by is Grouping.THEME:
        names = [one.name for one in ctx.themes]
    elif by is Grouping.ORGANISATION:
        names = [one.name for one in ctx.plan_names.organisations]
    elif by is Grouping.BOARD:
        names = [one.board.name for one in ctx.calendars.values()]
    elif by is Grouping.LEAD:
        names = [one.label for one in ctx.plan_names.posts]
    else:
        return None
    word, many = (
        ("post", "posts") if by is Grouping.LEAD else (by.value, "priorities" if by is Grouping.PRIORITY else "")
    )
    return QueryAnswer(
        f"The plan has {number_said(len(names), word, many)}.", groups=(Group(texts=tuple(names)),), key=False
    )


def compared(asked: Asked) -> QueryAnswer:
    """Put subjects side by side, and say which is further behind."""
    holds = asked.selection.holds(asked.query, asked.days)
    rows = [(scope, asked.selection.select([scope], holds)) for scope in asked.scopes]
    shared = set.intersection(*({one.facts.id for one in some} for _, some in rows))
    notes = asked.notes
    if shared:
        rows = [(scope, [one for one in some if one.facts.id not in shared]) for scope, some in rows]
        notes = (f"{number_said(len(shared), 'more action')} for each of them alike.",)
    told = [
        f"{scope.label} has {number_said(len(some), 'action')}" + (f": {asked.counts(some)}" if some else "")
        for scope, some in rows
    ]
    weights = [asked.weight(some) for _, some in rows]
    behind = [scope.label for (scope, _), weight in zip(rows, weights, strict=True) if weight == max(weights)]
    verdict = f"{behind[0]} is further behind" if len(behind) == 1 else "none of them is further behind"
    pages = [asked.page([one for one in some if asked.reasons(one)], scope.label) for scope, some in rows]
    return QueryAnswer(
        f"{'; '.join(told)}; {verdict}.", notes, tuple(page for page in pages if page.listed), footer=(_BEHIND,)
    )


def in_groups(
    ctx: RequestContext, selection: Selection, by: Grouping, found: Sequence[ListedAction]
) -> dict[str, list[ListedAction]]:
    """Return actions by what they belong to, in the order of the plan; one of several priorities under each."""
    if by is Grouping.STATUS:
        rows = {status.value: [one for one in found if one.facts.status is status] for status in WORST_FIRST}
        return {f"{label[0].upper()}{label[1:]}": some for label, some in rows.items() if some}
    if by in (Grouping.PRIORITY, Grouping.THEME):
        return _headings(ctx, by, found)
    names = {one.key: one.name for one in ctx.plan_names.organisations}
    groups: dict[str, list[ListedAction]] = defaultdict(list)
    for one in found:
        lead = one.facts.lead_post_id or 0
        if by is Grouping.BOARD:
            calendar = ctx.calendar(one.facts.board_id)
            label = calendar.board.name if calendar else "No board"
        elif by is Grouping.LEAD:
            label = ctx.posts.get(lead, "No lead") + (" (vacant)" if lead in selection.vacant else "")
        else:
            label = names.get(selection.organisation_of.get(lead, ""), "No lead")
        groups[label].append(one)
    return groups


def _headings(ctx: RequestContext, by: Grouping, found: Sequence[ListedAction]) -> dict[str, list[ListedAction]]:
    groups: dict[str, list[ListedAction]] = {}
    if by is Grouping.PRIORITY:
        for priority in ctx.priorities:
            groups[f"{priority.number}. {priority.title}"] = [
                one for one in found if priority.number in one.priority_numbers
            ]
    for theme in ctx.themes:
        label = theme.name
        some = [one for one in found if theme.id == one.facts.theme_id]
        numbers = [one.number for one in ctx.priorities if one.theme_id == theme.id]
        if by is Grouping.THEME:
            some = [one for one in found if theme.id in (one.facts.theme_id, *one.facts.priority_theme_ids)]
        elif numbers:
            span = span_said(numbers)
            label = f"{span[0].upper()}{span[1:]}, the whole theme {theme.name}"
        groups[label] = some
    groups["Under no priority"] = [one for one in found if one.facts.theme_id is None and not one.priority_numbers]
    return {label: some for label, some in groups.items() if some}
