"""How many leads answered before papers, and how long an answer took: worked out from the record and the ledger.

What was wanted for a meeting is what was owed for it on the morning of its papers, by `models.rules.owed` on the state
that each action had then. Numbers of leads alone come out: nobody's name, post or words.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import ANSWERS, AnswerKind, NotificationKind, NotificationState
from models.records.action_state import counting_entries, derive_state, first_corrected, taken_back
from models.rules.calendar import at_local
from models.rules.facts import ActionFacts, BoardCalendar, MeetingFacts
from models.rules.owed import Meetings, concerns, is_answered, is_awaiting
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.notification_tables import Notification
from models.storage.scope import EVERY_PLAN, in_plan
from models.storage.tables import Action, ActionPriority, Priority


@dataclass(frozen=True, slots=True)
class MeetingFigures:
    """One meeting's: of how many leads an answer was wanted, how many had answered all, and how long answers took."""

    calendar: BoardCalendar
    meeting: MeetingFacts
    leads: int
    answered: int
    waits: tuple[timedelta, ...]
    """From the first request about an action to the first answer, of each action that was asked about and answered."""


class _Past:
    """The actions of a plan with all that happened to them."""

    def __init__(self, session: Session, calendars: Collection[BoardCalendar]) -> None:
        self._actions = session.scalars(select(Action).order_by(Action.id)).all()
        self._wholes = {action.parent_id for action in self._actions}
        self._updates, self._outcomes, self._replans = (_by_action(session, one) for one in (Update, Outcome, Replan))
        self._themes = defaultdict[int, set[int | None]](set)
        served = select(ActionPriority.action_id, Priority.theme_id).join(
            Priority, Priority.id == ActionPriority.priority_id
        )
        for action_id, theme_id in session.execute(served):
            self._themes[action_id].add(theme_id)
        self._meetings = Meetings(meeting for calendar in calendars for meeting in calendar.meetings)
        self._asked = _first_requests(session)

    def facts_before(self, at: datetime, meeting: MeetingFacts) -> Iterator[ActionFacts]:
        """Yield each action as it stood just before an instant; what was asked about for the meeting was there."""
        for row in self._actions:
            if row.created_at >= at and row.id not in self._asked[meeting.id]:
                continue
            updates, outcomes, replans = (
                [one for one in rows[row.id] if one.at < at] for rows in (self._updates, self._outcomes, self._replans)
            )
            undone, _ = taken_back(updates)
            state = derive_state(row, updates, outcomes, replans, self._meetings)
            yield ActionFacts(
                row.id,
                row.ref,
                row.kind,
                state.status,
                row.board_id,
                theme_id=row.theme_id,
                lead_post_id=_lead_before(row, self._updates[row.id], at),
                due_meeting_id=state.due_meeting_id,
                due_date=row.due_date if state.due_meeting_id is None else None,
                last_answer_at=state.last_answer_at,
                reviewed_since=row.reviewed_since,
                closed_at=state.closed_at,
                has_parts=row.id in self._wholes,
                priority_theme_ids=frozenset(one for one in self._themes[row.id] if one is not None),
                outcome_meetings=frozenset(one.meeting_id for one in outcomes if one.id not in undone),
            )

    def waits(self, meeting: MeetingFacts) -> Iterator[timedelta]:
        """Yield how long each action that was asked about for a meeting took to be answered before it began."""
        for action_id, asked_at in self._asked[meeting.id].items():
            updates = self._updates[action_id]
            by_id = {one.id: one for one in updates}
            said = [first_corrected(one, by_id).at for one in counting_entries(updates) if one.kind in ANSWERS]
            first = min((at for at in said if asked_at <= at < meeting.start), default=None)
            if first is not None:
                yield first - asked_at


def meeting_figures(
    session: Session, calendars: Mapping[int, BoardCalendar], since: date, until: date, now: datetime
) -> list[MeetingFigures]:
    """Return the figures of each meeting whose papers went out in a period, in the order of the meetings.

    A meeting of a board whose reminders had not begun, or for which nothing was wanted, is left out.

    Args:
        session: reads in one workspace.
        calendars: the boards that count.
        since: the first local day.
        until: the last local day.
        now: the plan's time.
    """
    chosen = [
        (at, calendar, meeting)
        for calendar in calendars.values()
        for meeting in calendar.dated
        if since <= calendar.dates(meeting).papers <= until
        and (at := at_local(calendar.dates(meeting).papers, calendar.zone)) <= now
        and calendar.board.started_at is not None
        and calendar.board.started_at < at
    ]
    with in_plan(session, EVERY_PLAN):
        past = _Past(session, calendars.values()) if chosen else None
    found = []
    for at, calendar, meeting in sorted(chosen, key=lambda one: (one[2].start, one[2].id)):
        assert past is not None  # noqa: S101 - there is a meeting
        answered = defaultdict[int, list[bool]](list)
        for facts in past.facts_before(at, meeting):
            if facts.lead_post_id is None or facts.has_parts or not concerns(facts, meeting, calendar, at):
                continue
            answers = is_answered(facts, meeting, calendar)
            if answers or not is_awaiting(facts):
                answered[facts.lead_post_id].append(answers)
        if answered:
            whole = sum(all(one) for one in answered.values())
            found.append(MeetingFigures(calendar, meeting, len(answered), whole, tuple(past.waits(meeting))))
    return found


def _by_action(session: Session, table: Any) -> Mapping[int, list[Any]]:
    found = defaultdict[int, list[Any]](list)
    for row in session.scalars(select(table).order_by(table.id)):
        found[row.action_id].append(row)
    return found


def _first_requests(session: Session) -> Mapping[int, dict[int, datetime]]:
    """Return when each action was first asked about for each meeting."""
    asked = select(Notification.meeting_id, Notification.subject, func.min(Notification.said_at)).where(
        Notification.kind == NotificationKind.UPDATE,
        Notification.state == NotificationState.SENT,
    )
    found = defaultdict[int, dict[int, datetime]](dict)
    for meeting_id, action_id, at in session.execute(asked.group_by(Notification.meeting_id, Notification.subject)):
        if at is not None:
            found[meeting_id][action_id] = at
    return found


def _lead_before(row: Action, updates: Collection[Update], at: datetime) -> int | None:
    """Return the post that led an action just before an instant; where that was not noted, the one that leads now."""
    changes = [one for one in updates if one.kind is AnswerKind.ASSIGNED]
    if any(one.lead_post_id is None for one in changes):
        return row.lead_post_id
    before = [one for one in changes if one.at < at]
    first = row.first_lead_post_id if changes else row.lead_post_id
    return (before[-1].lead_post_id if before else first) or None
