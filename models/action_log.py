"""The action log: each action's history in one line, as an export shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import ANSWERS, OPEN, RATINGS, WORST_FIRST, AnswerKind, Status
from models.history import standing_entries
from models.history_tables import Outcome, Update
from models.importing import EVIDENCE
from models.queries import HELD, ActionView, action_views
from models.tables import Action

BETTER, SAME, WORSE = "better", "same", "worse"
CLOSE, KEEP_OPEN, CLOSED = "close", "keep open", "closed"


@dataclass(frozen=True, slots=True)
class LogLine:
    """What an export says of an action beside the plan itself.

    `words`, `on`, `by`: the last update. `direction`: how its rating compares with the one before.
    """

    action_id: int
    ref: str
    words: str
    on: date | None
    by: str
    evidence: str
    agreed_minute: str
    direction: str
    proposed: str
    replans: int


def direction(ratings: Sequence[Status]) -> str:
    """The ratings of an action, first to last, in; better, same or worse than the one before out; "" with only one.

    An action that had not been started and now has is better.
    """
    if len(ratings) < 2:
        return ""
    before, now = (WORST_FIRST.index(status) for status in ratings[-2:])
    return SAME if before == now else BETTER if now > before else WORSE


def proposed(status: Status) -> str:
    """What is proposed to the board: close what a lead says is done, keep open what is not."""
    if status is Status.PROPOSED:
        return CLOSE
    return KEEP_OPEN if status in OPEN else CLOSED


def log_lines(session: Session, workspace_id: str) -> list[LogLine]:
    """A workspace in, a line for each of its actions in the order of the plan out."""
    rows = {row.id: row for row in session.scalars(select(Action).where(Action.workspace_id == workspace_id))}
    updates: dict[int, list[Update]] = defaultdict(list)
    for entry in session.scalars(select(Update).where(Update.workspace_id == workspace_id).order_by(Update.id)):
        updates[entry.action_id].append(entry)
    minutes: dict[tuple[int, int], str] = {}
    for outcome in session.scalars(select(Outcome).where(Outcome.workspace_id == workspace_id).order_by(Outcome.id)):
        minutes[(outcome.action_id, outcome.meeting_id)] = outcome.minute
    return [
        _line(view, rows[view.facts.id], _counting(updates[view.facts.id]), minutes)
        for view in action_views(session, workspace_id)
    ]


def _counting(entries: Sequence[Update]) -> list[Update]:
    """The entries that were neither taken back nor put right."""
    return standing_entries(entries)


def _line(view: ActionView, row: Action, updates: list[Update], minutes: dict[tuple[int, int], str]) -> LogLine:
    imported = str(row.source.get(EVIDENCE, ""))
    words, evidence = view.last_words, ""
    if words == row.first_words and not view.last_by:
        words, evidence = words.removesuffix(imported).strip(), imported
    elif row.status in (Status.PROPOSED, Status.COMPLETE):
        proofs = [entry for entry in updates if entry.kind is AnswerKind.PROPOSED and entry.words]
        done = [HELD if entry.withheld else entry.words for entry in proofs]
        evidence = done[-1] if done else imported
        words = "" if words == evidence else words
    return LogLine(
        action_id=row.id,
        ref=row.ref,
        words=words,
        on=view.last_on,
        by=view.last_by,
        evidence=evidence,
        agreed_minute=minutes.get((row.id, row.closed_meeting_id or 0), ""),
        direction=direction(_ratings(row, updates)),
        proposed=proposed(row.status),
        replans=view.replans,
    )


def _ratings(row: Action, updates: Sequence[Update]) -> list[Status]:
    first = Status(row.first_status)
    ratings = [first] if first in RATINGS and (row.first_words or first is not Status.NOT_STARTED) else []
    for entry in updates:
        if entry.kind not in ANSWERS:
            continue
        if entry.status in RATINGS and entry.status is not None:
            ratings.append(entry.status)
        elif entry.kind is AnswerKind.NO_CHANGE and ratings:
            ratings.append(ratings[-1])
    return ratings
