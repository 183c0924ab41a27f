"""Where the databases of the tests live: files, or a real PostgreSQL. Both make them, keep a copy, and put it back."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from models.storage.engine import Database, migrate
from tests.postgres import Server


class Home(Protocol):
    """Where databases live."""

    def new(self, folder: Path, name: str = "plan.db") -> str:
        """A database with the plan's tables in it: what `Database` takes."""

    def nothing(self, folder: Path) -> str:
        """A database without any tables."""

    def keep(self, database: Database, folder: Path) -> Callable[[], None]:
        """Copies a database; gives what puts the copy in its place again."""


@cache
def tables() -> bytes:
    """An SQLite file with the plan's tables and nothing in them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.db"
        database = Database(str(path))
        migrate(database)
        database.dispose()
        return path.read_bytes()


class Files:
    """SQLite files."""

    def new(self, folder: Path, name: str = "plan.db") -> str:
        """A file with the plan's tables in it."""
        path = folder / name
        path.write_bytes(tables())
        return str(path)

    def nothing(self, folder: Path) -> str:
        """A file that is not there yet."""
        return str(folder / "empty.db")

    def keep(self, database: Database, folder: Path) -> Callable[[], None]:
        """By SQLite's own backup, which needs nobody to stop."""
        live, copy = str(database.path), str(folder / "kept.db")

        def over(source: str, target: str) -> None:
            with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
                one.backup(other)

        over(live, copy)
        return lambda: over(copy, live)


class OnServer:
    """Databases of a PostgreSQL; `close` gives them back."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.made: list[str] = []
        self.others: list[str] = []

    def new(self, folder: Path, name: str = "plan.db") -> str:
        """A database copied from a template."""
        self.made.append(self.server.fresh())
        return self.server.url(self.made[-1])

    def nothing(self, folder: Path) -> str:
        """A database as the server makes it."""
        self.others.append(self.server.empty())
        return self.server.url(self.others[-1])

    def keep(self, database: Database, folder: Path) -> Callable[[], None]:
        """A database is copied while nobody speaks to it; whoever did connects again."""
        live = str(make_url(database.url).database)
        self.server.cut_off(live)
        copy = self.server.fresh(live)
        self.others.append(copy)

        def back() -> None:
            self.server.drop(live)
            self.server.execute(f"CREATE DATABASE {live} TEMPLATE {copy}")

        return back

    def close(self) -> None:
        """Nothing of it is left."""
        for name in self.made:
            self.server.give_back(name)
        for name in self.others:
            self.server.drop(name)
