"""A promise that an update will follow: the day it names, and that nothing else is promised.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from collections.abc import Sequence
from datetime import date

from handlers.reading.clauses import BETWEEN, segment_end
from handlers.reading.dates import NoDay
from handlers.reading.days import as_one_day, day_at
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.lexicon import ways
from handlers.reading.tokens import TextToken

_A_WORD = re.compile(r"[^\W_]+")
_TO_DAY = frozenset(
    ways(
        "you|it|this|that|an|the|more|something|summat|details|figures|words|update|by|on|before|for|first|thing|close|of|play|at|latest"
    )
)
AWAITED = frozenset(ways("once|when|as soon as"))
"""What a promise with a day waits for, which takes nothing away from it."""
NAMES_NO_DAY = "That names no day."
VAGUE_DAY = frozenset(ways("soon|shortly|later|asap|next|this|when|once|after|tbc|in|as|end|to|please|by|on|before"))


def promised_day(folded: str, token: TextToken, today: date) -> tuple[date | NoDay, int] | None:
    """Return the day by which an update is to follow, or why it is none, and where it ends; None where none is said."""
    place = token.end
    for word in _A_WORD.finditer(folded, token.end, token.end + 60):
        place = word.start()
        if (found := day_at(folded, place, today)) is not None or word.group() not in _TO_DAY:
            break
    else:
        return None
    if found is None or not set(folded[token.end : found.start]) - set(" ,:-") <= set("abcdefghijklmnopqrstuvwxyz' "):
        return None
    day = found.no_day or found.last or found.first
    if found.no_day is None and found.first != found.last and found.first is not None and found.last is not None:
        return as_one_day(found, today, folded[found.start : found.end]), found.end
    return (day, found.end) if day is not None else None


def promises_no_more(tokens: Sequence[TextToken], stop: int, end: int) -> bool:
    """Return whether nothing but small words follows a day up to the next mark, or what it waits for.

    Must not read: "by Friday to all schools", where something else is sent. "On Friday once housing replies" is read.
    """
    after = next((n for n in range(end) if tokens[n].start >= stop), end)
    if after < end and tokens[after].text in AWAITED:
        return True
    return all(tokens[n].kind in BETWEEN | {K.HEDGE} for n in range(after, segment_end(tokens, after, end))) and not (
        after < end and tokens[after].text == "to"
    )
