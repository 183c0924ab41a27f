"""What a partner's contributor is sent: the request, the reminder and the last call for a return on a focus theme."""

from collections.abc import Sequence

from handlers.context import RequestContext
from handlers.contributions.returns import Returns, returns_for
from handlers.contributions.shown import asked_of_partner, give_button
from handlers.formatting import IN_PAPERS, day_said, number_said
from handlers.responses import Content, Group
from models.enums import Step
from models.rules.calendar import local_day
from models.rules.contributions import Contributor
from models.rules.facts import MeetingFacts
from models.storage.notification_tables import Notification


def write_contribution_requests(ctx: RequestContext, notifications: Sequence[Notification]) -> Content:
    """Write what one person is asked to contribute, a group for each return, with the form; and what was given."""
    meetings = ctx.meetings({one.meeting_id for one in notifications})
    by_meeting = {one.meeting.id: one for one in returns_for(ctx, meetings)}
    rows: list[tuple[Returns, Contributor]] = []
    for notification in notifications:
        returns = by_meeting.get(notification.meeting_id)
        whose = [one for one in returns.contributors if one.post_id == notification.subject] if returns else []
        rows += [(returns, one) for one in whose if returns is not None and (returns, one) not in rows]
    waiting = [row for row in rows if row[1] in row[0].owed]
    return Content(
        _headline(waiting, {one.step for one in notifications}),
        intro=_intro(ctx, waiting),
        groups=tuple(_group(ctx, *row) for row in rows),
        footer=("Or in your own words: “contribution: we trained three teams …”.", IN_PAPERS),
    )


def _headline(waiting: Sequence[tuple[Returns, Contributor]], steps: set[object]) -> str:
    if not waiting:
        return "Thank you: no contribution is wanted of you just now."
    returns = waiting[0][0]
    what = "a contribution" if len(waiting) == 1 else number_said(len(waiting), "contribution")
    due = day_said(returns.calendar.dates(returns.meeting).updates_due)
    if Step.LAST_CALL in steps:
        return f"Last call: {what} to {returns.theme.name} by today, {due}."
    said = f"{what} to {returns.theme.name} by {due}"
    return f"Reminder: we still wait for {said}." if Step.REMINDER in steps else f"The board asks you for {said}."


def _intro(ctx: RequestContext, waiting: Sequence[tuple[Returns, Contributor]]) -> tuple[str, ...]:
    if not waiting:
        return ()
    returns, whose = waiting[0]
    if returns.calendar.dates(returns.meeting).updates_due <= ctx.today:
        return (f"The papers will list: no contribution received from {whose.named}.",)
    return (asked_of_partner(returns),)


def _group(ctx: RequestContext, returns: Returns, whose: Contributor) -> Group:
    heading = f"{whose.named}: {returns.named}"
    entry = returns.given.get(whose.slot)
    if entry is not None:
        on = day_said(local_day(entry.at, ctx.zone))
        return Group(heading, texts=(f"Given by {entry.signature} on {on}.",))
    if _is_over(ctx, returns.meeting):
        return Group(heading, texts=("No contribution is wanted for this meeting any more.",))
    return Group(heading, buttons=(give_button(returns, whose),))


def _is_over(ctx: RequestContext, meeting: MeetingFacts) -> bool:
    return not meeting.dated or meeting.begun(ctx.now)
