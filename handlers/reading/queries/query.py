"""What a question asks: which subjects, which actions of theirs, and what of these.

Source: docs/explanation/what-people-write.md, Questions in plain words.
"""

from dataclasses import dataclass
from enum import StrEnum

from models.enums import Kind, Status


class SubjectKind(StrEnum):
    """What a question is about. `key` of the subject holds what is said here."""

    THEME = "theme"
    """The theme's key."""
    PRIORITIES = "priorities"
    """Numbers, joined by commas."""
    ACTION = "action"
    """The ref as printed."""
    BOARD = "board"
    """The board's key."""
    ORGANISATION = "organisation"
    """The organisation's key."""
    POST = "post"
    """The post's key."""
    OWN = "own"
    """What the asker leads, or else keeps or chairs; "ours" and "us": what they keep or chair, if they do."""


@dataclass(frozen=True, slots=True)
class QuestionSubject:
    """One thing of the plan. `typed`: as it was named. `weak`: by a part of its name, which other words may claim."""

    kind: SubjectKind
    key: str
    typed: str = ""
    weak: bool = False


class Filter(StrEnum):
    """Which actions a question is about, apart from their status and their day."""

    OPEN = "open"
    CLOSED = "closed"
    OVERDUE = "overdue"
    MISSED = "missed"
    OWED = "owed"
    ANSWERED = "answered"
    NO_LEAD = "no lead"
    NO_DUE = "no due meeting"
    REPLANNED = "re-planned"
    WITHHELD = "not for publication"
    SILENT = "never reported on"
    UNDECIDED = "without an outcome"
    TO_DECIDE = "for the board to decide"
    DUE = "due"
    GIVEN = "given out"


class Measure(StrEnum):
    """What is asked of the actions that are meant."""

    LIST = "list"
    COUNT = "count"
    SHARE = "share"
    SENTENCE = "sentence"
    WORST = "worst"
    RANK = "rank"
    COMPARE = "compare"
    CHANGE = "change"
    WHO = "who"
    WHEN = "when"
    WHY = "why"
    SAID = "said"
    DECIDED = "decided"
    MEETINGS = "meetings"
    MEANING = "meaning"
    PEOPLE = "people"
    OFFICE = "office"
    HELP = "help"
    FILE = "file"


class Grouping(StrEnum):
    """What actions are counted by."""

    ORGANISATION = "organisation"
    PRIORITY = "priority"
    THEME = "theme"
    LEAD = "lead"
    STATUS = "status"
    BOARD = "board"


class ChangeSort(StrEnum):
    """What a change was for."""

    ANY = "changed"
    IMPROVED = "improved"
    WORSENED = "got worse"
    SLIPPED = "slipped"
    CLOSED = "closed"
    NEW = "new"
    CARRIED = "carried forward"


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A day, a month or a meeting as typed, and the word that stands before it: "since", "by", "between"."""

    typed: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """Words that are no name and may be those of an action; `shown`: with the small words that lead them in.

    `head`: they stand where what is asked about stands; `verb`: what is asked of it may be among them.
    """

    typed: str
    shown: str = ""
    head: bool = False
    verb: bool = False


@dataclass(frozen=True, slots=True)
class AskedBound:
    """How many are asked about, or with `percent` how large a share: "over", "under" or at "least" so many."""

    relation: str
    number: float
    percent: bool = False

    def holds(self, many: int, of: int) -> bool:
        """Return whether so many of these reach it."""
        seen = many * 100 / (of or 1) if self.percent else many
        if self.relation == "under":
            return seen < self.number
        return seen > self.number or (self.relation == "least" and seen == self.number)


@dataclass(frozen=True, slots=True)
class Query:
    """One question.

    Attributes:
        measure: what is asked.
        subjects: what about; none is the whole plan.
        statuses: the actions that stand so; none given is any.
        filters: what else holds for them; every one of them does, or with `either` one of them.
        denied: filters and statuses were denied: what does *not* hold is asked for.
        kinds: the actions of these kinds alone.
        by: what they are counted by, or which of it is asked for.
        each: what they are counted by was said ("by lead"), and not only asked for ("which lead").
        most: "most" or "fewest", where that is asked for.
        changes: what sort of changes.
        times: days and meetings, as typed.
        limit: how many at most; 0 for all.
        yes_no: yes or no is asked. `every`: of all of them.
        phrases: words that may be those of an action, in the place of a subject.
        about: what of a meeting is asked: "meeting", "papers", "updates"; or an office: "chair", "secretary", "deputy".
        supporting: actions that an organisation supports are meant as well as those it leads.
        counts: how many there are is asked.
        whole: the whole plan is named, or all its actions.
        bound: more or fewer than which number or share is asked.
        excepted: what is left out of them: "all but the police".
        rated: who or when of how an action is rated is asked: "who put it as red", "has it ever been green".
        until: how long it is until then is asked.
    """

    measure: Measure = Measure.LIST
    subjects: tuple[QuestionSubject, ...] = ()
    statuses: frozenset[Status] = frozenset()
    filters: tuple[Filter, ...] = ()
    either: bool = False
    denied: bool = False
    kinds: frozenset[Kind] = frozenset()
    by: Grouping | None = None
    each: bool = False
    most: str = ""
    changes: tuple[ChangeSort, ...] = ()
    times: tuple[TimeWords, ...] = ()
    limit: int = 0
    yes_no: bool = False
    every: bool = False
    phrases: tuple[PhraseWords, ...] = ()
    about: str = ""
    supporting: bool = False
    counts: bool = False
    whole: bool = False
    bound: AskedBound | None = None
    excepted: tuple[QuestionSubject, ...] = ()
    rated: bool = False
    until: bool = False

    @property
    def narrows(self) -> bool:
        """Whether something but the subject says which actions are meant."""
        return bool(self.statuses or self.filters or self.kinds)


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """The questions of one message, and the words that none of them explains, as typed.

    `asked`: they have the form of a question; else they name what is meant and nothing more ("amber ones in Happy").
    `leaned`: they are about what was asked before them. `read_as`: words put right, as they were typed and read.
    """

    queries: tuple[Query, ...]
    unread: tuple[str, ...] = ()
    asked: bool = False
    notes: tuple[str, ...] = ()
    leaned: bool = False
    read_as: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every word is explained."""
        return not self.unread and not any(query.phrases for query in self.queries)

    @property
    def is_rich(self) -> bool:
        """Whether it asks what no command by itself asks."""
        return len(self.queries) > 1 or any(
            query.by
            or query.statuses
            or query.kinds
            or len(query.filters) > 1
            or query.measure not in (Measure.LIST, Measure.MEETINGS)
            or query.about not in ("", "meeting")
            or query.excepted
            or any(one.kind in (SubjectKind.ORGANISATION, SubjectKind.POST) for one in query.subjects)
            for query in self.queries
        )

    @property
    def says_what(self) -> bool:
        """Whether it says which actions are meant, or what of them: enough without the form of a question."""
        return bool(self.is_rich or self.notes) or any(
            query.filters or len(query.subjects) > 1 or query.measure is Measure.MEETINGS for query in self.queries
        )

    @property
    def is_plain(self) -> bool:
        """Whether it asks where one part of the plan, or one's own, stands: what a command by itself asks."""
        if len(self.queries) != 1 or not self.is_whole:
            return False
        query = self.queries[0]
        kinds = {one.kind for one in query.subjects}
        more = (
            *(query.yes_no, query.counts, query.narrows, query.by, query.times, query.supporting),
            query.excepted,
        )
        return (
            query.measure is Measure.LIST
            and not any(more)
            and len(query.subjects) < 2
            and not any(one.key == "ours" for one in query.subjects)
            and kinds <= {SubjectKind.THEME, SubjectKind.PRIORITIES, SubjectKind.ACTION, SubjectKind.OWN}
        )

    @property
    def names_actions(self) -> bool:
        """Whether it is about actions by their refs."""
        return any(one.kind is SubjectKind.ACTION for query in self.queries for one in query.subjects)
