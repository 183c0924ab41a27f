"""A plan that is restored from a backup, or was copied to another database.

What the lost database said between the backup and now is not known here: everything planned since is in doubt, and is
looked up in the conversations before it is said.

Source: docs/explanation/delivery.md, Restore and move.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from models.enums import MessageState, NotificationState
from models.errors import DatabaseProblem
from models.rules.steps import write_step
from models.storage.bulk import QUIETLY
from models.storage.notification_tables import RESTORED_FROM_BACKUP, Message, Notification
from models.storage.tables import Workspace

NOT_OVER = (MessageState.PLANNED, MessageState.LATER, MessageState.CLAIMED)


def mark_restored(session: Session, backup_at: datetime, now: datetime) -> None:
    """Note in a restored database that what arose before `now` may have been said already.

    Args:
        session: a writing transaction on the restored database.
        backup_at: when the backup was made, real time.
        now: the plan's time.
    """
    session.execute(update(Workspace).values(backup_at=backup_at, restored_at=now))
    doubtful = {"state": MessageState.UNKNOWN, "lease_until": None, "not_before": None, "absent": 0}
    waiting = update(Message).where(Message.state.in_(NOT_OVER)).values(first_attempt_at=backup_at, **doubtful)
    session.execute(waiting.values(reason=RESTORED_FROM_BACKUP), execution_options=QUIETLY)


def mark_of_reason(notification: Notification) -> str:
    """Return the opaque mark of a notification, the same in every copy of a plan: a restored one must know it."""
    key = (
        notification.workspace_id,
        notification.kind.value,
        notification.subject,
        notification.meeting_id,
        notification.meeting_day,
        write_step(notification.step),
        notification.recipient,
    )
    return sha256("|".join(map(str, key)).encode()).hexdigest()[:16]


def record_found(session: Session, said: Iterable[int], now: datetime) -> None:
    """Mark those notifications of a message in doubt that were found sent; the others are sent with it."""
    sent = {"state": NotificationState.SENT, "said_at": now, "reason": RESTORED_FROM_BACKUP, "message_id": None}
    found = update(Notification).where(Notification.id.in_(list(said)))
    session.execute(found.values(**sent), execution_options=QUIETLY)
    session.flush()


_MOVED = select(Workspace.moved_to).where(Workspace.moved_to != "").limit(1)


def check_not_moved(session: Session | Connection, name: str) -> None:
    """Raise DatabaseProblem where the plan was copied to another database, so that nothing is said from both."""
    to = session.scalar(_MOVED)
    if to:
        raise DatabaseProblem(f"The plan of {name} was moved to {to}: name that database with --db.")
