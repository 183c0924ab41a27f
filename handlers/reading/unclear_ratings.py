"""Find words about an action's progress that give no plain status: "no longer on track", "amber/green", "on hold".

They are no rating, and keeping the last one beside them may be the contrary of what was meant: the writer is asked.
"""

import re

from handlers.reading.normalise import fold
from handlers.reading.status_phrases import RATING_WORDS, Phrase, PhraseKind, likeness, phrases_in
from models.enums import Status

_TROUBLE = re.compile(
    r"(?<![^\W_])(?:behind(?: schedule| plan| target)?|delay(?:s|ed)?|slipp(?:ed|ing)|on hold|paused?|stalled|stuck|"
    r"blocked|suspended|cancelled|abandoned|struggling|problems?|not (?:going|looking) (?:well|good))(?![^\W_])"
)
_WELL = re.compile(
    r"(?<![^\W_])(?:on target|on schedule|on time|ahead of (?:schedule|plan)|(?:going|looking|progressing) well|"
    r"nearly there|good progress|all good|resolved)(?![^\W_])"
)
_CIRCLES: dict[str, Status] = {
    "🟢": Status.ON_TRACK,
    "🟩": Status.ON_TRACK,
    "🟠": Status.SOME_ISSUES,
    "🟡": Status.SOME_ISSUES,
    "🟧": Status.SOME_ISSUES,
    "🟨": Status.SOME_ISSUES,
    "🔴": Status.OFF_TRACK,
    "🟥": Status.OFF_TRACK,
    "⚪": Status.NOT_STARTED,
}
"""The circles of the key, and the squares that stand for them."""
_CIRCLE = re.compile("|".join(_CIRCLES))
_LETTER = re.compile(r"(?:^|(?<=[\s,;:]))[gar](?= ?(?:[-:,;]|$))")
_NOW = (Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK)


def circle_in(words: str) -> Status | None:
    """Return the status of the only coloured circle in some words, or None."""
    found = {_CIRCLES[one] for one in _CIRCLE.findall(words)}
    return found.pop() if len(found) == 1 else None


def ratings_to_offer(words: str, kept: Status) -> tuple[Status, ...]:
    """Return the statuses to choose from for words in which no answer was read.

    None where they say nothing of the kind, or nothing against `kept`, the rating that would be kept.
    """
    folded = fold(words)
    phrases = [one for one in phrases_in(folded) if one.said in (PhraseKind.RATING, PhraseKind.DONE)]
    spoken = bool(phrases or _nearly(folded) or _CIRCLE.search(words) or _LETTER.match(folded))
    trouble = kept in (Status.NOT_STARTED, Status.ON_TRACK) and _TROUBLE.search(folded) is not None
    well = kept in (Status.SOME_ISSUES, Status.OFF_TRACK) and _WELL.search(folded) is not None
    if not (spoken or trouble or well):
        return ()
    return (*_not_started(phrases), *_NOW, *((Status.PROPOSED,) if _is_done(phrases) else ()))


def _nearly(folded: str) -> bool:
    """Return whether it is a mistyped status that may be one of two: "of track"."""
    return any(likeness(folded.strip(" .!"), known) for known in RATING_WORDS)


def _not_started(phrases: list[Phrase]) -> tuple[Status, ...]:
    there = any(RATING_WORDS.get(one.typed.replace("-", " ")) is Status.NOT_STARTED for one in phrases)
    return (Status.NOT_STARTED,) if there else ()


def _is_done(phrases: list[Phrase]) -> bool:
    return any(one.said is PhraseKind.DONE for one in phrases)
