"""All SQL on the ledger. Instants called `instant` are real time; `now` is the plan's time.

Source: docs/explanation/delivery.md, The ledger.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Insert, and_, or_, select, update
from sqlalchemy.orm import Session

from models.enums import MessageClass, MessageState, NotificationKind, NotificationState
from models.notifications.message_log import log_when_stored
from models.rules.steps import LedgerStep
from models.storage.base import core_table
from models.storage.bulk import QUIETLY, insert_in, said_once
from models.storage.notification_tables import Message, MessagePart, Notification
from models.storage.scope import workspace_of

TOO_LATE = "came too late"
"""Why nobody knows whether a message was sent: the database that knew is gone."""
WAITING = (MessageState.PLANNED, MessageState.LATER)
"""A message in one of these states may be claimed and sent."""
UNDELIVERED = (MessageState.FAILED, MessageState.UNCERTAIN)
"""A message in one of these states is not sent, or looked up, until it is taken up again."""
ONE_A_DAY = (MessageClass.LAST_CALL, MessageClass.TOLD, MessageClass.SECRETARY)
"""Messages that take their recipient's place of a day."""


_NOTIFICATION_STATES = {
    MessageState.SENT: NotificationState.SENT,
    MessageState.FAILED: NotificationState.FAILED,
    MessageState.UNCERTAIN: NotificationState.FAILED,
}


@lru_cache
def _or_ignore(table: Any, dialect: str) -> Insert:
    return cast(Insert, insert_in(dialect, table).on_conflict_do_nothing())


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


def add_notifications(session: Session, notifications: Iterable[NewNotification], now: datetime) -> None:
    """Insert the notifications that were never planned; on conflict nothing happens."""
    shared = {"workspace_id": workspace_of(session), "planned_at": now}
    if rows := [one._asdict() for one in notifications]:
        values = said_once(session, core_table(Notification), shared)
        session.connection().execute(insert_or_ignore(session, Notification).values(values), rows)


class Waiting(NamedTuple):
    """A message that may be sent, or looked up, now. `message_class`: what it is counted as."""

    id: int
    recipient: str
    address: str
    message_class: MessageClass
    state: MessageState


def list_claimable(session: Session, instant: datetime) -> tuple[list[Waiting], list[Waiting]]:
    """Return the messages that may be sent now, and those that are in doubt and may be looked up, oldest first.

    One that is not delivered is among them once the time has come that was set for another try.
    """
    wanted = select(Message.id, Message.recipient, Message.address, Message.message_class, Message.state).where(
        Message.state.in_((*WAITING, MessageState.UNKNOWN, *UNDELIVERED)),
        or_(Message.not_before <= instant, and_(Message.not_before.is_(None), Message.state.not_in(UNDELIVERED))),
    )
    rows = [Waiting(*row) for row in session.execute(wanted.order_by(Message.id))]
    unsure = (MessageState.UNKNOWN, MessageState.UNCERTAIN)
    return [row for row in rows if row.state not in unsure], [row for row in rows if row.state in unsure]


def claim_message(
    session: Session, message_id: int, instant: datetime, lease: timedelta, states: Sequence[MessageState] = WAITING
) -> Message | None:
    """Claim one message for sending or a look-up: one row, or nothing where another sender has it."""
    free = (
        select(Message.id)
        .where(
            Message.id == message_id,
            Message.state.in_(states),
            or_(Message.lease_until.is_(None), Message.lease_until <= instant),
            or_(Message.not_before.is_(None), Message.not_before <= instant),
        )
        .with_for_update(skip_locked=True)
    )
    claim = update(Message).where(Message.id == free.scalar_subquery())
    claimed = claim.values(state=MessageState.CLAIMED, lease_until=instant + lease)
    taken = session.execute(claimed, execution_options=QUIETLY)
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return session.get(Message, message_id, populate_existing=True)


def notifications_of(session: Session, message_id: int) -> list[Notification]:
    """Return the notifications assigned to a message."""
    wanted = select(Notification).where(Notification.message_id == message_id)
    return list(session.scalars(wanted.order_by(Notification.id)))


def parts_of(session: Session, message_id: int) -> list[MessagePart]:
    """Return the frozen pages of a message, in order."""
    wanted = select(MessagePart).where(MessagePart.message_id == message_id)
    return list(session.scalars(wanted.order_by(MessagePart.number)))


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
    said_before = state in UNDELIVERED and message.reason == reason
    message.state, message.not_before, message.reason = state, not_before, reason
    message.lease_until = None
    notification_state = _NOTIFICATION_STATES.get(state)
    if state is MessageState.SENT:
        message.sent_at = now
    if notification_state is not None:
        said_at = now if notification_state is NotificationState.SENT else None
        of_it = (Notification.message_id == message.id, Notification.state == NotificationState.OPEN)
        ended = update(Notification).where(*of_it).values(state=notification_state, reason=reason, said_at=said_at)
        session.execute(ended, execution_options=QUIETLY)
        if not said_before:
            log_when_stored(session, message, now)


def take_up_again(session: Session, message_id: int, *, doubtful: bool = False) -> bool:
    """Have a message that is not delivered sent again, or looked up; return whether it still was not delivered.

    It is worded anew when it is claimed, and cancelled where nothing of it holds any more; what is out of it stays.
    `doubtful`: it may be out, and is looked up first, where it was sent to.
    """
    values = {"state": MessageState.UNKNOWN} if doubtful else {"state": MessageState.LATER, "address": ""}
    this = update(Message).where(Message.id == message_id, Message.state.in_(UNDELIVERED))
    taken = session.execute(this.values(not_before=None, attempts=0, absent=0, **values), execution_options=QUIETLY)
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return False
    of_it = (Notification.message_id == message_id, Notification.state == NotificationState.FAILED)
    again = update(Notification).where(*of_it).values(state=NotificationState.OPEN, reason="")
    session.execute(again, execution_options=QUIETLY)
    return True


def expire_leases(session: Session, instant: datetime, wait: timedelta) -> int:
    """Put messages whose sender is gone in doubt, since they may have been posted; return how many."""
    doubtful = {"state": MessageState.UNKNOWN, "lease_until": None, "not_before": instant + wait, "absent": 0}
    expired = update(Message).where(Message.state == MessageState.CLAIMED, Message.lease_until <= instant)
    gone = session.execute(expired.values(reason="the sender stopped", **doubtful), execution_options=QUIETLY)
    return int(gone.rowcount)  # type: ignore[attr-defined]


def mark_pages_stale(session: Session, message_id: int) -> None:
    """Have the pages of a message changed in place by the next pass, also where it is being sent at this moment."""
    of_it = update(MessagePart).where(MessagePart.message_id == message_id)
    session.execute(of_it.values(stale=MessagePart.stale + 1), execution_options=QUIETLY)


def record_change(session: Session, message_id: int, number: int, seen: int, payload: str | None, before: str) -> None:
    """Record that a delivered page shows its `seen` changes; later ones stay to be shown."""
    part = session.get_one(MessagePart, (message_id, number), populate_existing=True, with_for_update=True)
    if part.stale >= seen:
        part.stale -= seen
    elif payload is not None and payload != part.payload:
        part.stale += 1
    if payload is not None and (part.payload == before or not part.as_is):
        part.payload = payload
