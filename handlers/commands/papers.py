"""What can be asked about a board's paper, as frozen command objects. A meeting stays as typed, "" is the next."""

from handlers.commands import Command


class MakePapers(Command):
    """`papers [MEETING]`: the paper as a Word file."""

    meeting: str = ""


PaperCommand = MakePapers
