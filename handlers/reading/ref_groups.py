"""Actions that are named together: "healthy-5, healthy-8 and 9".

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

import re
from collections.abc import Sequence

from handlers.reading.clauses import BETWEEN, answer_ahead
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.tokens import TextToken
from handlers.reading.vocabulary import Vocabulary
from handlers.reading.whose import Sureness

NAMED = frozenset((K.REF, K.NEAR_REF))
_DATED = re.compile(r"[0-9]{1,2} [a-z]{3,9} [0-9]{1,2}$")


def refs_of(token: TextToken) -> tuple[str, ...]:
    """Return the refs that a token names or may mistype."""
    return token.value if isinstance(token.value, tuple) else ()


def ref_group(
    tokens: Sequence[TextToken], place: int, vocabulary: Vocabulary
) -> tuple[int, tuple[str, ...], tuple[tuple[str, str], ...], Sureness]:
    """Return the end of some refs that are named together, the refs, what is no plain ref among them, and how sure."""
    refs: list[str] = []
    read_as: list[tuple[str, str]] = []
    sure = Sureness.PLAIN
    n = place
    while True:
        token = tokens[n]
        own = refs_of(token)
        if token.kind is K.REF and _DATED.match(token.text):
            # "23 oct 10" may be a day as well.
            sure = min(sure, Sureness.LIKELY)
            read_as.append((token.text, own[0]))
        if token.kind is K.NEAR_REF:
            sure = min(sure, Sureness.LIKELY if len(own) == 1 else Sureness.DOUBTED)
            own = tuple(filter(None, own))
            read_as.append((token.text, " or ".join(own)))
        refs.extend(own)
        n += 1
        joint = n
        either = False
        while joint < len(tokens) and (
            tokens[joint].kind in (K.COMMA, K.AND, K.OR) or tokens[joint].text in ("both", "also", "action")
        ):
            either = either or tokens[joint].text in ("or", "either")
            joint += 1
        if either:
            sure = Sureness.DOUBTED
        if joint >= len(tokens) or joint == n:
            break
        if tokens[joint].kind in NAMED:
            ahead = tokens[joint - 1].kind is K.COMMA and answer_ahead(tokens, n, BETWEEN) is not None
            if ahead:
                break
            n = joint
            continue
        known = numbered_ref(tokens, joint, refs[-1], vocabulary)
        if known is None:
            break
        refs.append(known)
        read_as.append((tokens[joint].text, known))
        sure = min(sure, Sureness.LIKELY)
        n = joint
        while n + 1 < len(tokens):
            further = n + 1
            while further < len(tokens) and tokens[further].kind in (K.COMMA, K.AND):
                further += 1
            more = numbered_ref(tokens, further, refs[-1], vocabulary) if further > n + 1 else None
            if more is None:
                break
            refs.append(more)
            read_as.append((tokens[further].text, more))
            n = further
        n += 1
        break
    return n, tuple(dict.fromkeys(refs)), tuple(read_as), sure


def numbered_ref(tokens: Sequence[TextToken], place: int, ref: str, vocabulary: Vocabulary) -> str | None:
    """Return the ref that a bare number stands for behind another: "healthy-5 and 8"."""
    if place >= len(tokens) or tokens[place].kind is not K.NUMBER or not tokens[place].text.isdecimal():
        return None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is not None and after.kind is K.WORD:
        return None
    stem = re.match(r".*[^0-9](?=[0-9]+$)", ref)
    return vocabulary.exact_ref(stem.group() + tokens[place].text) if stem else None
