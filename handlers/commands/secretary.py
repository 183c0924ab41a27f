"""What a secretary, or whoever runs the plan, can ask for, as frozen command objects; the others are in `commands`."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class AddForm:
    """`add` alone: the form."""


@dataclass(frozen=True, slots=True)
class AddLines:
    """`add …`: one action in a line, or several on lines of their own, as typed."""

    text: str


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


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """`export [xlsx|csv|yaml]`: the plan and its action log as a file."""

    suffix: str = ".xlsx"
