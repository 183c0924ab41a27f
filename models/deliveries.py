"""All SQL on the ledger (design, section 8). Instants called `instant` are real time; `now` is the plan's time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Insert, and_, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from models.enums import AskKind, AskState, DeliveryClass, DeliveryState
from models.ledger_tables import Ask, Delivery, DeliveryPart

TOO_LATE = "came too late"
RESTORED = "the plan was restored from a backup"
"""Why nobody knows whether a message was sent: the database that knew is gone."""
WAITING = (DeliveryState.PLANNED, DeliveryState.LATER)
"""A message in one of these states may be claimed and sent."""
ONE_A_DAY = (DeliveryClass.LAST_CALL, DeliveryClass.TOLD, DeliveryClass.SECRETARY)
"""Messages that take their recipient's place of a day."""


_ASKS_GO_TO = {
    DeliveryState.SENT: AskState.SENT,
    DeliveryState.FAILED: AskState.FAILED,
    DeliveryState.UNCERTAIN: AskState.FAILED,
}


def insert_or_ignore(session: Session, table: type[Any]) -> Insert:
    """`INSERT … ON CONFLICT DO NOTHING` in the database's own words."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql_insert(table).on_conflict_do_nothing()
    return sqlite_insert(table).on_conflict_do_nothing()


@dataclass(frozen=True, slots=True)
class NewAsk:
    """One reason to speak, to be planned if it never was."""

    kind: AskKind
    subject: int
    meeting_id: int
    meeting_day: date
    step: str
    recipient: str
    lapses_at: datetime | None
    reason: str = ""
    """Why it cannot be said at all ("no account"): it is kept as lapsed, for the record."""
    fingerprint: str = ""
    """What it is to say, where that is settled already."""


def plan(session: Session, workspace_id: str, asks: Sequence[NewAsk], now: datetime) -> None:
    """Inserts the asks that were never planned; on conflict nothing happens. A lapsed one that stands again reopens."""
    if not asks:
        return
    rows = [
        {
            "workspace_id": workspace_id,
            "kind": ask.kind,
            "subject": ask.subject,
            "meeting_id": ask.meeting_id,
            "meeting_day": ask.meeting_day,
            "step": ask.step,
            "recipient": ask.recipient,
            "state": AskState.LAPSED if ask.reason else AskState.OPEN,
            "reason": ask.reason,
            "planned_at": now,
            "lapses_at": ask.lapses_at,
            "fingerprint": ask.fingerprint,
        }
        for ask in asks
    ]
    session.execute(insert_or_ignore(session, Ask), rows)


def reopen(
    session: Session,
    workspace_id: str,
    standing: Iterable[tuple[Any, ...]],
    why: Sequence[str],
    late: Sequence[str],
    now: datetime,
) -> None:
    """Opens lapsed asks again whose cause has gone (an account was found, an answer was taken back).

    `standing`: the keys (kind, subject, meeting, day, step, recipient) that stand now; `why`: the reasons for lapsing
    that can go away; `late`: those of what had waited until it came too late, which it had not where the clock was
    wrong. What was said is never said again.
    """
    keys = set(standing)
    lapsed = session.scalars(
        select(Ask).where(
            Ask.workspace_id == workspace_id,
            Ask.state == AskState.LAPSED,
            Ask.said_at.is_(None),
            or_(Ask.reason.in_(why), and_(Ask.reason.in_(late), Ask.lapses_at > now)),
        )
    )
    for ask in lapsed:
        if (ask.kind, ask.subject, ask.meeting_id, ask.meeting_day, ask.step, ask.recipient) in keys:
            ask.state, ask.reason, ask.delivery_id = AskState.OPEN, "", None


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


def loose_asks(session: Session, workspace_id: str) -> list[Ask]:
    """Open asks that hang on no message yet, oldest first."""
    return list(
        session.scalars(
            select(Ask)
            .where(Ask.workspace_id == workspace_id, Ask.state == AskState.OPEN, Ask.delivery_id.is_(None))
            .order_by(Ask.id)
        )
    )


def slots_since(session: Session, workspace_id: str, day: date) -> dict[tuple[DeliveryClass, str, date, int], bool]:
    """The slots with a message from `day` on, and whether it may still be added to."""
    rows = session.execute(
        select(
            Delivery.klass, Delivery.recipient, Delivery.slot_day, Delivery.slot_n, Delivery.state, Delivery.attempts
        ).where(Delivery.workspace_id == workspace_id, Delivery.slot_day >= day)
    )
    return {
        (klass, recipient, slot_day, n): state is DeliveryState.PLANNED and attempts == 0
        for klass, recipient, slot_day, n, state, attempts in rows
        if slot_day is not None
    }


def hang(
    session: Session,
    workspace_id: str,
    slot: tuple[DeliveryClass, str, date, int],
    ask_ids: Sequence[int],
    now: datetime,
    *,
    doubt_since: datetime | None = None,
) -> None:
    """Hangs asks on the message of a slot, which is made where there is none.

    `doubt_since`: the real time from which it may have been said already; it is looked up before it is sent.
    """
    klass, recipient, day, n = slot
    delivery = session.scalars(
        select(Delivery).where(
            Delivery.workspace_id == workspace_id,
            Delivery.klass == klass,
            Delivery.recipient == recipient,
            Delivery.slot_day == day,
            Delivery.slot_n == n,
        )
    ).first()
    if delivery is None:
        delivery = Delivery(
            workspace_id=workspace_id,
            uuid=str(uuid4()),
            klass=klass,
            recipient=recipient,
            slot_day=day,
            slot_n=n,
            planned_at=now,
            state=DeliveryState.PLANNED if doubt_since is None else DeliveryState.UNKNOWN,
            reason="" if doubt_since is None else RESTORED,
            first_attempt_at=doubt_since,
        )
        session.add(delivery)
        session.flush()
    session.execute(
        update(Ask)
        .where(Ask.id.in_(ask_ids), Ask.state == AskState.OPEN, Ask.delivery_id.is_(None))
        .values(delivery_id=delivery.id, reason="")
        .execution_options(synchronize_session=False)
    )


def note_held(session: Session, held: Mapping[int, str]) -> None:
    """Keeps why asks wait, for the record should they lapse."""
    for ask_id, why in held.items():
        session.execute(
            update(Ask)
            .where(Ask.id == ask_id, Ask.reason != why)
            .values(reason=why)
            .execution_options(synchronize_session=False)
        )


def release_late(session: Session, workspace_id: str, today: date, monday: date) -> None:
    """Messages that wait since an earlier day or week give their place up, and their asks are placed afresh.

    Only those of which nothing is out and nothing in doubt: what a limit allowed then, it may not allow today.
    """
    late = select(Delivery.id).where(
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
    for delivery in session.scalars(select(Delivery).where(Delivery.id.in_(late))).all():
        session.execute(
            update(Ask)
            .where(Ask.delivery_id == delivery.id, Ask.state == AskState.OPEN)
            .values(delivery_id=None)
            .execution_options(synchronize_session=False)
        )
        cancel(session, delivery, "its day went by")
    session.flush()


def claimable(session: Session, workspace_id: str, instant: datetime) -> list[tuple[int, str, str, DeliveryClass]]:
    """Messages that may be sent now: id, recipient, address, and what they are counted as."""
    rows = session.execute(
        select(Delivery.id, Delivery.recipient, Delivery.address, Delivery.klass)
        .where(
            Delivery.workspace_id == workspace_id,
            Delivery.state.in_(WAITING),
            or_(Delivery.not_before.is_(None), Delivery.not_before <= instant),
        )
        .order_by(Delivery.id)
    )
    return [(row.id, row.recipient, row.address, row.klass) for row in rows]


def claim(
    session: Session, delivery_id: int, instant: datetime, lease: timedelta, states: Sequence[DeliveryState] = WAITING
) -> Delivery | None:
    """Takes one message for sending, or for a look-up: one row, or nothing where somebody else has it.

    What somebody else takes at this moment is skipped, not waited for (PostgreSQL; SQLite has one writer at a time).
    `lease_until` is the holder's mark: see `models.leases`.
    """
    free = (
        select(Delivery.id)
        .where(
            Delivery.id == delivery_id,
            Delivery.state.in_(states),
            or_(Delivery.lease_until.is_(None), Delivery.lease_until <= instant),
            or_(Delivery.not_before.is_(None), Delivery.not_before <= instant),
        )
        .with_for_update(skip_locked=True)
    )
    taken = session.execute(
        update(Delivery)
        .where(Delivery.id == free.scalar_subquery())
        .values(state=DeliveryState.CLAIMED, lease_until=instant + lease)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return session.get(Delivery, delivery_id, populate_existing=True)


def asks_of(session: Session, delivery_id: int) -> list[Ask]:
    """The asks that hang on a message."""
    return list(session.scalars(select(Ask).where(Ask.delivery_id == delivery_id).order_by(Ask.id)))


def parts_of(session: Session, delivery_id: int) -> list[DeliveryPart]:
    """The frozen pages of a message, in order."""
    return list(
        session.scalars(
            select(DeliveryPart).where(DeliveryPart.delivery_id == delivery_id).order_by(DeliveryPart.number)
        )
    )


def freeze(session: Session, delivery: Delivery, pages: Sequence[str], instant: datetime) -> None:
    """Keeps the pages as they will be sent; from here on they change only in place, once posted."""
    for part in parts_of(session, delivery.id):
        session.delete(part)
    session.flush()
    session.add_all(
        DeliveryPart(delivery_id=delivery.id, number=number, payload=page) for number, page in enumerate(pages)
    )
    start_attempt(delivery, instant)


def start_attempt(delivery: Delivery, instant: datetime) -> None:
    """Notes that a claimed message is about to be sent."""
    delivery.attempts += 1
    delivery.first_attempt_at = delivery.first_attempt_at or instant
    delivery.last_attempt_at = instant
    delivery.absent = 0


def cancel(session: Session, delivery: Delivery, why: str) -> None:
    """Nothing is left to say: the message is cancelled and its slot is free again."""
    delivery.state, delivery.reason = DeliveryState.CANCELLED, why
    delivery.slot_day, delivery.lease_until = None, None


def record_part(session: Session, delivery_id: int, number: int, ts: str, frozen: str = "", sent: str = "") -> None:
    """One page is out; where another version was `sent` of what was `frozen`, that is what it shows now.

    Where words were redacted meanwhile the page kept is the one without them, to be shown next; it stays.
    """
    this = update(DeliveryPart).where(DeliveryPart.delivery_id == delivery_id, DeliveryPart.number == number)
    quietly = {"synchronize_session": False}
    session.execute(this.values(ts=ts), execution_options=quietly)
    if sent != frozen:
        session.execute(this.where(DeliveryPart.payload == frozen).values(payload=sent), execution_options=quietly)


def record(
    session: Session,
    delivery: Delivery,
    state: DeliveryState,
    now: datetime,
    *,
    not_before: datetime | None = None,
    reason: str = "",
) -> None:
    """Writes how an attempt ended, for the message and the asks on it, and gives the lease back."""
    delivery.state, delivery.not_before, delivery.reason = state, not_before, reason
    delivery.lease_until = None
    ask_state = _ASKS_GO_TO.get(state)
    if state is DeliveryState.SENT:
        delivery.sent_at = now
    if ask_state is not None:
        session.execute(
            update(Ask)
            .where(Ask.delivery_id == delivery.id, Ask.state == AskState.OPEN)
            .values(state=ask_state, reason=reason, said_at=now if ask_state is AskState.SENT else None)
            .execution_options(synchronize_session=False)
        )


def expire_leases(session: Session, workspace_id: str, instant: datetime, wait: timedelta) -> int:
    """Messages whose sender is gone: nobody knows whether they were posted. Gives how many there were."""
    gone = session.execute(
        update(Delivery)
        .where(
            Delivery.workspace_id == workspace_id,
            Delivery.state == DeliveryState.CLAIMED,
            Delivery.lease_until <= instant,
        )
        .values(
            state=DeliveryState.UNKNOWN,
            lease_until=None,
            not_before=instant + wait,
            reason="the sender stopped",
            absent=0,
        )
        .execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def in_doubt(session: Session, workspace_id: str, instant: datetime) -> list[int]:
    """Messages to be looked up now."""
    return list(
        session.scalars(
            select(Delivery.id)
            .where(
                Delivery.workspace_id == workspace_id,
                Delivery.state == DeliveryState.UNKNOWN,
                or_(Delivery.not_before.is_(None), Delivery.not_before <= instant),
            )
            .order_by(Delivery.id)
        )
    )


def record_change(session: Session, delivery_id: int, number: int, seen: int, payload: str | None) -> None:
    """A delivered page shows its `seen` changes; one that came meanwhile stays to be shown.

    `payload`: what it shows now, None where it was left as it is. Where another copy changed it to something else at
    the same time, nobody knows which of the two it shows: it is changed once more.
    """
    part = session.get_one(DeliveryPart, (delivery_id, number), populate_existing=True, with_for_update=True)
    if part.stale >= seen:
        part.stale -= seen
    elif payload is not None and payload != part.payload:
        part.stale += 1
    if payload is not None:
        part.payload = payload
