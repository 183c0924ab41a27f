"""What can be done with actions: added, moved, exported, as frozen command objects."""

from handlers.commands import Command


class AddForm(Command):
    """`add` alone: the form."""


class AddLines(Command):
    """`add …`: one action in a line, or several on lines of their own, as typed."""

    text: str


class Move(Command):
    """`move REF to MEETING because …`."""

    ref: str
    meeting: str
    reason: str = ""


class ExportPlan(Command):
    """`export [xlsx|csv|yaml]`: the plan and its action log as a file."""

    suffix: str = ".xlsx"
