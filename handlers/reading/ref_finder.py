"""Finding the refs of a plan inside what somebody typed (the design, section 4)."""

import re
from dataclasses import dataclass

from handlers.reading.normalise import listed, quoted
from handlers.reading.vocabulary import Vocabulary, digits_of, key_of, letters_of, parts_of

MOST_PARTS = 7
_PART = re.compile(r"[0-9]{1,12}|[^\W\d_]{1,30}")
_BETWEEN = re.compile(
    r" (?:action|number|num|no\.?) ?#?(?=[ 0-9]) ?| ?#|[-/_.](?! )| -(?! )|(?<=[^\W\d_]) - (?=[0-9])| (?!-)|"
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
    """Folded text and a place in; the longest ref of the plan that begins there out: `healthy 5`, `16 sep 3`.

    `numbered`: only a ref with a number in it, since in plain words any other word may be just that.
    """
    for candidate, end in _candidates(text, start):
        if numbered and not any(char.isdecimal() for char in candidate):
            continue
        ref = vocabulary.exact_ref(candidate)
        if ref is not None:
            return RefSeen(ref, text[start:end], start, end)
    return None


def guess_at(text: str, start: int, vocabulary: Vocabulary) -> RefGuess | None:
    """Folded text and a place in; what a mistyped ref that begins there may be, or None when nothing is near."""
    found: RefGuess | None = None
    for candidate, end in _candidates(text, start):
        near = vocabulary.refs.near(candidate) if digits_of(parts_of(candidate)) else ()
        if not near:
            continue
        guess = RefGuess(text[start:end], near, start, end, _certain(candidate, near))
        if guess.certain:
            return guess
        found = found or guess
    return found


def no_such_ref(typed: str, near: tuple[str, ...]) -> str:
    """What was typed for a ref and what is near in; a sentence out."""
    shown = key_of(parts_of(typed)) if " " in typed else typed
    sentence = f"There is no action {quoted(shown or typed)[1:-1]}."
    return f"{sentence} Did you mean {listed(near)}?" if near else sentence


def _certain(typed: str, near: tuple[str, ...]) -> bool:
    parts = parts_of(typed)
    return len(near) == 1 and bool(letters_of(parts)) and digits_of(parts) == digits_of(parts_of(near[0]))


def _candidates(text: str, start: int) -> list[tuple[str, int]]:
    """Every run of parts from a place that could be a whole ref, with where it ends, longest first."""
    found: list[tuple[str, int]] = []
    candidate, place = "", start
    for _ in range(MOST_PARTS):
        part = _PART.match(text, place)
        if part is None:
            break
        candidate += part.group()
        if not _GOES_ON.match(text, part.end()):
            found.append((candidate, part.end()))
        between = _BETWEEN.match(text, part.end())
        if between is None:
            break
        candidate += " " if _FILLER.search(between.group()) else between.group()
        place = between.end()
    found.reverse()
    return found


def like_ref_at(text: str, start: int) -> str:
    """Folded text and a place in; what looks like a ref there (`healthy 55`), known or not, or ""."""
    shaped = [text[start:end] for candidate, end in _candidates(text, start) if digits_of(parts_of(candidate))]
    return shaped[-1] if shaped and len(parts_of(shaped[-1])) <= 3 else ""
