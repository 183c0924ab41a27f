"""What can be asked about the returns of partners on a focus theme, as frozen command objects. Names stay as typed."""

from handlers.commands import Command


class Contribute(Command):
    """`contribute [ORGANISATION] [for MEETING]: words`: a return, or more of one."""

    words: str
    whose: str = ""
    meeting: str = ""


class ShowWanted(Command):
    """`contribute [ORGANISATION] [for MEETING]`: what is wanted of somebody."""

    whose: str = ""
    meeting: str = ""


class ShowContributions(Command):
    """`contributions [ORGANISATION] [for MEETING]`: who has given a return and who has not; one as it was given."""

    whose: str = ""
    meeting: str = ""


class RedactContribution(Command):
    """`contribution redact ORGANISATION [for MEETING] because …`: its words are emptied wherever the bot wrote them."""

    whose: str
    reason: str = ""
    meeting: str = ""


class ShowFocus(Command):
    """`focus`: which theme which meeting takes, and which themes none takes yet."""


class SetFocus(Command):
    """`focus MEETING THEME`: which theme a coming meeting takes; `theme` "" for none."""

    meeting: str
    theme: str = ""
