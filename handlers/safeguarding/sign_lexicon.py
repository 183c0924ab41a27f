"""The words by which sentences are checked for a child or family, read from data files that a secretary may add to."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.reading.likeness import ordinary_words, words_of_file

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
    """Every word known, by kind. Single words stand in sets, phrases by their first word.

    `care_verbs`: what is done to a child ("excluded"); `never_names`: the ordinary words that name nobody, in small
    letters.
    """

    signs: tuple[Sign, ...]
    begin_signs: frozenset[str]
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrases]
    care_verbs: frozenset[str]
    ordinary: frozenset[str]
    names: frozenset[str]
    never_names: frozenset[str]


def by_first_word(phrases: Iterator[str] | list[str]) -> Phrases:
    """Return phrases ("in care", or "in_care") by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.replace("_", " ").split())
        if words:
            found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(some, key=len, reverse=True)) for first, some in found.items()}


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
    names = words_of_file(__package__, "first_names.txt").union(lists["name"])
    words = {kind: frozenset(some) for kind, some in lists.items()}
    ordinary = ordinary_words() | words_of_file(__package__, "rarer_words.txt")
    words["ambiguous"] |= names & (ordinary | words["place"] | words["abbreviation"])
    return SignLexicon(
        signs,
        frozenset(first for one in signs for first in one.reads),
        words,
        {kind: by_first_word(some) for kind, some in lists.items() if any("_" in word for word in some)},
        frozenset(word for one in signs if one.kind == "care" for word in one.reads if word.endswith("ed")),
        ordinary,
        names,
        ordinary - names - words["ambiguous"],
    )
