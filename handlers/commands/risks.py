"""What can be asked about risks, and said of them, as frozen command objects. Names and words stay as typed."""

from handlers.commands import Command


class ShowRisks(Command):
    """`risks [priority, theme or risk]`: how the risks are scored."""

    target: str = ""


class RedactRisk(Command):
    """`risk redact REF because …`: the reason of its last assessment is emptied."""

    ref: str
    reason: str = ""


class AssessRisk(Command):
    """`risk REF 4 x 5 because …`: a score for a risk. `printed`: what is given as their product, None for nothing."""

    ref: str
    likelihood: int
    impact: int
    printed: int | None = None
    reason: str = ""
    typed: str = ""
