"""Reads of actions as rows, and of what is counted by them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import OPEN, AnswerKind, Kind
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import Action


def open_actions_led_by(session: Session, workspace_id: str, post_id: int) -> list[Action]:
    """Return the open actions that a post leads, in the order of the plan."""
    wanted = select(Action).where(
        Action.workspace_id == workspace_id, Action.lead_post_id == post_id, Action.status.in_(OPEN)
    )
    return list(session.scalars(wanted.order_by(Action.position, Action.id)))


def open_actions_by_lead(session: Session, workspace_id: str) -> dict[int, int]:
    """Return how many open actions each post leads; posts that lead none are left out."""
    counted = (
        select(Action.lead_post_id, func.count())
        .where(Action.workspace_id == workspace_id, Action.status.in_(OPEN))
        .group_by(Action.lead_post_id)
    )
    return {post_id: many for post_id, many in session.execute(counted) if post_id is not None}


def actions_due_at(session: Session, workspace_id: str, meeting_id: int) -> list[Action]:
    """Return the open actions due at a meeting, in the order of the plan; standing commitments are never due."""
    wanted = select(Action).where(
        Action.workspace_id == workspace_id,
        Action.due_meeting_id == meeting_id,
        Action.status.in_(OPEN),
        Action.kind != Kind.STANDING,
    )
    return without_own_parts(session.scalars(wanted.order_by(Action.position, Action.id)).all())


def actions_that_lost_their_meeting(session: Session, workspace_id: str, board_id: int) -> list[Action]:
    """Return a board's open actions whose meeting was cancelled when no other was planned, in the order of the plan."""
    lost = select(Replan.action_id).where(Replan.workspace_id == workspace_id, Replan.to_meeting_id.is_(None))
    wanted = select(Action).where(
        Action.workspace_id == workspace_id,
        Action.board_id == board_id,
        Action.due_meeting_id.is_(None),
        Action.status.in_(OPEN),
        Action.kind != Kind.STANDING,
        Action.id.in_(lost),
    )
    return without_own_parts(session.scalars(wanted.order_by(Action.position)).all())


def without_own_parts(rows: Sequence[Action]) -> list[Action]:
    """Return actions without the parts of those among them that are for all partners: they move with the whole."""
    ids = {row.id for row in rows}
    return [row for row in rows if row.parent_id not in ids]


def actions_changed_since(session: Session, workspace_id: str, start: datetime) -> list[int]:
    """Return the numbers of the actions that something was recorded for since an instant, in the order of the plan."""
    found: set[int] = set()
    for table in (Update, Outcome, Replan):
        wanted = select(table.action_id).where(table.workspace_id == workspace_id, table.at >= start)
        if table is Update:
            wanted = wanted.where(Update.kind != AnswerKind.UNDO)
        found.update(session.scalars(wanted))
    rows = select(Action.id).where(Action.workspace_id == workspace_id, Action.id.in_(found))
    return list(session.scalars(rows.order_by(Action.position, Action.id)))


def any_action_of_board(session: Session, workspace_id: str, board_id: int) -> Action | None:
    """Return some action of a board; None where it has none."""
    wanted = select(Action).where(Action.workspace_id == workspace_id, Action.board_id == board_id)
    return session.scalars(wanted.limit(1)).first()
