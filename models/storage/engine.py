"""The engine and its transactions: SQLite by default, PostgreSQL by URL.

Every transaction is short and explicit: rolled back unless its `with` block ends well. SQLite starts writes with
`BEGIN IMMEDIATE`, since its busy timeout does not cover a read that becomes a write; how they take their turn on
PostgreSQL is in `models.storage.postgresql`.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session

from models.errors import DatabaseBusy, DatabaseOutdated, DatabaseProblem, DatabaseUnsure
from models.storage import deadlines, postgresql
from models.storage.database_errors import UNSURE, in_people_words
from models.storage.database_url import database_url, given_away, read_url, sqlite_file
from models.storage.deadlines import PEOPLE_WAIT
from models.storage.private_files import make_private
from models.storage.scope import ALL, WorkspaceSession, scope_to
from models.storage.wake_times import keep_wake_at

TICK_WAIT = 10.0
"""Seconds a tick or a command waits for a lock."""

COMMITTING = "committing"
"""In a session's `info`: all is written, and what goes wrong from here on goes wrong in the commit."""
PURGE = "purge"
"""In a session's `info`: once it is committed, nothing of what it emptied may stay in the file (`Database.purge`)."""

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def known_revisions() -> tuple[str, ...]:
    """Return the migrations this code knows, oldest first; their files are named after them."""
    return tuple(sorted(path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*.py")))


_WRITES = ("INSERT", "UPDATE", "DELETE")


class WouldWrite(Exception):
    """A transaction that only looks has come to the first statement that writes."""


class Database:
    """One database: `read()` and `write()` open transactions on it. Nothing is opened before the first of them."""

    def __init__(self, url: str) -> None:
        self.url = database_url(url)
        try:
            parsed, secrets = read_url(url)
            self.is_sqlite = parsed.get_backend_name() == "sqlite"
            self.path = sqlite_file(parsed.database or "", parsed.query) if self.is_sqlite else None
            is_postgresql = parsed.get_backend_name() == "postgresql"
            # Parameters hold people's words, which belong in no log and no traceback.
            self.engine = create_engine(
                parsed,
                hide_parameters=True,
                pool_pre_ping=is_postgresql,
                connect_args={**postgresql.arguments(parsed), **secrets} if is_postgresql else {},
                pool_size=postgresql.KEPT_OPEN if is_postgresql else 5,
            )
        except ModuleNotFoundError as error:
            raise DatabaseProblem(
                f"{given_away(url)} needs the Python package {error.name}, which is not installed: install it beside "
                "this program, or name an SQLite file with --db."
            ) from None
        except (ArgumentError, NoSuchModuleError, ValueError):
            raise DatabaseProblem(
                f'"{given_away(url)}" names no database: give the path of a file, or a URL such as '
                "postgresql+psycopg://HOST/NAME."
            ) from None
        if self.is_sqlite and self.path is None:
            raise DatabaseProblem(
                f'"{url}" is a database in memory, gone when the command ends: give the path of a file.'
            )
        if self.is_sqlite:
            event.listen(self.engine, "do_connect", self._make_file)
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            event.listen(self.engine, "begin", postgresql.begin)
            deadlines.bound_waits(self.engine)
        event.listen(self.engine, "before_cursor_execute", _refuse_write)

    def __repr__(self) -> str:
        return f"Database({self.engine.url!r})"

    def _make_file(self, *_connecting: object) -> None:
        """Make the file for its owner alone, before SQLite makes it for everybody."""
        if self.path is not None and "mode" not in self.engine.url.query:
            make_private(self.path)

    @contextmanager
    def read(self, workspace: str = "", wait: float = TICK_WAIT) -> Iterator[Session]:
        """Begin a transaction that only reads, and sees one moment throughout.

        Args:
            workspace: the one that is read (`models.storage.scope`); `ALL` to read across them, "" to read none.
            wait: `PEOPLE_WAIT` or `ACKNOWLEDGED_WAIT` where somebody waits for it (`deadlines`).
        """
        engine = self.engine if self.is_sqlite else postgresql.reading(self.engine)
        with self._session(engine, workspace, deadlines.held_for(wait)) as session:
            yield session

    @contextmanager
    def read_until_write(self, workspace: str) -> Iterator[Session]:
        """Begin a transaction as `read` does, for work that may write: it ends where it would.

        Raises:
            WouldWrite: the first statement that writes was reached; nothing was written.
        """
        engine = self.engine if self.is_sqlite else postgresql.reading(self.engine)
        looking = engine.execution_options(refuses_writes=True)
        with self._session(looking, workspace, deadlines.held_for(PEOPLE_WAIT)) as session:
            yield session

    @contextmanager
    def write(
        self,
        wait: float = TICK_WAIT,
        *,
        workspace: str = "",
        alone: bool = True,
        wakes: bool = True,
        in_turn: bool = True,
    ) -> Iterator[Session]:
        """Begin a transaction that writes.

        SQLite has one writer at a time. On PostgreSQL a writer is alone in its workspace, or in the whole database
        where it names none or `ALL`.

        Args:
            wait: seconds to wait for its turn.
            workspace: the one that is written to, as for `read`.
            alone: whether others may not write beside it; one that is not alone locks the rows it works on itself.
            wakes: whether what it writes may change what is due, so that the next tick looks at the whole plan.
            in_turn: False for a write of rows that no other writer looks at; on PostgreSQL it waits for nobody.

        Raises:
            DatabaseBusy: its turn does not come within `wait` seconds.
        """
        one = "" if workspace == ALL else workspace
        options = {"write": True, "wait": wait, "workspace": one, "alone": alone, "in_turn": in_turn}
        with self._session(
            self.engine.execution_options(**options), workspace, deadlines.held_for(wait), writes=True
        ) as session:
            yield session
            # Where the block has rolled back by itself nothing was written.
            if wakes and session.in_transaction():
                keep_wake_at(session, one)
        if session.info.get(PURGE):
            self.purge()

    def purge(self) -> bool:
        """Write the log of an SQLite file into it and empty the log, so that emptied words stand nowhere."""
        return self._tidy_file("PRAGMA wal_checkpoint(TRUNCATE)")

    def give_space_back(self) -> bool:
        """Give the space of what was deleted in a file back to the disk; return False where others use it."""
        return self._tidy_file("VACUUM") and self.purge()

    def _tidy_file(self, statement: str) -> bool:
        """Run a statement on an SQLite file outside a transaction; return False where others use it."""
        if not self.is_sqlite:
            return True
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={int(PEOPLE_WAIT * 1000)}")
            busy = cursor.execute(statement).fetchone()
            cursor.close()
            return not (busy and busy[0])
        except sqlite3.OperationalError:
            return False
        finally:
            connection.close()

    def clock(self, machine: Callable[[], datetime]) -> Callable[[], datetime]:
        """Return the clock for leases and waits: this machine's, or the database's where several machines share it."""
        if self.is_sqlite:
            return machine

        def there() -> datetime:
            with _in_words(self):
                return postgresql.now_there(self.engine)

        return there

    @contextmanager
    def _session(
        self, engine: Engine, workspace: str, held: float | None, *, writes: bool = False
    ) -> Iterator[Session]:
        session = WorkspaceSession(engine, expire_on_commit=False)
        scope_to(session, workspace)
        number = ""
        with deadlines.held_until(held):
            try:
                with _in_words(self), session.begin():
                    yield session
                    if writes and not self.is_sqlite and session.in_transaction():
                        session.flush()
                        number = deadlines.transaction_number(session.connection())
                        session.info[COMMITTING] = True
            except DatabaseProblem as problem:
                if not (number and session.info.get(COMMITTING)) or isinstance(problem, DatabaseBusy):
                    raise
                became = deadlines.became_of(self.engine, number)
                if not became:
                    raise DatabaseUnsure(UNSURE) from problem
                if became == "aborted":
                    raise
            finally:
                with _in_words(self):
                    session.close()

    def revision(self) -> str:
        """Return the migration the database stands at; "" where it is empty.

        Raises:
            DatabaseProblem: it is no database of this program.
        """
        if self.path is not None and not self.path.exists():
            return ""
        with _in_words(self), self.engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            if "alembic_version" in tables:
                return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
            if tables:
                raise DatabaseProblem(
                    f"{self.name} holds other tables and no plan: name another database with --db, "
                    "so that nothing of yours is touched."
                )
            return ""

    def check_revision(self) -> None:
        """Raise DatabaseOutdated, or DatabaseProblem where the database is newer than the code or empty."""
        revision, known = self.revision(), known_revisions()
        if revision == known[-1]:
            return
        if revision and revision not in known:
            raise DatabaseProblem(
                f"{self.name} was written by a newer version of this program (revision {revision}, this one knows up "
                f"to {known[-1]}): install that version, or name another database with --db."
            )
        if not revision:
            raise DatabaseOutdated(f"There is no plan in {self.name} yet: say “cypp import FILE” first.")
        raise DatabaseOutdated(f"{self.name} is of an older version: say “cypp migrate” first.")

    @property
    def name(self) -> str:
        """What to call the database in a sentence; never with a password."""
        return str(self.path) if self.path is not None else self.engine.url.render_as_string(hide_password=True)

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def migrate(database: Database) -> tuple[str, str]:
    """Bring the database to the code's revision; return the revisions before and after."""
    before, known = database.revision(), known_revisions()
    if before and before not in known:
        database.check_revision()
    with _in_words(database), database.engine.execution_options(write=True, wait=TICK_WAIT).begin() as connection:
        upgrade(connection)
    return before, known[-1]


def upgrade(connection: Connection) -> None:
    """Bring what stands behind a connection to the code's revision, within its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # Redacted words are overwritten with zeros, not only unlinked.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _refuse_write(connection: Connection, _cursor: object, statement: str, *_others: object) -> None:
    if connection.get_execution_options().get("refuses_writes") and statement.startswith(_WRITES):
        raise WouldWrite


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("write"):
        _keep_a_log(connection)
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(options.get('wait', TICK_WAIT) * 1000)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")


def _keep_a_log(connection: Connection) -> None:
    """Switch the file to WAL: before a write, never before a read, which may show it is another program's."""
    if connection.info.get("wal"):
        return
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    with suppress(OperationalError):
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.info["wal"] = True


@contextmanager
def _in_words(database: Database) -> Iterator[None]:
    """Turn what a driver says about an unusable database into a sentence for people."""
    try:
        yield
    except (OperationalError, DatabaseError, InterfaceError) as error:
        problem = in_people_words(error, database.name, is_sqlite=database.is_sqlite)
        if problem is None:
            raise
        raise problem from error
