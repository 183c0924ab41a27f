"""Which actions a pass reads: sorts of action, each found by an index of its own.

A plan may be very large, and most of its actions make no difference to a pass.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, literal_column, select, union
from sqlalchemy.orm import Session

from models.enums import ABOUT_ACTIONS, OPEN, Kind, NotificationState, Status
from models.plan.planning_reads import action_facts
from models.rules.facts import ActionFacts
from models.storage.history_tables import Outcome, is_standing
from models.storage.notification_tables import Notification
from models.storage.tables import Action


class ActionSort(Enum):
    """A sort of action that some rule looks at. All but the first two are open actions of boards that were started."""

    DECIDED_ON = auto()
    """With an outcome at one of some meetings."""
    SPOKEN_OF = auto()
    """Something still to be said is about it."""
    TO_FOLLOW = auto()
    DATED = auto()
    """Due on a date, from a day on."""
    DUE_AT = auto()
    """Due at one of some meetings."""
    STANDING = auto()
    PROPOSED = auto()
    LED = auto()
    """Led by one of some posts."""
    OF_BOARDS = auto()
    """Kept by one of some boards that ask about everything."""
    ANY = auto()


class Candidates(NamedTuple):
    """Actions of one sort that some rule looks at: those of one meeting, post or board, or due since a day."""

    sort: ActionSort
    of: int = 0
    since: date = date.max


def _ids(sort: ActionSort) -> BindParameter[Any]:
    return bindparam(sort.name, expanding=True)


_OPEN = select(Action.id).where(
    Action.board_id.in_(bindparam("started", expanding=True)),
    Action.status.in_(OPEN),
)
_SORTS: Mapping[ActionSort, Any] = {
    ActionSort.DECIDED_ON: select(Outcome.action_id).where(
        Outcome.meeting_id.in_(_ids(ActionSort.DECIDED_ON)), is_standing(Outcome.id)
    ),
    ActionSort.SPOKEN_OF: select(Notification.subject).where(
        Notification.state == NotificationState.OPEN,
        Notification.kind.in_(ABOUT_ACTIONS),
    ),
    ActionSort.TO_FOLLOW: _OPEN.where(Action.follow_by.is_not(None)),
    ActionSort.DATED: _OPEN.where(Action.due_date >= bindparam("since")),
    ActionSort.DUE_AT: _OPEN.where(Action.due_meeting_id.in_(_ids(ActionSort.DUE_AT))),
    # Written into the query, not beside it: only so does SQLite find these few by their indexes.
    ActionSort.STANDING: _OPEN.where(Action.kind == literal_column(f"'{Kind.STANDING.value}'")),
    # Every ref is longer than "": that one is looked at keeps SQLite from going through another index, which has all
    # the other columns and every action of the board.
    ActionSort.PROPOSED: _OPEN.where(
        Action.status == literal_column(f"'{Status.PROPOSED.value}'"), Action.ref != literal_column("''")
    ),
    ActionSort.LED: _OPEN.where(Action.lead_post_id.in_(_ids(ActionSort.LED))),
    ActionSort.OF_BOARDS: _OPEN.where(Action.board_id.in_(_ids(ActionSort.OF_BOARDS))),
    ActionSort.ANY: _OPEN,
}
_ALL_THAT_FOLLOW = and_(Action.follow_by.is_not(None), Action.status.in_(OPEN))


def read_candidates(
    session: Session, wanted: Collection[Candidates], started: Sequence[int]
) -> tuple[ActionFacts, ...]:
    """Return the actions that are wanted; `started`: the boards that were."""
    if not wanted:
        return ()
    ids: dict[ActionSort, set[int]] = defaultdict(set)
    for one in wanted:
        ids[one.sort].add(one.of)
    given = {"started": started, "since": min(one.since for one in wanted)}
    given |= {sort.name: sorted(of) for sort, of in ids.items()}
    return tuple(action_facts(session, _is_one_of(frozenset(ids)), given=given))


def read_following(session: Session) -> tuple[ActionFacts, ...]:
    """Return every open action of which an update is to follow."""
    return tuple(action_facts(session, _ALL_THAT_FOLLOW))


@lru_cache(maxsize=256)
def _is_one_of(sorts: frozenset[ActionSort]) -> ColumnElement[bool]:
    """Return the condition that an action is of one of some sorts; cached, since the same few recur."""
    return Action.id.in_(union(*(statement for sort, statement in _SORTS.items() if sort in sorts)))
