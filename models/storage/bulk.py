"""Very many rows written by one statement: what they share is put into the database's words once, not once a row."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import islice, repeat
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Executable,
    Insert,
    String,
    Table,
    Update,
    bindparam,
    func,
    select,
    type_coerce,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

A_CHUNK = 2_000
"""So many rows go to the driver at a time."""

BY_NUMBER = 500
"""So many rows are named by their numbers in a query; more are described."""

DIALECTS = ("sqlite", "postgresql")
_Word = Callable[[Any], Any]
_Listed = TypeVar("_Listed", bound=StrEnum)


class _Words(dict[Any, Any]):
    """Values in the database's words: each is worked out once, however many rows have it."""

    def __init__(self, word: _Word) -> None:
        super().__init__({None: None})
        self._word = word

    def __missing__(self, value: Any) -> Any:
        said = self[value] = self._word(value)
        return said


@lru_cache(maxsize=64)
def _put_together(
    statement: Insert | Update, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[_Word | None, ...], tuple[str, ...] | None]:
    """Return the statement's text, what converts each value, and the order where places count."""
    table = cast(Table, statement.table)
    compiled = statement.compile(dialect=dialect, column_keys=list(names) if isinstance(statement, Insert) else [])
    words = tuple(
        table.c[name].type.dialect_impl(dialect).bind_processor(dialect) if name in table.c else None for name in names
    )
    return str(compiled), words, tuple(compiled.positiontup) if compiled.positiontup else None


def write_many(
    session: Session,
    statement: Insert | Update,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    same: Mapping[str, Any] | None = None,
) -> None:
    """Run an INSERT or UPDATE once for every row.

    Args:
        session: a writing transaction.
        statement: on one table; an INSERT takes the columns of these names, an UPDATE parameters of these names. Best
            one that is kept: it is put into words once for as long as it lives.
        names: what the values of a row are called. A column with a default in Python has to be among them.
        rows: the values of each row, in the order of the names.
        same: further values, the same in every row.
    """
    left = iter(rows)
    some = list(islice(left, A_CHUNK))
    if not some:
        return
    connection = session.connection()
    shared = same or {}
    every = (*names, *shared)
    text, words, order = _put_together(statement, every, connection.dialect)
    known = [word and _Words(word) for word in words]
    shared_words = dict(zip(shared, words[len(names) :], strict=True))
    alike = [repeat(value if (word := shared_words[name]) is None else word(value)) for name, value in shared.items()]
    while some:
        # Column by column, and so without a step of Python for each value.
        columns: list[Iterable[Any]] = [
            map(seen.__getitem__, column) if seen is not None else column
            for column, seen in zip(zip(*some, strict=True), known, strict=False)
        ]
        by_name = dict(zip(every, (*columns, *alike), strict=True))
        values: list[Any] = list(zip(*(by_name[name] for name in order or every), strict=False))
        if order is None:
            values = [dict(zip(every, row, strict=True)) for row in values]
        connection.exec_driver_sql(text, values)
        some = list(islice(left, A_CHUNK))


def plain_rows(session: Session, statement: Executable, given: Mapping[str, Any]) -> Sequence[Any]:
    """Return all rows of a query as they come, without making ORM objects; flush first."""
    session.flush()
    return session.connection().execute(statement, given).all()


def as_word(column: ColumnElement[_Listed]) -> ColumnElement[str]:
    """Return a column of an enum of `models.enums` as the stored word, for `by_word` to look up.

    The column's own conversion takes two steps of Python for each row: too slow for very many rows.
    """
    return type_coerce(column, String)


@lru_cache
def by_word(words: type[_Listed]) -> Mapping[str, _Listed]:
    """Return the members of an enum by what is stored for them."""
    return {word.value: word for word in words}


def is_among(column: ColumnElement[int], name: str, dialect: str) -> ColumnElement[bool]:
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
