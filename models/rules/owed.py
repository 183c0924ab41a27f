"""Decide what is overdue, owed and missed. Reminders, digests, Home and `mine` all ask here, so that they agree.

Source: docs/explanation/boards-and-dates.md.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TypeVar

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

    It is the later of the previous meeting and 30 days before updates are due.
    """
    known = calendar.answers_from.get((meeting.id, meeting.start))
    if known is None:
        updates_due = calendar.dates(meeting).updates_due
        since = at_local(updates_due - timedelta(days=ANSWER_COUNTS_DAYS), calendar.zone, time(0))
        previous = calendar.previous(meeting)
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


def due_meeting_at(action: ActionFacts, when: datetime) -> int | None:
    """Return the id of the meeting the action was due at, at a past instant."""
    for moved_at, from_meeting in action.due_moves:
        if moved_at > when:
            return from_meeting
    return action.due_meeting_id


def meetings_missed(action: ActionFacts, calendar: BoardCalendar, now: datetime) -> int:
    """Count the home board's meetings held while the action was open and due at that meeting or an earlier one.

    A meeting at which it was closed is not missed. Those of a board that kept it before count as well.
    """
    if action.kind is Kind.STANDING or action.due_date is not None:
        return 0
    return action.missed_before + missed_at(action, calendar, now) if action.missed is None else action.missed


def missed_at(action: ActionFacts, calendar: BoardCalendar, now: datetime) -> int:
    """Count one board's meetings that were held while the action was due at that board."""
    moved = [at for at, _ in action.due_moves]
    return missed_among(action, calendar, now, calendar.starts, moved, [meeting for _, meeting in action.due_moves])


Comparable = TypeVar("Comparable", datetime, str)


def missed_among(
    action: ActionFacts,
    calendar: BoardCalendar,
    now: datetime,
    starts: Sequence[Comparable],
    moved: Sequence[Comparable],
    dues: Sequence[int | None],
) -> int:
    """Count the same of an action that was moved at some instants, from these meetings.

    `starts`: when the board's meetings start, in the form that `moved` has.
    """
    until = now if action.closed_at is None else min(now, action.closed_at - timedelta.resolution)
    missed = done = 0
    for place in range(bisect_right(calendar.starts, until)):
        # As `due_meeting_at`, which would begin anew for each meeting.
        while done < len(moved) and moved[done] <= starts[place]:
            done += 1
        due = dues[done] if done < len(moved) else action.due_meeting_id
        missed += calendar.missed_from.get(due or 0, len(starts)) <= place
    return missed
