"""Decide what is overdue, owed and missed. Reminders, digests, Home and `mine` all ask here, so that they agree.

Source: docs/explanation/boards-and-dates.md.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from models.enums import OPEN, Kind, Status
from models.rules.calendar import at_local, local_day
from models.rules.facts import ActionFacts, BoardCalendar, MeetingFacts

ANSWER_COUNTS_DAYS = 30
"""An answer counts for a meeting if it was given at most this many days before updates are due."""
REVIEW_EVERY_DAYS = 365
"""A standing commitment is reviewed once a year, even where no meeting focuses on its theme."""


def is_open(action: ActionFacts) -> bool:
    """Return whether it is neither complete nor closed-not-done."""
    return action.status in OPEN


def is_awaiting(action: ActionFacts) -> bool:
    """Return whether it is proposed for closure: awaiting the board, never owed, never overdue."""
    return action.status is Status.PROPOSED


def is_for_meeting(action: ActionFacts, meeting: MeetingFacts, calendar: BoardCalendar, now: datetime) -> bool:
    """Return whether an action due at `meeting` is *for this meeting*.

    It is from the meeting's start until its outcome is recorded or five working days have passed.
    """
    return (
        meeting.begun(now)
        and meeting.id not in action.outcome_meetings
        and meeting.outcomes_recorded_at is None
        and local_day(now, calendar.zone) <= calendar.dates(meeting).last_day
    )


def is_overdue(action: ActionFacts, calendar: BoardCalendar, now: datetime) -> bool:
    """Return whether it is open, not awaiting the board, and past its meeting or date with no new due meeting."""
    if action.kind is Kind.STANDING or not is_open(action) or is_awaiting(action):
        return False
    if action.due_date is not None:
        return local_day(now, calendar.zone) > action.due_date
    meeting = calendar.by_id.get(action.due_meeting_id or 0)
    if meeting is None or not meeting.begun(now):
        return False
    return not is_for_meeting(action, meeting, calendar, now)


def answers_count_from(meeting: MeetingFacts, calendar: BoardCalendar) -> datetime:
    """Return the instant from which an answer counts for `meeting`.

    It is the later of 30 days before updates are due and the previous meeting, where the asking began after that: an
    extraordinary meeting in between takes away no answer.
    """
    known = calendar.answers_from.get((meeting.id, meeting.start))
    if known is None:
        updates_due = calendar.dates(meeting).updates_due
        since = at_local(updates_due - timedelta(days=ANSWER_COUNTS_DAYS), calendar.zone, time(0))
        previous = calendar.asked_after(meeting)
        known = max(since, previous.start) if previous else since
        calendar.answers_from[(meeting.id, meeting.start)] = known
    return known


def concerns(action: ActionFacts, meeting: MeetingFacts, calendar: BoardCalendar, now: datetime) -> bool:
    """Return whether an answer on this action is wanted for this meeting, given or not.

    Wanted are: what is due at it or overdue (all open deliverables where the board asks for them), and the standing
    commitments of its focus theme or not reviewed for a year.
    """
    if not is_open(action) or action.board_id != meeting.board_id:
        return False
    if action.kind is Kind.STANDING:
        if meeting.focus_theme_id is not None and meeting.focus_theme_id in {
            action.theme_id,
            *action.priority_theme_ids,
        }:
            return True
        reviewed = action.reviewed_since
        if action.last_answer_at is not None:
            answered = local_day(action.last_answer_at, calendar.zone)
            reviewed = max(reviewed, answered) if reviewed else answered
        return reviewed is not None and calendar.day(meeting) - reviewed > timedelta(days=REVIEW_EVERY_DAYS)
    if action.due_meeting_id == meeting.id or is_overdue(action, calendar, now):
        return True
    if action.due_date is not None:
        previous = calendar.previous(meeting)
        return action.due_date <= calendar.day(meeting) and (
            previous is None or action.due_date > calendar.day(previous)
        )
    return calendar.board.ask_all


def is_answered(action: ActionFacts, meeting: MeetingFacts, calendar: BoardCalendar) -> bool:
    """Return whether an answer that counts for this meeting was given."""
    return action.last_answer_at is not None and action.last_answer_at >= answers_count_from(meeting, calendar)


def is_owed(action: ActionFacts, meeting: MeetingFacts, calendar: BoardCalendar, now: datetime) -> bool:
    """Return whether an answer on this action is still owed for this meeting.

    An action for all partners is never asked about itself: each of its parts is.
    """
    return (
        meeting.dated
        and not action.has_parts
        and not is_awaiting(action)
        and concerns(action, meeting, calendar, now)
        and not is_answered(action, meeting, calendar)
    )


def meetings_missed(action: ActionFacts, calendar: BoardCalendar, now: datetime) -> int:
    """Count the home board's meetings held while the action was open and due at that meeting or an earlier one.

    A meeting at which it was closed is not missed. Those of a board that kept it before count as well.
    """
    if action.kind is Kind.STANDING or action.due_date is not None:
        return 0
    first = calendar.missed_from.get(action.due_meeting_id or 0)
    if first is None:
        return action.missed_before
    if action.moved_at is not None:
        first = max(first, bisect_left(calendar.starts, action.moved_at))
    until = now if action.closed_at is None else min(now, action.closed_at - timedelta.resolution)
    return action.missed_before + max(0, bisect_right(calendar.starts, until) - first)


class Meetings:
    """Meetings of some boards, for counting those that were held."""

    def __init__(self, meetings: Iterable[MeetingFacts]) -> None:
        self.by_id = {meeting.id: meeting for meeting in meetings}
        self._starts: dict[int, list[datetime]] = defaultdict(list)
        for meeting in self.by_id.values():
            if meeting.dated:
                self._starts[meeting.board_id].append(meeting.start)
        for starts in self._starts.values():
            starts.sort()

    def missed_between(self, due: int | None, since: datetime | None, until: datetime) -> int:
        """Count those that what is due at one of them missed from an instant on and before another."""
        meeting = self.by_id.get(due or 0)
        if meeting is None:
            return 0
        starts = self._starts[meeting.board_id]
        first = meeting.order if since is None else max(meeting.order, since)
        return max(0, bisect_left(starts, until) - bisect_left(starts, first))


def missed_until_moved(
    moves: Iterable[tuple[datetime, int | None]], meetings: Meetings, closed_at: datetime | None
) -> int:
    """Count the meetings that an action had missed when it was moved last, each at the board that kept it then.

    Args:
        moves: when it was moved and from which meeting, oldest first.
        meetings: all of each board concerned.
        closed_at: when it was closed, if it is.
    """
    missed, since = 0, None
    for at, due in moves:
        missed += meetings.missed_between(due, since, at if closed_at is None else min(at, closed_at))
        since = at if since is None else max(since, at)
    return missed
