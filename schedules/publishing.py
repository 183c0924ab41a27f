"""A digest that was published says so wherever the secretary has it, and loses its button.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

from datetime import datetime

from handlers.formatting import short_day
from handlers.status.digest_snapshot import shown_in, shown_on
from models.enums import NotificationKind
from models.notifications import messages
from models.notifications.lookups import answers_that_publish, digest_parts
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.storage.notification_tables import Message
from models.storage.sessions import Session
from schedules.ports import Messenger


def say_published(session: Session, messenger: Messenger, message: Message, now: datetime) -> None:
    """Have every digest of the day that a message published say where and when, in place of its button."""
    zone = zone_of(session, message.workspace_id)
    for notification in messages.notifications_of(session, message.id):
        shown = shown_in(notification.fingerprint) if notification.kind is NotificationKind.PUBLISH else None
        if shown is None:
            continue
        day = shown_on(shown)
        said = f"Published to {message.address}, {short_day(local_day(now, zone))}."
        for part, fingerprint in digest_parts(session, notification.subject):
            told = shown_in(fingerprint)
            if told is not None and shown_on(told) == day:
                part.payload = messenger.published(part.payload, said, message.address)
                part.as_is, part.stale = True, part.stale + 1
        for answer in answers_that_publish(session, notification.subject):
            if local_day(answer.at, zone) == day:
                answer.payload, answer.stale = messenger.published(answer.payload, said, message.address), True
