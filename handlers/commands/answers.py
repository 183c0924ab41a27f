"""What leads answer, as frozen command objects; and plain words as they were read, which may be answers."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from handlers.commands import Command
from handlers.commands.questions import Pleasantry
from models.enums import AnswerKind, Status


class GiveUpdate(Command):
    """`update REF STATUS words`. `status` None: the status word was missing; the handler asks for it."""

    kind: ClassVar = AnswerKind.UPDATE
    ref: str
    status: Status | None
    words: str = ""


class NoChange(Command):
    """*No change*, "as last time"."""

    kind: ClassVar = AnswerKind.NO_CHANGE
    ref: str
    words: str = ""


class Verbal(Command):
    """*Verbal update at the meeting*."""

    kind: ClassVar = AnswerKind.VERBAL
    ref: str
    words: str = ""


class ToFollow(Command):
    """*To follow by DATE*."""

    kind: ClassVar = AnswerKind.TO_FOLLOW
    ref: str
    by: date
    words: str = ""


class ProposeClosure(Command):
    """`done REF evidence`: the lead proposes, the board agrees. `words`: the evidence, or a link to it."""

    kind: ClassVar = AnswerKind.PROPOSED
    ref: str
    words: str = ""


class NotOurs(Command):
    """*Not ours*, with why if it was said."""

    kind: ClassVar = AnswerKind.NOT_OURS
    ref: str
    words: str = ""


AnswerCommand = GiveUpdate | NoChange | Verbal | ToFollow | ProposeClosure | NotOurs


class SnoozeAction(Command):
    """Ask me about this one in two working days."""

    ref: str
    meeting_id: int = 0


@dataclass(frozen=True, slots=True)
class Recorded:
    """Plain words that are plain enough to store at once: one command an action named."""

    commands: tuple[AnswerCommand, ...]


@dataclass(frozen=True, slots=True)
class ShowBack:
    """Plain words to be shown back with *Record for REF* / *Not an update*; nothing is stored until a press.

    `refs`: the actions they may be about, most likely first, at most five (empty: no action is owed or named).
    `words`: what was typed, without the ref, to be recorded on a press.
    `reading`: a near miss understood as something, e.g. "helthy 5" as "healthy-5"; "" where nothing was corrected.
    `no_day`: why the day something is to follow by is none: "September has 30 days."; "" where none was given. `days`:
    those that may be meant.
    `doubted`: a status is named, and denied, doubted, excepted, wished, past or quoted.
    """

    refs: tuple[str, ...]
    words: str
    reading: str = ""
    no_day: str = ""
    days: tuple[date, ...] = ()
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class ReadAs:
    """Several answers with near misses in them, as they were read: shown to be confirmed, nothing stored before.

    `corrected`: each near miss and what it was read as, ("helthy 5", "healthy-5").
    """

    commands: tuple[AnswerCommand, ...]
    corrected: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AutomaticReply:
    """An out-of-office reply: nothing is stored, nothing is said."""


@dataclass(frozen=True, slots=True)
class InParts:
    """A message of several parts, each on its own: what is plain, likely, or asked about; `asides`: questions."""

    recorded: tuple[AnswerCommand, ...]
    read_as: ReadAs | None
    shown: tuple[ShowBack, ...]
    asides: tuple[str, ...] = ()


Reading = InParts | Recorded | ReadAs | ShowBack | Pleasantry | AutomaticReply
