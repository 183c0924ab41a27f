"""Changing in place what was delivered or answered: somebody answered since, or words were redacted.

Source: docs/explanation/delivery.md, One pass.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.notifications.wording import write_message
from handlers.responses import Content
from models.enums import MessageState, NotificationState
from models.notifications import lookups, messages
from models.notifications.stale_answers import list_stale_answers, mark_shown
from models.storage.engine import Database
from models.storage.notification_tables import Message
from models.storage.sessions import Session
from models.storage.tracebacks import format_traceback
from schedules.ports import Later, Messenger, Sent, Unknown
from schedules.publishing import say_published
from schedules.registry import NOTIFICATIONS, WRITERS

log = logging.getLogger(__name__)

ANSWERED_ABOVE = "Nothing more here: see above."


def refresh_message(
    database: Database, workspace_id: str, messenger: Messenger, message_id: int, now: datetime
) -> None:
    """Change the stale pages of a message; one that cannot be changed now stays stale for the next tick."""
    with database.read(workspace_id) as session:
        address = session.get_one(Message, message_id).address
        parts = messages.parts_of(session, message_id)
        notifications = [
            notification
            for notification in messages.notifications_of(session, message_id)
            if notification.state is NotificationState.SENT
        ]
        worded = write_message(session, workspace_id, notifications, now, WRITERS) if notifications else None
        pages = messenger.pages(worded.content) if worded else []
        anew = worded is not None and all(NOTIFICATIONS[one.kind].changes_in_place for one in notifications)
    # A message keeps its number of pages: one that has become shorter says so on the pages that are left over.
    pages += messenger.pages(Content(ANSWERED_ABOVE)) * max(0, len(parts) - len(pages))
    for part, made in zip(parts, pages, strict=False):
        if not part.stale:
            continue
        # Where words were redacted the page was put right already, and has to be shown even if nothing else changed.
        page = part.payload if part.as_is and not anew else made
        changed = bool(part.ts) and (part.as_is or (page != part.payload and worded is not None))
        result = messenger.change(address, part.ts, page) if changed else Sent(part.ts)
        if isinstance(result, Later | Unknown):
            continue
        with database.write(workspace=workspace_id, alone=False, wakes=False) as session:
            payload = page if changed and isinstance(result, Sent) else None
            messages.record_change(session, message_id, part.number, part.stale, payload, part.payload)


def record_sent(session: Session, messenger: Messenger, message: Message, now: datetime) -> None:
    """Record that a message is out, and have changed in place what says otherwise: a notice that it did not arrive.

    A notice that stands beside what does not follow what happens afterwards stays as it was sent.
    """
    messages.record_result(session, message, MessageState.SENT, now)
    say_published(session, messenger, message, now)
    for told in lookups.list_notices_of(session, message.id):
        beside = messages.notifications_of(session, told)
        if all(NOTIFICATIONS[one.kind].changes_in_place for one in beside):
            messages.mark_pages_stale(session, told)


@dataclass(frozen=True, slots=True)
class Stale:
    """What does not show yet what it should: messages by id; answers by id, conversation, `ts` and what they become."""

    messages: list[int]
    answers: list[tuple[int, str, str, str]]


def find_stale(session: Session) -> Stale:
    """Return what is to be changed in place."""
    return Stale(lookups.list_stale(session), list_stale_answers(session))


def refresh_answers(
    database: Database, workspace_id: str, messenger: Messenger, answers: Sequence[tuple[int, str, str, str]]
) -> None:
    """Change answers whose words were redacted, then empty the database's log of them too."""
    for answer_id, channel, ts, payload in answers:
        try:
            result = messenger.change(channel, ts, payload)
        except Exception as error:  # noqa: BLE001 - one message must not hold up the others
            log.error("answer %s could not be changed in place: %s", answer_id, format_traceback(error))
            continue
        if isinstance(result, Later | Unknown):
            continue
        with database.write(workspace=workspace_id, alone=False, wakes=False) as session:
            mark_shown(session, answer_id, payload)
    if answers:
        database.purge()
