"""What can be asked about a board's paper, as frozen command objects. A meeting stays as typed, "" is the next."""

from handlers.commands import Command


class MakePapers(Command):
    """`papers [MEETING]`: the paper as a Word file; `since`: the sheet of what has changed since it was frozen."""

    meeting: str = ""
    since: bool = False


class FreezePapers(Command):
    """`freeze papers [MEETING]`: the figures of the paper stand from now on."""

    meeting: str = ""


class ThawPapers(Command):
    """`thaw papers [MEETING]`: they may change again, and are frozen as a revised edition."""

    meeting: str = ""


class ShowBrief(Command):
    """`brief [MEETING]`: what the chair should know before a meeting."""

    meeting: str = ""


class ShowExempt(Command):
    """`exempt [MEETING]`: what a paper holds back as not for publication."""

    meeting: str = ""


class ShowTemplate(Command):
    """`template papers`: the Word file that a paper is made from."""


class UseOurTemplate(Command):
    """`template papers ours [BOARD]`: a board's papers are made from our template again."""

    board: str = ""


PaperCommand = MakePapers | FreezePapers | ThawPapers | ShowBrief | ShowExempt
