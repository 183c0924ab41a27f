"""What can be asked about a board's paper, as frozen command objects. A meeting stays as typed, "" is the next."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from handlers.commands import Command
from handlers.commands.records import LATEST
from models.enums import Clearance


class MakePapers(Command):
    """`papers [MEETING]`: the paper as a Word file; `since`: the sheet of what has changed since it was frozen."""

    meeting: str = ""
    since: bool = False


class FreezePapers(Command):
    """`freeze papers [MEETING]`: the figures of the paper stand from now on."""

    meeting: str = ""


class ThawPapers(Command):
    """`thaw papers [MEETING]`: they may change again, and are frozen as a revised edition."""

    meeting: str = ""


class ShowBrief(Command):
    """`brief [MEETING]`: what the chair should know before a meeting."""

    meeting: str = ""


class PutInBrief(Command):
    """`brief add REF [ENTRY] [for MEETING]`: the chair's brief names its lead, and has an update's words."""

    ref: str
    entry: int = LATEST
    meeting: str = ""


class TakeOutOfBrief(Command):
    """`brief remove REF [for MEETING]`: it is not in the chair's brief any more."""

    ref: str
    meeting: str = ""


class ShowExempt(Command):
    """`exempt [MEETING]`: what a paper holds back as not for publication."""

    meeting: str = ""


class ShowTemplate(Command):
    """`template papers`: the Word file that a paper, or its front sheet, is made from."""

    document: str = "paper"


class UseOurTemplate(Command):
    """`template papers ours [BOARD]`: a board's papers, or its front sheets, are made from our template again."""

    board: str = ""
    document: str = "paper"


class ClearanceAnswer(Enum):
    """What is said of a clearance."""

    SENT = "sent"
    CLEARED = "cleared"
    NOT_APPLICABLE = "not applicable"
    TAKEN_BACK = "taken back"
    BY_POST = "by"
    """Who clears the board's reports."""


@dataclass(frozen=True, slots=True)
class ClearanceWords:
    """What some words say of clearances.

    Attributes:
        which: the clearances named.
        answer: what is said of them; None where nothing is.
        references: those given, as printed.
        day: on which day.
        no_day: why a day that was given is none.
        meeting: whose report, as typed.
        post: who is asked, as typed.
        usual: for every report of the board.
        typed: all but the meeting, as typed.
        left: words that are none of these.
    """

    which: tuple[Clearance, ...] = ()
    answer: ClearanceAnswer | None = None
    references: tuple[str, ...] = ()
    day: date | None = None
    no_day: str = ""
    meeting: str = ""
    post: str = ""
    usual: bool = False
    typed: str = ""
    left: str = ""


class ShowFront(Command):
    """`papers [MEETING] front`: the front sheet of its report as a Word file, and what is still to be filled in."""

    meeting: str = ""


class SetFront(Command):
    """`papers [MEETING] front FIELD: words`; `usual`: for every report of the board. `words`: field and all."""

    meeting: str
    words: str
    usual: bool = False


class ShowClearances(Command):
    """`clearance [MEETING]`: who has cleared the report and who has not; of one alone with its history."""

    meeting: str = ""
    which: tuple[Clearance, ...] = ()


class RecordClearances(Command):
    """`clearance [MEETING] WHICH sent|cleared|n/a [REFERENCE] [on DAY]`, or who clears it: each thing said."""

    each: tuple[ClearanceWords, ...]

    @property
    def meeting(self) -> str:
        """Whose report, as typed."""
        return self.each[0].meeting


PaperCommand = (
    MakePapers
    | FreezePapers
    | ThawPapers
    | ShowBrief
    | PutInBrief
    | TakeOutOfBrief
    | ShowExempt
    | ShowFront
    | SetFront
    | ShowClearances
    | RecordClearances
)
