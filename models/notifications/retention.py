"""Take out what is kept only for a time: old pages and answers, and marks of what Slack delivered.

Source: docs/explanation/data-protection.md, How long.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from models.enums import MessageState
from models.storage.history_tables import Received, SaidMessage
from models.storage.notification_tables import Message, MessagePart, Notification, Spoken
from models.storage.scope import workspace_of

PAGES_DAYS, RECEIVED_DAYS = 90, 7
"""Days after their meeting, and after they came."""
HEAD_KEPT = "Record so far: "
"""What is left of a page that showed a head of the record: `cypp audit` looks for it."""
_HEAD = re.compile(HEAD_KEPT + r"(?:[0-9a-f]{4} ){3}[0-9a-f]{4}")
_OVER = (MessageState.SENT, MessageState.FAILED, MessageState.CANCELLED)


@dataclass(frozen=True, slots=True)
class TidyCounts:
    """How many pages were emptied, answers and marks of deliveries taken out."""

    pages: int
    answers: int
    received: int


def tidy(
    session: Session, now: datetime, pages_days: int = PAGES_DAYS, received_days: int = RECEIVED_DAYS
) -> TidyCounts:
    """Empty the pages of messages whose meeting is long over, and take out old answers and marks of deliveries.

    The ledger itself stays: what was said, to whom and when. A page that showed a head keeps that alone.
    """
    before = now - timedelta(days=pages_days)
    recent = exists().where(Notification.message_id == Message.id, Notification.meeting_day >= before.date())
    old = (
        select(MessagePart)
        .join(Message, Message.id == MessagePart.message_id)
        .where(Message.state.in_(_OVER), Message.planned_at < before, ~recent, MessagePart.payload != "")
        .where(~MessagePart.payload.startswith(HEAD_KEPT))
    )
    pages = session.scalars(old).all()
    for part in pages:
        keep_head_alone(part)
    counts, since = [], now - timedelta(days=received_days)
    for table, over in (
        (Spoken, (Spoken.at < before, Spoken.stale.is_(False), ~Spoken.payload.contains(HEAD_KEPT))),
        (Received, (Received.workspace_id == workspace_of(session), Received.at < since)),
        (SaidMessage, (SaidMessage.at < since,)),
    ):
        counts.append(session.scalar(select(func.count()).select_from(table).where(*over)) or 0)
        session.execute(delete(table).where(*over).execution_options(synchronize_session=False))
    session.flush()
    answers, *marks = counts
    return TidyCounts(len(pages), answers, sum(marks))


def keep_head_alone(part: MessagePart) -> None:
    """Empty a page, but for a head of the record that it showed; it is not changed in Slack any more."""
    part.payload, part.as_is, part.stale = head_in(part.payload), False, 0


def head_in(payload: str) -> str:
    """Return the head of the record that a page shows, "" where it shows none."""
    head = _HEAD.search(payload)
    return head[0] if head else ""
