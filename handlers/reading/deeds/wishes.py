"""Read a wish for another meeting: "can healthy-5 have until December? legal won't be finished".

Every word of the clause that names the meeting has to be explained; what follows it is the reason.

Source: docs/explanation/what-people-write.md, What is changed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.reading.clauses import ANSWER_PHRASES, HARD, SOFT
from handlers.reading.deeds.deed_words import MORE_TIME
from handlers.reading.deeds.pieces import BESIDE_DECISIONS, Pieces, pieces_of
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.ref_groups import refs_of
from handlers.reading.tokens import TextToken
from handlers.reading.trimming import trim_words, without_courtesies
from handlers.reading.vocabulary import Vocabulary

_ASKS = frozenset((K.ASKING, K.WISH, K.TIME_WANTED))
_EXPLAINED = BESIDE_DECISIONS | _ASKS | {K.SHIFT, K.REF, K.WHEN, K.OUTCOME, K.NEXT}
_MAY_STAND = frozenset(
    ways("forward|back|instead|possible|possibly|rather|chance|any|late|later|can|could|may|on|until|of")
)
_MOVE_IT = frozenset(
    (
        *ways("postpone|defer|reschedule|re-schedule|re-plan|replan|extend|delay|move|push|bring"),
        *ways("put|push|move|bring|knock", "back|off|forward"),
    )
)
_MOVED = frozenset(ways("postponed|deferred|rescheduled|replanned|extended|moved|pushed back|put back|put off"))
"""Verbs of moving an action, where no meeting is named."""
_BECAUSE = re.compile(r"(?:because|bc|cos|as|since|due to|owing to)(?![^\W_])[\s:,]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MeetingWish:
    """Another meeting that is asked for, as typed, and why; `meeting`: "" where none is named."""

    ref: str
    meeting: str
    reason: str = ""


def read_wish(
    words: str,
    vocabulary: Vocabulary,
    today: date,
    topic: tuple[str, ...] = (),
    titles: Mapping[str, str] | None = None,
) -> MeetingWish | None:
    """Return the one action and the one meeting that a message asks for; None where it asks for something else.

    Args:
        words: the message without the furniture of mail.
        vocabulary: the plan's words.
        today: the plan's day.
        topic: what the thread is about.
        titles: the folded words of each action that may be meant by some of them.
    """
    pieces = pieces_of(words, vocabulary, today)
    tokens = pieces.tokens
    rated = any(one.kind in ANSWER_PHRASES and one.kind is not K.LIKELY for one in tokens)
    named = tuple(dict.fromkeys(ref for one in tokens if one.kind is K.REF for ref in refs_of(one))) or topic
    if len(named) > 1 or any(one.kind is K.NEAR_REF for one in tokens):
        return None
    for first, stop in _clauses(pieces):
        clause = tokens[first:stop]
        said = [one.text for one in clause if one.kind is K.WORD and one.text not in _MAY_STAND]
        titled = [ref for ref, title in (titles or {}).items() if said and all(map(title.split().__contains__, said))]
        ref = titled[0] if len(titled) == 1 and not named else named[0] if named else ""
        when = [one for one in clause if one.kind is K.WHEN]
        asks = any(one.kind in _ASKS for one in clause) or clause[0].text in ("can", "could", "may", "might")
        asks = asks or (any(one.kind is K.SHIFT for one in clause) and any("please" in one.text for one in clause))
        explained = _MAY_STAND if named else _MAY_STAND.union(said)
        known = all(one.kind in _EXPLAINED or one.text in explained for one in clause)
        if ref and len(when) == 1 and asks and known:
            return MeetingWish(ref, words[when[0].start : when[0].end], _why(pieces, first, stop))
        if ref and not when and known and not rated and _wants_time(clause, asks):
            return MeetingWish(ref, "", _why(pieces, first, stop))
    return None


def _wants_time(clause: Sequence[TextToken], asks: bool) -> bool:
    """Return whether a clause asks for time, or to move an action: "an extension", "postpone happy-2"."""
    texts = {one.text for one in clause}
    first = next((one for one in clause if "please" not in one.text), clause[0])
    return bool(texts & MORE_TIME or first.text in _MOVE_IT or (asks and texts & (_MOVE_IT | _MOVED)))


def _clauses(pieces: Pieces) -> list[tuple[int, int]]:
    """Return the places of the clauses between marks."""
    found, start = [], 0
    for n, one in enumerate(pieces.tokens):
        if one.kind in HARD | SOFT or one.kind is K.REASON:
            found.append((start, n))
            start = n + 1
    return [one for one in (*found, (start, len(pieces.tokens))) if one[0] < one[1]]


def _why(pieces: Pieces, first: int, stop: int) -> str:
    """Return what follows the clause that asks; where nothing does, what stands before it."""
    behind = pieces.words[pieces.tokens[stop - 1].end :].lstrip(" ,;:.?!-–—(\n").rstrip(" )\n")
    said = _BECAUSE.sub("", behind, count=1) if _BECAUSE.match(behind) else behind
    if not re.search(r"[^\W_]", said):
        tokens = [one for one in pieces.tokens[:first] if one.kind is not K.REF]
        said = pieces.words[tokens[0].start : tokens[-1].end] if tokens else ""
    return trim_words(without_courtesies(trim_words(said))).rstrip(".?")
