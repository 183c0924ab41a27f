"""Read that words are not for publication, anywhere in them: mark × reason.

Source: docs/explanation/what-people-write.md, Where an update came from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.reading.source_words import Part, SourceToken, plain_tokens
from handlers.reading.trimming import trim_words

_MARKS: tuple[tuple[frozenset[str], ...], ...] = tuple(
    tuple(frozenset(word.split("|")) for word in phrase.split())
    for phrase in (
        "not for publication|publishing|release|circulation|sharing",
        "not for the papers|minutes|public",
        "not to be published|printed|released|circulated|shared|minuted",
        "not to go|appear in the papers|minutes",
        "don't|dont publish|print|circulate|share|minute|release this|that|it|these",
        "don't|dont publish|print|circulate|minute",
        "do not publish|print|circulate|share|minute|release this|that|it|these",
        "do not publish|print|circulate|minute",
        "don't|dont put this|that|it in the papers|minutes|report",
        "don't|dont put in the papers|minutes|report",
        "do not put this|that|it in the papers|minutes",
        "keep|leave this|that|it out of the papers|minutes",
        "keep|leave this|that|it out of the public papers|minutes|domain",
        "keep this|that|it confidential|private",
        "keep this|that|it between us",
        "strictly confidential",
        "private and|& confidential",
        "confidential",
        "in confidence",
        "off the record",
    )
)
"""Ways to say it, closed. Must not read: "not for profit", "publication is on 12 Sept", "a confidential helpline"."""
_FIRST = frozenset(word for mark in _MARKS for word in mark[0])
_BEFORE = frozenset(
    ("this", "that", "that's", "thats", "it", "it's", "its", "is", "and", "but", "so", "please", "pls", "update",
     "words", "are", "these", "said", "told", "me", "strictly", "very", "just", "all", "also", "the", "above")
)  # fmt: skip
"""What may stand between an edge and a mark. Must not read: "the report is …", "shared in confidence"."""
_AFTER = frozenset(("please", "pls", "yet", "thanks", "though", "either", "now", "for", "the", "moment", "as", "ever"))
_BECAUSE = (("because",), ("bc",), ("since",), ("as",), ("due", "to"), ("owing", "to"), ("cos",), ("reason",))
_UNTIL = frozenset(("until", "till", "til", "while", "whilst", "pending", "before"))
_SENTENCE = frozenset(".;\n")
_EDGE_CHARACTERS = " ,;:.-–—\n"
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")


@dataclass(frozen=True, slots=True)
class HeldMark:
    """A mark of not for publication: why ("" where it is not said), and where mark and reason stand.

    `doubt`: the words are there, and what they are about is not plain.
    """

    why: str
    start: int
    end: int
    doubt: bool = False


def withheld_in(text: str, bounds: Iterable[tuple[int, int]] = ()) -> HeldMark | None:
    """Return the mark that some words have, or None. `bounds`: where a status or a ref stands."""
    tokens = plain_tokens(text)
    spans = sorted(bounds)
    for at, token in enumerate(tokens):
        if token.text not in _FIRST:
            continue
        for length in sorted({len(mark) for mark in _MARKS if _is_at(tokens, at, mark)}, reverse=True):
            found = _mark(text, tokens, at, at + length, spans)
            if found is not None:
                return found
    return None


def _is_at(tokens: Sequence[SourceToken], at: int, mark: tuple[frozenset[str], ...]) -> bool:
    return len(tokens) - at >= len(mark) and all(tokens[at + n].text in words for n, words in enumerate(mark))


def _mark(
    text: str, tokens: Sequence[SourceToken], first: int, to: int, bounds: Sequence[tuple[int, int]]
) -> HeldMark | None:
    """Return the mark between two tokens, where what stands around it lets it be one."""
    begin = first
    while begin > 0 and tokens[begin - 1].text in _BEFORE:
        begin -= 1
    set_off = begin == 0 or tokens[begin - 1].part is Part.EDGE or _touches(tokens[begin - 1], bounds)
    about_it = {one.text for one in tokens[begin:first]} & {"it", "this", "that", "it's", "its"}
    while to < len(tokens) and tokens[to].text in _AFTER and not _because(tokens, to):
        to += 1
    because = _because(tokens, to)
    until = to < len(tokens) and tokens[to].text in _UNTIL
    secret = tokens[first].text in ("in", "off") and to < len(tokens) and tokens[to].text == "that"
    ends = (
        secret
        or to == len(tokens)
        or tokens[to].part is Part.EDGE
        or any(start <= tokens[to].start < end for start, end in bounds)
    )
    if not (ends or because or until):
        if set_off and tokens[first].text in ("don't", "dont"):
            # "Don't put in the report that …": which of the words are meant is asked.
            return HeldMark("", tokens[begin].start, tokens[to - 1].end, doubt=True)
        named = first + 2 < len(tokens) and tokens[first + 2].text == "publication"
        doubt = set_off and named and bool(about_it)
        return HeldMark("", tokens[begin].start, tokens[to - 1].end, doubt=True) if doubt else None
    if not set_off:
        copula = tokens[first - 1].text in ("is", "are", "was", "were", "be")
        if not because or copula or tokens[first].text != "not":
            return None
        begin = first
    return _with_reason(text, tokens, begin, to + because, bounds)


def _because(tokens: Sequence[SourceToken], at: int) -> int:
    """Return how many words say that a reason follows."""
    for words in _BECAUSE:
        if tuple(one.text for one in tokens[at : at + len(words)]) == words:
            return len(words)
    return 0


def _touches(token: SourceToken, bounds: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in bounds)


def _with_reason(
    text: str, tokens: Sequence[SourceToken], begin: int, at: int, bounds: Sequence[tuple[int, int]]
) -> HeldMark:
    """Take the reason: to the end of the brackets; of the sentence, where the mark stands first; else of the words."""
    bracket = begin > 0 and bool(_OPEN & set(tokens[begin - 1].text))
    head = not text[: tokens[begin].start].strip(_EDGE_CHARACTERS)
    end = len(text)
    if bracket:
        end = next((one.start for one in tokens[at:] if _CLOSE & set(one.text)), end)
    else:
        end = min((start for start, _ in bounds if start >= tokens[begin].start), default=end)
        if head:
            end = min(end, _sentence_end(text, tokens, at, end))
    end = max(end, tokens[min(at, len(tokens)) - 1].end)
    why = trim_words(text[tokens[at - 1].end : end]).rstrip(_EDGE_CHARACTERS)
    return HeldMark(why, tokens[begin].start, end)


def _sentence_end(text: str, tokens: Sequence[SourceToken], at: int, end: int) -> int:
    """Return where the first sentence ends that has a word in it."""
    said = False
    for one in tokens[at:]:
        if one.part is not Part.EDGE:
            said = True
        elif said and _SENTENCE & set(one.text) and not text[one.end : one.end + 1].strip():
            return one.start
    return end
