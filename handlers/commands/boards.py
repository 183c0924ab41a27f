"""What can be done with boards, their meetings and the organisations, as frozen command objects."""

from dataclasses import dataclass
from enum import StrEnum


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
class ShowBoard:
    """`board [BOARD]`: a board's settings in plain words."""

    board: str = ""


class Setting(StrEnum):
    """What of a board can be set."""

    PAPERS = "papers"
    UPDATES = "updates"
    ASK = "ask"
    PUBLISH = "publish"
    CLOSED = "closed"
    OPEN = "open"
    CHANNEL = "channel"
    SECRETARY = "secretary"
    CHAIR = "chair"


@dataclass(frozen=True, slots=True)
class ChangeBoard:
    """`board BOARD SETTING VALUE`. `value` is as typed; `until` the chair's last day; `reason` why it is closed."""

    setting: Setting
    value: str
    board: str = ""
    until: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reminders:
    """`start reminders [BOARD] [from DAY]`, `stop reminders BOARD`."""

    start: bool
    board: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Publish:
    """Publish a board's digest to its channel. `shown`: which digest, as its button says; "" for the latest sent."""

    board_id: int
    shown: str = ""


@dataclass(frozen=True, slots=True)
class ShowOrganisations:
    """`orgs`, `org NAME`: what the organisations are called, and when they are closed."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class RenameOrganisation:
    """`org X becomes Y [from DAY]`."""

    name: str
    becomes: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class CloseOrganisation:
    """`org X closed DAYS because …`, `org X open DAYS`. `days` are as typed."""

    name: str
    closed: bool
    days: str
    reason: str = ""
