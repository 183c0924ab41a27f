"""Cut a text into the parts that a source is made of: ways, verbs, who, days, edges; and any other words.

Source: docs/explanation/what-people-write.md, Where an update came from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from handlers.reading.dates import Looking, NoDay
from handlers.reading.days import days_in
from handlers.reading.names_in_text import NameSeen, names_in
from handlers.reading.normalise import fold
from handlers.reading.plan_names import NameKind
from handlers.reading.vocabulary import Vocabulary


class HeardBy(Enum):
    """By which way a secretary had an update, as it is said before the day."""

    EMAIL = "by e-mail of"
    PHONE = "by phone on"
    LETTER = "by letter of"
    MESSAGE = "by message of"
    PERSON = "in person on"
    MEETING = "at a meeting on"
    MINUTES = "as minuted on"
    TOLD = "told on"
    """No way was said."""


class Part(Enum):
    """What a word or phrase is to a source."""

    WAY = "way"
    SENT = "sent"
    """A verb that is a way: rang, e-mailed."""
    TOLD = "told"
    SAYS = "says"
    """A verb before a status: say, reckon."""
    SPOKE = "spoke to"
    WHO = "who"
    THEY = "they"
    ME = "me"
    DAY = "day"
    BY = "by"
    FROM = "from"
    BEHALF = "on behalf of"
    TO_SAY = "to say"
    SMALL = "small"
    THE = "the"
    WE = "we"
    AT = "at"
    EDGE = "edge"
    BOUND = "bound"
    """A status, a ref: what the caller has read already."""
    WORD = "word"


_PHRASES: dict[Part, dict[HeardBy | None, str]] = {
    Part.WAY: {
        HeardBy.EMAIL: "email, e-mail, e mail, mail, emails, e-mails",
        HeardBy.PHONE: "phone, telephone, tel, call, phone call, phone-call, telephone call, voicemail",
        HeardBy.LETTER: "letter, memo",
        HeardBy.MESSAGE: "text, text message, message, whatsapp, teams message",
        HeardBy.PERSON: "in person, face to face, face-to-face",
        HeardBy.MEETING: "conversation",
        HeardBy.MINUTES: "as minuted, minuted",
    },
    Part.SENT: {
        HeardBy.EMAIL: "emailed, e-mailed, mailed",
        HeardBy.PHONE: "rang, rung, phoned, telephoned, called, rings",
        HeardBy.LETTER: "wrote, written, wrote in",
        HeardBy.MESSAGE: "texted, messaged",
    },
    Part.TOLD: {None: "told, let, said, confirmed, confirms, advised, reported, replied, tells"},
    Part.SAYS: {None: "say, says, reckon, reckons, think, thinks, report, reports, confirm, state, states"},
    Part.SPOKE: {None: "spoke to, spoke with, spoken to, spoken with, heard from, had, got, talked to"},
    Part.THEY: {None: "he, she, they, his, her, their"},
    Part.ME: {None: "me, us, me know, us know"},
    Part.WE: {None: "i, we, i've, we've, ive, weve, i have, we have"},
    Part.BY: {None: "by, via, over, on"},
    Part.FROM: {None: "from, for"},
    Part.BEHALF: {None: "on behalf of, per, as per, according to"},
    Part.TO_SAY: {None: "to say, to say that, to confirm, to confirm that, to tell me, saying, saying that, that"},
    Part.THE: {None: "the, a, an"},
    Part.SMALL: {None: "of, dated, just, also, this, with, s, just now, earlier, and"},
    Part.AT: {None: "at, in, during, after"},
}  # fmt: skip
"""Each kind of part, closed. What must not be read has another word in its clause (`handlers.reading.heard`)."""

MEETING_WORDS = frozenset(
    ("meeting", "board", "supervision", "committee", "group", "forum", "catchup", "catch", "1", "one", "briefing")
)
_NO_CUES = frozenset(("on", "as", "in", "had", "got", "face", "let"))
_MORE_CUES = frozenset(("behalf", "minuted", "person", "per", "face-to-face", "know"))
CUES = (
    _MORE_CUES
    | {
        phrase.split()[0]
        for part in (Part.WAY, Part.SENT, Part.TOLD, Part.SAYS, Part.SPOKE, Part.BEHALF)
        for phrases in _PHRASES[part].values()
        for phrase in phrases.split(", ")
    }
    - _NO_CUES
)
"""Words without one of which a text names no source."""

_MEANT: dict[tuple[str, ...], tuple[Part, HeardBy | None]] = {
    tuple(phrase.split()): (part, way)
    for part, ways in _PHRASES.items()
    for way, phrases in ways.items()
    for phrase in phrases.split(", ")
}
_LONGEST = max(map(len, _MEANT))
_FIRST = frozenset(words[0] for words in _MEANT)
_TOKEN = re.compile(r"[^\W_]+(?:['&-][^\W_]+)*|[^\w\s]|\n+|_+")
_EDGES = frozenset(',;:.()[]-–—|•\n!?*>=…→"')
_SENTENCE = frozenset(".;!?\n")
_WHO = (NameKind.POST, NameKind.ORGANISATION, NameKind.PERSON)
_MOST = 400
"""Words of a part that are looked at."""

_Meaning = HeardBy | NameSeen | date | NoDay | None


@dataclass(frozen=True, slots=True)
class SourceToken:
    """A part of a source, or another word, and its place."""

    part: Part
    start: int
    end: int
    text: str
    value: _Meaning = None


def _window(words: Sequence[SourceToken]) -> tuple[int, int] | None:
    """Return from where to where the sentences with a cue go, or None."""
    cues = [at for at, one in enumerate(words) if one.text in CUES]
    if not cues:
        return None
    first, last = cues[0], cues[-1] + 1
    while first > 0 and not _ends_sentence(words[first - 1]):
        first -= 1
    while last < len(words) and not _ends_sentence(words[last]):
        last += 1
    return first, last


def _ends_sentence(word: SourceToken) -> bool:
    return word.part is Part.EDGE and bool(_SENTENCE & set(word.text))


def plain_tokens(text: str) -> list[SourceToken]:
    """Return words and edges alone, of folded text."""
    return [_plain(found) for found in _TOKEN.finditer(fold(text))]


def _plain(found: re.Match[str]) -> SourceToken:
    text = found.group()
    part = Part.EDGE if text[0] in _EDGES else Part.WORD
    return SourceToken(part, found.start(), found.end(), text)


def source_tokens(
    text: str,
    vocabulary: Vocabulary,
    today: date,
    bounds: Iterable[tuple[int, int]] = (),
    names: Sequence[NameSeen] | None = None,
) -> list[SourceToken]:
    """Return the tokens of those sentences that may hold a source, or none.

    `bounds`: where a status or a ref stands, which is no part of a source.
    """
    words = plain_tokens(text)[:_MOST]
    window = _window(words)
    if window is None:
        return []
    words = words[slice(*window)]
    begin, end = words[0].start, words[-1].end
    here = text[begin:end]
    spans = [SourceToken(Part.BOUND, start, end, text[start:end]) for start, end in bounds]
    for days in days_in(here, today, Looking.NEAR):
        day, place = days.day or days.no_day, (days.start + begin, days.end + begin)
        if day is not None and not _overlaps(*place, spans):
            spans.append(SourceToken(Part.DAY, *place, text[slice(*place)], day))
    if names is None:
        seen = names_in(here, vocabulary)
        names = [replace(one, start=one.start + begin, end=one.end + begin) for one in seen]
    for name in names:
        if name.kind in _WHO and not _overlaps(name.start, name.end, spans):
            spans.append(SourceToken(Part.WHO, name.start, name.end, name.typed, name))
    return _merged(words, sorted(spans, key=lambda one: one.start))


def _overlaps(start: int, end: int, spans: Iterable[SourceToken]) -> bool:
    return any(one.start < end and start < one.end for one in spans)


def _merged(words: list[SourceToken], spans: list[SourceToken]) -> list[SourceToken]:
    """Put what was found in the place of its words, and read the phrases among the others."""
    made: list[SourceToken] = []
    at = place = 0
    while place < len(words):
        while at < len(spans) and spans[at].end <= words[place].start:
            at += 1
        if at < len(spans) and words[place].end > spans[at].start:
            made.append(spans[at])
            while place < len(words) and words[place].start < spans[at].end:
                place += 1
            continue
        free = spans[at].start if at < len(spans) else words[-1].end
        length, meant = _phrase(words, place, free)
        last = words[place + length - 1]
        made.append(SourceToken(meant[0], words[place].start, last.end, words[place].text, meant[1]) if meant else last)
        place += length
    return made


def _phrase(words: list[SourceToken], place: int, free: int) -> tuple[int, tuple[Part, HeardBy | None] | None]:
    if words[place].text not in _FIRST:
        return 1, None
    texts = tuple(one.text for one in words[place : place + _LONGEST] if one.end <= free)
    for length in range(len(texts), 0, -1):
        if (meant := _MEANT.get(texts[:length])) is not None:
            return length, meant
    return 1, None
