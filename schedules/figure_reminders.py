"""When whoever gives a measure's figures, or a risk belongs to, is asked. Pure.

Source: docs/explanation/measures.md, Asking.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from models.enums import NotificationKind, Step
from models.plan.owed_figures import OwedFigure
from models.rules.calendar import at_local, local_day
from models.rules.facts import BoardCalendar, Recipient
from models.rules.periods import MeasurePeriod
from models.rules.review_cycles import ASKED_AFTER
from schedules.due import end_of
from schedules.snapshot import Reason, Snapshot, person

_REMIND_AFTER, _LAPSE_AFTER = 15, 20
"""Working days after a period is over: the one reminder after `ASKED_AFTER`, and when asking is over."""


def figure_steps(calendar: BoardCalendar, period: MeasurePeriod, who: Recipient) -> list[tuple[Step, date]]:
    """Return the days on which somebody is asked for a period's figure; closed days are no working days."""
    rules = calendar.board.rules
    open_days = replace(rules.working, closures=rules.closures + who.closed) if who.closed else rules.working
    return [
        (Step.REQUEST, open_days.shift(period.end, ASKED_AFTER)),
        (Step.REMINDER, open_days.shift(period.end, _REMIND_AFTER)),
    ]


def last_day_of_asking(calendar: BoardCalendar, period: MeasurePeriod) -> date:
    """Return the last day on which a period's figure is asked for; then it is “data to be supplied”."""
    return calendar.board.rules.working.shift(period.end, _LAPSE_AFTER)


def periods_asked(
    calendars: Iterable[BoardCalendar], periods: Iterable[MeasurePeriod], now: datetime
) -> tuple[MeasurePeriod, ...]:
    """Return those of some periods whose figures are asked for now by any of some boards."""
    asking = [(calendar, local_day(now, calendar.zone)) for calendar in calendars]
    return tuple(
        period
        for period in periods
        if any(
            period.has_ended(today)
            and calendar.board.rules.working.shift(period.end, ASKED_AFTER) <= today
            and today <= last_day_of_asking(calendar, period)
            for calendar, today in asking
        )
    )


def wake_for_figures(snapshot: Snapshot, calendar: BoardCalendar) -> Iterator[datetime]:
    """Yield the mornings on which figures are asked for, and when asking is over."""
    closed = {who.closed for some in snapshot.recipients.values() for who in some}
    for period in snapshot.periods:
        for spans in {(), *closed}:
            yield from (at_local(day, calendar.zone) for _, day in figure_steps(calendar, period, Recipient(0, spans)))
        yield end_of(last_day_of_asking(calendar, period), calendar)


def asked_for_figure(snapshot: Snapshot, calendar: BoardCalendar, owed: OwedFigure) -> tuple[Recipient, ...]:
    """Return who is asked: whoever acts for the post and can be reached, else whoever keeps the plan's first board."""
    serving = snapshot.recipients.get(owed.post_id, ())
    there = tuple(who for who in serving if who.person_id in snapshot.reachable)
    return there or tuple(Recipient(number) for number in snapshot.contacts(calendar))


def ask_for_figures(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield whom to ask for figures: once in a plan, by its first board that was started."""
    return _ask(snapshot, calendar, now, NotificationKind.FIGURE)


def ask_for_scores(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield whom to ask how risks are scored now, on the same days."""
    return _ask(snapshot, calendar, now, NotificationKind.RISK)


def _ask(snapshot: Snapshot, calendar: BoardCalendar, now: datetime, kind: NotificationKind) -> Iterator[Reason]:
    if not snapshot.figures or snapshot.first_board is not calendar:
        return
    today, started = local_day(now, calendar.zone), calendar.board.started_at
    for owed in (one for one in snapshot.figures if one.kind is kind):
        for who in asked_for_figure(snapshot, calendar, owed):
            come = [
                (step, at)
                for step, day in figure_steps(calendar, owed.period, who)
                if started is not None and started <= (at := at_local(day, calendar.zone)) <= now
            ]
            if come and not who.is_away(today):
                step, at = come[-1]
                lapses = end_of(last_day_of_asking(calendar, owed.period), calendar)
                yield Reason(kind, owed.subject, 0, owed.period.end, step, person(who.person_id), at, lapses)
