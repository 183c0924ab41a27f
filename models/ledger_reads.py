"""What the ledger knows: reads of it for words, checks and refreshes (design, section 8)."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam, exists, func, literal_column, select
from sqlalchemy.orm import Session, aliased

from models.enums import AskKind, AskState, DeliveryState
from models.ledger_tables import Ask, Delivery, DeliveryPart

NONE: ColumnElement[int] = literal_column("0")
"""Written into the query, not beside it: only so does SQLite find what is stale by its index."""
UNSAID = "nothing changed"
"""Why an ask lapses that has nothing new to say, such as a weekly digest."""


_STALE = (
    select(DeliveryPart.delivery_id)
    .join(Delivery, Delivery.id == DeliveryPart.delivery_id)
    .where(Delivery.workspace_id == bindparam("workspace"), DeliveryPart.stale > NONE, DeliveryPart.ts != "")
    .distinct()
)


def stale_parts(session: Session, workspace_id: str) -> list[int]:
    """Messages already delivered that are to be changed in place."""
    return list(session.scalars(_STALE, {"workspace": workspace_id}))


def actions_of_message(session: Session, workspace_id: str, ts: str) -> list[int]:
    """The actions that a delivered message asked about, by the service's name for one of its pages."""
    return list(
        session.scalars(
            select(Ask.subject)
            .join(DeliveryPart, DeliveryPart.delivery_id == Ask.delivery_id)
            .where(Ask.workspace_id == workspace_id, Ask.kind == AskKind.UPDATE, DeliveryPart.ts == ts)
            .distinct()
        )
    )


def bundle_shown(session: Session, workspace_id: str, recipient: str, ts: str) -> tuple[str, list[int]] | None:
    """The list of actions somebody was sent: that of one message, by the service's name for a page of it, or the latest
    where `ts` is "". Its pages as they stand and its actions out; None where there is none."""
    sent = select(Delivery.id).where(
        Delivery.workspace_id == workspace_id,
        Delivery.recipient == recipient,
        exists().where(Ask.delivery_id == Delivery.id, Ask.kind == AskKind.UPDATE, Ask.state == AskState.SENT),
    )
    if ts:
        sent = sent.where(exists().where(DeliveryPart.delivery_id == Delivery.id, DeliveryPart.ts == ts))
    delivery_id = session.scalar(sent.order_by(Delivery.id.desc()).limit(1))
    if delivery_id is None:
        return None
    pages = session.scalars(
        select(DeliveryPart.payload).where(DeliveryPart.delivery_id == delivery_id).order_by(DeliveryPart.number)
    )
    asked = select(Ask.subject).where(Ask.delivery_id == delivery_id, Ask.kind == AskKind.UPDATE).distinct()
    return "\n".join(pages), list(session.scalars(asked))


def undelivered(session: Session, workspace_id: str) -> list[Delivery]:
    """Messages that were refused, or of which nobody knows whether they arrived."""
    return list(
        session.scalars(
            select(Delivery)
            .where(
                Delivery.workspace_id == workspace_id,
                Delivery.state.in_((DeliveryState.FAILED, DeliveryState.UNCERTAIN)),
            )
            .order_by(Delivery.id)
        )
    )


_TOLD = aliased(Ask)
_UNTOLD = (
    select(Delivery)
    .where(
        Delivery.workspace_id == bindparam("workspace"),
        Delivery.state.in_((DeliveryState.FAILED, DeliveryState.UNCERTAIN)),
        ~exists().where(
            _TOLD.workspace_id == Delivery.workspace_id, _TOLD.kind == AskKind.FAILED, _TOLD.subject == Delivery.id
        ),
    )
    .order_by(Delivery.id)
)


def untold(session: Session, workspace_id: str) -> list[Delivery]:
    """Those of them that nobody was told of yet."""
    return list(session.scalars(_UNTOLD, {"workspace": workspace_id}))


def last_fingerprint(session: Session, workspace_id: str, kind: AskKind, subject: int) -> str:
    """What the latest message of this kind on this subject said; "" where none was sent."""
    return (
        session.scalar(
            select(Ask.fingerprint)
            .where(
                Ask.workspace_id == workspace_id,
                Ask.kind == kind,
                Ask.subject == subject,
                Ask.state == AskState.SENT,
                Ask.fingerprint != "",
            )
            .order_by(Ask.said_at.desc(), Ask.id.desc())
            .limit(1)
        )
        or ""
    )


def digest_said(session: Session, ask: Ask) -> str | None:
    """What the secretary's digest of the same step said, for one that is to be published.

    "" where there was none to be sent; None where it was not sent because nothing in it was new.
    """
    rows = session.scalars(
        select(Ask)
        .where(
            Ask.workspace_id == ask.workspace_id,
            Ask.kind == AskKind.DIGEST,
            Ask.subject == ask.subject,
            Ask.meeting_id == ask.meeting_id,
            Ask.meeting_day == ask.meeting_day,
            Ask.step == ask.step,
        )
        .order_by(Ask.id)
    ).all()
    said = next((row.fingerprint for row in rows if row.fingerprint), "")
    return None if not said and any(row.reason == UNSAID for row in rows) else said


def asks_about(session: Session, workspace_id: str, action_ids: Sequence[int], meeting_id: int) -> list[Ask]:
    """Everything asked, or not asked, about some actions for one meeting."""
    return list(
        session.scalars(
            select(Ask)
            .where(
                Ask.workspace_id == workspace_id,
                Ask.kind == AskKind.UPDATE,
                Ask.subject.in_(action_ids),
                Ask.meeting_id == meeting_id,
            )
            .order_by(Ask.id)
        )
    )


def counts(session: Session, workspace_id: str) -> dict[DeliveryState, int]:
    """How many messages stand in each state."""
    rows = session.execute(
        select(Delivery.state, func.count()).where(Delivery.workspace_id == workspace_id).group_by(Delivery.state)
    )
    return {row[0]: row[1] for row in rows}


def planned(session: Session, workspace_id: str, kind: AskKind) -> list[Ask]:
    """Every reason of this kind there ever was to speak."""
    return list(session.scalars(select(Ask).where(Ask.workspace_id == workspace_id, Ask.kind == kind)))


def unsaid_about(session: Session, workspace_id: str, kind: AskKind, subject: int) -> list[Ask]:
    """The reasons of this kind to speak about a subject that are still to be said."""
    return list(
        session.scalars(
            select(Ask).where(
                Ask.workspace_id == workspace_id,
                Ask.kind == kind,
                Ask.subject == subject,
                Ask.state == AskState.OPEN,
            )
        )
    )


_ANYTHING = select(Ask.id).where(Ask.workspace_id == bindparam("workspace"), Ask.state == AskState.OPEN).limit(1)


def anything_waits(session: Session, workspace_id: str) -> bool:
    """Whether there is a reason to speak that is still to be said."""
    return session.scalar(_ANYTHING, {"workspace": workspace_id}) is not None
