"""When a workspace's plan is next to be looked at: kept with the workspace, so that a tick before then reads one row.

Whatever is written through `Database.write` may change what is due, and has the next tick look. What comes by itself
(a step, a meeting, somebody's first day) is what a pass sleeps until.
"""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.storage.tables import Workspace


def keep_wake_at(session: Session, workspace_id: str, looked: tuple[datetime, datetime] | None = None) -> None:
    """Note when a plan is to be looked at next: the only place that writes it."""
    at, until = looked or (None, None)
    change = update(Workspace).values(looked_at=at, wake_at=until).execution_options(synchronize_session=False)
    if workspace_id:
        change = change.where(Workspace.id == workspace_id)
    if looked is None:
        change = change.where(Workspace.wake_at.is_not(None))
    session.execute(change)


def is_asleep(workspace: Workspace, now: datetime) -> bool:
    """Return whether nothing can be due at `now` since the plan was looked at; never where the clock went back."""
    if workspace.looked_at is None or workspace.wake_at is None:
        return False
    return workspace.looked_at <= now < workspace.wake_at
