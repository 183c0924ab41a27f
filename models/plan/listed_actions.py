"""Actions as lists sort and count them: narrow rows, without their words and without their history.

What an answer shows of them is read for the page that is shown (`models.plan.queries.views_listed`), so that an answer
costs what it shows, however long the plan's history is.
"""

import functools
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, String, bindparam, cast, exists, func, literal, or_, select, type_coerce
from sqlalchemy.orm import Session

from models.plan.action_filter import ActionFilter, ActionUnit, conditions
from models.records.partner_parts import PartFacts, parts_by_action
from models.rules.facts import ActionFacts, BoardCalendar
from models.rules.owed import is_overdue, missed_among, missed_at
from models.storage.base import core_table
from models.storage.bulk import is_among, numbers_given, plain_rows
from models.storage.history_tables import Outcome, Replan
from models.storage.tables import Action, ActionPriority, Post, Priority


class ListedAction(NamedTuple):
    """One action in a list.

    Of `facts.outcome_meetings` it has its due meeting alone, and in place of `facts.due_moves` the meetings missed
    where it is overdue: what the rules ask for where they sort and count.
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
_outcome, _replan = (core_table(one).c for one in (Outcome, Replan))
_made, _later = (core_table(Outcome).alias().c for _ in range(2))
_PART = core_table(Action).alias().c
_FACTS = ActionFacts._fields[: ActionFacts._fields.index("has_parts")]
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
    .where(_outcome.meeting_id == _action.due_meeting_id, _outcome.action_id == _action.id)
    .label("decided_when_due")
)
_LISTED = (
    select(
        *(_action[name] for name in _FACTS),
        HAS_PARTS,
        DECIDED,
        exists().where(_replan.action_id == _action.id).label("moved"),
        SERVED,
        _action.position,
        _action.first_due_meeting_id,
        _post.title,
    )
    .select_from(core_table(Action).outerjoin(core_table(Post), _post.id == _action.lead_post_id))
    .where(_action.workspace_id == bindparam("workspace"))
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
    calendars: Mapping[int, BoardCalendar],
    now: datetime,
    *,
    moves: bool = True,
) -> list[ListedAction]:
    """Return actions in the order of the plan.

    `moves`: with the re-plans of those that are overdue, by which they are sorted and shown; not needed to count them.
    """
    given = which.given
    rows = plain_rows(session, _statement(frozenset(given), unit), {"workspace": workspace_id, **given})
    width = len(_FACTS)
    wholes = [row[0] for row in rows if row[width]]
    parts = parts_by_action(session, wholes) if wholes else {}
    found: list[ListedAction] = []
    late: dict[int, int | None] = {}
    for row in rows:
        has_parts, decided, moved, served, position, first_due, title = row[width:]
        numbers, themes = priorities_served(served)
        columns: tuple[Any, ...] = (*row[:width], has_parts, themes)
        facts = ActionFacts(*columns)
        if facts.due_meeting_id is not None:
            facts = facts._replace(
                due_date=None, outcome_meetings=frozenset((facts.due_meeting_id,)) if decided else frozenset()
            )
        calendar = calendars.get(facts.board_id or 0)
        if moves and moved and calendar is not None and is_overdue(facts, calendar, now):
            late[len(found)] = first_due
        found.append(ListedAction(facts, position, title or "", numbers, parts.get(facts.id, ())))
    if late:
        their = _moves(session, [found[at].facts.id for at in late])
        for at, first_due in late.items():
            facts = found[at].facts
            facts = _with_missed(facts, their.get(facts.id, ""), first_due, calendars, now)
            found[at] = found[at]._replace(facts=facts)
    return found


_VOIDED = exists().where(
    _made.id == _replan.outcome_id,
    _later.meeting_id == _made.meeting_id,
    _later.action_id == _made.action_id,
    _later.id > _made.id,
)
"""Of several outcomes for one meeting the latest counts, and only its own re-plan."""


_WIDE = 10**12
"""Added to the number of a re-plan, so that its text is as long as any other's and sorts as the number does."""


@lru_cache
def _moves_statement(dialect: str) -> Select[Any]:
    """Return the statement for the re-plans of many actions: one row each, since there may be very many re-plans."""
    at: Any = type_coerce(_replan.at, String)
    if dialect == "postgresql":
        at = func.to_char(func.timezone("UTC", _replan.at), "YYYY-MM-DD HH24:MI:SS.US")
    ends = (func.coalesce(cast(column, String), "") for column in (_replan.to_meeting_id, _replan.from_meeting_id))
    one = functools.reduce(
        lambda said, more: said + "|" + more,
        ends,
        cast(cast(_replan.id, BigInteger) + literal(_WIDE, BigInteger), String) + "|" + at,
    )
    return (
        select(_replan.action_id, func.aggregate_strings(one, ","))
        .where(is_among(_replan.action_id, "chosen", dialect), or_(_replan.outcome_id.is_(None), ~_VOIDED))
        .group_by(_replan.action_id)
    )


def _moves(session: Session, action_ids: Sequence[int]) -> dict[int, str]:
    statement = _moves_statement(session.get_bind().dialect.name)
    rows = plain_rows(session, statement, numbers_given(session, "chosen", action_ids))
    return dict(map(tuple, rows))


def _with_missed(
    facts: ActionFacts, said: str, first_due: int | None, calendars: Mapping[int, BoardCalendar], now: datetime
) -> ActionFacts:
    """Return an action's facts with the meetings missed; `said`: its re-plans, as `_moves` reads them.

    They stay texts, since there may be very many: what is made of each costs more than to count them.
    """
    own = calendars[facts.board_id or 0]
    moved: list[str] = []
    dues: list[int | None] = []
    due = first_due
    for move in sorted(said.split(",")) if said else ():
        _, at, to_meeting, from_meeting = move.split("|")
        moved.append(at)
        dues.append(due if dues or from_meeting else None)
        due = int(to_meeting) if to_meeting else None
    missed = missed_among(facts, own, now, own.starts_in_utc, moved, dues)
    if any(meeting is not None and meeting not in own.by_id for meeting in dues):
        moves = tuple(
            (datetime.fromisoformat(at).replace(tzinfo=UTC), due) for at, due in zip(moved, dues, strict=True)
        )
        missed += with_missed_before(facts._replace(due_moves=moves), calendars).missed_before
    return facts._replace(missed=0 if facts.due_date is not None else missed)


def due_moves(first_due: int | None, moves: Sequence[Any]) -> tuple[tuple[datetime, int | None], ...]:
    """Return when an action was re-planned and from which meeting, of the re-plans that count, oldest first."""
    had_none = bool(moves) and moves[0].from_meeting_id is None
    before = [None if had_none else first_due, *(move.to_meeting_id for move in moves)]
    return tuple((move.at, meeting) for move, meeting in zip(moves, before, strict=False))


def with_missed_before(facts: ActionFacts, calendars: Mapping[int, BoardCalendar]) -> ActionFacts:
    """Return an action's facts with what was missed at boards that kept it before; few actions change their board."""
    own = calendars.get(facts.board_id or 0)
    known = own.by_id if own is not None else {}
    if all(meeting is None or meeting in known for _, meeting in facts.due_moves):
        return facts
    # Its last move away from a board bounds what counts there, and that is over: any later instant will do.
    until = max(at for at, _ in facts.due_moves)
    others = (calendar for board_id, calendar in calendars.items() if board_id != facts.board_id)
    return facts._replace(missed_before=sum(missed_at(facts, calendar, until) for calendar in others))
