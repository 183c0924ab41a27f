"""Read that something else was meant than what was just said: "sorry, I meant amber", "no its started, on track".

Source: docs/explanation/what-people-write.md, Second thoughts.
"""

import re
from dataclasses import dataclass

from handlers.reading.clauses import ANSWER_PHRASES, HARD, SOFT
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.normalise import fold
from handlers.reading.tokens import tokens_of
from handlers.reading.vocabulary import Vocabulary

_OPENS = frozenset(
    (
        *ways("sorry|oops|whoops|no|actually|wait|apologies|hmm|hm|argh|oh|ah|typo|hang on|my mistake|my bad"),
        *ways("wrong", "one|action|ref|number"),
    )
)
"""What second thoughts begin with; a status has to follow."""
_INSTEAD = frozenset(
    (
        *ways("i mean|i meant|meant|correction|make that|make it|i should have said|i should have put"),
        *ways("i meant", "to say|to put|to write"),
        *ways("|it|that|this|last one|the last one|that one", "should", "be|say|read|have been|have said"),
        *ways("|to|also|please|can you|could you", "add", "to that|to it|to the last one"),
        *ways("i forgot|forgot|i meant|meant", "to", "add|mention"),
    )
)
"""What says that something else was meant, or more, before it."""
_LONGEST = 5
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_CLAUSE_ENDS = re.compile(r"[.;:!?\n]")


@dataclass(frozen=True, slots=True)
class MeantInstead:
    """What was meant; `another`: the name of an action, and nothing else."""

    words: str
    another: bool = False


def meant_instead(words: str, vocabulary: Vocabulary) -> MeantInstead | None:
    """Return what some words put in the place of what was just said, or None."""
    folded = fold(words)
    said = list(_WORD.finditer(folded))
    place = 0
    while place < len(said) and (length := _phrase(said, place, _OPENS)):
        place += length
    first = _CLAUSE_ENDS.search(folded, said[place].start()) if 0 < place < len(said) else _CLAUSE_ENDS.search(folded)
    for n in range(place, len(said)):
        if first is not None and said[n].start() > first.start():
            break
        if length := _phrase(said, n, _INSTEAD):
            start, end = said[n].start(), said[n + length - 1].end()
            rest = f"{words[said[place].start() : start]} {words[end:].lstrip(' ,:-')}".strip()
            kinds = {one.kind for one in tokens_of(fold(rest), vocabulary)}
            return MeantInstead(rest, kinds <= {K.REF, *SOFT, *HARD}) if rest else None
    if not 0 < place < len(said):
        return None
    rest = words[said[place].start() :]
    rated = any(one.kind in _EXPLICIT for one in tokens_of(fold(rest), vocabulary))
    return MeantInstead(rest) if rated else None


_EXPLICIT = ANSWER_PHRASES.keys() - {K.LIKELY, K.NEAR_RATING, K.VERBAL, K.TO_FOLLOW}


def _phrase(said: list[re.Match[str]], place: int, phrases: frozenset[str]) -> int:
    """Return of how many words the longest of some phrases is that begins here; 0 where none does."""
    words = [one.group() for one in said[place : place + _LONGEST]]
    return next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in phrases), 0)
