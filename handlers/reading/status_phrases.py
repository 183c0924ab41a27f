"""The words in which an answer is said: statuses, done, no change, verbal and the others.

Source: docs/explanation/boards-and-dates.md, Statuses.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from handlers.reading.lazy_regex import lazy_regex
from models.enums import Status


class PhraseKind(StrEnum):
    """What sort of answer some words are."""

    RATING = "rating"
    DONE = "done"
    NO_CHANGE = "no change"
    VERBAL = "verbal"
    TO_FOLLOW = "to follow"
    NOT_OURS = "not ours"


RATING_WORDS: dict[str, Status] = {
    "not started": Status.NOT_STARTED,
    "not yet started": Status.NOT_STARTED,
    "grey": Status.NOT_STARTED,
    "gray": Status.NOT_STARTED,
    "on track": Status.ON_TRACK,
    "ontrack": Status.ON_TRACK,
    "green": Status.ON_TRACK,
    "some issues": Status.SOME_ISSUES,
    "at risk": Status.SOME_ISSUES,
    "amber": Status.SOME_ISSUES,
    "off track": Status.OFF_TRACK,
    "offtrack": Status.OFF_TRACK,
    "not on track": Status.OFF_TRACK,
    "red": Status.OFF_TRACK,
}
LETTERS: dict[str, Status] = {"g": Status.ON_TRACK, "a": Status.SOME_ISSUES, "r": Status.OFF_TRACK}
DONE_WORDS = ("done", "finished", "complete", "completed")
NO_CHANGE_WORDS = (
    "no change",
    "no changes",
    "nothing has changed",
    "nothing changed",
    "nothing new",
    "unchanged",
    "as last time",
    "same as last time",
    "same as before",
    "as before",
    "no update since",
    "no further update",
    "no further updates",
    "nothing to report",
    "nothing further to report",
    "nothing new to report",
    "nothing to add",
    "same as last month",
    "same as last meeting",
    "same as the last meeting",
    "same as last update",
    "as per last time",
)
VERBAL_WORDS = ("verbal update", "verbal report", "verbal", "verbally")
_SENDING = ("send", "provide", "get back", "come back", "report back", "let you have", "let you know", "get it")
PROMISES = (
    *(f"{who} {verb}" for who in ("will", "can", "i'll", "we'll") for verb in _SENDING),
    "you'll have",
    "you will have",
    "i'll update",
    "we'll update",
    "i'll reply",
    "we'll reply",
)
"""Only where nothing but the update is promised, and nothing but a date follows."""
TO_FOLLOW_WORDS = ("to follow", "will follow", "will reply", "will update", *PROMISES)
"""Only before a date."""
NOT_OURS_WORDS = (
    "not ours",
    "not mine",
    "not our action",
    "not my action",
    "not for us",
    "not us",
    "not one of ours",
    "isn't mine",
    "isn't ours",
    "isn't my action",
    "isn't our action",
    "isn't for us",
    "isn't one of ours",
    "no longer mine",
    "no longer ours",
    "not my area",
    "not our area",
    "not my remit",
    "not our remit",
)

NEAR_PHRASE = 0.8
"""How alike, of 1, a mistyped status must be."""
_NEARLY = 0.75
_NEAR_WORD = 0.6
"""The same where both have as many words and each word is so alike: "onn trak", but not "isn't on track"."""
_SHORTEST_NEAR = 4

_KINDS: dict[str, PhraseKind] = (
    dict.fromkeys(RATING_WORDS, PhraseKind.RATING)
    | dict.fromkeys(DONE_WORDS, PhraseKind.DONE)
    | dict.fromkeys(NO_CHANGE_WORDS, PhraseKind.NO_CHANGE)
    | dict.fromkeys(VERBAL_WORDS, PhraseKind.VERBAL)
    | dict.fromkeys(TO_FOLLOW_WORDS, PhraseKind.TO_FOLLOW)
    | dict.fromkeys(NOT_OURS_WORDS, PhraseKind.NOT_OURS)
)


def either(words: tuple[str, ...]) -> str:
    """Return a pattern that fits the longest of some phrases, a hyphen being as good as a space."""
    return "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in sorted(words, key=len, reverse=True))


PHRASE = rf"(?<![^\W_])(?<![^\W_]['-])(?:{either(tuple(_KINDS))})(?![^\W_])(?!['-][^\W_])"
_PHRASE = lazy_regex(PHRASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase at a place in the text. `status` is what it rates the action, if it rates it."""

    said: PhraseKind
    status: Status | None
    typed: str
    start: int
    end: int


def phrases_in(text: str) -> list[Phrase]:
    """Return every phrase of an answer in folded text, in order, whether or not anything bounds it."""
    return [_phrase(found) for found in _PHRASE().finditer(text)]


def phrase_at(text: str, start: int) -> Phrase | None:
    """Return the phrase that begins at a place in folded text, or None."""
    found = _PHRASE().match(text, start)
    return None if found is None else _phrase(found)


def near_status(words: str) -> str:
    """Return the one phrase of a status or of *done* that a few folded words mistype, or ""."""
    if not _SHORTEST_NEAR <= len(words) <= 20 or words in _KINDS:
        return ""
    scores: dict[Status | PhraseKind, tuple[float, str]] = {}
    for known in (*RATING_WORDS, *DONE_WORDS, "no change"):
        score = likeness(words, known)
        meaning = RATING_WORDS.get(known, _KINDS[known])
        if score > scores.get(meaning, (0.0, ""))[0]:
            scores[meaning] = (score, known)
    return next(iter(scores.values()))[1] if len(scores) == 1 else ""


def likeness(words: str, known: str) -> float:
    """Return how alike folded words and a phrase are where the one may mistype the other, else 0."""
    score = OSA.normalized_similarity(words, known)
    if score >= NEAR_PHRASE:
        return score
    typed, meant = words.split(), known.split()
    by_word = len(typed) == len(meant) > 1 and all(
        OSA.normalized_similarity(one, other) >= _NEAR_WORD for one, other in zip(typed, meant, strict=True)
    )
    return score if by_word and score >= _NEARLY else 0.0


def _phrase(found: re.Match[str]) -> Phrase:
    known = found.group().replace("-", " ")
    return Phrase(_KINDS[known], RATING_WORDS.get(known), found.group(), found.start(), found.end())
