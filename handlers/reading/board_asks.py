"""Read what an update asks of the board: "ask of the board: agree …", "we ask the board to fund …".

Only what is asked now, and of a board of the plan. What was asked once, may be asked later, or is asked by others is no
ask: it stays among the words.

Source: docs/explanation/what-people-write.md, Where an update came from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.reading.normalise import fold
from handlers.reading.source_words import Part, SourceToken, plain_tokens
from handlers.reading.trimming import trim_words
from handlers.reading.vocabulary import BoardWords

ASK_LABEL = "Ask of the board"
_Phrase = tuple[frozenset[str], ...]


def _phrases(*written: str) -> tuple[_Phrase, ...]:
    return tuple(tuple(frozenset(word.split("|")) for word in one.split()) for one in written)


_LABELS = _phrases(
    "ask|asks|request|requests|recommendation|recommendations of|to|for|from",
    "decision|decisions needed|wanted|sought|required of|from|by",
)
"""Before the board. Must not read: "the board asks us", "tasked by the board"."""
_SET_OFF = _phrases("for|to")
_ASKING = _phrases(
    "we|i ask|request|recommend|invite",
    "we|i would ask|request|recommend|invite",
    "we'd|i'd ask|request|recommend|invite",
    "we're|i'm asking|requesting|recommending|inviting",
    "we|i are|am asking|requesting|recommending|inviting",
    "asking|requesting|recommending|inviting|recommend",
)
"""Must not read: "asked", "will ask", "may ask", "the head asks"."""
_WANTING = _phrases("we|i would like", "we'd|i'd like", "we|i need|want", "would like")
_IS_ASKED = _phrases("is|are asked|requested|invited|recommended to|that")
_NOUN_AFTER = _phrases("ask|asks")
_IS = _phrases("is|are that|to", "is|are for them to", "is|are")
_VERBS = frozenset(
    ("agree", "approve", "note", "consider", "support", "fund", "endorse", "decide", "discuss", "help", "back", "press",
     "review", "confirm", "nominate", "name", "commission", "write", "release", "allocate", "extend", "lobby", "raise",
     "share", "sign", "accept", "adopt", "authorise", "authorize", "delegate", "direct", "escalate", "explore", "find",
     "give", "identify", "join", "lead", "make", "meet", "move", "offer", "pause", "permit", "provide", "put",
     "reconsider", "request", "require", "resolve", "resource", "set", "sponsor", "stop", "take", "unblock", "urge",
     "waive", "appoint", "remind", "invite", "ask", "challenge", "champion", "change", "clarify", "prioritise")
)  # fmt: skip
"""What a board can be asked to do. Must not read: "we want the board to be happier", "to see the film"."""
_BEFORE_NOUN = frozenset(
    ("our", "my", "the", "one", "an", "a", "this", "main", "key", "only", "with", "there", "is", "we", "i", "have",
     "has", "got")
)  # fmt: skip
_JOINS = frozenset(("and", "so", "but", "therefore", "hence", "please", "also", "plus"))
_NOT_NOW = frozenset(("when", "once", "until", "should", "not", "never", "no", "nor", "don't", "last"))
"""In its own clause. Must not read: "no ask of the board", "when ready we ask the board to fund it"."""
_MAYBE = frozenset(("if", "unless", "whether"))
"""In its sentence. Must not read: "if it slips, we ask the board to fund it"."""
_NOTHING = frozenset(("none", "nothing", "nil", "no", "n", "na", "tbc"))
_DETERMINERS = frozenset(("the", "our", "this"))
_COLON, _QUOTES, _SENTENCE = frozenset(":-–—="), frozenset("\"'"), frozenset(".;!?\n")
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")


@dataclass(frozen=True, slots=True)
class AskFound:
    """What is asked of the board, and where it stands with the words that say so."""

    ask: str
    start: int
    end: int


def with_ask(words: str, ask: str) -> str:
    """Return the words of an update with what it asks of the board, as they are kept: "…. Ask of the board: …"."""
    if not ask:
        return words
    stop = "" if not words or words.endswith((".", "!", "?", "\n")) else "."
    return f"{words}{stop} {ASK_LABEL}: {ask}".lstrip()


def ask_kept(words: str) -> tuple[str, str]:
    """Return the words of an update without what it asks of the board, and that, as `with_ask` keeps them."""
    before, label, ask = words.rpartition(f"{ASK_LABEL}: ")
    if not label or before.rstrip(" ")[-1:] not in ("", ".", "!", "?", "\n"):
        return words, ""
    return before.strip(), ask.strip()


def board_ask_in(text: str, boards: Iterable[BoardWords], refs: Iterable[tuple[int, int]] = ()) -> AskFound | None:
    """Return what some words ask of the board, or of one of `boards` by its name; None where they do not.

    `refs`: where a ref begins what is said of another action.
    """
    folded = fold(text)
    names: list[tuple[str, ...]] = [("board",)]
    for board in boards:
        for words in (fold(name).split() for name in (board.name, *board.aliases)):
            initials = "".join(word[0] for word in words if word not in ("and", "of", "the"))
            names += [tuple(words), (*words, "board"), *([(initials,)] if len(initials) > 1 else [])]
    if not any(one[-1] in folded for one in names):
        return None
    tokens = plain_tokens(text)
    texts = [one.text for one in tokens]
    for at, token in enumerate(tokens):
        if token.part is Part.EDGE:
            continue
        long = max((len(one) for one in names if tuple(texts[at : at + len(one)]) == one), default=0)
        first = at - (at > 0 and texts[at - 1] in _DETERMINERS)
        if long and (found := _around(text, tokens, first, at + long, sorted(refs))) is not None:
            return found
    return None


def _around(
    text: str, tokens: Sequence[SourceToken], first: int, after: int, refs: Sequence[tuple[int, int]]
) -> AskFound | None:
    """Return the ask whose words stand around a board, which goes from one token up to another."""
    texts = [one.text for one in tokens]
    begin, content, label = first, 0, False
    if length := _ends(texts, first, _LABELS):
        begin = first - length
        content, label = _linked(texts, after)
    elif length := _ends(texts, first, _ASKING) or _ends(texts, first - 1, _ASKING):
        begin = first - length - (not _ends(texts, first, _ASKING))
        recommends = any(one.startswith("recommend") for one in texts[begin:first])
        told = texts[after : after + 1]
        if told == ["to"]:
            content = after + 1
        elif recommends and told and (told[0] in _VERBS or told[0].removesuffix("s") in _VERBS):
            content = after
    elif length := _ends(texts, first, _WANTING):
        begin = first - length
        content = after + 1 if texts[after : after + 1] == ["to"] and _is_verb(texts, after + 1) else 0
    elif length := _begins(texts, after, _IS_ASKED):
        content = after + length
    elif length := _begins(texts, after, _NOUN_AFTER):
        content, label = _linked(texts, after + length)
    elif _ends(texts, first, _SET_OFF) and _is_edge(texts, after, _COLON):
        begin, content, label = first - 1, after + 1, True
    if not content or content >= len(tokens):
        return None
    while begin > 0 and tokens[begin - 1].text in _BEFORE_NOUN:
        begin -= 1
    joined = begin
    while joined > 0 and tokens[joined - 1].text in _JOINS:
        joined -= 1
    if joined and (_QUOTES & set(texts[joined - 1]) or (joined == begin and tokens[joined - 1].part is not Part.EDGE)):
        return None
    return _until_its_end(text, tokens, (joined, content), refs, label=label)


def _linked(texts: Sequence[str], at: int) -> tuple[int, bool]:
    """Return where the ask begins behind a label, 0 where none does, and whether a colon or the like leads it."""
    if _is_edge(texts, at, _COLON):
        return at + 1, True
    if length := _begins(texts, at, _IS):
        return at + length, False
    to = at + (texts[at : at + 1] == ["to"])
    return (to if _is_verb(texts, to) else 0), False


def _until_its_end(
    text: str, tokens: Sequence[SourceToken], where: tuple[int, int], refs: Sequence[tuple[int, int]], *, label: bool
) -> AskFound | None:
    """Return an ask up to the end of its line, sentence or brackets, or to what is said of another action."""
    begin, content = where
    clause = sentence = begin
    while clause > 0 and tokens[clause - 1].part is not Part.EDGE:
        clause -= 1
    while sentence > 0 and not _SENTENCE & set(tokens[sentence - 1].text):
        sentence -= 1
    ahead = {one.text for one in tokens[sentence:content]} & _MAYBE if not label else set()
    if ahead or _NOT_NOW & {one.text for one in tokens[clause:content]}:
        return None
    while content < len(tokens) and tokens[content].part is Part.EDGE:
        content += 1
    if content == len(tokens) or tokens[content].text in _NOTHING:
        return None
    bracket = begin > 0 and bool(_OPEN & set(tokens[begin - 1].text))
    starts, end, open_ones = {start for start, _ in refs}, len(text), 0
    for at in range(content, len(tokens)):
        one = tokens[at]
        open_ones += bool(_OPEN & set(one.text)) - bool(_CLOSE & set(one.text))
        stops = "\n" in one.text or (not label and bool(_SENTENCE & set(one.text)) and _is_last(text, one))
        if stops or (bracket and open_ones < 0) or (one.start in starts and tokens[at - 1].part is Part.EDGE):
            end = one.end if "." in one.text else one.start
            break
    ask = trim_words(text[tokens[content].start : end]).rstrip(" .,;")
    return AskFound(ask, tokens[begin].start, end) if ask else None


def _is_last(text: str, token: SourceToken) -> bool:
    return not text[token.end : token.end + 1].strip()


def _is_edge(texts: Sequence[str], at: int, edges: frozenset[str]) -> bool:
    return at < len(texts) and bool(edges & set(texts[at]))


def _is_verb(texts: Sequence[str], at: int) -> bool:
    return at < len(texts) and texts[at] in _VERBS


def _ends(texts: Sequence[str], at: int, phrases: Sequence[_Phrase]) -> int:
    """Return how many words before a place are one of some phrases."""
    fits = (one for one in phrases if len(one) <= at and _fits(texts, at - len(one), one))
    return max(map(len, fits), default=0)


def _begins(texts: Sequence[str], at: int, phrases: Sequence[_Phrase]) -> int:
    """Return how many words from a place on are one of some phrases."""
    return max((len(one) for one in phrases if _fits(texts, at, one)), default=0)


def _fits(texts: Sequence[str], at: int, phrase: _Phrase) -> bool:
    return len(texts) - at >= len(phrase) and all(texts[at + n] in words for n, words in enumerate(phrase))
