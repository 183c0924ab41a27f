"""Databases for the tests of everything that is stored: an SQLite file, and a database of a real PostgreSQL.

`kind` runs a test on both; what asks for a `database` or a `home` is the same test on either.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

from models.storage.engine import Database
from tests.homes import Files, Home, OnServer
from tests.postgres import Server

# A machine that does other things is slow at times: how long an example takes is nothing that a test holds.
settings.register_profile("any machine", max_examples=100, deadline=None)
settings.register_profile("nightly", max_examples=10_000, deadline=None)
# What `make nightly` says on the command line goes before this.
settings.load_profile("any machine")


def examples(some: int) -> int:
    """How many examples a slow rule is tried on: some in `make test`, fifty times as many in `make nightly`."""
    return some * (50 if settings.get_current_profile_name() == "nightly" else 1)


LONGEST = (
    ("tests/crash/",),
    ("tests/browser/",),
    ("tests/packaging/", "tests/bot/cli/test_demo_page.py", "tests/schedules/test_received_property.py"),
    (),
)
"""What takes longest, for each of the four workers of `make test`."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each worker, which gets an equal share in this order, begin with the long tests; only short ones are taken
    over from another, and so none waits at the end for a long one."""
    long = [[item for item in items if group and item.nodeid.startswith(group)] for group in LONGEST]
    first = {item for some in long for item in some}
    short = [item for item in items if item not in first]
    share = len(items) // len(LONGEST) + 1
    items.clear()
    for some in long:
        taken = max(0, share - len(some))
        items += some + short[:taken]
        short = short[taken:]
    items += short


# Tests make and drop plans by the hundred: garbage is looked for less often than Python would by itself, and not
# in what the tests themselves are.
gc.set_threshold(100_000, 50, 100)


def pytest_collection_finish() -> None:
    """Keep what was collected out of every later look for garbage."""
    gc.freeze()


class Statements(LRUCache[Any, Any]):
    """Statements in the words of SQLite or PostgreSQL, for all databases of a kind and not for each.

    Every test has a database of its own: to put each statement into words once more took a sixth of the time.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        """The statement of a key, whose first part is one database's dialect."""
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), value)


_STATEMENTS = Statements(4_000)


@event.listens_for(Engine, "engine_connect")
def share_statements(connection: Connection) -> None:
    """Let the connections of all databases keep their statements in one place."""
    connection.execution_options(compiled_cache=_STATEMENTS)


SQLITE, POSTGRESQL = "sqlite", "postgresql"
Kept = Callable[[str], Database]
on_sqlite = pytest.mark.parametrize("kind", [SQLITE], indirect=True)
"""For what only a file can be like: one that fills up, one of another program."""
on_postgresql = pytest.mark.parametrize("kind", [POSTGRESQL], indirect=True)
"""For what only a server can be like: one that goes away, one that several machines share."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One PostgreSQL for all tests of this process; it takes under a second to start."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def kind(request: pytest.FixtureRequest) -> str:
    """Both kinds of database, one after the other."""
    return str(request.param)


@pytest.fixture
def home(kind: str, request: pytest.FixtureRequest) -> Iterator[Home]:
    """Where a test's databases live: among files, or on the server."""
    if kind == SQLITE:
        yield Files()
        return
    there = OnServer(request.getfixturevalue("postgres"))
    yield there
    there.close()


@pytest.fixture
def database(home: Home, tmp_path: Path) -> Iterator[Database]:
    """A database with the plan's tables and nothing in them, of both kinds."""
    database = Database(home.new(tmp_path))
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Kept]:
    """One database of each kind that stays, made when it is first asked for."""
    made: list[Database] = []

    @cache
    def one(kind: str) -> Database:
        there = Files() if kind == SQLITE else OnServer(request.getfixturevalue("postgres"))
        made.append(Database(there.new(tmp_path_factory.mktemp("kept"))))
        return made[-1]

    yield one
    for database in made:
        database.dispose()


@pytest.fixture
def kept_database(kind: str, kept: Kept) -> Database:
    """A database of either kind for tests that roll back all they do: quicker than a new one each."""
    return kept(kind)
