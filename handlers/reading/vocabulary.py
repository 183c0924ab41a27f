"""The words of one plan: its themes, priorities, boards, meetings and refs, as people may write them."""

import datetime
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from handlers.reading.likeness import Likeness, a_keystroke_apart, word_likeness
from models.rules.refs import REF_SEPARATORS, ref_parts

_MOST_NEAR = 5
_SHORTEST_BEGUN = 3
LONGEST_REF = 60


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """A theme: its key (`healthy`), name, other names, and the numbers of its priorities in order."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PriorityWords:
    """A priority: its number through the whole plan, title, other names, and the key of its theme ("" for none)."""

    number: int
    title: str
    aliases: tuple[str, ...] = ()
    theme: str = ""


@dataclass(frozen=True, slots=True)
class BoardWords:
    """A board: its key, name and other names (`partnership`, `HWB`)."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """A partner: its key, name and other names, those to come among them."""

    id: int
    key: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostWords:
    """A post: its key, title, organisation, other names, and what its holder is called."""

    id: int
    key: str
    title: str
    organisation: OrganisationWords
    aliases: tuple[str, ...] = ()
    holder: str = ""

    @property
    def label(self) -> str:
        """As it is printed: "Head of Education, Sefton Council"."""
        return f"{self.title}, {self.organisation.name}"


@dataclass(frozen=True, slots=True, eq=False)
class PlanNames:
    """The posts and the organisations of one plan, in its order. What is made of them is kept beside this object."""

    posts: tuple[PostWords, ...] = ()
    organisations: tuple[OrganisationWords, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Somebody with an account: its id, their name and address."""

    user: str
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """A meeting of a board: its local day, or the month in which it is expected ("2020-12")."""

    id: int
    board: str
    date: datetime.date | None = None
    expected: str = ""
    cancelled: bool = False


class PeopleBook(Protocol):
    """Everybody with an account, however many there are."""

    def with_word(self, word: str) -> tuple[PersonWords, ...]:
        """Return those in whose name or address this stem stands (`handlers.reading.likeness.stem`)."""

    def with_account(self, user: str) -> PersonWords | None:
        """Return who has this account."""


class NoPeople:
    """A `PeopleBook` of nobody."""

    def with_word(self, word: str) -> tuple[PersonWords, ...]:
        """Return nobody."""
        return ()

    def with_account(self, user: str) -> PersonWords | None:
        """Return nobody."""
        return None


class RefBook(Protocol):
    """Every ref of one plan, however many there are."""

    def exact(self, key: str) -> str | None:
        """Return the printed ref of a key (`models.rules.refs.ref_key`), or None."""

    def expect(self, keys: Iterable[str]) -> None:
        """Look up some keys at once that are about to be asked for, where each would be looked up by itself."""

    def near(self, text: str) -> tuple[str, ...]:
        """Return printed refs that look like a mistyped one, best first, at most five."""


class PlainRefBook:
    """A `RefBook` kept in memory.

    Near means: the same order of letters and numbers, letters alike, and the same numbers; with no such ref, numbers
    one keystroke away; else those of the same series. Numbers alone find every ref with those numbers.
    `handlers.reading.ref_finder` decides whether a near ref may be taken without asking.
    """

    def __init__(self, refs: Iterable[str]) -> None:
        self._printed: dict[str, str] = {}
        self._by_shape: dict[tuple[bool, ...], dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        self._by_digits: dict[str, list[str]] = defaultdict(list)
        for ref in refs:
            parts = typed_parts(ref)
            if not parts:
                continue
            self._printed.setdefault(key_of(parts), ref)
            self._by_shape[_shape(parts)][letters_of(parts)].setdefault(digits_of(parts), ref)
            self._by_digits[digits_of(parts)].append(ref)

    def exact(self, key: str) -> str | None:
        """Return the printed ref of a key, or None."""
        return self._printed.get(key)

    def expect(self, keys: Iterable[str]) -> None:
        """Do nothing: every ref is known."""

    def near(self, text: str) -> tuple[str, ...]:
        """Return printed refs that look like a mistyped one, best first."""
        parts = typed_parts(text)
        letters, digits = letters_of(parts), digits_of(parts)
        if not digits:
            return ()
        candidates = [] if letters else [(0, Likeness.EXACT, ref) for ref in self._by_digits.get(digits, ())]
        for known, by_digits in self._by_shape.get(_shape(parts), {}).items():
            likeness = letters_alike(letters, known, joined=" " not in text)
            if likeness is Likeness.NOTHING:
                continue
            for number, ref in by_digits.items():
                distance = _digits_apart(digits, number)
                if distance is not None:
                    candidates.append((distance, likeness, ref))
        nearest = min((distance for distance, _, _ in candidates), default=0)
        fitting = sorted((one for one in candidates if one[0] == nearest), key=lambda one: -one[1])
        return tuple(dict.fromkeys(ref for _, _, ref in fitting))[:_MOST_NEAR] or self._series(text, parts)

    def _series(self, text: str, parts: tuple[str | int, ...]) -> tuple[str, ...]:
        """Return the refs that differ from one written with a hyphen in its last number alone: "9sep-99"."""
        if "-" not in text or " " in text or not isinstance(parts[-1], int):
            return ()
        before = digits_of(parts[:-1])
        known = self._by_shape.get(_shape(parts), {}).get(letters_of(parts), {})
        return tuple(ref for number, ref in known.items() if number.rpartition("-")[0] == before)[:_MOST_NEAR]


class RememberingRefBook:
    """A `RefBook` for reading one text: it looks each key up once in the one behind it, and counts them."""

    def __init__(self, behind: RefBook) -> None:
        self._behind = behind
        self._exact: dict[str, str | None] = {}
        self.asked = 0
        """How often a key was asked for, known or not."""

    @property
    def looked_up(self) -> int:
        """How many keys were looked up."""
        return len(self._exact)

    def exact(self, key: str) -> str | None:
        """Return the printed ref of a key, or None."""
        self.asked += 1
        if key not in self._exact:
            self._exact[key] = self._behind.exact(key)
        return self._exact[key]

    def expect(self, keys: Iterable[str]) -> None:
        """Do nothing: of a long text no more is looked up than is counted."""

    def near(self, text: str) -> tuple[str, ...]:
        """Return printed refs that look like a mistyped one, best first."""
        return self._behind.near(text)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one plan.

    Few texts need all of them, so some are read when they are first asked for: `names` gives posts and organisations,
    `people` everybody with an account, `asked_posts` the post that is asked for each organisation, by their numbers,
    `example` a ref of this plan to show. `kept`: what was last read of a text with them.
    """

    themes: tuple[ThemeWords, ...] = ()
    priorities: tuple[PriorityWords, ...] = ()
    boards: tuple[BoardWords, ...] = ()
    meetings: tuple[MeetingWords, ...] = ()
    refs: RefBook = field(default_factory=lambda: PlainRefBook(()))
    example: Callable[[], str] = lambda: "healthy-5"
    names: Callable[[], PlanNames] = PlanNames
    people: Callable[[], PeopleBook] = NoPeople
    asked_posts: Callable[[], Mapping[int, int]] = dict
    kept: dict[tuple[str, int], object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def example_ref(self) -> str:
        """A ref of this plan to show in help and examples."""
        return self.example()

    def exact_ref(self, text: str) -> str | None:
        """Return the printed ref of any spelling, or None. A theme's alias stands for the theme: `health 5`."""
        parts = typed_parts(text)
        if not parts:
            return None
        printed = self.refs.exact(key_of(parts))
        if printed is not None or not isinstance(parts[0], str):
            return printed
        head = " ".join(str(part) for part in parts[:-1])
        for theme in self.themes:
            if head in (name.casefold() for name in (theme.name, *theme.aliases)):
                return self.refs.exact(key_of((*typed_parts(theme.key), parts[-1])))
        return None

    def theme(self, key: str) -> ThemeWords | None:
        """Return the theme with this key, or None."""
        return next((theme for theme in self.themes if theme.key == key), None)

    def board(self, key: str) -> BoardWords | None:
        """Return the board with this key, or None."""
        return next((board for board in self.boards if board.key == key), None)


@lru_cache(maxsize=4096)
def typed_parts(text: str) -> tuple[str | int, ...]:
    """Return the parts of a typed ref, or `()` for text with other characters than letters, digits and separators."""
    if len(text) > LONGEST_REF:
        return ()
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    if not all(char.isalpha() or char.isdecimal() or char in REF_SEPARATORS for char in folded):
        return ()
    return ref_parts(folded)


def key_of(parts: tuple[str | int, ...]) -> str:
    """Return the key that a ref's parts are stored under (`models.rules.refs.ref_key`)."""
    return "-".join(str(part) for part in parts)


def letters_of(parts: tuple[str | int, ...]) -> str:
    """Return the letter runs of a ref's parts, joined by spaces."""
    return " ".join(part for part in parts if isinstance(part, str))


def digits_of(parts: tuple[str | int, ...]) -> str:
    """Return the numbers of a ref's parts, joined by hyphens."""
    return "-".join(str(part) for part in parts if isinstance(part, int))


def letters_alike(typed: str, known: str, *, joined: bool = False) -> Likeness:
    """Return how near two letter runs are; two letters, or an English word not `joined` to a number, are no other."""
    likeness = word_likeness(typed, known)
    if joined and likeness is Likeness.NOTHING and len(typed) > 3 and a_keystroke_apart(typed, known):
        return Likeness.MISTYPED
    return Likeness.NOTHING if likeness is Likeness.BEGUN and len(typed) < _SHORTEST_BEGUN else likeness


def _shape(parts: tuple[str | int, ...]) -> tuple[bool, ...]:
    return tuple(isinstance(part, int) for part in parts)


def _digits_apart(typed: str, known: str) -> int | None:
    """Return 0 when numbers agree, 1 when a keystroke or only separators differ, None when farther apart."""
    if typed == known:
        return 0
    if typed.replace("-", "") == known.replace("-", ""):
        return 1
    return None if len(typed) == len(known) == 1 or not a_keystroke_apart(typed, known) else 1
