"""`scorecard`: how every measure stands for a quarter, the worst first; what was done and moved nothing.

Source: docs/explanation/measures.md, The scorecard.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from handlers.commands.measures import ShowScorecard
from handlers.context import RequestContext
from handlers.formatting import day_said, number_said
from handlers.measures.improvement import AddImprovement, may_add_improvement
from handlers.measures.measure_lists import NO_MEASURES
from handlers.measures.measure_rows import SHAPES_SAID, Scored, measure_row, scored, worst_measures_first
from handlers.press_codec import ask_which, shareable, value_menu
from handlers.responses import LONGEST_LABEL, Content, Group, Response, say
from models.measure_enums import Attainment, Movement, PeriodKind
from models.plan.completed_actions import completed_actions
from models.plan.measures import MeasureFacts, measures_of
from models.rules.calendar import local_day
from models.rules.periods import PeriodAsk, last_ended, read_period

NO_MOVEMENT = "Done, but no movement two periods later"
_MOST = 40
"""Measures in one answer."""


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
    rows, idle = worst_measures_first(scored(measures, quarter)), moved_nothing(ctx, measures)
    return Response(
        Content(
            f"Scorecard {quarter.name}: {number_said(len(rows), 'measure')}: {counted_said(rows)}.",
            groups=(
                Group("Worst first", measures=tuple(map(measure_row, rows[:_MOST]))),
                *_below_floor(ctx, rows),
                *((Group(NO_MOVEMENT, texts=tuple(idle)),) if idle else ()),
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
    if below and may_add_improvement(ctx):
        each = [
            (
                f"{row.measure.ref} {row.measure.name}"[:LONGEST_LABEL],
                AddImprovement(measure=row.measure.id, period=row.period.end),
            )
            for row in below
        ]
        yield Group("Floor standard not achieved", buttons=(value_menu("Add an improvement action…", each),))


def moved_nothing(
    ctx: RequestContext, measures: Sequence[MeasureFacts], board_id: int = 0, most: int = _MOST
) -> list[str]:
    """Return the complete actions, all or those of a board, whose measure has not improved two periods later."""
    texts = []
    for action in completed_actions(ctx.session, board_id) if measures else ():
        day = local_day(action.closed_at, ctx.zone)
        for one in measures:
            of_theme = one.theme_id is not None and one.theme_id == action.theme_id
            serves = of_theme or one.priority_id in action.priority_ids
            moved = one.moved_since(day, ctx.today) if serves else None
            if moved is not None and moved is not Movement.IMPROVED:
                texts.append(f"{action.ref}, closed {day_said(day)}: {one.ref} {one.name}, {moved} since")
    more = len(texts) - most
    return [*texts[:most], f"And {more} more: “/cypp scorecard” shows them"] if more > 0 else texts


def scorecard_said(ctx: RequestContext) -> str:
    """Return the scorecard of the last quarter in a line; "" where the plan has no measures."""
    quarter = last_ended(PeriodKind.QUARTER, ctx.today)
    rows = scored(measures_of(ctx.session), quarter)
    return f"Measures, {quarter.said_on(ctx.today)}: {counted_said(rows)}." if rows else ""
