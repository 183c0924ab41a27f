"""A plan that is lived with: each meeting is asked for, answered, held and decided on, and actions come and go."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import thread_time
from typing import Any

import yaml
from sqlalchemy import func, select

from bot.demo.sandbox import TEAM
from bot.demo.workspace import SeenMessage
from bot.slack.requests import read_command
from models.enums import OPEN
from models.files.planfile import PlanFile, read_plan
from models.plan.accounts import Actor
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import Action, Meeting
from tests.local_slack import Sandbox, open_sandbox

CLERK, CHAIR = "U0THECLERK", "U0THECHAIR"
BEGUN = datetime(2020, 1, 6, 9, tzinfo=UTC)
EVERY = timedelta(weeks=7)
"""Between two meetings of a board: seven or eight a year."""
MOST_TRIES = 3
QUESTIONS = ("status", "status priority 1", "overdue", "owing", "mine")


@dataclass
class Year:
    """What one year came to: seconds of the processor by question and pass, and the size of the file in its end."""

    asked: dict[str, float] = field(default_factory=dict)
    quiet_pass: float = 0.0
    size: int = 0
    entries: int = 0


def lead(number: int) -> str:
    """The account of a lead."""
    return f"U0THELEAD{number:02d}"


def plan_of(boards: int, actions: int, leads: int) -> PlanFile:
    """A plan of boards that meet every seven weeks, each with so many actions, spread over all leads."""

    def post(key: str, title: str, user: str) -> dict[str, Any]:
        holder = {"name": title, "email": f"{key}@example.org", "slack": user}
        return {"key": key, "title": title, "organisation": "council", "holder": holder}

    posts = [post("clerk", "Clerk", CLERK), post("chair", "Chair", CHAIR)]
    posts += [post(f"lead-{n}", f"Lead {n}", lead(n)) for n in range(leads)]
    first = BEGUN + timedelta(weeks=6)
    kept = [
        {"key": f"board-{b}", "name": f"Board {b}", "secretary": "clerk", "chair": "chair", "channel": f"C0THEBOARD{b}"}
        | {"meetings": [{"date": (first + n * EVERY + timedelta(days=b)).date(), "time": "14:00"} for n in range(2)]}
        for b in range(boards)
    ]
    rows = [
        {
            "ref": f"b{b}-{n}",
            "kind": "deliverable",
            "words": f"Do what was promised, number {n}",
            "priorities": [n % 4 + 1],
            "board": f"board-{b}",
            "lead": f"lead-{(b + n) % leads}",
            "due": (first + timedelta(days=b)).date(),
        }
        for b in range(boards)
        for n in range(1, actions + 1)
    ]
    whole = {
        "plan": {"name": "A long life", "area": "Sefton", "from": "2020-01-01", "to": "2026-12-31"},
        "themes": [{"key": "healthy", "name": "Healthy"}],
        "priorities": [{"number": n, "title": f"Good health {n}", "theme": "healthy"} for n in range(1, 5)],
        "organisations": [{"key": "council", "name": "The Council"}],
        "posts": posts,
        "administrators": [],
        "boards": kept,
        "actions": rows,
    }
    return read_plan(yaml.safe_dump(whole, sort_keys=False).encode(), "plan.yaml")


class Life:
    """A plan in the local workspace, lived meeting by meeting; what is said and decided is drawn from a fixed seed."""

    def __init__(self, path: Path, boards: int, actions: int, leads: int) -> None:
        self.path = path
        self.sandbox: Sandbox = open_sandbox(str(path), BEGUN, plan=plan_of(boards, actions, leads))
        self._drawn = random.Random(20)
        self._boards, self._leads = boards, leads
        self._added = 0

    def close(self) -> None:
        """Ends it."""
        self.sandbox.close()

    def years(self, many: int, days: int = 365) -> Iterator[Year]:
        """Lives year after year, or as many stretches of so many days; what each came to."""
        for year in range(many):
            until = BEGUN + timedelta(days=days) * (year + 1)
            while (coming := self._next()) is not None and coming[0] <= until:
                self._meet(*coming)
            self._tidied(until)
            yield self._measured()

    def _do(self, user: str, words: str, expected: str, press: str = "") -> None:
        """Types a command; `press`: how the button begins that is pressed in the answer, where it asks."""
        # Without a pass after each: those come as the clock goes on.
        for _ in range(MOST_TRIES):
            answer = self.sandbox.workspace.command(user, "/cypp", words)
            if answer.error is None:
                break
            # Slack closed the socket meanwhile: they see that, and type it again.
            self.sandbox.workspace.wait_until_connected()
        said = answer.said.text if answer.said else " ".join(one.text for one in answer.messages)
        if expected not in said:
            raise AssertionError(f"{self.sandbox.clock():%Y-%m-%d} “{words}” was answered: {said[:300]}")
        asking = [one for one in answer.messages[-1:] for button in one.buttons() if button.text.startswith(press)]
        if press and asking:
            button = next(one for one in asking[0].buttons() if one.text.startswith(press))
            self.sandbox.workspace.press(user, asking[0], action_id=button.action_id, settle=0.05)

    def _next(self) -> tuple[datetime, int, int] | None:
        """The next meeting: when, which, and of which board."""
        with self.sandbox.database.read(TEAM) as session:
            coming = select(Meeting.starts_at, Meeting.id, Meeting.board_id).where(
                Meeting.starts_at > self.sandbox.clock(), Meeting.state == "planned"
            )
            row = session.execute(coming.order_by(Meeting.starts_at)).first()
            return (row[0], row[1], row[2]) if row and row[0] else None

    def _due(self, meeting: int) -> list[tuple[str, int]]:
        with self.sandbox.database.read(TEAM) as session:
            due = select(Action.ref, Action.lead_post_id).where(
                Action.due_meeting_id == meeting, Action.status.in_(OPEN)
            )
            return [(ref, post or 0) for ref, post in session.execute(due.order_by(Action.id))]

    def _meet(self, starts: datetime, meeting: int, board: int) -> None:
        """Everything around one meeting: the next is planned, leads answer, it is held, and the clerk records it."""
        key = f"board-{board - 1}"
        following = starts + EVERY
        self._tidied(starts - timedelta(days=11))
        due = self._due(meeting)
        for ref, post in due:
            drawn = self._drawn.random()
            if drawn < 0.6:
                words = "on track, two more schools were found and the third was asked"
                self._do(lead(post - 3), f"update {ref} {words}", "Recorded")
            elif drawn < 0.7:
                self._do(lead(post - 3), f"update {ref} done, the report is published", "Recorded")
        if self._drawn.random() < 0.1:
            moved = (starts + timedelta(days=1)).strftime("%d %b %Y")
            self._do(CLERK, f"meeting move {key} {starts:%d %b %Y} to {moved}", "", "Move it")
            starts += timedelta(days=1)
        self._tidied(starts + timedelta(days=1))
        if not self._is_planned(board, starts):
            self._do(CLERK, f"meeting add {key} {following:%d %b %Y} 14:00", "", "Add it")
        refs = [ref for ref, _ in due]
        self._drawn.shuffle(refs)
        closed = refs[: max(1, len(refs) // 8)]
        self._do(CLERK, f"outcome {', '.join(closed)} closed minute 4", "", "Close")
        for at in range(len(closed), len(refs), 10):
            some = ", ".join(refs[at : at + 10])
            self._do(
                CLERK, f"outcome {some} carried forward to {following:%d %b %Y} because the data is late", "Recorded"
            )
        for _ in closed:
            self._added += 1
            words = f"add to {key}: lead-{self._added % self._leads}: do the next thing, number {self._added}"
            self._do(CLERK, words, "to add to the list", "Add")
        self._tidied(starts + timedelta(days=2))

    def _is_planned(self, board: int, after: datetime) -> bool:
        with self.sandbox.database.read(TEAM) as session:
            later = select(Meeting.id).where(Meeting.board_id == board, Meeting.starts_at > after)
            return session.scalars(later).first() is not None

    def _tidied(self, to: datetime) -> None:
        """Moves the clock, and tidies as the service does each day."""
        self.sandbox.advance(max(to, self.sandbox.clock()))
        self.sandbox.bot._tidy()

    def _measured(self) -> Year:
        found = Year(size=self.path.stat().st_size, quiet_pass=self._quiet_pass())
        with self.sandbox.database.read(TEAM) as session:
            found.entries = sum(session.scalar(select(func.count(one.id))) or 0 for one in (Update, Outcome, Replan))
        deps = self.sandbox.bot.deps
        for words in QUESTIONS:
            user = lead(0) if words == "mine" else CLERK
            taken = []
            for _ in range(5):
                began = thread_time()
                read_command(deps, Actor(TEAM, user), words)
                taken.append(thread_time() - began)
            found.asked[words] = min(taken)
        return found

    def _quiet_pass(self) -> float:
        taken = []
        for _ in range(5):
            began = thread_time()
            lines = self.sandbox.bot.outbox.tick(self.sandbox.clock())
            taken.append(thread_time() - began)
            if lines:
                raise AssertionError(f"a pass in which nothing was due said something: {lines}")
        return min(taken)

    def received(self) -> list[SeenMessage]:
        """Everything that anybody was sent unasked, the boards' channels included."""
        people = [CLERK, CHAIR, *(lead(number) for number in range(self._leads))]
        channels = [f"C0THEBOARD{number}" for number in range(self._boards)]
        found = [message for user in people for message in self.sandbox.workspace.dm(user)]
        return found + [message for channel in channels for message in self.sandbox.workspace.messages(channel)]
