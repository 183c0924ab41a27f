"""What the end-to-end tests share: moments, people, what people see, what is stored, payloads nobody was shown."""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time
from threading import Barrier
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import yaml
from slack_sdk import WebClient
from sqlalchemy import select, text

from bot.demo.sandbox import EXAMPLE_PLAN, Sandbox
from bot.demo.workspace import Answer, SeenMessage, SubmitResult
from models.files.planfile import PlanFile, read_plan
from models.rules.calendar import at_local
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.scope import ALL
from models.storage.tables import Action, Meeting, Person
from tests import local_slack
from tests.yaml_files import read_yaml

LONDON = ZoneInfo("Europe/London")
WIDE = 100_000

EDUCATION, HEALTH, ANALYST = "U0HEADEDU", "U0PUBHEAL", "U0PHANALY"
COMMISSIONING, ACTIVE, ACTIVE_DEPUTY = "U0COMMISS", "U0ACTIVES", "U0ACTDEPU"
YOUNG_PERSONS, DIRECTOR, COMMUNICATIONS = "U0CVSLEAD", "U0EXECDIR", "U0COMMSMG"
SECRETARY, OTHER_SECRETARY = "U0DEMSERV", "U0HWBSEC"
CHAIR, OTHER_CHAIR, ADMIN = "U0CHAIRPB", "U0CHAIRHW", "U0ICTADMIN"
MEMBER, GUEST, STRANGER, UNKNOWN, GONE = "U0MEMBER", "U0GUEST", "U0STRANGE", "U0UNKNOWN", "U0GONE"
CHANNEL = "C0PARTNER"

NOTHING_SHOWN = "The plan is open to members of this workspace"
LEDGER = ("action_update", "outcome", "replan", "snooze")

Plan = dict[str, Any]
Done = TypeVar("Done", Answer, SubmitResult)


def when(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A local time in 2020."""
    return at_local(date(2020, month, day), LONDON, time(hour, minute))


def example() -> Plan:
    """The example plan as plain data, to be changed."""
    plan: Plan = read_yaml(EXAMPLE_PLAN)
    return plan


def as_plan(plan: Plan) -> PlanFile:
    """Plain data as a plan that was read."""
    return read_plan(yaml.safe_dump(plan, allow_unicode=True, sort_keys=False).encode(), "plan.yaml")


def with_two_secretaries(plan: Plan) -> Plan:
    """The example, with a secretary of its own for the Health and Wellbeing Board."""
    plan["posts"].append(
        {
            "key": "hwb-secretary",
            "title": "Committee Officer",
            "organisation": "sefton-council",
            "holder": {"name": "Committee Officer", "email": "committee@example.org", "slack": OTHER_SECRETARY},
        }
    )
    next(board for board in plan["boards"] if board["key"] == "hwb")["secretary"] = "hwb-secretary"
    return plan


def with_busy_lead(plan: Plan, many: int) -> Plan:
    """The example, with a lead who has so many deliverables due on 16 September."""
    plan["posts"].append(
        {
            "key": "busy",
            "title": "Programme Manager",
            "organisation": "sefton-council",
            "holder": {"name": "Programme Manager", "email": "busy@example.org", "slack": "U0BUSYLEA"},
        }
    )
    plan["actions"] += [
        {
            "ref": f"busy-{number}",
            "theme": "happy",
            "kind": "deliverable",
            "board": "partnership",
            "due": date(2020, 9, 16),
            "lead": "busy",
            "words": f"Thing number {number}",
        }
        for number in range(1, many + 1)
    ]
    return plan


def read(seen: Answer | SubmitResult | SeenMessage | Sequence[SeenMessage]) -> str:
    """What a person reads, each paragraph on one line."""
    if isinstance(seen, SeenMessage):
        return seen.plain(WIDE)
    messages = seen.messages if isinstance(seen, Answer | SubmitResult) else seen
    return "\n\n".join(message.plain(WIDE) for message in messages)


def labels(message: SeenMessage) -> list[str]:
    """The words on a message's buttons."""
    return [button.text for button in message.buttons()]


def line_of(message: SeenMessage, ref: str) -> str:
    """What stands about one action in a message: its row of a list, or from its ref to the next empty line."""
    lines = message.plain(WIDE).split("\n")
    for number, line in enumerate(lines):
        if line.startswith((f"[ ] {ref} ", f"{ref}, ")):
            return "\n".join(lines[number : number + 2 if line.startswith("[") else number + 1])
    paragraphs = message.plain(WIDE).split("\n\n")
    return next(part for part in paragraphs if any(line.startswith(f"{ref}  ") for line in part.split("\n")))


def bundle_of(sandbox: Sandbox, user: str) -> SeenMessage:
    """The latest message in which somebody is asked."""
    return next(message for message in reversed(sandbox.workspace.dm(user)) if message.metadata)


def message_with(sandbox: Sandbox, user: str, words: str) -> SeenMessage:
    """The latest message to somebody that holds these words."""
    return next(message for message in reversed(sandbox.workspace.dm(user)) if words in read(message))


# -- what is under way


def finish(sandbox: Sandbox) -> None:
    """Waits until all that the bot does after an acknowledgement is done."""
    sandbox.workspace.wait_for(sandbox.bot.intake.is_idle, 20, what="what was noted to be worked")
    later = sandbox.bot.deps.later
    together = Barrier(later._max_workers + 1)
    for _ in range(later._max_workers):
        later.submit(together.wait, 20)
    together.wait(20)


def finished(sandbox: Sandbox, user: str, done: Done) -> Done:
    """What somebody did, with every message that it brought them."""
    finish(sandbox)
    return replace(done, messages=sandbox.workspace.since(user, done.mark))


# -- what is stored


def action(sandbox: Sandbox, ref: str) -> Action:
    """One action as it stands in the database."""
    with sandbox.database.read(ALL) as session:
        return session.scalars(select(Action).where(Action.ref == ref, Action.workspace_id == "T0DEMO")).one()


def entries(sandbox: Sandbox, ref: str) -> list[Update]:
    """The entries in an action's history, oldest first."""
    wanted = action(sandbox, ref).id
    with sandbox.database.read(ALL) as session:
        return list(session.scalars(select(Update).where(Update.action_id == wanted).order_by(Update.id)))


def outcomes(sandbox: Sandbox, ref: str) -> list[Outcome]:
    """What the board decided on an action."""
    wanted = action(sandbox, ref).id
    with sandbox.database.read(ALL) as session:
        return list(session.scalars(select(Outcome).where(Outcome.action_id == wanted).order_by(Outcome.id)))


def replans(sandbox: Sandbox, ref: str) -> list[Replan]:
    """How an action was moved."""
    wanted = action(sandbox, ref).id
    with sandbox.database.read(ALL) as session:
        return list(session.scalars(select(Replan).where(Replan.action_id == wanted).order_by(Replan.id)))


def meeting_on(sandbox: Sandbox, month: int, day: int) -> Meeting:
    """The meeting of a day in 2020."""
    with sandbox.database.read(ALL) as session:
        rows = session.scalars(select(Meeting).where(Meeting.starts_at.is_not(None))).all()
    return next(
        row for row in rows if row.starts_at and row.starts_at.astimezone(LONDON).date() == date(2020, month, day)
    )


def writer(sandbox: Sandbox, entry: Update | Outcome | Replan) -> str:
    """The account that wrote an entry."""
    with sandbox.database.read(ALL) as session:
        return session.get_one(Person, entry.person_id).slack_user


def stored(sandbox: Sandbox) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that an answer, a decision or a move could change."""
    columns = "id, ref, status, rating, lead_post_id, lead_in_question, due_meeting_id, replans"
    with sandbox.database.read(ALL) as session:
        found = {table: [tuple(row) for row in session.execute(text(f"SELECT * FROM {table}"))] for table in LEDGER}
        found["action"] = [tuple(row) for row in session.execute(text(f"SELECT {columns} FROM action"))]
        found["meeting"] = [tuple(row) for row in session.execute(text("SELECT id, outcomes_recorded_at FROM meeting"))]
        published = text("SELECT id FROM notification WHERE kind = 'publish'")
        found["published"] = [tuple(row) for row in session.execute(published)]
    return found


def in_the_file(path: str, words: str) -> bool:
    """Whether the database holds some words anywhere at all."""
    with closing(sqlite3.connect(path)) as connection:
        return any(words in line for line in connection.iterdump())


class Pristine:
    """A copy of a sandbox's database, to be put back between tests."""

    def __init__(self, sandbox: local_slack.Sandbox) -> None:
        self.sandbox = sandbox
        self.copy = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(str(sandbox.database.path))) as live:
            live.backup(self.copy)

    def restore(self) -> local_slack.Sandbox:
        """The sandbox with its database as it was, once nothing of the test before is under way."""
        finish(self.sandbox)
        with closing(sqlite3.connect(str(self.sandbox.database.path))) as live:
            self.copy.backup(live)
        return self.sandbox


class Kept:
    """A sandbox as it is at a moment, put back for each test: its database, all the workspace remembers, the clock."""

    def __init__(self, sandbox: local_slack.Sandbox) -> None:
        self.sandbox, self.now, self.database = sandbox, sandbox.clock(), Pristine(sandbox)
        self.state = sandbox.workspace._look(self._memory)
        self.calls = sandbox.workspace.calls

    def back(self) -> local_slack.Sandbox:
        """The sandbox as it was, once everything still under way in it is over."""
        workspace = self.sandbox.workspace
        self.database.restore()
        workspace._look(self._put_back)
        self.sandbox.clock._now = self.now
        return self.sandbox

    def _memory(self) -> dict[str, Any]:
        state = self.sandbox.workspace._core.state
        return copy.deepcopy(vars(state), {id(state.config): state.config})

    def _put_back(self) -> None:
        workspace = self.sandbox.workspace
        core = workspace._core
        last = core.state._last_stamp
        vars(core.state).update(copy.deepcopy(self.state, {id(core.config): core.config}))
        # Stamps never repeat: what is late from an earlier test finds no message of this one.
        core.state._last_stamp = max(last, core.state._last_stamp)
        workspace.hub.times = 1
        workspace.faults.clear()
        workspace.log.calls[:] = copy.deepcopy(self.calls)
        core.rates._buckets.clear()


# -- payloads nobody was shown


def bot_client(sandbox: Sandbox) -> WebClient:
    """Slack's API as the bot has it."""
    return WebClient(
        token=sandbox.workspace.bot_token, base_url=sandbox.workspace.api_url, retry_handlers=[], timeout=5
    )


def planted(sandbox: Sandbox, user: str, verb: str, value: str, channel: str = "") -> SeenMessage:
    """A message with a button that the bot would never have given this person."""
    element = {
        "type": "button",
        "text": {"type": "plain_text", "text": "Press"},
        "action_id": f"cypp:{verb}:0",
        "value": value,
    }
    posted = bot_client(sandbox).chat_postMessage(
        channel=channel or user, text="planted", blocks=[{"type": "actions", "elements": [element]}]
    )
    return next(one for one in sandbox.workspace.seen(user, channel or None) if one.ts == posted["ts"])


def forge(sandbox: Sandbox, user: str, verb: str, value: str, channel: str = "") -> Answer:
    """Somebody sends the press of a button with any verb and value."""
    message = planted(sandbox, user, verb, value, channel)
    return sandbox.workspace.press(user, message, text="Press", replies=1, timeout=2)


OpenAt = Callable[..., local_slack.Sandbox]
