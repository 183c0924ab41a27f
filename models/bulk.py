"""Very many rows written by one statement: what they share is put into the database's words once, not once a row."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, cast

from sqlalchemy import Insert, Table, Update
from sqlalchemy.orm import Session

A_CHUNK = 2_000
"""So many rows go to the driver at a time."""


def write_many(
    session: Session, statement: Insert | Update, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Runs an INSERT or UPDATE once for every row.

    Args:
        session: a writing transaction.
        statement: on one table; an INSERT takes the columns of these names, an UPDATE parameters of these names.
        names: what the values of a row are called. A column with a default in Python has to be among them.
        rows: the values of each row, in the order of the names.
    """
    connection = session.connection()
    dialect = connection.dialect
    table = cast(Table, statement.table)
    is_insert = isinstance(statement, Insert)
    compiled = statement.compile(dialect=dialect, column_keys=list(names) if is_insert else [])
    words: list[Callable[[Any], Any] | None] = [
        table.c[name].type.dialect_impl(dialect).bind_processor(dialect) if name in table.c else None for name in names
    ]
    known: list[dict[Any, Any]] = [{} for _ in names]

    def said(at: int, value: Any) -> Any:
        word = words[at]
        if word is None or value is None:
            return value
        if value not in known[at]:
            known[at][value] = word(value)
        return known[at][value]

    order = [names.index(name) for name in compiled.positiontup] if compiled.positiontup else None
    left = iter(rows)
    while some := list(islice(left, A_CHUNK)):
        values: list[Any]
        if order is not None:
            values = [tuple(said(at, row[at]) for at in order) for row in some]
        else:
            values = [{name: said(at, row[at]) for at, name in enumerate(names)} for row in some]
        connection.exec_driver_sql(str(compiled), values)
