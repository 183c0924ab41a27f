"""Read social acts: which clauses of a message are thanks, promises, excuses, questions back, absence or the like.

A clause is one only where a frame fits the whole of it, so that "will do the training in May" and "thanks to the new
post we are on track" are none.

Source: docs/explanation/what-people-write.md, Which answer is given.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from handlers.reading.day_ranges import Bound, DaysFound
from handlers.reading.days import days_in
from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.lexicon import TokenKind as K
from handlers.reading.normalise import fold
from handlers.reading.social_frames import BESIDE, FRAMES, MEANWHILE, SILENT, Act
from handlers.reading.social_words import CLASSES
from handlers.reading.tokens import SIGNS, TextToken, phrase_kind, tokens_of
from handlers.reading.vocabulary import Vocabulary

LONGEST = 600
"""Characters: what is longer is no social act."""
LONGEST_COURTESY = 120
_MOST_WORDS = 40
_MOST_CLAUSES = 12
_MOST_JOINS = 3
_ANY = 8
_SENTENCE = re.compile(r"[.!?;\n]+(?=\s|$)|\n")
_CLAUSE = re.compile(r"[,:()\u2013\u2014]+(?=\s|$)|(?<=\s)[-/(]+(?=\s|\w)|\.{2,}|…")
_FACES = re.compile("[:;]-?[)(dp]|[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]")
_EMOJI = re.compile(r":[a-z0-9_+'-]{1,60}:")
_WORD = re.compile(r"<@[^>\s]+>|[^\W_]+(?:['’][^\W_]+)*")
_JOINS = frozenset(("and", "but", "so", "cos", "because", "as", "then", "while"))
_HARD = frozenset((K.RATING, K.LETTER, K.LIKELY, K.DONE, K.NO_CHANGE, K.VERBAL, K.REF, K.NEAR_REF))
_FIRST_PERSON = lazy_regex(
    r"[\s,;:–—-]*(?:and |but |so |also )?(?:i|i'm|im|i am|i'll|ill|i've|ive|can|could|please)(?![^\W_])"
)
_MISSED = lazy_regex(rf"(?<![^\W_])(?:for|{CLASSES['ATTEND']})(?![^\W_])")
_WAYS = frozenset(CLASSES["WAY"].split("|"))
_SORRY = frozenset(CLASSES["SORRY"].split("|"))
_GONE = frozenset((Act.AWAY, Act.LEFT))
_UNTIL = frozenset((Bound.UNTIL, Bound.BOTH, Bound.BACK))


@dataclass(frozen=True, slots=True)
class SocialWord:
    """A word, a day or an action. `names`: what it matches; `hard`: no wild card takes it."""

    names: tuple[str, ...]
    start: int
    end: int
    hard: bool = False


@dataclass(frozen=True, slots=True)
class SocialClause:
    """A clause and the act that it is, or None where it is none of them."""

    act: Act | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SocialReading:
    """A message by its clauses. `rest`: the words without the sentences that are answered beside an answer.

    `beside`: those sentences.
    """

    clauses: tuple[SocialClause, ...] = ()
    rest: str = ""
    beside: str = ""

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts, in order, each once."""
        return tuple(dict.fromkeys(one.act for one in self.clauses if one.act is not None))

    def clause_of(self, act: Act, text: str) -> str:
        """Return the words of the first clause that is an act; all of them where none is."""
        found = next((one for one in self.clauses if one.act is act), None)
        return text[found.start : found.end] if found is not None else text

    @property
    def whole(self) -> bool:
        """Whether there is nothing else in the message."""
        return bool(self.clauses) and all(one.act is not None for one in self.clauses)

    @property
    def silent(self) -> bool:
        """Whether the message is one that wants no reply."""
        return self.whole and all(one.act in SILENT for one in self.clauses)

    @property
    def asks(self) -> Act | None:
        """The act to reply to: the first that wants it, where nothing else but silent ones comes before it."""
        if found := next((one for one in (Act.BACK, Act.WAIT, Act.BY_DAY) if one in self.acts), None):
            return found
        if Act.WHAT_TO_SAY in self.acts and Act.WHEN in self.acts:
            # Until when names what as well.
            return Act.WHEN
        return next((one.act for one in self.clauses if one.act not in SILENT), None)


def names_a_way(text: str) -> bool:
    """Return whether some words name a way in which people tell things: by e-mail, on the phone, in a report."""
    said = [_bare(one.group()) for one in _WORD.finditer(fold(text))]
    return not _WAYS.isdisjoint((*said, *(f"{one} {two}" for one, two in pairwise(said))))


def meeting_missed(clause: str) -> str:
    """Return what of apologies says which meeting: "cannot make the 16th" is "the 16th"."""
    found = _MISSED().search(fold(clause))
    return clause[found.end() :] if found is not None else clause


def read_social(text: str, vocabulary: Vocabulary, today: date) -> SocialReading:
    """Return the social acts of a message.

    Args:
        text: the writer's own words.
        vocabulary: the plan's words.
        today: the plan's day.
    """
    if len(text) > LONGEST or not text.strip():
        return SocialReading(rest=text)
    words = _words(text, tokens_of(fold(text), vocabulary), days_in(text, today, absence=True))
    if len(words) > 2 * _MOST_WORDS:
        return SocialReading(rest=text)
    if not words:
        return SocialReading((SocialClause(Act.COURTESY, 0, len(text)),) if _is_a_face(text) else (), text)
    clauses: list[SocialClause] = []
    kept: list[str] = []
    beside: list[str] = []
    place = 0
    for stop in (*(one.end() for one in _SENTENCE.finditer(text)), len(text)):
        found = _sentence(text, words, place, stop, clauses[-1].act if clauses else None)
        clauses += found
        begins = place if _is_beside(found) else _answer_begins(text, found, place)
        apart = place if _is_beside(found) else _set_apart(text, found, stop)
        kept.append(text[begins:apart])
        beside += (text[place:begins], text[apart:stop])
        place = stop
    return SocialReading(tuple(clauses), "".join(kept).strip(), "".join(beside).strip())


def is_courtesy(text: str) -> bool:
    """Return whether a text is nothing but thanks, a greeting, a yes-I-will or an emoji, whatever the plan's words."""
    if len(text) > LONGEST_COURTESY or "?" in text:
        return False
    folded = fold(text)
    words = [_word(text, one, hard=phrase_kind(one.group()) in _HARD) for one in _WORD.finditer(folded)]
    if not words:
        return _is_a_face(text)
    clauses = _sentence(text, words, 0, len(text))
    return all(one.act is Act.COURTESY or (one.act in SILENT and _is_sorry(words, one)) for one in clauses)


def _is_sorry(words: Sequence[SocialWord], clause: SocialClause) -> bool:
    first = next(one for one in words if one.start >= clause.start)
    return first.names[0] in _SORRY


def _is_a_face(text: str) -> bool:
    """Return whether there is a face, a hand or the like and nothing that may be a status."""
    bare = _EMOJI.sub("", text)
    return SIGNS.isdisjoint(bare) and (bare != text or _FACES.search(text) is not None)


def _is_beside(found: Sequence[SocialClause]) -> bool:
    """Return whether a sentence is nothing but what is answered beside an answer, and courtesies."""
    return any(one.act in BESIDE for one in found) and all(one.act in BESIDE | SILENT for one in found)


def _answer_begins(text: str, found: Sequence[SocialClause], start: int) -> int:
    """Return where a sentence goes on from its writer's absence or the like: "I can't make it, but …"; else its start.

    Must not read: "off sick, healthy-5 red", which says why.
    """
    after = next((one for n, one in enumerate(found) if n and one.act is None and _is_beside(found[:n])), None)
    if after is None:
        return start
    but = re.search(r"(?<![^\W_])but[\s,]*$", fold(text[start : after.start]))
    return after.start if but or found[0].act is Act.APOLOGIES else start


def _set_apart(text: str, found: Sequence[SocialClause], stop: int) -> int:
    """Return where a sentence goes on to its writer's absence or the like, "…, I'm off until the 4th"; else stop."""
    for n, one in enumerate(found):
        begins = _FIRST_PERSON().match(fold(text[one.start :])) is not None
        if n and begins and _is_beside(found[n:]):
            return one.start
    return stop


def _words(text: str, tokens: Iterable[TextToken], days: Iterable[DaysFound]) -> tuple[SocialWord, ...]:
    folded = fold(text)
    hard = [(one.start, one.end, one.kind) for one in tokens if one.kind in _HARD]
    taken = [
        SocialWord(
            ("DAY", *(("UNTIL",) if one.bound in _UNTIL else ()), _bare(folded[one.start : one.end])),
            one.start,
            one.end,
            hard=True,
        )
        for one in days
    ]
    refs = [SocialWord(("REF",), start, end, hard=True) for start, end, kind in hard if kind in (K.REF, K.NEAR_REF)]
    taken = [*refs, *(one for one in taken if not any(one.start < ref.end and ref.start < one.end for ref in refs))]
    found = list(taken)
    for match in _WORD.finditer(folded):
        start, end = match.span()
        if not any(one.start < end and start < one.end for one in taken):
            found.append(_word(text, match, hard=any(first < end and start < last for first, last, _ in hard)))
    return tuple(sorted(found, key=lambda one: one.start))


def _word(text: str, match: re.Match[str], *, hard: bool) -> SocialWord:
    start, end = match.span()
    word = _bare(match.group())
    names = ("MENTION",) if word.startswith("<") else (word, "NUM") if word.isdigit() else (word,)
    if text[start : start + 1].isupper() and not text[start:end].isupper():
        names = (*names, "NAME")
    return SocialWord(names, start, end, hard=hard or word.isdigit())


def _bare(word: str) -> str:
    return word.replace("'", "").replace("’", "")


def _sentence(
    text: str, words: Sequence[SocialWord], start: int, stop: int, before: Act | None = None
) -> list[SocialClause]:
    inside = [one for one in words if start <= one.start < stop]
    if not inside:
        return []
    whole = before if before in _GONE and _is_meanwhile(inside) else _act(inside)
    if whole is not None:
        return [SocialClause(whole, start, stop)]
    found: list[SocialClause] = []
    place = start
    ends = [one.end() for one in _CLAUSE.finditer(text, start, stop)]
    for end in (*(ends if len(ends) < _MOST_CLAUSES else ()), stop):
        clause = [one for one in inside if place <= one.start < end]
        if clause:
            for one in _joined(clause):
                # "So chase my PA" goes with an absence, and says nothing by itself.
                its = [word for word in clause if one.start <= word.start < one.end]
                goes_with = before in _GONE and one.act is None and _is_meanwhile(its)
                found.append(replace(one, act=before) if goes_with else one)
                before = found[-1].act
        place = end
    return found


def _is_meanwhile(words: Sequence[SocialWord]) -> bool:
    """Return whether words say whom to ask instead, or what does not work meanwhile."""
    return any(_fits(slots, words) for slots in _meanwhile())


@cache
def _meanwhile() -> tuple[tuple["_Slot", ...], ...]:
    return tuple(tuple(_slot(one) for one in slots) for slots in MEANWHILE)


def _joined(clause: Sequence[SocialWord]) -> Iterator[SocialClause]:
    """Yield a clause, or the parts of it that "and" or "so" joins where each is an act of its own."""
    act = _act(clause)
    joins = [n for n, one in enumerate(clause) if n and one.names[0] in _JOINS]
    for place in joins[:_MOST_JOINS] if act is None else ():
        before, after = _act(clause[:place]), _act(clause[place + 1 :])
        if before is not None and (after is not None or before not in SILENT):
            yield SocialClause(before, clause[0].start, clause[place - 1].end)
            if place + 1 < len(clause):
                yield SocialClause(after, clause[place + 1].start, clause[-1].end)
            return
    yield SocialClause(act, clause[0].start, clause[-1].end)


@dataclass(frozen=True, slots=True)
class _Slot:
    names: frozenset[str]
    longest: int
    least: int
    most: int
    wild: bool = False
    heads: frozenset[str] = frozenset()
    """What each of its phrases begins with, where one of them has to be there."""


@cache
def _frames() -> tuple[tuple[Act, tuple[_Slot, ...], tuple[frozenset[str], ...]], ...]:
    """Return the frames, each with what has to be there: one word of each set."""
    read = ((act, tuple(_slot(one) for one in slots)) for act, *slots in FRAMES)
    return tuple((act, slots, tuple(one.heads for one in slots if one.heads)) for act, slots in read)


def _slot(written: str) -> _Slot:
    if written == "...":
        return _Slot(frozenset(), 1, 0, _ANY, wild=True)
    least, most = (0, 1) if written.endswith("?") else (0, _MOST_WORDS) if written.endswith("*") else (1, 1)
    bare = written.rstrip("?*")
    names: set[str] = set()
    wild = False
    for one in bare.split("|"):
        if one == "_":
            wild = True
            continue
        names.update(CLASSES[one].split("|") if one in CLASSES else (one,))
    bare_names = frozenset(_bare(one) for one in names)
    heads = frozenset(one.partition(" ")[0] for one in bare_names) if least and not wild else frozenset()
    return _Slot(bare_names, max((one.count(" ") + 1 for one in names), default=1), least, most, wild, heads)


def _act(words: Sequence[SocialWord]) -> Act | None:
    """Return the act that a whole run of words is, or None."""
    if not words or len(words) > _MOST_WORDS:
        return None
    said = frozenset(name for one in words for name in one.names)
    for act, slots, needs in _frames():
        for one in needs:
            if one.isdisjoint(said):
                break
        else:
            if _fits(slots, words):
                return act
    return None


def _fits(slots: Sequence[_Slot], words: Sequence[SocialWord]) -> bool:
    places = {0}
    for slot in slots:
        reached = set(places) if slot.least == 0 else set()
        edge = places
        for _ in range(slot.most):
            edge = {end for place in edge for end in _ends(slot, words, place)} - (reached if slot.most > 1 else set())
            if not edge:
                break
            reached |= edge
        places = reached
        if not places:
            return False
    return len(words) in places


def _ends(slot: _Slot, words: Sequence[SocialWord], place: int) -> Iterator[int]:
    """Yield where what a slot takes from a place on may end."""
    if place >= len(words):
        return
    if (slot.wild and not words[place].hard) or not slot.names.isdisjoint(words[place].names):
        yield place + 1
    run = words[place].names[0]
    for count in range(2, min(slot.longest, len(words) - place) + 1):
        run = f"{run} {words[place + count - 1].names[0]}"
        if run in slot.names:
            yield place + count
