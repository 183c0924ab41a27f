"""What belongs to some actions: their entries, outcomes, re-plans and priorities, read in one statement."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Integer, String, cast, literal_column, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from models.enums import AnswerKind, OutcomeKind
from models.storage.bulk import is_among, numbers_given, plain_rows
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import ActionPriority, Meeting, Priority


class EntryRow(NamedTuple):
    """One entry (`models.storage.history_tables.Update`), as far as it is shown."""

    id: int
    at: datetime
    kind: AnswerKind
    words: str
    signature: str
    redaction: str
    withheld: str
    undoes_id: int | None
    corrects_id: int | None


class OutcomeRow(NamedTuple):
    """One outcome, as far as it is shown."""

    id: int
    at: datetime
    kind: OutcomeKind
    reason: str
    signature: str
    meeting_id: int


class ReplanRow(NamedTuple):
    """One re-plan, and the board of the meeting it leads to."""

    at: datetime
    from_meeting_id: int | None
    to_meeting_id: int | None
    to_board_id: int | None
    outcome_id: int | None


@dataclass(slots=True)
class Belongings:
    """What belongs to one action, oldest first. `priorities`: number and theme of each, by number."""

    entries: list[EntryRow] = field(default_factory=list)
    outcomes: list[OutcomeRow] = field(default_factory=list)
    replans: list[ReplanRow] = field(default_factory=list)
    priorities: list[tuple[int, int | None]] = field(default_factory=list)


_ENTRY, _OUTCOME, _REPLAN, _PRIORITY = range(4)


@lru_cache
def _statement(dialect: str) -> CompoundSelect[Any]:
    """Return the one statement: each costs more than its rows. The sort of a row says what its columns hold."""
    no_words: Any = literal_column("''")
    no_number: Any = cast(null(), Integer)

    def rows(sort: int, action_id: Any, *columns: Any) -> Any:
        named = [column.label(f"c{place}") for place, column in enumerate(columns)]
        chosen = is_among(action_id, "chosen", dialect)
        return select(literal_column(str(sort)).label("sort"), action_id.label("action_id"), *named).where(chosen)

    entries: list[Any] = [Update.id, Update.at, type_coerce(Update.kind, String), Update.words, Update.signature]
    entries += [Update.redaction, Update.withheld, Update.undoes_id, Update.corrects_id, no_number, no_number]
    outcomes: list[Any] = [Outcome.id, Outcome.at, type_coerce(Outcome.kind, String), Outcome.reason, Outcome.signature]
    outcomes += [no_words, no_words, Outcome.meeting_id, no_number, no_number, no_number]
    replans: list[Any] = [Replan.id, Replan.at, *[no_words] * 5, Replan.from_meeting_id, Replan.to_meeting_id]
    replans += [Meeting.board_id, Replan.outcome_id]
    priorities: list[Any] = [Priority.number, null(), *[no_words] * 5, Priority.theme_id, *[no_number] * 3]
    return union_all(
        rows(_ENTRY, Update.action_id, *entries),
        rows(_OUTCOME, Outcome.action_id, *outcomes),
        rows(_REPLAN, Replan.action_id, *replans).outerjoin(Meeting, Meeting.id == Replan.to_meeting_id),
        rows(_PRIORITY, ActionPriority.action_id, *priorities).join(
            Priority, Priority.id == ActionPriority.priority_id
        ),
    )


def belongings_of(session: Session, action_ids: Sequence[int]) -> dict[int, Belongings]:
    """Return what belongs to some actions of the session's workspace, by action."""
    found: dict[int, Belongings] = defaultdict(Belongings)
    statement = _statement(session.get_bind().dialect.name)
    rows = plain_rows(session, statement, numbers_given(session, "chosen", action_ids))
    for sort, action_id, number, at, kind, words, signature, redaction, withheld, *more in sorted(
        rows, key=itemgetter(0, 2)
    ):
        mine = found[action_id]
        if sort == _ENTRY:
            entry = (number, at, AnswerKind(kind), words, signature, redaction, withheld, more[0], more[1])
            mine.entries.append(EntryRow(*entry))
        elif sort == _OUTCOME:
            mine.outcomes.append(OutcomeRow(number, at, OutcomeKind(kind), words, signature, more[0]))
        elif sort == _REPLAN:
            mine.replans.append(ReplanRow(at, *more))
        else:
            mine.priorities.append((number, more[0]))
    return found
