"""Which workspace a database is about, and how one takes the id that its chat service gives it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models.errors import Refusal
from models.files.import_plan import store_plan
from models.files.planfile import read_plan
from models.plan.accounts import AccountSeen
from models.plan.directory_rows import remember
from models.storage.base import Base
from models.storage.engine import Database
from models.storage.history_tables import Received
from models.storage.scope import ALL
from models.storage.tables import Action, Workspace
from models.storage.workspaces import LOCAL, adopt, ensure_workspace, only_workspace
from tests.models.planfile.plans import PLAN

NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)
LATER = datetime(2020, 9, 17, 9, tzinfo=UTC)


def imported(database: Database, workspace: str, *, is_demo: bool = False) -> None:
    with database.write(workspace=workspace) as session:
        ensure_workspace(session, workspace, NOW, is_demo=is_demo)
        store_plan(session, workspace, read_plan(PLAN, "plan.yaml"), NOW)
        remember(session, workspace, [AccountSeen(workspace, "U0HEADEDU", "Head")], NOW)
        session.add(Received(workspace_id=workspace, key="event:1", at=NOW))


def owners(database: Database) -> dict[str, set[str]]:
    """Which workspaces the rows of each table belong to."""
    with database.read(ALL) as session:
        return {
            table.name: set(session.scalars(select(table.c.workspace_id)))
            for table in Base.metadata.sorted_tables
            if "workspace_id" in table.c
        }


def test_a_workspace_is_made_once_and_keeps_what_it_is(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        first = ensure_workspace(session, "T0ONE", NOW, is_demo=True)
        assert ensure_workspace(session, "T0ONE", LATER) is first
    with database.read(ALL) as session:
        (row,) = session.scalars(select(Workspace))
        assert (row.id, row.is_demo, row.created_at, row.last_tick_at) == ("T0ONE", True, NOW, None)


def test_the_only_workspace_is_implied(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, "T0ONE", NOW)
        assert only_workspace(session).id == only_workspace(session, "T0ONE").id == "T0ONE"


def test_none_several_or_another_is_refused_with_what_there_is(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        with pytest.raises(Refusal, match="There is no plan in this database yet: say “cypp import FILE” first"):
            only_workspace(session)
        with pytest.raises(Refusal, match="There is no workspace T0ONE in this database: it has none yet"):
            only_workspace(session, "T0ONE")
        ensure_workspace(session, "T0TWO", NOW)
        with pytest.raises(Refusal, match="There is no workspace T0ONE in this database: it has T0TWO"):
            only_workspace(session, "T0ONE")
        ensure_workspace(session, "T0ONE", NOW)
        with pytest.raises(Refusal, match=r"several workspaces: name one with --workspace \(T0ONE, T0TWO\)"):
            only_workspace(session)
        assert only_workspace(session, "T0TWO").id == "T0TWO"


def test_what_was_imported_before_is_given_whole_to_the_first_workspace_that_connects(database: Database) -> None:
    imported(database, LOCAL, is_demo=True)
    before = owners(database)
    with database.write(workspace=ALL) as session:
        session.get_one(Workspace, LOCAL).last_tick_at = NOW
    with database.write(workspace=ALL) as session:
        adopt(session, "T0REAL", LATER)
    assert owners(database) == {table: {"T0REAL"} if found else set() for table, found in before.items()}
    assert sum(bool(found) for found in before.values()) >= 10
    with database.read(ALL) as session:
        (row,) = session.scalars(select(Workspace))
        assert (row.id, row.is_demo, row.created_at, row.last_tick_at) == ("T0REAL", True, NOW, NOW)


def test_connecting_again_changes_nothing(database: Database) -> None:
    imported(database, LOCAL)
    for _ in range(2):
        with database.write(workspace=ALL) as session:
            adopt(session, "T0REAL", LATER)
    assert owners(database)["action"] == {"T0REAL"}


def test_a_workspace_that_has_a_plan_gets_no_second_one(database: Database) -> None:
    imported(database, "T0REAL")
    imported(database, LOCAL)
    with database.write(workspace=ALL) as session:
        adopt(session, "T0REAL", LATER)
    assert owners(database)["action"] == {LOCAL, "T0REAL"}
    with database.read(ALL) as session:
        assert len(session.scalars(select(Action).where(Action.workspace_id == "T0REAL")).all()) == 3


def test_a_workspace_is_made_where_nothing_was_imported(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        adopt(session, "T0REAL", LATER)
    with database.read(ALL) as session:
        assert [(row.id, row.created_at) for row in session.scalars(select(Workspace))] == [("T0REAL", LATER)]


def test_adopting_is_undone_as_a_whole(database: Database) -> None:
    imported(database, LOCAL)
    before = owners(database)
    with database.write(workspace=ALL) as session:
        adopt(session, "T0REAL", LATER)
        session.rollback()
    assert owners(database) == before
