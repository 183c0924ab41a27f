"""Somebody beside an answer: a colour that is a name, and who is said to give an answer or to have the action instead.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from collections.abc import Sequence

from handlers.reading.clauses import segment_end, sentence_start
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.part_subjects import PartSubject
from handlers.reading.tokens import TextToken
from handlers.reading.whose import Sureness
from models.rules.status_words import COLOURS

_DESCRIBING = frozenset(("my", "our", "the", "who", "his", "her", "their", "a", "an"))
_DOING = frozenset(ways("is|was|has|had|will|can|could|would|says|said|thinks|asked|sent|wrote|rang|wants|knows|tells"))
_WHERE = frozenset(("in", "from", "at", "of", "over"))
_TITLE = re.compile(
    r"(?i)(?<![^\W_])(?:cllr|councillor|mr|mrs|ms|miss|mx|dr|prof|pc|sgt|insp|supt|rev|sir|dame|lady|lord)\.? $"
)
_FIRST_NAME = re.compile(r"(?<![^\W_])(?P<name>[A-Z][a-z'’-]+) $")
_FOLLOWS_A_NAME = re.compile(
    r" (?:in|from|at|of|over|is|was|has|had|will|can|says|said|thinks|sent|wrote|rang)(?![^\W_])"
)
_RATED = frozenset(
    ways(
        "status|rating|rag|overall|currently|now|still|all|both|position|and|is|was|are|rated|it|they|this|update|mostly"
    )
)
"""Words before a colour, with a capital or without, that are nobody's name."""
_SURNAME = re.compile(r" [A-Z][a-z'’-]+(?![^\W_])")


def of_somebody(tokens: Sequence[TextToken], place: int, subject: PartSubject) -> Sureness:
    """Return how sure an answer is by who is said to give it, or to have the action instead.

    "Expect it Friday", "is for the treasurer, not for me" are shown; of "Amber, my PA, will send it" nothing is known.
    """
    token = tokens[place]
    start = max(sentence_start(tokens, place, subject.floor), subject.own.stop if len(subject.own) else 0)
    told = any(tokens[n].kind in (K.WORD, K.RATING, K.NAME, K.WHO) for n in range(start, place))
    if token.kind is K.NOT_OURS:
        return Sureness.LIKELY if told else Sureness.PLAIN
    if token.kind is not K.TO_FOLLOW:
        return Sureness.PLAIN
    if token.text.startswith(("will ", "can ", "shall ")) and told and tokens[place - 1].kind is K.COMMA:
        return Sureness.DOUBTED
    return Sureness.LIKELY if token.text.startswith(("expect ", "with you")) else Sureness.PLAIN


def names_somebody(words: str, start: int, end: int) -> bool:
    """Return whether a colour stands where a name does: "Cllr Green", "Amber Nwosu", "Jade Green at the studio"."""
    typed = words[start:end]
    if typed.lower() not in COLOURS or not typed.istitle():
        return False
    first = _FIRST_NAME.search(words[:start])
    if first is not None and first["name"].lower() not in _RATED and _FOLLOWS_A_NAME.match(words, end):
        return True
    return _TITLE.search(words[:start]) is not None or _SURNAME.match(words, end) is not None


def is_name(words: str, tokens: Sequence[TextToken], place: int, end: int) -> bool:
    """Return whether a colour may be somebody's name or a place's: "Amber Nwosu", "Amber, our new officer, started"."""
    token = tokens[place]
    typed = words[token.start : token.end]
    if names_somebody(words, token.start, token.end):
        return True
    if token.text not in COLOURS or not typed.istitle() or place + 1 >= end:
        return False
    following = tokens[place + 1]
    if following.kind is K.COMMA and _is_apposition(tokens, place + 2, end):
        return True
    if token.text != "amber" or (place and tokens[place - 1].kind is K.REF):
        return False
    if following.kind is K.COMMA and place + 2 < end:
        return tokens[place + 2].text in _DESCRIBING
    if following.text in _WHERE and any(one.text in _DOING for one in tokens[place : segment_end(tokens, place, end)]):
        return True
    return following.text in ("is", "has", "was", "will", "from", "and", "says", "said", "can", "at", "who")


def _is_apposition(tokens: Sequence[TextToken], start: int, end: int) -> bool:
    """Return whether somebody is described between commas and does something: "my PA, will send it"."""
    if start >= end or tokens[start].text not in _DESCRIBING:
        return False
    stop = segment_end(tokens, start, end)
    return stop + 1 < end and tokens[stop].kind is K.COMMA and tokens[stop + 1].text.split()[0] in _DOING
