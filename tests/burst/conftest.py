"""Many people at once: a real bot process, or two, in the local workspace, and what each person did and was told."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.__main__ import real_now
from bot.demo.workspace import Answer, SeenMessage, SeenView, SubmitResult
from bot.demo.workspace.pressing import PressActions
from models.storage.engine import Database
from models.storage.history_tables import Update
from models.storage.scope import ALL
from models.storage.tables import Action
from tests.bot.cli.support import Process, day, tokens
from tests.homes import Home
from tests.local_slack import LocalWorkspace
from tests.schedules import plans
from tests.schedules.plans import WORKSPACE, a_plan, action, board, post, slack_id

WAYS = ("press", "message", "form", "command", "mention")
"""What people do, one after the other."""
CHANNEL = "C0PARTNERS"


@dataclass
class Person:
    """Somebody who owes an answer on one action, and what they have in front of them."""

    name: str
    ref: str
    way: str
    listed: SeenMessage | None = None
    form: SeenView | None = None

    @property
    def id(self) -> str:
        """Their account."""
        return slack_id(self.name)


@dataclass
class Crowd:
    """A plan in which each of many people owes one answer, a workspace with all of them, and copies of the bot."""

    folder: Path
    many: int
    slack: LocalWorkspace = field(init=False)
    database: Database = field(init=False)
    copies: list[Process] = field(default_factory=list)
    acknowledged: list[Person] = field(default_factory=list)
    """Who has had their acknowledgement."""

    def __post_init__(self) -> None:
        self.people = [Person(f"lead{n}", f"healthy-{n}", WAYS[n % len(WAYS)]) for n in range(self.many)]
        due = day(40).isoformat()
        plan = a_plan(
            boards=[board("partnership", due)],
            posts=[post(one.name) for one in self.people],
            actions=[action(one.ref, due=due, lead=one.name) for one in self.people],
        )
        self.database = plans.store(self.folder, plan, real_now())
        self.slack = LocalWorkspace(team_id=WORKSPACE, ping_interval=0.2, burst=50, retry_delays=(0, 5, 10)).start()
        for name in (*(one.name for one in self.people), "clerk", "admin", "lead"):
            self.slack.add_user(slack_id(name), name, email=f"{name}@example.org")
        self.slack.add_channel(CHANNEL, "partnership", members=[one.id for one in self.people])

    def start(self, copies: int = 1) -> None:
        """Start so many copies of the bot."""
        url = str(self.database.path or self.database.url)
        running = self.connections()
        for _ in range(copies):
            self.copies.append(Process(["serve", "--db", url], tokens(self.slack), self.folder))
        self.slack.wait_until_connected(60, connections=running + copies)

    def kill(self, spared: int = 0) -> None:
        """End every copy but some without a word, whatever it is at."""
        for one in self.copies[spared:]:
            one.close()
        del self.copies[spared:]
        self.slack.wait_for(lambda: self.connections() == spared, 10, what="the workspace to notice")

    def cpu_seconds(self) -> float:
        """Return how long the copies had the processor."""
        used = 0
        for one in self.copies:
            numbers = Path(f"/proc/{one.process.pid}/stat").read_text().rpartition(")")[2].split()
            used += int(numbers[11]) + int(numbers[12])
        return used / os.sysconf("SC_CLK_TCK")

    def connections(self) -> int:
        """Return how many copies are connected."""
        return len(self.slack._look(self.slack.hub.usable))

    def prepare(self) -> None:
        """Let everybody have in front of them what they are going to press or send."""
        for one in self.people:
            if one.way in ("press", "form"):
                one.listed = self.slack.command(one.id, "/cypp", "mine").message
            if one.way == "form":
                assert one.listed is not None
                self.slack.press(one.id, one.listed, text="Some issues…")
                one.form = self.slack.wait_for_view(one.id)

    def act(self, within: float) -> list[tuple[Person, Answer | SubmitResult]]:
        """Let everybody do what they are going to do, spread over so many seconds."""

        async def one_of(number: int, one: Person) -> tuple[Person, Answer | SubmitResult]:
            await asyncio.sleep(within * number / self.many)
            given = await self._act(one)
            if given.error is None:
                self.acknowledged.append(one)
            return one, given

        async def all_of() -> list[tuple[Person, Answer | SubmitResult]]:
            return list(await asyncio.gather(*(one_of(*each) for each in enumerate(self.people))))

        return self.slack._server.wait(all_of())

    async def _act(self, one: Person) -> Answer | SubmitResult:
        """Do it; the acts of the workspace are blocking ones around coroutines, which are wanted here."""
        slack: Any = PressActions
        words = f"some issues, recruitment for {one.ref} is slow"
        given: Answer | SubmitResult
        if one.way == "press":
            given = await slack.press.__wrapped__(self.slack, one.id, one.listed, text="On track")
        elif one.way == "message":
            given = await slack.say.__wrapped__(self.slack, one.id, f"{one.ref} {words}")
        elif one.way == "mention":
            given = await slack.say.__wrapped__(self.slack, one.id, f"{one.ref} {words}", CHANNEL, mention=True)
        elif one.way == "form":
            given = await slack.submit.__wrapped__(self.slack, one.id, one.form, {"words": words})
        else:
            given = await slack.command.__wrapped__(self.slack, one.id, "/cypp", f"update {one.ref} {words}")
        return given

    def stored(self) -> int:
        """Return how many entries are stored."""
        with self.database.read(ALL) as session:
            return session.scalar(select(func.count()).select_from(Update)) or 0

    def stored_each(self) -> dict[str, int]:
        """Return how many entries each action has that has any, by its ref."""
        of = select(Action.ref, func.count()).join(Update, Update.action_id == Action.id).group_by(Action.ref)
        with self.database.read(ALL) as session:
            return dict(session.execute(of).tuples().all())

    def until(self, there: Callable[[], bool], seconds: float) -> float:
        """Wait for something to come about; return after how many seconds it had, or infinity."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if there():
                return time.monotonic() - began
            time.sleep(0.1)
        return float("inf")

    def told(self, mark: int) -> list[str]:
        """Return what people were told since a mark, as text."""
        return [message.plain() for one in self.people for message in self.slack.since(one.id, mark)]

    def close(self) -> None:
        """End everything."""
        self.kill()
        self.slack.stop()
        self.database.dispose()


CrowdOf = Callable[[int], Crowd]


@pytest.fixture
def crowd_of(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrowdOf]:
    """Make a crowd of so many people on either kind of database; it ends with the test."""
    monkeypatch.setattr(plans, "home", home)
    made: list[Crowd] = []

    def make(many: int) -> Crowd:
        made.append(Crowd(tmp_path, many))
        return made[-1]

    yield make
    for crowd in made:
        crowd.close()
