"""Read where an update came from, anywhere in its words: way × who × day.

What stands between two edges is a source where every word of it is a part of one, and the parts are enough: "e-mail
14/8", "CVS rang this morning", "(Head of Ed, over the phone, yesterday)". "CVS rang the printers" has a word too many.

Source: docs/explanation/what-people-write.md, Where an update came from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from handlers.reading.dates import NoDay
from handlers.reading.names_in_text import NameSeen
from handlers.reading.source_words import MEETING_WORDS, HeardBy, Part, SourceToken, source_tokens
from handlers.reading.vocabulary import Vocabulary

_JOINED = frozenset(",:-–—()[]")
"""Edges across which parts go together: "Head of Education, over the phone, yesterday"."""
_STOPS = frozenset((Part.EDGE, Part.BOUND))
_DANGLING = frozenset((Part.BY, Part.FROM, Part.BEHALF, Part.THE, Part.AT, Part.WE))
_STILL = frozenset(
    ("it", "is", "it's", "its", "they", "are", "all", "theyre", "they're", "still", "now", "at", "for", "-")
)
_ON_THE = frozenset(("phone", "telephone"))
_WRITTEN = frozenset((HeardBy.EMAIL, HeardBy.LETTER, HeardBy.MESSAGE))
_RANG = frozenset(("rang", "phoned", "telephoned"))
"""What is said of whoever had something to tell, without whom they told it. Must not read: "called"."""
_NOBODY = frozenset(("nobody", "noone", "no", "none", "never", "anybody", "anyone"))
_MOST_FOR = 5
_LONGEST_PLACE = 4
_EDGE_CHARACTERS = " ,;:.-–—\n"
_OPEN, _CLOSE = "([", ")]"


@dataclass(frozen=True, slots=True)
class Heard:
    """How somebody had it from a lead. `who`: nobody where the lead is meant; `typed`: as it was typed.

    `clause`: "CVS rang this morning", which are words where CVS does not lead. `says`: only a status is theirs.
    `doubt`: shown before it is stored.
    """

    way: HeardBy
    day: date | NoDay
    who: NameSeen | None = None
    typed: str = ""
    clause: bool = False
    says: bool = False
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A source, and where its words stand in the text."""

    heard: Heard
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a source that some words have."""

    way: HeardBy | None = None
    way_word: str = ""
    day: date | NoDay | None = None
    who: NameSeen | None = None
    typed: str = ""
    by: str = ""
    sent: HeardBy | None = None
    told: bool = False
    says: bool = False
    spoke: bool = False
    they: bool = False
    me: bool = False
    behalf: bool = False
    from_: bool = False
    the: bool = False
    subject: bool = False
    """Who stands before the verb."""
    place: str = ""

    @property
    def named(self) -> bool:
        """Return whether somebody stands before what follows."""
        return self.who is not None or self.they or bool(self.typed)

    @property
    def verb_said(self) -> bool:
        """Return whether there is a verb already: "rang and told me" has two."""
        return self.sent is not None or self.told or self.says

    def joined(self, other: "_Parts") -> "_Parts | None":
        """Return both together; None where both say the same part."""
        changed = {}
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if mine and theirs and mine != theirs and one.name not in _NOT_TOLD_APART:
                return None
            changed[one.name] = mine or theirs
        if self.who is not None and other.who is not None:
            nearer = _nearer(self.who, other.who)
            if nearer is None:
                return None
            changed |= {"who": nearer, "typed": nearer.typed}
        return _Parts(**changed)

    def enough(self, today: date) -> bool:
        """Return whether these parts say how something was heard."""
        who = self.who is not None or bool(self.typed)
        if isinstance(self.day, date) and self.day > today and not self.by and not (who and self.way in _WRITTEN):
            return False
        if self.by == "on" and self.way is not None and self.way_word not in _ON_THE:
            return False
        if self.way is HeardBy.MINUTES:
            return self.day is not None
        if self.says:
            return self.subject
        if self.sent is not None:
            return self.subject or self.me or (who and self.sent is HeardBy.PHONE)
        if self.spoke:
            return who
        if self.told and (self.me or who or self.they):
            return True
        if self.behalf and (who or self.place):
            return True
        if self.way is not None:
            bare = self.the and not who
            return not bare and bool(self.by or self.way is HeardBy.PERSON or self.day or who or self.they)
        return self.from_ and self.who is not None and self.day is not None

    def heard(self, today: date) -> Heard:
        """Return what they say; without a day, today's."""
        way = self.way or self.sent
        if way is None and self.place:
            way = HeardBy.MEETING if MEETING_WORDS & set(self.place.split()) else HeardBy.PERSON
        unsure = bool(self.place) and not MEETING_WORDS & set(self.place.split())
        unsure = unsure or (way is None and self.from_)
        clause = self.subject and (self.sent is not None or self.told)
        says = self.says and way is None
        return Heard(way or HeardBy.TOLD, self.day or today, self.who, self.typed, clause, says, unsure)


_NONE = _Parts()
_NOT_TOLD_APART = frozenset(("way_word", "who", "typed", "place"))


def _nearer(one: NameSeen, other: NameSeen) -> NameSeen | None:
    """Return which of two says more of the same: the police, and their superintendent; None for two that differ."""
    for less, more in ((one, other), (other, one)):
        names = {name.label for name in less.names}
        if all(name.label in names or names & set(name.around) for name in more.names):
            return more
    return None


def source_in(
    text: str,
    vocabulary: Vocabulary,
    today: date,
    bounds: Iterable[tuple[int, int]] = (),
    names: Sequence[NameSeen] | None = None,
) -> Told | None:
    """Return where an update came from and the places of the words that say so, or None.

    Args:
        text: the words of one part of a message.
        vocabulary: the plan's words.
        today: the local day.
        bounds: where a status or a ref stands; what is left between them may be a source.
        names: who is named in the text, where that is known already.
    """
    tokens = source_tokens(text, vocabulary, today, bounds, names)
    whole: _Parts | None = None
    spans: list[tuple[int, int]] = []
    for parts, start, end in _Reader(text, tokens, today).runs():
        both = parts if whole is None else whole.joined(parts)
        if both is not None:
            whole, spans = both, [*spans, (start, end)]
    return Told(whole.heard(today), tuple(spans)) if whole is not None else None


class _Reader:
    """One text while its sources are looked for."""

    def __init__(self, text: str, tokens: list[SourceToken], today: date) -> None:
        self.text = text
        self.tokens = tokens
        self.today = today

    def runs(self) -> Iterable[tuple[_Parts, int, int]]:
        """Yield each run of parts that is a source, with its place."""
        at = 0
        while at < len(self.tokens):
            if self.tokens[at].part in _STOPS:
                at += 1
                continue
            found = self._joined_run(at) or self._opening(at) or self._closing(at)
            if found is None:
                at = self._stop(at)
            else:
                parts, first, to = found
                yield parts, self.tokens[first].start, self.tokens[to - 1].end
                at = to

    def _stop(self, at: int) -> int:
        while at < len(self.tokens) and self.tokens[at].part not in _STOPS:
            at += 1
        return at

    def _joined_run(self, at: int) -> tuple[_Parts, int, int] | None:
        """Read segments that are parts alone, one after the other, as far as they go together."""
        parts, to = _NONE, at
        best: tuple[_Parts, int, int] | None = None
        while to < len(self.tokens):
            stop = self._stop(to)
            read, reached = self._read(to)
            both = parts.joined(read) if reached == stop else None
            if both is None:
                break
            parts = both
            if parts == _Parts(day=parts.day):
                # "To follow 20/8 (CVS, e-mail)": a day that comes first is another's.
                break
            if parts.enough(self.today):
                best = (parts, at, stop)
            to = stop
            while to < len(self.tokens) and self._joins(to):
                to += 1
            if to == stop or to >= len(self.tokens) or self.tokens[to].part in _STOPS:
                break
        return best

    def _joins(self, at: int) -> bool:
        return self.tokens[at].part is Part.EDGE and set(self.tokens[at].text) <= _JOINED

    def _opening(self, at: int) -> tuple[_Parts, int, int] | None:
        """Read what opens a clause: "Head of Ed rang on Friday to say …", "police say it is" before a status."""
        read, to = self._read(at)
        if to >= len(self.tokens) or not read.enough(self.today):
            return None
        says_so = self.tokens[to].part is Part.TO_SAY
        if says_so and read.sent is not None and self.tokens[to].text == "to":
            return read, at, to + 1
        after = to + says_so
        while after < len(self.tokens) and (self.tokens[after].text in _STILL or self.tokens[after].part is Part.THEY):
            after += 1
        bound = after == len(self.tokens) or self.tokens[after].part in _STOPS
        return (read, at, after) if bound and (read.says or read.told or read.sent) else None

    def _closing(self, at: int) -> tuple[_Parts, int, int] | None:
        """Read what closes a clause: "two recruited for Head of Education by e-mail 4/9"."""
        stop = self._stop(at)
        froms = [n for n in range(at + 1, stop) if self.tokens[n].part in (Part.FROM, Part.BEHALF)]
        for first in reversed(froms[-_MOST_FOR:]):
            read, to = self._read(first)
            told = read.way is not None or (read.behalf and (read.day or read.place))
            if to == stop and (read.who or read.typed or read.they) and told and read.enough(self.today):
                return read, first, stop
        return None

    def _read(self, at: int) -> tuple[_Parts, int]:
        """Take parts from a place as far as they go; a small word at the end does not count."""
        parts, to = _NONE, at
        while to < len(self.tokens):
            taken = self._take(parts, to)
            if taken is None:
                break
            parts, to = taken
        while to > at and self.tokens[to - 1].part in _DANGLING:
            to -= 1
        return parts, to

    def _take(self, parts: _Parts, at: int) -> tuple[_Parts, int] | None:
        token = self.tokens[at]
        after = self.tokens[at + 1].part if at + 1 < len(self.tokens) else Part.EDGE
        match token.part:
            case Part.WAY if parts.way in (None, token.value):
                assert isinstance(token.value, HeardBy)  # noqa: S101 - of a way
                return replace(parts, way=token.value, way_word=token.text), at + 1
            case Part.SENT if not parts.verb_said:
                assert isinstance(token.value, HeardBy)  # noqa: S101 - of a verb
                return replace(parts, sent=token.value, subject=parts.named), at + 1
            case Part.TOLD if not parts.verb_said:
                return replace(parts, told=True, subject=parts.named), at + 1
            case Part.SAYS if not parts.verb_said and parts.named:
                return replace(parts, says=True, subject=True), at + 1
            case Part.SPOKE if not parts.verb_said and not parts.named:
                return replace(parts, spoke=True), at + 1
            case Part.WE if after in (Part.SPOKE,) and parts == _NONE:
                return parts, at + 1
            case Part.WHO if parts.who is None and not parts.typed:
                assert isinstance(token.value, NameSeen)  # noqa: S101 - of a name
                return replace(parts, who=token.value, typed=token.text), at + 1
            case Part.THEY if not parts.they:
                return replace(parts, they=True), at + 1
            case Part.ME if parts.sent or parts.told:
                return replace(parts, me=True), at + 1
            case Part.DAY if parts.day is None:
                assert isinstance(token.value, date | NoDay)  # noqa: S101 - of a day
                return replace(parts, day=token.value), at + 1
            case Part.BY if after in (Part.WAY, Part.THE, Part.DAY, Part.WHO):
                return replace(parts, by=token.text if after in (Part.WAY, Part.THE) else parts.by), at + 1
            case Part.FROM:
                return self._unknown(replace(parts, from_=True), at + 1)
            case Part.BEHALF:
                return self._unknown(replace(parts, behalf=True), at + 1)
            case Part.THE:
                return replace(parts, the=parts.the or after is Part.WAY), at + 1
            case Part.SMALL:
                return parts, at + 1
            case Part.AT if token.text == "in" and parts == _NONE and after in (Part.WAY, Part.THE):
                return parts, at + 1
            case Part.AT if parts.told or parts.behalf:
                return self._place(parts, at + 1)
            case Part.WORD if parts == _NONE:
                return self._somebody(at)
        return None

    def _somebody(self, at: int) -> tuple[_Parts, int] | None:
        """Take whoever the plan does not know, who told *me* or rang: "heads rep emailed me", "sunita rang"."""
        to = at
        while to < len(self.tokens) and self.tokens[to].part in (Part.WORD, Part.THE) and to - at < _LONGEST_PLACE:
            to += 1
        sent, after = [*self.tokens[to : to + 2], None, None][:2]
        if sent is None or sent.part is not Part.SENT:
            return None
        told_me = after is not None and after.part is Part.ME
        rang = sent.text in _RANG and (after is None or after.part is not Part.WORD)
        if not (told_me or rang) or _NOBODY & {one.text for one in self.tokens[at:to]}:
            return None
        return replace(_NONE, typed=self.text[self.tokens[at].start : self.tokens[to - 1].end]), to

    def _unknown(self, parts: _Parts, at: int) -> tuple[_Parts, int]:
        """Take a name that is not in the plan: capitals as far as the way."""
        to = at
        while to < len(self.tokens) and self.tokens[to].part is Part.WORD and to - at < _LONGEST_PLACE:
            to += 1
        if to == at or to >= len(self.tokens) or self.tokens[to].part not in (Part.BY, Part.WAY):
            return parts, at
        typed = self.text[self.tokens[at].start : self.tokens[to - 1].end]
        return (replace(parts, typed=typed), to) if typed[:1].isupper() else (parts, at)

    def _place(self, parts: _Parts, at: int) -> tuple[_Parts, int] | None:
        """Take where it was said: "at the team meeting", "at the police station"."""
        to = at
        while to < len(self.tokens) and self.tokens[to].part not in (*_STOPS, Part.DAY, Part.BY):
            to += 1
        if not 0 < to - at <= _LONGEST_PLACE:
            return None
        words = self.text[self.tokens[at].start : self.tokens[to - 1].end].lower()
        if not parts.told and not MEETING_WORDS & set(words.split()):
            return None
        return replace(parts, place=words), to


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return words without some of them, and without the marks that set those off."""
    for start, end in sorted(spans, reverse=True):
        before, after = text[:start].rstrip(), text[end:].lstrip()
        if before[-1:] in tuple(_OPEN) and after[:1] in tuple(_CLOSE):
            before, after = before[:-1].rstrip(), after[1:].lstrip()
        bare = before.rstrip(_EDGE_CHARACTERS)
        if not bare or bare[-1:] in tuple(_OPEN):
            text = f"{bare}{after.lstrip(_EDGE_CHARACTERS)}"
        elif not after or after[:1] in tuple(_CLOSE + ",;:.-–—\n"):
            text = f"{bare}{after}"
        else:
            text = f"{before} {after}"
    return re.sub(r"\s+([,;:.])", r"\1", text).strip(" ,;:-–—\n")
