"""What can be asked about measures, and given, as frozen command objects. Names and figures stay as typed."""

from handlers.commands import Command


class ShowMeasures(Command):
    """`measures [priority, theme or measure]`: the figures, and what they come to."""

    target: str = ""


class GiveFigure(Command):
    """`measure REF PERIOD FIGURE`: a figure for a period; without one, the measure is shown."""

    ref: str
    words: str


class ShowScorecard(Command):
    """`scorecard [QUARTER]`: how every measure stands for a quarter."""

    period: str = ""


class RedactNote(Command):
    """`measure redact REF [PERIOD] because …`: the notes of its figures are emptied wherever the bot wrote them."""

    ref: str
    period: str = ""
    reason: str = ""
