"""Make typed text comparable without losing what was typed."""

import re
from collections.abc import Iterable

QUOTE_LENGTH = 60
"""Characters of what was typed that are repeated inside a sentence; the whole goes back beside it."""

_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_EMOJI_NAME = re.compile(r"(?<![^\W_])(?<!/):(?=[^:\s]*[a-z])[a-z0-9_+'-]{1,60}:")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_SAME = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201b": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2015": "-",
        "\u2212": "-",
    }
)

_UNITS = (
    "nought",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
NUMBER_WORDS: dict[str, int] = (
    {word: number for number, word in enumerate(_UNITS)}
    | {word: number for number, word in enumerate(_ORDINALS, start=1)}
    | _TENS
    | {f"{tens}-{unit}": base + n for tens, base in _TENS.items() for n, unit in enumerate(_UNITS[:10]) if n}
)


def clean(text: str) -> str:
    """Return the same words with single spaces, single line ends and nothing invisible."""
    visible = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    return _SPACES.sub(" ", _LINES.sub("\n", visible)).strip()


def fold(text: str) -> str:
    """Return text in lower case with plain quotes and dashes, as many characters, so that places agree.

    Nothing is read inside the name of an emoji (`:team_on_track:`), so its letters are left out.
    """
    if ":" in text:
        text = _EMOJI_NAME.sub(lambda found: f":{'_' * (len(found[0]) - 2)}:", text)
    if text.isascii():
        return text.translate(_SAME).lower()
    return "".join(low if len(low := char.lower()) == 1 else char for char in text.translate(_SAME))


def plain(text: str) -> str:
    """Return the form in which names and commands are compared: cleaned, folded, one line, no trailing . ? !"""
    return fold(clean(text)).replace("\n", " ").rstrip(" .?!,;:").lstrip(" ,;:")


def quoted(text: str) -> str:
    """Return text on one line between quotation marks, cut when it is long."""
    line = clean(text).replace("\n", " ")
    return f"“{line if len(line) <= QUOTE_LENGTH else line[: QUOTE_LENGTH - 1].rstrip() + '…'}”"


def join_words(parts: Iterable[str], last: str = "or", between: str = ", ") -> str:
    """Join `a`, `b`, `c` as "a, b or c"."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{between.join(items[:-1])} {last} {items[-1]}"
