"""A ledger that was written before its tables were called what they are called now."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table, select, text

from models.storage.engine import Database, migrate
from models.storage.notification_tables import Message, MessagePart, Notification
from models.storage.scope import ALL
from tests.older import LEDGER_OF_0009
from tests.schedules.outboxes import ONE, REQUEST
from tests.schedules.support import World


def rows_of(database: Database) -> list[list[tuple[Any, ...]]]:
    """Everything in the ledger, table by table."""
    with database.read(ALL) as session:
        tables = [cast(Table, model.__table__) for model in (Message, Notification, MessagePart)]
        return [[tuple(row) for row in session.execute(select(one).order_by(*one.primary_key))] for one in tables]


def test_a_ledger_under_its_old_names_is_moved_with_every_row_and_goes_on(tmp_path: Path) -> None:
    town = World(tmp_path, ONE)
    town.tick(REQUEST)
    before = rows_of(town.database)
    assert all(before)
    with town.database.write(workspace=ALL) as session:
        for statement in LEDGER_OF_0009:
            session.execute(text(statement))
    town.database.dispose()
    assert migrate(town.database)[0] == "0009"
    assert rows_of(town.database) == before
    town.tick("2020-09-01 09:30")
    _, notifications, _ = rows_of(town.database)
    assert len({row[-2] for row in notifications}) == len(notifications) > len(before[1])
