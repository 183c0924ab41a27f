"""SQL that plans the ledger: which notifications are open, which lapse, and the message of each.

Set by set, never row by row: one pass may plan very many. `now` is the plan's time, `doubt_since` is real time.

Source: docs/explanation/delivery.md, One pass.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from os import urandom
from typing import Any, NamedTuple, cast

from sqlalchemy import BindParameter, and_, bindparam, exists, insert, literal_column, or_, select, update
from sqlalchemy.orm import Session

from models.enums import MessageClass, MessageState, NotificationKind, NotificationState
from models.notifications.messages import ONE_A_DAY, cancel_message
from models.rules.steps import LedgerStep
from models.storage.base import core_table
from models.storage.bulk import A_CHUNK, DIALECTS, fresh_numbers, is_among, numbers_given, plain_rows, write_many
from models.storage.notification_tables import RESTORED_FROM_BACKUP, Message, MessagePart, Notification

# Put together once: to build a statement takes longer than the database takes to answer it.
_WORKSPACE: BindParameter[str] = bindparam("workspace")
_NOTIFICATIONS, _MESSAGES = core_table(Notification), core_table(Message)
_notification, _message = _NOTIFICATIONS.c, _MESSAGES.c
_KEY = (
    _notification.kind,
    _notification.subject,
    _notification.meeting_id,
    _notification.meeting_day,
    _notification.step,
    _notification.recipient,
)
_UNASSIGNED = (
    select(_notification.id, *_KEY, _notification.lapses_at, _notification.reason)
    .where(
        _notification.workspace_id == _WORKSPACE,
        _notification.state == NotificationState.OPEN,
        _notification.message_id.is_(None),
    )
    .order_by(_notification.id)
)
_LAPSED = select(_notification.id, *_KEY).where(
    _notification.workspace_id == _WORKSPACE,
    _notification.state == NotificationState.LAPSED,
    _notification.said_at.is_(None),
    or_(
        _notification.reason.in_(bindparam("why", expanding=True)),
        and_(_notification.reason.in_(bindparam("late", expanding=True)), _notification.lapses_at > bindparam("now")),
    ),
)
_KNOWN: dict[str, Any] = {
    dialect: select(*_KEY).where(
        _notification.workspace_id == _WORKSPACE,
        _notification.kind.in_(bindparam("kinds", expanding=True)),
        is_among(_notification.subject, "subjects", dialect),
        _notification.meeting_id.in_(bindparam("meetings", expanding=True)),
    )
    for dialect in DIALECTS
}
_SLOTS = select(
    _message.id,
    _message.message_class,
    _message.recipient,
    _message.slot_day,
    _message.slot_n,
    _message.state,
    _message.attempts,
).where(_message.workspace_id == _WORKSPACE, _message.slot_day >= bindparam("day"))
_NEW = insert(_MESSAGES)
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


def list_known(session: Session, workspace_id: str, keys: Collection[Key]) -> set[Key]:
    """Return those notifications that the ledger has, whatever became of them; it may return others as well."""
    if not keys:
        return set()
    kinds, meetings = {key[0] for key in keys}, {key[2] for key in keys}
    given = {"workspace": workspace_id, "kinds": sorted(kinds), "meetings": sorted(meetings)}
    given |= numbers_given(session, "subjects", sorted({key[1] for key in keys}))
    return {tuple(row) for row in plain_rows(session, _KNOWN[session.get_bind().dialect.name], given)}


def reopen_notification(
    session: Session,
    workspace_id: str,
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
    lapsed = plain_rows(session, _LAPSED, {"workspace": workspace_id, "why": why, "late": late, "now": now})
    again = [number for number, *key in lapsed if stands(cast(Key, tuple(key)))]
    for some in _chunks(again):
        session.execute(
            update(Notification)
            .where(Notification.id.in_(some))
            .values(state=NotificationState.OPEN, reason="", message_id=None)
            .execution_options(synchronize_session=False)
        )
    return bool(again)


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + A_CHUNK] for at in range(0, len(numbers), A_CHUNK))


def list_unassigned(session: Session, workspace_id: str) -> list[Unassigned]:
    """Return the open notifications that are assigned to no message yet, oldest first."""
    return [Unassigned(*row) for row in plain_rows(session, _UNASSIGNED, {"workspace": workspace_id})]


def lapse(session: Session, why: Mapping[int, str]) -> None:
    """Lapse notifications that no longer hold, by id, each with its reason."""
    _say_why(session, why, {"state": NotificationState.LAPSED})


def note_held(session: Session, held: Mapping[int, str]) -> None:
    """Keep why notifications wait, for the record should they lapse."""
    _say_why(session, held, {})


def _say_why(session: Session, why: Mapping[int, str], values: dict[str, Any]) -> None:
    by_reason: dict[str, list[int]] = {}
    for number, reason in why.items():
        by_reason.setdefault(reason, []).append(number)
    for reason, numbers in by_reason.items():
        for some in _chunks(numbers):
            session.execute(
                update(Notification)
                .where(Notification.id.in_(some))
                .values(reason=reason, **values)
                .execution_options(synchronize_session=False)
            )


Place = tuple[MessageClass, str, date, int]
"""Where a message stands: unique in the ledger."""


class Standing(NamedTuple):
    """A message that has its place: its number, and whether it can still be added to (planned, never attempted)."""

    id: int
    free: bool


def slots_since(session: Session, workspace_id: str, day: date) -> dict[Place, Standing]:
    """Return the slots from `day` on that have a message."""
    rows = plain_rows(session, _SLOTS, {"workspace": workspace_id, "day": day})
    return {
        (message_class, recipient, there, n): Standing(number, state is MessageState.PLANNED and attempts == 0)
        for number, message_class, recipient, there, n, state, attempts in rows
    }


def add_messages(
    session: Session,
    workspace_id: str,
    places: Sequence[Place],
    now: datetime,
    *,
    doubt_since: datetime | None = None,
) -> dict[Place, int]:
    """Make a message for each of some places that have none; return their ids."""
    if not places:
        return {}
    unsure = doubt_since is not None
    shared = {
        "workspace_id": workspace_id,
        "planned_at": now,
        "state": MessageState.UNKNOWN if unsure else MessageState.PLANNED,
        "reason": RESTORED_FROM_BACKUP if unsure else "",
        "first_attempt_at": doubt_since,
        "address": "",
        "attempts": 0,
        "absent": 0,
    }
    numbers = dict(zip(places, fresh_numbers(session, _MESSAGES, len(places)), strict=True))
    marks = _fresh_marks(len(places))
    rows = ((number, mark, *place) for (place, number), mark in zip(numbers.items(), marks, strict=True))
    write_many(session, _NEW, ("id", "uuid", "message_class", "recipient", "slot_day", "slot_n"), rows, shared)
    return numbers


def _fresh_marks(many: int) -> list[str]:
    """Return random marks, each in the form of a UUID, from one call to the system's source of randomness."""
    random = urandom(16 * many).hex()
    digits = (random[at : at + 32] for at in range(0, 32 * many, 32))
    return [f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}" for one in digits]


def assign_to_message(session: Session, on: Iterable[tuple[int, int]]) -> None:
    """Assign notifications to messages, by id: those that are still open and have no message."""
    write_many(session, _ASSIGN, ("notification", "message"), on)


def release_late(session: Session, workspace_id: str, today: date, monday: date) -> None:
    """Free the slots of messages waiting since an earlier day or week, so that they are placed afresh."""
    late = select(Message).where(
        Message.workspace_id == workspace_id,
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
        session.execute(
            update(Notification)
            .where(Notification.message_id == message.id, Notification.state == NotificationState.OPEN)
            .values(message_id=None)
            .execution_options(synchronize_session=False)
        )
        cancel_message(message, "its day went by")
    session.flush()
