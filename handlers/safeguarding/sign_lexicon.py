"""The words by which sentences are checked for a child or family, read from data files that a secretary may add to."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.reading.likeness import ordinary_words

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases by their first word, longest first."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A kind of sign: why it is asked about, its phrases, and phrases after it that make it something else."""

    kind: str
    why: str
    reads: Phrases
    not_before: Phrases


@dataclass(frozen=True, slots=True)
class SignLexicon:
    """Every word known, by kind. Single words stand in sets, phrases by their first word."""

    signs: tuple[Sign, ...]
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrases]
    ordinary: frozenset[str]
    names: frozenset[str]


def by_first_word(phrases: Iterator[str] | list[str]) -> Phrases:
    """Return phrases ("in care", or "in_care") by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.replace("_", " ").split())
        if words:
            found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(some, key=len, reverse=True)) for first, some in found.items()}


def _listed(name: str) -> Iterator[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            yield from line.split()


@cache
def sign_lexicon() -> SignLexicon:
    """Return the words known, read once in a process."""
    data = tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))
    signs = tuple(
        Sign(kind, one["why"], by_first_word(one["reads"].split()), by_first_word(one.get("not_before", "").split()))
        for kind, one in data.pop("sign").items()
    )
    lists = {
        f"{kind}.{name}" if name != "reads" else kind: words.split()
        for kind, one in data.items()
        for name, words in one.items()
    }
    return SignLexicon(
        signs,
        {kind: frozenset(words) for kind, words in lists.items()},
        {kind: by_first_word(words) for kind, words in lists.items() if any("_" in word for word in words)},
        ordinary_words(),
        frozenset((*_listed("first_names.txt"), *lists["name"])),
    )
