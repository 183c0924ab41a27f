"""Sending: one pass over so many conversations, beside a bare loop of `chat.postMessage` with the same payloads."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select, text

from bot.__main__ import real_now
from bot.demo.sandbox import TEAM
from bot.slack.messenger import SlackMessenger, sending_client
from models.storage.engine import Database
from models.storage.notification_tables import Message, MessagePart
from schedules.outbox import MAX_IN_FLIGHT, Outbox
from schedules.partitions import FEWEST
from tests.benchmarks.databases import copy_of, one_plan
from tests.benchmarks.measure import Figure, seconds
from tests.benchmarks.run import Run
from tests.benchmarks.stand_in import conversation

REQUEST = datetime.fromisoformat("2020-08-17T09:00+00:00")
"""Half an hour after the request for 16 September goes out."""
SHARING = 4
"""Messages to one conversation of the pass that shows how far apart they arrive."""


def outbox_of(run: Run, database: Database) -> Outbox:
    """The outbox as `serve` puts it together."""
    client = sending_client(run.stand_in.bot_token, run.stand_in.api_url)
    return Outbox(database, TEAM, SlackMessenger(client), database.clock(real_now), at_once=MAX_IN_FLIGHT)


def plan_only(run: Run, path: Path, now: datetime) -> None:
    """A pass that plans and is told to stop before it sends."""
    database = Database(str(path))
    outbox = outbox_of(run, database)
    outbox.stopping.set()
    outbox.tick(now)
    database.dispose()


def to_be_sent(run: Run) -> tuple[Path, datetime]:
    """A fresh database with so many messages planned, each to a conversation of its own, and the plan's time in it."""

    def make(path: Path) -> Path:
        one_plan(path, leads=run.sizes.messages, due=run.sizes.messages, later=0)
        plan_only(run, path, REQUEST)
        return path

    planned = run.databases.get("planned.db", make)
    return copy_of(planned, "sending.db"), REQUEST + timedelta(minutes=1)


def least_between_two(run: Run) -> float:
    """The least seconds between two messages to one conversation, of a pass in which some share theirs."""
    path, now = to_be_sent(run)
    shared = min(SHARING, run.sizes.messages)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # Of the messages that wait a few are left, and so many of them go to one conversation, from several threads.
        ids = [row[0] for row in connection.execute("SELECT id FROM message ORDER BY id")]
        left = ids[: max(shared, min(FEWEST, len(ids)))]
        connection.execute(f"UPDATE message SET state = 'cancelled' WHERE id > {left[-1]}")
        people = "SELECT CAST(substr(recipient, 8) AS INTEGER) FROM message WHERE id <= ?"
        connection.execute(f"UPDATE person SET channel = ? WHERE id IN ({people})", (conversation(0), ids[shared - 1]))
    database = Database(str(path))
    outbox_of(run, database).tick(now)
    database.dispose()
    posts, gap = run.stand_in.posted()
    if posts != len(left) or gap is None or gap < 1:
        raise AssertionError(f"{posts} of {len(left)} messages were sent, with {gap} s between two to a conversation")
    return gap


def sending(run: Run) -> Iterator[Figure]:
    """Messages a second of the pass beside those of the loop; at most one a second to a channel.

    That limit is seen in a pass of its own, where some messages share a conversation: a loop that kept to it would
    stand still for most of its time, and nothing would be compared.
    """
    mine, loop = [], []
    run.stand_in.posted()
    run.stand_in.slow(run.sizes.answer_after)
    for _ in range(run.sizes.rounds):
        path, now = to_be_sent(run)
        database = Database(str(path))
        with database.read(TEAM) as session:
            synchronous = session.scalar(text("PRAGMA synchronous"))
        outbox = outbox_of(run, database)
        taken = seconds(lambda outbox=outbox, now=now: outbox.tick(now))  # type: ignore[misc]
        posts, _ = run.stand_in.posted()
        if posts != run.sizes.messages or synchronous != 2:
            raise AssertionError(f"{posts} messages were sent instead of {run.sizes.messages}")
        mine.append(posts / taken)
        with database.read(TEAM) as session:
            pages = session.execute(
                select(Message.address, MessagePart.payload)
                .join(MessagePart, MessagePart.message_id == Message.id)
                .order_by(Message.id)
            ).all()
        database.dispose()
        client = sending_client(run.stand_in.bot_token, run.stand_in.api_url)
        began = time.perf_counter()
        for address, payload in pages:
            client.chat_postMessage(channel=address, **json.loads(payload))
        loop.append(len(pages) / (time.perf_counter() - began))
        run.stand_in.posted()
    run.stand_in.slow(0)
    least = round(least_between_two(run), 3)
    yield Figure(
        "sending",
        f"a pass that sends {run.sizes.messages} messages to {run.sizes.messages} conversations, synchronous=FULL",
        "a bare loop of chat.postMessage",
        "messages a second",
        mine,
        loop,
        0.85,
        least=True,
        also={"answered_after_ms": run.sizes.answer_after * 1000, "least_s_between_two_to_a_channel": least},
    )
