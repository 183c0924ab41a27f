"""Empty words wherever the bot wrote them: entries, stored pages, answers, digests' fingerprints, drafts.

A page shows words as a renderer wrote them: with other spaces, without invisible marks, escaped in its plain text,
clipped with "…". `scrub_text` finds them all the same: both are compared as people read them.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.enums import AnswerKind, MessageState, NotificationKind
from models.records import chain
from models.storage.engine import PURGE
from models.storage.history_tables import Draft, Outcome, Replan, Update
from models.storage.notification_tables import Message, MessagePart, Notification, Spoken
from models.storage.tables import Action, Meeting

INSTEAD_OF_WORDS = "[redacted]"
_SHORT_WORDS = 12
"""Shorter words are removed only where they stand as a quotation: "ok" is also a part of "looked"."""
_LEAST_CLIPPED = 6
"""Characters of a clipped beginning that are enough to recognise it."""
OUT_OF_REACH = "?"
"""Prefix of the `ts` of an answer whose place in Slack is not known: it cannot be changed."""

_ENTITY = re.compile(r"&(?:amp;)*(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_RUN = re.compile(r"[A-Za-z0-9]{2,6}")
_OPENING = ("“", ": ")


_CANCELLED = " was cancelled: "


@dataclass
class RedactionCounts:
    """Counts of what was emptied: entries, messages that will change, messages that cannot, drafts."""

    entries: int = 0
    messages: int = 0
    out_of_reach: int = 0
    drafts: int = 0

    def plus(self, more: "RedactionCounts") -> "RedactionCounts":
        """Return both together."""
        return RedactionCounts(*(one + other for one, other in zip(astuple(self), astuple(more), strict=True)))


def scrub_text(text: str, words: str, instead: str = INSTEAD_OF_WORDS) -> str:
    """Return `text` without `words`, whole or clipped, however a renderer wrote them."""
    wanted = "".join(char for char, _, _ in read_characters(words)).strip()
    if not wanted:
        return text
    read = list(read_characters(text))
    seen = "".join(char for char, _, _ in read)
    done = 0
    pieces: list[str] = []
    for start, end in _spans(seen, wanted):
        pieces += text[done : read[start][1]], instead
        done = read[end - 1][2]
    return "".join(pieces) + text[done:]


def scrub_json(payload: str, words: str, instead: str = INSTEAD_OF_WORDS) -> str:
    """Scrub every string of a page kept as JSON; return it unchanged where the words are not in it."""

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return scrub_text(value, words, instead)
        if isinstance(value, list):
            return [walk(one) for one in value]
        if isinstance(value, dict):
            return {name: walk(one) for name, one in value.items()}
        return value

    try:
        held = json.loads(payload)
    except ValueError:
        return scrub_text(payload, words, instead)
    clean = walk(held)
    return payload if clean == held else json.dumps(clean, ensure_ascii=False)


def read_characters(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each character as it is read, with its span: entities count as one, runs of spaces as one space."""
    place, spaced = 0, False
    while place < len(text):
        entity = _ENTITY.match(text, place) if text[place] == "&" else None
        end = entity.end() if entity else place + 1
        char = _ENTITIES[entity[1]] if entity else text[place]
        if char.isspace():
            if not spaced:
                yield " ", place, end
            spaced = True
        elif unicodedata.category(char) not in ("Cf", "Cc", "Mn", "Me", "Cs"):
            yield char, place, end
            spaced = False
        place = end


def _spans(seen: str, wanted: str) -> list[tuple[int, int]]:
    spans = [(found.start(), found.end()) for found in re.finditer(re.escape(wanted), seen)]
    if len(wanted) < _SHORT_WORDS:
        spans = [(start, end) for start, end in spans if _is_quoted(seen, start, end)]
    else:
        for found in re.finditer("…", seen):
            place = found.start()
            if any(start < place <= end for start, end in spans):
                continue
            longest = min(len(wanted) - 1, place)
            length = next((n for n in range(longest, _LEAST_CLIPPED - 1, -1) if seen.endswith(wanted[:n], 0, place)), 0)
            if length:
                spans.append((place - length, found.end()))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _is_quoted(seen: str, start: int, end: int) -> bool:
    before, after = seen[:start].rstrip(" "), seen[end : end + 1]
    alone = not seen[:start].strip() and not seen[end:].strip()
    return alone or (after == "”" and (before.endswith("“") or seen[:start].endswith(_OPENING)))


def redact_everywhere(session: Session, action_id: int, words: str, why: str, now: datetime) -> RedactionCounts:
    """Remove words from everything kept beside the entry itself, and mark posted messages for change.

    `why` is what copies among the entries say instead: a lead's wish to re-plan is also the reason of the re-plan.
    """
    emptied = RedactionCounts()
    _copies(session, action_id, words, why, now, emptied)
    parts = select(MessagePart, Message.state).join(Message, Message.id == MessagePart.message_id)
    answers = select(Spoken)
    run = _RUN.search(words)
    if run is not None and run.end() <= _LEAST_CLIPPED:
        # A cheap sieve: what holds the words or the least beginning of them that is known holds these letters.
        parts = parts.where(MessagePart.payload.contains(run[0], autoescape=True))
        answers = answers.where(Spoken.payload.contains(run[0], autoescape=True))
    for part, state in session.execute(parts):
        if not _scrub_part(part, words):
            continue
        if part.ts or state is not MessageState.UNCERTAIN:
            emptied.messages += bool(part.ts)
        else:
            emptied.out_of_reach += 1
    for answer in session.scalars(answers):
        clean = scrub_json(answer.payload, words)
        if clean == answer.payload:
            continue
        answer.payload = clean
        if answer.ts.startswith(OUT_OF_REACH):
            emptied.out_of_reach += 1
        else:
            answer.stale = True
            emptied.messages += 1
    for notification in session.scalars(select(Notification).where(Notification.fingerprint != "")):
        notification.fingerprint = scrub_json(notification.fingerprint, words)
    for draft in session.scalars(select(Draft)):
        if scrub_text(draft.words, words) != draft.words:
            session.execute(delete(Draft).where(Draft.id == draft.id))
            emptied.drafts += 1
    session.info[PURGE] = True
    session.flush()
    # The receipt of a cancelled meeting holds its reason alone, without what the entries put before it.
    reason = words.partition(_CANCELLED)[2] if words.startswith("the meeting of ") else ""
    if reason:
        emptied = emptied.plus(redact_everywhere(session, action_id, reason, why, now))
    return emptied


def withhold_copies(session: Session, action: Action, words: str, withheld: str, instead: str, now: datetime) -> None:
    """Withhold the copies of a lead's wish to move an action, and change what the other board was sent of it.

    `withheld`: why; `instead`: what stands in the place of the words.
    """
    wishes = select(Update).where(Update.action_id == action.id, Update.kind == AnswerKind.REPLAN_ASKED)
    for wish in session.scalars(wishes.where(Update.words == words, Update.withheld == "")):
        chain.withhold_words(session, wish, withheld, now)
    asked = select(Notification.message_id).where(
        Notification.kind == NotificationKind.OTHER_BOARD,
        Notification.subject == action.id,
    )
    for part in session.scalars(select(MessagePart).where(MessagePart.message_id.in_(asked))):
        _scrub_part(part, words, instead)
    session.flush()


def _scrub_part(part: MessagePart, words: str, instead: str = INSTEAD_OF_WORDS) -> bool:
    """Scrub a page, and have it shown so; return whether the words were in it."""
    clean = scrub_json(part.payload, words, instead)
    if clean == part.payload:
        return False
    part.payload, part.as_is, part.stale = clean, True, part.stale + 1
    return True


def _copies(session: Session, action_id: int, words: str, why: str, now: datetime, emptied: RedactionCounts) -> None:
    """Redact entries holding the same words: this action's, and those whose reason is a cancelled meeting's."""
    updates = session.scalars(select(Update).where(Update.action_id == action_id, Update.words == words))
    outcomes = session.scalars(select(Outcome).where(Outcome.action_id == action_id, Outcome.reason == words))
    for row in (*updates, *outcomes):
        chain.redact_words(session, row, row.redaction or why, now)
        emptied.entries += 1
    for move in session.scalars(select(Replan).where(Replan.reason == words)):
        if move.action_id == action_id or move.reason.startswith("the meeting of "):
            chain.redact_words(session, move, move.redaction or why, now)
            emptied.entries += move.outcome_id is None
    for meeting in session.scalars(select(Meeting).where(Meeting.note != "")):
        if words.startswith("the meeting of ") and words.endswith(f": {meeting.note}"):
            meeting.note = ""
