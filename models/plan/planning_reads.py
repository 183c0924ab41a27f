"""What planning and claiming read of a plan: plain rows and only the columns that the rules look at.

A plan may be very large and a pass looks at it often, so nothing here makes objects of the ORM. The statements are put
together once: to build one and to work out its key takes longer than SQLite takes to answer it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from models.enums import Kind, Status
from models.plan.accounts import CLOSED
from models.records.history import counting_entries
from models.rules.facts import ActionFacts
from models.storage.base import core_table
from models.storage.bulk import BY_NUMBER, as_word, by_word, plain_rows
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import Action, ActionPriority, Person, Priority

_WHERE: BindParameter[str] = bindparam("workspace")
_CHOSEN: BindParameter[Any] = bindparam("chosen", expanding=True)

_action, _part = (table.c for table in (core_table(Action), core_table(Action).alias()))
_person = core_table(Person).c
_FACTS: Any = select(
    _action.id,
    _action.ref,
    as_word(_action.kind),
    as_word(_action.status),
    _action.board_id,
    _action.theme_id,
    _action.lead_post_id,
    _action.lead_in_question,
    _action.due_meeting_id,
    _action.due_date,
    _action.last_answer_at,
    _action.last_update_id,
    _action.follow_by,
    _action.reviewed_since,
    _action.closed_at,
    _action.parent_id,
    exists().where(_part.parent_id == _action.id).label("has_parts"),
).where(_action.workspace_id == _WHERE)
_OUTCOMES: Any = select(Outcome.action_id, Outcome.meeting_id).where(Outcome.workspace_id == _WHERE)
_OUTCOMES_OF: Any = _OUTCOMES.where(Outcome.action_id.in_(_CHOSEN))
_THEMES: Any = (
    select(ActionPriority.action_id, Priority.theme_id)
    .join(Priority, Priority.id == ActionPriority.priority_id)
    .where(Priority.workspace_id == _WHERE, Priority.theme_id.is_not(None))
)
_THEMES_OF: Any = _THEMES.where(ActionPriority.action_id.in_(_CHOSEN))
_ENTRIES = select(Update).where(Update.workspace_id == _WHERE).order_by(Update.id)
_ENTRIES_OF = _ENTRIES.where(Update.action_id.in_(_CHOSEN))
_MOVES = (
    select(Replan.action_id, Replan.at, Replan.from_meeting_id, Replan.outcome_id)
    .where(Replan.workspace_id == _WHERE, Replan.action_id.in_(_CHOSEN))
    .order_by(Replan.id)
)
_COUNTING = (
    select(Outcome.action_id, Outcome.meeting_id, Outcome.id)
    .where(Outcome.workspace_id == _WHERE, Outcome.action_id.in_(_CHOSEN))
    .order_by(Outcome.id)
)
_PEOPLE = (
    select(_person.id, _person.slack_user, _person.unreachable, _person.is_administrator, _person.administrator_until)
    .where(
        _person.workspace_id == _WHERE,
        or_(_person.slack_user != "", _person.unreachable != "", _person.is_administrator),
    )
    .order_by(_person.id)
)


@dataclass(frozen=True, slots=True)
class People:
    """Who can be written to, who is an administrator (first made first), and whose account was closed."""

    reachable: frozenset[int]
    administrators: tuple[int, ...]
    closed: frozenset[int]


def people(session: Session, workspace_id: str, day: date) -> People:
    """Return the people of a plan on a day."""
    rows = plain_rows(session, _PEOPLE, {"workspace": workspace_id})
    return People(
        reachable=frozenset(number for number, account, why, _, _ in rows if account and not why),
        administrators=tuple(number for number, _, _, is_one, until in rows if is_one and (not until or until >= day)),
        closed=frozenset(number for number, _, why, _, _ in rows if why == CLOSED),
    )


@lru_cache(maxsize=64)
def _facts_where(where: ColumnElement[bool]) -> Select[Any]:
    statement: Select[Any] = _FACTS.where(where).order_by(_action.id)
    return statement


def action_facts(
    session: Session,
    workspace_id: str,
    where: ColumnElement[bool],
    given: Mapping[str, Any] | None = None,
    moves: bool = False,
) -> list[ActionFacts]:
    """Return actions as the rules of `schedules` see them, by id."""
    named = {"workspace": workspace_id, **(given or {})}
    rows = plain_rows(session, _facts_where(where), named)
    if not rows:
        return []
    outcomes = _pairs(session, workspace_id, rows, _OUTCOMES_OF, _OUTCOMES)
    standing = [row for row in rows if row[2] == Kind.STANDING and row.theme_id is None]
    themes = _pairs(session, workspace_id, standing, _THEMES_OF, _THEMES)
    answers = _last_kinds(session, workspace_id, [row for row in rows if row.follow_by is not None])
    moved = _moves(session, workspace_id, [row.id for row in rows]) if moves else {}
    nothing: frozenset[int] = frozenset()
    kinds, statuses = by_word(Kind), by_word(Status)
    return [
        ActionFacts(
            id_,
            ref,
            kinds[kind],
            statuses[status],
            board,
            theme,
            themes.get(id_, nothing),
            lead,
            in_question,
            due_meeting,
            due_date if due_meeting is None else None,
            answered_at,
            answers.get(id_),
            follow_by,
            reviewed,
            outcomes.get(id_, nothing),
            moved.get(id_, ()),
            closed_at,
            parent,
            has_parts,
        )
        # Taken apart by place: by name it takes three times as long, and there may be very many.
        for (
            id_,
            ref,
            kind,
            status,
            board,
            theme,
            lead,
            in_question,
            due_meeting,
            due_date,
            answered_at,
            _,
            follow_by,
            reviewed,
            closed_at,
            parent,
            has_parts,
        ) in rows
    ]


def _pairs(
    session: Session, workspace_id: str, rows: Sequence[Row[Any]], few: Select[Any], all_: Select[Any]
) -> dict[int, frozenset[int]]:
    """Return what belongs to some actions, as sets by action: `few` for a few of them, else for all."""
    if not rows:
        return {}
    found: dict[int, set[int]] = defaultdict(set)
    given: dict[str, Any] = {"workspace": workspace_id}
    if len(rows) <= BY_NUMBER:
        statement, given = few, given | {"chosen": [row.id for row in rows]}
    else:
        statement = all_
    for action_id, other in session.execute(statement, given):
        found[action_id].add(other)
    return {action_id: frozenset(others) for action_id, others in found.items()}


def _last_kinds(session: Session, workspace_id: str, rows: Sequence[Row[Any]]) -> dict[int, Any]:
    """Return how the latest answer on some actions was given, where it still counts."""
    if not rows:
        return {}
    given: dict[str, Any] = {"workspace": workspace_id}
    statement = _ENTRIES
    if len(rows) <= BY_NUMBER:
        statement, given = _ENTRIES_OF, given | {"chosen": [row.id for row in rows]}
    entries: dict[int, list[Update]] = defaultdict(list)
    for entry in session.scalars(statement, given):
        entries[entry.action_id].append(entry)
    kinds = {}
    for row in rows:
        last = next((one for one in counting_entries(entries[row.id]) if one.id == row.last_update_id), None)
        kinds[row.id] = last.kind if last else None
    return kinds


def _moves(session: Session, workspace_id: str, action_ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Return when some actions were re-planned and from which meeting, leaving out voided outcomes."""
    found: dict[int, list[Any]] = defaultdict(list)
    for at in range(0, len(action_ids), BY_NUMBER):
        given = {"workspace": workspace_id, "chosen": action_ids[at : at + BY_NUMBER]}
        valid = {(action_id, meeting_id): number for action_id, meeting_id, number in session.execute(_COUNTING, given)}
        counting: Collection[int] = set(valid.values())
        for action_id, when, from_meeting, outcome_id in session.execute(_MOVES, given):
            if outcome_id is None or outcome_id in counting:
                found[action_id].append((when, from_meeting))
    return {action_id: tuple(moves) for action_id, moves in found.items()}
