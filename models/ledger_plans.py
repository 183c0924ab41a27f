"""SQL that plans the ledger: which asks are open, which lapse, on which message each is hung (design, section 8).

Set by set, never row by row: one pass may plan very many. `now` is the plan's time, `doubt_since` is real time.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import BindParameter, Table, and_, bindparam, exists, func, insert, literal_column, or_, select, update
from sqlalchemy.orm import Session

from models.bulk import A_CHUNK, write_many
from models.deliveries import ONE_A_DAY, RESTORED, TOO_LATE, cancel
from models.enums import AskKind, AskState, DeliveryClass, DeliveryState
from models.ledger_tables import Ask, Delivery, DeliveryPart

# Put together once: to build a statement takes longer than the database takes to answer it.
_WHERE: BindParameter[str] = bindparam("workspace")
_LAPSED = select(Ask.id, Ask.kind, Ask.subject, Ask.meeting_id, Ask.meeting_day, Ask.step, Ask.recipient).where(
    Ask.workspace_id == _WHERE,
    Ask.state == AskState.LAPSED,
    Ask.said_at.is_(None),
    or_(
        Ask.reason.in_(bindparam("why", expanding=True)),
        and_(Ask.reason.in_(bindparam("late", expanding=True)), Ask.lapses_at > bindparam("now")),
    ),
)
_LOOSE = (
    select(
        Ask.id,
        Ask.kind,
        Ask.subject,
        Ask.meeting_id,
        Ask.meeting_day,
        Ask.step,
        Ask.recipient,
        Ask.lapses_at,
        Ask.reason,
    )
    .where(Ask.workspace_id == _WHERE, Ask.state == AskState.OPEN, Ask.delivery_id.is_(None))
    .order_by(Ask.id)
)
_SLOTS: Any = select(
    Delivery.id,
    Delivery.klass,
    Delivery.recipient,
    Delivery.slot_day,
    Delivery.slot_n,
    Delivery.state,
    Delivery.attempts,
).where(Delivery.workspace_id == _WHERE, Delivery.slot_day >= bindparam("day"))
_ASKS, _MESSAGES = cast(Table, Ask.__table__), cast(Table, Delivery.__table__)
_HANG = (
    update(_ASKS)
    .where(
        _ASKS.c.id == bindparam("ask"),
        # Written into the statement: beside it, it would be put into the database's words once for every row.
        _ASKS.c.state == literal_column(f"'{AskState.OPEN.value}'"),
        _ASKS.c.delivery_id.is_(None),
    )
    .values(delivery_id=bindparam("message"), reason=literal_column("''"))
)


@dataclass(frozen=True, slots=True)
class LooseAsk:
    """An open ask that hangs on no message yet."""

    id: int
    kind: AskKind
    subject: int
    meeting_id: int
    meeting_day: date
    step: str
    recipient: str
    lapses_at: datetime | None
    reason: str

    @property
    def key(self) -> tuple[AskKind, int, int, date, str, str]:
        """What makes it one and the same reason for ever."""
        return (self.kind, self.subject, self.meeting_id, self.meeting_day, self.step, self.recipient)


def reopen(
    session: Session,
    workspace_id: str,
    standing: Collection[tuple[Any, ...]],
    why: Sequence[str],
    late: Sequence[str],
    now: datetime,
) -> None:
    """Opens lapsed asks again whose cause has gone (an account was found, an answer was taken back).

    `standing`: the keys (kind, subject, meeting, day, step, recipient) that stand now; `why`: the reasons for lapsing
    that can go away; `late`: those of what had waited until it came too late, which it had not where the clock was
    wrong. What was said is never said again.
    """
    if not standing:
        return
    lapsed = session.execute(_LAPSED, {"workspace": workspace_id, "why": why, "late": late, "now": now})
    again = [number for number, *key in lapsed if tuple(key) in standing]
    for some in _chunks(again):
        session.execute(
            update(Ask)
            .where(Ask.id.in_(some))
            .values(state=AskState.OPEN, reason="", delivery_id=None)
            .execution_options(synchronize_session=False)
        )


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + A_CHUNK] for at in range(0, len(numbers), A_CHUNK))


def lapse_late(session: Session, workspace_id: str, now: datetime) -> None:
    """Asks that have lost their point lapse; why they waited stays on record."""
    session.execute(
        update(Ask)
        .where(
            Ask.workspace_id == workspace_id,
            Ask.state == AskState.OPEN,
            Ask.delivery_id.is_(None),
            Ask.lapses_at <= now,
        )
        .values(state=AskState.LAPSED, reason=func.coalesce(func.nullif(Ask.reason, ""), TOO_LATE))
        .execution_options(synchronize_session=False)
    )


def loose_asks(session: Session, workspace_id: str) -> list[LooseAsk]:
    """Open asks that hang on no message yet, oldest first."""
    return [LooseAsk(*row) for row in session.execute(_LOOSE, {"workspace": workspace_id})]


def lapse(session: Session, why: Mapping[int, str]) -> None:
    """Asks that do not hold any more lapse, by number, each with its reason."""
    _say_why(session, why, {"state": AskState.LAPSED})


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
                update(Ask)
                .where(Ask.id.in_(some))
                .values(reason=reason, **values)
                .execution_options(synchronize_session=False)
            )


Place = tuple[DeliveryClass, str, date, int]
"""Where a message stands: unique in the ledger."""


def slots_since(session: Session, workspace_id: str, day: date) -> dict[Place, bool]:
    """The slots with a message from `day` on, and whether it may still be added to."""
    rows = session.execute(_SLOTS, {"workspace": workspace_id, "day": day})
    return {
        (klass, recipient, there, n): state is DeliveryState.PLANNED and attempts == 0
        for _, klass, recipient, there, n, state, attempts in rows
    }


def hang(
    session: Session,
    workspace_id: str,
    into: Mapping[Place, Sequence[int]],
    taken: Collection[Place],
    now: datetime,
    *,
    doubt_since: datetime | None = None,
) -> None:
    """Hangs asks on the messages of their slots, which are made where there are none.

    `taken`: the slots that have a message. `doubt_since`: the real time from which they may have been said already;
    they are looked up before they are sent.
    """
    if not into:
        return
    unsure = doubt_since is not None
    names = ("uuid", "klass", "recipient", "slot_day", "slot_n", "workspace_id", "planned_at", "state", "reason",
             "first_attempt_at", "address", "attempts", "absent")  # fmt: skip
    state, why = (DeliveryState.UNKNOWN, RESTORED) if unsure else (DeliveryState.PLANNED, "")
    usual = (workspace_id, now, state, why, doubt_since, "", 0, 0)
    new = ((str(uuid4()), *place, *usual) for place in into if place not in taken)
    write_many(session, insert(_MESSAGES), names, new)
    given = {"workspace": workspace_id, "day": min(place[2] for place in into)}
    numbers = {
        (klass, recipient, there, n): number
        for number, klass, recipient, there, n, _, _ in session.execute(_SLOTS, given)
    }
    hung = ((ask_id, numbers[place]) for place, ask_ids in into.items() for ask_id in ask_ids)
    write_many(session, _HANG, ("ask", "message"), hung)


def release_late(session: Session, workspace_id: str, today: date, monday: date) -> None:
    """Messages that wait since an earlier day or week give their place up, and their asks are placed afresh.

    Only those of which nothing is out and nothing in doubt: what a limit allowed then, it may not allow today.
    """
    late = select(Delivery).where(
        Delivery.workspace_id == workspace_id,
        or_(
            and_(Delivery.state == DeliveryState.PLANNED, Delivery.attempts == 0),
            Delivery.state == DeliveryState.LATER,
        ),
        or_(
            and_(Delivery.klass == DeliveryClass.BUNDLE, Delivery.slot_day < monday),
            and_(Delivery.klass.in_(ONE_A_DAY), Delivery.slot_day < today),
        ),
        ~exists().where(DeliveryPart.delivery_id == Delivery.id, DeliveryPart.ts != ""),
    )
    for delivery in session.scalars(late).all():
        session.execute(
            update(Ask)
            .where(Ask.delivery_id == delivery.id, Ask.state == AskState.OPEN)
            .values(delivery_id=None)
            .execution_options(synchronize_session=False)
        )
        cancel(session, delivery, "its day went by")
    session.flush()
