"""Which workspace a database is about, and how one takes the id that its chat service gives it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

import models.storage.history_tables
import models.storage.notification_tables  # noqa: F401 - every table is registered before any is updated
from models.errors import Refusal
from models.storage.base import Base
from models.storage.tables import Person, Workspace

LOCAL = "local"
"""The workspace of a database that no chat service has been connected to yet."""


def ensure_workspace(session: Session, workspace_id: str, now: datetime, *, is_demo: bool = False) -> Workspace:
    """Return the workspace, creating it where it is missing."""
    row = session.get(Workspace, workspace_id)
    if row is None:
        row = Workspace(id=workspace_id, created_at=now, is_demo=is_demo)
        session.add(row)
        session.flush()
    return row


def only_workspace(session: Session, named: str = "") -> Workspace:
    """Return the workspace that is meant: the one named, or the only one there is.

    Raises Refusal where there is none, several, or not the one that was named.
    """
    rows = session.scalars(select(Workspace).order_by(Workspace.id)).all()
    if named:
        found = next((row for row in rows if row.id == named), None)
        if found is None:
            raise Refusal(f"There is no workspace {named} in this database: it has {_listed(rows) or 'none yet'}.")
        return found
    if not rows:
        raise Refusal("There is no plan in this database yet: say “cypp import FILE” first.")
    if len(rows) > 1:
        raise Refusal(f"This database holds several workspaces: name one with --workspace ({_listed(rows)}).")
    return rows[0]


def _listed(rows: Sequence[Workspace]) -> str:
    return ", ".join(row.id for row in rows)


def adopt(session: Session, workspace_id: str, now: datetime) -> None:
    """Give what was imported before Slack was connected to the workspace that now is."""
    local = session.get(Workspace, LOCAL)
    if local is None or session.get(Workspace, workspace_id) is not None:
        ensure_workspace(session, workspace_id, now)
        return
    session.add(
        Workspace(
            id=workspace_id,
            name=local.name,
            is_demo=local.is_demo,
            created_at=local.created_at,
            last_tick_at=local.last_tick_at,
            actions=local.actions,
        )
    )
    session.flush()
    for table in Base.metadata.sorted_tables:
        if "workspace_id" in table.c:
            session.execute(update(table).where(table.c.workspace_id == LOCAL).values(workspace_id=workspace_id))
    # Conversations of another service, or of none, mean nothing in this one.
    session.execute(update(Person).where(Person.workspace_id == workspace_id).values(channel=""))
    session.delete(local)
