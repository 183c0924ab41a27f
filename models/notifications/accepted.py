"""What was taken in and is not worked yet: noted before it is acknowledged, gone with the transaction that works it.

Whoever works takes the oldest first, so what one person did stays in order, also where several copies take turns.
Whoever works is alone in the workspace, so a row is worked by one.
"""

from collections.abc import Collection, Iterable
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


def list_accepted(session: Session, limit: int, without: Collection[str] = ()) -> list[AcceptedPayload]:
    """Return the payloads that wait longest, oldest first, but for some by their keys."""
    columns = select(Accepted.key, Accepted.kind, Accepted.payload, Accepted.at)
    wanted = columns.where(Accepted.key.not_in(without)).order_by(Accepted.id).limit(limit)
    return [AcceptedPayload(*row) for row in session.execute(wanted)]


def any_accepted(session: Session, without: Collection[str] = ()) -> bool:
    """Return whether anything waits to be worked, but for some by their keys."""
    return session.scalar(select(Accepted.id).where(Accepted.key.not_in(without)).limit(1)) is not None


def still_accepted(session: Session, keys: Collection[str]) -> set[str]:
    """Return the keys that still wait, in the transaction that works them: nobody else works meanwhile."""
    return set(session.scalars(select(Accepted.key).where(Accepted.key.in_(keys))))


def take_accepted(session: Session, keys: Collection[str]) -> None:
    """Take payloads out for good: in the transaction that worked them, or where nobody is to work them."""
    taken = delete(Accepted).where(Accepted.key.in_([key[:KEY_MAX] for key in keys]))
    session.execute(taken, execution_options={"synchronize_session": False})
