"""SQL that plans the ledger: which notifications are open, which lapse, and the message of each.

Set by set, never row by row: one pass may plan very many. `now` is the plan's time, `doubt_since` is real time.

Source: docs/explanation/delivery.md, One pass.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, cast
from uuid import uuid4

from sqlalchemy import and_, bindparam, exists, insert, literal_column, or_, select, update
from sqlalchemy.orm import Session

from models.enums import MessageClass, MessageState, NotificationKind, NotificationState
from models.notifications.messages import ONE_A_DAY, cancel_message
from models.rules.steps import LedgerStep
from models.storage.base import core_table
from models.storage.bulk import A_CHUNK, QUIETLY, fresh_numbers, is_among, numbers_given, said_once
from models.storage.notification_tables import RESTORED_FROM_BACKUP, Message, MessagePart, Notification
from models.storage.scope import workspace_of

_NOTIFICATIONS, _MESSAGES = core_table(Notification), core_table(Message)
_KEY: Any = (
    Notification.kind,
    Notification.subject,
    Notification.meeting_id,
    Notification.meeting_day,
    Notification.step,
    Notification.recipient,
)
_ASSIGN = (
    update(_NOTIFICATIONS)
    .where(
        _NOTIFICATIONS.c.id == bindparam("notification"),
        # Written into the statement: beside it, it would be put into the database's words once for every row.
        _NOTIFICATIONS.c.state == literal_column(f"'{NotificationState.OPEN.value}'"),
        _NOTIFICATIONS.c.message_id.is_(None),
    )
    .values(message_id=bindparam("message"), reason=literal_column("''"))
)


Key = tuple[NotificationKind, int, int, date, LedgerStep, str]
"""What makes a notification one and the same reason for ever: kind, subject, meeting, day, step, recipient."""


class Unassigned(NamedTuple):
    """An open notification that is assigned to no message yet."""

    id: int
    kind: NotificationKind
    subject: int
    meeting_id: int
    meeting_day: date
    step: LedgerStep
    recipient: str
    lapses_at: datetime | None
    reason: str

    @property
    def key(self) -> Key:
        """What makes it one and the same reason for ever."""
        return self[1:7]


def list_known(session: Session, keys: Collection[Key]) -> set[Key]:
    """Return those notifications that the ledger has, whatever became of them; it may return others as well."""
    if not keys:
        return set()
    kinds, meetings = {key[0] for key in keys}, {key[2] for key in keys}
    wanted = select(*_KEY).where(
        Notification.kind.in_(kinds),
        is_among(Notification.subject, "subjects", session.get_bind().dialect.name),
        Notification.meeting_id.in_(meetings),
    )
    given = numbers_given(session, "subjects", sorted({key[1] for key in keys}))
    return {tuple(row) for row in session.execute(wanted, given)}


def reopen_notification(
    session: Session,
    stands: Callable[[Key], bool],
    why: Sequence[str],
    late: Sequence[str],
    now: datetime,
) -> bool:
    """Open lapsed notifications again whose cause has gone (an account was found, an answer was taken back).

    `stands`: whether a reason stands now; `why`: the reasons for lapsing that can go away; `late`: those of what had
    waited until it came too late, which it had not where the clock was wrong. What was said is never said again. Gives
    whether there were any.
    """
    lapsed = select(Notification.id, *_KEY).where(
        Notification.state == NotificationState.LAPSED,
        Notification.said_at.is_(None),
        or_(
            Notification.reason.in_(why),
            and_(Notification.reason.in_(late), Notification.lapses_at > now),
        ),
    )
    again = [number for number, *key in session.execute(lapsed) if stands(cast(Key, tuple(key)))]
    _change(session, again, state=NotificationState.OPEN, reason="", message_id=None)
    return bool(again)


def _change(session: Session, numbers: Sequence[int], **values: Any) -> None:
    """Change notifications by id."""
    for at in range(0, len(numbers), A_CHUNK):
        some = update(Notification).where(Notification.id.in_(numbers[at : at + A_CHUNK])).values(**values)
        session.execute(some, execution_options=QUIETLY)


def list_unassigned(session: Session) -> list[Unassigned]:
    """Return the open notifications that are assigned to no message yet, oldest first."""
    wanted = select(Notification.id, *_KEY, Notification.lapses_at, Notification.reason).where(
        Notification.state == NotificationState.OPEN, Notification.message_id.is_(None)
    )
    return [Unassigned(*row) for row in session.execute(wanted.order_by(Notification.id))]


def lapse(session: Session, why: Mapping[int, str]) -> None:
    """Lapse notifications that no longer hold, by id, each with its reason."""
    _say_why(session, why, state=NotificationState.LAPSED)


def note_held(session: Session, held: Mapping[int, str]) -> None:
    """Keep why notifications wait, for the record should they lapse."""
    _say_why(session, held)


def _say_why(session: Session, why: Mapping[int, str], **values: Any) -> None:
    by_reason: dict[str, list[int]] = {}
    for number, reason in why.items():
        by_reason.setdefault(reason, []).append(number)
    for reason, numbers in by_reason.items():
        _change(session, numbers, reason=reason, **values)


Place = tuple[MessageClass, str, date, int]
"""Where a message stands: unique in the ledger."""
_PLACE = ("message_class", "recipient", "slot_day", "slot_n")


class Standing(NamedTuple):
    """A message that has its place: its number, and whether it can still be added to (planned, never attempted)."""

    id: int
    free: bool


def slots_since(session: Session, day: date) -> dict[Place, Standing]:
    """Return the slots from `day` on that have a message."""
    wanted: Any = select(
        Message.id,
        Message.message_class,
        Message.recipient,
        Message.slot_day,
        Message.slot_n,
        Message.state,
        Message.attempts,
    )
    rows = session.execute(wanted.where(Message.slot_day >= day))
    return {
        (message_class, recipient, there, n): Standing(number, state is MessageState.PLANNED and attempts == 0)
        for number, message_class, recipient, there, n, state, attempts in rows
    }


def add_messages(
    session: Session, places: Sequence[Place], now: datetime, *, doubt_since: datetime | None = None
) -> dict[Place, int]:
    """Make a message for each of some places that have none; return their ids."""
    if not places:
        return {}
    unsure = doubt_since is not None
    shared = {
        "workspace_id": workspace_of(session),
        "planned_at": now,
        "state": MessageState.UNKNOWN if unsure else MessageState.PLANNED,
        "reason": RESTORED_FROM_BACKUP if unsure else "",
        "first_attempt_at": doubt_since,
        "address": "",
        "attempts": 0,
        "absent": 0,
    }
    numbers = dict(zip(places, fresh_numbers(session, _MESSAGES, len(places)), strict=True))
    rows = [
        {"id": number, "uuid": str(uuid4()), **dict(zip(_PLACE, place, strict=True))}
        for place, number in numbers.items()
    ]
    session.connection().execute(insert(_MESSAGES).values(said_once(session, _MESSAGES, shared)), rows)
    return numbers


def assign_to_message(session: Session, on: Iterable[tuple[int, int]]) -> None:
    """Assign notifications to messages, by id: those that are still open and have no message."""
    if rows := [{"notification": notification_id, "message": message_id} for notification_id, message_id in on]:
        session.connection().execute(_ASSIGN, rows)


def release_late(session: Session, today: date, monday: date) -> None:
    """Free the slots of messages waiting since an earlier day or week, so that they are placed afresh."""
    late = select(Message).where(
        or_(
            and_(Message.state == MessageState.PLANNED, Message.attempts == 0),
            Message.state == MessageState.LATER,
        ),
        or_(
            and_(Message.message_class == MessageClass.BUNDLE, Message.slot_day < monday),
            and_(Message.message_class.in_(ONE_A_DAY), Message.slot_day < today),
        ),
        ~exists().where(MessagePart.message_id == Message.id, MessagePart.ts != ""),
    )
    for message in session.scalars(late).all():
        of_it = (Notification.message_id == message.id, Notification.state == NotificationState.OPEN)
        session.execute(update(Notification).where(*of_it).values(message_id=None), execution_options=QUIETLY)
        cancel_message(message, "its day went by")
    session.flush()
