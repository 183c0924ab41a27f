"""Read the parts of an action for all partners: one part for each organisation that is to answer.

Parts are asked, answered and owed as any board action. The action itself is never asked about; its state is derived
from its parts, and it alone is counted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.enums import OPEN, RATINGS, Status
from models.storage.tables import Action, Organisation

DONE_STATUSES = frozenset({Status.PROPOSED, Status.COMPLETE})
"""What counts as done in "5 of 8 done": the partner says so, or the board has agreed already."""
_LONG_NAME = 30
"""A longer name of an organisation gives way to a shorter one it is known by, in characters."""


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One organisation's part. `organisation`: its name in a list."""

    id: int
    ref: str
    organisation: str
    status: Status

    @property
    def is_done(self) -> bool:
        """Whether the partner says it is done, or the board has agreed."""
        return self.status in DONE_STATUSES


def counting_parts(parts: Sequence[PartFacts]) -> list[PartFacts]:
    """Return the parts that count: those the board did not close as not done."""
    return [part for part in parts if part.status is not Status.CLOSED_NOT_DONE]


def short_name(name: str, aliases: Iterable[object], longest: int = _LONG_NAME) -> str:
    """Return an organisation's name for a list: the shortest it is known by where its name is longer than `longest`."""
    return name if len(name) <= longest else min((name, *map(str, aliases)), key=len)


def parts_of_action(session: Session, action: Action) -> list[Action]:
    """Return the parts of an action for all partners, in order; empty for any other action."""
    return list(
        session.scalars(select(Action).where(Action.parent_id == action.id).order_by(Action.position, Action.id))
    )


_PARTS = (
    select(Action, Organisation)
    .outerjoin(Organisation, Organisation.id == Action.partner_id)
    .where(Action.parent_id.in_(bindparam("chosen", expanding=True)))
    .order_by(Action.position, Action.id)
)


def parts_by_action(session: Session, action_ids: Collection[int]) -> dict[int, tuple[PartFacts, ...]]:
    """Return the parts of those actions that have any, in order, by action."""
    found: dict[int, list[PartFacts]] = defaultdict(list)
    for row, organisation in session.execute(_PARTS, {"chosen": action_ids}):
        name = short_name(organisation.name, organisation.aliases) if organisation is not None else row.ref
        found[row.parent_id or 0].append(PartFacts(row.id, row.ref, name, row.status))
    return {action_id: tuple(parts) for action_id, parts in found.items()}


def state_of_parts(own: Status, parts: Sequence[Status]) -> tuple[Status, Status]:
    """Return the status and the last rating of an action for all partners.

    1. What the board closed is closed. 2. With every part done it is proposed for closure. 3. Otherwise it is rated as
    the worst of the partners who have said anything; not started while none has.

    Args:
        own: the status that the action's own entries give it.
        parts: the statuses of its parts.
    """
    said = [status for status in parts if status in RATINGS and status is not Status.NOT_STARTED]
    some_done = any(status in DONE_STATUSES for status in parts)
    rating = next(
        (status for status in (Status.OFF_TRACK, Status.SOME_ISSUES, Status.ON_TRACK) if status in said),
        Status.ON_TRACK if some_done else Status.NOT_STARTED,
    )
    if own not in OPEN:
        return own, rating
    counted = [status for status in parts if status is not Status.CLOSED_NOT_DONE]
    all_done = bool(counted) and all(status in DONE_STATUSES for status in counted)
    return (Status.PROPOSED if all_done else rating), rating
