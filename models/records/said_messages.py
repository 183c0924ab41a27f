"""What people wrote to the bot in messages: where each was answered, what became of it, and the entries it brought.

It is looked at when a message is edited or deleted (docs/explanation/what-people-write.md, Edited and deleted).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import ANSWERS, Fate, MessageKind, MessageStage
from models.records.action_state import taken_back, void_entries
from models.storage.history_tables import Outcome, Replan, SaidMessage, Update
from models.storage.scope import workspace_of
from models.storage.tables import Action


def message_name(channel: str, ts: str) -> str:
    """Return the name of a message: its conversation, and its stamp there."""
    return f"{channel}/{ts}"


def note_said(
    session: Session,
    message: str,
    became: Fate,
    now: datetime,
    counted: tuple[MessageKind, MessageStage] | None = None,
) -> None:
    """Note what became of a message; of one that was read before, what became of it now.

    `counted`: as what a new one is counted (`models.records.message_counts`).
    """
    row = said_message(session, message)
    if row is None:
        row = SaidMessage(workspace_id=workspace_of(session), message=message, became=became, at=now)
        row.kind, row.stage = counted or (None, None)
        session.add(row)
    row.became = became
    session.flush()


def note_answered(session: Session, message: str, answer: str) -> None:
    """Note which message answers one that is known."""
    row = said_message(session, message)
    if row is not None:
        row.answer = answer


def said_message(session: Session, message: str) -> SaidMessage | None:
    """Return what is known of a message; None where nothing is, or not any more."""
    return session.scalars(select(SaidMessage).where(SaidMessage.message == message)).first()


def message_answered_in(session: Session, answer: str) -> SaidMessage | None:
    """Return the message that another one answers."""
    return session.scalars(select(SaidMessage).where(SaidMessage.answer == answer).limit(1)).first()


def entries_from(session: Session, message: str) -> tuple[Sequence[Update], Sequence[Update]]:
    """Return the answers that a message brought: those that count, and those that were taken back or put right."""
    answers = select(Update).where(Update.message == message, Update.kind.in_(ANSWERS)).order_by(Update.id)
    rows = session.scalars(answers).all()
    beside = select(Update).where(Update.action_id.in_({row.action_id for row in rows}))
    void = void_entries(session.scalars(beside).all()) if rows else set()
    return [row for row in rows if row.id not in void], [row for row in rows if row.id in void]


def decisions_from(session: Session, message: str) -> list[Outcome | Replan]:
    """Return the outcomes and re-plans that a message brought and that count; of the whole, not of its parts."""
    found: list[Outcome | Replan] = []
    for table in (Outcome, Replan):
        found += session.scalars(select(table).where(table.message == message).order_by(table.id))
    found = [row for row in found if not isinstance(row, Replan) or row.outcome_id is None]
    ids = {row.action_id for row in found}
    beside = session.scalars(select(Update).where(Update.action_id.in_(ids))).all() if ids else ()
    outcomes, moves = taken_back(beside)
    wholes = dict(session.execute(select(Action.id, Action.parent_id).where(Action.id.in_(ids))).all()) if ids else {}
    return [
        row
        for row in found
        if row.id not in (outcomes if isinstance(row, Outcome) else moves) and wholes.get(row.action_id) not in ids
    ]
