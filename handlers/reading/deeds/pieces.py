"""Cut a message into what a decision or a change is said with: refs, decisions, minutes, meetings, doubts, other words.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from handlers.reading.clauses import denied_behind
from handlers.reading.day_words import MONTH_WORDS
from handlers.reading.days import days_in
from handlers.reading.deeds.deed_words import OUT_OF_TIME, deed_entries
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.normalise import NUMBER_WORDS, fold
from handlers.reading.tokens import PhraseBook, TextToken, phrase_book, tokens_of
from handlers.reading.vocabulary import Vocabulary

BESIDE_DECISIONS = frozenset(
    (K.SMALL, K.LINK, K.TARGET, K.DETERMINER, K.DECIDING, K.AND, K.MARK, K.PICTURE, K.QUOTE, K.OPINION, K.ALL)
)
"""What changes nothing of a decision it stands beside."""

_MINUTE_REF = re.compile(
    r"[ :.#]{0,3}(?:(?:ref|reference|no|number)\.? )?(?P<ref>to be added|to come|to follow|tba|tbc|"
    rf"[a-z]{{0,4}}[0-9][a-z0-9./()-]{{0,18}}|(?:{'|'.join(one for one in NUMBER_WORDS if one.isalpha())})(?![^\W_]))"
)
_BOUND = re.compile(r"(?:until|till|til|by|from|before|after|since|on|to)(?![^\W_]) ")
_LATER = frozenset(("to be added", "to come", "to follow", "tba", "tbc"))
_OF_A_MEETING = frozenset(("board", "meeting", "mtg", "one", "boards", "session", "time", "agenda"))
_ON_THE_WAY = frozenset(("the", "our", "this", "coming", "that"))


@dataclass(frozen=True, slots=True)
class Pieces:
    """A message: as written, folded, and in tokens, those of decisions and meetings among them."""

    words: str
    folded: str
    tokens: tuple[TextToken, ...]

    def text(self, first: int, stop: int) -> str:
        """Return the writer's words from one token up to another."""
        if first >= stop or first >= len(self.tokens):
            return ""
        return self.words[self.tokens[first].start : self.tokens[min(stop, len(self.tokens)) - 1].end]


@cache
def _book() -> PhraseBook:
    return phrase_book(deed_entries())


def pieces_of(words: str, vocabulary: Vocabulary, today: date) -> Pieces:
    """Return the pieces of a message. Days are read once refs and minutes are out of the way."""
    folded = fold(words)
    tokens = list(tokens_of(folded, vocabulary, _book()))
    tokens = _with_minutes(folded, tokens)
    masked = list(folded)
    for one in tokens:
        if one.kind in (K.REF, K.NEAR_REF, K.MINUTE):
            masked[one.start : one.end] = " " * (one.end - one.start)
    found = []
    for day in days_in("".join(masked), today):
        typed = folded[day.start : day.end]
        bound = _BOUND.match(typed)
        start = day.start + (bound.end() if bound else 0)
        found.append(TextToken(K.WHEN, start, day.end, folded[start : day.end]))
    return Pieces(words, folded, tuple(_joined(_with_months(_overlaid(tokens, found)))))


def with_neither(tokens: Sequence[TextToken]) -> tuple[TextToken, ...]:
    """Return tokens in which "neither A nor B was decided" reads as "A and B not decided", where that is known."""
    found = list(tokens)
    refs = (K.REF, K.NEAR_REF)
    for place, one in enumerate(tokens[:-1]):
        if one.text != "neither" or tokens[place + 1].kind not in refs:
            continue
        near = range(place + 2, min(place + 10, len(tokens)))
        nor = next((n for n in near if tokens[n].text in ("nor", "or")), None)
        if nor is None or not any(tokens[n].kind in refs for n in range(nor, near.stop)):
            continue
        found[nor] = replace(tokens[nor], kind=K.AND)
        ends = ((n, _book()["not"].further.get(tokens[n].text)) for n in range(nor, near.stop))
        verb = next(((n, node) for n, node in ends if node is not None and node.kind is K.OUTCOME), None)
        found[place] = replace(one, kind=K.NEGATION if verb is None else K.OPINION)
        if verb is not None:
            at, node = verb
            found[at] = replace(tokens[at], kind=K.OUTCOME, value=node.meaning)
    return tuple(found)


def without_denied(pieces: Pieces) -> Pieces:
    """Return pieces without what a decision is not about or to: "healthy-5 to October, not December"."""
    denied = denied_behind(pieces.tokens)
    tokens = (one for one in pieces.tokens if not any(start <= one.start < stop for start, stop in denied))
    return replace(pieces, tokens=tuple(tokens))


def with_reasons(pieces: Pieces) -> Pieces:
    """Return pieces in which "ran out of time" decides nothing where something else does: it is why."""
    decides = any(one.kind is K.OUTCOME and one.text not in OUT_OF_TIME for one in pieces.tokens)
    if not decides:
        return pieces
    tokens = (replace(one, kind=K.WORD) if one.text in OUT_OF_TIME else one for one in pieces.tokens)
    return replace(pieces, tokens=tuple(tokens))


def _with_minutes(folded: str, tokens: Sequence[TextToken]) -> list[TextToken]:
    found: list[TextToken] = []
    for token in tokens:
        if found and token.start < found[-1].end:
            continue
        if token.kind is not K.MINUTE:
            found.append(token)
            continue
        number = _MINUTE_REF.match(folded, token.end)
        if number is None:
            found.append(replace(token, kind=K.SMALL if len(token.text) > 1 else K.WORD))
            continue
        typed = number["ref"].rstrip("./-")
        typed = typed if typed.count("(") == typed.count(")") else typed.rstrip(")")
        value = "" if typed in _LATER else str(NUMBER_WORDS.get(typed, typed))
        found.append(TextToken(K.MINUTE, token.start, number.start("ref") + len(typed), token.text, (value,)))
    return found


def _with_months(tokens: Sequence[TextToken]) -> list[TextToken]:
    """Return tokens with a month's name as a meeting where one may stand: "c/f oct", "the october board"."""
    found = list(tokens)
    for place, one in enumerate(tokens):
        if one.text not in MONTH_WORDS or one.kind is K.WHEN:
            continue
        before = tokens[place - 1] if place else None
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        led = before is not None and before.kind in (K.OUTCOME, K.SHIFT, K.TARGET, K.COMMA, K.DASH)
        if after in _OF_A_MEETING or (led and one.text not in ("may", "march", "mar", "jun", "sat")):
            found[place] = replace(one, kind=K.WHEN)
    return found


def _overlaid(tokens: Sequence[TextToken], spans: Sequence[TextToken]) -> list[TextToken]:
    """Return tokens with some spans in the place of what they cover."""
    kept = [
        one
        for one in tokens
        if one.kind in (K.REF, K.NEAR_REF, K.MINUTE)
        or not any(span.start < one.end and one.start < span.end for span in spans)
    ]
    return sorted((*kept, *spans), key=lambda one: one.start)


def _joined(tokens: Sequence[TextToken]) -> list[TextToken]:
    """Return tokens with "the october board" and "the next meeting" as one; its text is what names the meeting."""
    found: list[TextToken] = []
    for one in tokens:
        last = found[-1] if found else None
        if one.kind is K.NEXT:
            one = TextToken(K.WHEN, one.start, one.end, "next")
        if one.kind is K.WHEN and last is not None and last.text in _ON_THE_WAY and last.kind is not K.LINE:
            found[-1] = replace(one, start=last.start)
        elif last is not None and last.kind is K.WHEN and one.text in _OF_A_MEETING and one.start == last.end + 1:
            found[-1] = replace(last, end=one.end)
        else:
            found.append(one)
    return found
