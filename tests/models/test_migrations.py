"""Every revision is brought to the newest with data in it, and what the migrations make is what the models say.

A database is taken to each revision in turn. `revisions/REVISION.sql` is what only a program of that revision could
have written: a new table's first rows, a new column's first values. It is plain SQL, so no later change of the code can
break it. A revision that only renames needs no file; one that adds a table fails here until it brings one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from pytest_alembic.runner import MigrationContext
from pytest_alembic.tests import (  # noqa: F401 - pytest finds them here
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_upgrade,
)
from sqlalchemy import Connection, inspect, select, text

import models.storage.history_tables
import models.storage.notification_tables
import models.storage.tables  # noqa: F401 - every table registers itself
from models.enums import AnswerKind, LinkSort, NotificationState, Status
from models.records.audit import AuditCounts, audit
from models.storage.base import Base
from models.storage.engine import TICK_WAIT, VERSIONS, Database, known_revisions, migrate
from models.storage.history_tables import Link, Replan, Update
from models.storage.notification_tables import Message, MessagePart, Notification
from models.storage.scope import ALL
from models.storage.tables import Action
from tests.homes import Home

ROWS = Path(__file__).parent / "revisions"


@pytest.fixture
def alembic_config() -> Config:
    """Where the migrations are; they are the project's own, without an alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    return config


@pytest.fixture
def empty(home: Home, tmp_path: Path) -> Iterator[Database]:
    """A database without tables, of both kinds."""
    database = Database(home.nothing(tmp_path))
    yield database
    database.dispose()


@pytest.fixture
def alembic_engine(empty: Database) -> Iterator[Connection]:
    """The connection that `env.py` is handed."""
    with empty.engine.execution_options(write=True, wait=TICK_WAIT).connect() as connection:
        yield connection


def fill(connection: Connection, revision: str) -> None:
    """Writes what only a program of this revision could have written."""
    path = ROWS / f"{revision}.sql"
    if path.exists():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
        for statement in path.read_text("utf-8").split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)


def test_a_revision_has_data_of_its_own_or_none(alembic_runner: MigrationContext) -> None:
    assert {path.stem for path in ROWS.glob("*.sql")} <= set(alembic_runner.history.revisions)


@pytest.mark.parametrize("revision", known_revisions())
def test_a_database_of_any_revision_is_brought_up_with_what_it_holds(
    empty: Database, alembic_engine: Connection, alembic_runner: MigrationContext, revision: str
) -> None:
    for step in known_revisions()[: known_revisions().index(revision) + 1]:
        alembic_runner.migrate_up_to(step)
        fill(alembic_engine, step)
        alembic_engine.commit()
    tables = set(inspect(alembic_engine).get_table_names())
    bare = {name for name in tables if alembic_engine.scalar(text(f'SELECT count(*) FROM "{name}"')) == 0}
    alembic_engine.close()
    assert bare == set(), f"no row of {sorted(bare)} is brought up from {revision}: write one in {ROWS.name}/"

    assert migrate(empty) == (revision, known_revisions()[-1])

    with empty.read(ALL) as session:
        read: dict[str, list[Any]] = {
            mapper.class_.__tablename__: list(session.scalars(select(mapper.class_)))
            for mapper in Base.registry.mappers
        }
        counted = AuditCounts()
        assert list(audit(session, counted)) == []
    # What came with a later revision than the one that was left behind is there, and empty.
    assert {name for name, rows in read.items() if not rows} <= set(read) - tables
    assert (counted.actions, counted.upgraded) == (3, 3)
    assert_it_says_what_was_written(read)


def assert_it_says_what_was_written(read: dict[str, list[Any]]) -> None:
    """Some of what was written at the first revision, as the models read it at the newest."""
    actions: dict[str, Action] = {row.ref: row for row in read["action"]}
    assert [actions[ref].status for ref in ("healthy-5", "healthy-6", "9sep-1")] == [
        Status.SOME_ISSUES,
        Status.ON_TRACK,
        Status.COMPLETE,
    ]
    updates: dict[int, Update] = {row.id: row for row in read["action_update"]}
    assert (updates[3].words, updates[4].kind) == ("nobody applied: “zoë” & co", AnswerKind.REPLAN_ASKED)
    assert updates[5].at.isoformat() == "2020-09-20T08:00:00.123456+00:00"
    replans: list[Replan] = read["replan"]
    assert [row.counted for row in sorted(replans, key=lambda row: row.id)] == [True, False]
    links: list[Link] = read["link"]
    assert [row.sort for row in links if row.action_id == 1 and row.entry_id == 1] == [
        LinkSort.UPDATE,
        LinkSort.OUTCOME,
        LinkSort.CARRIED,
    ]
    notifications: list[Notification] = read[Notification.__tablename__]
    assert sorted((row.id, row.state) for row in notifications)[:2] == [
        (1, NotificationState.SENT),
        (2, NotificationState.LAPSED),
    ]
    assert len(notifications) == 25
    assert len(read[Message.__tablename__]) == 3
    assert len(read[MessagePart.__tablename__]) == 2
