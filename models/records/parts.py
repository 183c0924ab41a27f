"""An action for all partners: one action, and a part of it for each organisation that is to answer.

Parts are asked, answered and owed as any board action. The action itself is never asked about; where it stands is
worked out from its parts, and it alone is counted.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from models.enums import OPEN, RATINGS, Status
from models.storage.tables import Action, Organisation

DONE = frozenset({Status.PROPOSED, Status.COMPLETE})
"""What counts as done in "5 of 8 done": the partner says so, or the board has agreed already."""
LONG_NAME = 30
"""A longer name of an organisation gives way to a shorter one it is known by."""


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One organisation's part. `organisation`: how it is called in a list."""

    id: int
    ref: str
    organisation: str
    status: Status

    @property
    def is_done(self) -> bool:
        """Done as far as the partner is concerned, or agreed by the board."""
        return self.status in DONE


def wanted(parts: Sequence[PartFacts]) -> list[PartFacts]:
    """The parts that count: those the board did not close without their being done."""
    return [part for part in parts if part.status is not Status.CLOSED_NOT_DONE]


def short_name(organisation: Organisation) -> str:
    """How an organisation is called in a list: its name, or a shorter one where that is long."""
    if len(organisation.name) <= LONG_NAME:
        return organisation.name
    return min((str(alias) for alias in organisation.aliases), key=len, default=organisation.name)


def parts_of(session: Session, action: Action) -> list[Action]:
    """The parts of an action for all partners, in order; none for any other action."""
    return list(
        session.scalars(
            select(Action)
            .where(Action.workspace_id == action.workspace_id, Action.parent_id == action.id)
            .order_by(Action.position, Action.id)
        )
    )


_PARTS = (
    select(Action, Organisation)
    .outerjoin(Organisation, Organisation.id == Action.partner_id)
    .where(Action.workspace_id == bindparam("workspace"))
    .order_by(Action.position, Action.id)
)
_PARTS_OF = _PARTS.where(Action.parent_id.in_(bindparam("chosen", expanding=True)))


def parts_by_action(
    session: Session, workspace_id: str, chosen: Select[Any] | Sequence[int]
) -> dict[int, tuple[PartFacts, ...]]:
    """The parts of those of some actions that have any, in order."""
    found: dict[int, list[PartFacts]] = defaultdict(list)
    if isinstance(chosen, Select):
        rows = session.execute(_PARTS.where(Action.parent_id.in_(chosen)), {"workspace": workspace_id})
    else:
        rows = session.execute(_PARTS_OF, {"workspace": workspace_id, "chosen": chosen})
    for row, organisation in rows:
        name = short_name(organisation) if organisation is not None else row.ref
        found[row.parent_id or 0].append(PartFacts(row.id, row.ref, name, row.status))
    return {action_id: tuple(parts) for action_id, parts in found.items()}


def standing_of_parts(own: Status, parts: Sequence[Status]) -> tuple[Status, Status]:
    """What an action's own entries make of it, and where its parts stand, in; its status and its last rating out.

    1. What the board closed is closed. 2. With every part done it is proposed for closure. 3. Otherwise it is rated as
    the worst of the partners who have said anything; not started while none has.
    """
    said = [status for status in parts if status in RATINGS and status is not Status.NOT_STARTED]
    some_done = any(status in DONE for status in parts)
    rating = next(
        (status for status in (Status.OFF_TRACK, Status.SOME_ISSUES, Status.ON_TRACK) if status in said),
        Status.ON_TRACK if some_done else Status.NOT_STARTED,
    )
    if own not in OPEN:
        return own, rating
    counted = [status for status in parts if status is not Status.CLOSED_NOT_DONE]
    all_done = bool(counted) and all(status in DONE for status in counted)
    return (Status.PROPOSED if all_done else rating), rating
