"""What was taken in and is not worked yet: noted before it is acknowledged, gone with the transaction that works it.

Whoever works takes the oldest first, so what one person did stays in order, also where several copies take turns.
Where two take the same row only one deletes it, and that one's work is done.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.notifications.messages import insert_or_ignore
from models.storage.history_tables import Accepted
from models.storage.scope import workspace_of

KEY_MAX = 255


class AcceptedPayload(NamedTuple):
    """One thing that somebody did. `key`: the same each time it is delivered; `kind`: what reads the payload."""

    key: str
    kind: str
    payload: str
    at: datetime
    id: int = 0


def note_accepted(session: Session, payloads: Iterable[AcceptedPayload]) -> None:
    """Keep payloads until they are worked, in this order; one that is kept already is left as it is."""
    rows = [
        {
            "workspace_id": workspace_of(session),
            "key": one.key[:KEY_MAX],
            "kind": one.kind,
            "payload": one.payload,
            "at": one.at,
        }
        for one in payloads
    ]
    session.connection().execute(insert_or_ignore(session, Accepted), rows)


def list_accepted(session: Session, limit: int) -> list[AcceptedPayload]:
    """Return the payloads that wait longest, oldest first."""
    columns = select(Accepted.key, Accepted.kind, Accepted.payload, Accepted.at, Accepted.id)
    return [AcceptedPayload(*row) for row in session.execute(columns.order_by(Accepted.id).limit(limit))]


def any_accepted(session: Session) -> bool:
    """Return whether anything waits to be worked."""
    return session.scalar(select(Accepted.id).limit(1)) is not None


def take_accepted(session: Session, accepted_id: int) -> bool:
    """Take a payload out for good, in the transaction that works it; return False where somebody else has."""
    taken = delete(Accepted).where(Accepted.id == accepted_id).returning(Accepted.id)
    return session.scalar(taken, execution_options={"synchronize_session": False}) is not None


def forget_accepted(session: Session, keys: Sequence[str]) -> None:
    """Take payloads out that nobody is to work: whoever sent them was told that nothing was stored."""
    kept = delete(Accepted).where(Accepted.key.in_([key[:KEY_MAX] for key in keys]))
    session.execute(kept, execution_options={"synchronize_session": False})
