"""A database in memory with a plan in it, for tests of what is read out of it and merged into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import create_engine, event, select
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
    with _session(_stored(_Plan(plan))) as session:
        yield session


@dataclass(frozen=True)
class _Plan:
    """A plan, the same as any other with the same in it."""

    plan: PlanFile | None = field(compare=False)
    said: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", repr(self.plan))


@contextmanager
def _session(content: bytes) -> Iterator[Session]:
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda connection, _: connection.deserialize(content))
    with WorkspaceSession(engine) as session:
        scope_to(session, LOCAL)
        yield session
    engine.dispose()


@cache
def _tables() -> bytes:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return _content(engine)


@lru_cache(maxsize=32)
def _stored(given: _Plan) -> bytes:
    with _session(_tables()) as session:
        ensure_workspace(session, LOCAL, NOW)
        if given.plan is not None:
            store_plan(session, LOCAL, given.plan, NOW)
        session.commit()
        return _content(session.get_bind())


def _content(engine: Any) -> bytes:
    with engine.connect() as connection:
        content: bytes = connection.connection.driver_connection.serialize()
        return content


def action(session: Session, ref: str) -> Action:
    """One action."""
    return session.scalars(select(Action).where(Action.ref == ref)).one()


def signed(at: datetime = NOW, by: str = "Head of Education, The Council") -> Signed:
    """Somebody's signature."""
    return Signed(None, None, by, Way.COMMAND, at)
