"""What Slack says of accounts while the bot runs: somebody joins, changes, or merely sets a status."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text

from models.storage.engine import Database
from tests.bot.slack.e2e import NOTHING_SHOWN, SECRETARY, OpenAt, Pristine, as_plan, finish, read, when
from tests.bot.slack.test_e2e_directory import account, looks, person, without_slack_id
from tests.local_slack import Sandbox
from tests.steps import steps_counted

HEAD = "head.education@example.org"
"""The address of somebody of the plan: of others the id alone is kept."""


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Pristine:
    """The head of education is known by their address alone, and has no account yet."""
    return Pristine(open_for_all(when(8, 27), plan=as_plan(without_slack_id(HEAD))))


class Statements:
    """What is read and written in a database while it is looked at."""

    def __init__(self, database: Database) -> None:
        self.database, self.said = database, list[str]()

    def __enter__(self) -> Statements:
        event.listen(self.database.engine, "after_cursor_execute", self._note)
        return self

    def __exit__(self, *error: object) -> None:
        event.remove(self.database.engine, "after_cursor_execute", self._note)

    def _note(self, _: object, cursor: object, statement: str, *rest: object) -> None:
        self.said.append(statement.split()[0].upper())

    @property
    def writes(self) -> list[str]:
        return [one for one in self.said if one in ("INSERT", "UPDATE", "DELETE")]


UNTOLD = [
    {"title": "In a meeting"},
    {"handle": "head.of.education"},
    {"is_admin": True},
    {"name": "Head of Education"},
    {},
]
TOLD = [
    ({"name": "New Name"}, ("New Name", HEAD, False, False)),
    ({"email": "new@example.org"}, ("Head of Education", "new@example.org", False, False)),
    ({"is_restricted": True}, ("Head of Education", HEAD, True, False)),
    ({"deleted": True}, ("Head of Education", HEAD, False, True)),
]


@pytest.mark.parametrize("changes", UNTOLD)
def test_what_the_plan_does_not_keep_is_not_written(sandbox: Sandbox, changes: dict[str, object]) -> None:
    sandbox.workspace.join_workspace("U0SAME", "Head of Education", email=HEAD)
    with Statements(sandbox.bot.deps.database) as seen:
        assert sandbox.workspace.change_user("U0SAME", **changes)
    assert seen.writes == []
    assert len(seen.said) <= 8


MANY = 20_000
_ACCOUNTS = f"""
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})
    INSERT INTO account (workspace_id, team, user, name, email, is_guest, is_deleted, is_bot, teams, seen_at)
    SELECT 'T0DEMO', 'T0DEMO', 'U0MANY' || i, '', '', 0, 0, 0, '', '2020-08-27 09:00:00.000000' FROM n
"""


def test_a_change_costs_no_more_among_very_many_accounts(sandbox: Sandbox) -> None:
    """The one row is read, by an index: SQLite's steps are counted."""
    sandbox.workspace.join_workspace("U0SAME", "Head of Education", email=HEAD)
    taken = []
    with steps_counted(sandbox.bot.deps.database) as so_far:
        for number in range(3):
            before = so_far()
            sandbox.workspace.change_user("U0SAME", title=f"In meeting {number}")
            sandbox.workspace.change_user("U0SAME", name=f"Name {number}")
            taken.append(so_far() - before)
            if number == 1:
                with sandbox.database.write(workspace="T0DEMO") as session:
                    session.connection().exec_driver_sql(_ACCOUNTS)
    assert 0 < taken[2] <= 1.2 * taken[1]


@pytest.mark.parametrize(("changes", "kept"), TOLD)
def test_what_the_plan_keeps_is_written(
    sandbox: Sandbox, changes: dict[str, object], kept: tuple[str, str, bool, bool]
) -> None:
    sandbox.workspace.join_workspace("U0SAME", "Head of Education", email=HEAD)
    assert sandbox.workspace.change_user("U0SAME", **changes)
    seen = account(sandbox, "U0SAME")
    assert seen is not None
    assert (seen.name, seen.email, seen.is_guest, seen.is_deleted) == kept


def test_of_somebody_outside_the_plan_nothing_but_the_id_is_written(sandbox: Sandbox) -> None:
    sandbox.workspace.join_workspace("U0OUTSIDE", "Zażółć Gęślą", email="zazolc@example.org")
    with Statements(sandbox.bot.deps.database) as told:
        assert sandbox.workspace.change_user("U0OUTSIDE", name="Tŷ Hŵyl", email="ty@example.org")
    assert told.writes == []
    seen = account(sandbox, "U0OUTSIDE")
    assert seen is not None
    assert (seen.user, seen.name, seen.email) == ("U0OUTSIDE", "", "")
    # Their name is there where it is needed: by name, by address, and in words that mention them.
    assert "Who is meant by “@Tŷ Hŵyl”?" in read(sandbox.command(SECRETARY, "handover Head of Education to @Tŷ Hŵyl"))
    assert read(sandbox.command(SECRETARY, "update healthy-9 on track, <@U0OUTSIDE> helps")).startswith("Recorded")
    assert "“Tŷ Hŵyl helps”" in read(sandbox.command(SECRETARY, "history healthy-9"))
    assert "Tŷ Hŵyl holds Head of Education" in read(
        sandbox.command(SECRETARY, "handover Head of Education to ty@example.org")
    )
    assert person(sandbox, "ty@example.org").slack_user == "U0OUTSIDE"
    assert looks(sandbox, "U0OUTSIDE") == 0


def test_somebody_who_joins_is_linked_before_they_turn_up(sandbox: Sandbox) -> None:
    assert person(sandbox, "head.education@example.org").slack_user == ""
    assert sandbox.workspace.join_workspace("U0NEWACC", "Head of Ed", email="Head.Education@example.org")
    assert person(sandbox, "head.education@example.org").slack_user == "U0NEWACC"
    assert "You answer for 5 open actions" in read(sandbox.command("U0NEWACC", "mine"))
    assert looks(sandbox, "U0NEWACC") == 0


def test_a_guest_who_joins_is_a_guest(sandbox: Sandbox) -> None:
    assert sandbox.workspace.join_workspace("U0NEWGUE", "Guest", email="g@example.org", is_restricted=True)
    assert read(sandbox.command("U0NEWGUE", "status")).startswith(NOTHING_SHOWN)


def test_a_change_that_meets_a_locked_database_is_stored_later(sandbox: Sandbox) -> None:
    sandbox.workspace.join_workspace("U0SAME", "Old Name", email=HEAD)
    with sandbox.database.write(workspace="T0DEMO") as session:
        session.execute(text("SELECT 1"))
        assert sandbox.workspace.change_user("U0SAME", name="New Name")
        sandbox.workspace.change_user("U0SAME", name="Newest Name")
        finish(sandbox)
        seen = account(sandbox, "U0SAME")
        assert seen is not None
        assert seen.name == "Old Name"
        sandbox.bot.deps.directory.store_missed()
    sandbox.bot.deps.directory.store_missed()
    seen = account(sandbox, "U0SAME")
    assert seen is not None
    assert seen.name == "Newest Name"
    assert sandbox.bot.deps.directory.missed == {}


def test_a_change_written_since_is_not_undone_by_one_that_was_missed(sandbox: Sandbox) -> None:
    sandbox.workspace.join_workspace("U0SAME", "Old Name", email=HEAD)
    with sandbox.database.write(workspace="T0DEMO") as session:
        session.execute(text("SELECT 1"))
        sandbox.workspace.change_user("U0SAME", name="Missed Name")
    sandbox.workspace.change_user("U0SAME", name="Last Name")
    sandbox.bot.deps.directory.store_missed()
    seen = account(sandbox, "U0SAME")
    assert seen is not None
    assert seen.name == "Last Name"
