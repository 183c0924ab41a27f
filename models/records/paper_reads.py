"""Reads for the board's paper: requests to re-plan that wait, and words by the entry they stand in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import AnswerKind
from models.records.action_state import void_entries
from models.rules.calendar import local_day
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import Action

_PORTION = 500
"""Numbers in one statement."""


@dataclass(frozen=True, slots=True)
class WordsRead:
    """What an entry says, whose it is, and when; `redaction` and `withheld` say why it is not shown."""

    words: str
    signature: str
    on: date | None
    redaction: str = ""
    withheld: str = ""


def latest_entry_number(session: Session) -> int:
    """Return the number of the latest update, 0 where there is none."""
    return session.scalar(select(func.max(Update.id))) or 0


def waiting_requests(session: Session, board_id: int) -> list[Update]:
    """Return the requests to re-plan a board's actions that nobody granted, the latest of each action."""
    asked = select(Update).join(Action, Action.id == Update.action_id).where(Action.board_id == board_id)
    found: dict[int, Update] = {}
    requests = asked.where(Update.kind == AnswerKind.REPLAN_ASKED, Update.to_meeting_id.is_not(None))
    for request in session.scalars(requests.order_by(Update.id)):
        found[request.action_id] = request
    if not found:
        return []
    void = void_updates(session, found)
    moved: dict[int, datetime] = {}
    for move in session.scalars(select(Replan).where(Replan.action_id.in_(found)).order_by(Replan.id)):
        moved[move.action_id] = move.at
    return [
        one for one in found.values() if one.id not in void and not ((at := moved.get(one.action_id)) and at >= one.at)
    ]


def void_updates(session: Session, action_ids: Collection[int]) -> set[int]:
    """Return the numbers of some actions' updates that count no more: taken back, or corrected."""
    return void_entries(session.scalars(select(Update).where(Update.action_id.in_(action_ids))))


def updates_read(session: Session, numbers: Collection[int], zone: ZoneInfo) -> dict[int, WordsRead]:
    """Return what some updates say, by number."""
    return {
        one.id: WordsRead(one.words, one.signature, local_day(one.at, zone), one.redaction, one.withheld)
        for some in _in_portions(numbers)
        for one in session.scalars(select(Update).where(Update.id.in_(some)))
    }


def outcomes_read(session: Session, numbers: Collection[int], zone: ZoneInfo) -> dict[int, WordsRead]:
    """Return what some outcomes say, by number."""
    return {
        one.id: WordsRead(one.reason, one.signature, local_day(one.at, zone), one.redaction)
        for some in _in_portions(numbers)
        for one in session.scalars(select(Outcome).where(Outcome.id.in_(some)))
    }


def actions_read(session: Session, numbers: Collection[int], latest: int) -> dict[int, tuple[str, WordsRead]]:
    """Return the words of some actions as they stood when `latest` was the latest update, and those they came with."""
    before: dict[int, str] = {}
    for some in _in_portions(numbers):
        reworded = select(Update).where(Update.action_id.in_(some), Update.kind == AnswerKind.REWORDED)
        for entry in session.scalars(reworded.where(Update.id > latest).order_by(Update.id)):
            before.setdefault(entry.action_id, entry.words)
    return {
        one.id: (before.get(one.id) or one.words, WordsRead(one.first_words, "", one.first_words_on))
        for some in _in_portions(numbers)
        for one in session.scalars(select(Action).where(Action.id.in_(some)))
    }


def _in_portions(numbers: Collection[int]) -> Iterable[list[int]]:
    listed = sorted(numbers)
    return (listed[start : start + _PORTION] for start in range(0, len(listed), _PORTION))
