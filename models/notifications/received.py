"""What was dealt with already: Slack delivers events up to three times, and people press twice."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.notifications.messages import insert_or_ignore
from models.storage.history_tables import Received

_KEY_MAX = 255


def first_time(session: Session, workspace_id: str, key: str, now: datetime, about: int = 0) -> bool:
    """Note that a payload is dealt with; return False where it was before.

    Args:
        session: a writing transaction.
        workspace_id: whose it is.
        key: what tells it from everything else.
        now: the instant, with its zone.
        about: the action that a press is about, 0 for none.
    """
    noted = insert_or_ignore(session, Received).values(
        workspace_id=workspace_id, key=key[:_KEY_MAX], at=now, about=about
    )
    return session.scalar(noted.returning(Received.key)) is not None


def forget_presses(session: Session, workspace_id: str, action_id: int) -> None:
    """Let the buttons about an action count again: what they did was undone."""
    session.execute(
        delete(Received).where(
            Received.workspace_id == workspace_id, Received.about == action_id, Received.key.like("press:%")
        )
    )
