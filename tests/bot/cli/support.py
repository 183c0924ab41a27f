"""What the tests of the command line share: running `cypp`, looking into its database, and a plan of our own."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import select

from bot.__main__ import main, real_now
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.notices import plan_notices
from handlers.press_codec import PublishDigest
from handlers.status.digest import publish_pressed
from models.plan.accounts import Actor, Membership, roles_of_person
from models.storage.engine import Database
from models.storage.scope import scope_to
from models.storage.tables import Board, Person
from models.storage.workspaces import only_workspace
from tests.local_slack import LocalWorkspace

ROOT = Path(__file__).parents[3]
CYPP = ROOT / ".venv" / "bin" / "cypp"
EXAMPLE = ROOT / "bot" / "demo" / "my-sefton-2020-2025.yaml"
BOT_TOKEN, APP_TOKEN = "xoxb-local-workspace", "xapp-1-local-workspace"
OURS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "CYPP_")
EDUCATION, SECRETARY, CHAIR, ADMIN = "U0HEADEDU", "U0DEMSERV", "U0CHAIRPB", "U0ICTADMIN"


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All that it printed."""
        return self.out + self.err

    def sentence(self) -> str:
        """The one sentence it was refused with; nothing else may stand on stderr, and it exits with 1."""
        assert self.code == 1, self
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.said
        assert 'File "' not in self.said
        return lines[0]


def environment(**changes: str) -> dict[str, str]:
    """This environment without anything that `cypp` reads, and with these changes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, **changes}


def run(
    *arguments: str | bytes | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 60,
    limit: Any = None,
) -> Ran:
    """The real command in a process of its own."""
    done = subprocess.run(
        [CYPP, *arguments],
        cwd=cwd,
        env=environment(**(env or {})),
        capture_output=True,
        timeout=timeout,
        check=False,
        preexec_fn=limit,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def call(
    *arguments: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None, answer: str = ""
) -> Ran:
    """The same entry point within this process, for speed: exit code, stdout and stderr.

    `answer`: what is typed when it asks something.
    """
    out, err = io.StringIO(), io.StringIO()
    code: Any = 0
    with (
        mock.patch.object(sys, "argv", ["cypp", *map(str, arguments)]),
        mock.patch.object(sys, "stdin", io.StringIO(answer)),
        mock.patch.dict(os.environ, environment(**(env or {})), clear=True),
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as leaving:
            code = leaving.code
    return Ran(int(code or 0), out.getvalue(), err.getvalue())


def dump(path: Path) -> list[str]:
    """Everything in an SQLite file, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def query(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Some rows of an SQLite file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def change(path: Path, sql: str, *values: Any) -> None:
    """A change to an SQLite file, as another program would make it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql, values)


def delivered(path: Path, days: int, key: str) -> None:
    """Note something that Slack delivered so many days ago."""
    at = (real_now() - timedelta(days)).strftime("%Y-%m-%d %H:%M:%S.%f")
    change(path, "INSERT INTO received SELECT id, ?, ?, 0 FROM workspace", key, at)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds the file's lock."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")


def day(ahead: int) -> date:
    """A day from today on."""
    return datetime.now(UTC).date() + timedelta(ahead)


def three_boards() -> str:
    """A plan with three boards, each with a secretary and a channel, that met a month ago and meet again far off."""
    last, first, second = day(-30), day(200), day(300)
    posts, boards, actions = [], [], []
    for key in "abc":
        posts.append(
            f"  - {{key: secretary-{key}, title: Secretary {key}, organisation: council, "
            f"holder: {{name: Secretary {key.upper()}, slack: U0SECRET{key.upper()}}}}}"
        )
        boards.append(
            f"  - {{key: board-{key}, name: Board {key.upper()}, secretary: secretary-{key}, "
            f"channel: C0BOARD{key.upper()}, meetings: [{{date: {last}}}, {{date: {first}}}, {{date: {second}}}]}}"
        )
        actions.append(
            f"  - {{ref: {key}-1, kind: deliverable, words: Write it, priorities: [1], lead: lead, "
            f"board: board-{key}, due: {first}}}"
        )
    return "\n".join(
        [
            f"plan: {{name: Our plan, area: Sefton, from: {day(-100)}, to: {day(1000)}}}",
            "priorities: [{number: 1, title: Listen}]",
            "organisations: [{key: council, name: The Council}]",
            "posts:",
            "  - {key: lead, title: Lead officer, organisation: council, holder: {email: lead@example.org}}",
            *posts,
            "administrators: [{slack: U0ICTADMIN}]",
            "boards:",
            *boards,
            "actions:",
            *actions,
            "",
        ]
    )


def start_three_boards(folder: Path) -> Path:
    """A database with the three boards' plan in it, their reminders begun."""
    file, database = folder / "plan.yaml", folder / "plan.db"
    file.write_text(three_boards(), encoding="utf-8")
    assert call("import", file, "--db", database).code == 0
    for key in "abc":
        assert call("start", f"board-{key}", "--db", database).code == 0
    return database


def publish(database: Path, *boards: str) -> None:
    """Has secretaries press *Publish*: what that says in a channel waits for no hour and goes at the next tick."""
    with Database(str(database)).write() as session:
        there, now = only_workspace(session), datetime.now(UTC)
        scope_to(session, there.id)
        for key in boards:
            board = session.scalars(select(Board).where(Board.key == key)).one()
            secretary = session.scalars(select(Person).where(Person.slack_user == f"U0SECRET{key[-1].upper()}")).one()
            roles = roles_of_person(
                session, secretary, Actor(there.id, secretary.slack_user), Membership.MEMBER, now.date()
            )
            ctx = RequestContext(session, there.id, roles, now, registry=REGISTRY)
            given = publish_pressed(ctx, PublishDigest(board=board.id))
            assert given.notices, given
            plan_notices(ctx, given.notices)


def settle_three_boards(workspace: LocalWorkspace) -> LocalWorkspace:
    """Puts the three secretaries, the lead and the channels into a workspace."""
    people = [workspace.add_user(f"U0SECRET{key}", f"Secretary {key}") for key in "ABC"]
    people.append(workspace.add_user("U0LEADOFF", "Lead Officer", email="lead@example.org"))
    for key in "ABC":
        workspace.add_channel(f"C0BOARD{key}", f"board-{key.lower()}", members=people)
    return workspace


def tokens(workspace: LocalWorkspace, **changes: str) -> dict[str, str]:
    """What points `cypp` at a workspace."""
    return {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
        **changes,
    }


class Process:
    """A `cypp` that runs until it is told to end; what it prints is read as it comes.

    `under`: a program that watches it, and its options.
    """

    def __init__(
        self, arguments: Sequence[str | Path], env: Mapping[str, str], cwd: Path, under: Sequence[str] = ()
    ) -> None:
        self.process = subprocess.Popen(
            [*under, CYPP, *arguments],
            cwd=cwd,
            env=environment(**env),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(self.process.stdout)

    def end(self, how: signal.Signals = signal.SIGTERM, timeout: float = 10) -> int:
        """Asks it to end and waits; gives the exit code. Raises where it takes longer."""
        self.process.send_signal(how)
        code = self.process.wait(timeout)
        self._reading.join(5)
        return code

    def close(self) -> None:
        """Ends it at once, whatever it is at."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._reading.join(5)
        assert self.process.stdout is not None
        self.process.stdout.close()

    @property
    def said(self) -> str:
        """All that it printed so far."""
        return "".join(self.lines)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def until(there: Callable[[], Any], seconds: float = 15) -> None:
    """Waits for something to come about."""
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)
