"""What can be asked of the record itself: an action's entries, as frozen command objects."""

from handlers.commands import Command
from handlers.commands.answers import AnswerCommand

LATEST = -1
"""The entry people name as "last"."""


class ShowHistory(Command):
    """`history REF`: every entry with its number."""

    ref: str
    page: int = 0


class UndoLast(Command):
    """`undo [REF]`: what the asker recorded last, on some actions where they are named."""

    refs: tuple[str, ...] = ()


class Correct(Command):
    """`correct REF ENTRY STATUS words`: a new entry in the place of one that was wrong."""

    ref: str
    entry: int
    answer: AnswerCommand


class Withhold(Command):
    """`withhold REF ENTRY because …`: an entry's words are not for publication."""

    ref: str
    entry: int
    reason: str = ""


class Redact(Command):
    """`redact REF ENTRY reason`: an entry's words are emptied everywhere."""

    ref: str
    entry: int
    reason: str = ""
