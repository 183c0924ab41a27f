"""Databases for the tests of everything that is stored: an SQLite file, and a database of a real PostgreSQL.

`kind` runs a test on both; what asks for `new_database` is the same test on either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from models.db import Database, migrate
from tests.postgres import Server

SQLITE, POSTGRESQL = "sqlite", "postgresql"
NewDatabase = Callable[[], str]
on_sqlite = pytest.mark.parametrize("kind", [SQLITE], indirect=True)
"""For what only a file can be like: one that fills up, one of another program."""


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


@pytest.fixture(scope="session")
def with_tables(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An SQLite file with the plan's tables in it."""
    path = tmp_path_factory.mktemp("tables") / "tables.db"
    database = Database(str(path))
    migrate(database)
    database.dispose()
    return path.read_bytes()


@pytest.fixture
def new_database(
    kind: str, tmp_path: Path, with_tables: bytes, request: pytest.FixtureRequest
) -> Iterator[NewDatabase]:
    """Makes databases with the plan's tables in them; gives what `Database` takes."""
    if kind == POSTGRESQL:
        with request.getfixturevalue("postgres").databases() as make:
            yield make
        return
    numbers = count(1)

    def make_file() -> str:
        path = tmp_path / f"plan-{next(numbers)}.db"
        path.write_bytes(with_tables)
        return str(path)

    yield make_file


@pytest.fixture(scope="session")
def kept(
    tmp_path_factory: pytest.TempPathFactory, with_tables: bytes, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Database]]:
    """One database of each kind that stays, made when it is first asked for."""
    with ExitStack() as stack:

        @cache
        def one(kind: str) -> Database:
            if kind == POSTGRESQL:
                database = Database(stack.enter_context(request.getfixturevalue("postgres").databases())())
            else:
                path = tmp_path_factory.mktemp("kept") / "kept.db"
                path.write_bytes(with_tables)
                database = Database(str(path))
            stack.callback(database.dispose)
            return database

        yield one


@pytest.fixture
def kept_database(kind: str, kept: Callable[[str], Database]) -> Database:
    """A database of either kind for tests that roll back all they do: quicker than a new one each."""
    return kept(kind)


@pytest.fixture
def database(new_database: NewDatabase) -> Iterator[Database]:
    """A database with the plan's tables and nothing in them, of both kinds."""
    database = Database(new_database())
    yield database
    database.dispose()
