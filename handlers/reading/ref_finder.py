"""Finding the refs of a plan inside what somebody typed.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.reading.normalise import join_words, quoted
from handlers.reading.vocabulary import Vocabulary, digits_of, key_of, letters_of, typed_parts

_MOST_PARTS = 7
_PART = re.compile(r"[0-9]{1,12}|[^\W\d_]{1,30}")
_BETWEEN = re.compile(
    r" (?:action|number|num|no\.?) ?#?(?=[ 0-9]) ?| ?#|[-/_.](?! )| -(?! )|(?<=[^\W\d_]) - (?=[0-9])"
    # In brackets a part of a minute's number, or the year: "62/17(l)", "sr (25/26) 01".
    r"| ?\((?=[^\W_]{1,3}\))| \((?=\d{2,4}[-/]\d{2,4}\) ?\d)|(?<=\d)\) ?(?=\d)| (?!-)|"
)
_FILLER = re.compile(r"[a-z#]")
_GOES_ON = re.compile(r"[^\W_]|%|[-./_][0-9]")


@dataclass(frozen=True, slots=True)
class RefSeen:
    """A ref of the plan at a place in the text."""

    ref: str
    typed: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RefGuess:
    """Something like a ref. `near`: what it may be, best first. `certain`: only one is near, with the same numbers."""

    typed: str
    near: tuple[str, ...]
    start: int
    end: int
    certain: bool


def ref_at(text: str, start: int, vocabulary: Vocabulary, numbered: bool = False) -> RefSeen | None:
    """Return the longest ref of the plan that begins at a place in folded text: `healthy 5`, `16 sep 3`."""
    candidates = ref_candidates(text, start)
    if len(candidates) > 1:
        vocabulary.refs.expect(key_of(parts) for candidate, _ in candidates if (parts := typed_parts(candidate)))
    for candidate, end in candidates:
        if numbered and not any(char.isdecimal() for char in candidate):
            continue
        ref = vocabulary.exact_ref(candidate)
        if ref is not None:
            return RefSeen(ref, text[start:end], start, end)
    return None


def expect_refs(text: str, starts: Iterable[int], vocabulary: Vocabulary) -> None:
    """Have what may be a ref at some places of folded text looked up together: each by itself is a statement."""
    typed = (one for start in starts for one, _ in ref_candidates(text, start) if any(map(str.isdecimal, one)))
    vocabulary.refs.expect(key_of(parts) for one in typed if (parts := typed_parts(one)))


def guess_at(text: str, start: int, vocabulary: Vocabulary) -> RefGuess | None:
    """Return what a mistyped ref that begins at a place in folded text may be, or None when nothing is near."""
    found: RefGuess | None = None
    for candidate, end in ref_candidates(text, start):
        near = vocabulary.refs.near(candidate) if digits_of(typed_parts(candidate)) else ()
        if not near:
            continue
        guess = RefGuess(text[start:end], near, start, end, _certain(candidate, near))
        if guess.certain:
            return guess
        found = found or guess
    return found


def no_such_ref(typed: str, near: tuple[str, ...]) -> str:
    """Return the sentence for a ref that does not exist, with those near it."""
    shown = key_of(typed_parts(typed)) if " " in typed else typed
    sentence = f"There is no action {quoted(shown or typed)[1:-1]}."
    return f"{sentence} Did you mean {join_words(near)}?" if near else sentence


def _certain(typed: str, near: tuple[str, ...]) -> bool:
    parts = typed_parts(typed)
    return len(near) == 1 and bool(letters_of(parts)) and digits_of(parts) == digits_of(typed_parts(near[0]))


def ref_candidates(text: str, start: int) -> list[tuple[str, int]]:
    """Return every run of parts from a place that could be a whole ref, with where it ends, longest first."""
    found: list[tuple[str, int]] = []
    candidate, place = "", start
    for _ in range(_MOST_PARTS):
        part = _PART.match(text, place)
        if part is None:
            break
        candidate += part.group()
        end = part.end() + (text[part.end() : part.end() + 1] == ")" and candidate.count("(") > candidate.count(")"))
        if not _GOES_ON.match(text, end):
            found.append((candidate, end))
        between = _BETWEEN.match(text, part.end())
        if between is None:
            break
        candidate += " " if _FILLER.search(between.group()) else between.group()
        place = between.end()
    found.reverse()
    return found


def like_ref_at(text: str, start: int) -> str:
    """Return what looks like a ref at a place in folded text (`healthy 55`), known or not, or ""."""
    shaped = [text[start:end] for candidate, end in ref_candidates(text, start) if digits_of(typed_parts(candidate))]
    return shaped[-1] if shaped and len(typed_parts(shaped[-1])) <= 3 else ""
