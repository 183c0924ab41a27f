"""What people can ask of the record itself, as frozen command objects: its entries, and what the board decided."""

from dataclasses import dataclass

from handlers.commands import AnswerCommand, RecordOutcome

LATEST = -1
"""The entry people name as "last"."""


@dataclass(frozen=True, slots=True)
class ShowHistory:
    """`history REF`: every entry with its number."""

    ref: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Correct:
    """`correct REF ENTRY STATUS words`: a new entry in the place of one that was wrong."""

    ref: str
    entry: int
    answer: AnswerCommand


@dataclass(frozen=True, slots=True)
class Withhold:
    """`withhold REF ENTRY because …`: an entry's words are not for publication."""

    ref: str
    entry: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Redact:
    """`redact REF ENTRY reason`: an entry's words are emptied everywhere."""

    ref: str
    entry: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reopen:
    """`reopen REF because …`: a closed action is open again, as it was last rated."""

    ref: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecordOutcomes:
    """What the board decided on several actions at once: all of them or none."""

    outcomes: tuple[RecordOutcome, ...]


RecordCommand = ShowHistory | Correct | Withhold | Redact | Reopen | RecordOutcomes
