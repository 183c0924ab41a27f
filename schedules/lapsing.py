"""Whether a notification still holds, and why it lapses where it does not."""

from datetime import datetime

from models.enums import NotificationState
from models.notifications import messages
from models.storage.notification_tables import Notification
from schedules.holding import AnyNotification
from schedules.registry import NOTIFICATIONS
from schedules.snapshot import Snapshot

REMINDERS_STOPPED = "reminders were stopped"


def lapse_settled(notifications: list[Notification], snapshot: Snapshot, now: datetime) -> list[Notification]:
    """Return the notifications that still hold; the others lapse, and may be opened again."""
    kept: list[Notification] = []
    for notification in notifications:
        if notification.state is not NotificationState.OPEN:
            continue
        why = why_lapses(snapshot, notification, now)
        if why:
            set_lapsed(notification, why)
        else:
            kept.append(notification)
    return kept


def set_lapsed(notification: Notification, why: str) -> None:
    """Lapse a notification, and take it out of its message."""
    notification.state, notification.reason, notification.message_id = NotificationState.LAPSED, why, None


def why_lapses(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why a notification lapses at `now`; "" where it still holds."""
    if notification.lapses_at is not None and notification.lapses_at <= now:
        return notification.reason or messages.TOO_LATE
    entry = NOTIFICATIONS[notification.kind]
    if entry.of_meeting:
        calendar = snapshot.calendar_of(notification.meeting_id)
        if calendar is None:
            return "the meeting is gone"
        meeting = calendar.by_id[notification.meeting_id]
        if not meeting.dated or calendar.day(meeting) != notification.meeting_day:
            return "the meeting was moved or cancelled"
        if entry.until_stopped and calendar.board.started_at is None:
            return REMINDERS_STOPPED
    return entry.lapses(snapshot, notification, now) if entry.lapses else ""
