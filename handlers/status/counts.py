"""One way of counting: how many actions there are, how they stand, and how many are overdue. Pure.

Home, `status`, the picture and the digest say their numbers by it.

Source: docs/explanation/boards-and-dates.md, Counting.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from models.enums import WORST_FIRST, Status
from models.plan.listed_actions import ListedAction
from models.plan.queries import ActionView
from models.rules.owed import is_awaiting


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of some actions, each counted once; `statuses` worst first."""

    actions: int
    statuses: tuple[tuple[Status, int], ...]
    overdue: int
    awaiting: int

    @property
    def stand(self) -> str:
        """How many stand where: "1 off track, 2 some issues, 5 on track"."""
        return ", ".join(f"{count} {status.value}" for status, count in self.statuses)


def tally(views: Iterable[ListedAction | ActionView], overdue: Collection[int]) -> Tally:
    """Count actions; `overdue`: the ids of those that are, which may hold others too."""
    once = {view.facts.id: view for view in views}
    counted = Counter(view.facts.status for view in once.values())
    return Tally(
        len(once),
        tuple((status, counted[status]) for status in WORST_FIRST if counted[status]),
        sum(number in overdue for number in once),
        sum(is_awaiting(view.facts) for view in once.values()),
    )


def overdue_ids(late: Iterable[ListedAction]) -> frozenset[int]:
    """Return the ids of overdue actions."""
    return frozenset(view.facts.id for view in late)
