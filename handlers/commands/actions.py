"""What can be done with actions: added, moved, exported, as frozen command objects."""

from dataclasses import dataclass

from handlers.commands import Command


@dataclass(frozen=True)
class AddForm(Command):
    """`add` alone: the form."""


@dataclass(frozen=True)
class AddLines(Command):
    """`add …`: one action in a line, or several on lines of their own, as typed."""

    text: str


@dataclass(frozen=True)
class Move(Command):
    """`move REF to MEETING because …`."""

    ref: str
    meeting: str
    reason: str = ""


@dataclass(frozen=True)
class ExportPlan(Command):
    """`export [xlsx|csv|yaml]`: the plan and its action log as a file."""

    suffix: str = ".xlsx"
