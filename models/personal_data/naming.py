"""Find somebody's name, address or number in words, however they were written, and take it out."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from models.records.redaction import read_characters

INSTEAD_OF_NAME = "[erased]"
_APOSTROPHES = {"’": "'", "‘": "'", "ʼ": "'"}
_MARKS = frozenset(("Mn", "Me", "Cf"))
_RUN = re.compile(r"\w+")
_NOT_BEFORE, _NOT_AFTER = r"(?<!\w)(?<!\w-)", r"(?!\w)(?!-\w)(?!@\w)"
"""A name is a part of no longer one: "Ann Lee" does not stand in "Jo-Ann Lee-Ward"."""


class NameFinder:
    """Some words to look for, without regard to case, accents and spaces."""

    def __init__(self, words: Iterable[str]) -> None:
        wanted = sorted({same_letters(one) for one in words} - {""}, key=len, reverse=True)
        # A run of letters that the text must have as well: most texts need no closer look.
        self._sieve = [max(_RUN.findall(one) or [""], key=len) for one in wanted]
        self._pattern = re.compile(f"{_NOT_BEFORE}(?:{'|'.join(map(re.escape, wanted))}){_NOT_AFTER}")

        # Signatures come again and again.
        self._is_in = lru_cache(1_000)(lambda text: next(self._spans(text), None) is not None)

    def stands_in(self, value: Any) -> bool:
        """Return whether any of the words stands in a text, or in the texts of a list or of a stored JSON value."""
        return bool(self._sieve) and any(map(self._is_in, texts_in(value)))

    def taken_out(self, value: Any) -> Any:
        """Return a value with "[erased]" in place of each of the words."""
        if isinstance(value, str):
            held = _parsed(value)
            if held is not value:
                clean = self.taken_out(held)
                return value if clean == held else json.dumps(clean, ensure_ascii=False)
            return self._scrubbed(value)
        if isinstance(value, list):
            return [self.taken_out(one) for one in value]
        if isinstance(value, dict):
            return {self._scrubbed(name): self.taken_out(one) for name, one in value.items()}
        return value

    def _scrubbed(self, text: str) -> str:
        done, pieces = 0, list[str]()
        for start, end in self._spans(text):
            pieces += text[done:start], INSTEAD_OF_NAME
            done = end
        return "".join(pieces) + text[done:]

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        quick = _letters(text)
        if not any(part in quick for part in self._sieve):
            return
        letters, places = list[str](), list[tuple[int, int]]()
        for char, start, end in read_characters(text):
            for letter in _letters(char):
                letters.append(letter)
                places.append((start, end))
        for found in self._pattern.finditer("".join(letters)):
            yield places[found.start()][0], places[found.end() - 1][1]


def same_letters(text: str) -> str:
    """Return a text as it is compared: small letters without accents, one space between words."""
    return "".join(_letters(char) for char, _, _ in read_characters(text)).strip()


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a value, also in a stored JSON text."""
    if isinstance(value, str):
        held = _parsed(value)
        if held is value:
            yield value
        else:
            yield from texts_in(held)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from texts_in(one)


def _parsed(text: str) -> Any:
    if text[:1] not in ("{", "["):
        return text
    try:
        held = json.loads(text)
    except ValueError:
        return text
    return held if isinstance(held, dict | list) else text


class _Letters(dict[int, int | None]):
    """What each character is compared as, for `str.translate`: marks are left out. Filled as characters turn up."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        self[code] = None if unicodedata.category(char) in _MARKS else ord(_APOSTROPHES.get(char, char))
        return self[code]


_COMPARED_AS = _Letters()


def _letters(text: str) -> str:
    folded = text.casefold()
    return folded if text.isascii() else unicodedata.normalize("NFD", folded).translate(_COMPARED_AS)
