"""Read what follows a decision: its meetings, its minute, its reason; and what puts it in doubt.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

import re
from dataclasses import dataclass, replace

from handlers.reading.clauses import SOFT
from handlers.reading.deeds.decided_parts import DecidedPart
from handlers.reading.deeds.pieces import Pieces
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.ref_groups import NAMED
from handlers.reading.tokens import TextToken
from handlers.reading.trimming import trim_words, without_courtesies
from handlers.reading.whose import Sureness
from models.enums import OutcomeKind

DECISIONS = frozenset((K.OUTCOME, K.DONE, K.SHIFT, K.NOTED))
DECISION_DOUBTS = frozenset(
    (K.NEGATION, K.HEDGE, K.CONDITION, K.WISH, K.REPORTED, K.ASKING, K.OR, K.EXCEPTION, K.REMAINDER, K.NEAR_REF)
)
ANSWERS_ALONE = frozenset((K.RATING, K.LIKELY, K.NEAR_RATING, K.NO_CHANGE, K.VERBAL, K.TO_FOLLOW, K.NOT_OURS))
"""What only an update says."""
_TELLING = DECISION_DOUBTS | ANSWERS_ALONE | NAMED | {K.WORD, K.NUMBER}
_AT = frozenset(("at", "on", "by"))
_FILLERS = frozenset(("yesterday", "together", "straight", "off", "over", "back", "on", "forward", "officially"))


@dataclass(frozen=True, slots=True)
class DecisionTail:
    """A part with what follows its decision, how sure that leaves it, and words that say something else altogether."""

    part: DecidedPart
    sure: Sureness = Sureness.PLAIN
    more: str = ""


def read_tail_of(pieces: Pieces, part: DecidedPart, start: int, end: int) -> DecisionTail:
    """Return a part with its meetings, its minute and its reason, from one token up to another."""
    tokens = pieces.tokens
    moves = part.kind is OutcomeKind.CARRIED_FORWARD
    sure = Sureness.PLAIN
    for n in range(start, end):
        one = tokens[n]
        after = tokens[n + 1] if n + 1 < end else None
        if one.kind is K.BUT:
            return DecisionTail(part, Sureness.DOUBTED)
        if one.kind in SOFT and _says_more(tokens[n + 1 : end]):
            return DecisionTail(part, sure, trim_words(pieces.text(n + 1, end)))
        if one.kind is K.REASON and not (one.text == "as" and after is not None and after.kind in DECISIONS):
            return DecisionTail(with_reason(pieces, part, n + 1, end), sure)
        if one.kind in SOFT and _gives_reason(tokens[n + 1 : end]):
            # "Closed, subject to a check" is not closed.
            held = part.kind is OutcomeKind.CLOSED and after is not None and after.kind is K.CONDITION
            sure = Sureness.DOUBTED if held and after is not None and after.text != "when" else sure
            return DecisionTail(with_reason(pieces, part, n + 1, end), sure)
        if one.kind is K.MINUTE:
            part = replace(part, minute=minute_of(one))
        elif one.kind is K.WHEN:
            part = _with_meeting(part, one.text, _word_before(tokens, n, start), moves)
        elif one.kind is K.NEGATION and after is not None and after.kind is K.WHEN:
            continue
        elif not _explained(one, part):
            sure = Sureness.DOUBTED
    return DecisionTail(part, sure)


def _explained(token: TextToken, part: DecidedPart) -> bool:
    """Return whether a word behind a decision leaves it as it is."""
    if token.kind in (K.WORD, K.NUMBER):
        return token.text in _FILLERS
    left_out = token.kind is K.EXCEPTION and part.but
    return token.kind not in DECISION_DOUBTS | ANSWERS_ALONE or bool(left_out)


def minute_of(token: TextToken) -> str:
    """Return the number that a minute has, "" where it is to come."""
    return str(token.value[0]) if isinstance(token.value, tuple) else ""


def _with_meeting(part: DecidedPart, typed: str, before: str, moves: bool) -> DecidedPart:
    if before == "not":
        return part
    if moves and not part.to_meeting and before not in _AT:
        return replace(part, to_meeting=typed)
    return part if part.meeting else replace(part, meeting=typed)


def _word_before(tokens: tuple[TextToken, ...], place: int, start: int) -> str:
    n = place - 1
    while n >= start and tokens[n].kind in (K.DETERMINER, K.SMALL) and tokens[n].text not in _AT:
        n -= 1
    return tokens[n].text if n >= start else ""


def _gives_reason(tokens: tuple[TextToken, ...]) -> bool:
    """Return whether words that are no part of a decision stand before the next mark."""
    for one in tokens:
        if one.kind in SOFT or one.kind is K.REASON:
            return False
        if one.kind in _TELLING:
            return True
    return False


def _says_more(tokens: tuple[TextToken, ...]) -> bool:
    """Return whether a meeting is moved in the words behind a mark: that is no reason."""
    telling = [one for one in tokens if one.kind not in (K.AND, K.DETERMINER, K.SMALL)]
    if not telling or telling[0].kind is not K.WHEN:
        return False
    return any(one.kind is K.SHIFT for one in telling) and any(one.kind is K.WHEN for one in telling[1:])


def with_reason(pieces: Pieces, part: DecidedPart, start: int, end: int) -> DecidedPart:
    """Return a part with its reason from one token up to another, and the minute that ends it."""
    tokens = pieces.tokens
    said = pieces.text(start, end)
    minute = next((tokens[n] for n in range(end - 1, start - 1, -1) if tokens[n].kind is K.MINUTE), None)
    if minute is not None and not part.minute:
        behind = pieces.words[minute.end : tokens[end - 1].end]
        if not re.search(r"[^\W_]", behind):
            said = pieces.words[tokens[start].start : minute.start].rstrip(" (,;-")
            part = replace(part, minute=minute_of(minute))
    return replace(part, reason=trim_words(without_courtesies(trim_words(said))).rstrip("."))
