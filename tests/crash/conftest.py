"""Senders that are killed, stopped and continued while the local workspace counts what each person received."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import MessageClass, MessageState, NotificationState
from models.notifications.lookups import list_stale
from models.rules.calendar import BoardRules, at_local, step_dates
from models.storage.engine import Database
from models.storage.notification_tables import Message, Notification
from models.storage.scope import ALL
from models.storage.tables import Board
from tests.crash.history import Verdict, check_history
from tests.homes import Home
from tests.local_slack import LocalWorkspace
from tests.schedules import plans
from tests.schedules.plans import LONDON, WORKSPACE, a_plan, action, board, local, post, slack_id

ROOT = Path(__file__).parents[2]
NOW = local("2020-08-17 09:30")
"""The morning of the request for the board of 16 September."""
MEETINGS = ("2020-09-16", "2020-11-04", "2021-01-13", "2021-03-10", "2021-05-12", "2021-07-07", "2021-09-15")
ASKING = (MessageClass.BUNDLE, MessageClass.LAST_CALL)
OVER = (MessageState.SENT, MessageState.CANCELLED)


def mornings() -> list[datetime]:
    """Every morning on which the leads are asked about something, from `NOW` on: three for a meeting."""
    days = [date.fromisoformat(day) for day in MEETINGS]
    before: list[list[tuple[date, date | None]]] = [[(one, None)] if one else [] for one in (None, *days)]
    around = [step_dates(day, BoardRules(), some) for day, some in zip(days, before, strict=False)]
    return [at_local(day, LONDON) for one in around for _, day in one.steps]


class Nursery:
    """Where senders come from; see `tests.crash.nursery`."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log.open("wb"),
            text=True,
        )

    def sender(self, order: dict[str, Any]) -> Sender:
        """A new sender, at work at once."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Sender(int(self.process.stdout.readline()))

    def close(self) -> None:
        """No more of them."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


class Sender:
    """One running sender."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.alive = True

    def signal(self, which: signal.Signals) -> None:
        """SIGSTOP holds it, SIGCONT lets it go on."""
        os.kill(self.number, which)

    def kill(self) -> None:
        """Ends it without a word, whatever it is at."""
        if self.alive:
            self.alive = False
            with suppress(ProcessLookupError):
                os.kill(self.number, signal.SIGKILL)


class Rig:
    """A plan in which many leads owe an answer, a Slack with all of them in it, and senders."""

    def __init__(self, folder: Path, nursery: Nursery, leads: int, each: int, now: datetime) -> None:
        self.nursery, self.clock = nursery, folder / "clock"
        self.now = now
        self.leads = [f"lead{number}" for number in range(leads)]
        plan = a_plan(
            boards=[board("partnership", *MEETINGS)],
            posts=[post(lead) for lead in self.leads],
            actions=[
                action(f"healthy-{number}", due="2020-09-16", lead=self.leads[number % leads])
                for number in range(leads * each)
            ],
        )
        self.database: Database = plans.store(folder, plan, local("2020-06-01 00:00"))
        with self.database.write(workspace=ALL) as session:
            session.scalars(select(Board)).one().started_at = local("2020-06-01 00:00")
        self.slack = LocalWorkspace(team_id=WORKSPACE, burst=50).start()
        for who in (*self.leads, "clerk", "admin", "lead"):
            self.slack.add_user(slack_id(who), who, email=f"{who}@example.org")
        self.senders: list[Sender] = []

    @property
    def now(self) -> datetime:
        """The plan's time, which all senders have."""
        return self._now

    @now.setter
    def now(self, now: datetime) -> None:
        self._now = now
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(now.isoformat())
        fresh.replace(self.clock)

    def _order(self, **changes: float) -> dict[str, Any]:
        return {
            "database": self.database.url,
            "workspace": WORKSPACE,
            "token": self.slack.bot_token,
            "api": self.slack.api_url,
            "clock": str(self.clock),
            "lease": 1.5,
            "look_after": 0.5,
            "look_again": 0.2,
            "every": 0.2,
        } | changes

    def ready(self) -> None:
        """Senders begin sooner from now on: for those that are killed by the dozen."""
        self.nursery.sender(self._order(ready=True))

    def start(self, **changes: float) -> Sender:
        """A sender begins; leases and waits are short."""
        self.senders.append(self.nursery.sender(self._order(**changes)))
        return self.senders[-1]

    def received(self) -> Counter[str]:
        """How many messages each lead was sent by now."""
        return Counter({lead: len(self.slack.dm(slack_id(lead))) for lead in self.leads})

    def total(self) -> int:
        """How many messages were posted in all."""
        return sum(self.received().values())

    def state(self) -> Counter[MessageState]:
        """How the messages stand in the ledger."""
        with self.database.read(ALL) as session:
            return Counter(session.scalars(select(Message.state)))

    def until(self, there: Callable[[], object], seconds: float = 60, pause: float = 0.04) -> None:
        """Waits for something to come about; `pause`: how long between two looks."""
        end = time.monotonic() + seconds
        while not there():
            assert time.monotonic() < end, f"it did not come about: {self.state()}\n{self.nursery.log.read_text()}"
            time.sleep(pause)

    def over(self) -> bool:
        """Whether everything that was to be said has been."""
        with self.database.read(ALL) as session:
            return (
                not self._open(session)
                and not session.scalars(select(Message.id).where(Message.state.not_in(OVER)).limit(1)).all()
            )

    def _open(self, session: Session) -> bool:
        some = select(Notification.id).where(Notification.state == NotificationState.OPEN).limit(1)
        planned = session.scalars(select(Notification.id).limit(1)).first() is not None
        return not planned or session.scalars(some).first() is not None

    def stale(self) -> list[int]:
        """The messages that are still to be changed in place."""
        with self.database.read(ALL) as session:
            return list_stale(session)

    def pages(self, who: str) -> list[str]:
        """The marks of the pages that somebody was sent, in order."""
        return [one.metadata["event_payload"]["id"] for one in self.slack.dm(slack_id(who)) if one.metadata]

    def sent(self) -> int:
        """How many messages to leads are on record as sent."""
        there = select(func.count()).where(Message.state == MessageState.SENT, Message.message_class.in_(ASKING))
        with self.database.read(ALL) as session:
            return session.scalar(there) or 0

    def check_once(self, times: int = 1) -> None:
        """Nothing was lost, and nothing was said twice: everybody got so many messages."""
        assert set(self.received().values()) == {times}, Counter(self.received().values())
        marks = [mark for lead in self.leads for mark in self.pages(lead)]
        assert len(marks) == len(set(marks)) == len(self.leads) * times

    def check_history(self, kills: int = 0) -> Verdict:
        """Each message that anybody received has one reason in the ledger, and each reason has one message."""
        self.until(lambda: set(self.state()) <= set(OVER) and not self.stale(), 120)
        # A page is read in Slack, then in the ledger: what is changed between the two is looked at again.
        ends = time.monotonic() + 10
        verdict = self.verdict(kills)
        while verdict.unlike and time.monotonic() < ends:
            time.sleep(0.2)
            verdict = self.verdict(kills)
        assert verdict.holds, verdict.line()
        return verdict

    def verdict(self, kills: int = 0) -> Verdict:
        """What the history checker says now."""
        everybody = (*self.leads, "clerk", "admin", "lead")
        received = [one for who in everybody for one in self.slack.dm(slack_id(who))]
        with self.database.read(ALL) as session:
            return check_history(session, received, self.slack.calls, kills)

    def close(self) -> None:
        """Everything ends."""
        for sender in self.senders:
            sender.kill()
        self.slack.stop()
        self.database.dispose()


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """One for all tests."""
    nursery = Nursery(tmp_path_factory.mktemp("nursery") / "senders.log")
    yield nursery
    nursery.close()


MakeRig = Callable[..., Rig]


@pytest.fixture
def rig_of(home: Home, tmp_path: Path, nursery: Nursery, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeRig]:
    """Make a rig of so many leads on either kind of database; it ends with the test."""
    monkeypatch.setattr(plans, "home", home)
    made: list[Rig] = []

    def make(leads: int, each: int = 1, now: datetime = NOW) -> Rig:
        made.append(Rig(tmp_path, nursery, leads, each, now))
        return made[-1]

    yield make
    for rig in made:
        rig.close()
