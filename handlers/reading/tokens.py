"""Cut folded text into what is known: refs, answers, what puts them in doubt, small words, marks, and other words.

The longest phrase that is known wins. Refs come before phrases, "7" is no ref, and nothing is read inside a link.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice

from handlers.reading import lexicon
from handlers.reading.figure_refs import DEALT_WITH, STANDS, figures_stand
from handlers.reading.lexicon import COMPOUNDS, PhraseValue, TokenKind
from handlers.reading.near_status import near_status
from handlers.reading.normalise import NUMBER_WORDS
from handlers.reading.ref_finder import RefSeen, expect_refs, guess_at, ref_at
from handlers.reading.vocabulary import RememberingRefBook, Vocabulary, letters_of, typed_parts
from models.rules.status_words import COLOURS, PICTURES, RATING_WORDS

_MOST_TOKENS = 3000
_MOST_LOOKUPS = 300
_MOST_ASKED = 3000
_MOST_AT_ONCE = 20
_MOST_GUESSES = 10
_MOST_KEPT = 12

_LINK = re.compile(r"<[^<>\n]{1,2000}>|(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,80}\.[\w.-]{1,80}")
_ATOM = re.compile(
    "(?P<link>\x02+)|(?P<number>[0-9]+(?:[.,:/][0-9]+)*%?(?![^\\W_]))|(?P<word>[^\\W_]+(?:'[^\\W_]+)*'?(?![^\\W_]))"
    "|(?P<line>\n)|(?P<other>[^\\s])"
)
_DIGIT_NEAR = re.compile(r"[^\n]{0,24}?[0-9]")
_LETTERED = re.compile(r"[0-9]*[ ./_-]{0,3}[^\W\d_]")
_SPOKEN = re.compile(
    rf" (?:number )?(?P<word>{'|'.join(sorted((one for one in NUMBER_WORDS if one.isalpha()), key=len, reverse=True))})"
    r"(?![^\W_])"
)
_COUNTED = re.compile(r" (?:out )?of (?:the )?[0-9]| times")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]")
SIGNS = frozenset("🟢🟩🟠🟡🟧🟨🔴🟥⚪⬜🔵🟦🟣⚫✅☑✔❌🚦🚩⚠❗❓⏳⌛🏁⛔🛑💯")
"""Pictures that may stand for a status: they are no courtesy."""
_MAY_BEGIN_A_REF = (TokenKind.WORD, TokenKind.NUMBER)
_MARKS: dict[str, TokenKind] = {
    ".": TokenKind.STOP,
    "!": TokenKind.STOP,
    ";": TokenKind.STOP,
    "?": TokenKind.QUESTION,
    ",": TokenKind.COMMA,
    ":": TokenKind.COLON,
    "(": TokenKind.OPEN,
    "[": TokenKind.OPEN,
    ")": TokenKind.CLOSE,
    "]": TokenKind.CLOSE,
    '"': TokenKind.QUOTE,
    "…": TokenKind.DASH,
    "→": TokenKind.DASH,
    "|": TokenKind.COMMA,
    "=": TokenKind.LINK,
    "/": TokenKind.OR,
    "&": TokenKind.AND,
    "+": TokenKind.AND,
    "•": TokenKind.LINE,
    "\t": TokenKind.COMMA,
}
_OF_RATINGS = frozenset(("on", "off", "not", "at", "some"))
_AMBIGUOUS = frozenset(("were", "ill", "well", "id", "wed", "shell", "hell"))
"""What is another word without its apostrophe: "we're", "I'll"."""


@dataclass(frozen=True, slots=True)
class TextToken:
    """What stands between two places of folded text. `text`: as folded; `value`: what it stands for.

    `glued`: nothing but a hyphen is between it and what is before.
    """

    kind: TokenKind
    start: int
    end: int
    text: str
    value: PhraseValue | str | tuple[str, ...] = None
    glued: bool = False


@dataclass(slots=True)
class _Node:
    """What a word leads to in the known phrases: what ends with it, and what goes on."""

    kind: TokenKind | None = None
    meaning: PhraseValue = None
    further: dict[str, "_Node"] = field(default_factory=dict)


PhraseBook = Mapping[str, _Node]
"""What is known, by the first word."""


def tokens_of(folded: str, vocabulary: Vocabulary, phrases: "PhraseBook | None" = None) -> tuple[TextToken, ...]:
    """Return the tokens of folded text, in order, at most three thousand of them. `phrases`: what is known.

    Several readers ask for those of one message: what was read last is kept beside the vocabulary.
    """
    phrases = _phrases() if phrases is None else phrases
    kept, key = vocabulary.kept, (folded, id(phrases))
    if key not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = _tokens_of(folded, vocabulary, phrases)
    return kept[key]  # type: ignore[return-value]


def tokens_between(tokens: Sequence[TextToken], start: int, stop: int) -> Sequence[TextToken]:
    """Return the tokens that begin from one place of the text up to another."""
    first, last = (bisect_left(tokens, place, key=lambda one: one.start) for place in (start, stop))
    return tokens[first:last]


def _tokens_of(folded: str, vocabulary: Vocabulary, phrases: "PhraseBook") -> tuple[TextToken, ...]:
    text = _LINK.sub(lambda found: "\x02" * len(found.group()), folded)
    book = RememberingRefBook(vocabulary.refs)
    known = replace(vocabulary, refs=book)
    atoms = list(_atoms(text))
    numbered = (one.start for one in atoms if one.kind in _MAY_BEGIN_A_REF and _DIGIT_NEAR.match(text, one.start))
    expect_refs(text, islice(numbered, _MOST_AT_ONCE), vocabulary)
    found: list[TextToken] = []
    place = guesses = 0
    while place < len(atoms) and len(found) < _MOST_TOKENS:
        atom = atoms[place]
        ref = None
        if atom.text == "s" and found and found[-1].kind is TokenKind.REF and atom.start == found[-1].end + 1:
            atom = replace(atom, kind=TokenKind.SMALL)
        if atom.kind in _MAY_BEGIN_A_REF and _may_look_up(book):
            ref = _ref_at(text, atom, known, found)
            if (
                ref is None
                and guesses < _MOST_GUESSES
                and _begins_clause(found)
                and _phrase_at(atoms, place, phrases) is None
            ):
                ref = _near_ref_at(text, atom, known)
                guesses += 1
        phrase = _phrase_at(atoms, place, phrases)
        near = None
        if ref is None and (phrase is None or (atom.text in _OF_RATINGS and " " not in phrase.text)):
            near = _near_rating(atoms, place, found)
        token = ref or near or phrase or atom
        found.append(token)
        while place < len(atoms) and atoms[place].start < token.end:
            place += 1
    if place < len(atoms) or not _may_look_up(book):
        found.append(TextToken(TokenKind.UNSURE, len(text), len(text), ""))
    return tuple(found)


def _may_look_up(book: RememberingRefBook) -> bool:
    return book.looked_up < _MOST_LOOKUPS and book.asked < _MOST_ASKED


def _near_rating(atoms: list[TextToken], place: int, before: list[TextToken]) -> TextToken | None:
    """Return a mistyped status where one may stand: behind a ref, or where a clause begins."""
    first = atoms[place]
    if first.kind is not TokenKind.WORD or not _begins_clause(before):
        return None
    for count in (3, 2, 1):
        run = atoms[place : place + count]
        if len(run) < count or any(one.kind is not TokenKind.WORD or one.text[0].isdigit() for one in run):
            continue
        typed = " ".join(one.text for one in run)
        status = near_status(typed)
        real = any(one.text in _phrases() and one.text not in _OF_RATINGS for one in run)
        if status is not None and not real:
            return TextToken(TokenKind.NEAR_RATING, first.start, run[-1].end, typed, status)
    return None


def _atoms(text: str) -> Iterator[TextToken]:
    hyphen = -1
    for match in _ATOM.finditer(text):
        start, end = match.span()
        typed = match.group()
        group = match.lastgroup
        glued = hyphen == start
        if group == "word":
            typed = typed.rstrip("'")
            kind = TokenKind.NUMBER if typed[0].isdigit() and typed.isdigit() else TokenKind.WORD
            yield TextToken(kind, start, start + len(typed), typed, None, glued)
        elif group == "number":
            yield TextToken(TokenKind.NUMBER, start, end, typed, None, glued)
        elif group == "line":
            yield TextToken(TokenKind.LINE, start, end, typed)
        elif group == "link":
            yield TextToken(TokenKind.ADDRESS, start, end, typed)
        elif typed == "-":
            before, after = text[start - 1 : start], text[end : end + 1]
            if before.isalnum() and after.isalnum():
                hyphen = end
                continue
            yield TextToken(TokenKind.DASH, start, end, typed)
        elif typed in PICTURES:
            yield TextToken(TokenKind.RATING, start, end, typed, PICTURES[typed])
        elif typed == "." and text[start - 1 : start].isalnum() and text[end : end + 1].isalnum():
            yield TextToken(TokenKind.MARK, start, end, typed)
        else:
            kind = _MARKS.get(typed) or (TokenKind.PICTURE if _EMOJI.match(typed) else TokenKind.MARK)
            if kind is TokenKind.MARK and typed in "'*_~`<>\\":
                continue
            yield TextToken(kind, start, end, typed, None, glued)


def _ref_at(text: str, atom: TextToken, vocabulary: Vocabulary, before: list[TextToken]) -> TextToken | None:
    if text[atom.start - 1 : atom.start] in ("@", "£", "$", "€", ".", "'") and atom.start:
        return None
    if not _DIGIT_NEAR.match(text, atom.start) and not _SPOKEN.match(text, atom.end):
        return None
    dealt_with = bool(before) and (before[-1].text in DEALT_WITH or before[-1].kind is TokenKind.ALL)
    if not (_begins_clause(before) or dealt_with or _LETTERED.match(text, atom.start)):
        return None
    seen = ref_at(text, atom.start, vocabulary, numbered=True) or _spoken_ref(text, atom, vocabulary)
    if seen is None:
        return None
    if not letters_of(typed_parts(seen.typed)) and not figures_stand(text, seen, _begins_clause(before), dealt_with):
        return None
    if _COUNTED.match(text, seen.end) and " " in seen.typed:
        # "Happy 2 out of 3 times" counts; it names no action.
        return None
    return TextToken(TokenKind.REF, seen.start, seen.end, seen.typed, (seen.ref,))


def _spoken_ref(text: str, atom: TextToken, vocabulary: Vocabulary) -> RefSeen | None:
    """Return the ref whose number is said as a word: "healthy five"."""
    number = _SPOKEN.match(text, atom.end)
    ref = vocabulary.exact_ref(f"{atom.text} {NUMBER_WORDS[number['word']]}") if number else None
    return RefSeen(ref, text[atom.start : number.end()], atom.start, number.end()) if number and ref else None


def _near_ref_at(text: str, atom: TextToken, vocabulary: Vocabulary) -> TextToken | None:
    if not _DIGIT_NEAR.match(text, atom.start):
        return None
    guess = guess_at(text, atom.start, vocabulary)
    if guess is None:
        return None
    if not letters_of(typed_parts(guess.typed)) and not ("." in guess.typed and STANDS.match(text, guess.end)):
        return None
    near = guess.near if guess.certain else (*guess.near, "")
    return TextToken(TokenKind.NEAR_REF, guess.start, guess.end, guess.typed, near)


_OPENING = frozenset(
    (
        TokenKind.LINE,
        TokenKind.STOP,
        TokenKind.QUESTION,
        TokenKind.COMMA,
        TokenKind.COLON,
        TokenKind.DASH,
        TokenKind.OPEN,
        TokenKind.CLOSE,
        TokenKind.AND,
        TokenKind.BUT,
        TokenKind.LINK,
        TokenKind.SMALL,
        TokenKind.SAME,
        TokenKind.RATING,
        TokenKind.DONE,
        TokenKind.NO_CHANGE,
        TokenKind.VERBAL,
        TokenKind.PICTURE,
        TokenKind.MARK,
        TokenKind.REF,
        TokenKind.NEAR_REF,
        TokenKind.OR,
    )
)


def _begins_clause(before: list[TextToken]) -> bool:
    return not before or before[-1].kind in _OPENING


def _phrase_at(atoms: list[TextToken], place: int, book: PhraseBook) -> TextToken | None:
    """Return the longest known phrase that begins here, whose words nothing but spaces and hyphens divide."""
    first = atoms[place]
    node = book.get(first.text)
    found: tuple[int, TokenKind, PhraseValue] | None = None
    last = place
    while node is not None:
        if node.kind is not None:
            found = (last, node.kind, node.meaning)
        last += 1
        node = node.further.get(atoms[last].text) if last < len(atoms) else None
    if found is None:
        return None
    last, kind, meaning = found
    text = " ".join(one.text for one in atoms[place : last + 1])
    token = TextToken(kind, first.start, atoms[last].end, text, meaning, first.glued)
    after = atoms[last + 1] if last + 1 < len(atoms) else None
    if kind is TokenKind.RATING and after is not None and _compound(token, after):
        return replace(token, kind=TokenKind.WORD, value=None, end=after.end, text=f"{token.text} {after.text}")
    return token


def _compound(token: TextToken, after: TextToken) -> bool:
    """Return whether a rating and the word behind it are a thing: "red tape", "children at risk of exclusion"."""
    name = {"gray": "grey"}.get(token.text, token.text)
    if token.text in COLOURS and after.glued and after.text != "ish":
        return True
    return after.text in COMPOUNDS.get(name, ())


@cache
def _phrases() -> PhraseBook:
    """Return what is known; made when the first text is read."""
    return phrase_book(lexicon_entries())


def phrase_book(entries: Iterable[tuple[str, TokenKind, PhraseValue]]) -> PhraseBook:
    """Return phrases word by word; of a phrase that comes twice the first kind counts."""
    root: dict[str, _Node] = {}
    for phrase, kind, meaning in entries:
        for spelled in _spellings(phrase):
            level, node = root, None
            for word in spelled.split():
                node = level.setdefault(word, _Node())
                level = node.further
            if node is not None and node.kind is None:
                node.kind, node.meaning = kind, meaning
    return root


def named_in(folded: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the refs that folded text names, each once."""
    named = (one.value for one in tokens_of(folded, vocabulary) if one.kind is TokenKind.REF)
    return tuple(dict.fromkeys(ref for refs in named if isinstance(refs, tuple) for ref in refs))


def phrase_kind(word: str) -> TokenKind | None:
    """Return what a single folded word is known as, or None."""
    node = _phrases().get(word)
    return node.kind if node is not None else None


def _spellings(phrase: str) -> Iterator[str]:
    yield phrase
    bare = phrase.replace("'", "")
    if bare != phrase and bare not in _AMBIGUOUS:
        yield bare


def lexicon_entries() -> Iterator[tuple[str, TokenKind, PhraseValue]]:
    """Yield every known phrase with its kind and what it stands for; where two kinds have one, the first wins."""
    kinds = TokenKind
    for word, status in RATING_WORDS.items():
        yield word, kinds.RATING, status
    for status, phrases in lexicon._LIKELY.items():
        for phrase in phrases:
            yield phrase, kinds.LIKELY, status
    for counts, kind in ((lexicon._ALL, kinds.ALL), (lexicon._REST, kinds.REST), (lexicon._PLACES, kinds.PLACE)):
        for count, phrases in counts.items():
            for phrase in phrases:
                yield phrase, kind, count
    for word, count in lexicon.HOW_MANY.items():
        of_them = "|of them|of these|of those|of ours|of mine|of us|actions"
        for phrase in lexicon.ways("all|the|all the|my|our|all of the", f"{word}|{count}", of_them):
            yield phrase, kinds.ALL, count
        yield f"x{count}", kinds.ALL, count
    for phrases, kind in (
        (lexicon._DONE, kinds.DONE),
        (lexicon._NO_CHANGE, kinds.NO_CHANGE),
        (lexicon._VERBAL, kinds.VERBAL),
        (lexicon._TO_FOLLOW, kinds.TO_FOLLOW),
        (lexicon._NOT_OURS, kinds.NOT_OURS),
        (lexicon._SAME, kinds.SAME),
        (lexicon._EXCEPTION, kinds.EXCEPTION),
        (lexicon._REMAINDER, kinds.REMAINDER),
        (lexicon._HEDGE, kinds.HEDGE),
        (lexicon._OPINION, kinds.OPINION),
        (lexicon._NEGATION, kinds.NEGATION),
        (lexicon._CONDITION, kinds.CONDITION),
        (lexicon._WISH, kinds.WISH),
        (lexicon._REASON, kinds.REASON),
        (lexicon._BUT, kinds.BUT),
        (lexicon._AND, kinds.AND),
        (lexicon._OR, kinds.OR),
        (lexicon._LINK, kinds.LINK),
        (lexicon._ASKING, kinds.ASKING),
        (lexicon._REPORTED, kinds.REPORTED),
        (lexicon._SMALL, kinds.SMALL),
        (lexicon._DETERMINER, kinds.DETERMINER),
    ):
        for phrase in phrases:
            yield phrase, kind, None
    for phrases, value in ((lexicon._PAST, 0), (lexicon._PAST_AFTER, 1)):
        for phrase in phrases:
            yield phrase, kinds.PAST, value
