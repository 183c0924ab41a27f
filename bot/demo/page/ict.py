"""Tell a second, small story: the colleague from ICT checks the bot, links a person, and starts a board's reminders.

The real `cypp` runs, against a database and a small Slack of this story's own, where nothing has begun yet.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.demo.sandbox import DEMO, open_sandbox
from bot.demo.workspace import LocalWorkspace
from models.files.planfile import PlanFile

OFFICER = "U0SUPERIN"
"""The account that belongs to the post of whom the plan knows neither address nor account."""
_LONGEST = 180
"""Seconds that a command may take."""


@dataclass(frozen=True)
class TypedCommand:
    """One command of the story, why it is typed, and what follows from its answer."""

    words: str
    typed: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The command as it is typed: cypp people link "Superintendent, Sefton" U0SUPERIN."""
        return " ".join(["cypp", *(f'"{one}"' if " " in one else one for one in self.typed)])


COMMANDS = (
    TypedCommand(
        "The bot is installed, connected to Slack, and has a plan. See which steps of the guide are done.", ("check",)
    ),
    TypedCommand("One person is not linked to an account, and no board has begun. See who is left.", ("people",)),
    TypedCommand(
        "Slack has an account for that officer, and the plan knows no address: link it by hand.",
        ("people", "link", "Superintendent, Sefton", OFFICER),
    ),
    TypedCommand(
        "Now the board’s reminders. First see what would be asked, and of whom: nothing is stored.",
        ("start", "partnership", "2020-08-07", "--dry-run"),
    ),
    TypedCommand("That is as it should be: begin.", ("start", "partnership", "2020-08-07")),
    TypedCommand("Look once more: the board’s row says since when, and its next request.", ("check",)),
)
ENDED = "It runs. From here on the bot asks by itself; the rest is the secretary’s."


@dataclass(frozen=True)
class Ran:
    """A command that was run, and what it printed."""

    shown: str
    said: str
    failed: bool


@dataclass
class IctStory:
    """How far the story has got; its Slack is opened with its first command."""

    plan: PlanFile
    now: datetime
    ran: list[Ran] = field(default_factory=list)
    _opened: ExitStack = field(default_factory=ExitStack)
    _environment: dict[str, str] = field(default_factory=dict)

    @property
    def next(self) -> TypedCommand | None:
        """The command to type next; None at the end."""
        return COMMANDS[len(self.ran)] if len(self.ran) < len(COMMANDS) else None

    def go_on(self, at: int) -> None:
        """Run the next command, as in a terminal; `at`: how many had been run when it was pressed."""
        if (command := self.next) is None or at != len(self.ran):
            return
        if not self._environment:
            self._open()
        done = subprocess.run(  # noqa: S603 - the story's own commands
            [sys.executable, "-c", "from cypp_action_tracker import main; main()", *command.typed],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
        said = "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())
        self.ran.append(Ran(command.shown, said, done.returncode != 0))

    def _open(self) -> None:
        with ExitStack() as opening:
            folder = opening.enter_context(tempfile.TemporaryDirectory(prefix="cypp-demo-"))
            workspace = LocalWorkspace(DEMO)
            database = str(Path(folder) / "cypp.db")
            sandbox = open_sandbox(database, self.now, workspace, self.plan, started=False)
            opening.callback(sandbox.close)
            workspace.add_user(OFFICER, "Superintendent, Sefton")
            sandbox.tick()
            tokens = {"SLACK_BOT_TOKEN": workspace.bot_token, "SLACK_APP_TOKEN": workspace.app_token}
            here = {"SLACK_API_URL": workspace.api_url, "CYPP_DATABASE_URL": database, "COLUMNS": "110"}
            self._environment = {**os.environ, **tokens, **here}
            self._opened = opening.pop_all()

    def close(self) -> None:
        """Stop its Slack, delete its folder, and be at the beginning again."""
        self._opened.close()
        self.ran.clear()
        self._environment.clear()
