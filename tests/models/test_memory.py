"""What is remembered of a plan is what would be read: whoever writes, by whatever means, is seen by the next reader."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

import models.storage.notification_tables  # noqa: F401 - every table registers itself
from bot.demo.sandbox import EXAMPLE, TEAM, settle_plan
from models.enums import AnswerKind, OutcomeKind, Way
from models.files.planfile import read_plan
from models.plan.accounts import AccountSeen, Actor, knows, remember, roles_of
from models.plan.queries import board_calendars, boards_of, plan_of, priorities_of, themes_of
from models.records.history import Signed, record_outcome, record_replan, record_update
from models.storage.base import Base
from models.storage.engine import PURGE, Database
from models.storage.memory import MOST, PLAN_MARK, WATCHED, remembered
from models.storage.tables import Action, Board, Meeting, Plan, Theme
from models.storage.workspaces import ensure_workspace
from tests.conftest import on_sqlite
from tests.homes import Home

NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)
SIGNED = Signed(None, None, "Clerk", Way.COMMAND, NOW)
CHAIR = Actor(TEAM, "U0CHAIRPB")


@pytest.fixture
def plan(database: Database) -> Database:
    """The example plan, and something of everything that can happen to an action."""
    settle_plan(database, read_plan(EXAMPLE.read_bytes(), "plan.yaml"), NOW)
    with database.write() as session:
        remember(session, TEAM, [AccountSeen(CHAIR.team, CHAIR.user)], NOW)
        first, second = session.scalars(select(Action).where(Action.due_meeting_id.is_not(None)).limit(2))
        meeting = session.get_one(Meeting, first.due_meeting_id)
        later = session.scalars(
            select(Meeting).where(Meeting.board_id == meeting.board_id, Meeting.starts_at > meeting.starts_at)
        ).first()
        assert later
        record_update(session, first, AnswerKind.NO_CHANGE, SIGNED)
        record_replan(session, first, later.id, "the data is late", SIGNED)
        record_outcome(session, second, meeting.id, OutcomeKind.NO_DECISION, SIGNED)
    return database


def mark(database: Database) -> str | None:
    with database.read() as session:
        return session.scalar(select(PLAN_MARK.c.mark).where(PLAN_MARK.c.workspace == TEAM))


def name_read(database: Database) -> str:
    """The first board's name as a question finds it."""
    with database.read(TEAM) as session:
        return boards_of(session, TEAM)[0].name


def changes(database: Database, change: Callable[[Any], object]) -> bool:
    """Whether something done in a transaction of its own changes the mark."""
    before = mark(database)
    with database.engine.execution_options(write=True, wait=5).begin() as connection:
        change(connection)
    return mark(database) != before


def test_every_row_that_is_added_changed_or_taken_from_what_is_remembered_changes_the_mark(plan: Database) -> None:
    tables = [table for table in Base.metadata.sorted_tables if table.name != "workspace"]
    with plan.read() as session:
        rows = {table.name: [dict(row) for row in session.execute(select(table)).mappings()] for table in tables}
    assert {name for name in WATCHED if not rows[name]} == set(), "this test needs a row in each"
    silent: set[tuple[str, str]] = set()
    for table in tables:
        column = next(iter(table.primary_key.columns))
        one = column == rows[table.name][0][column.name] if rows[table.name] else column.is_(None)
        if not changes(plan, lambda there, table=table, one=one, column=column: there.execute(  # type: ignore[misc]
            update(table).where(one).values({column.name: column})
        )):  # fmt: skip
            silent.add(("changed", table.name))
    for table in reversed(tables):
        if not changes(plan, lambda there, table=table: there.execute(delete(table))):  # type: ignore[misc]
            silent.add(("taken", table.name))
    for table in tables:
        if rows[table.name] and not changes(
            plan,
            lambda there, table=table: there.execute(insert(table), rows[table.name]),  # type: ignore[misc]
        ):
            silent.add(("added", table.name))
    assert {(what, name) for what, name in silent if name in WATCHED} == set()
    # The ledger's steps go beside each other, and what they write is not remembered.
    assert {("changed", "delivery"), ("changed", "ask")} <= silent


def test_another_workspace_changes_another_mark(plan: Database) -> None:
    before = mark(plan)
    with plan.write() as session:
        ensure_workspace(session, "T0OTHER", NOW)
        session.add(Plan(workspace_id="T0OTHER", name="Another plan"))
    assert mark(plan) == before
    with plan.read("T0OTHER") as session:
        assert [plan_of(session, one).name for one in ("T0OTHER", TEAM)] == ["Another plan", "My Sefton 2020–2025"]  # type: ignore[union-attr]


def test_what_is_given_to_another_workspace_changes_the_marks_of_both(plan: Database) -> None:
    before = mark(plan)
    with plan.write() as session:
        ensure_workspace(session, "T0OTHER", NOW)
        session.execute(update(Theme).values(workspace_id="T0OTHER"))
    assert mark(plan) != before
    with plan.read("T0OTHER") as session:
        assert [theme.key for theme in themes_of(session, "T0OTHER")] == ["heard", "happy", "healthy", "achieving"]
    with plan.write() as session:
        session.execute(update(Theme).values(workspace_id=TEAM))
    with plan.read("T0OTHER") as session:
        assert themes_of(session, "T0OTHER") == []


def by_the_program(database: Database) -> None:
    other = Database(database.url)
    with other.write() as session:
        session.execute(update(Board).values(name=text("name || ' by the program'")))
    other.dispose()


def by_another_process(database: Database) -> None:
    """With the driver alone, as somebody who repairs a plan by hand does."""
    words = "UPDATE board SET name = name || ' by hand'"
    if database.is_sqlite:
        script = f"import sqlite3; c = sqlite3.connect({str(database.path)!r}); c.execute({words!r}); c.commit()"
    else:
        there = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        script = f"import psycopg; c = psycopg.connect({there!r}); c.execute({words!r}); c.commit()"
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("write", [by_the_program, by_another_process])
def test_what_others_write_is_seen_by_the_very_next_question(plan: Database, write: Callable[[Database], None]) -> None:
    before = name_read(plan)
    assert name_read(plan) == before
    write(plan)
    assert name_read(plan) not in ("", before)


def test_what_is_rolled_back_was_never_seen(plan: Database) -> None:
    before = name_read(plan), mark(plan)

    def write_and_fail() -> None:
        with plan.write() as session:
            session.execute(update(Board).values(name="Never"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert (name_read(plan), mark(plan)) == before


def test_what_is_taken_back_to_a_savepoint_hides_no_change_beside_it(plan: Database) -> None:
    name_read(plan)
    for before, after in ((None, "After"), ("Before", None)):
        with plan.write() as session:
            if before:
                session.execute(update(Board).values(name=before))
            inner = session.begin_nested()
            session.execute(update(Board).values(name="Never"))
            inner.rollback()
            if after:
                session.execute(update(Board).values(name=after))
        assert name_read(plan) == (before or after)


def test_a_question_that_began_before_a_change_leaves_nothing_old_behind(plan: Database) -> None:
    with plan.read(TEAM) as early:
        with plan.write() as session:
            session.execute(update(Board).values(name="Renamed"))
        assert name_read(plan) == "Renamed"
        assert boards_of(early, TEAM)[0].name != "Renamed", "it sees its own moment throughout"
    assert name_read(plan) == "Renamed"


def test_a_question_that_fails_leaves_nothing_broken_behind(plan: Database) -> None:
    def ask_and_fail() -> None:
        with plan.read(TEAM) as session:
            for read in (plan_of, themes_of, priorities_of, board_calendars):
                read(session, TEAM)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ask_and_fail()
    with plan.read(TEAM) as session:
        assert plan_of(session, TEAM).name == "My Sefton 2020–2025"  # type: ignore[union-attr]
        assert [theme.key for theme in themes_of(session, TEAM)] == ["heard", "happy", "healthy", "achieving"]
        assert [one.number for one in priorities_of(session, TEAM)] == list(range(1, 13))


def test_who_somebody_is_is_remembered_for_a_day_and_until_it_changes(plan: Database) -> None:
    def named(day: int) -> bool:
        with plan.read(TEAM) as session:
            return knows(session, TEAM, CHAIR) and bool(
                roles_of(session, TEAM, CHAIR, NOW.date().replace(day=day)).chair_of
            )

    assert (named(17), named(18)) == (True, True)
    with plan.write() as session:
        session.execute(update(Board).values(chair_until=NOW.date()))
    assert (named(17), named(18)) == (True, False)


def test_a_database_put_back_to_an_earlier_moment_is_read_as_it_was_then(
    plan: Database, home: Home, tmp_path: Path
) -> None:
    """As after a restore: its mark is that of the earlier moment, and no other moment ever had it."""
    before = name_read(plan)
    plan.dispose()
    back = home.keep(plan, tmp_path)
    for name in ("Renamed", "Renamed again"):
        with plan.write() as session:
            session.execute(update(Board).values(name=name))
        assert name_read(plan) == name
    plan.dispose()
    back()
    assert name_read(plan) == before
    with plan.write() as session:
        session.execute(update(Board).values(name="Renamed otherwise"))
    assert name_read(plan) == "Renamed otherwise"


@on_sqlite
def test_what_is_emptied_in_the_database_is_forgotten_at_once(plan: Database) -> None:
    name_read(plan)
    with plan.write() as session:
        session.info[PURGE] = True
    assert plan.memory is not None
    assert plan.memory.held() == 0


@on_sqlite
def test_no_more_is_remembered_than_there_is_room_for(plan: Database) -> None:
    assert plan.memory is not None
    with plan.read(TEAM) as session:
        for key in range(3):
            some = remembered(session, TEAM, key, lambda: (1,) * (MOST // 2 - 1), len)
            assert len(some) == MOST // 2 - 1
            assert plan.memory.held() <= MOST
        assert len(remembered(session, TEAM, "too many", lambda: (1,) * (MOST + 1), len)) == MOST + 1
        assert plan.memory.held() <= MOST
        assert remembered(session, TEAM, 0, lambda: "read anew") == "read anew", "all is forgotten where room ends"


@on_sqlite
def test_another_workspace_is_remembered_instead_and_not_beside(plan: Database) -> None:
    assert plan.memory is not None
    name_read(plan)
    with plan.write() as session:
        ensure_workspace(session, "T0OTHER", NOW)
        session.add(Plan(workspace_id="T0OTHER", name="Another plan"))
    with plan.read("T0OTHER") as session:
        assert plan.memory.held() == 0
        assert boards_of(session, "T0OTHER") == []
    assert name_read(plan)


def test_a_database_can_be_told_to_remember_nothing(plan: Database) -> None:
    forgetful = Database(plan.url, remembers=False)
    with forgetful.read(TEAM) as session:
        assert remembered(session, TEAM, "key", lambda: 1) == 1
        assert remembered(session, TEAM, "key", lambda: 2) == 2
    forgetful.dispose()
