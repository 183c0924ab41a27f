"""When words in a text are a name: the rules of each kind, for names that are ordinary words as well.

Source: docs/explanation/what-people-write.md, Which name is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.reading.likeness import ABBREVIATED, SMALL_WORDS, Likeness, is_ordinary
from handlers.reading.matching import PLAIN_RANKS, Score, tells
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
     "then", "am", "pm", "hi", "hello", "dear", "ok", "okay", "week", "month", "today", "tomorrow", "yesterday",
     "one", "two", "three", "whole", "stand")
)  # fmt: skip
"""Stems that no name is looked for at, so that most messages need no more of the plan than its headings."""
_RANKS_ALONE = frozenset(
    ("superintendent", "inspector", "commissioner", "headteacher", "principal", "treasurer", "registrar", "solicitor")
)
"""Titles that name a post by themselves behind "the". Must not read: "commissioner's office"."""


@dataclass(frozen=True, slots=True)
class TextWord:
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


@dataclass(frozen=True, slots=True)
class Among:
    """What stands around words: the stems before and after, a capital right before them, a text in capitals alone."""

    before: str = ""
    after: str = ""
    after_a_capital: bool = False
    shouted: bool = False


def is_possible(words: Sequence[TextWord], score: Score, form: NameForm, several: int, among: Among) -> bool | None:
    """Return whether words are no more than possibly a name; None where they are none."""
    kind = form.name.kind
    ordinary = all(word.stem.isdecimal() or is_ordinary(word.stem) for word in words)
    likeness = score.likeness
    if len(words) == 1 and ordinary and words[0].capital and among.after_a_capital:
        return None
    if likeness is Likeness.SHORT and not _written_short(words[0], among.shouted):
        return None
    if likeness is Likeness.MISTYPED and len(words) == 1:
        return None
    match kind:
        case NameKind.POST:
            return _possible_post(words, likeness, form, several, ordinary, among)
        case NameKind.ORGANISATION:
            return _possible_organisation(words, likeness, ordinary, among)
        case NameKind.BOARD:
            return _possible_board(words, likeness, ordinary)
    if likeness >= Likeness.SHORT:
        return True
    return True if likeness is Likeness.SOME and (len(words) > 1 or words[0].raw.isupper()) else None


def _possible_organisation(words: Sequence[TextWord], likeness: Likeness, ordinary: bool, among: Among) -> bool | None:
    if likeness >= Likeness.SHORT or likeness is Likeness.MISTYPED:
        return len(words) == 1 and ordinary and (among.before != "the" or among.after == "of")
    return True if len(words) > 1 or not ordinary else None


def _possible_board(words: Sequence[TextWord], likeness: Likeness, ordinary: bool) -> bool | None:
    generic = any(word.stem in GENERIC[NameKind.BOARD] for word in words)
    if likeness in (Likeness.SOME, Likeness.BEGUN, Likeness.MISTYPED):
        return not generic if generic or likeness is Likeness.SOME else None
    return ordinary and not generic and not all(word.capital for word in words)


def _possible_post(
    words: Sequence[TextWord], likeness: Likeness, form: NameForm, several: int, ordinary: bool, among: Among
) -> bool | None:
    own = {one for known in form.words for one in known}
    if likeness is Likeness.OTHER and not any(word.stem in own for word in words):
        whole = tuple(sorted(word.stem for word in words)) in form.whole
        return False if whole and all(word.capital for word in words) else None
    if likeness is Likeness.SHORT:
        return False
    meant = [ABBREVIATED.get(word.stem, word.stem) for word in words]
    ranks = [one for one in meant if one in PLAIN_RANKS or one in _RANKS_ALONE]
    if any(word.plural and one in ranks for word, one in zip(words, meant, strict=True)):
        return None
    telling = [one for one in meant if one not in PLAIN_RANKS and tells(one, NameKind.POST, len(meant))]
    if likeness >= Likeness.BEGUN:
        return len(words) == 1 and ordinary
    if ranks and telling and len(words) > 1:
        return False
    if likeness is Likeness.MISTYPED or not telling:
        return None
    return not (ranks and several == 1 and among.before == "the" and not words[-1].raw.endswith("s"))


def _written_short(word: TextWord, shouted: bool) -> bool:
    """Return whether letters are written as initials are: DoF, HWB, and without a vowel also hwb."""
    if sum(char.isupper() for char in word.raw) > 1 and not shouted:
        return True
    return not any(char in "aeiouy" for char in word.stem) and not is_ordinary(word.stem)
