"""Find words about an action's progress that give no plain status: "no longer on track", "amber/green", "on hold".

They are no rating, and keeping the last one beside them may be the contrary of what was meant: the writer is asked.
"""

import re
from collections.abc import Sequence

from handlers.reading.clauses import SOFT
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.near_status import near_statuses
from handlers.reading.normalise import fold
from handlers.reading.tokens import TextToken, tokens_of
from handlers.reading.vocabulary import Vocabulary
from models.enums import Status
from models.rules.status_words import LETTERS

_TROUBLE = re.compile(
    r"(?<![^\W_])(?:behind(?: schedule| plan| target)?|delay(?:s|ed)?|slipp(?:ed|ing)|on hold|paused?|stalled|stuck|"
    r"blocked|suspended|cancelled|abandoned|struggling|problems?|not (?:going|looking) (?:well|good))(?![^\W_])"
)
_WELL = re.compile(
    r"(?<![^\W_])(?:on target|on schedule|on time|ahead of (?:schedule|plan)|(?:going|looking|progressing) well|"
    r"nearly there|good progress|all good|resolved)(?![^\W_])"
)
_NOW = (Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK)


_SPOKEN = frozenset((K.RATING, K.NEAR_RATING, K.DONE))
_CLOSING = re.compile(
    r"(?:(?:please|pls|can|could|shall|should) )?(?:(?:we|you|i) )?(?:please )?(?:close|sign (?:(?:it|this|that) )?off)"
    r"(?![^\W_])|.{0,40}(?:can|could|shall|should|may)(?: \S+){1,3} be (?:closed|signed off)(?![^\W_])"
)
"""What asks for an end: "can healthy-5 be closed"."""


def ratings_to_offer(words: str, kept: Status, vocabulary: Vocabulary) -> tuple[Status, ...]:
    """Return the statuses to choose from for words in which no answer was read.

    None where they say nothing of the kind, or nothing against `kept`, the rating that would be kept.
    """
    folded = fold(words)
    tokens = tokens_of(folded, vocabulary)
    spoken = any(one.kind in _SPOKEN for one in tokens) or near_statuses(folded.strip(" .!")) or _letter_first(tokens)
    trouble = kept in (Status.NOT_STARTED, Status.ON_TRACK) and _TROUBLE.search(folded) is not None
    well = kept in (Status.SOME_ISSUES, Status.OFF_TRACK) and _WELL.search(folded) is not None
    denied = any(one.kind is K.NEGATION for one in tokens)
    done = any(one.kind is K.DONE for one in tokens) or (_CLOSING.match(folded) is not None and not denied)
    if not (spoken or trouble or well or done):
        return ()
    not_started = any(one.kind is K.RATING and one.value is Status.NOT_STARTED for one in tokens)
    return (*((Status.NOT_STARTED,) if not_started else ()), *_NOW, *((Status.PROPOSED,) if done else ()))


def _letter_first(tokens: Sequence[TextToken]) -> bool:
    """Return whether words begin with a rating's letter, set off: "A - two posts", not "a report"."""
    return bool(tokens) and tokens[0].text in LETTERS and (len(tokens) == 1 or tokens[1].kind in SOFT)
