"""What only a server can be like: away, full of connections, closed to us, restarted, read-only."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from models.enums import MessageClass
from models.errors import DatabaseBusy, DatabaseOutdated, DatabaseProblem
from models.notifications.messages import claim_message
from models.storage.engine import Database, migrate
from models.storage.notification_tables import Message
from models.storage.postgresql import KEPT_OPEN
from models.storage.scope import ALL
from models.storage.tables import Workspace
from models.storage.workspaces import ensure_workspace
from tests.conftest import on_postgresql
from tests.postgres import Server

NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)
pytestmark = on_postgresql


def sentence(url: str) -> str:
    """What is said of a database that cannot be used."""
    database = Database(url)
    with pytest.raises(DatabaseProblem) as refused, database.read(ALL) as session:
        session.execute(select(Workspace)).all()
    database.dispose()
    return refused.value.sentence


@pytest.fixture
def server(kind: str, postgres: Server) -> Server:
    """The server itself."""
    return postgres


@pytest.fixture
def own(kind: str) -> Iterator[Server]:
    """A server of a test's own, to be stopped and started."""
    server = Server()
    yield server
    server.close()


def test_an_empty_database_says_what_comes_first_and_gets_its_tables(server: Server) -> None:
    name = server.empty()
    database = Database(server.url(name))
    with pytest.raises(DatabaseOutdated, match="say “cypp import FILE” first"):
        database.check_revision()
    migrate(database)
    database.check_revision()
    database.dispose()
    server.drop(name)


def test_a_missing_database_is_told_from_a_server_that_is_away(server: Server, tmp_path: Path) -> None:
    assert sentence(server.url("nowhere")).startswith("There is no database at postgresql+psycopg://cypp@/nowhere")
    away = sentence(f"postgresql+psycopg://cypp@/plan?host={tmp_path}")
    assert away.endswith("so nothing was stored: check its address and that the server runs.")


def test_a_wrong_password_is_told_and_not_shown(server: Server, database: Database) -> None:
    server.ask_for_a_password("clerk", "hunter2")
    name = str(database.engine.url.database)
    for user in ("clerk:hunter3", "clerk", "nobody_we_know:hunter3"):
        said = sentence(server.url(name, user))
        assert "does not accept the user name or the password that were given: check both." in said
        assert "hunter" not in said
    right = Database(server.url(name, "clerk:hunter2"))
    with pytest.raises(DatabaseProblem, match="lets this account read or change too little"):
        right.revision()
    assert "hunter2" not in repr(right) + right.name
    right.dispose()


def test_an_account_without_rights_is_told_so(server: Server, database: Database) -> None:
    server.execute("CREATE ROLE reader LOGIN")
    said = sentence(server.url(str(database.engine.url.database), "reader"))
    assert said.endswith("lets this account read or change too little: grant it all rights on its tables and schema.")


def test_no_connection_to_spare_is_told(own: Server) -> None:
    name = own.fresh()
    with ExitStack() as others:
        while True:
            try:
                others.enter_context(psycopg.connect(own.conninfo(name)))
            except psycopg.OperationalError:
                break
        said = sentence(own.url(name))
    assert "has no connection to spare just now, so nothing was stored" in said


def test_a_server_that_takes_no_changes_is_read(server: Server, database: Database) -> None:
    name = str(database.engine.url.database)
    server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    standby = Database(database.url)
    with standby.read(ALL) as session:
        assert session.scalars(select(Workspace)).all() == []
    with pytest.raises(DatabaseProblem, match="takes no changes just now, so nothing was stored"), standby.write() as s:
        ensure_workspace(s, "T0ONE", NOW)
    standby.dispose()


def test_a_restarted_server_costs_what_was_under_way_and_nothing_else(own: Server) -> None:
    database = Database(own.url(own.fresh()))
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)

    def cut_off_half_way() -> None:
        with database.write(workspace=ALL) as session:
            ensure_workspace(session, "T0TWO", NOW)
            own.stop()
            session.execute(select(Workspace)).all()

    with pytest.raises(DatabaseProblem, match="does not answer just now, so nothing was stored"):
        cut_off_half_way()
    assert "does not answer just now" in sentence(database.url)
    own.start()
    with database.write(workspace=ALL) as session:
        assert session.scalars(select(Workspace.id)).all() == ["T0ONE"]
    database.dispose()


def test_connections_that_several_senders_use_at_once_are_kept_for_the_next(database: Database) -> None:
    def at_once() -> set[int]:
        with ExitStack() as all_of_them:
            sessions = [all_of_them.enter_context(database.read(ALL)) for _ in range(KEPT_OPEN)]
            return {one.execute(text("SELECT pg_backend_pid()")).scalar_one() for one in sessions}

    assert at_once() == at_once()


def test_a_message_that_another_copy_is_about_to_claim_is_passed_over_and_not_waited_for(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)
        message = Message(
            workspace_id="T0ONE", uuid="one", message_class=MessageClass.BUNDLE, recipient="person:1", planned_at=NOW
        )
        session.add(message)
        session.flush()
        number = message.id
    beside: dict[str, Any] = {"wait": 0.3, "workspace": "T0ONE", "alone": False, "wakes": False}
    with database.write(**beside) as one, database.write(**beside) as other:
        assert claim_message(one, number, NOW, timedelta(seconds=65)) is not None
        assert claim_message(other, number, NOW, timedelta(seconds=65)) is None


def test_two_who_wait_for_each_other_are_told_apart_and_one_goes_on(database: Database) -> None:
    """Rows locked in another order than somebody else does: one of the two gives way, and is told it was busy."""
    with database.write(workspace=ALL) as session:
        for name in ("T0ONE", "T0TWO"):
            ensure_workspace(session, name, NOW)
    lock = text("SELECT id FROM workspace WHERE id = :id FOR UPDATE")
    met, ended = threading.Barrier(2), list[str]()

    def work(first: str, then: str) -> None:
        try:
            with database.write(workspace="T", alone=False) as session:
                session.execute(lock, {"id": first})
                met.wait(5)
                session.execute(lock, {"id": then})
            ended.append("went on")
        except DatabaseBusy:
            ended.append("busy")

    threads = [threading.Thread(target=work, args=order) for order in (("T0ONE", "T0TWO"), ("T0TWO", "T0ONE"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["busy", "went on"]


def test_whoever_is_stopped_inside_a_write_holds_the_others_up_no_longer_than_the_server_allows(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.storage.postgresql.PAUSED", 1)

    def stopped() -> None:
        with database.write(workspace=ALL) as session:
            ensure_workspace(session, "T0ONE", NOW)
            session.flush()
            time.sleep(2)

    with pytest.raises(DatabaseProblem, match="does not answer just now, so nothing was stored"):
        stopped()
    with database.write(0.1, workspace=ALL) as session:
        assert session.get(Workspace, "T0ONE") is None


def test_a_defect_of_the_program_is_no_trouble_of_the_database(database: Database) -> None:
    with pytest.raises(ProgrammingError), database.read(ALL) as session:
        session.execute(text("SELEC 1"))
