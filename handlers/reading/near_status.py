"""Mistyped statuses, by the one scale of likeness."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from handlers.reading.likeness import is_ordinary, keystrokes_off
from models.enums import Status
from models.rules.status_words import RATING_WORDS

_SHORTEST, _LONGEST = 4, 20
_NEAR = 5
"""Letters from which a status can be mistyped and still be told from others: "gren" is green, not grey."""


def near_status(words: str) -> Status | None:
    """Return the one status that a few folded words mistype, or None. "of track" may be on or off."""
    nearest = near_statuses(words)
    return next(iter(nearest)) if len(nearest) == 1 else None


def _word_by_word(typed: list[str], known: list[str]) -> bool:
    """Return whether each of as many words is near its own: "Ada started" is not "not started"."""
    pairs = zip(typed, known, strict=False) if len(typed) == len(known) > 1 else ()
    return all(OSA.distance(one, other) < max(len(other) - 1, 2) for one, other in pairs)


@lru_cache(maxsize=4096)
def near_statuses(words: str) -> frozenset[Status]:
    """Return the statuses that are nearest to a few folded words, spaces left out; none for English words: "greed"."""
    typed = words.replace(" ", "")
    parts = words.split()
    if not _SHORTEST <= len(typed) <= _LONGEST or words in RATING_WORDS or (len(parts) == 1 and is_ordinary(words)):
        return frozenset()
    best: dict[Status, int] = {}
    for known, status in RATING_WORDS.items():
        bare = known.replace(" ", "")
        most = keystrokes_off(bare) + (" " in known and len(parts) > 1)
        off = OSA.distance(typed, bare, score_cutoff=most)
        if len(bare) >= _NEAR and off <= most and _word_by_word(parts, known.split()):
            best[status] = min(off, best.get(status, off))
    least = min(best.values(), default=0)
    return frozenset(status for status, off in best.items() if off == least)
