"""Moving a plan to another database, table by table, compared: all of it or nothing.

Two databases cannot be committed as one, and from no moment on may both be served. So:

1. The source is held as a writer holds it: nobody else writes to it meanwhile.
2. Everything is written into the target in one transaction, read back and compared. The target is marked as moved to
   the source, which it is not to be served before, and committed.
3. The source is marked as moved to the target, and committed.
4. The mark is taken off the target.

Whatever ends this half way, at most one of the two is served: the source until 3, then the target. Between 3 and 4
neither is; the same command said again takes step 4.

Source: docs/explanation/delivery.md, Restore and move.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice, zip_longest
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text, update
from sqlalchemy.exc import DataError

import models.storage.history_tables
import models.storage.notification_tables  # noqa: F401 - every table is registered before any is copied
from models.errors import DatabaseProblem, Refusal
from models.storage.base import Base
from models.storage.bulk import analyse_tables
from models.storage.engine import TICK_WAIT, Database, upgrade
from models.storage.restored import check_not_moved
from models.storage.scope import ALL
from models.storage.tables import Workspace

_BATCH = 1_000
"""Rows at a time: a plan of any size passes through little memory."""

_Tick = Callable[[str, int, int], object]
"""Told the table, the rows of it that are done, and how many there are."""


def move_database(source: Database, target: Database, tick: _Tick = lambda table, done, total: None) -> int:
    """Move everything in `source` to `target`, which must be empty; return how many rows there are."""
    if source.engine.url == target.engine.url:
        raise Refusal(f"{target.name} is the database that the plan is in: name another with --to.")
    source.check_revision()
    with _writing(source) as here:
        if _finish(here, source, target):
            return _rows(here)
        check_not_moved(here, source.name)
        revision = target.revision()
        if revision:
            target.check_revision()
        with _writing(target) as there:
            if not revision:
                upgrade(there)
            _refuse_full(there, target)
            for table in Base.metadata.sorted_tables:
                _copy(here, there, table, target, tick)
            for table in Base.metadata.sorted_tables:
                _compare(here, there, table, target, tick)
            if not target.is_sqlite:
                _set_sequences(there)
            analyse_tables(there)
            there.execute(update(Workspace).values(moved_to=source.name))
        here.execute(update(Workspace).values(moved_to=target.name))
        rows = _rows(here)
    _take_mark_off(target)
    return rows


@contextmanager
def _writing(database: Database) -> Iterator[Connection]:
    with database.write(TICK_WAIT, workspace=ALL) as session:
        yield session.connection()


def _rows(connection: Connection) -> int:
    return sum(_count(connection, table) for table in Base.metadata.sorted_tables)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _marks(connection: Connection) -> set[str]:
    return set(connection.scalars(select(Workspace.moved_to)))


def _finish(here: Connection, source: Database, target: Database) -> bool:
    """Take the last step of a move that was interrupted just before it; return whether there was one."""
    if _marks(here) != {target.name} or not target.revision():
        return False
    with target.read(ALL) as session:
        unfinished = _marks(session.connection()) == {source.name}
    if unfinished:
        _take_mark_off(target)
    return unfinished


def _take_mark_off(target: Database) -> None:
    with _writing(target) as there:
        there.execute(update(Workspace).values(moved_to=""))


def _refuse_full(there: Connection, target: Database) -> None:
    full = next((table.name for table in Base.metadata.sorted_tables if _count(there, table)), "")
    if full:
        raise Refusal(
            f"{target.name} holds something already (in its table {full}), so nothing was copied: name an empty one."
        )


def _read(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """Yield a table's rows in the order of its key, in which each row comes after the one it refers to."""
    ordered = select(table).order_by(*table.primary_key.columns)
    yield from map(tuple, connection.execute(ordered.execution_options(yield_per=_BATCH)))


def _copy(here: Connection, there: Connection, table: Table, target: Database, tick: _Tick) -> None:
    total, done = _count(here, table), 0
    names = [column.name for column in table.columns]
    rows = _read(here, table)
    while batch := list(islice(rows, _BATCH)):
        try:
            there.execute(insert(table), [dict(zip(names, row, strict=True)) for row in batch])
        except DataError:
            raise Refusal(
                f"Something in rows {done + 1:,} to {done + len(batch):,} of the table {table.name} does not fit into "
                f"{target.name}, so nothing was copied: ask whoever looks after this program."
            ) from None
        done += len(batch)
        tick(f"Copying {table.name}", done, total)


def _compare(here: Connection, there: Connection, table: Table, target: Database, tick: _Tick) -> None:
    total = _count(here, table)
    if _count(there, table) != total:
        raise DatabaseProblem(f"{table.name} has another number of rows in {target.name}, so nothing was copied.")
    for done, (mine, its) in enumerate(zip_longest(_read(here, table), _read(there, table)), start=1):
        if mine != its:
            raise DatabaseProblem(f"Row {done:,} of {table.name} differs in {target.name}, so nothing was copied.")
        if done % _BATCH == 0:
            tick(f"Comparing {table.name}", done, total)


def _set_sequences(there: Connection) -> None:
    """Give the next row of each table the id after the last that was copied."""
    quote = there.dialect.identifier_preparer.quote
    for table in Base.metadata.sorted_tables:
        if "id" in table.c and table.c.id.autoincrement is not False and table.c.id.type.python_type is int:
            there.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence(:name, 'id'), max(id)) FROM {quote(table.name)} "  # noqa: S608
                    "HAVING max(id) IS NOT NULL"
                ),
                {"name": quote(table.name)},
            )
