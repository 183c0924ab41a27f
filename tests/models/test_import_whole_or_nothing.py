"""A plan is stored whole or not at all, whatever comes between, and as fast where it is large."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from models.errors import DatabaseProblem, Refusal
from models.files.import_plan import refuse_second_plan
from models.files.planfile import read_plan
from models.storage.base import Base
from models.storage.engine import Database
from models.storage.scope import ALL
from models.storage.tables import (
    Action,
    Workspace,
)
from tests.conftest import on_sqlite
from tests.growth import assert_linear
from tests.homes import Files
from tests.models.planfile.plans import PLAN
from tests.models.test_importing import WITHOUT_THEMES, T, rows, store


def counts(database: Database) -> dict[str, int]:
    with database.read(ALL) as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_a_second_plan_is_refused_and_the_first_stays_as_it_is(database: Database) -> None:
    store(database, read_plan(PLAN, "plan.yaml"))
    before = counts(database)
    with pytest.raises(Refusal, match="This database holds a plan already, “Our plan”, so nothing was stored"):
        store(database, read_plan(WITHOUT_THEMES, "plan.yaml"))
    with database.read(T) as session, pytest.raises(Refusal, match="holds a plan already"):
        refuse_second_plan(session)
    assert counts(database) == before


def test_two_workspaces_keep_a_plan_each(database: Database) -> None:
    for workspace in (T, "T0OTHER"):
        store(database, read_plan(PLAN, "plan.yaml"), workspace)
    with database.read(ALL) as session:
        assert len(rows(session, Action)) == 3
        assert session.scalar(select(func.count()).select_from(Action)) == 6
    with database.read("T0THIRD") as session:
        refuse_second_plan(session)


@on_sqlite
@pytest.mark.parametrize("room", range(0, 40, 8))
def test_a_database_that_fills_up_on_the_way_keeps_nothing_of_it(room: int, database: Database) -> None:
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
    database.dispose()

    def limit(connection: sqlite3.Connection, _: object) -> None:
        # A real limit of SQLite's own: from here on its file cannot grow, as on a full disk.
        connection.execute(f"PRAGMA max_page_count={pages + room}")

    event.listen(database.engine, "connect", limit)
    lines = "".join(f"  - {{ref: heard-{n}, words: {'word ' * 300}, theme: heard}}\n" for n in range(9, 209))
    plan = read_plan(PLAN + lines, "plan.yaml")
    with pytest.raises(DatabaseProblem, match="The disk of the plan’s database is full, so nothing was stored"):
        store(database, plan)
    assert set(counts(database).values()) == {0}
    event.remove(database.engine, "connect", limit)
    database.dispose()
    store(database, plan)
    assert counts(database)["action"] == 203


def test_a_defect_half_way_keeps_nothing_either(database: Database) -> None:
    plan = read_plan(PLAN, "plan.yaml")
    # Not to be had from `read_plan`, which refuses it: two actions with one ref.
    twice = plan.model_copy(update={"actions": (*plan.actions, plan.actions[0])})
    with pytest.raises(IntegrityError):
        store(database, twice)
    assert set(counts(database).values()) == {0}
    with database.read(ALL) as session:
        assert session.scalars(select(Workspace)).all() == []


def test_a_great_many_people_and_actions_take_no_longer_each(tmp_path: Path) -> None:
    def stored(people: int) -> int:
        posts = "".join(
            f"  - {{key: post-{n}, title: Post {n}, organisation: council, holder: {{email: p{n}@example.org}}}}\n"
            for n in range(people)
        )
        lines = "".join(
            f"  - {{ref: x-{n}, kind: deliverable, words: Write it, priorities: [1, 2], lead: post-{n % people}}}\n"
            for n in range(2 * people)
        )
        plan = read_plan(PLAN.replace("administrators:", f"{posts}administrators:") + lines, "plan.yaml")
        database = Database(Files().new(tmp_path))
        store(database, plan)
        found = counts(database)["action_priority"]
        database.dispose()
        return found

    assert assert_linear(stored, 100, 400) == 1_602
