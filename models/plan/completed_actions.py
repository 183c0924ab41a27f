"""Reads which actions a board has closed as complete, and what they serve."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import Status
from models.storage.tables import Action, ActionPriority


class CompletedAction(NamedTuple):
    """An action that is complete: when it was closed, and the theme or priorities that it serves."""

    ref: str
    closed_at: datetime
    theme_id: int | None
    priority_ids: frozenset[int]


def completed_actions(session: Session, board_id: int = 0) -> list[CompletedAction]:
    """Return the complete actions of the plan or a board, as printed; parts of one for all partners are left out."""
    wanted = (
        select(Action.id, Action.ref, Action.closed_at, Action.theme_id, ActionPriority.priority_id)
        .outerjoin(ActionPriority, ActionPriority.action_id == Action.id)
        .where(Action.status == Status.COMPLETE, Action.closed_at.is_not(None), Action.parent_id.is_(None))
        .order_by(Action.position, Action.id)
    )
    if board_id:
        wanted = wanted.where(Action.board_id == board_id)
    found: dict[int, CompletedAction] = {}
    for number, ref, closed_at, theme_id, priority_id in session.execute(wanted):
        before = found.get(number)
        serves = (before.priority_ids if before else frozenset()) | ({priority_id} if priority_id else frozenset())
        if closed_at is not None:
            found[number] = CompletedAction(ref, closed_at, theme_id, frozenset(serves))
    return list(found.values())
