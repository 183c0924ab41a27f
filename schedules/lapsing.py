"""Whether a notification still holds, and why it lapses where it does not."""

from datetime import datetime

from models.enums import MeetingState, NotificationKind, NotificationState
from models.notifications import messages
from models.notifications.assignment import Unassigned
from models.rules.calendar import local_day
from models.rules.facts import ActionFacts, BoardCalendar
from models.rules.owed import is_awaiting, is_open, is_owed
from models.rules.steps import LeadChange, MoveRequested, Promised, narrow_step
from models.storage.notification_tables import Notification
from schedules.due import asked_people, is_snoozed
from schedules.snapshot import Snapshot, person

ANSWERED = "answered"
SNOOZED = "snoozed"
NOT_THEIRS = "somebody else answers for it now"
REASON_AWAY = "away"
REMINDERS_STOPPED = "reminders were stopped"
UNASKED = (
    NotificationKind.UPDATE,
    NotificationKind.NO_UPDATE,
    NotificationKind.AFTER_MEETING,
    NotificationKind.DIGEST,
    NotificationKind.OUTCOME,
)
"""What a board says of itself, and no more once it is quiet."""


def lapse_settled(notifications: list[Notification], snapshot: Snapshot, now: datetime) -> list[Notification]:
    """Return the notifications that still hold; the others lapse, and may be opened again."""
    kept: list[Notification] = []
    for notification in notifications:
        if notification.state is not NotificationState.OPEN:
            continue
        why = why_lapses(snapshot, notification, now)
        if why:
            notification.state, notification.reason, notification.message_id = NotificationState.LAPSED, why, None
        else:
            kept.append(notification)
    return kept


def why_lapses(snapshot: Snapshot, notification: Notification | Unassigned, now: datetime) -> str:
    """Return why a notification lapses at `now`; "" where it still holds."""
    if notification.lapses_at is not None and notification.lapses_at <= now:
        return notification.reason or messages.TOO_LATE
    if notification.kind is NotificationKind.FAILED:
        return ""
    if notification.kind in (
        NotificationKind.IN_QUESTION,
        NotificationKind.REPLAN,
        NotificationKind.REPORTED,
        NotificationKind.OTHER_BOARD,
    ):
        return _settled(snapshot, notification)
    if notification.kind is NotificationKind.NEW_LEAD:
        return _changed_again(snapshot, notification)
    if notification.kind is NotificationKind.KEEPER:
        return _kept_again(snapshot, notification)
    if notification.kind is NotificationKind.LEFT:
        return "" if notification.subject in snapshot.left else "they are back"
    calendar = snapshot.calendar_of(notification.meeting_id)
    if calendar is None:
        return "the meeting is gone"
    meeting = calendar.by_id[notification.meeting_id]
    if not meeting.dated or calendar.day(meeting) != notification.meeting_day:
        return "the meeting was moved or cancelled"
    if calendar.board.started_at is None and notification.kind in UNASKED:
        return REMINDERS_STOPPED
    if notification.kind is NotificationKind.AFTER_MEETING and meeting.outcomes_recorded_at is not None:
        return "outcomes recorded"
    if notification.kind is not NotificationKind.UPDATE:
        return ""
    action = snapshot.action(notification.subject)
    if action is None or not is_open(action) or is_awaiting(action):
        return ANSWERED
    if isinstance(notification.step, Promised):
        if action.follow_by != notification.step.by:
            return ANSWERED
    elif not is_owed(action, meeting, calendar, now):
        return ANSWERED
    return _not_theirs(snapshot, action, notification, now, calendar)


def _changed_again(snapshot: Snapshot, notification: Notification | Unassigned) -> str:
    """Return whether what the old and the new lead of an action are told has been overtaken."""
    action = snapshot.action(notification.subject)
    if action is None:
        return ""
    change = narrow_step(notification.step, LeadChange)
    if change.moved_away:
        return "they lead it again" if change.by_action and action.lead_post_id == change.post_id else ""
    if action.lead_post_id != change.post_id:
        return "the lead has changed again"
    if not is_open(action):
        return "it is closed"
    serving = snapshot.recipients.get(change.post_id, ())
    return (
        NOT_THEIRS
        if change.by_action and notification.recipient not in {person(one.person_id) for one in serving}
        else ""
    )


def _kept_again(snapshot: Snapshot, notification: Notification | Unassigned) -> str:
    """Return whether what the old and the new secretary of a board are told has been overtaken."""
    change, calendar = narrow_step(notification.step, LeadChange), snapshot.calendars.get(notification.subject)
    keeps = calendar is not None and calendar.board.secretary_post_id == change.post_id
    return "" if keeps is not change.moved_away else "the secretary has changed again"


def _settled(snapshot: Snapshot, notification: Notification | Unassigned) -> str:
    """Return whether what a secretary is told about one action has been settled meanwhile."""
    action = snapshot.action(notification.subject)
    if action is None:
        return ""
    if notification.kind is NotificationKind.IN_QUESTION and not action.lead_in_question:
        return "the lead answers for it after all"
    if notification.kind is NotificationKind.REPLAN and (
        not is_open(action) or action.due_meeting_id == notification.meeting_id
    ):
        return "it was moved or closed"
    if notification.kind is NotificationKind.REPORTED and is_open(action):
        return "it is open again"
    if notification.kind is NotificationKind.OTHER_BOARD and isinstance(notification.step, MoveRequested):
        meeting = next(
            (
                c.by_id[notification.meeting_id]
                for c in snapshot.calendars.values()
                if notification.meeting_id in c.by_id
            ),
            None,
        )
        moved = notification.step.due_mark != action.due_mark
        if moved or not is_open(action) or meeting is None or meeting.state is MeetingState.CANCELLED:
            return "it was moved or closed, or the meeting was cancelled"
    return ""


def _not_theirs(
    snapshot: Snapshot,
    action: ActionFacts,
    notification: Notification | Unassigned,
    now: datetime,
    calendar: BoardCalendar,
) -> str:
    mine = [who for who in asked_people(snapshot, action) if person(who.person_id) == notification.recipient]
    if not mine:
        return NOT_THEIRS
    if mine[0].is_away(local_day(now, calendar.zone)):
        return REASON_AWAY
    return SNOOZED if is_snoozed(snapshot, action.id, mine[0].person_id, now) else ""
