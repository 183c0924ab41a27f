"""Read what follows a command that decides or moves: the outcome, its meetings, its minute, its reason.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

import re
from dataclasses import replace
from datetime import date

from handlers.reading.clauses import ENDS
from handlers.reading.deeds.decided_parts import DecidedPart
from handlers.reading.deeds.decision_tails import DECISIONS, minute_of, with_reason
from handlers.reading.deeds.deed_words import EVERYDAY, REPLACED
from handlers.reading.deeds.pieces import BESIDE_DECISIONS, Pieces, pieces_of
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.trimming import without_thanks
from handlers.reading.vocabulary import Vocabulary
from handlers.reading.whose import Sureness
from models.enums import OutcomeKind

_THE = re.compile(r"^(?:the|our|this|that) ", re.IGNORECASE)
_TO = frozenset(("to", "into", "until", "till", "til", "onto", "on to"))
_AT = frozenset(("at", "on", "by", "agreed"))


def read_outcome(words: str, vocabulary: Vocabulary, today: date) -> DecidedPart | None:
    """Return the parts of `carried forward to next because …` or `closed agreed 23/10 minute 41`; None for no outcome.

    Words that nothing explains are the reason.
    """
    pieces = pieces_of(words.replace(", not", "  not"), vocabulary, today)
    tokens = pieces.tokens
    place = next((n for n, one in enumerate(tokens) if one.kind not in BESIDE_DECISIONS | {K.REASON}), len(tokens))
    if place == len(tokens) or tokens[place].kind not in DECISIONS - {K.NOTED}:
        return None
    token = tokens[place]
    ahead = next((one for one in tokens[place + 1 :] if one.kind not in BESIDE_DECISIONS), None)
    if token.kind is K.SHIFT and ahead is not None and ahead.kind is K.WHEN:
        return _slots(pieces, place + 1, OutcomeKind.CARRIED_FORWARD)
    if token.kind is K.SHIFT or token.text in REPLACED | EVERYDAY:
        part = DecidedPart((), OutcomeKind.CLOSED_NOT_DONE, Sureness.PLAIN)
        return with_reason(pieces, part, place, len(tokens))
    return _slots(pieces, place + 1, token.value if isinstance(token.value, OutcomeKind) else OutcomeKind.CLOSED)


def read_move(words: str, vocabulary: Vocabulary, today: date) -> DecidedPart:
    """Return the meeting and the reason of `to 23 oct because …`."""
    return _slots(pieces_of(words, vocabulary, today), 0, OutcomeKind.CARRIED_FORWARD)


def _slots(pieces: Pieces, start: int, kind: OutcomeKind) -> DecidedPart:
    """Return what follows an outcome: each of its words belongs to a meeting, to the minute or to the reason."""
    tokens = pieces.tokens
    part = DecidedPart((), kind, Sureness.PLAIN)
    to = kind is OutcomeKind.CARRIED_FORWARD
    slot, begin = "to_meeting" if to else "", start
    for n in range(start, len(tokens)):
        one = tokens[n]
        decides = one.text == "as" and n + 1 < len(tokens) and tokens[n + 1].kind in DECISIONS
        if one.kind is K.REASON and not decides:
            return with_reason(pieces, _filled(pieces, part, slot, begin, n), n + 1, len(tokens))
        if one.text in _AT or (to and one.text in _TO):
            part = _filled(pieces, part, slot, begin, n)
            slot, begin = "meeting" if one.text in _AT else "to_meeting", n + 1
        elif one.kind is K.MINUTE or one.kind in ENDS:
            part = _filled(pieces, part, slot, begin, n)
            part = replace(part, minute=minute_of(one) or "to be added") if one.kind is K.MINUTE else part
            slot, begin = "", n + 1
        elif not slot and one.kind is K.WHEN:
            slot, begin = "to_meeting" if to and not part.to_meeting else "meeting", n
        elif not slot and not decides and one.kind not in BESIDE_DECISIONS:
            return with_reason(pieces, part, begin, len(tokens))
    return _filled(pieces, part, slot, begin, len(tokens))


def _filled(pieces: Pieces, part: DecidedPart, slot: str, begin: int, end: int) -> DecidedPart:
    """Return a part with the meeting that some of its tokens name."""
    said = without_thanks(_THE.sub("", pieces.text(begin, end))) if begin < end else ""
    return replace(part, **{slot: said}) if slot and said else part  # type: ignore[arg-type]
