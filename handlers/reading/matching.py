"""Find what of the plan a typed phrase names: a post, an organisation, a board, a theme, a priority, a person.

One scale (`handlers.reading.likeness`) and one order for all of them. Those that fit best and equally well are asked
about; where nothing fits, the nearest are offered.

Source: docs/explanation/what-people-write.md, Which name is meant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.likeness import (
    VAGUE_WORDS,
    Likeness,
    initials,
    is_ordinary,
    mistypes,
    stands_for,
    word_likeness,
)
from handlers.reading.name_books import name_book
from handlers.reading.normalise import plain
from handlers.reading.plan_names import (
    GENERIC,
    NameForm,
    NameKind,
    PlanName,
    name_form,
    name_of_person,
    spellings,
    without_generic,
)
from handlers.reading.vocabulary import Vocabulary

LONGEST_NAME = 200
MENTION = lazy_regex(r"<@(?P<user>[UW][A-Z0-9]+)(?:\|[^>]*)?>")
"""Somebody's account, as the chat service writes it."""
NEAREST = 45
"""How alike, of 100, a name must be to be offered where none fits."""
MOST_OFFERED = 5
_SHORTEST_ALONE = 4
"""Letters that a word begun must have where nothing else was typed."""
_SHORTEST_MISTYPED = 5

PLAIN_RANKS = frozenset(
    ("head", "lead", "leader", "manager", "director", "officer", "chair", "worker", "coordinator", "deputy",
     "assistant", "adviser", "member", "staff", "team", "service")
)  # fmt: skip
"""Words of titles that many posts share: they name one only beside another word. Must not read: "the head of it"."""
_ORDINARY_ALONE = frozenset((NameKind.POST, NameKind.BOARD, NameKind.THEME, NameKind.PRIORITY))
"""Kinds that one English word of their names may mean, where such a name is asked for: "education", "scrutiny"."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a phrase names, and how near it is.

    `names`: one is found; several fit equally, best first; with none, `nearest` may be meant. `words`: how many words
    were typed that count.
    """

    typed: str
    likeness: Likeness = Likeness.NOTHING
    names: tuple[PlanName, ...] = ()
    nearest: tuple[PlanName, ...] = ()
    words: int = 0

    @property
    def one(self) -> PlanName | None:
        """The only name that fits."""
        return self.names[0] if len(self.names) == 1 else None

    @property
    def sure(self) -> bool:
        """Whether more of the name was typed than one word of it, and without a mistake."""
        return self.likeness > Likeness.SOME or (self.likeness is Likeness.SOME and self.words > 1)

    @property
    def corrected_from(self) -> str:
        """What was typed, where the answer should say how it was read."""
        return self.typed.strip() if self.likeness in (Likeness.MISTYPED, Likeness.BEGUN) else ""


class Score(NamedTuple):
    """How well typed words fit a name; compared in the order of its fields, the best last.

    `plain`: they are an English word, or a rank that many have, so the name is only offered. `share`: how much of the
    name they are, which orders names that fit equally.
    """

    likeness: Likeness
    begun: int = 0
    ignored: int = 0
    outside: int = 0
    plain: bool = False
    share: float = 1.0

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """What two names must have alike to fit equally."""
        return self.likeness, self.begun, self.ignored, self.outside


def find_name(text: str, vocabulary: Vocabulary, *kinds: NameKind) -> NameMatch:
    """Return which name of some kinds is meant by a phrase that should be one."""
    if NameKind.PERSON in kinds and (mention := MENTION().fullmatch(text.strip())):
        person = vocabulary.people().with_account(mention["user"])
        return NameMatch(text, Likeness.EXACT, (name_of_person(person),), words=2) if person else NameMatch(text)
    books = [name_book(vocabulary, kind) for kind in kinds if kind is not NameKind.PERSON]
    typed = text[:LONGEST_NAME]
    exact = [name for book in books if (name := book.by_key.get(plain(typed))) is not None]
    if len(exact) == 1:
        return NameMatch(text, Likeness.EXACT, (exact[0],), words=2)
    ways = [words for words in spellings(typed) if words]
    if not ways:
        return NameMatch(text)
    forms = [form for book in books for form in book.like(ways)]
    if NameKind.PERSON in kinds:
        people = {one: None for words in ways for word in words for one in vocabulary.people().with_word(word)}
        forms += [name_form(name_of_person(one)) for one in people]
    outside = not any(len(words) == 1 and words[0] in book.shared for words in ways for book in books)
    return _chosen(text, ways, forms, [name for book in books for name in book.names], outside)


def find_among(text: str, names: Iterable[PlanName]) -> NameMatch:
    """Return which of a few names is meant."""
    ways = [words for words in spellings(text[:LONGEST_NAME]) if words]
    some = tuple(names)
    return _chosen(text, ways, [name_form(name) for name in some], some) if ways else NameMatch(text)


def _chosen(
    text: str,
    ways: Sequence[tuple[str, ...]],
    forms: Iterable[NameForm],
    offered: Iterable[PlanName],
    outside: bool = True,
) -> NameMatch:
    """Return those forms that fit best and equally well; without one, what may be offered instead.

    `outside`: whether words of a post's own title go before those of its organisation.
    """
    scored = [(score, form.name) for form in forms if (score := best_score(ways, form)) is not None]
    sound = [pair for pair in scored if not pair[0].plain]
    if not sound and len(scored) > 1 and _only_ranks(ways[0]):
        sound = scored
    if not sound:
        return NameMatch(text, nearest=_nearest(text, offered, [name for _, name in scored]), words=len(ways[0]))
    depth = 4 if outside else 3
    top = max(score.rank[:depth] for score, _ in sound)
    fitting = sorted((pair for pair in sound if pair[0].rank[:depth] == top), key=lambda pair: -pair[0].share)
    return NameMatch(text, fitting[0][0].likeness, tuple(name for _, name in fitting), words=len(ways[0]))


def best_score(ways: Iterable[tuple[str, ...]], form: NameForm) -> Score | None:
    """Return how well the best of several spellings fits a name, or None."""
    scores = [score for words in ways if (score := score_of(words, form)) is not None]
    return max(scores, default=None)


def score_of(typed: tuple[str, ...], form: NameForm) -> Score | None:
    """Return how well the stems of what was typed fit a name, or None."""
    kind = form.name.kind
    for words in dict.fromkeys((typed, without_generic(typed, kind))):
        key = tuple(sorted(words))
        if key in form.exact and not _tells_nothing(words, kind):
            return Score(Likeness.EXACT)
        if key in form.other and not _tells_nothing(words, kind):
            return Score(Likeness.OTHER)
        if len(words) == 1 and words[0] in form.short:
            return Score(Likeness.SHORT)
    if len(typed) == 1 and len(typed[0]) < 3:
        return None
    found = [score for known in form.words if (score := _align(typed, known, form)) is not None]
    return max(found, default=None)


def _tells_nothing(words: tuple[str, ...], kind: NameKind) -> bool:
    return all(word in GENERIC[kind] for word in words)


def _align(typed: tuple[str, ...], known: tuple[str, ...], form: NameForm) -> Score | None:
    """Give each typed word one of a name's words, the same ones first; None where one has none."""
    kind = form.name.kind
    generic = GENERIC[kind]
    free = list(known)
    left: list[str] = []
    for word in typed:
        if word in free:
            free.remove(word)
        else:
            left.append(word)
    full = len(typed) - len(left)
    telling = any(tells(word, kind, len(typed)) for word in typed if word not in left)
    begun = near = ignored = outside = 0
    doubtful = False
    for word in left:
        several = with_initials(word, free) if len(typed) > 1 else ()
        several = several or _meant_by(word, free)
        if several:
            free = [one for one in free if one not in several]
            begun, telling, doubtful = begun + 1, True, doubtful or len(word) == 2
            continue
        best = max(free, key=lambda one: word_likeness(word, one), default="")
        alike = word_likeness(word, best) if best else Likeness.NOTHING
        if alike is Likeness.NOTHING and (word in form.around or any(mistypes(word, one) for one in form.around)):
            outside += 1
            telling = telling or tells(word, kind, len(typed))
            near += word not in form.around
        elif alike is Likeness.NOTHING and word in generic:
            ignored += 1
        elif alike is Likeness.NOTHING:
            return None
        else:
            free.remove(best)
            full += alike is Likeness.SHORT
            begun += alike is Likeness.BEGUN
            near += alike is Likeness.MISTYPED
            telling = telling or tells(best, kind, len(typed))
            doubtful = doubtful or (alike is Likeness.BEGUN and (len(word) == 2 or is_ordinary(word)))
            if alike is Likeness.MISTYPED and len(word) < _SHORTEST_MISTYPED and len(typed) == 1:
                return None
    covered = all(one in generic for one in free)
    alone = len(typed) - ignored == 1
    if (doubtful and not ((full or outside) and (covered or not any(len(word) == 2 for word in left)))) or (
        begun and alone and len(typed[0]) < _SHORTEST_ALONE and not stands_for(typed[0])
    ):
        return None
    if not telling and not _only_ranks(typed):
        return None
    likeness = Likeness.MISTYPED if near else Likeness.BEGUN if covered else Likeness.SOME
    plain_word = not telling or (
        likeness is Likeness.SOME and alone and kind not in _ORDINARY_ALONE and is_ordinary(typed[0])
    )
    return Score(likeness, -begun, -ignored, -outside, plain_word, 1 - len(free) / len(known))


def tells(word: str, kind: NameKind, typed: int) -> bool:
    """Return whether a word tells one name from another."""
    if word.isdecimal():
        return typed > 1
    return word not in VAGUE_WORDS and word not in PLAIN_RANKS and word not in GENERIC[kind]


def _only_ranks(typed: tuple[str, ...]) -> bool:
    return all(word in PLAIN_RANKS for word in typed)


def with_initials(word: str, free: list[str]) -> tuple[str, ...]:
    """Return the words that stand one after the other and have these initials: "sw" for social worker."""
    if not word.isalpha() or len(word) < 2:
        return ()
    runs = (tuple(free[start : start + len(word)]) for start in range(len(free) - len(word) + 1))
    return next((run for run in runs if initials(run) == word), ())


def _meant_by(word: str, free: list[str]) -> tuple[str, ...]:
    meant = stands_for(word)
    return meant if meant and set(meant) <= set(free) else ()


def _nearest(typed: str, names: Iterable[PlanName], first: Iterable[PlanName]) -> tuple[PlanName, ...]:
    """Return names to offer: those that a plain word fits, then those most alike."""
    wanted = plain(typed[:LONGEST_NAME])
    scored = [(fuzz.token_set_ratio(wanted, plain(name.label)), name) for name in names]
    alike = [name for score, name in sorted(scored, key=lambda pair: -pair[0]) if score >= NEAREST]
    return tuple(dict.fromkeys((*first, *alike)))[:MOST_OFFERED]
