"""Which kinds of block a workspace does not take yet, and since when."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.storage.history_tables import RefusedBlock
from models.storage.scope import workspace_of


def remember_refused(session: Session, kinds: Iterable[str], now: datetime) -> None:
    """Note that these kinds were refused at an instant."""
    known = {row.kind: row for row in session.scalars(select(RefusedBlock))}
    for kind in sorted(kinds):
        if kind in known:
            known[kind].at = now
        else:
            session.add(RefusedBlock(workspace_id=workspace_of(session), kind=kind[:64], at=now))
    session.flush()


def list_refused(session: Session, since: datetime) -> Sequence[str]:
    """Return the kinds that were refused since an instant."""
    return session.scalars(select(RefusedBlock.kind).where(RefusedBlock.at >= since)).all()


def forget_refused(session: Session) -> None:
    """Forget what was refused."""
    session.execute(delete(RefusedBlock))
