"""One question as it is being read: what each of its pieces adds, and what the whole asks.

A piece that the question as read does not use is unread, however well it is known: "who said what" asks for no lead.
"""

import re
from dataclasses import dataclass, field

from handlers.reading.queries.query import (
    ChangeSort,
    Filter,
    Grouping,
    Measure,
    PhraseWords,
    Query,
    QuestionSubject,
    SubjectKind,
    TimeWords,
)
from handlers.reading.queries.question_tokens import QuestionPiece
from handlers.reading.queries.question_words import Role
from models.enums import WORST_FIRST, Kind, Status

_OPENERS = (Role.SMALL, Role.JOINT)
_NOUNS = (Role.HEAD, Role.GROUP, Role.MEETING, Role.KIND)
_SPEAKERS = frozenset(("we", "i", "they", "it", "this", "he", "she"))
_NOBODY = frozenset(("nothing", "nobody", "none", "no one"))
_NEXT_MEETING = re.compile(r"(?:next|coming) (?:meeting|board|one|mtg)s?(?: meeting)?")
_ON_A_CARD = frozenset((Measure.SAID, Measure.WHY, Measure.WHO, Measure.WHEN, Measure.DECIDED, Measure.SENTENCE))
"""What the card of one action answers."""
_OF_THE_PLAN = (Measure.CHANGE, Measure.WORST, Measure.SENTENCE, Measure.MEANING)
"""What is asked of the whole plan where nothing is named."""


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
    yes_no: bool = False
    denied: bool = False
    every: bool = False
    ranks: str = ""
    head: bool = False
    plan: bool = False
    supporting: bool = False
    either: bool = False
    missing: str = ""
    places: dict[object, QuestionPiece] = field(default_factory=dict)

    def __post_init__(self) -> None:
        negated = False
        for place, piece in enumerate(self.pieces):
            negated = self._take(place, piece, negated)

    # -- its form

    @property
    def opening(self) -> QuestionPiece | None:
        """Its first piece that says something."""
        return next((one for one in self.pieces if one.has(Role.ASK) or not any(map(one.has, _OPENERS))), None)

    @property
    def asks(self) -> bool:
        """Whether it has the form of a question."""
        opening = self.opening
        if opening is None:
            return False
        if opening.has(Role.ASK) or opening.has(Role.ANY):
            return True
        if not opening.has(Role.AUXILIARY):
            return False
        after = self.pieces[self.pieces.index(opening) + 1 :]
        follows = next((one for one in after if not one.has(Role.SMALL) or one.text.casefold() == "there"), None)
        roles = (Role.PLAN, Role.OWN, Role.ANY, Role.EVERY, Role.GROUP, Role.HEAD, Role.MEETING, Role.KIND)
        if follows is None:
            return False
        return bool(follows.subjects) or any(map(follows.has, roles)) or (follows.unread and self.specific)

    @property
    def states(self) -> bool:
        """Whether it begins like a question and is none: "what we need is …", "which means …", "when it met …"."""
        opening = self.opening
        if opening is None or not opening.has(Role.ASK):
            return False
        after = self.pieces[self.pieces.index(opening) + 1 :]
        if not after:
            return False
        word, follows = opening.value(Role.ASK), after[0]
        if word in ("what", "when", "where", "why") and " " not in opening.text:
            return follows.text.casefold() in _SPEAKERS and (follows.has(Role.PLAN) or follows.has(Role.OWN))
        meant = follows.has(Role.MEASURE) and follows.value(Role.MEASURE) is Measure.MEANING
        return word == "which" and (follows.has(Role.ASK) or meant)

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
        return bool(self.specific or self.phrases or (self.asked_word and (self.head or self.group or self.plan)))

    @property
    def names_only(self) -> bool:
        """Whether it names what is meant and nothing else: no verb of its own, nobody who speaks."""
        verbs = any(
            (one.has(Role.AUXILIARY) and not (place and _relative(self.pieces[place - 1])))
            or one.text.casefold() in _SPEAKERS
            for place, one in enumerate(self.pieces)
        )
        begins = not self.phrases or (self.opening is not None and not self.opening.unread)
        return not verbs and self.specific and begins and not (self.every and not self.head) and not self._says_of

    @property
    def _says_of(self) -> bool:
        """Whether something is said of what was named before it: "the board closed the item", "police on track"."""
        named = False
        for piece in self.pieces:
            if piece.has(Role.HEAD):
                named = False
            elif named and (piece.has(Role.STATUS) or piece.has(Role.FILTER) or piece.has(Role.CHANGE)):
                return True
            named = named or bool(piece.subjects) or piece.has(Role.PLAN) or piece.has(Role.OWN)
        return False

    @property
    def leans(self) -> bool:
        """Whether it may be about what the question before it was about."""
        return not self.plan and self.group is None and not self.about

    @property
    def narrowed(self) -> bool:
        """Whether something says which actions are meant."""
        return bool(self.statuses or self.filters or self.kinds)

    @property
    def text(self) -> str:
        """Its words as typed."""
        return " ".join(piece.text for piece in self.pieces)

    # -- what each piece adds

    def _take(self, place: int, piece: QuestionPiece, negated: bool) -> bool:
        """Take one piece; return whether what follows is denied."""
        if piece.missing:
            self.missing = piece.missing
        elif piece.subjects:
            self._name(place, piece)
        elif piece.time is not None and self.asked_word == "when" and _NEXT_MEETING.fullmatch(piece.text.casefold()):
            self.about = self.about or "meeting"
        elif piece.time is not None:
            self.times.append(piece.time)
            self.places[piece.time] = piece
        elif piece.number:
            self.limit, self.places["limit"] = piece.number, piece
        elif piece.unread:
            self._phrase(place, piece)
        else:
            return self._form(place, piece, negated)
        return False

    def _name(self, place: int, piece: QuestionPiece) -> None:
        if len(piece.subjects) > 1:
            self._phrase(place, piece)
            return
        if piece.subjects[0] not in self.subjects:
            self.subjects.append(piece.subjects[0])

    def _phrase(self, place: int, piece: QuestionPiece) -> None:
        named = any(one.subjects or one.unread or one.time or any(map(one.has, _NOUNS)) for one in self.pieces[:place])
        shown = piece.text
        for before in reversed(self.pieces[:place]):
            if not (before.has(Role.LEADS) or before.text.casefold() in _LED_BY):
                break
            shown = f"{before.text} {shown}"
        self.phrases.append(PhraseWords(piece.text, shown, head=not named))

    def _form(self, place: int, piece: QuestionPiece, negated: bool) -> bool:
        """Take what makes the form of a question; leave the rest to `_content`."""
        has, first = piece.has, piece is self.opening
        text = piece.text.casefold()
        if has(Role.ASK) and (not self.asked_word or self.asked_word == "show"):
            self.asked_word = str(piece.value(Role.ASK))
            return False
        if has(Role.AUXILIARY):
            if first and not self.asked_word:
                self.yes_no = True
                return piece.value(Role.AUXILIARY) == "not" and text.endswith("to")
            return negated or piece.value(Role.AUXILIARY) == "not"
        if has(Role.ANY):
            self.yes_no = self.yes_no or first
            return negated
        if has(Role.EVERY):
            self.every = True
            self.plan = self.plan or text in ("everything", "all")
            return negated
        if has(Role.NOT):
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
            elif role is Role.GROUP and self._is_group(piece, before):
                if self.by is not value:
                    self.group = self.group or Grouping(str(value))
            elif isinstance(value, frozenset):
                self.statuses |= value
                self.denied = self.denied or negated
                return negated
            elif role is Role.MEETING:
                self.about = str(value) if value != "meeting" or not self.about else self.about
                self.places.setdefault(value, piece)
            elif isinstance(value, Filter):
                owed = value is Filter.ANSWERED and negated
                self.filters.append(Filter.OWED if owed else value)
                self.denied = self.denied or (negated and not owed)
            elif isinstance(value, Measure):
                self.measures.append(value)
                self.places.setdefault(value, piece)
            elif isinstance(value, ChangeSort):
                self.changes.append(value)
                self.places.setdefault(value, piece)
            elif isinstance(value, Kind):
                self.kinds.add(value)
            elif role is Role.OWN:
                self.subjects.append(QuestionSubject(SubjectKind.OWN, str(value), piece.text))
            elif not self._mark(role, value, piece):
                continue
            return role in (Role.SMALL, Role.BY, Role.JOINT) and negated
        return negated

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
        elif role is Role.PLAN:
            self.plan = True
        elif role is Role.JOINT:
            self.either = self.either or piece.text.casefold() == "or"
        else:
            return role is Role.SMALL
        return True

    def _group_after(self, place: int) -> Grouping | None:
        after = next((one for one in self.pieces[place + 1 : place + 3] if not one.has(Role.SMALL)), None)
        return Grouping(str(after.value(Role.GROUP))) if after is not None and after.has(Role.GROUP) else None

    def _names_next(self, place: int) -> bool:
        """Return whether the name follows: "theme Happy", "action healthy-5"."""
        return place + 1 < len(self.pieces) and bool(self.pieces[place + 1].subjects)

    def _is_group(self, piece: QuestionPiece, before: QuestionPiece | None) -> bool:
        if piece.text.casefold() not in ("lead", "leads", "status", "rating", "people"):
            return True
        opens = before is not None and any(map(before.has, (Role.BY, Role.ASK, Role.EVERY, Role.ANY, Role.MOST)))
        return opens and not (before is not None and before.has(Role.ASK) and before.value(Role.ASK) == "who")

    # -- what the whole asks

    def query(self) -> tuple[Query, tuple[str, ...]] | None:
        """Return what it asks and the words it does not use; None where nothing of it is about the plan."""
        if not self.says_something:
            return None
        measure = self._main()
        query = Query(
            measure=measure,
            subjects=tuple(dict.fromkeys(self.subjects)),
            statuses=frozenset(self.statuses),
            filters=tuple(dict.fromkeys(self.filters)),
            either=self.either and len(self.filters) > 1,
            denied=self.denied,
            kinds=frozenset(self.kinds),
            by=self.by or self.group,
            each=self.by is not None,
            most=self.ranks,
            changes=tuple(dict.fromkeys(self.changes)) if measure is Measure.CHANGE else (),
            times=tuple(self.times),
            limit=self.limit,
            yes_no=self.yes_no,
            every=self.every and self.yes_no,
            phrases=tuple(self.phrases),
            about=self.about if measure is Measure.MEETINGS else "",
            supporting=self.supporting,
            counts=self.asked_word == "how many",
            whole=self._is_whole(),
        )
        unused = self._unused(measure)
        named = query.subjects or query.phrases or query.narrows or query.times or query.by or query.whole
        if not (named or query.about or measure in _OF_THE_PLAN):
            return None
        if unused and query.whole and not (query.subjects or query.narrows or query.by):
            return None
        return query, unused

    def _is_whole(self) -> bool:
        """Whether the whole plan is named, or its actions are counted or listed."""
        return self.plan or (self.head and self.asked_word in ("how many", "show", "what", "which", "how"))

    def _main(self) -> Measure:
        given = set(self.measures)
        if Measure.MEANING in given and self.statuses:
            return Measure.MEANING
        if self.about and self.about != "meeting":
            return Measure.MEETINGS
        actions = any(one.kind is SubjectKind.ACTION for one in self.subjects)
        if self.about and not (self.narrowed or actions or given - {Measure.WHEN} or self.phrases):
            return Measure.MEETINGS
        if self.changes and (self.times or not given) and not self.statuses:
            return Measure.CHANGE
        if Measure.COMPARE in given and (len(self.subjects) > 1 or self.phrases):
            return Measure.COMPARE
        if self.ranks or (Measure.WORST in given and self.group is not None):
            self.group = self.group or (None if self.asked_word != "who" else Grouping.LEAD)
            if self.group is not None:
                return Measure.RANK
        for one in (Measure.SENTENCE, Measure.WORST, Measure.DECIDED, Measure.SAID, Measure.WHY, Measure.WHO):
            if one in given:
                return one
        words = {"how many": Measure.COUNT, "why": Measure.WHY, "when": Measure.WHEN, "who": Measure.WHO}
        return words.get(self.asked_word, Measure.LIST)

    def _unused(self, measure: Measure) -> tuple[str, ...]:
        """Return the words that are known and that the question as read makes no use of."""
        used: set[object] = {measure, *self.times, "meeting"}
        if measure is Measure.MEETINGS:
            used |= {"papers", "updates", "request", "reminder", "last call", "sent", "limit", Measure.WHEN}
        if measure in (Measure.WORST, Measure.RANK, Measure.COMPARE):
            used |= {"limit", Measure.WORST, Measure.COMPARE, Measure.RANK}
        if measure is Measure.CHANGE:
            used |= {*self.changes, Measure.COMPARE}
        if any(one.kind is SubjectKind.ACTION for one in self.subjects) or self.phrases:
            used |= {*_ON_A_CARD, *self.changes}
        if measure is Measure.LIST and any(
            one.kind in (SubjectKind.ORGANISATION, SubjectKind.POST, SubjectKind.OWN) for one in self.subjects
        ):
            used |= {Measure.SAID}
        return tuple(piece.text for what, piece in self.places.items() if what not in used)


_LED_BY = frozenset(("that", "which", "who", "by", "with", "in", "for", "need", "needs"))


def _relative(piece: QuestionPiece) -> bool:
    return piece.text.casefold() in ("that", "which", "who")
