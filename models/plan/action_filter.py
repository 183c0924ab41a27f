"""Which actions a read is about, in plain values: the statements stay in `models`."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from models.enums import OPEN
from models.storage.history_tables import Outcome
from models.storage.tables import Action, ActionPriority


class ActionUnit(Enum):
    """What stands for an action for all partners in a list."""

    EITHER = "either"
    COUNTED = "counted"
    """The whole, as actions are counted."""
    ANSWERED = "answered"
    """Each of its parts, as actions are asked about and answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFilter:
    """Which actions: those that every field given here holds for. A collection holds for what is in it.

    Attributes:
        ids: by number.
        refs: by ref, as printed.
        lead_posts: by the post that leads.
        board_id: by home board.
        or_decided_at: with `board_id` also what has an outcome of this meeting, whichever board keeps it now.
        due_meeting_id: by the meeting it is due at.
        parent_id: the parts of this action for all partners.
        priority_ids: what serves one of these priorities, or the whole of a theme among `theme_ids`.
        theme_ids: what serves the whole of one of these themes, or a priority among `priority_ids`.
        open_only: what is not closed.
    """

    ids: Collection[int] | None = None
    refs: Collection[str] | None = None
    lead_posts: Collection[int] | None = None
    board_id: int | None = None
    or_decided_at: int | None = None
    due_meeting_id: int | None = None
    parent_id: int | None = None
    priority_ids: Collection[int] | None = None
    theme_ids: Collection[int] | None = None
    open_only: bool = False

    def conditions(self, unit: ActionUnit = ActionUnit.EITHER) -> list[ColumnElement[bool]]:
        """Return what a statement about these actions asks for."""
        found: list[ColumnElement[bool]] = []
        if unit is ActionUnit.COUNTED:
            found.append(Action.parent_id.is_(None))
        elif unit is ActionUnit.ANSWERED:
            part = aliased(Action)
            wholes = select(part.parent_id).where(part.parent_id.is_not(None))
            found.append(Action.id.not_in(wholes))
        if self.ids is not None:
            found.append(Action.id.in_(self.ids))
        if self.refs is not None:
            found.append(Action.ref.in_(self.refs))
        if self.board_id is not None:
            found.append(self._of_board(self.board_id))
        if self.lead_posts is not None:
            found.append(Action.lead_post_id.in_(self.lead_posts))
        if self.due_meeting_id is not None:
            found.append(Action.due_meeting_id == self.due_meeting_id)
        if self.parent_id is not None:
            found.append(Action.parent_id == self.parent_id)
        if self.priority_ids is not None or self.theme_ids is not None:
            found.append(self._serving(self.priority_ids or (), self.theme_ids or ()))
        if self.open_only:
            found.append(Action.status.in_(OPEN))
        return found

    def _of_board(self, board_id: int) -> ColumnElement[bool]:
        if self.or_decided_at is None:
            return Action.board_id == board_id
        decided = select(Outcome.action_id).where(Outcome.meeting_id == self.or_decided_at)
        return or_(Action.board_id == board_id, Action.id.in_(decided))

    @staticmethod
    def _serving(priority_ids: Collection[int], theme_ids: Collection[int]) -> ColumnElement[bool]:
        by_priority = select(ActionPriority.action_id).where(ActionPriority.priority_id.in_(priority_ids))
        return or_(Action.id.in_(by_priority), Action.theme_id.in_(theme_ids))


EVERY_ACTION = ActionFilter()
EVERY_OPEN_ACTION = ActionFilter(open_only=True)
