"""Very many rows written and read at a time, with little memory and without ORM objects."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Executable,
    Select,
    String,
    Table,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.storage.base import Base, core_table

QUIETLY = {"synchronize_session": False}
"""How an UPDATE is executed of which no object in the session need know."""

A_CHUNK = 2_000
"""So many rows are named in a statement."""


def plain_rows(session: Session, statement: Executable, given: Mapping[str, Any]) -> Sequence[Any]:
    """Return all rows of a query as they come, without making ORM objects; flush first."""
    session.flush()
    return session.connection().execute(statement, given).all()


def analyse_tables(connection: Connection) -> None:
    """Have PostgreSQL count the rows of every table, after very many were written.

    A table that was never counted is taken for empty, and joined row by row: 9 ms where 1 will do at 200 posts. The
    server counts by itself too, where that is not turned off, but a minute later.
    """
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{name}"' for name in Base.metadata.tables)
        connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {names}")


def insert_in(dialect: str, table: Any) -> Any:
    """Return an `INSERT` that can say what to do on a conflict; of the dialects only the one in use is imported."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


def is_among(column: ColumnElement[int] | InstrumentedAttribute[int], name: str, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a column has one of very many numbers: one value here, not one each."""
    if dialect == "postgresql":
        return column == func.any(bindparam(name, type_=ARRAY(BigInteger)))
    each = func.json_each(bindparam(name, type_=String)).table_valued("value")
    return column.in_(select(each.c.value))


def latest_of(
    table: type[Base], most: int, name: str, dialect: str, counts: Callable[[Any], Any] = lambda _: true()
) -> Select[Any]:
    """Return the ids of the latest `most` rows of each of very many actions: by the index, however many there are.

    `name`: as for `is_among`; the table has `action_id` and an index on it and the id. `counts`: which rows count, by
    their ids.
    """
    if dialect == "postgresql":
        each: Any = func.unnest(bindparam(name, type_=ARRAY(BigInteger))).table_valued("value").render_derived()
    else:
        each = func.json_each(bindparam(name, type_=String)).table_valued("value")
    row = core_table(table).alias()
    latest = (
        select(row.c.id).where(row.c.action_id == each.c.value, counts(row.c.id)).order_by(row.c.id.desc()).limit(most)
    )
    if dialect == "postgresql":
        found = latest.correlate(each).lateral()
        return select(found.c.id).select_from(each.join(found, true()))
    one = core_table(table).alias()
    return select(one.c.id).select_from(each).join(one, one.c.id.in_(latest.correlate(each)))


def numbers_given(session: Session, name: str, numbers: Sequence[int]) -> dict[str, Any]:
    """Return the numbers that `is_among` asks for."""
    given = list(numbers)
    return {name: given if session.get_bind().dialect.name == "postgresql" else json.dumps(given)}


def said_once(session: Session, table: Table, values: Mapping[str, Any]) -> dict[str, ColumnElement[Any]]:
    """Return values, by column, to be written into a statement itself: beside it, each is prepared for every row."""
    dialect = session.get_bind().dialect
    said = {name: literal(value, table.c[name].type) for name, value in values.items()}
    once = {"literal_binds": True}
    return {name: literal_column(str(one.compile(dialect=dialect, compile_kwargs=once))) for name, one in said.items()}


def fresh_numbers(session: Session, table: Table, many: int) -> Iterator[int]:
    """Yield that many ids for new rows of a table, which nobody else gets, so that rows can refer to each other."""
    number = table.c.id
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, number.name)
        series = func.generate_series(1, many).table_valued("n")
        return iter(session.scalars(select(func.nextval(sequence)).select_from(series)).all())
    # SQLite has one writer at a time, and gives the next numbers after the highest itself.
    highest = session.scalar(select(func.max(number))) or 0
    return iter(range(highest + 1, highest + 1 + many))
