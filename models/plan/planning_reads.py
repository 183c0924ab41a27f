"""What planning and claiming read of a plan, which may be very large: only the columns that the rules look at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from models.enums import AnswerKind, Kind
from models.records.action_state import counting_entries
from models.rules.facts import ActionFacts
from models.storage.base import core_table
from models.storage.bulk import is_among, numbers_given
from models.storage.history_tables import Outcome, Update, is_standing
from models.storage.tables import Action, ActionPriority, Priority

_part = core_table(Action).alias().c
_READ = ActionFacts._fields[: ActionFacts._fields.index("has_parts")]
_FACTS: Any = select(
    *(getattr(Action, name) for name in _READ), exists().where(_part.parent_id == Action.id), Action.last_update_id
).order_by(Action.id)
"""What `ActionFacts` begins with, in its order, and the number of the latest answer."""


def action_facts(
    session: Session, where: ColumnElement[bool], given: Mapping[str, Any] | None = None
) -> list[ActionFacts]:
    """Return actions as the rules of `schedules` see them, by id."""
    rows: Sequence[Any] = session.execute(_FACTS.where(where), given).all()
    # A row takes ten times as long to give a column by its name, and there may be very many.
    facts = [ActionFacts(*row[:-1]) for row in rows]
    ids = [one.id for one in facts]
    standing = [one.id for one in facts if one.kind is Kind.STANDING and one.theme_id is None]
    following = {one.id: row[-1] for one, row in zip(facts, rows, strict=True) if one.follow_by is not None}
    met = select(Outcome.action_id, Outcome.meeting_id).where(is_standing(Outcome.id))
    served = select(ActionPriority.action_id, Priority.theme_id).join(Priority)
    outcomes = _sets(session, ids, met, Outcome.action_id)
    themes = _sets(session, standing, served.where(Priority.theme_id.is_not(None)), ActionPriority.action_id)
    answers = _last_kinds(session, following)
    nothing: frozenset[int] = frozenset()
    return [
        one._replace(
            due_date=one.due_date if one.due_meeting_id is None else None,
            priority_theme_ids=themes.get(one.id, nothing),
            last_answer_kind=answers.get(one.id),
            outcome_meetings=outcomes.get(one.id, nothing),
        )
        for one in facts
    ]


def _belonging(session: Session, action_ids: Sequence[int], statement: Any, column: Any) -> Sequence[Any]:
    """Return the rows of a statement that belong to some actions, by the column that says to which."""
    if not action_ids:
        return ()
    chosen = statement.where(is_among(column, "chosen", session.get_bind().dialect.name))
    return session.execute(chosen, numbers_given(session, "chosen", action_ids)).all()


def _sets(session: Session, action_ids: Sequence[int], statement: Any, column: Any) -> dict[int, frozenset[int]]:
    """Return what belongs to some actions, as sets by action."""
    found: dict[int, set[int]] = defaultdict(set)
    for action_id, other in _belonging(session, action_ids, statement, column):
        found[action_id].add(other)
    return {action_id: frozenset(others) for action_id, others in found.items()}


def _last_kinds(session: Session, last_ids: Mapping[int, int | None]) -> dict[int, AnswerKind]:
    """Return how the latest answer on some actions was given, where it still counts; given are the answers' ids."""
    entries: dict[int, list[Update]] = defaultdict(list)
    for (entry,) in _belonging(session, list(last_ids), select(Update).order_by(Update.id), Update.action_id):
        entries[entry.action_id].append(entry)
    return {
        action_id: entry.kind
        for action_id, mine in entries.items()
        for entry in counting_entries(mine)
        if entry.id == last_ids[action_id]
    }
