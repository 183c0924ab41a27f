"""The engine and its transactions: what a database is named by, when it is ours, and what it says when it is not."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text
from sqlalchemy.orm import Session

import models.storage.history_tables
import models.storage.notification_tables
import models.storage.tables  # noqa: F401 - every table registers itself
from models.errors import DatabaseBusy, DatabaseOutdated, DatabaseProblem
from models.storage.base import Base
from models.storage.database_url import database_url, given_away, sqlite_file
from models.storage.engine import TICK_WAIT, VERSIONS, Database, known_revisions, migrate
from models.storage.scope import ALL
from models.storage.tables import Organisation, Workspace
from models.storage.workspaces import ensure_workspace

NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """An empty database with its tables."""
    database = Database(str(path))
    migrate(database)
    yield database
    database.dispose()


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program opens it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def workspaces(path: Path) -> list[str]:
    with raw(path) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM workspace ORDER BY id")]


# -- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("plan.db", "sqlite:///plan.db"),
        ("/srv/plan.db", "sqlite:////srv/plan.db"),
        ("sqlite:///plan.db", "sqlite:///plan.db"),
        ("postgresql+psycopg://h/plan", "postgresql+psycopg://h/plan"),
    ],
)
def test_a_path_and_an_address_both_name_a_database(given: str, url: str) -> None:
    assert database_url(given) == url


@pytest.mark.parametrize(
    ("named", "file"),
    [
        ("plan.db", Path("plan.db")),
        ("/srv/plan.db", Path("/srv/plan.db")),
        ("file:plan.db", Path("plan.db")),
        ("file:/srv/plan.db", Path("/srv/plan.db")),
        ("", None),
        (":memory:", None),
        ("file::memory:", None),
    ],
)
def test_the_file_of_a_database_is_known_also_where_it_is_named_as_an_address(named: str, file: Path | None) -> None:
    assert sqlite_file(named) == file


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://clerk:hunter2@host/plan", "postgresql://…@host/plan"),
        ("postgresql://clerk:hunt@er2@host/plan", "postgresql://…@host/plan"),
        ("plan.db", "plan.db"),
    ],
)
def test_what_stands_before_the_at_sign_is_not_shown(url: str, shown: str) -> None:
    assert given_away(url) == shown


@pytest.mark.parametrize(
    "url",
    ["postgresql+psycopg://u:hunter2@h/x", "nosuch://u:hunter2@h/x", "http://u:hunter2@h", "://", "a\udce9.db"],
)
def test_what_names_no_database_that_can_be_opened_here_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseProblem) as refused:
        Database(url).revision()
    assert "hunter2" not in refused.value.sentence
    assert refused.value.sentence.endswith(".")


def test_a_missing_driver_is_told_from_a_wrong_address() -> None:
    with pytest.raises(DatabaseProblem, match="needs the Python package pymysql, which is not installed"):
        Database("mysql+pymysql://h/x")


@pytest.mark.parametrize("url", ["sqlite://", ":memory:", "sqlite:///:memory:", ""])
def test_a_database_in_memory_is_refused_since_it_keeps_nothing(url: str) -> None:
    with pytest.raises(DatabaseProblem, match="is a database in memory"):
        Database(url)


def test_nothing_is_opened_or_made_before_the_first_transaction(path: Path) -> None:
    database = Database(str(path))
    assert database.revision() == ""
    with pytest.raises(DatabaseOutdated, match="say “cypp import FILE” first"):
        database.check_revision()
    assert repr(database) == f"Database(sqlite:///{path})"
    assert not path.exists()


# -- migrations ----------------------------------------------------------------------------------------------------


def test_a_column_that_only_the_code_knows_would_be_noticed(database: Database, path: Path) -> None:
    with raw(path) as connection:
        connection.execute("ALTER TABLE plan DROP COLUMN area")
    with database.engine.connect() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert [(kind, table, column.name) for kind, _, table, column in difference] == [("add_column", "plan", "area")]


def test_the_known_revisions_are_the_migrations_one_after_the_other() -> None:
    script = ScriptDirectory(str(VERSIONS.parent))
    assert known_revisions() == tuple(reversed([step.revision for step in script.walk_revisions()]))
    assert script.get_heads() == [known_revisions()[-1]]


def test_migrating_says_from_where_to_where_and_twice_does_nothing(path: Path) -> None:
    database = Database(str(path))
    newest = known_revisions()[-1]
    assert migrate(database) == ("", newest)
    with raw(path) as connection:
        before = list(connection.iterdump())
    assert migrate(database) == (newest, newest)
    database.check_revision()
    assert database.revision() == newest
    with raw(path) as connection:
        assert list(connection.iterdump()) == before
    database.dispose()


# -- transactions --------------------------------------------------------------------------------------------------


def test_the_file_keeps_a_log_and_every_commit_reaches_the_disk(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA synchronous")).scalar() == 2
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_copy_that_lost_its_log_mode_gets_it_back_at_the_first_write_and_not_before(
    database: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    with raw(Path(str(database.path))) as connection:
        connection.execute(f"VACUUM INTO '{copy}'")
    restored = Database(str(copy))
    with restored.read(ALL) as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "delete"
    with restored.write(workspace=ALL) as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    restored.dispose()


# -- locked, read-only, full ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("wait", [0.0, 0.5])
def test_a_writer_waits_as_long_as_it_is_told_and_then_says_busy(database: Database, path: Path, wait: float) -> None:
    with raw(path) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with (
            pytest.raises(DatabaseBusy, match="so nothing was stored: please try again"),
            database.write(wait, workspace=ALL) as session,
        ):
            session.get(Workspace, "T0ONE")
        assert wait - 0.1 <= time.monotonic() - began < TICK_WAIT / 2
        other.execute("ROLLBACK")
    with database.write(wait, workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)
    assert workspaces(path) == ["T0ONE"]


def test_a_read_that_becomes_a_write_is_caught_by_starting_as_one(database: Database, path: Path) -> None:
    """BEGIN IMMEDIATE: two writers that first read never fall over each other."""
    with database.write(workspace=ALL) as session:
        session.get(Workspace, "T0ONE")
        with raw(path) as other:
            other.execute("PRAGMA busy_timeout=0")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")


def test_a_database_opened_read_only_is_read_and_not_written(database: Database, path: Path) -> None:
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)
    kept = Database(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert kept.revision() == known_revisions()[-1]
    with kept.read(ALL) as session:
        assert session.get(Workspace, "T0ONE") is not None
    with (
        pytest.raises(DatabaseProblem, match="is read-only, so nothing was stored"),
        kept.write(workspace=ALL) as session,
    ):
        ensure_workspace(session, "T0TWO", NOW)
    kept.dispose()
    assert workspaces(path) == ["T0ONE"]


def test_a_full_disk_is_said_in_words_and_nothing_is_half_stored(database: Database, path: Path) -> None:
    with database.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    database.dispose()
    event.listen(database.engine, "connect", limit)

    def fill(session: Session) -> None:
        ensure_workspace(session, "T0ONE", NOW)
        for number in range(2_000):
            session.add(Organisation(workspace_id="T0ONE", key=f"key-{number}", name="x" * 200))
        session.flush()

    with (
        pytest.raises(DatabaseProblem, match="The disk of the plan’s database is full, so nothing was stored"),
        database.write(workspace=ALL) as session,
    ):
        fill(session)
    assert workspaces(path) == []


# -- not ours ------------------------------------------------------------------------------------------------------


def test_another_programs_file_is_refused_and_not_touched(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("CREATE TABLE minutes (words TEXT)")
    before = path.read_bytes()
    database = Database(str(path))
    for attempt in (database.revision, database.check_revision, lambda: migrate(database)):
        with pytest.raises(DatabaseProblem, match="holds other tables and no plan"):
            attempt()
    database.dispose()
    assert path.read_bytes() == before


def test_a_newer_database_is_refused_also_by_migrate(database: Database, path: Path) -> None:
    with raw(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for attempt in (database.check_revision, lambda: migrate(database)):
        with pytest.raises(DatabaseProblem, match=r"newer version of this program \(revision 9999"):
            attempt()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Minutes of the meeting\n" * 100, "is not a database of this program"),
        (b"SQLite format 3\x00" + b"\x00" * 84, "is not a database of this program|is damaged"),
    ],
)
def test_a_file_of_another_kind_is_refused_and_not_touched(path: Path, content: bytes, said: str) -> None:
    path.write_bytes(content)
    database = Database(str(path))
    with pytest.raises(DatabaseProblem, match=said):
        database.check_revision()
    with pytest.raises(DatabaseProblem, match=said), database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)
    database.dispose()
    assert path.read_bytes() == content
