"""Whose a message is: in nobody's hand, or in that of one sender for as long as its lease.

Each row is locked as it is read, so that two copies of the program never decide on the same message at once.

Source: docs/explanation/delivery.md, Doubt.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.enums import MessageState
from models.notifications.messages import WAITING
from models.storage.notification_tables import Message


def lock_held(session: Session, message_id: int, lease_until: datetime) -> Message | None:
    """Return a message to its claimer; None where the lease was over and another sender has it."""
    return _lock(session, message_id, Message.state == MessageState.CLAIMED, Message.lease_until == lease_until)


def lock_unclaimed(session: Session, message_id: int) -> Message | None:
    """Return a message that nobody has claimed and that is not final; None where there is none."""
    return _lock(session, message_id, Message.state.in_((*WAITING, MessageState.UNKNOWN)))


def _lock(session: Session, message_id: int, *stands: ColumnElement[bool]) -> Message | None:
    wanted = select(Message).where(Message.id == message_id, *stands).with_for_update()
    return session.scalars(wanted, execution_options={"populate_existing": True}).first()


def back_off(session: Session, message_id: int, instant: datetime) -> None:
    """Make a message that cannot be made wait longer each time, up to an hour."""
    message = lock_unclaimed(session, message_id)
    if message is not None and message.state in WAITING:
        message.attempts += 1
        message.not_before = instant + min(timedelta(hours=1), timedelta(minutes=1) * 2 ** min(message.attempts, 6))
