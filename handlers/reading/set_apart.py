"""Set apart what is said beside the answers of a message, before they are read: sources, marks, asks of the board.

A source stays where it stands, and counts as no word of an answer ("CVS rang this morning" is no past tense); a mark
with its reason, and an ask of the board, go behind the words of their part.

Source: docs/explanation/what-people-write.md, Where an update came from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.reading.board_asks import board_ask_in
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

    `words`: as typed, without mark and ask; `folded`: without the sources as well, which begin at `sources`. `beside`:
    ask and mark as they are put behind words, and where they stood.
    """

    words: str
    folded: str
    heard: Heard | None = None
    beside: tuple[tuple[int, str], ...] = ()
    sources: frozenset[int] = frozenset()

    def told(self, tokens: Iterable[TextToken]) -> tuple[TextToken, ...]:
        """Return the tokens of `folded`, those that stand in for a source with `SOURCE` as what they stand for."""
        return tuple(replace(one, value=SOURCE) if one.start in self.sources else one for one in tokens)

    def without(self, start: int, end: int) -> "SetApart":
        """Return it without what stands between two places, which is put behind its part."""
        at, said = start, self.words[start:end].strip(" ,;:")
        opened, closed = _BRACKETS[0].search(self.words[:start]), _BRACKETS[1].search(self.words[end:])
        if opened and closed:
            start, end = opened.start(), end + closed.end()
        words = f"{self.words[:start]}{' ' * (end - start)}{self.words[end:]}"
        return replace(self, words=words, folded=_edge(self.folded, start, end), beside=((at, said), *self.beside))

    def marked(self, words: str, start: int, stop: int) -> str:
        """Return the words of the part between two places, with what is said beside them there."""
        if not self.beside:
            return words
        bare = _SPACES.sub(" ", words).replace(" ,", ",")
        for at, said in self.beside:
            if start <= at < stop:
                bare += f"{'' if bare.endswith('.') or not bare else ','} {said}"
        return bare.strip()


def set_apart(
    words: str, folded: str, tokens: Sequence[TextToken], vocabulary: Vocabulary, whose: Whose, today: date
) -> SetApart | None:
    """Return a message with sources and marks set apart; None where it has neither."""
    bounds = tuple((one.start, one.end) for one in tokens if one.kind in _NAMED)
    refs = tuple((one.start, one.end) for one in tokens if one.kind in (K.REF, K.NEAR_REF))
    apart = SetApart(words, folded)
    ask = board_ask_in(words, vocabulary.boards, refs)
    mark = withheld_in(words, (*bounds, *([(ask.start, ask.end)] if ask else ())))
    if mark is not None and not mark.doubt:
        apart = apart.without(mark.start, mark.end)
        if ask is not None and mark.start < ask.end and ask.start < mark.end:
            ask = board_ask_in(apart.words, vocabulary.boards, refs)
    if ask is not None:
        apart = apart.without(ask.start, ask.end)
    told = source_in(apart.words, vocabulary, today, bounds) if whose.for_others else None
    if told is not None:
        for start, end in told.spans:
            apart = replace(apart, folded=_edge(apart.folded, start, end))
        apart = replace(apart, heard=told.heard, sources=frozenset(start for start, _ in told.spans))
    return apart if apart.beside or apart.heard is not None else None


def _edge(folded: str, start: int, end: int) -> str:
    """Put an edge in the place of some words."""
    return f"{folded[:start]},{' ' * (end - start - 1)}{folded[end:]}"
