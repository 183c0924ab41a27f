"""Databases to work on, the example plan imported once and copied for each test that changes it; and `cypp serve`."""

from __future__ import annotations

import ctypes
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.cli.support import (
    CHAIR,
    EDUCATION,
    EXAMPLE,
    Process,
    Ran,
    call,
    query,
    settle_three_boards,
    tokens,
)
from tests.local_slack import LocalWorkspace

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def _imported(folder: Path, *options: str) -> Path:
    path = folder / "plan.db"
    done = call("import", EXAMPLE, "--db", path, *options)
    assert done == Ran(0, done.out, ""), done
    # What stands in the log goes into the file, so that the file alone is the whole database.
    query(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def the_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example plan; for tests that only read."""
    return _imported(tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="session")
def the_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example plan as a demonstration's, the partnership board's reminders begun on 7 August 2020."""
    path = _imported(tmp_path_factory.mktemp("demo"), "--demo")
    assert call("start", "partnership", "2020-08-07", "--db", path).code == 0
    query(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def plan(the_plan: Path, tmp_path: Path) -> Path:
    """The example plan, to be changed."""
    return Path(shutil.copy(the_plan, tmp_path / "plan.db"))


@pytest.fixture
def demo(the_demo: Path, tmp_path: Path) -> Path:
    """The demonstration, to be changed."""
    return Path(shutil.copy(the_demo, tmp_path / "demo.db"))


@pytest.fixture(scope="session")
def powerless() -> Callable[[], None]:
    """For a process about to start: permission bits bind it, even where the tests run as root."""
    libc = ctypes.CDLL(None, use_errno=True)

    def drop() -> None:
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            # Refused where the tests run as anybody else, who has neither.
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)

    return drop


Serve = Callable[..., Process]
QUICK: dict[str, str] = {
    "CYPP_TICK_SECONDS": "0.5",
    "CYPP_LEASE_SECONDS": "5",
    "CYPP_LOOK_AFTER_SECONDS": "1",
    "CYPP_LOOK_AGAIN_SECONDS": "1",
}


@pytest.fixture
def slack() -> Iterator[LocalWorkspace]:
    # A picture is ready at once: a message that waits for one would be sent after the others.
    slack = LocalWorkspace(team_id="T0REAL", ping_interval=0.2, burst=50, looking_over=0.0)
    with settle_three_boards(slack.start()) as workspace:
        workspace.add_user(EDUCATION, "Head of Education", email="head.education@example.org")
        workspace.add_user(CHAIR, "Chair of the partnership board", email="partnership.chair@example.org")
        yield workspace


@pytest.fixture
def serve(slack: LocalWorkspace, tmp_path: Path) -> Iterator[Serve]:
    """Start `cypp serve` on a database and wait until it listens; whatever still runs afterwards is ended."""
    started: list[Process] = []

    def start(database: Path, **changes: str) -> Process:
        process = Process(["serve", "--db", database], tokens(slack, **{**QUICK, **changes}), tmp_path)
        started.append(process)
        slack.wait_until_connected(20)
        return process

    yield start
    for process in started:
        process.close()
