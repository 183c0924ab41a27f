"""A plan moves to another database: everything, compared, all or nothing; and only one of the two is ever served."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from models.enums import AnswerKind, OutcomeKind
from models.errors import DatabaseProblem, Refusal
from models.storage import database_copy
from models.storage.base import Base
from models.storage.database_copy import move_database
from models.storage.engine import Database, migrate
from models.storage.history_tables import Received
from models.storage.notification_tables import MessagePart
from models.storage.restored import check_not_moved
from models.storage.scope import ALL
from models.storage.tables import Workspace
from models.storage.workspaces import ensure_workspace
from schedules.outbox import Outbox
from schedules.ports import SendOutcome, Sent
from tests.homes import Home
from tests.schedules.messenger import MemoryMessenger
from tests.schedules.plans import WORKSPACE, a_plan, action, board, post
from tests.schedules.world import World

PLAN = a_plan(
    boards=[board("partnership", "2020-09-16", "2020-12-08")],
    posts=[post("schools", organisation="schools")],
    actions=[action(f"healthy-{n}", due="2020-09-16", lead="lead" if n < 8 else "schools") for n in range(5, 11)],
)
SMALL = datetime(2020, 8, 17, 9, tzinfo=UTC)


def lived_in(folder: Path) -> World:
    """A plan in an SQLite file with a history, and a ledger with messages in several states."""
    sandbox = World(folder, PLAN)
    sandbox.run("2020-08-10 00:00", "2020-08-20 12:00")
    wrong = sandbox.answer("healthy-5", "2020-08-20 12:01")
    sandbox.undo(wrong, "2020-08-20 12:02")
    sandbox.answer("healthy-6", "2020-08-20 12:03", AnswerKind.TO_FOLLOW, follow_by="2020-09-04")
    sandbox.snooze("lead", "healthy-7", "2020-08-20 12:04")
    sandbox.outcome("healthy-8", "2020-09-16", OutcomeKind.CARRIED_FORWARD, "2020-08-20 12:05", to="2020-12-08")
    with sandbox.database.write(workspace=ALL) as session:
        session.add(Received(workspace_id=WORKSPACE, key="event:“1”", at=SMALL))
    return sandbox


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is stored but the marks of a move."""
    found = {}
    with database.read(ALL) as session:
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.columns if column.name != "moved_to"]
            ordered = select(*columns).order_by(*table.primary_key.columns)
            found[table.name] = [tuple(row) for row in session.execute(ordered)]
    return found


def marks(*databases: Database) -> list[str]:
    """Where each plan is said to have moved."""
    found = []
    for database in databases:
        with database.read(ALL) as session:
            found.append(session.scalar(select(Workspace.moved_to)) or "")
    return found


def counted_by_the_server(database: Database) -> bool:
    """Whether PostgreSQL knows how many actions there are, which decides how it joins them."""
    if database.is_sqlite:
        return True
    with database.read(ALL) as session:
        return bool(session.scalar(text("SELECT reltuples FROM pg_class WHERE relname = 'action'")) == 6)


@pytest.fixture
def target(home: Home, tmp_path: Path) -> Database:
    """An empty database of either kind."""
    (tmp_path / "to").mkdir()
    return Database(home.nothing(tmp_path / "to"))


def test_everything_is_there_and_the_source_is_marked(tmp_path: Path, target: Database) -> None:
    sandbox = lived_in(tmp_path)
    before = rows(sandbox.database)
    assert (
        min(len(before[name]) for name in ("action_update", "snooze", "notification", "message_part", "received")) > 0
    )
    told: list[tuple[str, int, int]] = []
    count = move_database(sandbox.database, target, lambda *how: told.append(how))
    assert rows(target) == before == rows(sandbox.database)
    assert count == sum(map(len, before.values()))
    assert marks(sandbox.database, target) == [target.name, ""]
    assert ("Copying action", 6, 6) in told
    assert counted_by_the_server(target)
    with sandbox.database.read(ALL) as session, pytest.raises(DatabaseProblem, match="name that database with --db"):
        check_not_moved(session, sandbox.database.name)
    target.check_revision()
    target.dispose()


def test_a_plan_that_is_imported_is_counted_by_the_server(tmp_path: Path) -> None:
    assert counted_by_the_server(World(tmp_path, PLAN).database)


def test_it_goes_on_there_where_it_was_and_new_rows_get_new_numbers(tmp_path: Path, target: Database) -> None:
    sandbox = lived_in(tmp_path)
    said = len(sandbox.messenger.posts)
    move_database(sandbox.database, target)
    sandbox.database = target
    sandbox.outbox = Outbox(target, WORKSPACE, sandbox.messenger, sandbox.instant)
    assert sandbox.run("2020-08-20 13:00", "2020-08-21 12:00") == []
    sandbox.answer("healthy-9", "2020-08-21 12:01")
    assert len(sandbox.run("2020-08-24 09:30", "2020-09-17 12:00")) > 3
    marks_sent = [one.mark for one in sandbox.messenger.posts]
    assert len(marks_sent) == len(set(marks_sent)) > said
    target.dispose()


def test_what_still_runs_on_the_old_one_says_and_stores_nothing_more(tmp_path: Path, target: Database) -> None:
    sandbox = lived_in(tmp_path)
    move_database(sandbox.database, target)
    said = len(sandbox.messenger.posts)
    with pytest.raises(DatabaseProblem, match="was moved to"):
        sandbox.tick("2020-08-26 09:30")
    assert len(sandbox.messenger.posts) == said
    target.dispose()


def test_a_target_that_holds_anything_is_refused_and_left_alone(tmp_path: Path, target: Database) -> None:
    sandbox = World(tmp_path, PLAN)
    migrate(target)
    with target.write(workspace=ALL) as session:
        ensure_workspace(session, "T0OTHER", SMALL)
    with pytest.raises(Refusal, match=r"holds something already \(in its table workspace\), so nothing was copied"):
        move_database(sandbox.database, target)
    assert marks(sandbox.database, target) == ["", ""]
    assert len(rows(target)["workspace"]) == 1
    target.dispose()


def test_a_target_with_tables_and_nothing_in_them_will_do(tmp_path: Path, target: Database) -> None:
    sandbox = World(tmp_path, PLAN)
    migrate(target)
    move_database(sandbox.database, target)
    assert rows(target) == rows(sandbox.database)
    target.dispose()


def test_another_programs_database_is_refused(tmp_path: Path, target: Database) -> None:
    sandbox = World(tmp_path, PLAN)
    with target.engine.begin() as connection:
        connection.execute(text("CREATE TABLE minutes (words TEXT)"))
    with pytest.raises(DatabaseProblem, match="holds other tables and no plan"):
        move_database(sandbox.database, target)
    assert marks(sandbox.database) == [""]
    target.dispose()


def test_itself_is_no_target(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    with pytest.raises(Refusal, match="is the database that the plan is in"):
        move_database(sandbox.database, Database(sandbox.database.url))


def test_a_plan_that_was_moved_is_not_moved_again(tmp_path: Path, target: Database, home: Home) -> None:
    sandbox = World(tmp_path, PLAN)
    move_database(sandbox.database, target)
    (tmp_path / "third").mkdir()
    third = Database(home.nothing(tmp_path / "third"))
    with pytest.raises(DatabaseProblem, match="was moved to"):
        move_database(sandbox.database, third)
    assert third.revision() == ""
    with pytest.raises(DatabaseProblem, match="was moved to"):
        move_database(sandbox.database, target)
    for database in (target, third):
        database.dispose()


@pytest.mark.parametrize(
    ("spoilt", "sql", "said"),
    [
        ("organisation", "UPDATE organisation SET name = 'x' WHERE id = 1", "Row 1 of organisation differs"),
        ("appointment", "DELETE FROM appointment WHERE id = 1", "appointment has another number of rows"),
    ],
)
def test_what_does_not_read_back_the_same_is_not_kept(
    tmp_path: Path, target: Database, spoilt: str, sql: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = World(tmp_path, PLAN)
    copied = database_copy._copy

    def spoil(here: Any, there: Any, table: Any, *more: Any) -> None:
        copied(here, there, table, *more)
        if str(table) == spoilt:
            there.execute(text(sql))

    monkeypatch.setattr(database_copy, "_copy", spoil)
    with pytest.raises(DatabaseProblem, match=f"{said} in .*, so nothing was copied"):
        move_database(sandbox.database, target)
    assert target.revision() == ""
    assert marks(sandbox.database) == [""]
    target.dispose()


@pytest.mark.parametrize("half", ["_rows", "_take_mark_off"])
def test_ended_half_way_at_most_one_is_served_and_saying_it_again_ends_it(
    tmp_path: Path, target: Database, half: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`_rows` is counted after the target was stored and before the source is marked; `_take_mark_off` comes last."""
    sandbox = lived_in(tmp_path)
    before = rows(sandbox.database)

    class Killed(BaseException):
        pass

    def die(*_: object) -> int:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(database_copy, half, die)
        with pytest.raises(Killed):
            move_database(sandbox.database, target)
    if half == "_rows":
        assert marks(sandbox.database, target) == ["", sandbox.database.name]
        with pytest.raises(Refusal, match="holds something already"):
            move_database(sandbox.database, target)
    else:
        assert marks(sandbox.database, target) == [target.name, sandbox.database.name]
        move_database(sandbox.database, target)
        assert marks(sandbox.database, target) == [target.name, ""]
    assert rows(target) == before
    target.dispose()


def test_nobody_else_writes_meanwhile(tmp_path: Path, target: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox = World(tmp_path, PLAN)
    said: list[str] = []
    compare: Callable[..., None] = database_copy._compare

    def look(*how: object) -> None:
        if not said:
            with (
                pytest.raises(DatabaseProblem) as busy,
                Database(sandbox.database.url).write(0.05, workspace=ALL) as session,
            ):
                ensure_workspace(session, "T0LATE", SMALL)
            said.append(busy.value.sentence)
        compare(*how)

    monkeypatch.setattr(database_copy, "_compare", look)
    move_database(sandbox.database, target)
    assert said == ["The plan is busy just now, so nothing was stored: please try again."]
    target.dispose()


def test_a_message_in_the_air_while_it_moves_is_looked_up_and_not_said_twice(tmp_path: Path, target: Database) -> None:
    sandbox = World(tmp_path, PLAN)
    moved: list[bool] = []

    def moves_meanwhile(service: MemoryMessenger, address: str, page: str, mark: str) -> SendOutcome:
        service.keep(address, page, mark)
        move_database(sandbox.database, target)
        moved.append(True)
        return Sent(service.posts[-1].ts)

    sandbox.messenger.script = [moves_meanwhile]
    with pytest.raises(DatabaseProblem, match="was moved to"):
        sandbox.tick("2020-08-17 09:30")
    sandbox.database = target
    sandbox.outbox = Outbox(target, WORKSPACE, sandbox.messenger, sandbox.instant)
    for minute in range(31, 41):
        sandbox.instant.pass_(60)
        sandbox.tick(f"2020-08-17 09:{minute}")
    assert moved
    per_person = [one.address for one in sandbox.messenger.posts]
    assert len(per_person) == len(set(per_person)) == 2
    with target.read(ALL) as session:
        assert session.scalar(select(func.count()).select_from(MessagePart).where(MessagePart.ts == "")) == 0
    target.dispose()
