"""`status`: the plan by priority, a priority, a theme, or one action. The first line can be read out by a chair."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.actions.history_view import on_card, outcome_said
from handlers.commands.questions import ShowPlans, ShowStatus
from handlers.context import RequestContext
from handlers.formatting import (
    action_line,
    day_said,
    facts_said,
    kind_said,
    last_said,
    meeting_said,
    number_said,
    overdue_among,
    progress_said,
    span_said,
    worst_first,
)
from handlers.list_rows import action_row
from handlers.measures.said import measure_lines
from handlers.old_plans import carried_said
from handlers.pagination import ListPage, paged_reply
from handlers.papers.since import said_beside_papers
from handlers.press_codec import ask_button, link_button, press_button, shareable
from handlers.reading.targets import ActionTarget, NoTarget, PriorityTarget, ThemeTarget, read_target
from handlers.responses import Content, Group, Response, say
from handlers.status.counts import Tally, overdue_ids, tally
from handlers.status.pictures import ShowPicture
from handlers.status.plans import show_plans
from handlers.status.unanswered import unserved_said
from models.enums import OPEN, Kind
from models.plan.action_filter import ActionFilter
from models.plan.belongings import CLOSING_OUTCOMES
from models.plan.headings import PriorityFacts, ThemeFacts
from models.plan.listed_actions import ListedAction
from models.records.entry_reads import latest_outcome

_ADDRESS = re.compile(r"https?://[^\s<>|]{1,290}")


_NEAR = 3
"""Buttons for what may be meant instead."""


def show_status(ctx: RequestContext, command: ShowStatus) -> Response:
    """Answer `status …`."""
    if ctx.plan is None:
        return show_plans(ctx, ShowPlans())
    target = read_target(command.target, ctx.vocabulary)
    match target:
        case NoTarget(typed, nearest, sentence):
            near = tuple(ask_button(f"status {one}", f"status {one}") for one in nearest[:_NEAR])
            other = (ask_button("Search for it", f"find {typed}"), ask_button("The plan", "status"))
            return say(sentence, typed=typed, buttons=near or other)
        case ActionTarget(ref, corrected_from):
            return show_action(ctx, ref, corrected_from)
        case PriorityTarget(numbers, corrected_from):
            return _read_as(_show_priorities(ctx, numbers, command), corrected_from, span_said(numbers))
        case ThemeTarget(key, corrected_from):
            return _read_as(_show_theme(ctx, key, command), corrected_from, f"theme {key}")
    return _show_plan(ctx, command)


def _read_as(given: Response, typed: str, meant: str) -> Response:
    """Say which near miss was read as what."""
    if not typed or not isinstance(given.content, Content):
        return given
    return replace(given, content=replace(given.content, intro=(f"Read “{typed}” as {meant}.", *given.content.intro)))


def _serving(
    ctx: RequestContext, priorities: Sequence[PriorityFacts], themes: Sequence[ThemeFacts]
) -> list[ListedAction]:
    """Return the actions that serve some priorities by number, or the whole of some themes, in one read."""
    numbers, wholes = tuple(one.id for one in priorities), tuple(one.id for one in themes)
    return ctx.listed(ActionFilter(priority_ids=numbers, theme_ids=wholes))


def _late(ctx: RequestContext, views: Sequence[ListedAction]) -> list[ListedAction]:
    return overdue_among(views, ctx.calendars, ctx.now)


def _count(views: Sequence[ListedAction], late: Sequence[ListedAction], what: str) -> str:
    """Return "9, 2 of them overdue: 1 off track, 8 on track" after what they are."""
    counted = tally(views, overdue_ids(late))
    return f"{what}{_overdue_said(counted)}: {counted.stand}"


def _overdue_said(counted: Tally) -> str:
    """Return ", 2 of them overdue" after how many there are; "" where none is."""
    if not counted.overdue:
        return ""
    if counted.overdue == counted.actions:
        return ", overdue" if counted.overdue == 1 else ", all of them overdue"
    return f", {counted.overdue} of them overdue"


def _named(ctx: RequestContext, theme: ThemeFacts) -> str:
    """Return "theme Healthy (priorities 7–9)"."""
    numbers = [priority.number for priority in ctx.priorities if priority.theme_id == theme.id]
    return f"theme {theme.name} ({span_said(numbers)})" if numbers else f"theme {theme.name}"


def _show_priorities(ctx: RequestContext, numbers: Sequence[int], command: ShowStatus) -> Response:
    chosen = [priority for priority in ctx.priorities if priority.number in numbers]
    themes = [theme for theme in ctx.themes if any(priority.theme_id == theme.id for priority in chosen)]
    found = _serving(ctx, chosen, themes)
    wanted = frozenset(numbers)
    own = [view for view in found if not wanted.isdisjoint(view.priority_numbers)]
    own_ids, own_late = {view.facts.id for view in own}, _late(ctx, own)
    label = span_said(numbers)
    label = label[0].upper() + label[1:]
    one = len(numbers) == 1
    clauses: list[str] = []
    groups: list[ListPage] = []
    if own:
        clauses.append(_count(own, own_late, f"{label} {'has' if one else 'have'} {number_said(len(own), 'action')}"))
        groups.append(_group(ctx, "" if not themes else f"For {label.lower()}", own, own_late))
    empty: list[str] = []
    for theme in themes:
        views = [view for view in found if view.facts.theme_id == theme.id and view.facts.id not in own_ids]
        late = _late(ctx, views)
        if not views:
            empty.append(_named(ctx, theme))
            continue
        if own:
            shared = f"theme {theme.name} has {len(views)} more"
        else:
            shared = f"the {number_said(len(views), 'action')} of {_named(ctx, theme)}"
            shared = f"and {shared}" if clauses else f"{label} {'shares' if one else 'share'} {shared}"
        clauses.append(_count(views, late, shared))
        groups.append(_group(ctx, f"For the whole theme {theme.name}" if own else "", views, late))
    nothing = "no more" if own else "none yet" if clauses else "none either"
    if not clauses:
        clauses.append(f"{label} {'has' if one else 'have'} no actions yet")
    clauses += [f"{name} has {nothing}" for name in empty]
    titles = tuple(f"{priority.number}. {priority.title}" for priority in chosen)
    words = f"status {command.target}".strip()
    titles += (*measure_lines(ctx, chosen, themes), *said_beside_papers(ctx, {view.facts.id for view in found}))
    sentence, footer = f"{'; '.join(clauses)}.", _standing_means(found)
    return Response(paged_reply(sentence, titles, groups, words, command.page, ctx.read_listed, footer))


def _standing_means(views: Sequence[ListedAction]) -> tuple[str, ...]:
    """Return what a standing commitment is, for a list that has one."""
    standing = any(view.facts.kind is Kind.STANDING for view in views)
    return (f"A {kind_said(Kind.STANDING)}.",) if standing else ()


def _show_theme(ctx: RequestContext, key: str, command: ShowStatus) -> Response:
    theme = next(theme for theme in ctx.themes if theme.key == key)
    priorities = [priority for priority in ctx.priorities if priority.theme_id == theme.id]
    views = _serving(ctx, priorities, [theme])
    late = _late(ctx, views)
    named = f"T{_named(ctx, theme)[1:]}"
    sentence = _count(views, late, f"{named} has {len(views)}") if views else f"{named} has no actions yet"
    titles = tuple(f"{priority.number}. {priority.title}" for priority in priorities)
    titles += (*measure_lines(ctx, priorities, [theme]), *said_beside_papers(ctx, {view.facts.id for view in views}))
    groups = [_group(ctx, "", views, late)] if views else []
    words = f"status {command.target}"
    footer = _standing_means(views)
    return Response(paged_reply(f"{sentence}.", titles, groups, words, command.page, ctx.read_listed, footer))


def _group(ctx: RequestContext, heading: str, views: Sequence[ListedAction], late: list[ListedAction]) -> ListPage:
    calendars, now = ctx.calendars, ctx.now
    return ListPage(heading, worst_first(views, calendars, now, late), lambda view: action_row(view, calendars, now))


def _show_plan(ctx: RequestContext, command: ShowStatus) -> Response:
    """Return the plan by priority: each action counted once."""
    views = ctx.listed()
    plan = ctx.plan
    name = plan.name if plan else "The plan"
    if not views:
        return say(f"{name} has no actions yet.")
    late_ids = {view.facts.id for view in _late(ctx, views)}

    def counted(some: Sequence[ListedAction]) -> str:
        late = [view for view in some if view.facts.id in late_ids]
        return _count(some, late, number_said(len(some), "action"))

    headline = f"{name}: {counted(views)}."
    groups = []
    for theme in [*ctx.themes, None]:
        priorities = [p for p in ctx.priorities if p.theme_id == (theme.id if theme else None)]
        whole = [view for view in views if theme is not None and view.facts.theme_id == theme.id]
        if theme is None and not priorities:
            continue
        texts = []
        for priority in priorities:
            mine = [view for view in views if priority.number in view.priority_numbers]
            said = counted(mine) if mine else "no actions of its own"
            texts.append(f"{priority.number}. {priority.title}: {said}")
        if theme is not None:
            said = counted(whole) if whole else "no actions"
            texts.append(f"For the whole theme: {said}")
        groups.append(Group(theme.name if theme else "Priorities", texts=tuple(texts)))
    under_nothing = [view for view in views if view.facts.theme_id is None and not view.priority_numbers]
    if under_nothing:
        said = counted(under_nothing)
        groups.append(Group("Under no priority", texts=(f"Given out in meetings: {said}",)))
    shared = [view for view in views if len(view.priority_numbers) > 1]
    footer = (
        (f"{number_said(len(shared), 'action')} under several priorities: counted once in the total.",)
        if shared
        else ()
    )
    return Response(
        Content(
            headline,
            intro=said_beside_papers(ctx, {view.facts.id for view in views}),
            groups=tuple(groups),
            footer=(*footer, *_ways_on(ctx)),
            buttons=(press_button("Show as picture", ShowPicture()),),
            key=True,
            shareable=shareable("status"),
        )
    )


def _ways_on(ctx: RequestContext) -> tuple[str, ...]:
    """Return what to say for the actions themselves, with a priority and a theme of this plan."""
    ways = [f"“/cypp status priority {one.number}”" for one in ctx.priorities[:1]]
    ways += [f"“/cypp status theme {one.key}”" for one in ctx.themes[:1]]
    return (f"Say {' or '.join(ways)} for the actions.",) if ways else ()


def show_action(ctx: RequestContext, ref: str, corrected_from: str = "") -> Response:
    """Return one action, whole."""
    # The forms behind its buttons need a third of all handlers, and most questions are about more than one action.
    from handlers.actions.card_buttons import brief_button, card_buttons

    action = ctx.action(ref)
    if action is None:
        return say(f"There is no action {ref}.", "“/cypp status” shows the plan.", typed=ref)
    view = ctx.view(action.id)
    facts = facts_said(view, ctx.calendars, ctx.now)
    headline = f"{view.ref}: {view.facts.status.value}. {facts[1][0].upper()}{facts[1][1:]}."
    overdue = next((fact for fact in facts if fact.startswith("overdue")), "")
    if overdue:
        headline = f"{view.ref}: {view.facts.status.value}, {overdue}. {facts[1][0].upper()}{facts[1][1:]}."
    detail = []
    if corrected_from:
        detail.append(f"Read “{corrected_from}” as {view.ref}.")
    if view.priority_numbers:
        detail.append(f"Serves {span_said(view.priority_numbers)}.")
    elif view.facts.theme_id:
        theme = next(theme for theme in ctx.themes if theme.id == view.facts.theme_id)
        detail.append(f"Serves the whole theme {theme.name}.")
    calendar = ctx.calendar(view.facts.board_id)
    if calendar is not None:
        detail.append(f"Home board: {calendar.board.name}.")
    kind = kind_said(view.facts.kind)
    detail.append(f"{kind[0].upper()}{kind[1:]}.")
    if view.facts.kind is not Kind.STANDING:
        first = ctx.where(view.first_due_meeting_id)
        if view.replans and first is not None:
            of_board = f", {first.board.name}" if first is not calendar else ""
            detail.append(f"First due {meeting_said(first.by_id[view.first_due_meeting_id or 0], first)}{of_board}.")
    if carries := carried_said(ctx, action):
        detail.append(carries)
    with_its_plan = bool(action.ended_plan_id) and action.closed_meeting_id is None
    if action.closed_at is not None and view.facts.status not in OPEN and not with_its_plan:
        closed = ctx.where(action.closed_meeting_id)
        outcome = latest_outcome(ctx.session, action.id)
        at = "by the chair, to be reported on" if outcome and outcome.by_chair else "at the meeting of"
        where = f" {at} {meeting_said(closed.by_id[action.closed_meeting_id or 0], closed)}" if closed else ""
        # The minute of an action that was given out in a meeting is that of the giving.
        minute = outcome.minute if outcome else action.minute if action.given_meeting_id is None else ""
        detail.append(f"Closed{where}; minute {minute or 'reference to be added'}.")
    decided = latest_outcome(ctx.session, action.id) if action.closed_at is None else None
    kept = ctx.where(decided.meeting_id) if decided else None
    # The outcome that closed an action is not shown once the action is open again.
    if kept is not None and decided is not None and decided.kind not in CLOSING_OUTCOMES:
        board, held = "board" if kept is calendar else kept.board.name, kept.by_id[decided.meeting_id]
        detail.append(f"The {board} on {meeting_said(held, kept)}: {outcome_said(decided, kept)}.")
    if view.facts.status in OPEN:
        detail += unserved_said(ctx, view)
    detail += said_beside_papers(ctx, {view.facts.id})
    if view.last_on and not last_said(view):
        detail.append(f"Last update {day_said(view.last_on)}.")
    source = str(action.source.get("document", ""))
    links = (link_button("Open where it is from", source),) if _ADDRESS.fullmatch(source) else ()
    if source and not links:
        detail.append(f"From: {source}.")
    if printed := str(action.source.get("as_printed", "")):
        detail.append(f"As printed: {printed}")
    groups = [Group(lines=(action_line(view, ctx.calendars, ctx.now, whole=True),))]
    if view.facts.parent_id is not None:
        detail.append(f"Part of {ctx.view(view.facts.parent_id).ref}, which each partner answers.")
    if view.parts:
        parts = ctx.views_to_answer(ActionFilter(parent_id=action.id))
        lines = tuple(action_line(part, ctx.calendars, ctx.now) for part in parts)
        groups.append(Group(f"Partners: {progress_said(view.parts)}", lines=lines))
    groups += on_card(ctx, action)
    return Response(
        Content(
            headline,
            intro=tuple(detail),
            groups=tuple(groups),
            buttons=(*card_buttons(ctx, action), *brief_button(ctx, action), *links),
            key=True,
            shareable=shareable(f"status {view.ref}"),
        )
    )
