"""`measures`: how the measures of the plan, of a priority or of a theme stand, and one measure with its figures."""

from collections.abc import Sequence

from handlers.commands.measures import ShowMeasures
from handlers.context import RequestContext
from handlers.formatting import day_said, number_said, span_said
from handlers.measures.charts import ShowChart
from handlers.measures.forms import GiveFigureForm
from handlers.measures.improvement import improvement_buttons
from handlers.measures.measure_lookup import measure_named
from handlers.measures.measure_rows import SHAPES_SAID, Scored, measure_row, worst_measures_first
from handlers.measures.said import amount_said, comes_to, figure_said, measure_said
from handlers.permissions import About, may
from handlers.press_codec import ask_which, press_button, shareable
from handlers.reading.targets import PriorityTarget, ThemeTarget, WholePlan, read_target
from handlers.responses import Button, Content, Group, MeasureRow, Response, say
from models.enums import Verb
from models.plan.measures import MeasureFacts, measure_by_ref, measures_of
from models.plan.owed_figures import figures_asked
from models.rules.calendar import local_day
from models.rules.periods import MeasurePeriod, last_ended

_MOST = 40
"""Measures in one answer."""
_MOST_BUTTONS = 5
_PERIODS = 12
"""Periods of one measure in an answer."""
NO_MEASURES = "This plan has no measures yet: they stand in its plan file and in the sheet Measures of its workbook."


def show_measures(ctx: RequestContext, command: ShowMeasures) -> Response:
    """Answer `measures [priority, theme or measure]`."""
    if command.target and (row := measure_by_ref(ctx.session, command.target)) is not None:
        return _one(ctx, measures_of(ctx.session, ids=(row.id,))[0])
    target = read_target(command.target, ctx.vocabulary)
    match target:
        case WholePlan():
            found, what = measures_of(ctx.session), "The plan"
        case PriorityTarget(numbers):
            chosen = [one for one in ctx.priorities if one.number in numbers]
            themes = {one.theme_id for one in chosen if one.theme_id is not None}
            found = measures_of(ctx.session, priority_ids=[one.id for one in chosen], theme_ids=themes)
            what = span_said(numbers)
        case ThemeTarget(key):
            theme = next(one for one in ctx.themes if one.key == key)
            within = [one.id for one in ctx.priorities if one.theme_id == theme.id]
            found = measures_of(ctx.session, priority_ids=within, theme_ids=(theme.id,))
            what = f"theme {theme.name}"
        case _:
            measure_named(ctx, command.target)
            return say(NO_MEASURES)
    if not found:
        return say(NO_MEASURES if isinstance(target, WholePlan) else f"{_capital(what)} has no measure yet.")
    return _list(ctx, command, what, found)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _list(ctx: RequestContext, command: ShowMeasures, what: str, found: Sequence[MeasureFacts]) -> Response:
    missing = [one for one in found if one.missing(ctx.today) is not None]
    headline = f"{_capital(what)} has {number_said(len(found), 'measure')}"
    headline += f"; for {len(missing)} of them data are to be supplied." if missing else "."
    groups: dict[str, list[MeasureRow]] = {}
    rows = worst_measures_first(
        Scored(one, one.latest(ctx.today) or last_ended(one.period, ctx.today)) for one in found
    )
    for row in rows[:_MOST]:
        groups.setdefault(_of(ctx, row.measure), []).append(measure_row(row, ctx.today))
    more = len(found) - _MOST
    mine = [one for one in missing if one.provider_post_id in ctx.roles.posts]
    words = f"measures {command.target}".strip()
    return Response(
        Content(
            headline,
            groups=tuple(Group(heading, measures=tuple(some)) for heading, some in groups.items()),
            buttons=(
                *(figure_button(one, f"Give {one.ref}…") for one in mine[:_MOST_BUTTONS]),
                *ask_which("Show a measure…", [(f"{one.ref}", f"measure {one.ref}") for one in found[:_MOST]]),
            ),
            footer=(
                SHAPES_SAID,
                *((f"And {more} more: “/cypp measures priority 7” shows those of one priority.",) if more > 0 else ()),
                "“/cypp measure m1.1 Q2 72%” gives a figure.",
            ),
            shareable=shareable(words),
        )
    )


def _of(ctx: RequestContext, measure: MeasureFacts) -> str:
    priority = next((one for one in ctx.priorities if one.id == measure.priority_id), None)
    theme = next((one for one in ctx.themes if one.id == measure.theme_id), None)
    return f"{priority.number}. {priority.title}" if priority else f"For the whole theme {theme.name}" if theme else ""


def figure_button(measure: MeasureFacts, label: str = "Give figure…") -> Button:
    """Return what opens the form of a figure."""
    return press_button(label, GiveFigureForm(measure=measure.id))


def owed_by_asker(ctx: RequestContext) -> list[tuple[MeasureFacts, MeasurePeriod]]:
    """Return each figure that the asker's posts were asked for and have not given."""
    asked = figures_asked(ctx.session, ctx.roles.posts) if ctx.roles.posts else []
    measures = {one.id: one for one in measures_of(ctx.session, ids={number for number, _ in asked})} if asked else {}
    wanted = [(measures[number], MeasurePeriod(measures[number].period, end)) for number, end in asked]
    return [(measure, period) for measure, period in wanted if period not in measure.values]


def figures_wanted(ctx: RequestContext) -> tuple[Group, ...]:
    """Return each figure that the asker's posts were asked for and have not given, with its form."""
    return tuple(
        Group(
            f"Figure of {measure.ref} for {period.name}",
            texts=(f"{measure.name}.",),
            buttons=(figure_button(measure),),
        )
        for measure, period in owed_by_asker(ctx)
    )


def _one(ctx: RequestContext, measure: MeasureFacts) -> Response:
    """Return one measure, with its figures by period and who gave them."""
    unit, goal = measure.unit, measure.goal
    provider = ctx.posts.get(measure.provider_post_id or 0, "")
    facts = [
        f"Good is {goal.good_is}; by {measure.period}.",
        f"Target {figure_said(unit, goal.target)}." if goal.target is not None else "No target is set.",
        f"Floor standard {figure_said(unit, goal.floor)}." if goal.floor is not None else "",
        f"Baseline: {measure.baseline}." if measure.baseline else "",
        f"Others: {'; '.join(measure.benchmarks)}." if measure.benchmarks else "",
        f"Figures by {provider}." if provider else "Nobody is named to give its figures.",
        f"Source: {measure.source}." if measure.source else "",
    ]
    periods = sorted(measure.values, reverse=True)
    texts = []
    for period in periods[:_PERIODS]:
        value = measure.values[period]
        said = ", ".join((amount_said(measure, value), *comes_to(measure, period)))
        on = day_said(local_day(value.at, ctx.zone))
        texts.append(
            f"{_capital(period.name)}: {said}. {', '.join(filter(None, (value.signature, on)))}."
            f"{f' “{value.note}”' if value.note else ''}"
        )
    latest = measure.latest(ctx.today)
    gives = may(ctx.roles, Verb.MEASURE, About(lead_post_id=measure.provider_post_id))
    return Response(
        Content(
            f"{measure.ref}: {measure_said(measure, ctx.today)}.",
            intro=(measure.name, *filter(None, facts)),
            groups=(Group("Figures", texts=tuple(texts), empty="" if texts else "None yet."),),
            buttons=(
                *((figure_button(measure),) if gives else ()),
                *(improvement_buttons(ctx, measure, latest) if latest is not None else ()),
                *((press_button("Show as chart", ShowChart(measure=measure.id)),) if len(measure.figures) > 1 else ()),
            ),
            shareable=shareable(f"measure {measure.ref}"),
        )
    )
