"""One question as it is being read: what each of its pieces adds."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from handlers.reading.queries.query import (
    AskedBound,
    ChangeSort,
    Filter,
    Grouping,
    Measure,
    PhraseWords,
    QuestionSubject,
    SubjectKind,
    TimeWords,
)
from handlers.reading.queries.question_tokens import QuestionPiece
from handlers.reading.queries.question_words import Role
from models.enums import WORST_FIRST, Kind, Status

_NOUNS = (Role.HEAD, Role.GROUP, Role.MEETING, Role.KIND)
SPEAKERS = frozenset(("we", "i", "they", "it", "this", "he", "she"))
"""Who may say something: behind "what" without a verb between they make a statement."""
POINTING = frozenset(("those", "these", "them", "it", "they", "its", "their"))
"""Words for what was asked about before: "which of those are red"; "that" and "this" where nothing follows them."""
TAGS = frozenset(
    ("is", "are", "was", "were", "has", "have", "did", "does", "do", "isnt", "arent", "wasnt", "werent", "hasnt",
     "havent", "didnt", "doesnt", "dont")
)  # fmt: skip
"""Verbs with which news ends that is asked to be confirmed: "it is green, isnt it"."""
_DOES = frozenset(("do", "does", "did", "has", "have", "had", "will", "would"))
_NOBODY = frozenset(("nothing", "nobody", "none", "no one"))
_NEXT_MEETING = re.compile(r"(?:next|coming) (?:meeting|board|one|mtg)s?(?: meeting)?")
_NAMED = frozenset(
    ("anyone", "anybody", "someone", "somebody", "everyone", "everybody", "nobody", "no one", "reds", "ambers",
     "greens")
)  # fmt: skip
"""Words that stand for what is asked about, though they are no noun of the plan."""


@dataclass
class Clause:
    """One question as it is being read."""

    pieces: list[QuestionPiece]
    subjects: list[QuestionSubject] = field(default_factory=list)
    statuses: set[Status] = field(default_factory=set)
    filters: list[Filter] = field(default_factory=list)
    kinds: set[Kind] = field(default_factory=set)
    times: list[TimeWords] = field(default_factory=list)
    changes: list[ChangeSort] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    phrases: list[PhraseWords] = field(default_factory=list)
    asked_word: str = ""
    by: Grouping | None = None
    group: Grouping | None = None
    about: str = ""
    limit: int = 0
    bound: AskedBound | None = None
    yes_no: bool = False
    denied: bool = False
    every: bool = False
    ranks: str = ""
    head: bool = False
    plan: bool = False
    pronoun: bool = False
    supporting: bool = False
    either: bool = False
    missing: str = ""
    excepted: list[QuestionSubject] = field(default_factory=list)
    excepting: bool = False
    places: dict[object, QuestionPiece] = field(default_factory=dict)

    def __post_init__(self) -> None:
        negated = False
        for place, piece in enumerate(self.pieces):
            negated = self._take(place, piece, negated)

    @property
    def opening(self) -> QuestionPiece | None:
        """Its first piece that says something."""
        return next((one for one in self.pieces if not one.small), None)

    @property
    def specific(self) -> bool:
        """Whether it names something of the plan, and not only what all questions have."""
        return bool(
            self.subjects or self.statuses or self.filters or self.kinds or self.measures or self.changes or self.by
            or self.times or self.about
        )  # fmt: skip

    @property
    def says_something(self) -> bool:
        """Whether there may be anything to answer."""
        return bool(
            self.specific
            or self.phrases
            or (self.asked_word and (self.head or self.group or self.plan or self.pronoun))
        )

    @property
    def points_back(self) -> bool:
        """Whether it says itself that it is about what was asked before it: "and December?", "of those …"."""
        first = self.pieces[0]
        last = piece_words(self.pieces[-1])[-1]
        also = first.has(Role.JOINT) or self.text.casefold().startswith(("what about ", "how about "))
        pointing = any(
            piece_words(one)[-1] in POINTING or one.text.casefold() in ("this one", "that one")
            for one in self.pieces
            if one.small or one.has(Role.AUXILIARY) or one.has(Role.PLAN) or one.has(Role.HEAD) or one.has(Role.ASK)
        )
        return also or pointing or last in ("this", "that")

    @property
    def is_bare(self) -> bool:
        """Whether it says what is asked of an action, and not of which: "what was the last update"."""
        named = self.subjects or self.phrases or self.head or self.group or self.about
        plan = any(one.has(Role.PLAN) and one.text.casefold() != "we" for one in self.pieces)
        own = all(one.kind is SubjectKind.OWN for one in self.subjects)
        asked = self.asked_word in ("who", "when", "why") or (
            bool(self.measures) and self.asked_word in ("what", "which")
        )
        return asked and not plan and (not named or (own and not (self.phrases or self.head or self.about)))

    @property
    def leans(self) -> bool:
        """Whether it may be about what the question before it was about."""
        return not self.plan and self.group is None and not self.about

    @property
    def narrowed(self) -> bool:
        """Whether something says which actions are meant."""
        return bool(self.statuses or self.filters or self.kinds)

    @property
    def decided_later(self) -> str:
        """The verb of a decision to come: "waiting for us to close", "what do we need to decide"; or ""."""
        verbs = (
            piece_words(then)[0]
            for one, then in pairwise(self.pieces)
            if piece_words(one)[-1] == "to" and then.has(Role.MEASURE) and then.value(Role.MEASURE) is Measure.DECIDED
        )
        return next(verbs, "") if set(self.measures) == {Measure.DECIDED} else ""

    @property
    def text(self) -> str:
        """Its words as typed."""
        return " ".join(piece.text for piece in self.pieces)

    # -- what each piece adds

    def _take(self, place: int, piece: QuestionPiece, negated: bool) -> bool:
        """Take one piece; return whether what follows is denied."""
        self.excepting = self.excepting and (bool(piece.subjects) or piece.small or bool(piece.mark))
        if piece.missing:
            self.missing = piece.missing
        elif piece.subjects and self.excepting:
            self.excepted.append(piece.subjects[0])
            self.places.pop("not", None)
        elif piece.subjects:
            self._name(place, piece)
        elif piece.time is not None and self._is_next_meeting(piece):
            self.about = self.about or "meeting"
        elif piece.time is not None:
            self.times.append(piece.time)
            self.places[piece.time] = piece
        elif piece.bound is not None:
            self.bound, self.places[piece.bound] = piece.bound, piece
        elif piece.number:
            self.limit, self.places["limit"] = piece.number, piece
        elif piece.unread:
            self._phrase(place, piece)
        else:
            return self._form(place, piece, negated)
        return False

    def _is_next_meeting(self, piece: QuestionPiece) -> bool:
        """Return whether the next meeting itself is asked about, and not what is due at it."""
        alone = all(one is piece or one.small or one.mark for one in self.pieces)
        return bool(_NEXT_MEETING.fullmatch(piece.text.casefold())) and (self.asked_word == "when" or alone)

    def _name(self, place: int, piece: QuestionPiece) -> None:
        if self._asks_which(place):
            self._phrase(place, piece)
            return
        if len(piece.subjects) > 1:
            if piece.text.isupper() and all(one.kind is SubjectKind.ORGANISATION for one in piece.subjects):
                # "The NHS" is each of the bodies that are called so.
                self.subjects += [one for one in piece.subjects if one not in self.subjects]
            else:
                self._phrase(place, piece)
            return
        if Filter.ANSWERED in self.filters and self.pieces[place - 1].text.casefold() == "to":
            return  # who is answered, and not who answers: "has everybody got back to the clerk"
        if piece.subjects[0] not in self.subjects:
            self.subjects.append(piece.subjects[0])

    def _asks_which(self, place: int) -> bool:
        """Return whether one of a sort is asked for by a word that is a name as well: "which school is best"."""
        before = next((one for one in reversed(self.pieces[:place]) if not one.small), None)
        after = self.pieces[place + 1] if place + 1 < len(self.pieces) else None
        if before is None or (after is not None and any(map(after.has, _NOUNS))):
            return False
        leads = after is not None and after.has(Role.LEADS)
        which = before.has(Role.ASK) and before.text.casefold() in (("which",) if leads else ("which", "what"))
        one_word = " " not in self.pieces[place].text
        beside = (
            one_word
            and self.pieces[place - 1] is before
            and self.pieces[place].subjects[0].kind is SubjectKind.ORGANISATION
        )
        worst = before.has(Role.MEASURE) and before.value(Role.MEASURE) is Measure.WORST
        return beside and (which or worst)

    def _phrase(self, place: int, piece: QuestionPiece) -> None:
        named = any(
            one.subjects or one.unread or one.time or any(map(one.has, _NOUNS)) or one.text.casefold() in _NAMED
            for one in self.pieces[:place]
        ) or any(
            # "How many are amber because of …": what is asked about stands before the verb.
            one.has(Role.AUXILIARY) and (then.has(Role.STATUS) or then.has(Role.FILTER))
            for one, then in pairwise(self.pieces[:place])
        )
        if place and self.pieces[place - 1].text.casefold() == "my":
            # "My appraisal" is not what one leads.
            self.subjects = [one for one in self.subjects if one.kind is not SubjectKind.OWN]
            piece = replace(piece, text=f"my {piece.text}")
        shown = piece.text
        for before in reversed(self.pieces[:place]):
            if not (before.has(Role.LEADS) or before.text.casefold() in _LED_BY):
                break
            shown = f"{before.text} {shown}"
        verb = not _DOES.isdisjoint(word for one in self.pieces[:place] for word in piece_words(one))
        self.phrases.append(PhraseWords(piece.text, shown, head=not named, verb=verb))

    def _form(self, place: int, piece: QuestionPiece, negated: bool) -> bool:
        """Take what makes the form of a question; leave the rest to `_content`."""
        has, first = piece.has, piece is self.opening
        text = piece.text.casefold()
        if text == "number" and not first:
            self._phrase(place, piece)
            return negated
        if has(Role.ASK) and (not self.asked_word or self.asked_word == "show"):
            self.asked_word = str(piece.value(Role.ASK))
            if self.asked_word == "how long":
                self.places["how long"] = piece
            if self.asked_word == "share":
                self.measures.append(Measure.SHARE)
            elif piece.has(Role.MEASURE):
                return self._content(place, piece, negated)
            return False
        if has(Role.ASK) and piece.value(Role.ASK) == "share":
            self.measures.append(Measure.SHARE)
            return negated
        if has(Role.AUXILIARY):
            told = self.asked_word == "show" and not (self.subjects or self.statuses or self.filters or self.head)
            if (first and not self.asked_word) or told:
                self.yes_no = True
                return piece.value(Role.AUXILIARY) == "not" and text.endswith("to")
            if piece.value(Role.AUXILIARY) == "not":
                self.places["not"] = piece
            return negated or piece.value(Role.AUXILIARY) == "not"
        if has(Role.ANY):
            self.yes_no = self.yes_no or first
            return negated
        if has(Role.EVERY):
            self.every = True
            self.plan = self.plan or text in ("everything", "all")
            return negated
        if has(Role.NOT):
            self.places["not"] = piece
            self.excepting = piece.value(Role.NOT) == "except"
            self.yes_no = self.yes_no or (first and text in _NOBODY)
            return True
        if has(Role.OR_WORSE):
            worst = max((WORST_FIRST.index(one) for one in self.statuses), default=-1)
            self.statuses |= set(WORST_FIRST[: worst + 1])
            return False
        return self._content(place, piece, negated)

    def _content(self, place: int, piece: QuestionPiece, negated: bool) -> bool:
        before = self.pieces[place - 1] if place else None
        for role, value in piece.meanings:
            if role is Role.BY and (group := self._group_after(place)):
                self.by = group
            elif role is Role.GROUP and self._names_next(place):
                pass
            elif role is Role.GROUP and before is not None and before.text.casefold() == "my":
                self._phrase(place, piece)
            elif role is Role.GROUP and self.limit and before is not None and before.has(Role.ANY):
                pass  # "the worst three, any theme": of all of them
            elif role is Role.GROUP and self._is_group(piece, before):
                if self.by is not value:
                    self.group = self.group or Grouping(str(value))
            elif isinstance(value, frozenset):
                self.statuses |= value
                self.denied = self.denied or negated
                self._denies(negated)
                return negated
            elif (
                value == "meeting"
                and before is not None
                and (before.time or before.subjects)
                and self.asked_word != "when"
            ):
                pass  # "the December meeting", "the partnership board": part of its name
            elif role is Role.MEETING:
                self.about = str(value) if value != "meeting" or not self.about else self.about
                self.places.setdefault(value, piece)
            elif value is Filter.DUE and self._leads_to_a_verb(place):
                pass  # "what are the police due to bring": of no meeting
            elif isinstance(value, Filter):
                owed = value is Filter.ANSWERED and negated
                self.filters.append(Filter.OWED if owed else value)
                self.denied = self.denied or (negated and not owed)
                self._denies(negated)
                if {"i", "me"} & {*piece_words(piece)} and value is Filter.OWED:
                    self._own("", "i")
            elif value is Measure.DECIDED and negated:
                self.filters.append(Filter.UNDECIDED)
                self._denies(negated)
            elif isinstance(value, Measure):
                self.measures.append(value)
                self.places.setdefault(value, piece)
            elif isinstance(value, ChangeSort):
                self.changes.append(value)
                self.places.setdefault(value, piece)
            elif isinstance(value, Kind):
                self.kinds.add(value)
            elif role is Role.OWN:
                self._own(str(value), piece.text)
            elif not self._mark(role, value, piece):
                continue
            return role in (Role.SMALL, Role.BY, Role.JOINT) and negated
        return negated

    def _leads_to_a_verb(self, place: int) -> bool:
        behind = self.pieces[place + 1 : place + 3]
        return len(behind) == 2 and behind[0].text.casefold() == "to" and behind[1].unread

    def _denies(self, negated: bool) -> None:
        """Note that a denial has found what it denies."""
        if negated:
            self.places.pop("not", None)

    def _own(self, which: str, typed: str) -> None:
        told = typed.casefold() in ("i", "me") and self.asked_word == "who" and Measure.OFFICE not in self.measures
        if not told:
            self.subjects.append(QuestionSubject(SubjectKind.OWN, which, typed))

    def _mark(self, role: Role, value: object, piece: QuestionPiece) -> bool:
        if role is Role.MOST:
            self.ranks = str(value)
        elif role is Role.SUPPORTS:
            self.supporting = True
        elif role is Role.LEADS:
            if self.asked_word == "who":
                self.measures.append(Measure.WHO)
        elif role is Role.HEAD:
            self.head = True
        elif role is Role.OFFICE:
            if self.asked_word != "who":
                return False
            self.measures.append(Measure.OFFICE)
            self.about = str(value)
        elif role is Role.PLAN:
            self.plan = self.plan or value != "it"
            self.pronoun = self.pronoun or value == "it"
        elif role is Role.JOINT:
            self.either = self.either or piece.text.casefold() == "or"
        else:
            return role in (Role.SMALL, Role.RELATIVE)
        return True

    def _group_after(self, place: int) -> Grouping | None:
        after = next((one for one in self.pieces[place + 1 : place + 3] if not one.small), None)
        return Grouping(str(after.value(Role.GROUP))) if after is not None and after.has(Role.GROUP) else None

    def _names_next(self, place: int) -> bool:
        """Return whether the name follows: "theme Happy", "action healthy-5"."""
        return place + 1 < len(self.pieces) and bool(self.pieces[place + 1].subjects)

    def _is_group(self, piece: QuestionPiece, before: QuestionPiece | None) -> bool:
        if piece.text.casefold() not in ("lead", "leads", "status", "rating", "people"):
            return True
        opens = before is not None and any(map(before.has, (Role.BY, Role.ASK, Role.EVERY, Role.ANY, Role.MOST)))
        return opens and not (before is not None and before.has(Role.ASK) and before.value(Role.ASK) == "who")


_LED_BY = frozenset(
    ("that", "which", "who", "by", "with", "in", "for", "need", "needs", "more", "less", "next", "last", "this",
     "since")
)  # fmt: skip
"""Small words that are given back with the unread words behind them."""


def piece_words(piece: QuestionPiece) -> list[str]:
    """Return the words of a piece, folded."""
    return piece.text.casefold().split()
