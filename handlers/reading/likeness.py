"""The one scale of likeness: how near what was typed is to a name, word by word.

Source: docs/explanation/what-people-write.md, Which name is meant.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.reading.normalise import fold


class Likeness(IntEnum):
    """How near what was typed is to a name, the nearest last."""

    NOTHING = 0
    MISTYPED = 1
    """A word is a keystroke off, and is no English word as it stands."""
    SOME = 2
    """Some of its words, and they fit nothing else."""
    BEGUN = 3
    """Every word of it, some only begun or abbreviated: "Head of Ed"."""
    SHORT = 4
    """Its initials: "HWB", "DoF"."""
    OTHER = 5
    """Another name it is known by."""
    EXACT = 6
    """As it is printed, in any case, order or number, with or without small words."""


SMALL_WORDS = frozenset(
    ("the", "a", "an", "of", "and", "for", "in", "on", "to", "at", "with", "our", "s", "by", "from")
)  # fmt: skip
"""They count for nothing in a name: "head of education" is "education head"."""
VAGUE_WORDS = frozenset(
    ("good", "better", "best", "new", "young", "people", "person", "child", "children", "all", "every", "more", "life",
     "work", "help", "well", "cypp", "us", "we", "it", "is", "my", "your", "their", "this", "that", "are")
)  # fmt: skip
"""They stand in so many names that they tell none from another. Must not read: "early help", where another tells."""
ABBREVIATED = {
    "supt": "superintendent", "insp": "inspector", "mgr": "manager", "hd": "head", "dept": "department",
    "asst": "assistant", "comm": "communication", "rep": "representative",
    "svc": "service", "cttee": "committee", "ctte": "committee", "bd": "board", "edn": "education", "hlth": "health",
    "mgmt": "management", "govt": "government", "snr": "senior", "sgt": "sergeant", "exec": "executive",
    "cllr": "councillor", "soc": "social", "admin": "administrator", "sept": "sep",
}  # fmt: skip
"""Stems as they are written short, where the short form does not begin them or is a word of its own."""
_SPELLED = {"advisor": "adviser", "program": "programme", "organization": "organisation", "center": "centre"}
"""Stems that are written in two ways, and the one they are compared in."""
_STANDS_FOR = {"send": ("special", "need", "disability"), "sen": ("special", "need")}
"""Letters that stand for words which they are not the initials of in the plan's own titles."""

_FAR = 10
"""From so many letters on two keystrokes may be wrong."""
_WORD = re.compile(r"[^\W_]+(?:['&][^\W_]+)*")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@cache
def ordinary_words() -> frozenset[str]:
    """Return English words, from a data file that a secretary may add to."""
    return words_of_file(__package__, "ordinary_words.txt")


def words_of_file(package: str, name: str) -> frozenset[str]:
    """Return the words of a data file, whose lines that begin with "#" say where they are from."""
    lines = files(package).joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a folded word without accents, possessive and plural: the form in which words are the same."""
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word.translate(_LETTERS))
        word = "".join(char for char in parts if not unicodedata.combining(char))
    word = word.removesuffix("'s").replace("'", "").replace("&", "")
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    letters = not any(char in "aeiouy" for char in word)
    if len(word) > 3 and word.endswith("s") and (letters or word[-2] not in "sui"):
        word = word[:-1]
    return _SPELLED.get(word, word)


def words_with_places(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of folded text with where it begins and ends; "O&S" and "children's" are one."""
    return ((found.group(), found.start(), found.end()) for found in _WORD.finditer(folded))


def name_words(text: str) -> tuple[str, ...]:
    """Return the stems of a text, small words left out; where there are only small ones, those."""
    words = _WORD.findall(fold(text))
    return tuple(stem(word) for word in words if word not in SMALL_WORDS) or tuple(stem(word) for word in words)


@lru_cache(maxsize=8192)
def word_likeness(typed: str, known: str) -> Likeness:
    """Return how near two stems are: the same, one abbreviated or begun, one mistyped, or nothing.

    A word of two letters begins nothing by itself and mistypes nothing; an English word mistypes nothing.
    """
    if typed == known:
        return Likeness.EXACT
    if ABBREVIATED.get(typed) == known:
        return Likeness.SHORT
    if len(typed) > 1 and known.startswith(typed) and typed.isalpha():
        return Likeness.BEGUN
    return Likeness.MISTYPED if mistypes(typed, known) else Likeness.NOTHING


def mistypes(typed: str, known: str) -> bool:
    """Return whether one stem is another a keystroke off, and no English word as it stands."""
    if len(typed) < 3 or len(known) < 4 or not (typed.isalpha() and known.isalpha()):
        return False
    return a_keystroke_apart(typed, known, keystrokes_off(known)) and not is_ordinary(typed)


def mistyped_of(typed: str, known: Collection[str]) -> list[str]:
    """Return those of some stems that one mistypes."""
    if len(typed) < 3 or is_ordinary(typed):
        return []
    near = process.extract(typed, known, scorer=OSA.distance, score_cutoff=keystrokes_off("x" * _FAR), limit=None)
    return [one for one, _, _ in near if mistypes(typed, one)]


def mistyped_words(typed: Sequence[str], known: Sequence[str]) -> bool:
    """Return whether some words are these, one of them mistyped at least; their order counts."""
    if len(typed) != len(known) or list(typed) == list(known):
        return False
    return all(one == other or mistypes(one, other) for one, other in zip(typed, known, strict=True))


def keystrokes_off(word: str) -> int:
    """Return how many keys may be wrong in a word: one, in a long word two."""
    return 2 if len(word) >= _FAR else 1


def a_keystroke_apart(typed: str, known: str, most: int = 1) -> bool:
    """Return whether one key wrong, left out, pressed twice or too early makes one of two texts of the other."""
    return abs(len(typed) - len(known)) <= most and OSA.distance(typed, known, score_cutoff=most) <= most


def is_ordinary(word: str) -> bool:
    """Return whether a stem is an English word, in one number or the other."""
    known = ordinary_words()
    several = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return word in known or several in known


def initials(words: Sequence[str]) -> str:
    """Return the first letters of some words."""
    return "".join(word[0] for word in words)


def stands_for(typed: str) -> tuple[str, ...]:
    """Return the stems that some letters stand for in every plan ("send"), or none."""
    return _STANDS_FOR.get(typed, ())
