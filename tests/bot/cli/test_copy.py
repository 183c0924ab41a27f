"""`cypp copy`: the plan moves to another database, and the old one is served no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.cli.support import CHAIR, EDUCATION, call, dump, query, run, tokens
from tests.conftest import POSTGRESQL
from tests.homes import Home
from tests.local_slack import LocalWorkspace


@pytest.fixture
def to(home: Home, tmp_path: Path) -> str:
    """An empty database of either kind, to move to."""
    return home.nothing(tmp_path)


def test_what_was_asked_there_is_asked_here_afterwards(demo: Path, to: str) -> None:
    asked = ("ask", "--as", CHAIR, "--now", "2020-08-10", "status", "priority", "7")
    before = call(*asked, "--db", demo)
    done = call("copy", "--to", to, "--db", demo)
    assert (done.code, done.err) == (0, "")
    first, second = done.out.splitlines()
    assert first.endswith("and compared.")
    assert second == f"{demo} is not served any more: set CYPP_DATABASE_URL to the new one, or name it with --db."
    assert call(*asked, "--db", to) == before
    told = call("ask", "--as", EDUCATION, "--now", "2020-08-17", "update healthy-5 on track, two recruited", "--db", to)
    assert told.out.startswith("Recorded for healthy-5: on track.")


def test_the_old_one_is_refused_by_every_command_with_one_sentence(demo: Path, to: str, kind: str) -> None:
    assert call("copy", "--to", to, "--db", demo).code == 0
    before = dump(demo)
    where = "postgresql+psycopg://" if kind == POSTGRESQL else to
    for command in (("tick", "--now", "2020-08-17"), ("ask", "--as", CHAIR, "mine"), ("copy", "--to", to + "x")):
        said = call(*command, "--db", demo).sentence()
        assert said.startswith(f"The plan of {demo} was moved to {where}"), said
        assert said.endswith(": name that database with --db.")
    assert dump(demo) == before


def test_serve_refuses_the_old_one_before_anything_is_heard(plan: Path, to: str) -> None:
    assert call("copy", "--to", to, "--db", plan).code == 0
    with LocalWorkspace(team_id="T0REAL") as slack:
        said = run("serve", "--db", plan, env=tokens(slack)).sentence()
    assert said.startswith(f"The plan of {plan} was moved to ")
    assert query(plan, "SELECT id FROM workspace") == [("local",)]


def test_a_password_is_in_nothing_that_is_said_or_kept(plan: Path) -> None:
    said = call("copy", "--to", "postgresql+psycopg://clerk:hunter2@127.0.0.1:9/plan", "--db", plan).sentence()
    assert "hunter2" not in said
    assert said.endswith("does not answer just now, so nothing was stored: check its address and that the server runs.")
    assert not [line for line in dump(plan) if "hunter2" in line]


def test_without_a_target_it_says_what_is_missing(plan: Path) -> None:
    done = call("copy", "--db", plan)
    assert done.code == 2
    assert "--to" in done.err
