"""`scorecard`: how every measure stands for a quarter, the worst first; what was done and moved nothing.

Source: docs/explanation/measures.md, The scorecard.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from handlers.actions.add_form import add_form
from handlers.actions.new_actions import kept_boards
from handlers.commands.measures import ShowScorecard
from handlers.context import RequestContext
from handlers.formatting import day_said, number_said
from handlers.measures.given import check_measure_there
from handlers.measures.measure_lists import NO_MEASURES
from handlers.measures.measure_rows import SHAPES_SAID, Scored, measure_row, scored, worst_measures_first
from handlers.measures.said import goal_said
from handlers.permissions import About, may, why_not
from handlers.press_codec import Day, Number, PressValue, ask_which, shareable, value_menu
from handlers.responses import LONGEST_LABEL, Content, Group, Response, say
from models.enums import Kind, Verb
from models.measure_enums import Attainment, Movement, PeriodKind
from models.plan.completed_actions import completed_actions
from models.plan.measures import MeasureFacts, measures_of
from models.rules.calendar import local_day
from models.rules.periods import PeriodAsk, last_ended, period_containing, read_period

_MOST = 40
"""Measures in one answer."""


class AddImprovement(PressValue):
    """*Add an improvement action…*: opens the form of a new action, for a measure and a period."""

    verb = "improve"

    measure: Number = 0
    period: Day = None


def counted_said(rows: Sequence[Scored]) -> str:
    """Return how many measures stand where: "1 target achieved; 2 data to be supplied"."""
    counts = Counter(row.attained for row in rows)
    return "; ".join(f"{counts[one]} {one}" for one in Attainment if counts[one])


def show_scorecard(ctx: RequestContext, command: ShowScorecard) -> Response:
    """Answer `scorecard [Q2]`."""
    measures = measures_of(ctx.session)
    if not measures:
        return say(NO_MEASURES)
    quarter = last_ended(PeriodKind.QUARTER, ctx.today)
    if command.period:
        read = read_period(command.period, PeriodKind.QUARTER, ctx.today)
        if isinstance(read, PeriodAsk):
            choices = [(one.name, f"scorecard {one.name}") for one in read.choices]
            return say(read.say, typed=command.period, buttons=ask_which("Choose a quarter…", choices))
        quarter = read
    rows = worst_measures_first(scored(measures, quarter))
    return Response(
        Content(
            f"Scorecard {quarter.name}: {number_said(len(rows), 'measure')}: {counted_said(rows)}.",
            groups=(
                Group("Worst first", measures=tuple(map(measure_row, rows[:_MOST]))),
                *_below_floor(ctx, rows),
                *_without_movement(ctx, measures),
            ),
            footer=(
                SHAPES_SAID,
                *((f"And {len(rows) - _MOST} more: “/cypp measures”.",) if len(rows) > _MOST else ()),
            ),
            shareable=shareable(f"scorecard {quarter.name}"),
        )
    )


def theme_of(ctx: RequestContext, measure: MeasureFacts) -> str:
    """Return the name of the theme that a measure, or its priority, is of; "" where the plan has none."""
    priority = next((one for one in ctx.priorities if one.id == measure.priority_id), None)
    theme_id = measure.theme_id or (priority.theme_id if priority else None)
    theme = next((one.name for one in ctx.themes if one.id == theme_id), "")
    return theme or (f"{priority.number}. {priority.title}" if priority else "")


def _below_floor(ctx: RequestContext, rows: Sequence[Scored]) -> Iterator[Group]:
    """Yield what makes improvement actions of measures below their floor standard, for whoever may add actions."""
    below = [row for row in rows if row.attained is Attainment.BELOW_FLOOR]
    if below and _may_add(ctx):
        each = [
            (
                f"{row.measure.ref} {row.measure.name}"[:LONGEST_LABEL],
                AddImprovement(measure=row.measure.id, period=row.period.end),
            )
            for row in below
        ]
        yield Group("Floor standard not achieved", buttons=(value_menu("Add an improvement action…", each),))


def _may_add(ctx: RequestContext) -> bool:
    return any(may(ctx.roles, Verb.ADD, About(board_id=number)) for number in ctx.calendars)


def add_improvement(ctx: RequestContext, value: AddImprovement) -> Response:
    """Answer *Add an improvement action…* with the form of a new action, filled in."""
    row = check_measure_there(ctx, value.measure)
    if not _may_add(ctx):
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


def _without_movement(ctx: RequestContext, measures: Sequence[MeasureFacts]) -> Iterator[Group]:
    """Yield the complete actions whose measure has not improved two periods later."""
    texts = []
    for action in completed_actions(ctx.session):
        day = local_day(action.closed_at, ctx.zone)
        for one in measures:
            of_theme = one.theme_id is not None and one.theme_id == action.theme_id
            serves = of_theme or one.priority_id in action.priority_ids
            moved = one.moved_since(day, ctx.today) if serves else None
            if moved is not None and moved is not Movement.IMPROVED:
                texts.append(f"{action.ref}, closed {day_said(day)}: {one.ref} {one.name}, {moved} since")
    if texts:
        yield Group("Done, but no movement two periods later", texts=tuple(texts[:_MOST]))
