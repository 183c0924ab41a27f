"""A disk that is really full: a file system of a few megabytes holds the database, and every way of writing says so.

Mounting takes root: where it is not permitted these tests are skipped, and say why. `tests/models/test_db.py` and
`test_server_in_trouble.py` try the same there by what SQLite and PostgreSQL answer.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.sandbox import TEAM, example_plan, store_demo_plan
from models.errors import DatabaseFull
from models.storage.engine import Database
from tests.bot.cli.support import EXAMPLE, call
from tests.bot.slack.e2e import EDUCATION, SECRETARY, entries, read, when
from tests.conftest import POSTGRESQL
from tests.crash.history import check_history
from tests.local_slack import open_sandbox
from tests.postgres import Server

FULL = "The disk of the plan’s database is full, so nothing was stored"


class SmallDisk:
    """A file system of its own, with a database on it of either kind."""

    def __init__(self, folder: Path, kind: str, server: Server | None) -> None:
        self.folder, self.server = folder, server
        self.name = ""
        if server is None:
            self.url = str(folder / "plan.db")
            return
        space = f"small_{kind}_{os.getpid()}_{folder.name.rsplit('-', 1)[-1]}"
        nobody = pwd.getpwnam("nobody")
        (folder / "space").mkdir()
        os.chown(folder / "space", nobody.pw_uid, nobody.pw_gid)
        server.execute(f"CREATE TABLESPACE {space} LOCATION '{folder / 'space'}'")
        self.name = f"{space}_plan"
        server.execute(f"CREATE DATABASE {self.name} TEMPLATE template0 TABLESPACE {space}")
        self.url = server.url(self.name)
        self.space = space

    def fill(self) -> None:
        """Leaves no room on it at all."""
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while True:
                        filler.write(b"\0" * size)
                except OSError:
                    continue

    def free(self) -> None:
        """Gives the room back."""
        (self.folder / "filler").unlink()

    def close(self) -> None:
        """Takes the database off it."""
        if self.server is not None:
            self.server.drop(self.name)
            self.server.execute(f"DROP TABLESPACE {self.space}")


@pytest.fixture
def small(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SmallDisk]:
    """A disk of 24 MB with room for a plan."""
    folder = Path("/tmp") / f"cypp-small-{os.getpid()}-{abs(hash(tmp_path)) % 10**6}"
    folder.mkdir()
    words = ("mount", "-t", "tmpfs", "-o", "size=24m,mode=755", "tmpfs", str(folder))
    if shutil.which("mount") is None or subprocess.run(words, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("a file system may not be mounted here, so no disk is really full: it takes root")
    disk = None
    try:
        disk = SmallDisk(folder, kind, request.getfixturevalue("postgres") if kind == POSTGRESQL else None)
        yield disk
    finally:
        if disk is not None:
            disk.close()
        subprocess.run(("umount", "-l", str(folder)), check=True)
        folder.rmdir()


def test_a_person_is_told_that_it_is_full_and_what_was_told_as_recorded_is_there(small: SmallDisk) -> None:
    sandbox = open_sandbox(small.url, when(8, 17, 9))
    try:
        small.fill()
        told: list[str] = []
        while not told or (told[-1].startswith("Recorded") and len(told) < 200):
            words = f"update healthy-5 on track, number {len(told)}: {'two advisors were found. ' * 60}"
            told.append(read(sandbox.workspace.command(EDUCATION, "/cypp", words)))
        assert told[-1].startswith(FULL)
        assert f"number {len(told) - 1}: two advisors were found" in told[-1]
        assert len(entries(sandbox, "healthy-5")) == len(told) - 1
        small.free()
        assert read(sandbox.command(EDUCATION, "update healthy-5 on track, at last")).startswith("Recorded")
        assert entries(sandbox, "healthy-5")[-1].words == "at last"
    finally:
        sandbox.close()


def test_a_pass_says_that_it_is_full_and_what_was_due_is_sent_once_there_is_room(small: SmallDisk) -> None:
    sandbox = open_sandbox(small.url, when(8, 14, 9))
    try:
        small.fill()
        words = f"update healthy-5 on track, {'two advisors were found. ' * 60}"
        while read(sandbox.workspace.command(EDUCATION, "/cypp", words)).startswith("Recorded"):
            pass
        with pytest.raises(DatabaseFull, match=FULL):
            sandbox.advance(when(8, 17, 10))
        assert sandbox.workspace.dm(SECRETARY) == []
        small.free()
        sandbox.advance(when(8, 17, 10))
        received = [one for user, _ in sandbox.people() for one in sandbox.workspace.dm(user)]
        with sandbox.database.read(TEAM) as session:
            verdict = check_history(session, received)
        assert verdict.holds, verdict
        assert verdict.received > 3
    finally:
        sandbox.close()


def test_whatever_makes_or_fills_a_database_says_that_it_is_full(small: SmallDisk, tmp_path: Path) -> None:
    plan = tmp_path / "plan.db"
    store_demo_plan(Database(str(plan)), example_plan(), when(8, 10))
    assert call("backup", tmp_path / "plan.backup", "--db", plan).code == 0
    small.fill()
    commands: list[tuple[str | Path, ...]] = [("migrate",), ("import", EXAMPLE)]
    if small.server is None:
        commands.append(("restore", "--replace", tmp_path / "plan.backup"))
    for command in commands:
        assert FULL in call(*command, "--db", small.url).sentence(), command
    assert FULL in call("copy", "--to", small.url, "--db", plan).sentence()
    small.free()
    assert call("import", EXAMPLE, "--db", small.url).code == 0
