"""When the next thing happens: the local workspace moves its clock from one of these instants to the next."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.rules.calendar import at_local, local_day
from models.rules.facts import BoardCalendar, message_days
from schedules.due import digest_days, weekly
from schedules.registry import NOTIFICATIONS
from schedules.snapshot import Snapshot

LONDON = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)


def list_boundaries(snapshot: Snapshot) -> Iterable[datetime]:
    """Yield every instant at which something may become due or lapse, as far as it can be known now."""
    for calendar in snapshot.calendars.values():
        if calendar.board.started_at is None:
            continue
        for entry in NOTIFICATIONS.values():
            yield from entry.wakes_by_day(snapshot, calendar) if entry.wakes_by_day else ()
        for meeting in calendar.dated:
            yield meeting.start
            for entry in NOTIFICATIONS.values():
                yield from entry.wakes(snapshot, calendar, meeting) if entry.wakes else ()
    yield from (snooze.until for snooze in snapshot.snoozes)
    for action in snapshot.actions:
        calendar_of = snapshot.calendars.get(action.board_id or 0)
        if action.follow_by is not None and calendar_of is not None:
            working = calendar_of.board.rules.working
            day = working.on_or_after(action.follow_by)
            yield from (at_local(day, calendar_of.zone), at_local(working.shift(day, 1), calendar_of.zone))


def next_instant(snapshot: Snapshot, now: datetime) -> datetime | None:
    """Return the next instant after `now` at which something may be sent; None when no board was started."""
    started = [calendar for calendar in snapshot.calendars.values() if calendar.board.started_at is not None]
    if not started:
        return None
    zone = started[0].zone
    today, working = local_day(now, zone), message_days(started)
    mornings = (at_local(one.on_or_after(today + _DAY * n), zone) for one in working for n in (0, 1))
    morning = min(one for one in mornings if one > now)
    return min((instant for instant in list_boundaries(snapshot) if now < instant < morning), default=morning)


def find_wake_at(snapshot: Snapshot, now: datetime, changes: Iterable[date], *, waits: bool) -> datetime:
    """Return until when nothing becomes due by itself after a look at the whole plan at `now`."""
    calendars = snapshot.calendars.values()
    zones = {calendar.zone for calendar in calendars} or {LONDON}
    moved = any(meeting.moved_at and meeting.start > now for calendar in calendars for meeting in calendar.dated)
    days = {*changes, *(action.due_date + _DAY for action in snapshot.actions if action.due_date is not None)}
    days |= {
        day + _DAY * n for zone in zones for day in [local_day(now, zone)] for n in ((0, 1) if waits or moved else ())
    }
    known = [
        now + timedelta(days=7),
        *(instant for day in days for zone in zones for instant in (at_local(day, zone, time(0)), at_local(day, zone))),
        *(calendar.board.started_at for calendar in calendars if calendar.board.started_at is not None),
        *list_boundaries(snapshot),
        *(at_local(day, calendar.zone) for calendar in calendars for day in _digests_to_come(calendar, now)),
    ]
    return min(instant for instant in known if instant > now)


def _digests_to_come(calendar: BoardCalendar, now: datetime) -> Iterable[date]:
    """Return the days of weekly digests within the next fortnight, however long ago the latest meeting was."""
    held = calendar.latest_held(now)
    if held is None:
        return ()
    today = local_day(now, calendar.zone)
    return (day for day in weekly(calendar, digest_days(calendar, held)[0], today + 14 * _DAY) if day > today)
