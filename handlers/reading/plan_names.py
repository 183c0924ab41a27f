"""The names of one plan as they are compared: each with its stems, its other names and its initials."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from handlers.reading.likeness import SMALL_WORDS, VAGUE_WORDS, initials, name_words, stem, words_with_places
from handlers.reading.normalise import fold
from handlers.reading.vocabulary import BoardWords, OrganisationWords, PersonWords, PostWords, PriorityWords, ThemeWords

_MOST_SMALL = 3
"""Small words of a title that its initials may have or leave out: DoF, DF."""
SHORTEST_INITIALS = 3
"""Initials of two letters are read only where somebody gave them as another name."""


class NameKind(StrEnum):
    """What a name is of."""

    ACTION = "action"
    PERSON = "person"
    BOARD = "board"
    POST = "post"
    ORGANISATION = "organisation"
    PRIORITY = "priority"
    THEME = "theme"


GENERIC = {
    NameKind.BOARD: frozenset(("board", "committee", "meeting", "mtg", "panel", "group")),
    NameKind.POST: frozenset(("post", "role", "team", "dept", "department", "service", "office", "holder")),
    NameKind.ORGANISATION: frozenset(("team", "service", "group", "organisation", "partner", "colleague")),
    NameKind.PRIORITY: frozenset(("priority",)),
    NameKind.THEME: frozenset(("theme", "priority")),
    NameKind.PERSON: frozenset[str](),
}
"""Words that say what kind of thing is named: they may be left out, or added, and tell nothing."""


@dataclass(frozen=True, slots=True)
class PlanName:
    """Something of the plan that has a name.

    `key`: what it is known by (ref, key of a board, number of a priority, account). `names`: as printed. `others`: what
    else it is called. `whole`: what counts in full alone (a post's holder). `around`: names of a post's organisation.
    """

    kind: NameKind
    key: str
    label: str
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    id: int = 0


class NameForm(NamedTuple):
    """A name, ready to be compared: sets of sorted stems, its words in order, its initials."""

    name: PlanName
    exact: frozenset[tuple[str, ...]]
    other: frozenset[tuple[str, ...]]
    short: frozenset[str]
    words: tuple[tuple[str, ...], ...]
    whole: frozenset[tuple[str, ...]]
    around: frozenset[str]


def name_of_post(post: PostWords) -> PlanName:
    """Return a post by its title, with the names of its organisation around it."""
    organisation = post.organisation
    around = (organisation.name, organisation.key, *organisation.aliases)
    return PlanName(
        NameKind.POST, post.key, post.label, (post.title,), post.aliases, (post.holder,), around, id=post.id
    )


def name_of_organisation(one: OrganisationWords) -> PlanName:
    """Return an organisation by its names."""
    return PlanName(NameKind.ORGANISATION, one.key, one.name, (one.name,), one.aliases, id=one.id)


def name_of_board(board: BoardWords) -> PlanName:
    """Return a board by its names."""
    return PlanName(NameKind.BOARD, board.key, board.name, (board.name,), board.aliases)


def name_of_theme(theme: ThemeWords) -> PlanName:
    """Return a theme by its names."""
    return PlanName(NameKind.THEME, theme.key, theme.name, (theme.name,), theme.aliases)


def name_of_priority(one: PriorityWords) -> PlanName:
    """Return a priority by its number, title and other names."""
    label = f"Priority {one.number}: {one.title}"
    return PlanName(NameKind.PRIORITY, str(one.number), label, (one.title,), one.aliases)


def name_of_person(person: PersonWords) -> PlanName:
    """Return somebody by their name and address."""
    handle = person.email.partition("@")[0]
    whole = (person.email, handle if len(name_words(handle)) > 1 else "")
    return PlanName(NameKind.PERSON, person.user, person.name, (person.name,), whole=whole)


@lru_cache(maxsize=8192)
def name_form(name: PlanName) -> NameForm:
    """Return a name ready to be compared."""
    printed = [*_spellings((*name.names, name.key))]
    others = [*_spellings(name.others)]
    whole = [*_spellings(name.whole)]
    around = [*_spellings(name.around)]
    generic = GENERIC.get(name.kind, frozenset())
    beside = {(*one, *other) for one in printed for other in around}
    also = {(*one, *other) for one in others for other in around}
    initialled = name.kind in (NameKind.POST, NameKind.BOARD, NameKind.ORGANISATION)
    short = {letters for one in (*name.names, *name.others) for letters in _initials(one)} if initialled else ()
    return NameForm(
        name,
        _sorted({*printed, *beside}, generic),
        _sorted({*others, *also, *whole, *around}, generic),
        frozenset(short),
        tuple(dict.fromkeys((*printed, *others))),
        frozenset(tuple(sorted(words)) for words in whole),
        frozenset(word for words in around for word in words),
    )


def spellings(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the stems of a text, hyphens read as spaces, and, where they make another word, as nothing."""
    words = name_words(text)
    joined = name_words(fold(text).replace("-", "")) if "-" in fold(text) else words
    return (words,) if joined == words else (words, joined)


def without_generic(words: tuple[str, ...], kind: NameKind) -> tuple[str, ...]:
    """Return words without those that only say what kind of thing is named; where there are no others, as they are."""
    generic = GENERIC.get(kind, frozenset())
    return tuple(word for word in words if word not in generic) or words


def _spellings(texts: Iterable[str]) -> dict[tuple[str, ...], None]:
    return {words: None for text in texts if text for words in spellings(text) if words}


def _sorted(some: Iterable[tuple[str, ...]], generic: frozenset[str]) -> frozenset[tuple[str, ...]]:
    """Return stems in one order, and without generic ones where those left tell something: "partnership (board)"."""
    whole = [tuple(sorted(words)) for words in some]
    left = (tuple(one for one in words if one not in generic) for words in whole)
    return frozenset((*whole, *(words for words in left if not VAGUE_WORDS.issuperset(words))))


def _initials(text: str) -> Iterable[str]:
    """Yield the initials of a name, each small word in or out."""
    words = [(stem(word), word in SMALL_WORDS) for word, _, _ in words_with_places(fold(text))]
    letters = [("", word[0]) if small else (word[0],) for word, small in words if word and word != "s"]
    if sum(len(one) > 1 for one in letters) > _MOST_SMALL:
        letters = [(one[0],) for one in letters]
    return (made for ways in product(*letters) if len(made := initials([*filter(None, ways)])) >= SHORTEST_INITIALS)
