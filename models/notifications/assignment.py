"""SQL that plans the ledger: which asks are open, which lapse, on which message each is hung (design, section 8).

Set by set, never row by row: one pass may plan very many. `now` is the plan's time, `doubt_since` is real time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from os import urandom
from typing import Any, NamedTuple, cast

from sqlalchemy import BindParameter, Table, and_, bindparam, exists, insert, literal_column, or_, select, update
from sqlalchemy.orm import Session

from models.enums import MessageClass, MessageState, NotificationKind, NotificationState
from models.notifications.messages import ONE_A_DAY, cancel
from models.storage.bulk import A_CHUNK, DIALECTS, fresh_numbers, is_among, numbers_given, plain_rows, write_many
from models.storage.notification_tables import RESTORED, Message, MessagePart, Notification

# Put together once: to build a statement takes longer than the database takes to answer it.
_WHERE: BindParameter[str] = bindparam("workspace")
_ASKS, _MESSAGES = cast(Table, Notification.__table__), cast(Table, Message.__table__)
_ask, _message = _ASKS.c, _MESSAGES.c
_KEY = (_ask.kind, _ask.subject, _ask.meeting_id, _ask.meeting_day, _ask.step, _ask.recipient)
_LOOSE = (
    select(_ask.id, *_KEY, _ask.lapses_at, _ask.reason)
    .where(_ask.workspace_id == _WHERE, _ask.state == NotificationState.OPEN, _ask.delivery_id.is_(None))
    .order_by(_ask.id)
)
_LAPSED = select(_ask.id, *_KEY).where(
    _ask.workspace_id == _WHERE,
    _ask.state == NotificationState.LAPSED,
    _ask.said_at.is_(None),
    or_(
        _ask.reason.in_(bindparam("why", expanding=True)),
        and_(_ask.reason.in_(bindparam("late", expanding=True)), _ask.lapses_at > bindparam("now")),
    ),
)
_KNOWN: dict[str, Any] = {
    dialect: select(*_KEY).where(
        _ask.workspace_id == _WHERE,
        _ask.kind.in_(bindparam("kinds", expanding=True)),
        is_among(_ask.subject, "subjects", dialect),
        _ask.meeting_id.in_(bindparam("meetings", expanding=True)),
    )
    for dialect in DIALECTS
}
_SLOTS = select(
    _message.id,
    _message.klass,
    _message.recipient,
    _message.slot_day,
    _message.slot_n,
    _message.state,
    _message.attempts,
).where(_message.workspace_id == _WHERE, _message.slot_day >= bindparam("day"))
_NEW = insert(_MESSAGES)
_HANG = (
    update(_ASKS)
    .where(
        _ASKS.c.id == bindparam("ask"),
        # Written into the statement: beside it, it would be put into the database's words once for every row.
        _ASKS.c.state == literal_column(f"'{NotificationState.OPEN.value}'"),
        _ASKS.c.delivery_id.is_(None),
    )
    .values(delivery_id=bindparam("message"), reason=literal_column("''"))
)


Key = tuple[NotificationKind, int, int, date, str, str]
"""What makes an ask one and the same reason for ever: kind, subject, meeting, day, step, recipient."""


class Unassigned(NamedTuple):
    """An open ask that hangs on no message yet."""

    id: int
    kind: NotificationKind
    subject: int
    meeting_id: int
    meeting_day: date
    step: str
    recipient: str
    lapses_at: datetime | None
    reason: str

    @property
    def key(self) -> Key:
        """What makes it one and the same reason for ever."""
        return self[1:7]


def known_of(session: Session, workspace_id: str, keys: Collection[Key]) -> set[Key]:
    """Of these reasons to speak those that the ledger has, whatever became of them; it may give others as well."""
    if not keys:
        return set()
    kinds, meetings = {key[0] for key in keys}, {key[2] for key in keys}
    given = {"workspace": workspace_id, "kinds": sorted(kinds), "meetings": sorted(meetings)}
    given |= numbers_given(session, "subjects", sorted({key[1] for key in keys}))
    return {tuple(row) for row in plain_rows(session, _KNOWN[session.get_bind().dialect.name], given)}


def reopen(
    session: Session,
    workspace_id: str,
    stands: Callable[[Key], bool],
    why: Sequence[str],
    late: Sequence[str],
    now: datetime,
) -> bool:
    """Opens lapsed asks again whose cause has gone (an account was found, an answer was taken back).

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
            .values(state=NotificationState.OPEN, reason="", delivery_id=None)
            .execution_options(synchronize_session=False)
        )
    return bool(again)


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + A_CHUNK] for at in range(0, len(numbers), A_CHUNK))


def unassigned(session: Session, workspace_id: str) -> list[Unassigned]:
    """Open asks that hang on no message yet, oldest first."""
    return [Unassigned(*row) for row in plain_rows(session, _LOOSE, {"workspace": workspace_id})]


def lapse(session: Session, why: Mapping[int, str]) -> None:
    """Asks that do not hold any more lapse, by number, each with its reason."""
    _say_why(session, why, {"state": NotificationState.LAPSED})


def note_held(session: Session, held: Mapping[int, str]) -> None:
    """Keeps why asks wait, for the record should they lapse."""
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
    """The slots from `day` on that have a message."""
    rows = plain_rows(session, _SLOTS, {"workspace": workspace_id, "day": day})
    return {
        (klass, recipient, there, n): Standing(number, state is MessageState.PLANNED and attempts == 0)
        for number, klass, recipient, there, n, state, attempts in rows
    }


def new_messages(
    session: Session,
    workspace_id: str,
    places: Sequence[Place],
    now: datetime,
    *,
    doubt_since: datetime | None = None,
) -> dict[Place, int]:
    """Makes a message for each of some places that have none, and gives their numbers.

    `doubt_since`: the real time from which they may have been said already; they are looked up before they are sent.
    """
    if not places:
        return {}
    unsure = doubt_since is not None
    shared = {
        "workspace_id": workspace_id,
        "planned_at": now,
        "state": MessageState.UNKNOWN if unsure else MessageState.PLANNED,
        "reason": RESTORED if unsure else "",
        "first_attempt_at": doubt_since,
        "address": "",
        "attempts": 0,
        "absent": 0,
    }
    numbers = dict(zip(places, fresh_numbers(session, _MESSAGES, len(places)), strict=True))
    marks = _fresh_marks(len(places))
    rows = ((number, mark, *place) for (place, number), mark in zip(numbers.items(), marks, strict=True))
    write_many(session, _NEW, ("id", "uuid", "klass", "recipient", "slot_day", "slot_n"), rows, shared)
    return numbers


def _fresh_marks(many: int) -> list[str]:
    """So many random marks, written as a UUID is; the system is asked for what is random once, not once for each."""
    random = urandom(16 * many).hex()
    digits = (random[at : at + 32] for at in range(0, 32 * many, 32))
    return [f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}" for one in digits]


def assign_to_message(session: Session, on: Iterable[tuple[int, int]]) -> None:
    """Hangs asks on messages, by their numbers: those that are open still and hang on none."""
    write_many(session, _HANG, ("ask", "message"), on)


def release_late(session: Session, workspace_id: str, today: date, monday: date) -> None:
    """Messages that wait since an earlier day or week give their place up, and their asks are placed afresh.

    Only those of which nothing is out and nothing in doubt: what a limit allowed then, it may not allow today.
    """
    late = select(Message).where(
        Message.workspace_id == workspace_id,
        or_(
            and_(Message.state == MessageState.PLANNED, Message.attempts == 0),
            Message.state == MessageState.LATER,
        ),
        or_(
            and_(Message.klass == MessageClass.BUNDLE, Message.slot_day < monday),
            and_(Message.klass.in_(ONE_A_DAY), Message.slot_day < today),
        ),
        ~exists().where(MessagePart.delivery_id == Message.id, MessagePart.ts != ""),
    )
    for delivery in session.scalars(late).all():
        session.execute(
            update(Notification)
            .where(Notification.delivery_id == delivery.id, Notification.state == NotificationState.OPEN)
            .values(delivery_id=None)
            .execution_options(synchronize_session=False)
        )
        cancel(delivery, "its day went by")
    session.flush()
