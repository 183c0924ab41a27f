"""Which actions each kind of notification looks at, on a board that was started: no other makes a difference to it.

Source: docs/decisions/0048-what-a-pass-reads.md.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.plan.candidates import ActionSort, Candidates
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar
from schedules.due import is_about_to_be_asked
from schedules.snapshot import Snapshot


def is_asking(calendar: BoardCalendar, now: datetime) -> bool:
    """Return whether leads are asked at `now` for a coming meeting, or the secretary is told who was."""
    return any(is_about_to_be_asked(calendar, meeting, now) for meeting in calendar.dated)


def what_is_asked(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Candidates]:
    """Yield what is asked about before a meeting, what is to follow, and what is about to be overdue."""
    yield Candidates(ActionSort.TO_FOLLOW)
    yield Candidates(ActionSort.DATED, since=local_day(now, calendar.zone) - timedelta(days=1))
    yield from what_concerns(snapshot, calendar, now)


def what_concerns(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Candidates]:
    """Yield what may concern a coming meeting: due at it or overdue, dated, standing, or all that the board keeps."""
    if not is_asking(calendar, now):
        return
    yield Candidates(ActionSort.DATED, since=date.min)
    yield Candidates(ActionSort.STANDING)
    for meeting in calendar.dated:
        if meeting.begun(now) or is_about_to_be_asked(calendar, meeting, now):
            yield Candidates(ActionSort.DUE_AT, meeting.id)
    if calendar.board.ask_all:
        yield Candidates(ActionSort.OF_BOARDS, calendar.board.id)


def what_was_decided(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Candidates]:
    """Yield what has an outcome at the latest meeting."""
    held = calendar.latest_held(now)
    if held is not None:
        yield Candidates(ActionSort.DECIDED_ON, held.id)


def what_awaits_outcomes(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Candidates]:
    """Yield what the latest meeting may decide on, until its outcomes are recorded."""
    held = calendar.latest_held(now)
    if held is not None and held.outcomes_recorded_at is None:
        yield Candidates(ActionSort.DECIDED_ON, held.id)
        yield Candidates(ActionSort.DUE_AT, held.id)
        yield Candidates(ActionSort.PROPOSED)


def what_leavers_led(snapshot: Snapshot, calendar: BoardCalendar, now: datetime) -> Iterator[Candidates]:
    """Yield what the posts of people who left lead."""
    for posts in snapshot.left.values():
        for post_id in posts:
            yield Candidates(ActionSort.LED, post_id)
