"""When a notification of each kind may come or lapse for a meeting, as far as it can be known beforehand."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from handlers.papers.meetings import freezes_at
from models.rules.calendar import at_local, shift_for_closure
from models.rules.facts import BoardCalendar, MeetingFacts, Recipient
from schedules.clearance_reminders import clearance_steps
from schedules.due import digest_days, end_of, weekly
from schedules.snapshot import Snapshot


def wake_to_ask(snapshot: Snapshot, calendar: BoardCalendar, meeting: MeetingFacts) -> Iterator[datetime]:
    """Yield the steps of asking, also behind closed days, the Mondays between, and when updates are due no more."""
    rules, dates = calendar.board.rules, calendar.dates(meeting)
    days = {day for _, day in dates.steps} | {dates.updates_due}
    for span in {span for who in snapshot.recipients.values() for one in who for span in one.closed}:
        days |= {day for _, day in shift_for_closure(dates, (span,), rules)}
    # What the weekly limit holds back waits for a Monday while updates are not yet due.
    if dates.steps:
        monday = dates.steps[0][1] - timedelta(days=dates.steps[0][1].weekday())
        while (monday := monday + timedelta(weeks=1)) <= dates.updates_due:
            days.add(rules.working.on_or_after(monday))
    yield from (at_local(day, calendar.zone) for day in days)
    yield end_of(dates.updates_due, calendar)


def wake_for_no_update(snapshot: Snapshot, calendar: BoardCalendar, meeting: MeetingFacts) -> Iterator[datetime]:
    """Yield the morning of *No update received*."""
    yield at_local(calendar.dates(meeting).no_update, calendar.zone)


def wake_for_outcomes(snapshot: Snapshot, calendar: BoardCalendar, meeting: MeetingFacts) -> Iterator[datetime]:
    """Yield the morning of *After the meeting*."""
    yield at_local(calendar.dates(meeting).after, calendar.zone)


def wake_to_tell_outcomes(snapshot: Snapshot, calendar: BoardCalendar, meeting: MeetingFacts) -> Iterator[datetime]:
    """Yield the morning on which leads are told what was decided, where nobody recorded it before."""
    yield at_local(calendar.board.rules.working.shift(calendar.dates(meeting).last_day, 1), calendar.zone)


def wake_for_digest(snapshot: Snapshot, calendar: BoardCalendar, meeting: MeetingFacts) -> Iterator[datetime]:
    """Yield the mornings of the first digest and of those a week apart, until the next meeting."""
    first, _ = digest_days(calendar, meeting)
    following = calendar.following(meeting)
    until = calendar.day(following) if following else first + timedelta(weeks=8)
    yield from (at_local(day, calendar.zone) for day in (first, *weekly(calendar, first, until)))


def wake_for_papers(snapshot: Snapshot, calendar: BoardCalendar, meeting: MeetingFacts) -> Iterator[datetime]:
    """Yield when the figures of a meeting's paper are frozen."""
    yield freezes_at(calendar, meeting)


def wake_for_clearances(snapshot: Snapshot, calendar: BoardCalendar, meeting: MeetingFacts) -> Iterator[datetime]:
    """Yield the mornings on which those who have not cleared a meeting's report are reminded."""
    for waiting in snapshot.clearances.get(meeting.id, ()):
        for who in snapshot.recipients.get(waiting.facts.post_id or 0, (Recipient(0),)):
            yield from (came for _, came in clearance_steps(calendar, waiting, who))
