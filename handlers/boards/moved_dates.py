"""How the dates of a board's coming meetings move when its settings or its meetings change, in sentences.

Source: docs/explanation/boards-and-dates.md, Changing meetings.
"""

from handlers.context import RequestContext
from handlers.formatting import day_said, meeting_said, short_day
from models.notifications.lookups import steps_sent
from models.rules.calendar import StepDates, at_local
from models.rules.facts import BoardCalendar, MeetingFacts

_MOST_SHOWN = 2
"""Coming meetings whose new dates a receipt shows."""


def dates_moved(ctx: RequestContext, old: BoardCalendar, new: BoardCalendar) -> list[str]:
    """Return how the dates of the coming meetings that are in both move; nothing where none does."""
    before = {one.id: one for one in old.dated}
    both = [one for one in new.dated if one.start > ctx.now and one.id in before]
    moved = [one for one in both if old.dates(before[one.id]) != new.dates(one)]
    said = []
    for meeting in moved[:_MOST_SHOWN]:
        was, now = old.dates(before[meeting.id]), new.dates(meeting)
        days = [
            f"{name} {short_day(one)} → {day_said(other)}" if one != other else f"{name} {short_day(one)} as before"
            for name, one, other in (
                ("updates due", was.updates_due, now.updates_due),
                ("papers", was.papers, now.papers),
            )
        ]
        said.append(f"For {meeting_said(meeting, new)}: {', '.join(days)}.")
        said += steps_moved(ctx, new, meeting, now)
    return said


def steps_moved(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, dates: StepDates) -> list[str]:
    """Return what becomes of the steps of asking for one meeting whose dates have moved."""
    if calendar.board.started_at is None:
        return []
    if dates.updates_due < ctx.today:
        return ["That day is past, so nobody is asked for it any more."]
    said_before = steps_sent(ctx.session, meeting.id, dates.meeting)
    ahead = [
        f"{step.value} {short_day(day)}"
        for step, day in dates.steps
        if step not in said_before and at_local(day, calendar.zone) >= ctx.now
    ]
    out = [step.value for step, _ in dates.steps if step in said_before]
    said = [f"Still to come: {', '.join(ahead)}."] if ahead else ["Nobody is asked for it again."]
    if out:
        said.append(f"Gone out already, and not sent again: {', '.join(out)}.")
    return said
