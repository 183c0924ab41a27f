"""Pictures of where actions stand, by priority: what the bars are. Each action is in one bar.

Source: docs/explanation/boards-and-dates.md, Counting.
"""

from collections import Counter
from collections.abc import Sequence

from handlers.context import RequestContext
from handlers.formatting import counts_said, day_said, number_said, overdue_among, span_said
from handlers.permissions import may, why_not
from handlers.press_codec import PressValue
from handlers.responses import Bar, Content, Picture, Response, say
from models.enums import WORST_FIRST, Verb
from models.plan.headings import PriorityFacts
from models.plan.listed_actions import ListedAction


def bars_by_priority(ctx: RequestContext, views: Sequence[ListedAction], *, empty: bool = True) -> tuple[Bar, ...]:
    """Return one bar a priority, one for what serves a whole theme, several priorities, or none.

    A priority without actions of its own has no bar where its whole theme has one, nor where not `empty`.
    """
    bars: list[Bar] = []
    for theme in [*ctx.themes, None]:
        priorities = [one for one in ctx.priorities if one.theme_id == (theme.id if theme else None)]
        whole = [view for view in views if theme is not None and view.facts.theme_id == theme.id]
        for priority in priorities:
            mine = [view for view in views if view.facts.theme_id is None and _serves_only(view, priority)]
            if mine or (empty and not whole):
                bars.append(_bar(f"{priority.number}. {priority.title}", f"priority {priority.number}", mine))
        if theme is not None and whole:
            span = f" ({span_said([one.number for one in priorities])})" if priorities else ""
            bars.append(_bar(f"{theme.name} as a whole{span}", f"theme {theme.name}", whole))
    rest = [view for view in views if view.facts.theme_id is None]
    several = [view for view in rest if len(view.priority_numbers) > 1]
    none = [view for view in rest if not view.priority_numbers]
    bars += [_bar("Several priorities", "several priorities", several)] if several else []
    bars += [_bar("No priority: given out in meetings", "no priority", none)] if none else []
    return tuple(bars)


def _serves_only(view: ListedAction, priority: PriorityFacts) -> bool:
    return tuple(view.priority_numbers) == (priority.number,)


def _bar(label: str, said: str, views: Sequence[ListedAction]) -> Bar:
    counted = Counter(view.facts.status for view in views)
    return Bar(label, said, tuple((status, counted[status]) for status in WORST_FIRST if counted[status]))


def picture_of(
    ctx: RequestContext, views: Sequence[ListedAction], what: str, whose: str, *, empty: bool = True
) -> Picture:
    """Return the picture of some actions; `what` they are ("open action"), `whose` they are (the plan, a board)."""
    total = number_said(len(views), what)
    return Picture(
        title=f"{whose}: {total}, by priority",
        lead=f"Bars of status by priority, {day_said(ctx.today)}. {total}: {counts_said(views)}.",
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
    overdue = len(overdue_among(views, ctx.calendars, ctx.now))
    over = f", {overdue} overdue" if overdue else ""
    name = ctx.plan.name
    return Response(
        Content(
            "The picture is on its way to you.",
            ("It comes as a message of this app in our direct conversation, to you alone.",),
        ),
        message=Content(
            f"{name}: {number_said(len(views), 'action')}{over}: {counts_said(views)}.",
            footer=("“/cypp status” says the same in words.",),
            picture=picture_of(ctx, views, "action", name),
        ),
    )
