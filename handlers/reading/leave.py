"""Read leave that somebody announces in their own words: "I'm on leave until 12/9, @Sam covers".

Only a message that begins with it counts; an automatic reply is read for its days alone, and its words are not kept.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.reading.day_ranges import Bound, DaysFound
from handlers.reading.days import DateRange, days_in, take_days
from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.normalise import clean, fold
from handlers.reading.people_commands import WHO

_LONGEST = 1500
_BEGINNING = 120
_AUTOMATIC_START = re.compile(
    r"(?:(?:subject|re)\s*:\s*)?"
    r"(?:automatic reply|auto(?:matic)?[- ]?(?:response|reply)|autoreply|out of (?:the )?office|"
    r"ooo(?:[ :]|$)|this is an automat(?:ed|ic)|thank you for your (?:e-?mail|message)[.,]? (?:i|we) (?:am|are))"
)
_RECEIVED = re.compile(
    r"(?:thank you|thanks) for (?:your (?:e-?mail|message|enquiry)|contacting us|getting in touch)[.,!]"
)
_UNREAD = re.compile(
    r"(?:e-?mails?|messages?|inbox|mailbox|account)[^.]{0,30} (?:not|never) (?:be )?(?:read|monitored|checked|answered)"
    r"|(?:we )?(?:aim|endeavour|will aim|hope) to (?:reply|respond)|(?:reply|respond)[^.]{0,30} within [^.]{1,20} days"
    r"|reopens? on|unattended"
)
"""What a machine says behind thanks for a message. Must not read: an answer of somebody who is thankful for one."""

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


def is_automatic(text: str) -> bool:
    """Return whether a text begins as only a machine begins: "Automatic reply: …"; or thanks, and will not be read."""
    folded = fold(text[:_LONGEST]).strip(" *_[]\n")
    if _AUTOMATIC_START.match(folded[:_BEGINNING]) is not None:
        return True
    return _RECEIVED.match(folded) is not None and _UNREAD.search(folded) is not None


def read_leave(text: str, today: date, *, announced: bool) -> Leave | None:
    """Return the absence that a message announces, or None.

    Args:
        text: what was written.
        today: the plan's day.
        announced: whether it begins with an absence of its writer's own.
    """
    words = clean(text)[:_LONGEST]
    automatic = is_automatic(words)
    named = _STANDS_IN().match(words) is not None
    if not automatic and not named and not announced:
        return None
    days = take_days(WHO.sub(" ", words), today, absence=True)
    if announced and days.last is None and days.first is None and not days.say:
        only = [one.day for one in days_in(words, today, absence=True) if one.day is not None]
        days = replace(days, first=only[0], last=only[0]) if len(only) == 1 else days
    if announced:
        days = _both_days(days, days_in(words, today, absence=True))
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


def _both_days(days: DateRange, found: Sequence[DaysFound]) -> DateRange:
    """Return days with the day beside the last, "off Thursday and Friday", and the first: "off Friday, back …"."""
    alone = [one.day for one in found if one.day and one.bound is Bound.NONE]
    if days.first is None and days.last is not None and alone and found[-1].bound is Bound.BACK:
        days = replace(days, first=min(alone[0], days.last))
    after = [one.day for one in found if one.day and one.bound is Bound.NONE and days.last]
    while days.last is not None and days.last + timedelta(days=1) in after:
        days = replace(days, first=days.first, last=days.last + timedelta(days=1))
    return days


def _named(words: str) -> str:
    """Return who covers, by name: "Tom covers", "cover is Tom Smith"; "" where that cannot be told."""
    found = _NAME_COVERS().search(words) or _COVER_IS().search(words)
    return found["name"].strip() if found and fold(found["name"]) not in _NO_NAME else ""
