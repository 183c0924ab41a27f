"""A database in memory with a plan in it, for tests of what is read out of it and merged into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

import models.storage.notification_tables  # noqa: F401 - every table is made
from models.enums import Way
from models.files.import_plan import store_plan
from models.files.planfile import PlanFile
from models.records.history import Signed
from models.storage.base import Base
from models.storage.scope import WorkspaceSession, scope_to
from models.storage.tables import Action
from models.storage.workspaces import LOCAL, ensure_workspace

NOW = datetime(2020, 8, 10, 9, tzinfo=UTC)
TODAY = NOW.date()


@contextmanager
def database(plan: PlanFile | None = None) -> Iterator[Session]:
    """A session on a new database, with the plan imported on `NOW`."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with WorkspaceSession(engine) as session:
        scope_to(session, LOCAL)
        ensure_workspace(session, LOCAL, NOW)
        if plan is not None:
            store_plan(session, LOCAL, plan, NOW)
        session.flush()
        yield session
    engine.dispose()


def action(session: Session, ref: str) -> Action:
    """One action."""
    return session.scalars(select(Action).where(Action.ref == ref)).one()


def signed(at: datetime = NOW, by: str = "Head of Education, The Council") -> Signed:
    """Somebody's signature."""
    return Signed(None, None, by, Way.COMMAND, at)
