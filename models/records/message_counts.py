"""Count the messages that people write by day, kind and how far each came: no text, no person, no message.

A message is in one stage at a time; a press or *Undo* moves it, in the transaction that does it. The sum over the
stages is the number of messages.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import Fate, MessageKind, MessageStage
from models.records.said_messages import message_answered_in, note_said, said_message
from models.rules.calendar import local_day
from models.storage.base import core_table
from models.storage.bulk import insert_in
from models.storage.history_tables import MessageCount, SaidMessage
from models.storage.scope import workspace_of

PRESS_COUNTS_DAYS = 1
"""A press counts until the end of the day after the message."""
_WAITING = (MessageStage.SHOWN, MessageStage.ASKED)


KindAndStage = tuple[MessageKind, MessageStage]


class Counted(NamedTuple):
    """One counter."""

    day: date
    kind: MessageKind
    stage: MessageStage
    messages: int


def count_message(
    session: Session, message: str, became: Fate, counted: KindAndStage, now: datetime, day: date
) -> None:
    """Note a message that was read, and count it on its local day."""
    note_said(session, message, became, now, counted)
    _add(session, day, {counted: 1})


def count_press(
    session: Session, answer: str, today: date, zone: ZoneInfo, *, only_asked: bool = False, by_form: bool = False
) -> None:
    """Count that something offered in the answer to a message was pressed, while that counts.

    Args:
        session: a writing transaction.
        answer: the answer, by its name.
        today: the local day.
        zone: the plan's.
        only_asked: it only asks something more, so it confirms nothing that was shown.
        by_form: it opened a form, which said more than was shown.
    """
    row = message_answered_in(session, answer)
    if row is None or row.stage not in _WAITING or (only_asked and row.stage is MessageStage.SHOWN):
        return
    if today - local_day(row.at, zone) <= timedelta(PRESS_COUNTS_DAYS):
        confirms = row.stage is MessageStage.SHOWN and not by_form
        _move(session, row, MessageStage.CONFIRMED if confirms else MessageStage.SETTLED, zone)


def count_undo(session: Session, message: str | None, zone: ZoneInfo) -> None:
    """Count that what a message brought was undone; `message`: None for what came from none."""
    row = said_message(session, message) if message else None
    if row is not None and row.stage is not None:
        _move(session, row, MessageStage.UNDONE, zone)


def counted_between(session: Session, since: date, until: date) -> list[Counted]:
    """Return the counters of some days, both included."""
    columns = select(MessageCount.day, MessageCount.kind, MessageCount.stage, MessageCount.messages)
    found = session.execute(columns.where(MessageCount.day.between(since, until)).order_by(MessageCount.day))
    return [Counted(*row) for row in found]


def _move(session: Session, row: SaidMessage, stage: MessageStage, zone: ZoneInfo) -> None:
    assert row.kind is not None and row.stage is not None  # noqa: PT018, S101 - both are set together
    if row.stage is not stage:
        _add(session, local_day(row.at, zone), Counter({(row.kind, row.stage): -1, (row.kind, stage): 1}))
        row.stage = stage


def _add(session: Session, day: date, by: dict[KindAndStage, int]) -> None:
    """Add to counters in one statement, so that two writers lose nothing of each other's."""
    rows = [
        {"workspace_id": workspace_of(session), "day": day, "kind": kind, "stage": stage, "messages": many}
        for (kind, stage), many in by.items()
    ]
    session.connection().execute(_adding(session.get_bind().dialect.name), rows)


@lru_cache(maxsize=2)
def _adding(dialect: str) -> Any:
    """Return the statement in the database's dialect: to build it takes longer than to run it."""
    table = core_table(MessageCount)
    added = insert_in(dialect, table)
    return added.on_conflict_do_update(
        index_elements=["workspace_id", "day", "kind", "stage"],
        set_={"messages": table.c.messages + added.excluded.messages},
    )
