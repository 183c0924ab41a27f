"""Run a plan, the unmodified bot and the local workspace with the people of the plan in one process."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr
from sqlalchemy import select

from bot.__main__ import real_now
from bot.app import Bot, build
from bot.demo.clock import MovableClock
from bot.demo.workspace import Answer, Config, LocalWorkspace, SeenMessage, SubmitResult
from bot.demo.workspace.form_state import options_of
from bot.demo.workspace.state import pairs_of
from bot.settings import Settings
from handlers.buttons import Another
from handlers.press_codec import OnAction, OnTicked
from models.enums import MessageState
from models.files.import_plan import store_plan
from models.files.planfile import PlanFile, read_plan
from models.storage.engine import Database, migrate
from models.storage.tables import Action, Board, Person
from models.storage.workspaces import ensure_workspace
from schedules.boundaries import next_instant
from schedules.gather import read_upcoming
from schedules.log_lines import Line

EXAMPLE_PLAN = Path(__file__).parent / "my-sefton-2020-2025.yaml"
TEAM = "T0DEMO"
CHAIR, SECRETARY = "U0CHAIRPB", "U0DEMSERV"
BOARD_CHANNEL = "C0PARTNER"
"""Slack ids of the example plan."""
_PING = 0.05
"""Seconds: the SDK's socket client notices that it is to close only when something arrives."""
DEMO = Config(team_id=TEAM, ping_interval=_PING, burst=50)
"""The workspace of a demonstration: weeks pass in seconds, so a channel takes many messages at once."""
_MOST_ROUNDS = 50
_Done = TypeVar("_Done", Answer, SubmitResult)
SETTLE = 0.1
"""Seconds of silence after which the bot is taken to have answered."""


def example_plan() -> PlanFile:
    """Return the example plan, My Sefton 2020–2025."""
    return read_plan(EXAMPLE_PLAN.read_bytes(), EXAMPLE_PLAN.name)


@dataclass
class Sandbox:
    """A running demonstration or test."""

    workspace: LocalWorkspace
    bot: Bot
    clock: MovableClock
    database: Database
    answered: int = 0

    def tick(self) -> list[Line]:
        """Tick until nothing is left to do at this moment: what a tick sends may make something else due."""
        lines: list[Line] = []
        for _ in range(_MOST_ROUNDS):
            some = self.bot.outbox.tick(self.clock())
            lines += some
            if not some:
                break
        return lines

    def next_instant(self) -> datetime | None:
        """Return when the next thing may happen."""
        with self.database.read(TEAM) as session:
            return next_instant(read_upcoming(session, TEAM, self.clock()), self.clock())

    def advance(self, to: datetime, moved: Callable[[], None] = lambda: None) -> list[Line]:
        """Move the clock, ticking at every instant at which something may happen; `moved` is called at each."""
        lines: list[Line] = []
        while (instant := self.next_instant()) is not None and instant <= to:
            lines += self._at(instant, moved)
        return lines + self._at(to, moved)

    def advance_until_said(self, latest: datetime, moved: Callable[[], None] = lambda: None) -> list[Line]:
        """Move the clock to the next instant at which something is sent, or to `latest` if that comes first."""
        while (instant := self.next_instant()) is not None and instant < latest:
            lines = self._at(instant, moved)
            if any(line.state == MessageState.SENT.value for line in lines):
                return lines
        return self._at(latest, moved)

    def _at(self, instant: datetime, moved: Callable[[], None]) -> list[Line]:
        self.clock.move(instant)
        moved()
        return self.tick()

    def people(self) -> list[tuple[str, str]]:
        """Return the Slack id and name of everybody in the plan who has an account."""
        with self.database.read(TEAM) as session:
            rows = session.scalars(select(Person).where(Person.slack_user != "").order_by(Person.id))
            return [(row.slack_user, row.name) for row in rows]

    def since(self, mark: int) -> list[tuple[str, str, Sequence[SeenMessage]]]:
        """Return what each person has been sent since a mark: Slack id, name, messages."""
        return [(user, name, seen) for user, name in self.people() if (seen := self.workspace.since(user, mark))]

    def find_button(self, user: str, ref: str, label: str) -> tuple[SeenMessage, str, str]:
        """Return the latest message to somebody with this button for an action, its action_id and its value.

        Raises:
            LookupError: there is none.
        """
        with self.database.read(TEAM) as session:
            action_id = session.scalar(select(Action.id).where(Action.ref == ref))
        for message in reversed(self.workspace.dm(user)):
            for e in message.elements():
                text = (e.get("text") or e.get("placeholder") or {}).get("text", "")
                value = e.get("value") or next((one["value"] for one in e.get("options", ())), "")
                if text.startswith(label) and OnAction.decode(value).action == action_id:
                    return message, e["action_id"], value
        raise LookupError(f"{user} has no message with a button {label} for {ref}")

    def tick_boxes(self, user: str, refs: Sequence[str]) -> SeenMessage:
        """Tick actions in the latest message to somebody that has a box for each; return the message.

        Raises:
            LookupError: there is none.
        """
        with self.database.read(TEAM) as session:
            wanted = set(session.scalars(select(Action.id).where(Action.ref.in_(refs))))
        for message in reversed(self.workspace.dm(user)):
            found = {
                block["block_id"]: [one["value"] for one in options_of(element) if wanted & _ticked_by(one["value"])]
                for block, element in pairs_of(message.blocks)
                if element["type"] == "checkboxes"
            }
            if sum(map(len, found.values())) == len(refs):
                for block_id, values in found.items():
                    if values:
                        self.workspace.choose(user, message, values, block_id=block_id)
                return message
        raise LookupError(f"{user} has no message with a box for each of {refs}")

    def press(self, user: str, ref: str, label: str) -> Answer:
        """Press the button under an action in somebody's latest message about it, or choose in its menu *Other…*.

        Where it is ticked first, it is, and the button beside is pressed.
        """
        if label in [*Another]:
            message, menu, _ = self.find_button(user, ref, "Other…")
            return self.then_tick(self.workspace.choose(user, message, label, action_id=menu, settle=SETTLE))
        try:
            message, action_id, value = self.find_button(user, ref, label)
        except LookupError:
            message = self.tick_boxes(user, [ref])
            words = next(one.text for one in message.buttons() if one.text.startswith(label))
            return self.press_in(user, message, words)
        return self.then_tick(self.workspace.press(user, message, action_id=action_id, value=value, settle=SETTLE))

    def press_in(self, user: str, message: SeenMessage, label: str) -> Answer:
        """Press a button by its label in a message where it stands once."""
        return self.then_tick(self.workspace.press(user, message, text=label, settle=SETTLE))

    def choose_in(self, user: str, message: SeenMessage, option: str) -> Answer:
        """Choose in the menu of a message that has one."""
        return self.then_tick(self.workspace.choose(user, message, option, settle=SETTLE))

    def settle(self, user: str, message: SeenMessage, those_left: str = "They are overdue") -> Answer:
        """Press *Outcomes recorded*, and answer what becomes of actions without an outcome where that is asked."""
        answer = self.press_in(user, message, "Outcomes recorded")
        asked = next((one for one in answer.messages if any(b.text == "Not yet" for b in one.buttons())), None)
        if asked is None:
            return answer
        label = next(one.text for one in asked.buttons() if one.text != "Not yet" and one.text.startswith(those_left))
        return self.press_in(user, asked, label)

    def submit(self, user: str, values: Mapping[str, str | list[str]]) -> SubmitResult:
        """Send in the form that is open in front of somebody."""
        view = self.workspace.view(user)
        if view is None:
            raise LookupError(f"no form is open in front of {user}")
        return self.then_tick(self.workspace.submit(user, view, values, settle=SETTLE))

    def say(self, user: str, text: str, thread_ts: str | None = None, *, replies: int = 0) -> Answer:
        """Write to the bot in somebody's direct conversation, and wait for so many replies at least."""
        return self.then_tick(self.workspace.say(user, text, thread_ts=thread_ts, replies=replies, settle=SETTLE))

    def send_file(self, user: str, path: Path) -> Answer:
        """Send the bot a file without words, and wait for what it says."""
        files = [(path.name, path.read_bytes())]
        return self.then_tick(self.workspace.say(user, "", files=files, replies=1, settle=SETTLE))

    def command(self, user: str, text: str) -> Answer:
        """Type `/cypp …` as somebody."""
        return self.then_tick(self.workspace.command(user, "/cypp", text))

    def then_tick(self, answer: _Done) -> _Done:
        """Tick after something somebody did, and return its answer; `answered` marks the line between the two."""
        self.answered = self.workspace.mark()
        self.tick()
        return answer

    def close(self) -> None:
        """Stop the bot and the workspace."""
        closing = threading.Thread(target=self.bot.stop)
        closing.start()
        while closing.is_alive():
            # The SDK's client waits for its empty queue before it ends, so the queue is given something.
            self.bot.handler.client.enqueue_message("{}")
            closing.join(0.01)
        self.workspace.stop()


def _ticked_by(value: str) -> set[int]:
    """Return the action that a box is for."""
    return set(OnTicked(ticked=(value,)).shown)


def store_demo_plan(database: Database, plan: PlanFile, now: datetime, *, started: bool = True) -> None:
    """Write a plan into an empty database as a demonstration's, with every board's reminders begun."""
    migrate(database)
    with database.write(workspace=TEAM) as session:
        ensure_workspace(session, TEAM, now, is_demo=True)
        store_plan(session, TEAM, plan, now)
        for board in session.scalars(select(Board)):
            board.started_at = now if started else None


def add_people(workspace: LocalWorkspace, plan: PlanFile) -> None:
    """Put the people of a plan who have a Slack id into the workspace, and the boards' channels."""
    people = [
        *plan.administrators,
        *(one for post in plan.posts for one in (post.holder, *post.contact_officers, *post.deputies) if one),
    ]
    seen: set[str] = set()
    for one in people:
        if one.slack and one.slack not in seen:
            seen.add(one.slack)
            workspace.add_user(one.slack, one.name or one.slack, email=one.email or "")
    for board in plan.boards:
        if board.channel:
            workspace.add_channel(board.channel, board.key, members=sorted(seen))


def open_sandbox(
    database_path: str, now: datetime, workspace: LocalWorkspace, plan: PlanFile, *, started: bool = True
) -> Sandbox:
    """Store a plan in a new database, and start a workspace and the bot in it."""
    store_demo_plan(Database(database_path), plan, now, started=started)
    return start_sandbox(database_path, now, workspace, plan)


def start_sandbox(
    database_path: str, now: datetime, workspace: LocalWorkspace, plan: PlanFile, **spans: Any
) -> Sandbox:
    """Start a workspace and the bot in it, on a database that holds the plan.

    `spans`: settings of the bot that are seconds of real time.
    """
    database = Database(database_path)
    workspace.start()
    try:
        add_people(workspace, plan)
        clock = MovableClock(now)
        settings = Settings(
            slack_bot_token=SecretStr(workspace.bot_token),
            slack_app_token=SecretStr(workspace.app_token),
            slack_api_url=workspace.api_url,
            cypp_database_url=database_path,
            **spans,
        )
        bot = build(settings, clock, real_now, wake=lambda: None, ping_interval=1)
        bot.connect()
        workspace.wait_until_connected()
    except BaseException:
        workspace.stop()
        raise
    return Sandbox(workspace, bot, clock, database)
