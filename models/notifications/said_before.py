"""What the ledger says was sent, or is to be sent, about a board, a meeting or an action."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import NotificationKind, NotificationState
from models.rules.steps import LedgerStep, MoveRequested
from models.storage.notification_tables import Notification


def steps_sent(session: Session, meeting_id: int, day: date) -> set[LedgerStep]:
    """Return the steps of asking for updates that went out for a meeting on its day."""
    wanted = select(Notification.step).where(
        Notification.kind == NotificationKind.UPDATE,
        Notification.meeting_id == meeting_id,
        Notification.meeting_day == day,
        Notification.state == NotificationState.SENT,
    )
    return set(session.scalars(wanted.distinct()))


def digests_planned(session: Session, board_id: int) -> list[tuple[int, date, LedgerStep]]:
    """Return the meeting, its day and the step of each digest of a board, whether or not it was sent."""
    wanted = select(Notification.meeting_id, Notification.meeting_day, Notification.step).where(
        Notification.kind == NotificationKind.DIGEST,
        Notification.subject == board_id,
    )
    return [(meeting_id, day, step) for meeting_id, day, step in session.execute(wanted.distinct())]


def digest_fingerprint(session: Session, board_id: int, number: int | None = None) -> str:
    """Return what the digest of this number said, or a board's latest; "" where there is none."""
    wanted = select(Notification.fingerprint).where(
        Notification.kind == NotificationKind.DIGEST,
        Notification.subject == board_id,
        Notification.fingerprint != "",
    )
    if number is not None:
        wanted = wanted.where(Notification.id == number)
    return session.scalar(wanted.order_by(Notification.id.desc()).limit(1)) or ""


def is_published(session: Session, board_id: int, step: LedgerStep) -> bool:
    """Return whether a board's digest of a step is published, or is to be."""
    wanted = select(Notification.id).where(
        Notification.kind == NotificationKind.PUBLISH,
        Notification.subject == board_id,
        Notification.step == step,
    )
    return session.scalar(wanted.limit(1)) is not None


def move_requested(session: Session, action_id: int, entry_id: int) -> MoveRequested | None:
    """Return what was asked of another board about an action in an entry of its history; None where nothing was."""
    wanted = select(Notification.step).where(
        Notification.kind == NotificationKind.OTHER_BOARD,
        Notification.subject == action_id,
    )
    requests = (step for step in session.scalars(wanted) if isinstance(step, MoveRequested))
    return next((step for step in requests if step.entry_id == entry_id), None)
