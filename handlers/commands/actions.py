"""What can be done with actions: added, moved, exported, as frozen command objects."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddForm:
    """`add` alone: the form."""


@dataclass(frozen=True, slots=True)
class AddLines:
    """`add …`: one action in a line, or several on lines of their own, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """`move REF to MEETING because …`."""

    ref: str
    meeting: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """`export [xlsx|csv|yaml]`: the plan and its action log as a file."""

    suffix: str = ".xlsx"
