"""Read leave that somebody announces in their own words: "I'm on leave until 12/9, @Sam covers".

Only a message that begins with it counts; an automatic reply is read for its days alone, and its words are not kept.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from dataclasses import dataclass
from datetime import date

from handlers.reading.courtesies import is_automatic
from handlers.reading.day_ranges import Bound
from handlers.reading.days import day_at, take_days
from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.normalise import clean, fold
from handlers.reading.people_commands import WHO

_LONGEST = 1500

_AWAY = (
    r"(?:(?:on|taking|having|starting) (?:my |some |a |two weeks? |a week(?:'s)? )?"
    r"(?:annual |sick |maternity |mat |paternity |parental |study |compassionate |unpaid )?"
    r"(?:leave|holiday|holidays|break)|"
    r"(?:on vacation|on my holidays|on a course|off(?: work| sick)?|away|not (?:here|in|around|working)|"
    r"out of (?:the )?office|out(?= (?:from|until|till|next|this)(?![^\W_]))))"
)
_GREETED = (
    r"(?:(?:hi|hello|hey|dear|good morning|morning|afternoon|please note|just to (?:say|let you know)|fyi|note|all|"
    r"team|everyone|that)[ ,.:;!-]*)*"
)
_ANNOUNCED = lazy_regex(
    rf"{_GREETED}(?:i'm|i am|im|i'll be|i will be|i shall be|i'm going|i am going|i go|we are|we're)"
    rf"(?: now| currently| going)? {_AWAY}(?![^\W_])"
)
_LEAVE_THEN = lazy_regex(
    rf"{_GREETED}(?:(?:on )?(?:annual |sick |maternity |mat |paternity |parental |study )?leave|(?:on )?holiday|"
    r"a/l|away|off(?: sick| work)?|out of (?:the )?office|ooo)[ ,:]{1,2}(?:on )?"
    r"(?P<open>from |until |untill |till |to )?"
)
_STANDS_IN = lazy_regex(
    rf"(?:{WHO.pattern})(?: (?:is|will be|will))?[ ]?(?:stands? in|standing in|covers?|covering|"
    r"deputi[sz](?:es?|ing)|my deputy|acting)(?![^\W_])"
    rf"|my (?:deputy|cover|stand-in) (?:is|will be) (?:{WHO.pattern})",
    flags=re.IGNORECASE,
)
_COVERS = re.compile(
    r"(?<![^\W_])(?:stands? in|standing in|covers?|covering|cover is|will cover|deputi[sz]e[sd]?|deputy|acting|"
    r"looks? after|in my (?:absence|place)|instead|please (?:ask|contact|speak to)|contact)(?![^\W_])"
)


_NAME = r"(?P<name>[^\W\d_][\w'’-]{1,30}(?: [^\W\d_][\w'’-]{0,30}){0,4}?)"
_NAME_COVERS = lazy_regex(
    rf"(?:^|[,.;:!]\s*|(?i:\s(?:and|but|while)\s+)){_NAME} (?i:(?:is |will be )?(?:covers?|covering|will cover|"
    r"stands? in|standing in|will stand in|deputi[sz]es|deputi[sz]ing|will deputi[sz]e|is my deputy|acting))(?![^\W_])"
)
_COVER_IS = lazy_regex(
    rf"(?i:cover(?:ed)? (?:is|by)|(?:deputy|stand-in) is|please (?:ask|contact|speak to)|contact) {_NAME}"
    r"(?=\s*(?:[,.;!]|$))"
)
_NO_NAME = frozenset(
    ("who", "somebody", "someone", "nobody", "no one", "a colleague", "my deputy", "my team", "i", "we")
)


@dataclass(frozen=True, slots=True)
class Leave:
    """An absence as it was said.

    `who`: the account or address of the person who stands in; `somebody`: somebody unnamed does; `name`: only their
    name was said. `automatic`: a machine wrote it. `say`: why a day that was said is none; `may_be`: which last day
    it may be.
    """

    first: date | None = None
    last: date | None = None
    who: str = ""
    somebody: bool = False
    automatic: bool = False
    say: str = ""
    name: str = ""
    may_be: tuple[date, ...] = ()


def read_leave(text: str, today: date) -> Leave | None:
    """Return the absence that a message announces, or None."""
    words = clean(text)[:_LONGEST]
    automatic = is_automatic(words)
    named = _STANDS_IN().match(words) is not None
    if not automatic and not named and not _announces(fold(words), today):
        return None
    days = take_days(WHO.sub(" ", words), today, absence=True)
    if named and days.last is None:
        return None
    covers = _COVERS.search(fold(words)) is not None
    who = WHO.search(words)
    return Leave(
        first=days.first,
        last=days.last,
        who=who.group() if who is not None and covers and not automatic else "",
        somebody=covers,
        automatic=automatic,
        say=days.say,
        may_be=days.no_day.candidates if days.no_day and days.place and days.place.bound is Bound.UNTIL else (),
        name=_named(words) if covers and who is None and not automatic else "",
    )


def _announces(folded: str, today: date) -> bool:
    """Return whether a message begins with "I am away", or with "leave" and the days of it."""
    if _ANNOUNCED().match(folded) is not None:
        return True
    found = _LEAVE_THEN().match(folded)
    return found is not None and (bool(found["open"]) or day_at(folded, found.end(), today) is not None)


def _named(words: str) -> str:
    """Return who covers, by name: "Tom covers", "cover is Tom Smith"; "" where that cannot be told."""
    found = _NAME_COVERS().search(words) or _COVER_IS().search(words)
    return found["name"].strip() if found and fold(found["name"]) not in _NO_NAME else ""
