"""When partners are asked for their returns on a coming meeting's focus theme. Pure.

Source: docs/explanation/boards-and-dates.md, Contributions to a focus theme.
"""

from collections.abc import Iterator
from datetime import datetime

from models.enums import NotificationKind
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar
from schedules.due import asked_lately, current_step, end_of
from schedules.snapshot import Reason, Snapshot, person


def ask_for_contributions(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield whom to ask for a partner's return on the focus theme of a coming meeting, at the same steps."""
    today = local_day(now, calendar.zone)
    for meeting in (one for one in calendar.dated if one.start > now):
        dates = calendar.dates(meeting)
        lapses = end_of(dates.updates_due, calendar)
        for owed in snapshot.contributions.get(meeting.id, ()):
            for who in snapshot.recipients.get(owed.post_id, ()):
                step = None if who.is_away(today) else current_step(calendar, meeting, dates, who, now)
                to, kind = person(who.person_id), NotificationKind.CONTRIBUTION
                said_before = snapshot.said_to(owed.post_id, to, kind)
                if step is not None and not asked_lately(said_before, calendar, meeting, step[0], now):
                    yield Reason(kind, owed.post_id, meeting.id, dates.meeting, step[0], to, step[1], lapses)
