"""Where the sentences of a message end that may say what a board decided, and which of them ask.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from collections.abc import Sequence

from handlers.reading.clauses import HARD, SOFT
from handlers.reading.deeds.decision_tails import DECISIONS
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.ref_groups import NAMED
from handlers.reading.tokens import TextToken

_INVERTED = frozenset(
    (
        *("is", "are", "was", "were", "has", "have", "had", "did", "does", "do", "should", "shall", "would", "could"),
        *("can", "will", "may", "might", "isn't", "wasn't", "didn't", "hasn't"),
    )
)


def sentences_of(tokens: Sequence[TextToken]) -> list[tuple[int, int, bool]]:
    """Return where each sentence begins and ends, and whether a question mark ends it."""
    found, start = [], 0
    for n, one in enumerate(tokens):
        if one.kind in HARD and not _list_mark(tokens, n, start):
            found.append((start, n, one.kind is K.QUESTION))
            start = n + 1
    found.append((start, len(tokens), False))
    whole = [one for one in found if one[0] < one[1]]
    for place in range(len(whole) - 1, 0, -1):
        first, second = whole[place - 1 : place + 1]
        if tokens[first[1]].text == ";" and _goes_on(tokens, first, second):
            whole[place - 1 : place + 1] = [(first[0], second[1], second[2])]
    return whole


def _goes_on(tokens: Sequence[TextToken], before: tuple[int, int, bool], after: tuple[int, int, bool]) -> bool:
    """Return whether what was decided stands behind a mark: "healthy-4 – noted the delay; c/f to October"."""
    named, more = ([one.kind for one in tokens[first:stop]] for first, stop, _ in (before, after))
    decided = not DECISIONS.isdisjoint(more) and DECISIONS.isdisjoint({*named} - {K.NOTED})
    return decided and not NAMED.isdisjoint(named) and NAMED.isdisjoint(more)


def _list_mark(tokens: Sequence[TextToken], place: int, start: int) -> bool:
    """Return whether a stop is the one behind the number of a line: "5. RESOLVED that …"."""
    return tokens[place].kind is K.STOP and place == start + 1 and tokens[start].kind is K.NUMBER


def asks(tokens: Sequence[TextToken], first: int, stop: int) -> bool:
    """Return whether a sentence begins as a question does: "was 16sep-3 agreed yesterday"."""
    n = first
    while n < stop and (tokens[n].kind in (K.AND, K.BUT) or tokens[n].text in ("so", "please", "sorry")):
        n += 1
    if n >= stop:
        return False
    token = tokens[n]
    return token.kind is K.ASKING or (token.text.partition(" ")[0] in _INVERTED and token.kind is not K.OUTCOME)


def likewise(tokens: Sequence[TextToken], own: range, stop: int) -> int:
    """Return where words end by which the same is said: "heard-10 too", "same for heard-10"; else 0."""
    n, same = own.stop, tokens[own.start - 1].kind is K.SAME
    while n < stop and tokens[n].kind not in SOFT | {K.AND}:
        if not (tokens[n].kind in (K.SAME, K.SMALL) or tokens[n].text in ("too", "as well")):
            return 0
        same = same or tokens[n].kind is K.SAME or tokens[n].text in ("too", "as well")
        n += 1
    return n if same else 0
