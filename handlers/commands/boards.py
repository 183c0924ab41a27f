"""What can be done with boards, their meetings and the organisations, as frozen command objects."""

from enum import StrEnum

from handlers.commands import Command


class MeetingVerb(StrEnum):
    """What can be done to a board's meetings."""

    ADD = "add"
    MOVE = "move"
    CANCEL = "cancel"
    CONFIRM = "confirm"


class ChangeMeeting(Command):
    """`meeting add|move|cancel|confirm …`. `which` and `when` are as typed; `time` is "14:00" or ""."""

    verb: MeetingVerb
    which: str = ""
    when: str = ""
    time: str = ""
    focus: str = ""
    reason: str = ""


class ShowBoard(Command):
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
    NATION = "nation"
    CHANNEL = "channel"
    SECRETARY = "secretary"
    CHAIR = "chair"


class ChangeBoard(Command):
    """`board BOARD SETTING VALUE`. `value` is as typed; `until` the chair's last day; `reason` why it is closed."""

    setting: Setting
    value: str
    board: str = ""
    until: str = ""
    reason: str = ""


class Reminders(Command):
    """`start reminders [BOARD] [from DAY]`, `stop reminders BOARD`."""

    start: bool
    board: str = ""
    day: str = ""


class ShowOrganisations(Command):
    """`orgs`, `org NAME`: what the organisations are called, and when they are closed."""

    name: str = ""


class RenameOrganisation(Command):
    """`org X becomes Y [from DAY]`."""

    name: str
    becomes: str
    day: str = ""


class SetContributors(Command):
    """`org X contributor POST, POST`: who contributes to a focus theme; `posts` "" for nobody by name."""

    name: str
    posts: str = ""


class EndOrganisation(Command):
    """`org X ends DAY`: its last day; `day` "" where it does not end."""

    name: str
    day: str = ""


class CloseOrganisation(Command):
    """`org X closed DAYS because …`, `org X open DAYS`. `days` are as typed."""

    name: str
    closed: bool
    days: str
    reason: str = ""
