"""*Add an improvement action…*: the form of a new action, for a measure that is below its floor standard.

Source: docs/explanation/measures.md, The scorecard.
"""

from handlers.actions.add_form import add_form
from handlers.actions.new_actions import kept_boards
from handlers.context import RequestContext
from handlers.measures.measure_lookup import check_measure_there
from handlers.measures.said import goal_said
from handlers.permissions import About, may, why_not
from handlers.press_codec import Day, Number, PressValue, press_button
from handlers.responses import Button, Response, say
from models.enums import Kind, Verb
from models.measure_enums import Attainment
from models.plan.measures import MeasureFacts, measures_of
from models.rules.periods import MeasurePeriod, period_containing


class AddImprovement(PressValue):
    """*Add an improvement action…*: opens the form of a new action, for a measure and a period."""

    verb = "improve"

    measure: Number = 0
    period: Day = None


def improvement_buttons(ctx: RequestContext, measure: MeasureFacts, period: MeasurePeriod) -> tuple[Button, ...]:
    """Return what makes an improvement action of a figure below the floor standard, for whoever may add actions."""
    if measure.attained(period) is not Attainment.BELOW_FLOOR or not may_add_improvement(ctx):
        return ()
    value = AddImprovement(measure=measure.id, period=period.end)
    return (press_button("Add an improvement action…", value),)


def may_add_improvement(ctx: RequestContext) -> bool:
    """Return whether the asker may add an action at any board."""
    return any(may(ctx.roles, Verb.ADD, About(board_id=number)) for number in ctx.calendars)


def add_improvement(ctx: RequestContext, value: AddImprovement) -> Response:
    """Answer *Add an improvement action…* with the form of a new action, filled in."""
    row = check_measure_there(ctx, value.measure)
    if not may_add_improvement(ctx):
        return say(why_not(Verb.ADD))
    measure = measures_of(ctx.session, ids=(row.id,))[0]
    period = period_containing(measure.period, value.period) if value.period else measure.latest(ctx.today)
    priority = next((str(one.number) for one in ctx.priorities if one.id == measure.priority_id), "")
    theme = next((f"theme {one.key}" for one in ctx.themes if one.id == measure.theme_id), "")
    below = goal_said(measure.unit, measure.goal_at(period), measure.attained(period)) if period else ""
    board = kept_boards(ctx)[0]
    due = board.next(ctx.now)
    filled = {
        "kind": Kind.DELIVERABLE.value,
        "board": str(board.board.id),
        "due": str(due.id) if due is not None else "",
        "lead": str(measure.provider_post_id or ""),
        "serves": priority or theme,
        "source": ", ".join(filter(None, (measure.ref, period.name if period else "", below))),
    }
    return add_form(ctx, "", {name: text for name, text in filled.items() if text})
