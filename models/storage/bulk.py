"""Very many rows written and read at a time, with little memory and without ORM objects."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Executable,
    String,
    Table,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

QUIETLY = {"synchronize_session": False}
"""How an UPDATE is executed of which no object in the session need know."""

A_CHUNK = 2_000
"""So many rows are named in a statement."""


def plain_rows(session: Session, statement: Executable, given: Mapping[str, Any]) -> Sequence[Any]:
    """Return all rows of a query as they come, without making ORM objects; flush first."""
    session.flush()
    return session.connection().execute(statement, given).all()


def is_among(column: ColumnElement[int] | InstrumentedAttribute[int], name: str, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a column has one of very many numbers: one value here, not one each."""
    if dialect == "postgresql":
        return column == func.any(bindparam(name, type_=ARRAY(BigInteger)))
    each = func.json_each(bindparam(name, type_=String)).table_valued("value")
    return column.in_(select(each.c.value))


def numbers_given(session: Session, name: str, numbers: Sequence[int]) -> dict[str, Any]:
    """Return the numbers that `is_among` asks for."""
    given = list(numbers)
    return {name: given if session.get_bind().dialect.name == "postgresql" else json.dumps(given)}


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
