"""What the step of a "new lead" says: which post an action came to or went from, and by what.

A step is written when somebody is to be told and read again when the message is made: "new 12 345" means that entry 345
gave the action to post 12; "former" is the other side. "holds 12 7": appointment 7 gave post 12 to somebody.
"""

from dataclasses import dataclass
from enum import StrEnum


class Turn(StrEnum):
    """What happened, as the person who is told sees it."""

    NEW = "new"
    FORMER = "former"
    HOLDS = "holds"
    HELD = "held"


OPPOSITE = {Turn.NEW: Turn.FORMER, Turn.FORMER: Turn.NEW, Turn.HOLDS: Turn.HELD, Turn.HELD: Turn.HOLDS}


@dataclass(frozen=True, slots=True)
class Told:
    """One side of a change: `number` is the history entry's or the appointment's."""

    turn: Turn
    post_id: int
    number: int = 0

    @property
    def step(self) -> str:
        """As it stands in the ledger."""
        return f"{self.turn.value} {self.post_id} {self.number}"

    @property
    def moved_away(self) -> bool:
        """Whether this is the side that answers no more."""
        return self.turn in (Turn.FORMER, Turn.HELD)

    @property
    def by_action(self) -> bool:
        """Whether the action changed its lead, and not the post its holder."""
        return self.turn in (Turn.NEW, Turn.FORMER)


def told_of(step: str) -> Told:
    """A step out of the ledger in; what it says out."""
    turn, post_id, number = step.split(" ")
    return Told(Turn(turn), int(post_id), int(number))
