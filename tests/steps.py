"""Count the steps of SQLite's machine: what a read costs, whatever else this machine does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from models.storage.engine import Database

EVERY = 10
"""Steps between two counts."""


@contextmanager
def steps_counted(database: Database) -> Iterator[Callable[[], int]]:
    """Yield what says how many steps were made in a database so far."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += EVERY
        return 0

    def watch(connection: Any, *_: object) -> None:
        connection.set_progress_handler(count, EVERY)

    event.listen(database.engine, "checkout", watch)
    yield lambda: steps
    event.remove(database.engine, "checkout", watch)
