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
from tests.schedules.world import World


def rows_of(database: Database) -> list[list[tuple[Any, ...]]]:
    """Everything in the ledger, table by table."""
    with database.read(ALL) as session:
        tables = [cast(Table, model.__table__) for model in (Message, Notification, MessagePart)]
        return [[tuple(row) for row in session.execute(select(one).order_by(*one.primary_key))] for one in tables]


def test_a_ledger_under_its_old_names_is_moved_with_every_row_and_goes_on(tmp_path: Path) -> None:
    sandbox = World(tmp_path, ONE)
    sandbox.tick(REQUEST)
    before = rows_of(sandbox.database)
    assert all(before)
    with sandbox.database.write(workspace=ALL) as session:
        for statement in LEDGER_OF_0009:
            session.execute(text(statement))
    sandbox.database.dispose()
    assert migrate(sandbox.database)[0] == "0009"
    assert rows_of(sandbox.database) == before
    sandbox.tick("2020-09-01 09:30")
    _, notifications, _ = rows_of(sandbox.database)
    assert len({row[-2] for row in notifications}) == len(notifications) > len(before[1])
