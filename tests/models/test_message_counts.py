"""The counters of messages: whatever people press and undo, the sum over kinds and stages is how many wrote."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from models.enums import Fate, MessageKind, MessageStage
from models.records.message_counts import count_message, count_press, count_undo, counted_between
from models.records.said_messages import note_answered
from models.rules.calendar import local_day
from models.storage.engine import Database
from models.storage.workspaces import LOCAL, ensure_workspace

ZONE = ZoneInfo("Europe/London")
FIRST = datetime(2020, 8, 17, 8, tzinfo=UTC)


def write(database: Database, number: int, kind: MessageKind, stage: MessageStage, at: datetime) -> None:
    with database.write(workspace=LOCAL) as session:
        count_message(session, f"D1/{number}", Fate.OPEN, (kind, stage), at, local_day(at, ZONE))
        note_answered(session, f"D1/{number}", f"D1/a{number}")


@pytest.mark.parametrize("seed", range(3))
def test_every_message_is_in_one_stage(database: Database, seed: int) -> None:
    ensure_workspace_in(database)
    random, written = Random(seed), Counter[tuple[object, MessageKind]]()
    at = FIRST
    for number in range(40):
        at += timedelta(hours=random.randrange(9))
        kind = random.choice(list(MessageKind))
        stage = random.choice([MessageStage.AT_ONCE, MessageStage.SHOWN, MessageStage.ASKED])
        write(database, number, kind, stage, at)
        written[local_day(at, ZONE), kind] += 1
        with database.write(workspace=LOCAL) as session:
            some = random.randrange(number + 1)
            count_press(session, f"D1/a{some}", local_day(at, ZONE), ZONE, by_form=random.random() < 0.5)
            if random.random() < 0.3:
                count_undo(session, f"D1/{some}", ZONE)
    with database.read(LOCAL) as session:
        counters = counted_between(session, local_day(FIRST, ZONE), local_day(at, ZONE))
    assert all(one.messages >= 0 for one in counters)
    found = Counter[tuple[object, MessageKind]]()
    for one in counters:
        found[one.day, one.kind] += one.messages
    assert found == written


def test_two_workspaces_count_apart(database: Database) -> None:
    ensure_workspace_in(database)
    with database.write(workspace="T0TWO") as session:
        ensure_workspace(session, "T0TWO", FIRST)
    write(database, 1, MessageKind.ANSWER, MessageStage.AT_ONCE, FIRST)
    with database.read("T0TWO") as session:
        assert counted_between(session, FIRST.date(), FIRST.date()) == []


def ensure_workspace_in(database: Database) -> None:
    with database.write(workspace=LOCAL) as session:
        ensure_workspace(session, LOCAL, FIRST)
