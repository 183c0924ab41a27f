"""What belongs to some actions: their latest entries and outcomes, read in one statement.

Of a long history the latest entries are read; all of them only where those do not tell what is shown.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    CompoundSelect,
    Integer,
    String,
    cast,
    func,
    literal_column,
    null,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from models.enums import ANSWERS, AnswerKind, OutcomeKind
from models.records.action_state import counting_entries
from models.storage.bulk import is_among, latest_of, numbers_given, plain_rows
from models.storage.history_tables import HistoryEntry, Outcome, Replan, Update, is_standing
from models.storage.tables import Action


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


@dataclass(slots=True)
class Belongings:
    """What belongs to one action, oldest first: its latest entries, and how many entries there are in all."""

    entries: list[EntryRow] = field(default_factory=list)
    outcomes: list[OutcomeRow] = field(default_factory=list)
    counted: int = 0

    @property
    def is_enough(self) -> bool:
        """Whether the latest entries tell the last words, how the last answer was given, and a run of *no change*."""
        if len(self.entries) < MOST_LATEST:
            return True
        numbers = {entry.id for entry in self.entries}
        entries: Any = self.entries
        counting = counting_entries(entries)
        answers = [entry for entry in counting if entry.kind in ANSWERS]
        return (
            all(entry.corrects_id in numbers for entry in self.entries if entry.corrects_id is not None)
            and any(entry.words or entry.redaction for entry in answers)
            and any(entry.kind is not AnswerKind.NO_CHANGE for entry in counting)
            # Reopened since: that entry is among these where they go back to the closing outcome.
            and not any(one.kind in CLOSING_OUTCOMES and one.at < self.entries[0].at for one in self.outcomes[-1:])
        )


MOST_LATEST = 4
"""Entries of an action that are read at first."""
CLOSING_OUTCOMES = (OutcomeKind.CLOSED, OutcomeKind.CLOSED_NOT_DONE)
_ENTRY, _OUTCOME, _COUNT = range(3)


@lru_cache
def _statement(dialect: str, whole: bool, facts: bool) -> CompoundSelect[Any]:
    """Return the one statement: each costs more than its rows. The sort of a row says what its columns hold."""
    no_words: Any = literal_column("''")
    no_number: Any = cast(null(), Integer)

    def rows(
        sort: int, table: type[HistoryEntry], *columns: Any, most: int | None = None, counts: Any = lambda _: true()
    ) -> Any:
        named = [column.label(f"c{place}") for place, column in enumerate(columns)]
        wanted = select(literal_column(str(sort)).label("sort"), table.action_id.label("action_id"), *named)
        if most is None:
            return wanted.where(is_among(table.action_id, "chosen", dialect), counts(table.id))
        return wanted.where(table.id.in_(latest_of(table, most, "chosen", dialect, counts)))

    def many(table: type[HistoryEntry], *where: Any) -> Any:
        return select(func.count(table.id)).where(table.action_id == Action.id, *where).scalar_subquery()

    entries: list[Any] = [Update.id, Update.at, type_coerce(Update.kind, String), Update.words, Update.signature]
    entries += [Update.redaction, Update.withheld, Update.undoes_id, Update.corrects_id]
    outcomes: list[Any] = [Outcome.id, Outcome.at, type_coerce(Outcome.kind, String), Outcome.reason, Outcome.signature]
    outcomes += [no_words, no_words, Outcome.meeting_id, no_number]
    total = many(Update) + many(Outcome) + many(Replan, Replan.outcome_id.is_(None))
    counts = [total.label("c0"), null().label("c1"), *[no_words.label(f"c{place}") for place in range(2, 7)]]
    counts += [no_number.label(f"c{place}") for place in range(7, 9)]
    parts = [
        rows(_ENTRY, Update, *entries, most=None if whole else MOST_LATEST),
        rows(_OUTCOME, Outcome, *outcomes, most=None if facts else 1, counts=is_standing),
        select(literal_column(str(_COUNT)).label("sort"), Action.id.label("action_id"), *counts).where(
            is_among(Action.id, "chosen", dialect)
        ),
    ]
    return union_all(*parts)


def belongings_of(session: Session, action_ids: Sequence[int], *, facts: bool) -> dict[int, Belongings]:
    """Return what belongs to some actions of the session's workspace, by action.

    `facts`: with all outcomes, for the rules; else the latest alone.
    """
    found = _read(session, action_ids, whole=False, facts=facts)
    if short := [number for number, one in found.items() if not one.is_enough]:
        found |= _read(session, short, whole=True, facts=facts)
    return found


def _read(session: Session, action_ids: Sequence[int], *, whole: bool, facts: bool) -> dict[int, Belongings]:
    found: dict[int, Belongings] = defaultdict(Belongings)
    statement = _statement(session.get_bind().dialect.name, whole, facts)
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
        else:
            mine.counted = number
    return found
