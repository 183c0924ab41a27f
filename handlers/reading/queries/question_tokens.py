"""The words of a question as pieces: names of the plan, days, numbers and words with a role; the rest is unread."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from handlers.reading.days import day_at
from handlers.reading.likeness import mistyped_of
from handlers.reading.names_in_text import NameSeen, names_in
from handlers.reading.normalise import NUMBER_WORDS, clean, fold, quoted
from handlers.reading.plan_names import NameKind
from handlers.reading.queries.query import AskedBound, QuestionSubject, SubjectKind, TimeWords
from handlers.reading.queries.question_words import (
    BOUNDS,
    FRACTIONS,
    MOST_OF,
    SLIPS,
    Meaning,
    Role,
    longer_words,
    phrases,
)
from handlers.reading.ref_finder import ref_at
from handlers.reading.somebody import names_somebody
from handlers.reading.targets import NoTarget, PriorityTarget, ThemeTarget, priorities_at
from handlers.reading.vocabulary import Vocabulary

_TOKEN = re.compile(
    r"(?:[^\W\d_]+-)?[0-9]+(?:-[0-9]+){2,}|(?<!\S)-+[0-9]+|[^\W_]+(?:['.][^\W_]+)*|[&+?!;,.:()/-]|[^\w\s]"
)
_SHOUTED = re.compile(r"\b[A-Z]{5,}\b")
_OF_A_MONTH = re.compile(
    r"\b(?P<month>january|february|march|april|june|july|august|september|october|november|december)['’]?s\b",
    re.IGNORECASE,
)
_OF_A_THEME = re.compile(
    r"\b(?:action|item|number|no\.?) (?P<number>[0-9]{1,3}) (?:under|of|in|from|on)"
    r" (?:the )?(?:theme )?(?P<theme>[a-z]+)\b",
    re.IGNORECASE,
)
"""An action by its number in a theme: "action 6 under heard"."""
_NUMBER = re.compile(r"[0-9]{1,2}")
_MEETINGS = frozenset(("meeting", "meetings", "board", "boards", "time", "mtg", "one"))
_NO_TIME = frozenset(("today", "tonight", "now"))
"""Words of time that questions end in: "how are we doing today"."""
_WHICH = frozenset(("next", "last", "previous", "coming", "this"))
_RELATIONS = frozenset(
    ("since", "by", "before", "after", "between", "until", "till", "from", "in", "at", "for", "on", "of")
)
_BOUNDS = frozenset(("since", "by", "before", "after", "until", "till", "from"))
_MARKS = frozenset("?!;,.:()/-")
_LONGEST_TARGET = 7
_HEADED = frozenset(("priority", "p"))
"""What begins another priority: "priority 6 and priority 10" are two."""
_KINDS = {
    NameKind.ACTION: SubjectKind.ACTION,
    NameKind.BOARD: SubjectKind.BOARD,
    NameKind.POST: SubjectKind.POST,
    NameKind.ORGANISATION: SubjectKind.ORGANISATION,
    NameKind.PRIORITY: SubjectKind.PRIORITIES,
    NameKind.THEME: SubjectKind.THEME,
}
_ORDINALS = frozenset(("one", "first", "second", "third"))
"""Words that are seldom a number in a question: "which one"."""


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """One word or mark. `key`: as it is compared, put right; `start`, `end`: where it stands in the cleaned text."""

    key: str
    start: int
    end: int
    put_right: bool = False


@dataclass(frozen=True, slots=True)
class QuestionPiece:
    """Some words and what they mean. Without a meaning they are unread.

    `first`, `last`: its words, by number. `subjects`: what it names, several where it may be any of them.
    """

    first: int
    last: int
    text: str
    meanings: tuple[Meaning, ...] = ()
    subjects: tuple[QuestionSubject, ...] = ()
    time: TimeWords | None = None
    number: int = 0
    bound: AskedBound | None = None
    mark: str = ""
    missing: str = ""
    read_as: tuple[str, ...] = ()

    @property
    def unread(self) -> bool:
        """Whether nothing is known of it."""
        return not (
            self.meanings or self.subjects or self.time or self.number or self.bound or self.mark or self.missing
        )

    @property
    def small(self) -> bool:
        """Whether it says nothing by itself."""
        return bool(self.meanings) and self.meanings[0][0] in (Role.SMALL, Role.JOINT, Role.RELATIVE)

    def has(self, role: Role) -> bool:
        """Return whether it may play this role."""
        return any(one == role for one, _ in self.meanings)

    def value(self, role: Role) -> object:
        """Return what it means in this role."""
        return next(value for one, value in self.meanings if one == role)


def split_words(text: str) -> tuple[str, list[QuestionWord]]:
    """Return the cleaned text, folded, and its words and marks."""
    folded = fold(text)
    return folded, [QuestionWord(_key(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(folded)]


def _key(word: str) -> str:
    """Return a word without its apostrophe; "we're" asks nothing, as "were" may."""
    return "we" if word == "we're" else word.replace("'", "")


def read_pieces(text: str, vocabulary: Vocabulary, today: date) -> list[QuestionPiece]:
    """Return the pieces of a text, in order: at each place the longest."""
    # "October's board", "octobers board": the month.
    text = _OF_A_MONTH.sub(lambda found: f"{found['month']}{' ' * (len(found[0]) - len(found['month']))}", clean(text))
    text = _OF_A_THEME.sub(lambda found: _numbered(found, vocabulary), text)
    cleaned = text.replace("\n", " ")
    folded, words = split_words(cleaned)
    # In words of capitals a capital tells nothing; shorter ones may be initials.
    quiet = _SHOUTED.sub(lambda found: found.group().lower(), cleaned)
    names = {one.start: one for one in names_in(quiet, vocabulary)}
    words = _put_right(words, names)
    scanner = _Scanner(cleaned, folded, words, tuple(word.key for word in words), vocabulary, names, today)
    pieces: list[QuestionPiece] = []
    place = 0
    while place < len(words):
        piece = scanner.piece_at(place)
        pieces.append(piece)
        place = piece.last + 1
    return _absorbed(pieces, cleaned, words)


def _numbered(found: re.Match[str], vocabulary: Vocabulary) -> str:
    ref = f"{found['theme'].lower()}-{found['number']}"
    return ref.ljust(len(found[0])) if ref_at(ref, 0, vocabulary) is not None else found[0]


def _put_right(words: list[QuestionWord], names: Mapping[int, NameSeen]) -> list[QuestionWord]:
    """Return words with those put right that are no words, and a keystroke off one of a question; names stay."""
    named = [(one.start, one.end) for one in names.values()]

    def right(word: QuestionWord) -> QuestionWord:
        key = word.key
        if any(start <= word.start < end for start, end in named):
            return word
        if key in SLIPS:
            return replace(word, key=SLIPS[key])
        if len(key) < 4 or key in longer_words() or key in phrases() or not key.isalpha():
            return word
        near = mistyped_of(key, longer_words())
        return replace(word, key=near[0], put_right=True) if len(near) == 1 else word

    return [right(word) for word in words]


@dataclass(frozen=True, slots=True)
class _Scanner:
    cleaned: str
    folded: str
    words: list[QuestionWord]
    keys: tuple[str, ...]
    vocabulary: Vocabulary
    names: dict[int, NameSeen]
    today: date

    def piece_at(self, place: int) -> QuestionPiece:
        word = self.words[place]
        if word.key in _MARKS:
            return self._piece(place, place, mark=word.key)
        found = [
            one
            for one in (self._bound(place), self._target(place), self._named(place, weak=False), self._time(place),
                        self._phrase(place), self._named(place, weak=True), self._number(place))
            if one is not None
        ]  # fmt: skip
        # Of equally long ones the first: a ref before a priority, a day before a name, a name before a word.
        return max(found, key=lambda one: one.last, default=self._piece(place, place))

    def _piece(self, first: int, last: int, **what: object) -> QuestionPiece:
        text = self.cleaned[self.words[first].start : self.words[last].end]
        read_as = tuple(
            f"{quoted(typed)} as {quoted(one.key)}"
            for one in self.words[first : last + 1]
            if one.put_right and (typed := self.cleaned[one.start : one.end])
        )
        return QuestionPiece(first, last, text, read_as=read_as, **what)  # type: ignore[arg-type]

    def _last_before(self, end: int, first: int) -> int:
        last = first
        while last + 1 < len(self.words) and self.words[last + 1].end <= end:
            last += 1
        return last

    def _target(self, place: int) -> QuestionPiece | None:
        """Return priorities by number: "priority 7", "p7", "priorities 7 to 9", "healthy priority 1"."""
        if not self._begins_target(place):
            return None
        for last in range(min(place + _LONGEST_TARGET, len(self.words)) - 1, place - 1, -1):
            words = self.folded[self.words[place].start : self.words[last].end]
            if any(word.key in _HEADED for word in self.words[place + 1 : last + 1]):
                continue
            found = priorities_at(words, self.vocabulary)
            if isinstance(found, NoTarget):
                return self._piece(place, last, missing=found.say)
            if isinstance(found, PriorityTarget):
                key = ",".join(map(str, found.numbers))
                return self._piece(place, last, subjects=(QuestionSubject(SubjectKind.PRIORITIES, key, words),))
            if isinstance(found, ThemeTarget):
                return self._piece(place, last, subjects=(QuestionSubject(SubjectKind.THEME, found.key, words),))
        return None

    def _begins_target(self, place: int) -> bool:
        seen = self.names.get(self.words[place].start)
        key = self.words[place].key
        return (seen is not None and seen.kind is NameKind.THEME) or key[:1] == "p" or key.isdecimal()

    def _named(self, place: int, *, weak: bool) -> QuestionPiece | None:
        seen = self.names.get(self.words[place].start)
        if seen is None or seen.possible is not weak or seen.kind is NameKind.PERSON:
            return None
        last = self._last_before(seen.end, place)
        if weak and seen.typed.isdecimal():
            return None
        if seen.together:
            keys = ",".join(one.key for one in seen.names)
            return self._piece(place, last, subjects=(QuestionSubject(SubjectKind.PRIORITIES, keys, seen.typed),))
        if weak and seen.kind is NameKind.ORGANISATION and " " not in seen.typed and " and " in seen.names[0].label:
            # "Southport" is a place; the body is "Southport and Formby CCG".
            return None
        # Of posts that fit equally the one of whose title the words are most; the headline says which.
        names = seen.names[:1] if seen.kind is NameKind.POST else seen.names
        subjects = tuple(QuestionSubject(_KINDS[one.kind], one.key, seen.typed, weak) for one in names)
        return self._piece(place, last, subjects=subjects)

    def _phrase(self, place: int) -> QuestionPiece | None:
        if names_somebody(self.cleaned, self.words[place].start, self.words[place].end):
            return None
        for phrase, meanings in phrases().get(self.words[place].key, ()):
            if self._follow(place, phrase):
                return self._piece(place, place + len(phrase) - 1, meanings=meanings)
        return None

    def _number(self, place: int) -> QuestionPiece | None:
        key = self.words[place].key
        number = int(key) if _NUMBER.fullmatch(key) else NUMBER_WORDS.get(key, 0) if key not in _ORDINALS else 0
        return self._piece(place, place, number=number) if number else None

    def _follow(self, place: int, some: tuple[str, ...]) -> bool:
        return self.keys[place : place + len(some)] == some

    def _bound(self, place: int) -> QuestionPiece | None:
        """Return more or fewer than which number or share: "over 50%", "at least a third of", "fewer than ten"."""
        most = next((some for some in MOST_OF if self._follow(place, some)), None)
        if most is not None:
            return self._piece(place, place + len(most) - 1, bound=AskedBound("over", 50, percent=True))
        words, relation = next(((some, said) for some, said in BOUNDS.items() if self._follow(place, some)), ((), ""))
        at = place + len(words)
        for some, percent in FRACTIONS.items():
            if self._follow(at, some):
                last = at + len(some) - 1
                last += last + 1 < len(self.words) and self.words[last + 1].key == "of"
                return self._piece(place, last, bound=AskedBound(relation or "least", percent, percent=True))
        number = self._number(at) if at < len(self.words) else None
        if number is None:
            return None
        for sign in (("%",), ("percent",), ("per", "cent")):
            if self._follow(at + 1, sign):
                bound = AskedBound(relation or "least", number.number, percent=True)
                return self._piece(place, at + len(sign), bound=bound)
        return self._piece(place, at, bound=AskedBound(relation, number.number)) if relation else None

    def _time(self, place: int) -> QuestionPiece | None:
        """Return a day, a month, days on end or a meeting by its place: "23 October", "last week", "the next board"."""
        key = self.words[place].key
        after = self.words[place + 1].key if place + 1 < len(self.words) else ""
        if key in _WHICH and after in _MEETINGS and not self._follow(place, ("this", "one")):
            last = place + 1
            if last + 1 < len(self.words) and self.words[last + 1].key in ("meeting", "board"):
                last += 1
            return self._timed(place, last)
        found = None if key in _NO_TIME else day_at(self.cleaned, self.words[place].start, self.today)
        if found is None:
            return None
        last = self._last_before(found.end, place)
        if last + 1 < len(self.words) and self.words[last + 1].key in ("meeting", "board"):
            last += 1
        return self._timed(place, last)

    def _timed(self, first: int, last: int) -> QuestionPiece:
        before = [word.key for word in self.words[max(0, first - 2) : first]]
        relation = next((word for word in reversed(before) if word in _RELATIONS), "")
        if self.words[first].key in _BOUNDS and last > first:
            relation, start = self.words[first].key, self.words[first + 1].start
        else:
            start = self.words[first].start
        return self._piece(first, last, time=TimeWords(self.cleaned[start : self.words[last].end], relation))


_CLAIMED = frozenset(("plan", "number", "officers", "officer", "board", "report", "issues", "meeting"))
"""What a word before it makes a part of another name: "delivery plan", "safer schools officers"."""
_LINKS = frozenset(("and", "of", "for", "on", "in", "to", "a", "an", "the", "with"))


def _absorbed(pieces: list[QuestionPiece], cleaned: str, words: list[QuestionWord]) -> list[QuestionPiece]:
    """Join unread words that stand together, and parts of names that they claim."""
    joined: list[QuestionPiece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        linked = len(joined) > 1 and piece.unread and joined[-2].unread and joined[-1].text.casefold() in _LINKS
        if linked:
            joined.pop()
            before = joined[-1]
        claims = piece.unread or _is_weak(piece) or piece.text.casefold() in _CLAIMED
        claimed = before is not None and _is_weak(before) and (piece.unread or _is_weak(piece))
        if before is not None and ((before.unread and claims) or claimed):
            text = cleaned[words[before.first].start : words[piece.last].end]
            joined[-1] = QuestionPiece(before.first, piece.last, text)
        else:
            joined.append(piece)
    return joined


def _is_weak(piece: QuestionPiece) -> bool:
    return bool(piece.subjects) and all(one.weak for one in piece.subjects)
