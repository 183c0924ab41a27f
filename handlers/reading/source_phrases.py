"""What stands at the end of people's words and is about them: how they were heard, and that they are not published.

"two posts vacant, for Head of Education by e-mail 4/9"; "…, not for publication because the tender is open".
"""

import re
from dataclasses import dataclass
from datetime import date

from handlers.reading.dates import Looking, NoDay
from handlers.reading.days import read_day
from handlers.reading.normalise import fold

_HELD = re.compile(
    r"(?P<edge>^|[\s,;.(–-]{0,4}[,;.(\n–-]\s?|\s)not (?:for|to be) publi(?:cation|shed|shing)(?![^\W_])"
    r"(?P<then>[\s,:;.–-]{0,4}(?:because|since|as|due to|owing to)(?![^\W_])[\s:,]{0,3}|\s?[:;,–-]\s?|[\s).]{0,9}$)"
)
_WAY = re.compile(
    r"(?P<edge>^|[\s,;.(–-]{0,4}[,;(\n–-]\s?|\s)"
    r"(?P<way>by (?:e-?mail|(?:tele)?phone|letter)|(?:on|over) the phone|in person)"
    r"(?:(?: (?:of|on|dated|from))? (?P<day>[^,;()\n]{1,30}))?[\s).]{0,9}$"
)
_FOR = re.compile(r"(?:^|[\s,;(])(?P<for>for )")
MOST_FOR = 5
_EDGE = " ,;:-–—\n("
_SAID = {"e": "by e-mail of", "l": "by letter of", "p": "by phone on", "i": "in person on"}


@dataclass(frozen=True, slots=True)
class Heard:
    """How somebody had it from a lead. `day`: or why it is none. `apart`: set off from the words before it.

    `posts`: what may be the post, the last "for" first, since a title may have one too ("Lead for Children"), each with
    the words before it.
    """

    how: str
    posts: tuple[tuple[str, str], ...]
    day: date | NoDay
    apart: bool


def split_held(words: str) -> tuple[str, str | None]:
    """Return the words without *not for publication*, and why ("" where no reason was given; None: not said)."""
    for found in _HELD.finditer(fold(words)):
        apart = not found["edge"] or found["edge"].strip() != ""
        said_why = re.match(r"[\s,:;.–-]*[bsado]", found["then"]) is not None and found["then"].strip(_EDGE + ".)")
        if apart or said_why:
            why = words[found.end() :].strip(_EDGE)
            if not words[: found.start()].count("(") > words[: found.start()].count(")"):
                why = why.removesuffix(")") if "(" in found["edge"] else why
            return words[: found.start()].strip(_EDGE), why
    return words, None


def split_heard(words: str, today: date) -> tuple[str, Heard | None]:
    """Return the words before how they were heard, and that; None where it was not said at their end."""
    folded = fold(words)
    found = next(reversed(list(_WAY.finditer(folded))), None)
    if found is None:
        return words, None
    day = read_day(found["day"], today, Looking.NEAR) if found["day"] else today
    if isinstance(day, NoDay) and not day.time_meant and not re.search(r"\d", found["day"]):
        # "sent by e-mail to all schools": what follows is no day at all.
        return words, None
    before = words[: found.start()]
    way = found["way"]
    how = _SAID["i" if way == "in person" else way.removeprefix("by ")[0] if way.startswith(("by e", "by l")) else "p"]
    apart = not found["edge"] or found["edge"].strip() != ""
    named = reversed(list(_FOR.finditer(fold(before)))[-MOST_FOR:])
    posts = tuple((before[one.end() :].strip(_EDGE), before[: one.start("for")].strip(_EDGE)) for one in named)
    return before.strip(_EDGE), Heard(how, tuple(one for one in posts if one[0]), day, apart)
