"""A PostgreSQL that stops answering, is cut off, kills its backends or has no room: each with the real server."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, select, text

from models.errors import DatabaseFull, DatabaseProblem, DatabaseUnsure
from models.storage.deadlines import PEOPLE_WAIT
from models.storage.engine import Database
from models.storage.scope import ALL
from models.storage.tables import Workspace
from models.storage.workspaces import ensure_workspace
from tests.conftest import on_postgresql
from tests.postgres import Server

pytestmark = on_postgresql
NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)
MOST = 3.0
"""Seconds that somebody is kept waiting, whatever the server does."""


@pytest.fixture
def server(kind: str, postgres: Server) -> Server:
    """The server itself."""
    return postgres


class Wire:
    """A proxy to a server on a socket in a folder of its own, which can swallow what is sent either way."""

    def __init__(self, server: Server, folder: str) -> None:
        self.folder, self._server = folder, server
        self.swallows = threading.Event()
        self.swallow_from = b""
        """The wire is cut once this was sent to the server: what comes back of it is swallowed."""
        self._sockets: list[socket.socket] = []
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(f"{folder}/.s.PGSQL.5432")
        self._listening.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, name: str) -> str:
        """How `cypp` is told of a database behind it."""
        return f"postgresql+psycopg://cypp@/{name}?host={self.folder}"

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(f"{self._server.folder}/.s.PGSQL.5432")
                self._sockets += [here, there]
                threading.Thread(target=self._carry, args=(here, there, True), daemon=True).start()
                threading.Thread(target=self._carry, args=(there, here, False), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, up: bool) -> None:
        with suppress(OSError):
            while some := one.recv(65536):
                if self.swallows.is_set():
                    continue
                if up and self.swallow_from and self.swallow_from in some:
                    self.swallows.set()
                other.sendall(some)
        if not self.swallows.is_set():
            for end in (one, other):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Carries again; what was cut off stays so."""
        self.swallow_from = b""
        self.swallows.clear()

    def close(self) -> None:
        """Cuts everything off."""
        for one in (self._listening, *self._sockets):
            one.close()


@pytest.fixture
def wire(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Such a proxy."""
    folder = f"/tmp/cypp-wire-{os.getpid()}-{time.monotonic_ns() % 10**9}"
    os.mkdir(folder)
    wire = Wire(server, folder)
    yield wire
    wire.close()
    os.unlink(f"{folder}/.s.PGSQL.5432")
    os.rmdir(folder)


@pytest.fixture
def behind(server: Server, wire: Wire) -> Iterator[Database]:
    """A database that is reached through the proxy, with a workspace in it."""
    name = server.fresh()
    database = Database(wire.url(name))
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)
    yield database
    wire.mend()
    database.dispose()
    server.drop(name)


def workspaces(database: Database, server: Server) -> set[str]:
    """What is stored, looked at past the proxy."""
    return {row[0] for row in server.execute("SELECT id FROM workspace", name=str(database.engine.url.database))}


def add(database: Database, name: str, before_the_end: Callable[[Any], None] = lambda session: None) -> None:
    """An interactive write."""
    with database.write(PEOPLE_WAIT, workspace=ALL) as session:
        ensure_workspace(session, name, NOW)
        session.flush()
        before_the_end(session)


def refused(work: Callable[[], None]) -> tuple[DatabaseProblem, float]:
    """What somebody is told, and how many seconds they were kept waiting."""
    began = time.monotonic()
    with pytest.raises(DatabaseProblem) as told:
        work()
    return told.value, time.monotonic() - began


def test_what_is_cut_off_before_its_commit_is_refused_in_time_and_holds_up_nobody_afterwards(
    behind: Database, wire: Wire, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.storage.postgresql.PEOPLE_PAUSED", 1)

    def cut(session: Any) -> None:
        wire.swallows.set()
        session.execute(select(Workspace)).all()

    told, waited = refused(lambda: add(behind, "T0TWO", cut))
    assert waited <= MOST
    assert "so nothing was stored" in told.sentence
    # New connections are cut off as well: that takes no longer.
    told, waited = refused(lambda: add(behind, "T0TWO"))
    assert waited <= MOST
    assert "so nothing was stored" in told.sentence
    wire.mend()
    # The server has not heard that this one is gone, and gives its turn to the others all the same.
    time.sleep(1)
    assert workspaces(behind, server) == {"T0ONE"}
    add(behind, "T0THREE")
    assert workspaces(behind, server) == {"T0ONE", "T0THREE"}


def test_a_question_is_not_held_up_by_a_server_that_swallows(behind: Database, wire: Wire) -> None:
    def ask() -> None:
        with behind.read(ALL, PEOPLE_WAIT) as session:
            session.execute(select(Workspace)).all()

    wire.swallows.set()
    told, waited = refused(ask)
    assert waited <= MOST
    assert "does not answer just now" in told.sentence


def test_a_commit_that_is_not_answered_is_said_to_be_unsure_where_nobody_can_know(
    behind: Database, wire: Wire, server: Server
) -> None:
    wire.swallow_from = b"COMMIT"
    told, waited = refused(lambda: add(behind, "T0TWO"))
    assert isinstance(told, DatabaseUnsure)
    assert waited <= MOST
    assert "has not said whether it was stored" in told.sentence
    assert "nothing was stored" not in told.sentence
    assert workspaces(behind, server) == {"T0ONE", "T0TWO"}


@pytest.mark.parametrize("committed", [True, False])
def test_what_became_of_a_commit_that_was_not_answered_is_looked_up(
    behind: Database, wire: Wire, server: Server, committed: bool
) -> None:
    """The line breaks at the commit: before it got there, or after; the server can be asked at once."""

    def break_off(connection: Any) -> None:
        raw = connection.connection.dbapi_connection
        if committed:
            raw.pgconn.exec_(b"COMMIT")
        with socket.socket(fileno=os.dup(raw.pgconn.socket)) as line:
            line.shutdown(socket.SHUT_RDWR)

    event.listen(behind.engine, "commit", break_off, once=True)
    if committed:
        add(behind, "T0TWO")
    else:
        told, waited = refused(lambda: add(behind, "T0TWO"))
        assert waited <= MOST
        assert "nothing was stored" in told.sentence
    assert workspaces(behind, server) == ({"T0ONE", "T0TWO"} if committed else {"T0ONE"})


def test_a_server_process_that_is_stopped_holds_a_write_no_longer_and_stores_nothing_of_it_when_it_goes_on(
    server: Server,
) -> None:
    name = server.fresh()
    database = Database(server.url(name))
    stopped: list[int] = []

    def stop(session: Any) -> None:
        stopped.append(session.execute(text("SELECT pg_backend_pid()")).scalar_one())
        os.kill(stopped[0], signal.SIGSTOP)
        session.execute(select(Workspace)).all()

    try:
        told, waited = refused(lambda: add(database, "T0ONE", stop))
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    assert waited <= MOST
    assert "so nothing was stored" in told.sentence
    end = time.monotonic() + 5
    while server.execute("SELECT pid FROM pg_stat_activity WHERE pid = %s", stopped[0]) and time.monotonic() < end:
        time.sleep(0.05)
    assert workspaces(database, server) == set()
    add(database, "T0TWO")
    assert workspaces(database, server) == {"T0TWO"}
    database.dispose()
    server.drop(name)


def test_a_server_process_killed_inside_a_transaction_costs_that_one_alone(server: Server) -> None:
    name = server.fresh()
    database = Database(server.url(name))

    def killed(session: Any) -> None:
        pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        server.execute("SELECT pg_terminate_backend(%s)", pid)
        session.execute(select(Workspace)).all()

    told, _ = refused(lambda: add(database, "T0ONE", killed))
    assert "so nothing was stored" in told.sentence
    add(database, "T0TWO")
    assert workspaces(database, server) == {"T0TWO"}
    database.dispose()
    server.drop(name)


def test_a_full_tablespace_is_called_full(server: Server) -> None:
    name = server.fresh()
    server.execute(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
        "'could not extend file \"base/1/2\": No space left on device' USING ERRCODE = 'disk_full'; END $$",
        name=name,
    )
    server.execute("CREATE TRIGGER full_up BEFORE INSERT ON workspace EXECUTE FUNCTION no_room()", name=name)
    database = Database(server.url(name))
    told, _ = refused(lambda: add(database, "T0ONE"))
    assert isinstance(told, DatabaseFull)
    assert told.sentence.startswith("The disk of the plan’s database is full, so nothing was stored")
    database.dispose()
    server.drop(name)


def test_the_proxy_of_these_tests_carries(behind: Database, wire: Wire) -> None:
    with psycopg.connect(f"host={wire.folder} user=cypp dbname={behind.engine.url.database}") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
