"""Take out what is kept only for a time: pages and answers, the ledger, marks of deliveries, names nobody needs.

Source: docs/explanation/data-protection.md, How long.
"""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from models.enums import MessageState, NotificationKind, NotificationState
from models.notifications.messages import UNDELIVERED
from models.plan.serving import leavers
from models.records.draft_rows import KEPT
from models.storage.bulk import QUIETLY
from models.storage.history_tables import Accepted, Draft, Received, SaidMessage
from models.storage.notification_tables import Message, MessagePart, Notification, Spoken
from models.storage.scope import workspace_of
from models.storage.tables import Account, Person

HEAD_KEPT = "Record so far: "
"""What is left of a page that showed a head of the record: `cypp audit` looks for it."""
_HEAD = re.compile(HEAD_KEPT + r"(?:[0-9a-f]{4} ){3}[0-9a-f]{4}")
_OVER = (MessageState.SENT, MessageState.CANCELLED, *UNDELIVERED)
LEDGER_DAYS = 365
"""The least that the ledger is kept: for so long a reason may stand (`schedules.registry.find_reasons`)."""
BATCH = 1_000
"""Rows of each sort in one transaction: others wait for their turn to write."""


@dataclass(frozen=True, slots=True)
class KeptDays:
    """How many days each sort is kept.

    `pages`: messages and answers as they were sent, after their meeting; `ledger`: what was said to whom, after it lost
    its point; `received`: marks of what Slack delivered; `names`: the name and address of an account that nobody of the
    plan has, after it was asked for.
    """

    pages: int = 90
    ledger: int = LEDGER_DAYS
    received: int = 7
    names: int = 30


@dataclass(frozen=True, slots=True)
class TidyCounts:
    """How many pages and accounts were emptied; how many answers, ledger rows and marks of deliveries taken out."""

    pages: int = 0
    answers: int = 0
    ledger: int = 0
    received: int = 0
    names: int = 0

    def __add__(self, other: "TidyCounts") -> "TidyCounts":
        return TidyCounts(*(one + more for one, more in zip(astuple(self), astuple(other), strict=True)))

    def __bool__(self) -> bool:
        return any(astuple(self))


def tidy(session: Session, now: datetime, today: date, keep: KeptDays) -> TidyCounts:
    """Take out a batch of what is over; say it again until nothing was.

    Args:
        session: a writing transaction.
        now: the instant, with its zone.
        today: the local day.
        keep: how long each sort is kept.
    """
    before = now - timedelta(days=keep.pages)
    return TidyCounts(
        _empty_pages(session, before),
        _drop(session, Spoken, Spoken.id, Spoken.at < before, Spoken.stale.is_(False), ~_shows_head(Spoken.payload)),
        _drop_ledger(session, now - timedelta(days=keep.ledger), today),
        _drop_marks(session, now - timedelta(days=keep.received), now - KEPT),
        _forget_names(session, now - timedelta(days=keep.names)),
    )


def keep_head_alone(part: MessagePart) -> None:
    """Empty a page, but for a head of the record that it showed; it is not changed in Slack any more."""
    part.payload, part.as_is, part.stale = head_in(part.payload), False, 0


def head_in(payload: str) -> str:
    """Return the head of the record that a page shows, "" where it shows none."""
    head = _HEAD.search(payload)
    return head[0] if head else ""


def _shows_head(payload: Any) -> ColumnElement[bool]:
    return payload.contains(HEAD_KEPT)  # type: ignore[no-any-return]


def _empty_pages(session: Session, before: datetime) -> int:
    """Empty the pages of messages whose meeting is long over."""
    recent = exists().where(Notification.message_id == Message.id, Notification.meeting_day >= before.date())
    old = (
        select(MessagePart)
        .join(Message, Message.id == MessagePart.message_id)
        .where(Message.state.in_(_OVER), Message.planned_at < before, ~recent, MessagePart.payload != "")
        .where(~MessagePart.payload.startswith(HEAD_KEPT))
    )
    pages = session.scalars(old.limit(BATCH)).all()
    for part in pages:
        keep_head_alone(part)
    session.flush()
    return len(pages)


def _drop_ledger(session: Session, before: datetime, today: date) -> int:
    """Take out what was said, or was not, so long ago that no pass looks at it (`schedules.registry.find_reasons`).

    Kept: what still waits; what the latest digest of each sort said, since the next is compared with it; that somebody
    who left and still holds a post was told of; each message that showed a head of the record. The last number of
    each table stays, so that no number is given twice.
    """
    latest = aliased(Notification)
    compared = (
        select(func.max(latest.id))
        .where(latest.state == NotificationState.SENT, latest.fingerprint != "")
        .group_by(latest.kind, latest.subject)
    )
    undelivered = exists().where(Message.id == Notification.subject, Message.state.in_(UNDELIVERED))
    gone = _drop(
        session,
        Notification,
        Notification.id,
        Notification.state != NotificationState.OPEN,
        Notification.planned_at < before,
        Notification.meeting_day < before.date(),
        Notification.id.not_in(compared),
        or_(Notification.kind != NotificationKind.LEFT, Notification.subject.not_in([*leavers(session, today)])),
        or_(Notification.kind != NotificationKind.FAILED, ~undelivered),
        Notification.id < select(func.max(latest.id)).scalar_subquery(),
    )
    over = select(Message.id).where(
        Message.state.in_(_OVER),
        Message.planned_at < before,
        ~exists().where(Notification.message_id == Message.id),
        ~exists().where(MessagePart.message_id == Message.id, _shows_head(MessagePart.payload)),
        Message.id < select(func.max(aliased(Message).id)).scalar_subquery(),
    )
    numbers = session.scalars(over.limit(BATCH)).all()
    session.execute(delete(MessagePart).where(MessagePart.message_id.in_(numbers)), execution_options=QUIETLY)
    session.execute(delete(Message).where(Message.id.in_(numbers)), execution_options=QUIETLY)
    return gone + len(numbers)


def _drop_marks(session: Session, before: datetime, unconfirmed: datetime) -> int:
    """Take out marks of what Slack delivered, what became of messages, what no version could work, what waits in vain.

    `unconfirmed`: what was written before and never confirmed goes.
    """
    marks = (Received.workspace_id == workspace_of(session), Received.at < before)
    return (
        _drop(session, Received, Received.key, *marks)
        + _drop(session, SaidMessage, SaidMessage.id, SaidMessage.at < before)
        + _drop(session, Accepted, Accepted.id, Accepted.at < before)
        + _drop(session, Draft, Draft.id, Draft.at < unconfirmed)
    )


def _forget_names(session: Session, before: datetime) -> int:
    """Empty the name and address of accounts that nobody of the plan has and nobody asked for lately."""
    unknown = ~exists().where(Person.slack_user == Account.user)
    named = or_(Account.name != "", Account.email != "")
    numbers = session.scalars(select(Account.id).where(unknown, named, Account.seen_at < before).limit(BATCH)).all()
    emptied = update(Account).where(Account.id.in_(numbers)).values(name="", email="")
    session.execute(emptied, execution_options=QUIETLY)
    return len(numbers)


def _drop(session: Session, table: type[Any], key: Any, *over: ColumnElement[bool]) -> int:
    """Delete a batch of the rows of a table that are over; return how many."""
    keys: Sequence[Any] = session.scalars(select(key).where(*over).limit(BATCH)).all()
    gone = delete(table).where(key.in_(keys))
    if table is Received:
        gone = gone.where(Received.workspace_id == workspace_of(session))
    session.execute(gone, execution_options=QUIETLY)
    return len(keys)
