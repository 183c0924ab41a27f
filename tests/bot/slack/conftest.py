"""Sandboxes for the end-to-end tests: a real workspace, the unmodified bot on Socket Mode, a real SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest

from bot.demo.sandbox import TEAM
from models.records.audit import AuditCounts, audit
from tests.bot.slack.e2e import GONE, GUEST, MEMBER, STRANGER, UNKNOWN, Kept, OpenAt, Pristine, when
from tests.local_slack import Fault, Sandbox, open_sandbox


@pytest.fixture
def open_at(tmp_path: Any) -> Iterator[OpenAt]:
    """Open sandboxes at a moment; all are closed afterwards."""
    opened: list[Sandbox] = []

    def make(now: datetime, **options: Any) -> Sandbox:
        sandbox = open_sandbox(tmp_path / f"plan-{len(opened)}.db", now, **options)
        opened.append(sandbox)
        return sandbox

    yield make
    for sandbox in opened:
        every_chain_checks(sandbox)
        sandbox.close()


@pytest.fixture(scope="module")
def open_for_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenAt]:
    """Open sandboxes for all tests of a file; they are closed after the last."""
    with ExitStack() as opened:

        def make(now: datetime, **options: Any) -> Sandbox:
            sandbox = open_sandbox(tmp_path_factory.mktemp("sandbox") / "plan.db", now, **options)
            opened.callback(sandbox.close)
            return sandbox

        yield make


@pytest.fixture
def sandbox(place: Pristine) -> Sandbox:
    """The sandbox that a file opens as its `place`, with its database as it was."""
    return place.restore()


@pytest.fixture(scope="session")
def just_asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Monday 17 August 2020, just after the request for the board of 16 September went out."""
    folder = tmp_path_factory.mktemp("asked")
    sandbox = open_sandbox(folder / "plan.db", when(8, 17, 9))
    sandbox.advance(when(8, 17, 9, 30))
    yield Kept(sandbox)
    sandbox.close()


@pytest.fixture
def asked(just_asked: Kept, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """The same sandbox for each test, put back to that moment."""
    yield just_asked.back()
    if not request.node.get_closest_marker("breaks_rows"):
        every_chain_checks(just_asked.sandbox)


@pytest.fixture(scope="session")
def calm_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Thursday 27 August 2020, with nobody asked before it."""
    folder = tmp_path_factory.mktemp("calm")
    sandbox = open_sandbox(folder / "plan.db", when(8, 27))
    yield Kept(sandbox)
    sandbox.close()


@pytest.fixture
def calm(calm_day: Kept, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """The same sandbox for each test, put back to that moment."""
    yield calm_day.back()
    if not request.node.get_closest_marker("breaks_rows"):
        every_chain_checks(calm_day.sandbox)


@pytest.fixture(scope="session")
def just_after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Thursday 17 September 2020, 09:30: the morning after the board, with nobody asked before it."""
    folder = tmp_path_factory.mktemp("after")
    sandbox = open_sandbox(folder / "plan.db", when(9, 16, 15))
    sandbox.advance(when(9, 17, 9, 30))
    yield Kept(sandbox)
    sandbox.close()


@pytest.fixture
def after(just_after: Kept) -> Sandbox:
    """The same sandbox for each test, put back to that moment."""
    return just_after.back()


@pytest.fixture(scope="session")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Thursday 27 August 2020, for tests that only read."""
    sandbox = open_sandbox(tmp_path_factory.mktemp("reading") / "plan.db", when(8, 27))
    add_others(sandbox)
    yield sandbox
    sandbox.close()


def every_chain_checks(sandbox: Sandbox) -> None:
    """Whatever people did in a test, all of it is chained."""
    with sandbox.database.read(TEAM) as session:
        assert list(audit(session, AuditCounts())) == []


def add_others(sandbox: Sandbox) -> None:
    """People whom the plan does not name: a member, a guest, a partner's, one Slack does not show, one who left."""
    workspace = sandbox.workspace
    workspace.add_user(MEMBER, "Some Body", email="some.body@example.org")
    workspace.add_user(GUEST, "A Guest", email="guest@example.org", is_restricted=True)
    workspace.add_user(STRANGER, "A Partner", team_id="T0POLICE", is_stranger=True)
    workspace.add_user(UNKNOWN, "Not Shown")
    workspace.add_user(GONE, "Has Left", email="left@example.org")
    workspace.join("C0PARTNER", MEMBER, GUEST, STRANGER, UNKNOWN, GONE)
    fault = Fault.error("user_not_found")
    workspace.faults.add("users.info", fault, times=10_000, when=lambda args: args.get("user") == UNKNOWN)
