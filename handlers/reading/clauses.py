"""What divides a message into clauses, and which tokens answer.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

from collections.abc import Sequence

from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.tokens import TextToken, tokens_of
from handlers.reading.vocabulary import Vocabulary
from models.enums import AnswerKind

HARD = frozenset((K.LINE, K.STOP, K.QUESTION))
"""Ends of a sentence."""
SOFT = frozenset((K.COMMA, K.COLON, K.DASH, K.OPEN, K.CLOSE, K.BUT))
ENDS = HARD | SOFT
ANSWER_PHRASES = {
    K.RATING: AnswerKind.UPDATE,
    K.NEAR_RATING: AnswerKind.UPDATE,
    K.LIKELY: AnswerKind.UPDATE,
    K.LETTER: AnswerKind.UPDATE,
    K.DONE: AnswerKind.PROPOSED,
    K.NO_CHANGE: AnswerKind.NO_CHANGE,
    K.VERBAL: AnswerKind.VERBAL,
    K.TO_FOLLOW: AnswerKind.TO_FOLLOW,
    K.NOT_OURS: AnswerKind.NOT_OURS,
}
BETWEEN = frozenset((K.SMALL, K.LINK, K.AND, K.MARK, K.PICTURE, K.QUOTE, K.OPINION))
"""What may stand between an answer and what it is about."""

INVERTED = frozenset(
    ways("is|are|has|have|was|were|does|did|do|isn't|aren't|hasn't|haven't|shall|should|would|could|can")
)
"""What a question begins with whose subject stands behind its verb."""
PRONOUNS = frozenset(["it", "this", "that", "these", "those", "they", "we", "our", "my", "there"])


_GIVING_WORDS = frozenset(
    ["give", "do", "provide", "bring", "offer", "prefer", "make", "have", "take", "get", "an", "can"]
)


def gives(token: TextToken) -> bool:
    """Return whether a token may stand between somebody and what they give: "I will give a" verbal update."""
    return token.kind in (K.WISH, K.DETERMINER) or token.text in _GIVING_WORDS


def segment_end(tokens: Sequence[TextToken], start: int, end: int) -> int:
    """Return where the clause that a place is in ends: the place of its mark, or the end."""
    return next((n for n in range(start, end) if tokens[n].kind in ENDS), end)


def sentence_start(tokens: Sequence[TextToken], place: int, floor: int = 0) -> int:
    """Return the place of the first token of the sentence that a place is in."""
    while place > floor and tokens[place - 1].kind not in HARD:
        place -= 1
    return place


_MOST_DENIED = 12


def denied_behind(tokens: Sequence[TextToken]) -> tuple[tuple[int, int], ...]:
    """Return where actions and meetings stand that what is said of others is not said of: "…, not healthy-8"."""
    found: list[tuple[int, int]] = []
    seen: set[K] = set()
    for mark, denies, one, after in zip(tokens, tokens[1:], tokens[2:], (*tokens[3:], None), strict=False):
        denied = mark.kind in SOFT and denies.text == "not" and one.kind in (K.REF, K.WHEN) and one.kind in seen
        if denied and (after is None or after.kind in ENDS):
            found.append((mark.start, one.end))
        seen.add(mark.kind)
    return tuple(found[:_MOST_DENIED])


def answer_ahead(tokens: Sequence[TextToken], start: int, quiet: frozenset[K] = BETWEEN) -> int | None:
    """Return the place of the answer that follows with only small words between, or None."""
    for place in range(start, min(len(tokens), start + 12)):
        if tokens[place].kind in ANSWER_PHRASES:
            return place
        if tokens[place].kind not in quiet:
            return None
    return None


def answers_before(tokens: Sequence[TextToken], stop: int) -> bool:
    """Return whether some token before a place answers."""
    return any(tokens[n].kind in ANSWER_PHRASES for n in range(stop))


def left_out(tokens: Sequence[TextToken], stop: int) -> bool:
    """Return whether words before the first of several actions belong to none of them; a heading needs no action."""
    if stop and tokens[stop - 1].kind is K.COLON:
        return False
    return any(tokens[n].kind is K.WORD for n in range(stop))


def rates_no_action(tokens: Sequence[TextToken], stop: int, behind: int) -> bool:
    """Return whether a rating follows what is no action of the plan: "h5 G, 9sep-2 G", or "8 - A" in a line before.

    Args:
        tokens: those of a message.
        stop: where the first action is named.
        behind: the place behind it.
    """
    if any(tokens[n].kind is K.LETTER and tokens[n - 1].kind is K.WORD for n in range(1, stop)):
        return True
    line = next((n for n in range(behind, len(tokens)) if tokens[n].kind is K.LINE), len(tokens))
    answered = any(tokens[n].kind in ANSWER_PHRASES.keys() - {K.LIKELY} for n in range(behind, line))
    led = (
        n for n in range(1, stop) if tokens[n].kind in (K.RATING, K.LETTER) and tokens[n - 1].kind in (K.DASH, K.COLON)
    )
    last = max(led, default=stop)
    return answered and any(tokens[n].kind is K.LINE for n in range(last, stop))


def begins_with_an_answer(folded: str, vocabulary: Vocabulary) -> bool:
    """Return whether folded text begins with the words of an answer, small words before them or not."""
    kinds = (one.kind for one in tokens_of(folded, vocabulary))
    return next((kind for kind in kinds if kind is not K.SMALL), None) in ANSWER_PHRASES
