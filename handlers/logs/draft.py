"""A log as it was read, before anything is stored: its actions, the doubts about them, what is asked once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from handlers.logs.column_headings import LogColumn
from handlers.reading.vocabulary import Vocabulary
from models.enums import Status
from models.files.log_rows import LogAction, NewPost


class LogField(StrEnum):
    """What of an action a doubt is about."""

    REF = "ref"
    WORDS = "words"
    LEAD = "lead"
    DUE = "due"
    STATUS = "status"
    UPDATE = "update"
    SERVES = "serves"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class LogDoubt:
    """What is not plain: where it stands, what was read there, what is proposed ("" for nothing), and why.

    `key`: the question for the whole log that settles it; "" where it has to be looked at by itself.
    """

    field: LogField
    place: str
    said: str
    proposed: str
    why: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class LogQuestion:
    """What is asked once for a whole log. `key`: how it is answered; `proposed`: what is taken without an answer.

    `choices`: the only answers it has, if they are few.
    """

    key: str
    say: str
    proposed: str = ""
    rows: int = 1
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One action of a log with the doubts about it; `change`: its ref is in the plan already."""

    action: LogAction
    doubts: tuple[LogDoubt, ...] = ()
    change: bool = False


@dataclass(frozen=True, slots=True)
class LogDraft:
    """A whole log as it was read. `notes`: what was left out, in sentences. `columns`: how its columns were read."""

    rows: tuple[DraftRow, ...] = ()
    questions: tuple[LogQuestion, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def plain(self) -> int:
        """How many rows have no doubt."""
        return sum(1 for row in self.rows if not row.doubts)

    @property
    def asked(self) -> int:
        """How many rows have doubts that the questions settle, and no other."""
        return sum(1 for row in self.rows if row.doubts and all(doubt.key for doubt in row.doubts))

    @property
    def doubts(self) -> list[LogDoubt]:
        """All doubts, those first that no question settles."""
        return sorted((doubt for row in self.rows for doubt in row.doubts), key=lambda doubt: bool(doubt.key))


@dataclass(frozen=True)
class LogPlan:
    """What a log is read against: the words of the plan, and the board that is to keep its actions.

    `meetings`: the board's, by local day, cancelled ones left out. `actions`: the ref of each action of the plan as
    printed, and its words, by the key of the ref. `today`: the local day. `chair`: the key of the post that chairs it.
    """

    vocabulary: Vocabulary
    board: str
    meetings: tuple[date, ...]
    today: date
    actions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    chair: str = ""


@dataclass(frozen=True)
class LogAnswers:
    """What somebody said about a log.

    `meeting`: the day of its meeting. `who`: the post's key by the folded name, "" for nobody. `posts`: those that are
    new. `statuses`: what a word or a figure means. `columns`: what a heading is. `settled`: what was chosen for every
    other question, by its key.
    """

    meeting: date | None = None
    who: Mapping[str, str] = field(default_factory=dict)
    posts: tuple[NewPost, ...] = ()
    statuses: Mapping[str, Status | None] = field(default_factory=dict)
    columns: Mapping[str, LogColumn] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)
