"""Slack in every sort of trouble while a board's leads are asked: what each of them received, and what the ledger says.

The outbox and Slack's messenger as they run, over real HTTP. All goes at once, each lead with a trouble of their own,
and the ledger's own time goes forty times as fast as the real one: three minutes of waiting take under five seconds.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient
from sqlalchemy import select

from bot.slack.messenger import SlackMessenger
from models.enums import MessageState, NotificationKind
from models.storage.engine import Database
from models.storage.notification_tables import Message, Notification
from models.storage.scope import ALL
from models.storage.tables import Board, Person
from schedules.outbox import Outbox
from tests.local_slack import Fault, LocalWorkspace
from tests.schedules.plans import WORKSPACE, a_plan, action, board, local, post, slack_id, store

POST, OPEN, HISTORY = "chat.postMessage", "conversations.open", "conversations.history"
FASTER = 40
TIMEOUT = 0.5
NOW = local("2020-08-17 09:30")
EVER = 1_000
LASTS = 110
"""Seconds of real time that this takes at most."""
SENT, FAILED, UNCERTAIN = MessageState.SENT, MessageState.FAILED, MessageState.UNCERTAIN


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with one lead's message, how often, how many they receive, and how it ends."""

    method: str
    fault: Fault
    times: int = 1
    received: int = 1
    ends: MessageState = SENT
    blind: bool = False
    """Whether the conversation's history cannot be read either."""


TROUBLES = {
    "cut-off-unread": Trouble(POST, Fault.http(500), times=0),
    "posted-late": Trouble(POST, Fault.arrives_late(20 / FASTER + TIMEOUT)),
    "too-fast": Trouble(POST, Fault.ratelimited(30)),
    "too-fast-again": Trouble(POST, Fault.ratelimited(30), times=3),
    "five-hundred": Trouble(POST, Fault.http(500)),
    "five-hundred-posted": Trouble(POST, Fault.http(500, applied=True)),
    "cut-off-posted": Trouble(POST, Fault.dropped_applied()),
    "cut-short-posted": Trouble(POST, Fault.cut_short()),
    "internal": Trouble(POST, Fault.error("internal_error")),
    "internal-posted": Trouble(POST, Fault.error("internal_error", applied=True)),
    "fatal-posted": Trouble(POST, Fault.error("fatal_error", applied=True)),
    "sign-in-page": Trouble(POST, Fault.page()),
    "sign-in-page-posted": Trouble(POST, Fault.page(applied=True)),
    "forbidden-page": Trouble(POST, Fault.page(status=403), times=2),
    "unopened-page": Trouble(OPEN, Fault.page()),
    "empty-page-posted": Trouble(POST, Fault.page(b"", applied=True)),
    "nothing": Trouble(POST, Fault.hangs(60)),
    "nothing-posted": Trouble(POST, Fault.answers_late(60)),
    "nothing-twice": Trouble(POST, Fault.hangs(60), times=2),
    "token": Trouble(POST, Fault.error("account_inactive")),
    "gone-once": Trouble(POST, Fault.error("channel_not_found")),
    "gone": Trouble(POST, Fault.error("channel_not_found"), times=EVER, received=0, ends=FAILED),
    "too-long": Trouble(POST, Fault.error("msg_blocks_too_long"), times=EVER, received=0, ends=FAILED),
    "unopened": Trouble(OPEN, Fault.hangs(60)),
    "unopened-cut-off": Trouble(OPEN, Fault.dropped_applied()),
    "unopened-cut-short": Trouble(OPEN, Fault.cut_short()),
    "closed-account": Trouble(OPEN, Fault.error("user_disabled"), times=EVER, received=0, ends=FAILED),
    "blind": Trouble(POST, Fault.dropped_applied(), ends=UNCERTAIN, blind=True),
    "blind-lost": Trouble(POST, Fault.hangs(60), received=0, ends=UNCERTAIN, blind=True),
}
LEADS = tuple(TROUBLES)


class Faster:
    """Time that goes faster than the real one, and comes up with it at the end: no look begins in Slack's future."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=(time.monotonic() - self.began - LASTS) * (FASTER - 1))


@dataclass
class Place:
    """A plan whose leads all owe an answer, a Slack with them in it, and an outbox with Slack's real messenger."""

    slack: LocalWorkspace
    database: Database
    client: WebClient
    outbox: Outbox

    def arrange(self, name: str, trouble: Trouble) -> None:
        """Has something go wrong with one lead's message."""
        mark = slack_id(name) if trouble.method == OPEN else f"Do {name}-1"
        faults = self.slack.faults
        faults.add(trouble.method, trouble.fault, trouble.times, when=lambda args: mark in json.dumps(args))
        if trouble.blind:
            there = self.client.conversations_open(users=slack_id(name))["channel"]["id"]
            faults.add(HISTORY, Fault.error("missing_scope"), EVER, when=lambda args: args["channel"] == there)

    def ends(self) -> dict[str, MessageState]:
        """How each lead's message stands."""
        with self.database.read(ALL) as session:
            names = {f"person:{one.id}": one.name for one in session.scalars(select(Person))}
            rows = session.execute(select(Message.recipient, Message.state))
            return {names[recipient]: state for recipient, state in rows if names[recipient] in LEADS}

    def received(self) -> dict[str, int]:
        """How many messages each lead was sent."""
        return {lead: len([one for one in self.slack.dm(slack_id(lead)) if one.metadata]) for lead in LEADS}

    def tick_until_over(self) -> None:
        """Passes, one after another, until nothing more is to be done; then once more."""
        end = time.monotonic() + LASTS - 20
        while not set(self.ends().values()) <= {SENT, FAILED, UNCERTAIN} or len(self.ends()) < len(LEADS):
            assert time.monotonic() < end, self.ends()
            self.outbox.tick(NOW)
            time.sleep(0.1)
        self.outbox.tick(NOW)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    plan = a_plan(
        boards=[board("partnership", "2020-09-16")],
        posts=[post(lead) for lead in LEADS],
        actions=[action(f"{lead}-1", due="2020-09-16", lead=lead) for lead in LEADS],
    )
    database = store(tmp_path, plan, local("2020-06-01 00:00"))
    with database.write(workspace=ALL) as session:
        session.scalars(select(Board)).one().started_at = local("2020-06-01 00:00")
    with LocalWorkspace(team_id=WORKSPACE) as slack:
        for name in (*LEADS, "clerk", "admin"):
            slack.add_user(slack_id(name), name)
        # As `sending_client` makes it, but for how long it waits.
        client = WebClient(slack.bot_token, slack.api_url, timeout=TIMEOUT, retry_handlers=[])  # type: ignore[arg-type]
        yield Place(slack, database, client, Outbox(database, WORKSPACE, SlackMessenger(client), Faster()))
    database.dispose()


def test_each_lead_receives_the_message_once_whatever_slack_does(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    # The first to be written to is cut off before anything was read.
    place.slack.faults.add(POST, Fault.dropped_unread())
    for name, trouble in TROUBLES.items():
        place.arrange(name, trouble)
    for fault in (Fault.hangs(60), Fault.http(500), Fault.ratelimited(5), Fault.page()):
        place.slack.faults.add(HISTORY, fault)
    place.tick_until_over()
    assert place.received() == {lead: TROUBLES[lead].received for lead in LEADS}
    assert place.ends() == {lead: TROUBLES[lead].ends for lead in LEADS}
    with place.database.read(ALL) as session:
        told = session.scalars(select(Notification).where(Notification.kind == NotificationKind.FAILED)).all()
    assert len({notification.subject for notification in told}) == sum(
        one.ends is not SENT for one in TROUBLES.values()
    ), "the secretary is told of each"
    assert any("did not arrive" in one.plain() for one in place.slack.dm(slack_id("clerk")))
    for secret in (place.slack.bot_token, place.slack.app_token):
        assert secret not in caplog.text
    shown = f"{place.outbox!r} {place.outbox.messenger!r} {place.client!r}"
    assert place.slack.bot_token not in shown
