"""Number the entries of one action, of all sorts, as people name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import AnswerKind
from models.records.chain import HistoryRow
from models.storage.history_tables import Outcome, Replan, Update

_AFTER_OTHERS = {AnswerKind.REOPENED: 2, AnswerKind.UNDO: 4}


@dataclass(frozen=True, slots=True)
class NumberedEntry:
    """One numbered entry. `undone`: it was taken back. `corrected_by`, `corrects`, `undoes`: numbers, 0 for none."""

    number: int
    row: HistoryRow
    undone: bool = False
    corrected_by: int = 0
    corrects: int = 0
    undoes: int = 0

    @property
    def words(self) -> str:
        """An update's words, or the reason of an outcome or a re-plan."""
        return self.row.words if isinstance(self.row, Update) else self.row.reason

    @property
    def is_decision(self) -> bool:
        """Whether it counts and stands on what came before it: an outcome, a re-plan, a reopening."""
        return not self.undone and (not isinstance(self.row, Update) or self.row.kind is AnswerKind.REOPENED)

    @property
    def withheld(self) -> str:
        """Why it is not for publication; "" where it may be published."""
        return self.row.withheld if isinstance(self.row, Update) else ""


def entries_of(session: Session, action_id: int) -> list[NumberedEntry]:
    """Return an action's entries, numbered from 1 in the order of time.

    The re-plan made by *carried forward* is part of its outcome and has no number of its own.
    """
    updates = session.scalars(select(Update).where(Update.action_id == action_id)).all()
    outcomes = session.scalars(select(Outcome).where(Outcome.action_id == action_id)).all()
    moves = session.scalars(select(Replan).where(Replan.action_id == action_id, Replan.outcome_id.is_(None))).all()
    return number_entries(updates, outcomes, moves)


def is_taken_back(session: Session, entry: Update) -> bool:
    """Return whether a later entry took this one back."""
    wanted = select(Update.id).where(Update.action_id == entry.action_id, Update.undoes_id == entry.id)
    return session.scalar(wanted.limit(1)) is not None


def number_entries(
    updates: Sequence[Update], outcomes: Sequence[Outcome], moves: Sequence[Replan]
) -> list[NumberedEntry]:
    """Return rows that were read already as numbered entries, as `entries_of` does."""
    rows: list[tuple[datetime, int, int, HistoryRow]] = [
        # What stands on another entry of the same instant comes after it.
        *((row.at, _AFTER_OTHERS.get(row.kind, 0), row.id, row) for row in updates),
        *((row.at, 1, row.id, row) for row in outcomes),
        *((row.at, 3, row.id, row) for row in moves),
    ]
    ordered = [row[3] for row in sorted(rows, key=lambda row: row[:3])]
    number_of = {(type(row), row.id): number for number, row in enumerate(ordered, start=1)}
    undone = {what for row in updates if (what := _undone_by(row)) is not None}
    corrected = {
        row.corrects_id: row.id for row in updates if row.corrects_id is not None and (Update, row.id) not in undone
    }
    return [
        NumberedEntry(
            number,
            row,
            undone=(Update, row.id) in undone,
            corrected_by=number_of.get((Update, corrected.get(row.id, 0)), 0),
            corrects=number_of.get((Update, row.corrects_id or 0), 0),
            undoes=number_of.get(_undone_by(row) or (Update, 0), 0),
        )
        if isinstance(row, Update)
        else NumberedEntry(number, row, undone=(type(row), row.id) in undone)
        for number, row in enumerate(ordered, start=1)
    ]


def _undone_by(row: Update) -> tuple[type[HistoryRow], int] | None:
    """Return what an entry takes back: its table and its number."""
    numbers = ((Update, row.undoes_id), (Outcome, row.undoes_outcome_id), (Replan, row.undoes_replan_id))
    return next(((table, number) for table, number in numbers if number is not None), None)
