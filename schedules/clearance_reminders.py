"""When whoever clears a report is reminded that nothing was received. Pure.

Source: docs/how-to/secretary.md, Clearances.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from models.enums import NotificationKind
from models.records.report_entries import WaitingClearance
from models.rules.calendar import at_local, local_day
from models.rules.facts import BoardCalendar, Recipient
from models.rules.steps import ClearanceAsked
from schedules.due import armed_from
from schedules.snapshot import Reason, Snapshot, person

_REMIND_AFTER = (2, 4)
"""Working days after a report was sent for clearance."""


def remind_of_clearances(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Reason]:
    """Yield whom to remind that their clearance of a coming meeting's report was not received."""
    board_id, today = calendar.board.id, local_day(now, calendar.zone)
    for meeting in calendar.dated:
        armed = armed_from(calendar, meeting)
        if armed is None or meeting.start <= now:
            continue
        for waiting in snapshot.clearances.get(meeting.id, ()):
            for who in snapshot.recipients.get(waiting.facts.post_id or 0, ()):
                come = [
                    (days, came)
                    for days, came in clearance_steps(calendar, waiting, who)
                    if max(armed, waiting.at) <= came <= now
                ]
                if come and not who.is_away(today):
                    step = ClearanceAsked(waiting.which.mark, waiting.facts.sent or today, come[-1][0])
                    to, day = person(who.person_id), calendar.day(meeting)
                    kind = NotificationKind.CLEARANCE
                    yield Reason(kind, board_id, meeting.id, day, step, to, come[-1][1], meeting.start)


def clearance_steps(
    calendar: BoardCalendar, waiting: WaitingClearance, who: Recipient
) -> Iterator[tuple[int, datetime]]:
    """Yield after how many working days a clearance is asked for again, and when; closed days are no working days."""
    open_days = replace(calendar.board.rules.working, closures=calendar.board.rules.closures + who.closed)
    for days in _REMIND_AFTER:
        if waiting.facts.sent is not None:
            yield days, at_local(open_days.shift(waiting.facts.sent, days), calendar.zone)
