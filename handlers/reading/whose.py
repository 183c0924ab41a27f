"""Which actions a message may be about without naming them, and how sure a reading is.

Source: docs/explanation/what-people-write.md, Which action is meant.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from handlers.reading.plan_names import PlanName


class Sureness(IntEnum):
    """How sure a reading is: not said, said in doubt, likely, plain."""

    NONE = 0
    DOUBTED = 1
    LIKELY = 2
    PLAIN = 3


def _nothing(_names: Sequence[PlanName]) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Whose:
    """Which actions a message may be about without naming them.

    `owed`: what its writer owes an answer on; `topic`: what the thread is about, in the order it was shown; `titles`:
    returns the words of each action they may answer for; `for_others`: they write down what others said;
    `led_by`: returns what some posts or organisations owe an answer on, else all that they lead.
    """

    owed: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    titles: Callable[[], Mapping[str, str]] = dict
    for_others: bool = False
    led_by: Callable[[Sequence[PlanName]], tuple[str, ...]] = _nothing

    @property
    def listed(self) -> tuple[str, ...]:
        """What "all of them" and "the second" count: the thread's actions, else what is owed, else all they lead."""
        return self.topic or self.owed or tuple(self.titles())
