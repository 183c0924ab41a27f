"""The names of one plan by their words, so that few of many have to be compared with what was typed."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from handlers.reading.likeness import ABBREVIATED, mistyped_of, name_words, stands_for
from handlers.reading.plan_names import (
    GENERIC,
    NameForm,
    NameKind,
    PlanName,
    name_form,
    name_of_board,
    name_of_organisation,
    name_of_post,
    name_of_priority,
    name_of_theme,
)
from handlers.reading.vocabulary import (
    BoardWords,
    PersonWords,
    PlanNames,
    PriorityWords,
    ThemeWords,
    Vocabulary,
)

_MOST_LOOKED_FOR = 40
"""Words of one phrase that are looked for among those mistyped."""


class NameBook:
    """Names of one kind, by what they are known by, and, as places in `forms`, by each of their words and initials.

    `shared`: words in the names of several organisations ("Sefton"), which tell no post from another.
    """

    def __init__(self, kind: NameKind, names: Iterable[PlanName]) -> None:
        self.kind = kind
        self.names = tuple(names)
        self.forms: tuple[NameForm, ...] = tuple(name_form(name) for name in self.names)
        self.by_key = {name.key.casefold(): name for name in self.names}
        self.having: dict[str, set[int]] = defaultdict(set)
        self.short: dict[str, set[int]] = defaultdict(set)
        for place, form in enumerate(self.forms):
            for word in {*form.around, *(word for words in (*form.words, *form.exact, *form.other) for word in words)}:
                self.having[word].add(place)
            for letters in form.short:
                self.short[letters].add(place)
        self._words = sorted(self.having)
        counted = Counter(word for around in {form.around for form in self.forms} for word in around)
        self.shared = {word for word, many in counted.items() if many > 1}

    def like(self, ways: Sequence[tuple[str, ...]]) -> list[NameForm]:
        """Return the names that one spelling of what was typed may fit, in the order of the plan."""
        places: set[int] = set()
        for words in ways:
            places |= self._fitting(words)
        return [self.forms[place] for place in sorted(places)]

    def _fitting(self, words: tuple[str, ...]) -> set[int]:
        found: set[int] | None = None
        for word in dict.fromkeys(words):
            if word in GENERIC[self.kind] or (len(words) > 1 and len(word) < 4 and word not in self.having):
                # Short letters beside other words may be the initials of some of a name's words.
                continue
            having = self.alike(word)
            if having or len(words) == 1 or not word.isalpha():
                found = having if found is None else found & having
            if found is not None and not found:
                return found
        if found is None:
            found = set().union(*(self.having[word] for word in words if word in self.having))
        return found

    def alike(self, word: str) -> set[int]:
        """Return the places of names with a word that is like this one."""
        found = set(self.having.get(word, ())) | self.short.get(word, set())
        for meant in (ABBREVIATED.get(word, ""), *stands_for(word)):
            found |= self.having.get(meant, set())
        if len(word) > 1:
            found |= self.begun_by(word)
        if not found:
            for known in mistyped_of(word, self._words):
                found |= self.having[known]
        return found

    def begun_by(self, word: str) -> set[int]:
        """Return the places of names with a word that begins like this."""
        found: set[int] = set()
        for place in range(bisect_left(self._words, word), len(self._words)):
            if not self._words[place].startswith(word):
                break
            found |= self.having[self._words[place]]
        return found


class PlainPeopleBook:
    """A `PeopleBook` kept in memory."""

    def __init__(self, people: Iterable[PersonWords]) -> None:
        self._by_user: dict[str, PersonWords] = {}
        self._by_word: dict[str, list[PersonWords]] = defaultdict(list)
        for one in people:
            self._by_user[one.user] = one
            for word in {*name_words(one.name), *name_words(one.email.partition("@")[0])}:
                self._by_word[word].append(one)

    def with_word(self, word: str) -> tuple[PersonWords, ...]:
        """Return those in whose name or address this stem stands."""
        return tuple(self._by_word.get(word, ()))

    def with_account(self, user: str) -> PersonWords | None:
        """Return who has this account."""
        return self._by_user.get(user)


def name_book(vocabulary: Vocabulary, kind: NameKind) -> NameBook:
    """Return the names of a kind that a plan has; made once for as long as they stay the same."""
    match kind:
        case NameKind.POST | NameKind.ORGANISATION:
            return _partner_book(kind, vocabulary.names())
        case NameKind.BOARD:
            return _board_book(vocabulary.boards)
        case NameKind.THEME:
            return _theme_book(vocabulary.themes)
        case NameKind.PRIORITY:
            return _priority_book(vocabulary.priorities)
    raise ValueError(f"{kind} has no book: refs and people have their own")


@lru_cache(maxsize=16)
def _partner_book(kind: NameKind, names: PlanNames) -> NameBook:
    if kind is NameKind.POST:
        return NameBook(kind, map(name_of_post, names.posts))
    return NameBook(kind, map(name_of_organisation, names.organisations))


@lru_cache(maxsize=16)
def _board_book(boards: tuple[BoardWords, ...]) -> NameBook:
    return NameBook(NameKind.BOARD, map(name_of_board, boards))


@lru_cache(maxsize=16)
def _theme_book(themes: tuple[ThemeWords, ...]) -> NameBook:
    return NameBook(NameKind.THEME, map(name_of_theme, themes))


@lru_cache(maxsize=16)
def _priority_book(priorities: tuple[PriorityWords, ...]) -> NameBook:
    return NameBook(NameKind.PRIORITY, map(name_of_priority, priorities))
