"""Text cut into words, numbers and marks, with the smallest parts of a day: a number, a month, a weekday, a year.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

import re
from datetime import date

from handlers.reading.dates import Looking
from handlers.reading.day_words import MONTH_NAMES, MONTH_WORDS, ORDINAL_MARKS, WEEKDAY_WORDS, WEEKDAYS
from handlers.reading.likeness import a_keystroke_apart
from handlers.reading.normalise import fold

_WRONG_IN_A_WEEKDAY = 2
"""Keys that may be wrong in a weekday, whose last three letters and first are right: "wensday"."""
YEARS_SPACED = (2, 5)
"""Years back and ahead that two digits after a month may mean: of "12 Sep 14 schools" they are none."""

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\S|[\n\t]")
_GLUE_BEFORE = frozenset("/.:£$€#@_+=~^\\&%'")
_GLUE_AFTER = frozenset("/.:-")


class DayTokens:
    """The tokens of folded text; places past either end are ""."""

    __slots__ = ("ends", "looking", "raw", "starts", "text", "today", "words")

    def __init__(self, text: str, today: date, looking: Looking) -> None:
        """Cut a text; `today` and `looking` decide which day its words mean."""
        self.raw = text
        self.text = fold(text)
        self.today = today
        self.looking = looking
        found = list(_TOKEN.finditer(self.text))
        self.words = [one.group() for one in found]
        self.starts = [one.start() for one in found]
        self.ends = [one.end() for one in found]

    def word(self, at: int) -> str:
        """Return the word, number or mark at a place."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def glued(self, at: int) -> bool:
        """Return whether nothing stands between a token and the one before it."""
        if not 0 < at < len(self.words):
            return False
        return self.starts[at] == self.ends[at - 1]

    def match(self, at: int, *choices: tuple[str, ...]) -> int:
        """Return the place after the first of some phrases that stands here, or -1."""
        first = self.word(at)
        for phrase in choices:
            if phrase[0] == first and all(self.word(at + n) == word for n, word in enumerate(phrase)):
                return at + len(phrase)
        return -1

    def skip(self, at: int, *words: str) -> int:
        """Return the place after one of some words, or the same place."""
        return at + 1 if self.word(at) in words else at

    def number(self, at: int, digits: int = 2) -> int:
        """Return the number of at most so many digits, or -1."""
        word = self.word(at)
        return int(word) if 0 < len(word) <= digits and word.isascii() and word.isdigit() else -1

    def starts_clean(self, at: int) -> bool:
        """Return whether a day may begin here: it is no end of `healthy-5`, `covid-19`, `£12.9` or a link."""
        start = self.starts[at]
        before = self.text[start - 1] if start else ""
        if before.isalnum() or (before in _GLUE_BEFORE and not (before == "'" and self._opens_quote(start - 1))):
            return False
        return not (before == "-" and start > 1 and not self.text[start - 2].isspace())

    def ends_clean(self, at: int) -> bool:
        """Return whether a day may end before this place: nothing is joined on to it."""
        if not self.glued(at):
            return True
        mark = self.word(at)
        if mark[0].isalnum() or mark in "_%@":
            return False
        return not (mark in _GLUE_AFTER and self.glued(at + 1) and self.word(at + 1)[0].isalnum())

    def _opens_quote(self, place: int) -> bool:
        return place == 0 or not self.text[place - 1].isalnum()


def ordinal_at(tokens: DayTokens, at: int) -> int:
    """Return the place after `th` and the like, or the same place."""
    return at + 1 if tokens.word(at) in ORDINAL_MARKS and (tokens.glued(at) or tokens.word(at) == "th") else at


def month_at(tokens: DayTokens, at: int, *, near: bool = False) -> tuple[int, int]:
    """Return a month's number and the place after its name, or 0. `near`: mistyped by a keystroke too."""
    word = tokens.word(at)
    number = MONTH_WORDS.get(word, 0)
    if not number and near:
        number = _near(word)
    return (number, _stop(tokens, at + 1)) if number else (0, at)


def weekday_at(tokens: DayTokens, at: int) -> tuple[int, int]:
    """Return a weekday, 0 for Monday, and the place after its name, or -1."""
    word = tokens.word(at)
    number = WEEKDAY_WORDS.get(word, -1)
    if number < 0 and word.endswith("day") and 6 <= len(word) <= 10:
        near = [
            n
            for n, day in enumerate(WEEKDAYS)
            if day[0] == word[0] and a_keystroke_apart(word, day, _WRONG_IN_A_WEEKDAY)
        ]
        number = near[0] if len(near) == 1 else -1
    return (number, _stop(tokens, at + 1)) if number >= 0 else (-1, at)


def year_at(tokens: DayTokens, at: int, *, spaced: bool = False) -> tuple[int, int]:
    """Return a year of two or four digits and the place after it, or 0. `spaced`: two digits may be another number."""
    quote = tokens.word(at) == "'"
    digits = at + quote
    word = tokens.word(digits)
    if len(word) not in (2, 4) or (quote and len(word) != 2) or tokens.number(digits, 4) < 0:
        return 0, at
    if not tokens.ends_clean(digits + 1) and tokens.word(digits + 1) != "-":
        return 0, at
    if len(word) == 4:
        return int(word), digits + 1
    year = 2000 + int(word)
    back, ahead = YEARS_SPACED
    if spaced and not quote and not -back <= year - tokens.today.year <= ahead:
        return 0, at
    return year, digits + 1


def near_month(word: str) -> int:
    """Return 1 to 12 for a month's name, whole, short or mistyped by a keystroke or two (`septmber`), or 0."""
    bare = word.rstrip(".")
    if len(bare) >= 3 and (exact := next((n for n, name in enumerate(MONTH_NAMES, 1) if name.startswith(bare)), 0)):
        return exact
    return _near(bare)


def _near(word: str) -> int:
    if not 6 <= len(word) <= 11:
        return 0
    near = [n for n, name in enumerate(MONTH_NAMES, 1) if word[0] == name[0] and a_keystroke_apart(word, name)]
    return near[0] if len(near) == 1 else 0


def _stop(tokens: DayTokens, at: int) -> int:
    """Return the place after the full stop of an abbreviation that more of the day follows."""
    if tokens.word(at) == "." and tokens.glued(at) and len(tokens.word(at - 1)) < 6:
        after = tokens.word(at + 1)
        if after[:1].isdigit() or after in MONTH_WORDS or after == "the":
            return at + 1
    return at
