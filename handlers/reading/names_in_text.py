"""Find everything of the plan that a text names, where it stands.

Some names are ordinary words as well ("heard", "police"), and some words of a name may be about its subject ("early
help was offered"). Those are `possible` only: whoever reads the text takes one where its sentence asks for such a name.
By likeness alone an ordinary word becomes no name at all.

Source: docs/explanation/what-people-write.md, Which name is meant.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.likeness import (
    ABBREVIATED,
    SMALL_WORDS,
    Likeness,
    is_ordinary,
    stands_for,
    stem,
    word_likeness,
    words_with_places,
)
from handlers.reading.matching import MENTION, Score, score_of, with_initials
from handlers.reading.name_books import NameBook, name_book
from handlers.reading.name_rules import NEVER_FIRST, TextWord, WordsSeen, is_possible
from handlers.reading.normalise import NUMBER_WORDS, fold
from handlers.reading.plan_names import NameForm, NameKind, PlanName, name_form, name_of_person
from handlers.reading.refs_in_text import refs_in
from handlers.reading.vocabulary import Vocabulary

_MOST_READ = 600
"""Words of a text that are looked at; what comes after them names nothing."""
_MOST_OF_A_NAME = 12
"""Words that a name in a text may have, small words left out."""
_MOST_COMPARED = 60
"""Names that share the words so far; with more, these words tell none of them."""

_BETWEEN = re.compile(r"[ \t]*(?:[-–—/&'(,][ \t]*)?")
_TURNED = lazy_regex(r",| (?:of|for) ")
_LINK = lazy_regex(r"<[^<>\n]{1,2000}>|(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,80}\.[\w.-]{1,80}")
_NUMBER = re.compile(r"p?(?P<number>[0-9]{1,3})")
_AMONG_NUMBERS = frozenset(("and", "to", "number", "no"))
_ORDER = tuple(NameKind)


@dataclass(frozen=True, slots=True)
class NameSeen:
    """A name at a place in a text.

    `names`: one, or several that fit equally; `together`: all of them are meant ("priorities 7 and 8"). `possible`: the
    words may be ordinary ones as well.
    """

    names: tuple[PlanName, ...]
    typed: str
    start: int
    end: int
    likeness: Likeness
    possible: bool = False
    together: bool = False

    @property
    def kind(self) -> NameKind:
        """What it is a name of; of several, the first."""
        return self.names[0].kind


def names_in(text: str, vocabulary: Vocabulary) -> tuple[NameSeen, ...]:
    """Return every name in a text, in order and none inside another: the longest first, a sure one before others."""
    return _Text(text, vocabulary).seen()


class _Hit(NamedTuple):
    """Words from one place up to another that name something."""

    to: int
    names: tuple[PlanName, ...]
    likeness: Likeness
    possible: bool = False
    together: bool = False


class _Text:
    """One text while its names are looked for."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.folded = fold(text)
        if "." in text or "<" in text:
            self.folded = _LINK().sub(lambda found: " " * len(found.group()), self.folded)
        self.vocabulary = vocabulary
        found = islice(words_with_places(self.folded), _MOST_READ)
        self.words = [TextWord(text[start:end], stem(word), start, end) for word, start, end in found]
        self.shouted = text.isupper()
        self.taken = [False] * len(self.words)
        self.books: dict[NameKind, NameBook] = {}
        self.numbers = {one.number for one in vocabulary.priorities}
        self.judged: dict[tuple[NameKind, tuple[str, ...], int], list[tuple[Score, NameForm]]] = {}

    def seen(self) -> tuple[NameSeen, ...]:
        found = [*self._mentions(), *self._priorities(), *self._refs()]
        doubtful: list[tuple[int, _Hit]] = []
        at = 0
        while at < len(self.words):
            if self.taken[at]:
                at += 1
                continue
            hits = list(self._hits(at))
            sure = max((hit for hit in hits if not hit.possible), key=self._size, default=None)
            doubtful += [(at, hit) for hit in hits if hit.possible]
            if sure is None:
                at += 1
                continue
            found.append(self._made(at, sure))
            at = sure.to
        for at, hit in sorted(doubtful, key=lambda pair: (-self._size(pair[1])[0] + pair[0], pair[0])):
            if not any(self.taken[at : hit.to]):
                found.append(self._made(at, hit))
        return tuple(sorted(found, key=lambda one: one.start))

    def _size(self, hit: _Hit) -> tuple[int, int, int]:
        return hit.to, hit.likeness, -_ORDER.index(hit.names[0].kind)

    def _made(self, at: int, hit: _Hit) -> NameSeen:
        self.taken[at : hit.to] = [True] * (hit.to - at)
        start, end = self.words[at].start, self.words[hit.to - 1].end
        return NameSeen(hit.names, self.text[start:end], start, end, hit.likeness, hit.possible, hit.together)

    def _hits(self, at: int) -> Iterator[_Hit]:
        word = self.words[at]
        slash = self.folded[max(0, word.start - 1) : word.start] == "/" and at == 0
        if slash or (word.stem.isdecimal() and not self._goes_on(at)):
            return
        if word.stem in NEVER_FIRST and not (word.capital and self._goes_on(at) and self.words[at + 1].capital):
            return
        for kind in (NameKind.THEME, NameKind.PRIORITY, NameKind.BOARD, NameKind.ORGANISATION, NameKind.POST):
            yield from self._run(at, self._book(kind))
        yield from self._person(at)

    def _book(self, kind: NameKind) -> NameBook:
        if kind not in self.books:
            self.books[kind] = name_book(self.vocabulary, kind)
        return self.books[kind]

    def _goes_on(self, at: int) -> bool:
        """Return whether another word follows on the same line, with no more than a mark between."""
        if at + 1 >= len(self.words):
            return False
        return _BETWEEN.fullmatch(self.folded, self.words[at].end, self.words[at + 1].start) is not None

    def _before(self, at: int) -> str:
        return self.words[at - 1].stem if at and self._goes_on(at - 1) else ""

    # -- what is written with signs and numbers

    def _mentions(self) -> Iterator[NameSeen]:
        for found in MENTION().finditer(self.text) if "<@" in self.text else ():
            person = self.vocabulary.people().with_account(found["user"])
            if person is not None:
                name = name_of_person(person)
                yield NameSeen((name,), found.group(), found.start(), found.end(), Likeness.EXACT)

    def _refs(self) -> Iterator[NameSeen]:
        for seen in refs_in(self.folded, self.words, self.vocabulary, self.taken):
            places = [at for at, word in enumerate(self.words) if seen.start <= word.start < seen.end]
            if any(self.taken[at] for at in places):
                continue
            for at in places:
                self.taken[at] = True
            names = tuple(PlanName(NameKind.ACTION, ref, ref) for ref in seen.refs)
            typed = self.text[seen.start : seen.end]
            yield NameSeen(names, typed, seen.start, seen.end, seen.likeness, seen.possible)

    def _priorities(self) -> Iterator[NameSeen]:
        for at in range(len(self.words)):
            for hit in () if self.taken[at] else self._numbered(at):
                yield self._made(at, hit)

    def _numbered(self, at: int) -> Iterator[_Hit]:
        """Read "priority 7", "p7", "priorities 7, 8 and nine": of one priority one number, of several all."""
        word = self.words[at]
        numbers: list[int] = []
        place = to = at + (word.stem in ("priority", "prio", "p"))
        several = word.raw.lower() in ("priorities", "prios")
        if place == at and not (word.stem[0] == "p" and _NUMBER.fullmatch(word.stem)):
            return
        while place < len(self.words) and (place == at or self._goes_on(place - 1)):
            here = self.words[place].stem
            found = _NUMBER.fullmatch(here)
            number = int(found["number"]) if found else NUMBER_WORDS.get(self.words[place].raw.lower())
            if number in self.numbers:
                joint = self.words[place - 1].stem if place > at else ""
                dash = self.folded[self.words[place - 1].end : self.words[place].start].strip() if numbers else ""
                numbers += range(numbers[-1] + 1, number) if numbers and (joint == "to" or dash in ("-", "–")) else ()
                numbers.append(number)
                to = place + 1
                if not several:
                    break
            elif here not in _AMONG_NUMBERS:
                break
            place += 1
        if numbers:
            book = self._book(NameKind.PRIORITY)
            names = tuple(book.by_key[str(one)] for one in dict.fromkeys(numbers) if one in self.numbers)
            yield _Hit(to, names, Likeness.EXACT, together=len(names) > 1)

    # -- what is written in words

    def _run(self, at: int, book: NameBook) -> Iterator[_Hit]:
        """Take on words while some name has all of them; then the longest that is near enough to a name."""
        places = self._first(at, book)
        runs: list[tuple[list[int], set[int], bool]] = []
        words, stems, comma = [at], {self.words[at].stem}, False
        if places:
            runs.append(([at], places, False))
        place = at
        while places and self._goes_on(place) and len(words) < _MOST_OF_A_NAME:
            comma = comma or "," in self.folded[self.words[place].end : self.words[place + 1].start]
            place += 1
            if self.taken[place]:
                break
            here = self.words[place].stem
            if here in SMALL_WORDS:
                continue
            if here in stems:
                break
            stems.add(here)
            further = places & book.having.get(here, set())
            if not further and len(places) <= _MOST_COMPARED:
                further = {one for one in places if _goes_with(here, book.forms[one])}
            if not further:
                break
            places, words = further, [*words, place]
            runs.append((words, places, comma))
        for words, places, comma in reversed(runs):
            if len(places) > _MOST_COMPARED:
                continue
            hit = self._judged(words, [book.forms[one] for one in sorted(places)], comma, book.kind)
            if hit is not None:
                yield hit
                if not hit.possible:
                    return

    def _first(self, at: int, book: NameBook) -> set[int]:
        """Return the names that may begin at a word: it is one of theirs, its short form or nearly it."""
        here = self.words[at].stem
        having = book.having.get(here, set()) | book.short.get(here, set())
        meant = {ABBREVIATED.get(here, ""), *(stands_for(here) if self.words[at].raw.isupper() else ())} - {""}
        for word in meant:
            having = having | book.having.get(word, set())
        if having or len(here) < 3 or is_ordinary(here) or not here.isalpha():
            return having
        having = book.begun_by(here)
        after = next((word.stem for word in self.words[at + 1 : at + 4] if word.stem not in SMALL_WORDS), "")
        beside = book.having.get(after, set())
        if not having and len(beside) <= _MOST_COMPARED:
            having = {one for one in beside if _goes_with(here, book.forms[one])}
        return having

    def _judged(self, places: list[int], forms: list[NameForm], comma: bool, kind: NameKind) -> _Hit | None:
        """Return what words name, when they are near enough to it by the rules of its kind."""
        typed = tuple(self.words[place].stem for place in places)
        key = (kind, typed, len(forms))
        if key not in self.judged:
            self.judged[key] = _best_of(typed, forms)
        best = self.judged[key]
        if not best:
            return None
        score, form = best[0]
        if comma and score.likeness < Likeness.OTHER:
            return None
        first, last = places[0], places[-1]
        inside = self.folded[self.words[first].start : self.words[last].end]
        seen = WordsSeen(
            [self.words[place] for place in places],
            score.likeness,
            [form for _, form in best],
            self._before(first),
            self.words[last + 1].stem if self._goes_on(last) else "",
            self._after_a_capital(first),
            self._goes_on(last) and self.words[last + 1].capital,
            _TURNED().search(inside) is not None,
            self.shouted,
        )
        possible = is_possible(seen)
        if possible is None:
            return None
        names = tuple(one.name for _, one in best)
        marked = self._marked(places, form.name.kind)
        if form.name.kind in (NameKind.THEME, NameKind.PRIORITY):
            return _Hit(marked or places[-1] + 1, names, score.likeness, marked == 0)
        return _Hit(places[-1] + 1, names, score.likeness, possible)

    def _after_a_capital(self, at: int) -> bool:
        """Return whether a capital stands right before: "Lancashire Police" is not the plan's police."""
        if not at or self.text[self.words[at - 1].end : self.words[at].start] != " ":
            return False
        before = self.words[at - 1]
        return before.capital and before.stem not in NEVER_FIRST and not self.shouted and not self.taken[at - 1]

    def _marked(self, places: list[int], kind: NameKind) -> int:
        """Return where a heading ends that "theme" or "priority" stands beside, or 0."""
        marks = ("theme",) if kind is NameKind.THEME else ("priority", "prio")
        if self._before(places[0]) in marks:
            return places[-1] + 1
        after = places[-1] + 1
        return after + 1 if self._goes_on(places[-1]) and self.words[after].stem in marks else 0

    def _person(self, at: int) -> Iterator[_Hit]:
        """Read a name behind @, a whole name, or, possibly, one word of it that is no other word."""
        word = self.words[at]
        called = self.text[word.start - 1 : word.start] == "@" and not self.text[: word.start - 1][-1:].isalnum()
        strange = word.capital and len(word.stem) > 2 and not is_ordinary(word.stem) and not self.shouted
        if not called and not strange:
            follows = self._goes_on(at) and self.words[at + 1].capital and not is_ordinary(self.words[at + 1].stem)
            if not (word.capital and follows) or self.shouted:
                return
        forms = [name_form(name_of_person(one)) for one in self.vocabulary.people().with_word(word.stem)]
        for to in range(min(at + 4, len(self.words)), at, -1):
            if any(not self._goes_on(place) for place in range(at, to - 1)):
                continue
            typed = tuple(one.stem for one in self.words[at:to])
            fitting = [(form, score) for form in forms if (score := score_of(typed, form)) is not None]
            whole = [form.name for form, score in fitting if score.likeness >= Likeness.OTHER]
            if whole:
                yield _Hit(to, tuple(whole), Likeness.EXACT)
                return
            some = tuple(form.name for form, score in fitting if score.likeness is Likeness.SOME)
            if some and to == at + 1 and (called or strange):
                yield _Hit(to, some, Likeness.SOME, not called)


def _best_of(typed: tuple[str, ...], forms: Iterable[NameForm]) -> list[tuple[Score, NameForm]]:
    """Return the names that words fit best and equally well, those first of which they are most."""
    scored = [(score, form) for form in forms if (score := score_of(typed, form)) is not None and not score.plain]
    top = max((score.rank for score, _ in scored), default=None)
    return sorted((pair for pair in scored if pair[0].rank == top), key=lambda pair: -pair[0].share)


def _goes_with(word: str, form: NameForm) -> bool:
    """Return whether a word may be one of a name's: begun, abbreviated, mistyped, or initials of some."""
    if word in form.around or ABBREVIATED.get(word) in form.around:
        return True
    return any(
        with_initials(word, list(known)) or any(word_likeness(word, one) for one in known) for known in form.words
    )
