"""What a board decided, as frozen command objects."""

from enum import StrEnum

from handlers.commands import Command
from models.enums import OutcomeKind


class RecordOutcome(Command):
    """`outcome REF …` / `close REF …`. Meetings are as typed; "" is the latest held meeting of the home board."""

    ref: str
    kind: OutcomeKind | None
    meeting: str = ""
    to_meeting: str = ""
    minute: str = ""
    reason: str = ""


class RecordOutcomes(Command):
    """What the board decided on several actions at once: all of them or none."""

    outcomes: tuple[RecordOutcome, ...]


class OfThoseLeft(StrEnum):
    """What becomes of actions without an outcome when a meeting is settled."""

    ASK = ""
    CARRY = "carry them forward"
    LEAVE = "they are overdue"


class SettleMeeting(Command):
    """`outcomes recorded [BOARD]`; `then`: what becomes of the actions without one."""

    board: str = ""
    then: OfThoseLeft = OfThoseLeft.ASK


class Reopen(Command):
    """`reopen REF because …`: a closed action is open again, as it was last rated."""

    ref: str
    reason: str = ""
