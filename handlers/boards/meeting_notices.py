"""What leads are told when a meeting was moved, cancelled or added: when their actions are due now, in one message.

What was undone before anybody was told is told to nobody.

Source: docs/explanation/boards-and-dates.md, Changing meetings.
"""

from collections.abc import Sequence

from handlers.context import RequestContext
from handlers.formatting import CANCELLED, action_line, day_said, meeting_said, number_said, time_said
from handlers.responses import Content, Group, Written
from models.enums import MeetingState
from models.plan.action_filter import ActionFilter
from models.plan.meeting_rows import meeting_note
from models.records.settings_log import meeting_changes
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.steps import MeetingChanged, narrow_step
from models.storage.history_tables import MeetingChange
from models.storage.notification_tables import Notification


def write_meeting_changes(ctx: RequestContext, notifications: Sequence[Notification]) -> Written:
    """Write what became of meetings, and the actions of one lead that were due at them."""
    news: list[str] = []
    unsaid: set[int] = set()
    actions: set[int] = set()
    for meeting_id in dict.fromkeys(one.meeting_id for one in notifications):
        some = [one for one in notifications if one.meeting_id == meeting_id]
        said = _said(ctx, meeting_id, min(narrow_step(one.step, MeetingChanged).change_id for one in some))
        if said:
            news.append(said)
            actions |= {one.subject for one in some}
        else:
            unsaid |= {one.id for one in some}
    views = ctx.views_to_answer(ActionFilter(ids=actions)) if actions else []
    if not views:
        return Written(None, unsaid=frozenset(one.id for one in notifications))
    lines = tuple(action_line(view, ctx.calendars, ctx.now) for view in views)
    content = Content(
        news[0],
        (*news[1:], f"It concerns {number_said(len(lines), 'action')} of yours:"),
        (Group(lines=lines),),
        footer=("“/cypp mine” shows all your actions.",),
    )
    return Written(content, unsaid=frozenset(unsaid))


def _said(ctx: RequestContext, meeting_id: int, first: int) -> str:
    """Return what became of a meeting since before its entry `first`; "" where it stands as before."""
    calendar = ctx.where(meeting_id)
    history = meeting_changes(ctx.session, meeting_id)
    if calendar is None:
        return ""
    place = next(number for number, one in enumerate(history) if one.id == first)
    before, meeting = history[place - 1] if place else None, calendar.by_id[meeting_id]
    return meeting_news(calendar, meeting, before, meeting_note(ctx.session, meeting_id))


def meeting_news(calendar: BoardCalendar, meeting: MeetingFacts, before: MeetingChange | None, why: str) -> str:
    """Return a meeting's change in a sentence: from how it stood `before`, None where it was not there; "" for none."""
    name, now = f"The {calendar.board.name}", meeting_said(meeting, calendar).removesuffix(CANCELLED)
    when = f"{now}, {time_said(meeting.start, calendar)}" if meeting.starts_at is not None else now
    cancelled = meeting.state is MeetingState.CANCELLED
    if before is None:
        return "" if cancelled else f"{name} meets on {when} as well."
    if cancelled:
        return "" if before.state is MeetingState.CANCELLED else f"{name} does not meet on {now}: “{why}”."
    if before.state is MeetingState.CANCELLED:
        return f"{name} meets on {when} after all."
    if before.starts_at == meeting.starts_at:
        return ""
    was = day_said(local_day(before.starts_at, calendar.zone)) if before.starts_at is not None else ""
    return f"{name} meets on {when}{f' instead of {was}' if was else ''}."
