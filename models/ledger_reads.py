"""What the ledger knows: reads of it for words, checks and refreshes (design, section 8)."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import AskKind, AskState, DeliveryState
from models.ledger_tables import Ask, Delivery, DeliveryPart


def stale_parts(session: Session, workspace_id: str) -> list[int]:
    """Messages already delivered that are to be changed in place."""
    return list(
        session.scalars(
            select(DeliveryPart.delivery_id)
            .join(Delivery, Delivery.id == DeliveryPart.delivery_id)
            .where(Delivery.workspace_id == workspace_id, DeliveryPart.stale > 0, DeliveryPart.ts != "")
            .distinct()
        )
    )


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


def subjects_of(session: Session, workspace_id: str, kind: AskKind) -> set[int]:
    """The subjects there ever was a reason of this kind to speak about."""
    return set(session.scalars(select(Ask.subject).where(Ask.workspace_id == workspace_id, Ask.kind == kind)))
