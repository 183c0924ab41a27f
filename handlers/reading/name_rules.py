"""When words in a text are a name: the rules of each kind, for names that are ordinary words as well.

Source: docs/explanation/what-people-write.md, Which name is meant.
"""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.reading.likeness import ABBREVIATED, SMALL_WORDS, Likeness, is_ordinary
from handlers.reading.matching import PLAIN_RANKS, tells
from handlers.reading.plan_names import GENERIC, NameForm, NameKind

WHOSE_VERB = frozenset(
    ("i", "we", "you", "they", "he", "she", "it", "who", "have", "has", "had", "having", "is", "are", "was", "were",
     "be", "been", "being", "not", "never", "only", "also", "just", "very", "so", "that", "which", "ive", "weve")
)  # fmt: skip
"""A theme's name behind one of them is a verb or an adjective: "we heard 12 children"."""
NEVER_FIRST = SMALL_WORDS | WHOSE_VERB | frozenset(
    ("how", "what", "when", "where", "why", "whose", "do", "doe", "did", "go", "going", "doing", "done", "get",
     "got", "can", "could", "will", "would", "should", "may", "might", "must", "on", "off", "track", "amber", "red",
     "green", "grey", "status", "please", "thank", "show", "tell", "list", "give", "me", "my", "your", "their",
     "any", "some", "no", "yes", "this", "these", "those", "there", "here", "now", "due", "overdue", "late", "next",
     "last", "action", "plan", "update", "as", "if", "or", "but", "because", "since", "about", "up", "out", "than",
     "then", "am", "pm", "hi", "hello", "dear", "ok", "okay", "week", "month", "today", "tomorrow",
     "answer", "answered", "reply", "replied", "yesterday", "one", "two", "three", "whole", "stand")
)  # fmt: skip
"""Stems that no name is looked for at, so that most messages need no more of the plan than its headings."""
_PERSONS = PLAIN_RANKS - {"team", "service", "staff"}
_RANKS_ALONE = frozenset(
    ("superintendent", "inspector", "commissioner", "headteacher", "principal", "treasurer", "registrar", "solicitor")
)
"""Titles that name a post by themselves behind "the". Must not read: "commissioner's office"."""


class TextWord(NamedTuple):
    """A word of a text: as written, its stem, where it begins and ends."""

    raw: str
    stem: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.raw[0].isupper()

    @property
    def plural(self) -> bool:
        """Whether it is written in the plural: "managers", but not "manager's"."""
        low = self.raw.lower().replace("’", "'")
        return low.endswith("s") and not self.stem.endswith("s") and not low.endswith("'s")


class WordsSeen(NamedTuple):
    """Words in a text that fit some names equally well, and what stands around them.

    `before`, `after`: the stems there. `after_a_capital`, `before_a_capital`: a capital letter stands right there.
    `turned`: "of", "for" or a comma stands among them. `shouted`: the text is in capitals alone.
    """

    words: Sequence[TextWord]
    likeness: Likeness
    forms: Sequence[NameForm]
    before: str = ""
    after: str = ""
    after_a_capital: bool = False
    before_a_capital: bool = False
    turned: bool = False
    shouted: bool = False

    @property
    def alone(self) -> bool:
        """Whether it is one word, and an English one."""
        return len(self.words) == 1 and self.ordinary

    @property
    def ordinary(self) -> bool:
        """Whether they are English words and numbers."""
        return all(word.stem.isdecimal() or is_ordinary(word.stem) for word in self.words)


def is_possible(seen: WordsSeen) -> bool | None:
    """Return whether words are no more than possibly a name; None where they are none."""
    if seen.alone and seen.words[0].capital and seen.after_a_capital:
        return None
    if seen.likeness is Likeness.SHORT:
        return None if not _written_short(seen.words[0], seen.shouted) else False
    if seen.likeness is Likeness.MISTYPED and len(seen.words) == 1:
        return None
    if len(seen.words) == 1 and len(seen.words[0].stem) < 3 and (seen.shouted or not seen.words[0].raw.isupper()):
        return None
    if not (seen.turned or any(_in_order(seen.words, form) for form in seen.forms)):
        return None
    match seen.forms[0].name.kind:
        case NameKind.POST:
            return _possible_post(seen)
        case NameKind.ORGANISATION:
            return _possible_organisation(seen)
        case NameKind.BOARD:
            return _possible_board(seen)
    if seen.likeness > Likeness.SOME:
        return True
    several = len(seen.words) > 1 or seen.words[0].raw.isupper()
    return True if seen.likeness is Likeness.SOME and several else None


def _in_order(words: Sequence[TextWord], form: NameForm) -> bool:
    """Return whether words stand as in a name: "board partnership chair" does not."""
    ways = [[known.index(word.stem) for word in words if word.stem in known] for known in form.words]
    most = max(map(len, ways))
    return any(places == sorted(places) for places in ways if len(places) == most)


def _possible_organisation(seen: WordsSeen) -> bool | None:
    """Return whether words may be an organisation; one English word counts behind "the", and as it is written."""
    if seen.alone:
        written = seen.words[0].raw.lower().replace("’", "'").removesuffix("'s")
        names = (name for form in seen.forms for name in (form.name.key, *form.name.names, *form.name.others))
        if not any(written in name.lower().split() for name in names):
            return None
    if seen.likeness is Likeness.SOME or seen.likeness is Likeness.BEGUN:
        return None if seen.alone else True
    return seen.alone and (seen.before != "the" or seen.after == "of")


def _possible_board(seen: WordsSeen) -> bool | None:
    """Return whether words may be a board; of some of its words two, and "board" beside them, are one for sure."""
    generic = [word for word in seen.words if word.stem in GENERIC[NameKind.BOARD]]
    if seen.likeness < Likeness.SHORT:
        many = len(seen.words) - len(generic) > 1
        return not many if generic or seen.likeness is Likeness.SOME else None
    return seen.ordinary and not generic and not all(word.capital for word in seen.words)


def _possible_post(seen: WordsSeen) -> bool | None:
    """Return whether words may be a post: what it works on is no more than possible, and its rank alone nothing."""
    form = seen.forms[0]
    own = {one for known in form.words for one in known}
    meant = [ABBREVIATED.get(word.stem, word.stem) for word in seen.words]
    if not any(one in own for one in meant) and seen.likeness is Likeness.OTHER:
        whole = tuple(sorted(meant)) in form.whole
        return False if whole and all(word.capital for word in seen.words) else None
    ranks = [one for one in meant if one in _PERSONS or one in _RANKS_ALONE]
    if any(word.plural and one in ranks for word, one in zip(seen.words, meant, strict=True)):
        return None
    if seen.likeness >= Likeness.BEGUN:
        return seen.alone or seen.after == "of"
    telling = [one for one in meant if _tells_a_post(one, len(meant))]
    if ranks and telling and len(meant) > 1:
        return False
    if seen.likeness is Likeness.MISTYPED or not telling:
        return None
    if len(meant) > 1:
        return True
    if ranks:
        named = seen.before == "the" or (seen.words[0].stem in ABBREVIATED and not seen.before_a_capital)
        return not (len(seen.forms) == 1 and named and not seen.words[0].raw.endswith("s"))
    return True if any(_beside_its_rank(meant[0], known) for one in seen.forms for known in one.words) else None


def _tells_a_post(word: str, typed: int) -> bool:
    return word not in PLAIN_RANKS and word not in GENERIC[NameKind.BOARD] and tells(word, NameKind.POST, typed)


def _beside_its_rank(word: str, title: Sequence[str]) -> bool:
    """Return whether a word is what a post works on: "education" of a head of it, but not "integrated"."""
    ranks = [place for place, one in enumerate(title) if one in PLAIN_RANKS]
    after = title[0] in PLAIN_RANKS
    return any(title[place + (1 if after else -1)] == word for place in ranks if 0 <= place < len(title) - after)


def _written_short(word: TextWord, shouted: bool) -> bool:
    """Return whether letters are written as initials are: DoF, HWB, and without a vowel also hwb."""
    if sum(char.isupper() for char in word.raw) > 1 and not shouted:
        return True
    return not any(char in "aeiouy" for char in word.stem) and not is_ordinary(word.stem)
