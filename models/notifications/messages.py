"""All SQL on the ledger. Instants called `instant` are real time; `now` is the plan's time.

Source: docs/explanation/delivery.md, The ledger.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import BindParameter, Insert, bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from models.enums import MessageClass, MessageState, NotificationKind, NotificationState
from models.notifications.message_log import log_when_stored
from models.rules.steps import LedgerStep
from models.storage.base import core_table
from models.storage.bulk import as_word, by_word, plain_rows, write_many
from models.storage.notification_tables import Message, MessagePart, Notification

TOO_LATE = "came too late"
"""Why nobody knows whether a message was sent: the database that knew is gone."""
WAITING = (MessageState.PLANNED, MessageState.LATER)
"""A message in one of these states may be claimed and sent."""
ONE_A_DAY = (MessageClass.LAST_CALL, MessageClass.TOLD, MessageClass.SECRETARY)
"""Messages that take their recipient's place of a day."""


_NOTIFICATION_STATES = {
    MessageState.SENT: NotificationState.SENT,
    MessageState.FAILED: NotificationState.FAILED,
    MessageState.UNCERTAIN: NotificationState.FAILED,
}


QUIETLY = {"synchronize_session": False}

# Statements that every pass needs are put together once: to build one takes longer than the database takes to answer.
_WORKSPACE: BindParameter[str] = bindparam("workspace")
_MESSAGE: BindParameter[int] = bindparam("message")
_INSTANT: BindParameter[datetime] = bindparam("instant")
_row = core_table(Message).c
_CLAIMABLE = (
    select(_row.id, _row.recipient, _row.address, as_word(_row.message_class), as_word(_row.state))
    .where(
        _row.workspace_id == _WORKSPACE,
        _row.state.in_((*WAITING, MessageState.UNKNOWN)),
        or_(_row.not_before.is_(None), _row.not_before <= _INSTANT),
    )
    .order_by(_row.id)
)
_CLAIM = (
    update(Message)
    .where(
        Message.id
        == select(Message.id)
        .where(
            Message.id == _MESSAGE,
            Message.state.in_(bindparam("states", expanding=True)),
            or_(Message.lease_until.is_(None), Message.lease_until <= _INSTANT),
            or_(Message.not_before.is_(None), Message.not_before <= _INSTANT),
        )
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    .values(state=MessageState.CLAIMED, lease_until=bindparam("until"))
)
_NOTIFICATIONS_OF = select(Notification).where(Notification.message_id == _MESSAGE).order_by(Notification.id)
_PARTS_OF = select(MessagePart).where(MessagePart.message_id == _MESSAGE).order_by(MessagePart.number)
_EXPIRE = (
    update(Message)
    .where(Message.workspace_id == _WORKSPACE, Message.state == MessageState.CLAIMED, Message.lease_until <= _INSTANT)
    .values(
        state=MessageState.UNKNOWN,
        lease_until=None,
        not_before=bindparam("until"),
        reason="the sender stopped",
        absent=0,
    )
)


@lru_cache
def _or_ignore(table: Any, dialect: str) -> Insert:
    if dialect == "postgresql":
        return postgresql_insert(table).on_conflict_do_nothing()
    return sqlite_insert(table).on_conflict_do_nothing()


def insert_or_ignore(session: Session, table: type[Any]) -> Insert:
    """Return `INSERT … ON CONFLICT DO NOTHING` in the database's dialect."""
    return _or_ignore(cast(Any, table), session.get_bind().dialect.name)


class NewNotification(NamedTuple):
    """One reason to speak, to be planned if it never was."""

    kind: NotificationKind
    subject: int
    meeting_id: int
    meeting_day: date
    step: LedgerStep
    recipient: str
    lapses_at: datetime | None
    reason: str = ""
    """Why it cannot be said at all ("no account"), with the state `LAPSED`, for the record; or why it waits."""
    fingerprint: str = ""
    """What it is to say, where that is settled already."""
    state: NotificationState = NotificationState.OPEN
    message_id: int | None = None
    """The message it is assigned to, where that is settled already."""


def add_notifications(
    session: Session, workspace_id: str, notifications: Iterable[NewNotification], now: datetime
) -> None:
    """Insert the notifications that were never planned; on conflict nothing happens."""
    shared = {"workspace_id": workspace_id, "planned_at": now}
    write_many(session, insert_or_ignore(session, Notification), NewNotification._fields, notifications, shared)


class Waiting(NamedTuple):
    """A message that may be sent, or looked up, now. `message_class`: what it is counted as."""

    id: int
    recipient: str
    address: str
    message_class: MessageClass
    state: MessageState


def list_claimable(session: Session, workspace_id: str, instant: datetime) -> tuple[list[Waiting], list[Waiting]]:
    """Return the messages that may be sent now, and those that are in doubt and may be looked up, oldest first."""
    found = plain_rows(session, _CLAIMABLE, {"workspace": workspace_id, "instant": instant})
    classes, states = by_word(MessageClass), by_word(MessageState)
    rows = [
        Waiting(id_, who, address, classes[message_class], states[state])
        for id_, who, address, message_class, state in found
    ]
    doubtful = [row for row in rows if row.state is MessageState.UNKNOWN]
    return [row for row in rows if row.state is not MessageState.UNKNOWN], doubtful


def claim_message(
    session: Session, message_id: int, instant: datetime, lease: timedelta, states: Sequence[MessageState] = WAITING
) -> Message | None:
    """Claim one message for sending or a look-up: one row, or nothing where another sender has it."""
    given = {"message": message_id, "states": states, "instant": instant}
    taken = session.execute(_CLAIM, given | {"until": instant + lease}, execution_options=QUIETLY)
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return session.get(Message, message_id, populate_existing=True)


def notifications_of(session: Session, message_id: int) -> list[Notification]:
    """Return the notifications assigned to a message."""
    return list(session.scalars(_NOTIFICATIONS_OF, {"message": message_id}))


def parts_of(session: Session, message_id: int) -> list[MessagePart]:
    """Return the frozen pages of a message, in order."""
    return list(session.scalars(_PARTS_OF, {"message": message_id}))


def freeze_pages(
    session: Session,
    message: Message,
    pages: Sequence[str],
    instant: datetime,
    *,
    instead_of: Sequence[MessagePart] = (),
) -> list[MessagePart]:
    """Keep the pages as they will be sent, and return them; they change only in place, once posted."""
    for part in instead_of:
        session.delete(part)
    if instead_of:
        session.flush()
    parts = [
        MessagePart(message_id=message.id, number=number, payload=page, ts="") for number, page in enumerate(pages)
    ]
    session.add_all(parts)
    start_attempt(message, instant)
    return parts


def start_attempt(message: Message, instant: datetime) -> None:
    """Note that a claimed message is about to be sent."""
    message.attempts += 1
    message.first_attempt_at = message.first_attempt_at or instant
    message.last_attempt_at = instant
    message.absent = 0


def cancel_message(message: Message, why: str) -> None:
    """Cancel a message that has nothing left to say, and free its slot."""
    message.state, message.reason = MessageState.CANCELLED, why
    message.slot_day, message.lease_until = None, None


def record_part(session: Session, message_id: int, number: int, ts: str, frozen: str = "", sent: str = "") -> None:
    """Record that one page is out; where another version was `sent` than was `frozen`, keep that one."""
    this = update(MessagePart).where(MessagePart.message_id == message_id, MessagePart.number == number)
    session.execute(this.values(ts=ts), execution_options=QUIETLY)
    if sent != frozen:
        session.execute(this.where(MessagePart.payload == frozen).values(payload=sent), execution_options=QUIETLY)


def record_result(
    session: Session,
    message: Message,
    state: MessageState,
    now: datetime,
    *,
    not_before: datetime | None = None,
    reason: str = "",
) -> None:
    """Write how an attempt ended, for the message and its notifications, and give the lease back."""
    message.state, message.not_before, message.reason = state, not_before, reason
    message.lease_until = None
    notification_state = _NOTIFICATION_STATES.get(state)
    if state is MessageState.SENT:
        message.sent_at = now
    if notification_state is not None:
        session.execute(
            update(Notification)
            .where(Notification.message_id == message.id, Notification.state == NotificationState.OPEN)
            .values(
                state=notification_state,
                reason=reason,
                said_at=now if notification_state is NotificationState.SENT else None,
            )
            .execution_options(synchronize_session=False)
        )
        log_when_stored(session, message, now)


def expire_leases(session: Session, workspace_id: str, instant: datetime, wait: timedelta) -> int:
    """Put messages whose sender is gone in doubt, since they may have been posted; return how many."""
    given = {"workspace": workspace_id, "instant": instant, "until": instant + wait}
    gone = session.execute(_EXPIRE, given, execution_options=QUIETLY)
    return int(gone.rowcount)  # type: ignore[attr-defined]


def record_change(session: Session, message_id: int, number: int, seen: int, payload: str | None, before: str) -> None:
    """Record that a delivered page shows its `seen` changes; later ones stay to be shown."""
    part = session.get_one(MessagePart, (message_id, number), populate_existing=True, with_for_update=True)
    if part.stale >= seen:
        part.stale -= seen
    elif payload is not None and payload != part.payload:
        part.stale += 1
    if payload is not None and (part.payload == before or not part.as_is):
        part.payload = payload
