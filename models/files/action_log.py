"""Build the action log: each action's history in one line, as an export shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import ANSWERS, OPEN, RATINGS, WORST_FIRST, AnswerKind, Status
from models.files.import_plan import EVIDENCE, SAID_TWICE
from models.plan.queries import HELD, ActionView, action_views, zone_of
from models.records.action_state import counting_entries
from models.rules.calendar import local_day
from models.storage.history_tables import Outcome, Update, is_standing
from models.storage.tables import Action

_BETTER, _SAME, _WORSE = "better", "same", "worse"
_CLOSE, _KEEP_OPEN, _CLOSED = "close", "keep open", "closed"


@dataclass(frozen=True, slots=True)
class LogLine:
    """What an export says of an action beside the plan itself.

    `words`, `on`, `by`: the last update. `rating_direction`: how its rating compares with the one before.
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


def rating_direction(ratings: Sequence[Status]) -> str:
    """Return whether the last of an action's ratings is better, same or worse than the one before; "" for one rating.

    An action that had not been started and now has is better.
    """
    if len(ratings) < 2:
        return ""
    before, now = (WORST_FIRST.index(status) for status in ratings[-2:])
    return _SAME if before == now else _BETTER if now > before else _WORSE


def board_proposal(status: Status) -> str:
    """Return what is proposed to the board: close what a lead says is done, keep open what is not."""
    if status is Status.PROPOSED:
        return _CLOSE
    return _KEEP_OPEN if status in OPEN else _CLOSED


def action_log(session: Session, workspace_id: str) -> list[LogLine]:
    """Return a line for each action of a workspace, in the order of the plan."""
    rows = {row.id: row for row in session.scalars(select(Action))}
    updates: dict[int, list[Update]] = defaultdict(list)
    for entry in session.scalars(select(Update).order_by(Update.id)):
        updates[entry.action_id].append(entry)
    outcomes: dict[int, dict[int, Outcome]] = defaultdict(dict)
    for outcome in session.scalars(select(Outcome).where(is_standing(Outcome.id)).order_by(Outcome.id)):
        # The latest entry for a meeting is the one that counts.
        outcomes[outcome.action_id][outcome.meeting_id] = outcome
    zone = zone_of(session, workspace_id)
    return [
        _line(view, rows[view.facts.id], counting_entries(updates[view.facts.id]), outcomes[view.facts.id], zone)
        for view in action_views(session, workspace_id)
    ]


def published_words(entry: Update) -> str:
    """Return the words of an entry as anyone may read them in a file: held where they are not for publication."""
    return HELD if entry.words and entry.withheld else entry.words


def _line(
    view: ActionView, row: Action, updates: list[Update], outcomes: dict[int, Outcome], zone: ZoneInfo
) -> LogLine:
    imported = str(row.source.get(EVIDENCE, ""))
    words, on, by = view.last_words, view.last_on, view.last_by
    if view.last_is_the_boards:
        words = f"the board: {words}"
    last = next((one for one in reversed(updates) if one.kind in ANSWERS and (one.words or one.redaction)), None)
    decided = max(outcomes.values(), key=lambda outcome: outcome.id, default=None)
    if last is not None and not (decided is not None and decided.reason and decided.at > last.at):
        # A redacted update is still the last one, without its words.
        words, on, by = published_words(last), local_day(last.at, zone), last.signature
    evidence = ""
    if words == row.first_words and not by:
        words = words if SAID_TWICE in row.source else words.removesuffix(imported).strip()
        evidence = imported
    elif row.status in (Status.PROPOSED, Status.COMPLETE):
        done = [one for one in updates if one.kind is AnswerKind.PROPOSED and (one.words or one.redaction)]
        evidence = published_words(done[-1]) if done else imported
        words = "" if words == evidence else words
    at_closing = outcomes.get(row.closed_meeting_id or 0)
    return LogLine(
        action_id=row.id,
        ref=row.ref,
        words=words,
        on=on,
        by=by,
        evidence=evidence,
        agreed_minute=at_closing.minute if at_closing else "",
        direction=rating_direction(_ratings(row, updates)),
        proposed=board_proposal(row.status),
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
