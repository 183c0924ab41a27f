"""What was dealt with already: Slack delivers events up to three times, and people press twice."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.notifications.messages import insert_or_ignore
from models.storage.history_tables import Received
from models.storage.scope import workspace_of

_KEY_MAX = 255


def first_time(session: Session, key: str, now: datetime, about: int = 0) -> bool:
    """Note that a payload is dealt with; return False where it was before.

    Args:
        session: a writing transaction.
        key: what tells it from everything else.
        now: the instant, with its zone.
        about: the action that a press is about, 0 for none.
    """
    noted = insert_or_ignore(session, Received).values(
        workspace_id=workspace_of(session), key=key[:_KEY_MAX], at=now, about=about
    )
    return session.scalar(noted.returning(Received.key)) is not None


def was_dealt_with(session: Session, keys: Iterable[str]) -> bool:
    """Return whether a payload with one of these keys was dealt with."""
    ours = select(Received.key).where(Received.workspace_id == workspace_of(session))
    return session.scalar(ours.where(Received.key.in_([key[:_KEY_MAX] for key in keys])).limit(1)) is not None


def forget_presses(session: Session, action_id: int) -> None:
    """Let the buttons about an action count again: what they did was undone."""
    ours = delete(Received).where(Received.workspace_id == workspace_of(session), Received.about == action_id)
    session.execute(ours.where(Received.key.like("press:%")))
