"""Column types and the declarative base that every table shares."""

import enum
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import DateTime, Enum, Index, MetaData, Table, Text, TypeDecorator, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC. SQLite keeps no zone, so it is taken off on the way in and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Return what prepares a value; it remembers, since a pass writes a few instants in very many rows."""
        process = super().bind_processor(dialect)
        return process and lru_cache(process)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive datetimes: an instant without a zone is a defect."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return aware instants in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A small JSON value in a text column, the same on SQLite and PostgreSQL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Serialise with sorted keys, so that equal values are equal text."""
        return None if value is None else json.dumps(value, sort_keys=True, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Parse what was stored."""
        return None if value is None else json.loads(value)


class Base(DeclarativeBase):
    """The declarative base; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's name
        datetime: Instant,
        dict[str, Any]: Json,
        list[Any]: Json,
        # The closed lists of models.enums, stored as the words themselves.
        enum.Enum: Enum(enum.Enum, native_enum=False, length=64, values_callable=lambda kind: [m.value for m in kind]),
    }


def index_where(name: str, *columns: str, where: str) -> Index:
    """Return an index over the rows that meet a condition.

    On PostgreSQL its migration has the condition: named here as well it would import that dialect, which is a twelfth
    of the time of `cypp ask`.
    """
    return Index(name, *columns, sqlite_where=text(where))


def core_table(entity: type[Base]) -> Table:
    """Return the table of an entity, for a statement of SQLAlchemy Core, which takes half as long as one of the ORM.

    It names its workspace itself (`models.storage.scope`).
    """
    return cast(Table, entity.__table__)
