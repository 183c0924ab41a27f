"""Read that a meeting has moved or is off: "the partnership on the 16th is now the 24th, 3pm", "october board is off".

Every word up to the reason has to be explained; the place of a meeting, or a doubt, changes nothing.

Source: docs/explanation/what-people-write.md, What is changed.
"""

import re
from dataclasses import dataclass
from datetime import date

from handlers.reading.clauses import SOFT
from handlers.reading.day_words import MONTHS
from handlers.reading.deeds.decision_tails import ANSWERS_ALONE, DECISION_DOUBTS
from handlers.reading.deeds.pieces import Pieces, pieces_of
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.meeting_commands import take_time
from handlers.reading.meeting_names import MeetingFound, read_meeting
from handlers.reading.normalise import fold
from handlers.reading.trimming import trim_words
from handlers.reading.vocabulary import Vocabulary

_OFF = (
    *ways("is|has been|was|been|now", "cancelled|off|called off|canceled|abandoned"),
    *ways("cancel|didn't happen|did not happen|didnt happen|didn't go ahead|didnt go ahead|did not go ahead|inquorate"),
    *ways("won't|wont|will not|isn't|isnt|not", "sit|meet|go ahead|happen|going ahead|happening"),
)
_NOW = frozenset(("now", "is now", "instead"))
_FILLERS = frozenset(ways("same|usual|time|place|venue|of|after|all|happen|ahead|please|it|the|did|go|meets|meet"))
_BARE_DAY = re.compile(r"(?:[a-z]+day )?(?:the )?[0-9]{1,2}(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class MeetingMoved:
    """A meeting as typed, and when it is instead; `to` "": it is off, with why."""

    which: str
    to: str = ""
    time: str = ""
    reason: str = ""


def read_meeting_move(words: str, vocabulary: Vocabulary, today: date) -> MeetingMoved | None:
    """Return which meeting some words move or call off; None where any of them says something else."""
    if len(words) > 300 or "?" in words or "\n" in words:
        return None
    pieces = pieces_of(words, vocabulary, today)
    tokens = pieces.tokens
    whens = [n for n, one in enumerate(tokens) if one.kind is K.WHEN]
    boards = [one.key for one in vocabulary.boards if _names(pieces.folded, (one.key, one.name, *one.aliases))]
    known = {
        word
        for one in vocabulary.boards
        for word in re.findall(r"[^\W_]+", fold(f"{one.name} {' '.join(one.aliases)}"))
    }
    if any(
        one.kind in (K.REF, K.NEAR_REF, K.CONDITION, K.ASKING, K.HEDGE) or one.kind in ANSWERS_ALONE for one in tokens
    ):
        return None
    board = f" {boards[0]}" if len(boards) == 1 else ""
    moved = any(one.kind is K.SHIFT or one.text in _NOW for one in tokens)
    if len(whens) == 2 and moved and _explained(pieces, 0, whens[1], known):
        which = f"{tokens[whens[0]].text}{board}"
        _, clock = take_time(words[tokens[whens[1]].end :])
        return MeetingMoved(which, _in_full(tokens[whens[1]].text, which, vocabulary, today), clock)
    off = max((found.end() for phrase in _OFF if (found := _at(phrase, pieces.folded))), default=0)
    if off and len(whens) <= 1 and (whens or board):
        end = next((n for n, one in enumerate(tokens) if one.start >= off), len(tokens))
        if _explained(pieces, 0, end, known, off=True) and (not whens or whens[0] < end or end == len(tokens)):
            which = f"{tokens[whens[0]].text if whens else 'next'}{board}"
            return MeetingMoved(which, reason=trim_words(words[off:].strip(" ,;:-–—")))
    return None


def _names(folded: str, names: tuple[str, ...]) -> bool:
    return any(_at(fold(name), folded) for name in names)


def _at(phrase: str, folded: str) -> re.Match[str] | None:
    return re.search(rf"(?<![^\W_]){re.escape(phrase)}(?![^\W_])", folded)


def _explained(pieces: Pieces, first: int, stop: int, known: set[str], *, off: bool = False) -> bool:
    """Return whether every word says which meeting, or that it moves."""
    for one in pieces.tokens[first:stop]:
        if one.kind in SOFT and not off:
            continue
        if one.kind in DECISION_DOUBTS and not off:
            return False
        words = set(one.text.split())
        if (
            one.kind in (K.WORD, K.NUMBER)
            and not words <= known | _FILLERS
            and not (off and one.text in " ".join(_OFF))
        ):
            return False
    return True


def _in_full(typed: str, which: str, vocabulary: Vocabulary, today: date) -> str:
    """Return a day with the month of the meeting that moves, where none was said: "the 24th"."""
    found = read_meeting(which, vocabulary, today)
    if _BARE_DAY.fullmatch(typed) is None or not isinstance(found, MeetingFound):
        return typed
    day = next((one.date for one in vocabulary.meetings if one.id == found.meeting_id), None)
    return typed if day is None else f"{typed} {MONTHS[day.month - 1]} {day.year}"
