"""Every column is classified: one that is new and could hold a person makes this fail until somebody says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Boolean, Column, Date, Enum, Integer, MetaData, String, Table

from models.personal_data.held_columns import HELD_COLUMNS, Holds
from models.storage import history_tables, notification_tables
from models.storage.base import Base, Instant

assert history_tables
assert notification_tables


def could_hold(column: Column[object]) -> bool:
    """A number of another row, a day, a time and a closed list hold nobody; whatever else may."""
    if isinstance(column.type, Boolean | Date | Enum | Instant):
        return False
    targets = {key.column.table.name for key in column.foreign_keys}
    if targets:
        return "person" in targets
    return not (column.primary_key and column.name == "id" and isinstance(column.type, Integer)) or (
        column.table.name == "person"
    )


def unclassified(metadata: MetaData) -> Iterator[str]:
    for table in metadata.sorted_tables:
        said = [name for names in HELD_COLUMNS.get(table.name, {}).values() for name in names.split()]
        for column in table.columns:
            if said.count(column.name) != could_hold(column):
                yield f"{table.name}.{column.name}"


def test_every_column_that_could_hold_a_person_is_classified_once() -> None:
    assert list(unclassified(Base.metadata)) == []


def test_nothing_is_classified_that_is_not_there() -> None:
    there = {table.name: set(table.columns.keys()) for table in Base.metadata.sorted_tables}
    for table, shapes in HELD_COLUMNS.items():
        assert {name for names in shapes.values() for name in names.split()} <= there[table]


@pytest.mark.parametrize("name", ["person_id", "by"])
def test_a_new_column_and_a_new_table_are_missed(name: str) -> None:
    copied = MetaData()
    for table in Base.metadata.sorted_tables:
        table.to_metadata(copied)
    copied.tables["snooze"].append_column(Column(name + "_too", String))
    Table("petition", copied, Column("id", Integer, primary_key=True), Column(name, Integer))
    assert set(unclassified(copied)) == {f"snooze.{name}_too", f"petition.{name}"}


def test_people_are_looked_for_wherever_a_person_is_named() -> None:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == "person" for key in column.foreign_keys):
                assert column.name in HELD_COLUMNS[table.name][Holds.PERSON].split()
