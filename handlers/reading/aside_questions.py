"""Questions beside an answer: "healthy-5 no change. When do you need happy-2 by?" answers, and asks something else.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

from collections.abc import Iterator, Sequence

from handlers.reading.clauses import ANSWER_PHRASES, HARD, INVERTED, PRONOUNS
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.tokens import TextToken

_JOINTS = frozenset((K.COMMA, K.DASH, K.BUT, K.AND))
_OPENERS = frozenset(("btw", "by the way", "ps", "also", "so", "oh", "just", "quick", "please", "sorry"))
"""What may stand before a question and is no part of an answer."""
_VERBS_OF_WHEN = frozenset(("do", "does", "did", "is", "are", "will", "was", "can", "should", "would"))


def aside_questions(tokens: Sequence[TextToken]) -> tuple[tuple[int, int], ...]:
    """Return where the questions in a message stand that answers too; none where no sentence answers."""
    found: list[tuple[int, int]] = []
    answered = False
    for first, stop in _sentences(tokens):
        begins = _question_begins(tokens, first, stop)
        if begins is None:
            answered = answered or any(tokens[n].kind in ANSWER_PHRASES for n in range(first, stop))
            continue
        answered = answered or any(tokens[n].kind in ANSWER_PHRASES for n in range(first, begins))
        found.append((tokens[begins].start, tokens[stop - 1].end))
    return tuple(found) if answered else ()


def _sentences(tokens: Sequence[TextToken]) -> Iterator[tuple[int, int]]:
    """Yield the first place of each sentence and the one behind its last mark."""
    first = 0
    for place, token in enumerate(tokens):
        if token.kind in HARD or place == len(tokens) - 1:
            if place + 1 > first:
                yield first, place + 1
            first = place + 1


def _question_begins(tokens: Sequence[TextToken], first: int, stop: int) -> int | None:
    """Return where a question that names no status begins in a sentence: at its start, or behind a mark."""
    for begins in range(first, stop):
        back = begins
        while back > first and tokens[back - 1].text in _OPENERS:
            back -= 1
        opens = back == first or tokens[back - 1].kind in _JOINTS
        if opens and _asks(tokens, begins, stop):
            named = any(tokens[n].kind in ANSWER_PHRASES for n in range(begins, stop))
            return None if named else back
    return None


def _asks(tokens: Sequence[TextToken], begins: int, stop: int) -> bool:
    token = tokens[begins]
    following = tokens[begins + 1] if begins + 1 < stop else None
    if token.kind is K.ASKING:
        # "Why: the narrator is ill" is a heading.
        return following is None or following.kind is not K.COLON
    if following is None:
        return False
    if token.text == "when":
        return following.text.split()[0] in _VERBS_OF_WHEN
    turned = following.kind in (K.REF, K.NEAR_REF, K.ALL, K.DETERMINER) or following.text in PRONOUNS
    return token.text in INVERTED and turned
