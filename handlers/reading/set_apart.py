"""Set apart what is said about the words of a message, before their answers are read: sources, and marks.

A source stays where it stands, and counts as no word of an answer ("CVS rang this morning" is no past tense); a mark
with its reason goes behind the words of its part.

Source: docs/explanation/what-people-write.md, Where an update came from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.reading.clauses import ANSWER_PHRASES
from handlers.reading.heard import Heard, source_in
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.tokens import TextToken
from handlers.reading.vocabulary import Vocabulary
from handlers.reading.whose import Whose
from handlers.reading.withheld import withheld_in

SOURCE = "source"
_NAMED = frozenset((*ANSWER_PHRASES, K.REF, K.NEAR_REF)) - {K.LIKELY}
_SPACES = re.compile(r" {2,}")
_BRACKETS = re.compile(r"[(\[]\s*$"), re.compile(r"^\s*[)\]]")


@dataclass(frozen=True, slots=True)
class SetApart:
    """A message without what is said about it, each character in its place.

    `words`: as typed, without the mark; `folded`: without the sources as well, which begin at `sources`. `mark`: as
    typed, and where it stood.
    """

    words: str
    folded: str
    heard: Heard | None = None
    mark: str = ""
    at: int = 0
    sources: frozenset[int] = frozenset()

    def told(self, tokens: Iterable[TextToken]) -> tuple[TextToken, ...]:
        """Return the tokens of `folded`, those that stand in for a source with `SOURCE` as what they stand for."""
        return tuple(replace(one, value=SOURCE) if one.start in self.sources else one for one in tokens)

    def marked(self, words: str, start: int, stop: int) -> str:
        """Return the words of the part between two places, with the mark that stood there."""
        if not self.mark:
            return words
        bare = _SPACES.sub(" ", words).replace(" ,", ",")
        return f"{bare}, {self.mark}".removeprefix(", ") if start <= self.at < stop else bare


def set_apart(
    words: str, folded: str, tokens: Sequence[TextToken], vocabulary: Vocabulary, whose: Whose, today: date
) -> SetApart | None:
    """Return a message with sources and marks set apart; None where it has neither."""
    bounds = tuple((one.start, one.end) for one in tokens if one.kind in _NAMED)
    apart = SetApart(words, folded)
    mark = withheld_in(words, bounds)
    if mark is not None and not mark.doubt:
        start, end = mark.start, mark.end
        opened, closed = _BRACKETS[0].search(words[:start]), _BRACKETS[1].search(words[end:])
        if opened and closed:
            start, end = opened.start(), end + closed.end()
        blank = " " * (end - start)
        typed = words[mark.start : mark.end]
        apart = SetApart(
            f"{words[:start]}{blank}{words[end:]}", _edge(folded, start, end), None, typed.strip(" ,;:"), start
        )
    told = source_in(apart.words, vocabulary, today, bounds) if whose.for_others else None
    if told is not None:
        for start, end in told.spans:
            apart = replace(apart, folded=_edge(apart.folded, start, end))
        apart = replace(apart, heard=told.heard, sources=frozenset(start for start, _ in told.spans))
    return apart if apart.mark or apart.heard is not None else None


def _edge(folded: str, start: int, end: int) -> str:
    """Put an edge in the place of some words."""
    return f"{folded[:start]},{' ' * (end - start - 1)}{folded[end:]}"
