"""What a message says a board decided, part by part.

Source: docs/explanation/what-people-write.md, What the board decided.
"""

from dataclasses import dataclass

from handlers.reading.queries.query import QuestionSubject
from handlers.reading.whose import Sureness
from models.enums import OutcomeKind


@dataclass(frozen=True, slots=True)
class DecidedPart:
    """What was decided on some actions. Meetings are as typed.

    `counted`: they are not named but counted ("the rest"), `many` of them where a number is said; `of`: whose they are;
    `but`, `but_of`: those left out of them; `proposed`: those alone that were proposed for
    closure. `said`: all the words; `rest`: those beside the refs.
    `outright`: said as a decision, not as something that may be done or planned as well; `by_board`: a board's; `told`:
    it is said who decided.
    """

    refs: tuple[str, ...]
    kind: OutcomeKind | None
    sure: Sureness
    meeting: str = ""
    to_meeting: str = ""
    minute: str = ""
    reason: str = ""
    counted: bool = False
    but: tuple[str, ...] = ()
    many: int = 0
    of: tuple[QuestionSubject, ...] = ()
    but_of: tuple[QuestionSubject, ...] = ()
    proposed: bool = False
    said: str = ""
    rest: str = ""
    outright: bool = True
    by_board: bool = False
    told: bool = False
    near: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DecidedReading:
    """The parts of a message, and the words of it that belong to none."""

    parts: tuple[DecidedPart, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(slots=True)
class DecisionDraft:
    """A part while it is read: places of its subject, of its decision, and where it begins and ends."""

    refs: tuple[str, ...]
    subject: range
    sure: Sureness
    counted: bool = False
    but: tuple[str, ...] = ()
    many: int = 0
    of: tuple[QuestionSubject, ...] = ()
    but_of: tuple[QuestionSubject, ...] = ()
    proposed: bool = False
    decision: int | None = None
    begin: int = 0
    end: int = 0
    stop: int = 0
    """Where it ends before the next part begins, if it does."""
    near: tuple[tuple[str, str], ...] = ()
    like: bool = False
    """Of it the same is said as of the one before: "heard-10 likewise"."""
