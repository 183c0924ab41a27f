"""Pictures of where actions stand, by priority: what the bars are. Each action is in one bar.

Source: docs/explanation/boards-and-dates.md, Counting.
"""

from collections.abc import Collection, Sequence

from handlers.context import RequestContext
from handlers.formatting import day_said, number_said, overdue_among, span_said
from handlers.permissions import may, why_not
from handlers.press_codec import PressValue
from handlers.responses import Bar, Content, Picture, Response, say
from handlers.status.counts import overdue_ids, tally
from models.enums import Verb
from models.plan.headings import PriorityFacts
from models.plan.listed_actions import ListedAction

_BESIDE = "Beside the themes"


def bars_by_priority(ctx: RequestContext, views: Sequence[ListedAction], *, empty: bool = True) -> tuple[Bar, ...]:
    """Return one bar a priority under its theme, one for what serves a whole theme, several priorities, or none.

    A priority without actions of its own has no bar where its whole theme has one, nor where not `empty`.
    """
    late = overdue_ids(overdue_among(views, ctx.calendars, ctx.now))
    rest = [view for view in views if view.facts.theme_id is None]
    several = [view for view in rest if len(view.priority_numbers) > 1]
    none = [view for view in rest if not view.priority_numbers]
    bars: list[Bar] = []
    for theme in [*ctx.themes, None]:
        priorities = [one for one in ctx.priorities if one.theme_id == (theme.id if theme else None)]
        whole = [view for view in views if theme is not None and view.facts.theme_id == theme.id]
        parts = [
            (f"{one.number}. {one.title}", f"priority {one.number}", mine)
            for one in priorities
            if (mine := [view for view in rest if _serves_only(view, one)]) or (empty and not whole)
        ]
        if theme is not None and whole:
            span = f" ({span_said([one.number for one in priorities])})" if priorities else ""
            parts.append((f"The whole theme{span}", f"theme {theme.name}", whole))
        bars += _bars(theme.name if theme else "", parts, late)
    beside = (("Several priorities", "several priorities", several), ("Given out in meetings", "no priority", none))
    return (*bars, *_bars(_BESIDE if several or none else "", [part for part in beside if part[2]], late))


def _serves_only(view: ListedAction, priority: PriorityFacts) -> bool:
    return tuple(view.priority_numbers) == (priority.number,)


def _bars(heading: str, parts: Sequence[tuple[str, str, list[ListedAction]]], late: Collection[int]) -> list[Bar]:
    """Return the bars under one heading, which says how many actions they have together."""
    total = tally((view for _, _, views in parts for view in views), late)
    over = f", {total.overdue} overdue" if total.overdue else ""
    under = f"{heading}: {number_said(total.actions, 'action')}{over}" if heading else ""
    return [
        Bar(label, said, (counted := tally(views, late)).statuses, counted.overdue, under)
        for label, said, views in parts
    ]


def picture_of(
    ctx: RequestContext, views: Sequence[ListedAction], what: str, whose: str, *, empty: bool = True
) -> Picture:
    """Return the picture of some actions; `what` they are ("open action"), `whose` they are (the plan, a board).

    How many they are together is said by the message that shows it.
    """
    return Picture(
        title=f"{whose}: {what}s by theme and priority",
        lead=f"Bars of status by theme and priority, {day_said(ctx.today)}.",
        bars=bars_by_priority(ctx, views, empty=empty),
        note=f"{day_said(ctx.today)}. Each action is counted once.",
    )


class ShowPicture(PressValue):
    """*Show as picture*."""

    verb = "picture"


def show_picture(ctx: RequestContext, _value: ShowPicture) -> Response:
    """Answer *Show as picture*: the whole plan as bars, as a message of its own to the asker alone."""
    if not may(ctx.roles, Verb.READ):
        return say(why_not(Verb.READ))
    views = ctx.listed()
    if ctx.plan is None or not views:
        return say("There are no actions yet, so there is nothing to draw.")
    counted = tally(views, overdue_ids(overdue_among(views, ctx.calendars, ctx.now)))
    over = f", {counted.overdue} overdue" if counted.overdue else ""
    name = ctx.plan.name
    return Response(
        Content(
            "The picture is on its way to you.",
            ("It comes as a message of this app in our direct conversation, to you alone.",),
        ),
        message=Content(
            f"{name}: {number_said(counted.actions, 'action')}{over}: {counted.stand}.",
            footer=("“/cypp status” says the same in words.",),
            picture=picture_of(ctx, views, "action", name),
        ),
    )
