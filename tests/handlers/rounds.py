"""One plan in a real database, asked again and again as if for the first time: every round is rolled back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.demo.sandbox import TEAM, example_plan, store_demo_plan
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.responses import Content, Form, Response
from models.enums import Way
from models.plan.accounts import AccountSeen, Actor, roles_of
from models.plan.directory_rows import remember
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.storage.engine import Database

Work = Callable[[RequestContext], Any]


@cache
def _example(now: datetime, users: tuple[str, ...]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.db"
        database = Database(str(path))
        store_demo_plan(database, example_plan(), now)
        with database.write(workspace=TEAM) as session:
            remember(session, TEAM, [AccountSeen(TEAM, user) for user in users], now)
        database.dispose()
        return path.read_bytes()


def example(folder: Path, now: datetime, *users: str) -> Database:
    """A database of its own with the example plan as it is settled at `now`; the directory shows these users."""
    path = folder / "plan.db"
    path.write_bytes(_example(now, users))
    return Database(str(path))


class RolledBackError(Exception):
    """Ends a transaction, so that the next round finds the plan as it was."""


@dataclass
class Rounds:
    """A plan and a moment. `accounts`: what is other than plain about those that the directory shows."""

    database: Database
    now: datetime
    accounts: Sequence[AccountSeen] = field(default=())

    def __post_init__(self) -> None:
        with self.database.write(workspace=TEAM) as session:
            remember(session, TEAM, self.accounts, self.now)

    def keep(self, work: Work, user: str, way: Way = Way.COMMAND, team: str = TEAM) -> Any:
        """Does something and keeps what it stored."""
        with self.database.write(workspace=TEAM) as session:
            return work(self._context(session, user, way, team))

    def again(self, steps: Sequence[Work], user: str, way: Way = Way.COMMAND, team: str = TEAM) -> list[Any]:
        """Does several things in one transaction and stores none of them."""
        done: list[Any] = []
        try:
            with self.database.write(workspace=TEAM) as session:
                for step in steps:
                    done.append(step(self._context(session, user, way, team)))
                    session.flush()
                raise RolledBackError
        except RolledBackError:
            return done

    def _context(self, session: Any, user: str, way: Way, team: str) -> RequestContext:
        roles = roles_of(session, TEAM, Actor(team, user), local_day(self.now, zone_of(session, TEAM)))
        return RequestContext(session, TEAM, roles, self.now, way, registry=REGISTRY)


def headline(given: Response) -> str:
    """What is said first; of a form its title."""
    if isinstance(given.content, Content):
        return given.content.headline
    return given.content.title if isinstance(given.content, Form) else str(given.content)
