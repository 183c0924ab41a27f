"""Which actions a read is about, in plain values: the statements stay in `models`."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select

from models.enums import OPEN
from models.storage.base import core_table
from models.storage.history_tables import Outcome, is_standing
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

    @property
    def given(self) -> dict[str, Any]:
        """What is given, by field: the parameters of its conditions."""
        values = {name: getattr(self, name) for name in _FIELDS}
        return {
            name: tuple(value) if isinstance(value, Collection) else value
            for name, value in values.items()
            if value is not None and value is not False
        }


_FIELDS = tuple(field.name for field in fields(ActionFilter))
_action, _part = core_table(Action).c, core_table(Action).alias().c
_outcome, _serves = core_table(Outcome).c, core_table(ActionPriority).c


def conditions(given: Collection[str], unit: ActionUnit) -> list[ColumnElement[bool]]:
    """Return what a statement of SQLAlchemy Core asks for, for filters in which these fields are given."""

    def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
        return column.in_(bindparam(name, expanding=True))

    found: list[ColumnElement[bool]] = []
    if unit is ActionUnit.COUNTED:
        found.append(_action.parent_id.is_(None))
    elif unit is ActionUnit.ANSWERED:
        found.append(_action.id.not_in(select(_part.parent_id).where(_part.parent_id.is_not(None))))
    if "board_id" in given:
        decided = select(_outcome.action_id).where(
            _outcome.meeting_id == bindparam("or_decided_at"), is_standing(_outcome.id)
        )
        kept = _action.board_id == bindparam("board_id")
        found.append(or_(kept, _action.id.in_(decided)) if "or_decided_at" in given else kept)
    serving = {
        "priority_ids": _action.id.in_(select(_serves.action_id).where(among(_serves.priority_id, "priority_ids"))),
        "theme_ids": among(_action.theme_id, "theme_ids"),
    }
    if any(name in given for name in serving):
        found.append(or_(*(condition for name, condition in serving.items() if name in given)))
    each = {
        "ids": among(_action.id, "ids"),
        "refs": among(_action.ref, "refs"),
        "lead_posts": among(_action.lead_post_id, "lead_posts"),
        "due_meeting_id": _action.due_meeting_id == bindparam("due_meeting_id"),
        "parent_id": _action.parent_id == bindparam("parent_id"),
        "open_only": _action.status.in_(OPEN),
    }
    return [*found, *(condition for name, condition in each.items() if name in given)]


EVERY_ACTION = ActionFilter()
EVERY_OPEN_ACTION = ActionFilter(open_only=True)
