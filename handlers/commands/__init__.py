"""What people can ask, as frozen command objects. The grammar makes them; `handlers.answer` looks up who answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.commands.people import PeopleCommand
from handlers.commands.secretary import (
    AddForm,
    AddLines,
    ChangeBoard,
    CloseOrganisation,
    ExportPlan,
    Reminders,
    RenameOrganisation,
    ShowBoard,
    ShowOrganisations,
)
from models.enums import OutcomeKind, Status


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """`status`, `status priority 7`, `status theme healthy`, `status healthy-5`. `target` as typed, "" is the plan."""

    target: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowMine:
    """`mine`: the actions the asker answers for."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowOverdue:
    """`overdue [board]`."""

    board: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowDue:
    """`due [meeting]`; `meeting` as typed, "" is the next of each board."""

    meeting: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowOwing:
    """`owing [meeting or board]`: who still owes an answer; as typed, "" is the next meeting of each board."""

    about: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowChanges:
    """A question what has changed since a meeting; `since` as typed, "" is the latest meeting held."""

    since: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowLeaderless:
    """A question which actions have no lead."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Find:
    """`find words`."""

    words: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskAbout:
    """Ask "Anything on school readiness?": a part of the plan, or actions with these words; buttons where both fit."""

    words: str


@dataclass(frozen=True, slots=True)
class WhatFits:
    """A question that is none of those known: what it names in the plan is offered, nothing is guessed."""

    typed: str


@dataclass(frozen=True, slots=True)
class ShowMeetings:
    """`meetings [board]`."""

    board: str = ""


@dataclass(frozen=True, slots=True)
class ShowDigest:
    """`digest [board]`."""

    board: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """`help [command]`."""

    topic: str = ""


@dataclass(frozen=True, slots=True)
class GiveUpdate:
    """`update REF STATUS words`. `status` None: the status word was missing; the handler asks for it."""

    ref: str
    status: Status | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class NoChange:
    """*No change*, "as last time"."""

    ref: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verbal:
    """*Verbal update at the meeting*."""

    ref: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ToFollow:
    """*To follow by DATE*."""

    ref: str
    by: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class ProposeClosure:
    """`done REF evidence`: the lead proposes, the board agrees. Evidence is words or a link."""

    ref: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class NotOurs:
    """*Not ours*, with why if it was said."""

    ref: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class SnoozeAction:
    """Ask me about this one in two working days."""

    ref: str
    meeting_id: int = 0


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """`outcome REF …` / `close REF …`. Meetings are as typed; "" is the latest held meeting of the home board."""

    ref: str
    kind: OutcomeKind | None
    meeting: str = ""
    to_meeting: str = ""
    minute: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """`move REF to MEETING because …`."""

    ref: str
    meeting: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back one recorded answer, by a new entry."""

    update_id: int


@dataclass(frozen=True, slots=True)
class OutcomesRecorded:
    """The secretary says a meeting's outcomes are all in."""

    meeting_id: int


class MeetingVerb(StrEnum):
    """What can be done to a board's meetings."""

    ADD = "add"
    MOVE = "move"
    CANCEL = "cancel"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class ChangeMeeting:
    """`meeting add|move|cancel|confirm …`. `which` and `when` are as typed; `time` is "14:00" or ""."""

    verb: MeetingVerb
    which: str = ""
    when: str = ""
    time: str = ""
    focus: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakeActions:
    """Actions that lost their meeting when it was cancelled become due at another."""

    meeting_id: int


@dataclass(frozen=True, slots=True)
class Publish:
    """Publish a board's digest to its channel. `shown`: which digest, as its button says; "" for the latest sent."""

    board_id: int
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that are no command: what was typed, the nearest command, and one sentence that says what to do.

    `meant`: what they may be a mistyping of, to be recorded on a press.
    """

    typed: str
    nearest: str = ""
    say: str = ""
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Pleasantry:
    """Thanks, ok, will do, an emoji: a tick at most, never an update, never an error."""


Command = (
    ShowStatus
    | ShowMine
    | ShowOverdue
    | ShowDue
    | ShowChanges
    | ShowLeaderless
    | ShowOwing
    | Find
    | AskAbout
    | WhatFits
    | ShowMeetings
    | ShowDigest
    | Help
    | GiveUpdate
    | NoChange
    | Verbal
    | ToFollow
    | ProposeClosure
    | NotOurs
    | SnoozeAction
    | RecordOutcome
    | Move
    | Undo
    | OutcomesRecorded
    | ChangeMeeting
    | TakeActions
    | Publish
    | AddForm
    | AddLines
    | PeopleCommand
    | ShowBoard
    | ChangeBoard
    | Reminders
    | ShowOrganisations
    | RenameOrganisation
    | CloseOrganisation
    | ExportPlan
    | Unclear
    | Pleasantry
)
AnswerCommand = GiveUpdate | NoChange | Verbal | ToFollow | ProposeClosure | NotOurs


@dataclass(frozen=True, slots=True)
class Recorded:
    """Plain words that are plain enough to store at once: one command an action named."""

    commands: tuple[AnswerCommand, ...]


@dataclass(frozen=True, slots=True)
class ShowBack:
    """Plain words to be shown back with *Record for REF* / *Not an update*; nothing is stored until a press.

    `refs`: the actions they may be about, most likely first, at most five (empty: no action is owed or named).
    `status`: the status word found, if any. `words`: what was typed, without the ref, to be recorded on a press.
    `reading`: a near miss understood as something, e.g. "helthy 5" as "healthy-5"; "" where nothing was corrected.
    `no_day`: why the day something is to follow by is none: "September has 30 days."; "" where none was given.
    """

    refs: tuple[str, ...]
    words: str
    status: Status | None = None
    reading: str = ""
    no_day: str = ""


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


Reading = Recorded | ReadAs | ShowBack | Pleasantry | AutomaticReply
