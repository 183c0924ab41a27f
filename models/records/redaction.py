"""Emptying words wherever the bot wrote them: entries, frozen pages, answers it gave, digests' fingerprints, drafts.

A page shows words as a renderer wrote them: with other spaces, without invisible marks, escaped in its plain text,
clipped with "…". `scrubbed` finds them all the same: both are compared as people read them.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
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

INSTEAD = "[redacted]"
SHORT = 12
"""Shorter words are taken out only where they stand as a quotation: "ok" is also a part of "looked"."""
LEAST = 6
"""Characters of a clipped beginning that are enough to know it by."""
OUT_OF_REACH = "?"
"""What the `ts` of an answer begins with whose place in the chat service is not known: it cannot be changed."""

_ENTITY = re.compile(r"&(?:amp;)*(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_RUN = re.compile(r"[A-Za-z0-9]{2,6}")
_OPENING = ("“", ": ")


@dataclass
class Emptied:
    """Where words were: copies among the entries, messages that will change, and those that cannot be."""

    entries: int = 0
    messages: int = 0
    out_of_reach: int = 0
    drafts: int = 0


def scrubbed(text: str, words: str, instead: str = INSTEAD) -> str:
    """A text and some words in; the text without them out, whole or clipped, however they were written there."""
    wanted = "".join(char for char, _, _ in _as_read(words)).strip()
    if not wanted:
        return text
    read = list(_as_read(text))
    seen = "".join(char for char, _, _ in read)
    found = "", 0
    pieces: list[str] = []
    for start, end in _spans(seen, wanted):
        pieces.append(text[found[1] : read[start][1]])
        pieces.append(instead)
        found = "", read[end - 1][2]
    return "".join(pieces) + text[found[1] :]


def scrubbed_json(payload: str, words: str, instead: str = INSTEAD) -> str:
    """The same for every string in a page kept as JSON; unchanged where the words are not in it."""

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return scrubbed(value, words, instead)
        if isinstance(value, list):
            return [walk(one) for one in value]
        if isinstance(value, dict):
            return {name: walk(one) for name, one in value.items()}
        return value

    try:
        held = json.loads(payload)
    except ValueError:
        return scrubbed(payload, words, instead)
    clean = walk(held)
    return payload if clean == held else json.dumps(clean, ensure_ascii=False)


def _as_read(text: str) -> Iterator[tuple[str, int, int]]:
    """Each character as it is read, and where it stands: entities are one, spaces are alike and never two."""
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
    if len(wanted) < SHORT:
        spans = [(start, end) for start, end in spans if _is_quoted(seen, start, end)]
    else:
        for found in re.finditer("…", seen):
            place = found.start()
            if any(start < place <= end for start, end in spans):
                continue
            longest = min(len(wanted) - 1, place)
            length = next((n for n in range(longest, LEAST - 1, -1) if seen.endswith(wanted[:n], 0, place)), 0)
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


def empty_everywhere(
    session: Session, workspace_id: str, action_id: int, words: str, why: str, now: datetime
) -> Emptied:
    """Takes words out of everything kept beside the entry itself, and marks what was posted to be changed.

    `why`: what copies among the entries say instead: words of a lead's wish are the reason of the re-plan, too.
    """
    emptied = Emptied()
    _copies(session, workspace_id, action_id, words, why, now, emptied)
    parts = (
        select(MessagePart, Message.state)
        .join(Message, Message.id == MessagePart.delivery_id)
        .where(Message.workspace_id == workspace_id)
    )
    answers = select(Spoken).where(Spoken.workspace_id == workspace_id)
    run = _RUN.search(words)
    if run is not None and run.end() <= LEAST:
        # A cheap sieve: what holds the words or the least beginning of them that is known holds these letters.
        parts = parts.where(MessagePart.payload.contains(run[0], autoescape=True))
        answers = answers.where(Spoken.payload.contains(run[0], autoescape=True))
    for part, state in session.execute(parts):
        clean = scrubbed_json(part.payload, words)
        if clean == part.payload:
            continue
        part.payload, part.as_is, part.stale = clean, True, part.stale + 1
        if part.ts or state is not MessageState.UNCERTAIN:
            emptied.messages += bool(part.ts)
        else:
            emptied.out_of_reach += 1
    for answer in session.scalars(answers):
        clean = scrubbed_json(answer.payload, words)
        if clean == answer.payload:
            continue
        answer.payload = clean
        if answer.ts.startswith(OUT_OF_REACH):
            emptied.out_of_reach += 1
        else:
            answer.stale = True
            emptied.messages += 1
    for ask in session.scalars(
        select(Notification).where(Notification.workspace_id == workspace_id, Notification.fingerprint != "")
    ):
        ask.fingerprint = scrubbed_json(ask.fingerprint, words)
    for draft in session.scalars(select(Draft).where(Draft.workspace_id == workspace_id)):
        if scrubbed(draft.words, words) != draft.words:
            session.execute(delete(Draft).where(Draft.id == draft.id))
            emptied.drafts += 1
    session.info[PURGE] = True
    session.flush()
    return emptied


def hold_back(session: Session, action: Action, words: str, withheld: str, instead: str, now: datetime) -> None:
    """A wish to move an action is not for publication: its copies are held as well, and what the other board was sent
    of it is changed in place.

    `withheld`: why; `instead`: what stands in the place of the words.
    """
    wishes = select(Update).where(Update.action_id == action.id, Update.kind == AnswerKind.REPLAN_ASKED)
    for wish in session.scalars(wishes.where(Update.words == words, Update.withheld == "")):
        chain.withhold(session, wish, withheld, now)
    asked = select(Notification.delivery_id).where(
        Notification.workspace_id == action.workspace_id,
        Notification.kind == NotificationKind.OTHER_BOARD,
        Notification.subject == action.id,
    )
    for part in session.scalars(select(MessagePart).where(MessagePart.delivery_id.in_(asked))):
        clean = scrubbed_json(part.payload, words, instead)
        if clean != part.payload:
            part.payload, part.as_is, part.stale = clean, True, part.stale + 1
    session.flush()


def _copies(
    session: Session, workspace_id: str, action_id: int, words: str, why: str, now: datetime, emptied: Emptied
) -> None:
    """Entries that hold the same words: of this action, and where a cancelled meeting gave its reason to many."""
    for row in session.scalars(select(Update).where(Update.action_id == action_id, Update.words == words)):
        chain.redact(session, row, row.redaction or why, now)
        emptied.entries += 1
    for kept in session.scalars(select(Outcome).where(Outcome.action_id == action_id, Outcome.reason == words)):
        chain.redact(session, kept, kept.redaction or why, now)
        emptied.entries += 1
    for move in session.scalars(select(Replan).where(Replan.workspace_id == workspace_id, Replan.reason == words)):
        if move.action_id == action_id or move.reason.startswith("the meeting of "):
            chain.redact(session, move, move.redaction or why, now)
            emptied.entries += move.outcome_id is None
    for meeting in session.scalars(select(Meeting).where(Meeting.workspace_id == workspace_id, Meeting.note != "")):
        if words.startswith("the meeting of ") and words.endswith(f": {meeting.note}"):
            meeting.note = ""
