"""Transactions on both kinds of database: what is kept or gone, reads of one moment, writers who take turns."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import UniqueConstraint, inspect, select, text
from sqlalchemy.exc import IntegrityError

import models.storage.history_tables
import models.storage.notification_tables
import models.storage.tables  # noqa: F401 - every table registers itself
from models.errors import DatabaseBusy, DatabaseProblem
from models.storage.base import Base
from models.storage.engine import TICK_WAIT, Database, known_revisions, migrate
from models.storage.scope import ALL
from models.storage.tables import Organisation, Post, Workspace
from models.storage.workspaces import ensure_workspace
from tests.conftest import SQLITE
from tests.homes import Home

NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)


def workspaces(database: Database) -> list[str]:
    with database.read(ALL) as session:
        return list(session.scalars(select(Workspace.id).order_by(Workspace.id)))


def together(*works: Callable[[], object]) -> None:
    """Has some work done at once, to its end."""
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_every_constraint_is_in_the_database_too(database: Database) -> None:
    found = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        made = {tuple(one["column_names"]) for one in found.get_unique_constraints(table.name)}
        meant = {
            tuple(column.name for column in constraint.columns)
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint)
        }
        assert made == meant, table.name
        keys = {(one["constrained_columns"][0], one["referred_table"]) for one in found.get_foreign_keys(table.name)}
        assert keys == {(key.parent.name, key.column.table.name) for key in table.foreign_keys}, table.name


def test_two_who_migrate_at_once_both_end_well(home: Home, tmp_path: Path) -> None:
    url = home.nothing(tmp_path)
    ended: list[object] = []

    def work() -> None:
        database = Database(url)
        try:
            ended.append(migrate(database)[1])
        except DatabaseProblem as error:
            ended.append(error)
        database.dispose()

    together(work, work)
    assert ended == [known_revisions()[-1]] * 2


def test_migrating_twice_changes_nothing(database: Database) -> None:
    newest = known_revisions()[-1]
    assert migrate(database) == (newest, newest)
    database.check_revision()
    assert database.revision() == newest


def test_another_programs_database_is_refused_and_not_touched(home: Home, tmp_path: Path) -> None:
    database = Database(home.nothing(tmp_path))
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE minutes (words TEXT)"))
    for attempt in (database.revision, database.check_revision, lambda: migrate(database)):
        with pytest.raises(DatabaseProblem, match="holds other tables and no plan"):
            attempt()
    assert inspect(database.engine).get_table_names() == ["minutes"]
    database.dispose()


def test_what_was_written_is_kept_when_the_block_ends_well(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)
    assert workspaces(database) == ["T0ONE"]


def test_what_was_written_is_gone_when_the_block_does_not_end_well(database: Database) -> None:
    class Trouble(Exception):
        pass

    def work() -> None:
        with database.write(workspace=ALL) as session:
            ensure_workspace(session, "T0ONE", NOW)
            raise Trouble

    with pytest.raises(Trouble):
        work()
    assert workspaces(database) == []


def test_a_read_sees_one_moment_throughout(database: Database) -> None:
    with database.read(ALL) as session:
        assert session.get(Workspace, "T0ONE") is None
        with database.write() as other:
            ensure_workspace(other, "T0ONE", NOW)
        assert session.execute(text("SELECT count(*) FROM workspace")).scalar() == 0
    with database.read(ALL) as session:
        assert session.execute(text("SELECT count(*) FROM workspace")).scalar() == 1


def test_rows_stay_readable_after_their_transaction(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        there = ensure_workspace(session, "T0ONE", NOW)
    assert there.created_at == NOW


def test_rows_that_point_to_nothing_are_refused(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)
        session.add(Post(workspace_id="T0ONE", key="post", title="Post", organisation_id=99))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_peoples_words_are_in_no_error(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)
        for _ in range(2):
            session.add(Organisation(workspace_id="T0ONE", key="key", name="a secret of Tom Brown"))
        with pytest.raises(IntegrityError) as raised:
            session.flush()
        session.rollback()
    assert "Tom Brown" not in str(raised.value)


# -- taking turns --------------------------------------------------------------------------------------------------


@contextmanager
def somebody_writes(database: Database, **how: Any) -> Iterator[None]:
    """Another copy of the program is in the middle of a write."""
    other = Database(database.url)
    with other.write(**how) as session:
        session.execute(select(Workspace)).all()
        yield
    other.dispose()


@pytest.mark.parametrize("wait", [0.0, 0.5])
def test_a_writer_waits_as_long_as_it_is_told_and_then_says_busy(database: Database, wait: float) -> None:
    with somebody_writes(database):
        began = time.monotonic()
        with pytest.raises(DatabaseBusy, match="so nothing was stored: please try again"), database.write(wait) as one:
            ensure_workspace(one, "T0ONE", NOW)
        assert wait - 0.1 <= time.monotonic() - began < TICK_WAIT / 2
    assert workspaces(database) == []
    with database.write(wait, workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)
    assert workspaces(database) == ["T0ONE"]


def test_a_reader_waits_for_no_writer(database: Database) -> None:
    with somebody_writes(database):
        began = time.monotonic()
        assert workspaces(database) == []
        assert time.monotonic() - began < TICK_WAIT / 2


@pytest.mark.parametrize(
    ("first", "then", "waits"),
    [
        ({"workspace": "T0ONE"}, {"workspace": "T0ONE"}, True),
        ({"workspace": "T0ONE"}, {"workspace": "T0TWO"}, False),
        ({"workspace": "T0ONE"}, {"workspace": "T0ONE", "alone": False}, True),
        ({"workspace": "T0ONE", "alone": False}, {"workspace": "T0ONE"}, True),
        ({"workspace": "T0ONE", "alone": False}, {"workspace": "T0ONE", "alone": False}, False),
        ({"workspace": "T0ONE", "alone": False}, {}, True),
        ({}, {"workspace": "T0ONE", "alone": False}, True),
    ],
    ids=str,
)
def test_who_waits_for_whom(kind: str, database: Database, first: Any, then: Any, waits: bool) -> None:
    """On SQLite writers wait for each other; on PostgreSQL the steps of the ledger go beside each other."""
    with somebody_writes(database, **first):
        waited = False
        try:
            with database.write(0.05, **then) as session:
                session.execute(select(Workspace)).all()
        except DatabaseBusy:
            waited = True
    assert waited is (waits or kind == SQLITE)


def test_what_two_copies_read_and_write_at_once_is_all_there(database: Database) -> None:
    """Each reads, decides and writes: were they not one after the other, both would decide on the same."""
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)

    def work() -> None:
        mine = Database(database.url)
        for _ in range(10):
            with mine.write(workspace="T0ONE") as session:
                there = session.get_one(Workspace, "T0ONE")
                count = int(there.name or 0)
                time.sleep(0.002)
                there.name = str(count + 1)
        mine.dispose()

    together(work, work, work)
    with database.read(ALL) as session:
        assert session.get_one(Workspace, "T0ONE").name == "30"


def test_real_time_is_the_databases_own_where_several_machines_share_it(kind: str, database: Database) -> None:
    wrong = datetime(2001, 1, 1, tzinfo=UTC)
    said = database.clock(lambda: wrong)()
    assert said == wrong if kind == SQLITE else abs(said - datetime.now(UTC)) < timedelta(seconds=60)
    assert said.tzinfo is UTC
