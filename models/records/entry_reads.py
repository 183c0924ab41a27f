"""Reads of the history's rows, as they were written."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import AnswerKind
from models.storage.history_tables import Outcome, Replan, SignedRow, Update, is_standing
from models.storage.tables import Action


def updates_of_action(session: Session, action_id: int, since: Update | None = None) -> Sequence[Update]:
    """Return an action's updates in the order they were written, or one of them and those after it."""
    wanted = select(Update).where(Update.action_id == action_id)
    if since is not None:
        wanted = wanted.where(Update.id >= since.id)
    return session.scalars(wanted.order_by(Update.id)).all()


def latest_update(
    session: Session, action_id: int, kinds: Collection[AnswerKind] | None = None, since: datetime | None = None
) -> Update | None:
    """Return an action's latest update, of some kinds and not older than an instant where they are given."""
    wanted = select(Update).where(Update.action_id == action_id)
    if since is not None:
        wanted = wanted.where(Update.at >= since)
    if kinds is not None:
        wanted = wanted.where(Update.kind.in_(kinds))
    return session.scalars(wanted.order_by(Update.id.desc()).limit(1)).first()


def words_on_record(session: Session, words: Collection[str]) -> frozenset[str]:
    """Return those of some words that are on record already: of an action, an update, or a reason."""
    columns = (Action.words, Action.first_words, Update.words, Outcome.reason, Replan.reason)
    return frozenset(
        one for column in columns for one in session.scalars(select(column).where(column.in_(words))) if one
    )


_Entry = TypeVar("_Entry", bound=SignedRow)
MOST_LATELY = 500
"""Entries that are looked through for somebody's last: no index leads to what is new."""


def recorded_since(session: Session, table: type[_Entry], since: datetime) -> list[_Entry]:
    """Return what was recorded in a table since an instant, the latest first; of very much, the latest."""
    latest = session.scalars(select(table).order_by(table.id.desc()).limit(MOST_LATELY))
    return [row for row in latest if row.at >= since]


def latest_outcome(session: Session, action_id: int) -> Outcome | None:
    """Return what a board decided last on an action, and was not taken back."""
    wanted = select(Outcome).where(Outcome.action_id == action_id, is_standing(Outcome.id))
    return session.scalars(wanted.order_by(Outcome.id.desc()).limit(1)).first()


def outcomes_of_actions(session: Session, action_ids: Iterable[int]) -> Sequence[Outcome]:
    """Return every outcome of some actions that was not taken back."""
    wanted = select(Outcome).where(Outcome.action_id.in_(set(action_ids)), is_standing(Outcome.id))
    return session.scalars(wanted).all()


def outcomes_at_meeting(session: Session, meeting_id: int) -> Sequence[Outcome]:
    """Return every outcome that a meeting decided and that was not taken back."""
    wanted = select(Outcome).where(Outcome.meeting_id == meeting_id, is_standing(Outcome.id))
    return session.scalars(wanted).all()


def outcome_by_id(session: Session, number: int) -> Outcome | None:
    """Return an outcome by its number."""
    return session.get(Outcome, number)


def update_by_id(session: Session, number: int) -> Update | None:
    """Return an update by its number."""
    return session.get(Update, number)


def replan_by_id(session: Session, number: int) -> Replan | None:
    """Return a re-plan by its number."""
    return session.get(Replan, number)


def action_of_update(session: Session, entry: Update) -> Action:
    """Return the action that an update is about."""
    return session.get_one(Action, entry.action_id)
