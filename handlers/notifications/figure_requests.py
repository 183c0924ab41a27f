"""What whoever gives a measure's figures is sent: the request and the one reminder, with the form of each."""

from collections.abc import Sequence

from handlers.context import RequestContext
from handlers.formatting import day_said, listed, number_said
from handlers.measures.measure_lists import figure_button
from handlers.measures.said import amount_said, latest_said
from handlers.responses import Content, Group
from models.enums import Step
from models.plan.measures import MeasureFacts, measures_of
from models.rules.calendar import local_day
from models.rules.periods import MeasurePeriod
from models.storage.notification_tables import Notification

_MOST = 8
"""Figures of which each has its group."""


def write_figure_requests(ctx: RequestContext, notifications: Sequence[Notification]) -> Content:
    """Write which figures one person is asked for; what has been given since says so."""
    measures = {one.id: one for one in measures_of(ctx.session, ids={one.subject for one in notifications})}
    asked = dict.fromkeys((one.subject, one.meeting_day) for one in notifications if one.subject in measures)
    rows = [(measures[number], MeasurePeriod(measures[number].period, end)) for number, end in asked]
    waiting = [row for row in rows if row[1] not in row[0].values]
    rows.sort(key=lambda row: row not in waiting)
    more = [one.ref for one, _ in rows[_MOST:]]
    return Content(
        _headline(waiting, {one.step for one in notifications}),
        intro=("Without them the scorecard says “data to be supplied”.",) if waiting else (),
        groups=(
            *(_group(ctx, *row) for row in rows[:_MOST]),
            *((Group(f"And {number_said(len(more), 'more')}", texts=(listed(more),)),) if more else ()),
        ),
        footer=(f"Or in a line each: “{waiting[0][0].ref} {waiting[0][1].said_on(ctx.today)} …”.",) if waiting else (),
    )


def _headline(waiting: Sequence[tuple[MeasureFacts, MeasurePeriod]], steps: set[object]) -> str:
    if not waiting:
        return "Thank you: no figure is wanted of you just now."
    names = listed(list(dict.fromkeys(period.name for _, period in waiting)))
    said = f"{number_said(len(waiting), 'figure')} for {names}"
    if Step.REMINDER in steps:
        return f"Reminder: we still wait for {said}."
    return f"{said} of yours {'is' if len(waiting) == 1 else 'are'} wanted."


def _group(ctx: RequestContext, measure: MeasureFacts, period: MeasurePeriod) -> Group:
    heading = f"{measure.ref}: {measure.name}"
    value = measure.values.get(period)
    if value is not None:
        on = day_said(local_day(value.at, ctx.zone))
        return Group(heading, texts=(f"{amount_said(measure, value)}, given by {value.signature} on {on}.",))
    return Group(heading, texts=(f"So far: {latest_said(measure, ctx.today)}.",), buttons=(figure_button(measure),))
