"""Actions as lists sort and count them: narrow rows, without their words and without their history.

What an answer shows of them is read for the page that is shown (`models.plan.queries.views_listed`), so that an answer
costs what it shows, however long the plan's history is.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, cast, exists, func, select
from sqlalchemy.orm import Session

from models.plan.action_filter import ActionFilter, ActionUnit, conditions
from models.records.partner_parts import PartFacts, parts_by_action
from models.rules.facts import ActionFacts
from models.storage.base import core_table
from models.storage.bulk import plain_rows
from models.storage.history_tables import Outcome, is_standing
from models.storage.scope import is_seen, seen_in
from models.storage.tables import Action, ActionPriority, Post, Priority


class ListedAction(NamedTuple):
    """One action in a list.

    Of `facts.outcome_meetings` it has its due meeting alone: what the rules ask for where they sort and count.
    """

    facts: ActionFacts
    position: int
    lead_title: str
    """The title of the post that leads; "" where none does."""
    priority_numbers: tuple[int, ...]
    parts: tuple[PartFacts, ...]
    """What each organisation is to do, where this is an action for all partners."""

    @property
    def ref(self) -> str:
        """The ref as printed."""
        return self.facts.ref


_action, _post, _priority, _serves = (core_table(one).c for one in (Action, Post, Priority, ActionPriority))
_outcome = core_table(Outcome).c
_PART = core_table(Action).alias().c
_FACTS = ActionFacts._fields[: ActionFacts._fields.index("has_parts")]
_DUE_MEETING, _DUE_DATE = (_FACTS.index(name) for name in ("due_meeting_id", "due_date"))
_NOTHING: frozenset[int] = frozenset()
SERVED = (
    select(
        func.aggregate_strings(
            cast(_priority.number, String) + ":" + func.coalesce(cast(_priority.theme_id, String), ""), ","
        )
    )
    .select_from(core_table(ActionPriority).join(core_table(Priority), _priority.id == _serves.priority_id))
    .where(_serves.action_id == _action.id)
    .scalar_subquery()
    .label("served")
)
"""The numbers and themes of the priorities an action serves, as one value (`priorities_served`)."""
HAS_PARTS = exists().where(_PART.parent_id == _action.id).label("has_parts")
DECIDED = (
    exists()
    .where(_outcome.meeting_id == _action.due_meeting_id, _outcome.action_id == _action.id, is_standing(_outcome.id))
    .label("decided_when_due")
)
_LISTED = (
    select(
        *(_action[name] for name in _FACTS),
        HAS_PARTS,
        DECIDED,
        SERVED,
        _action.position,
        _post.title,
    )
    .select_from(core_table(Action).outerjoin(core_table(Post), _post.id == _action.lead_post_id))
    .where(is_seen(_action))
    .order_by(_action.position, _action.id)
)


@lru_cache
def _statement(given: frozenset[str], unit: ActionUnit) -> Select[Any]:
    """Return the statement for filters in which these fields are given: to build it takes longer than to run it."""
    return _LISTED.where(*conditions(given, unit))


@lru_cache(maxsize=512)
def priorities_served(served: str | None) -> tuple[tuple[int, ...], frozenset[int]]:
    """Return the priorities' numbers in order, and the themes they are of."""
    pairs = [one.split(":") for one in served.split(",")] if served else []
    return tuple(sorted(int(number) for number, _ in pairs)), frozenset(int(theme) for _, theme in pairs if theme)


def listed_actions(
    session: Session,
    workspace_id: str,
    which: ActionFilter,
    unit: ActionUnit,
) -> list[ListedAction]:
    """Return actions in the order of the plan."""
    given = which.given
    rows = plain_rows(session, _statement(frozenset(given), unit), {**seen_in(session, workspace_id), **given})
    width = len(_FACTS)
    wholes = [row[0] for row in rows if row[width]]
    parts = parts_by_action(session, wholes) if wholes else {}
    found: list[ListedAction] = []
    for row in rows:
        has_parts, decided, served, position, title = row[width:]
        numbers, themes = priorities_served(served)
        columns: list[Any] = [*row[:width], has_parts, themes, None]
        if (due := row[_DUE_MEETING]) is not None:
            columns[_DUE_DATE] = None
            columns.append(frozenset((due,)) if decided else _NOTHING)
        found.append(ListedAction(ActionFacts(*columns), position, title or "", numbers, parts.get(row[0], ())))
    return found
