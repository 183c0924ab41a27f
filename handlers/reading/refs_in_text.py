"""Find the refs of a plan in a whole text, and what is nearly one.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handlers.reading.day_words import MONTH_WORDS
from handlers.reading.likeness import Likeness, is_ordinary
from handlers.reading.name_rules import NEVER_FIRST, WHOSE_VERB, TextWord
from handlers.reading.normalise import fold
from handlers.reading.ref_finder import guess_at, ref_candidates
from handlers.reading.vocabulary import Vocabulary, key_of, letters_of, typed_parts

_MOST_REFS = 100
"""Places in a text where a ref is looked for."""
_MOST_GUESSES = 10
"""Words before a number of which each may be a mistyped ref: all refs are read for the first."""


_ASKING = frozenset(("is", "are", "was", "were", "has", "have", "had"))
"""A ref behind one of them is one where a question begins so: "is heard 9 done?"."""


class RefInText(NamedTuple):
    """A ref at a place; several where a mistyped one may be each. `possible`: it may be no ref at all."""

    refs: tuple[str, ...]
    start: int
    end: int
    likeness: Likeness
    possible: bool = False


def refs_in(
    folded: str, words: Sequence[TextWord], vocabulary: Vocabulary, taken: Sequence[bool]
) -> Iterator[RefInText]:
    """Yield the refs in folded text, then what is nearly one; all that may be one is looked up at once.

    `taken`: words that something else was read in already ("priority 7").
    """
    spelled: dict[int, list[tuple[str, int]]] = {}
    until = len(folded)
    for at in range(len(words) - 1, -1, -1):
        if taken[at]:
            until = words[at].start
        elif not _inside_a_word(folded, words[at].start):
            some = [one for one in ref_candidates(folded, words[at].start) if one[1] <= until]
            if some := [one for one in some if any(map(str.isdecimal, one[0]))]:
                spelled[at] = some
    places = sorted(spelled)[:_MOST_REFS]
    keys = (key_of(parts) for at in places for one, _ in spelled[at] if (parts := typed_parts(one)))
    vocabulary.refs.expect(dict.fromkeys(keys))
    end = guesses = 0
    nearly: list[RefInText] = []
    for at in places:
        start = words[at].start
        if start < end:
            continue
        found = next(((ref, typed, to) for typed, to in spelled[at] if (ref := vocabulary.exact_ref(typed))), None)
        before = words[at - 1].stem if at and words[at - 1].end > start - 3 else ""
        if before in _ASKING and not folded[: words[at - 1].start].rstrip(" \n").rstrip(".!?;:,("):
            before = ""
        if found is not None:
            ref, typed, end = found
            yield RefInText((ref,), start, end, Likeness.EXACT, _is_doubtful(typed, before))
        elif guesses < _MOST_GUESSES and _like_a_ref(words, at, vocabulary):
            guesses += 1
            guess = guess_at(folded, start, vocabulary)
            if guess is not None:
                nearly.append(RefInText(guess.near, start, guess.end, Likeness.MISTYPED, not guess.certain))
    yield from nearly


def _inside_a_word(folded: str, start: int) -> bool:
    """Return whether what stands before a place belongs to it: "£7.3", "@happy-2", "x-1"."""
    before = folded[max(0, start - 2) : start]
    return before[-1:] in tuple(".@£$€") or (before[-1:] == "-" and before[:1].isalnum())


def _is_doubtful(typed: str, before: str) -> bool:
    """Return whether a ref may be plain numbers, or a verb before a number."""
    letters = letters_of(typed_parts(typed))
    if not letters:
        return before not in ("action", "ref")
    return " " in typed and letters.isalpha() and before in WHOSE_VERB


def _like_a_ref(words: Sequence[TextWord], at: int, vocabulary: Vocabulary) -> bool:
    """Return whether a word before a number may be a mistyped ref: a theme's name, or no English word nor month."""
    letters = fold(words[at].raw).rstrip("0123456789")
    if len(letters) < 3 or not letters.isalpha() or letters in MONTH_WORDS or letters in NEVER_FIRST:
        return False
    themes = {fold(name) for theme in vocabulary.themes for name in (theme.key, theme.name, *theme.aliases)}
    return letters in themes or not is_ordinary(letters)
