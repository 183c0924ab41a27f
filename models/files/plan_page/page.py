"""What stands on the page: themes as columns, or priorities in rows where there are none; each with its counts. Pure.

Source: docs/explanation/plan-on-a-page.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.enums import Status

MOST_SQUARES = 12
"""Squares of a bar."""
BAR_COLOURS = {
    Status.NOT_STARTED: "b1b4b6",
    Status.ON_TRACK: "00703c",
    Status.SOME_ISSUES: "f47738",
    Status.OFF_TRACK: "d4351c",
    Status.PROPOSED: "4c2c92",
    Status.COMPLETE: "1d70b8",
    Status.CLOSED_NOT_DONE: "505a5f",
}
"""Of squares on white paper; the words always stand beside them."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """A priority, or what serves a whole theme: how many actions stand where, worst first; how its measures stand."""

    title: str
    counts: tuple[tuple[Status, int], ...] = ()
    overdue: int = 0
    nothing: str = "no actions yet"
    """What is said where it has none of its own."""
    measures: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """How many actions there are and how they stand: "9 actions, 2 overdue: 1 off track, 8 on track"."""
        total = sum(count for _, count in self.counts)
        if not total:
            return self.nothing
        over = f", {self.overdue} overdue" if self.overdue else ""
        stand = ", ".join(f"{count} {status}" for status, count in self.counts)
        return f"{total} {'action' if total == 1 else 'actions'}{over}: {stand}"

    @property
    def blocks(self) -> tuple[tuple[Status, int], ...]:
        """Its bar: how many squares each status has."""
        return blocks_of(self.counts)


@dataclass(frozen=True, slots=True)
class PageColumn:
    """A theme; `title` is "" for priorities that are under none."""

    title: str
    parts: tuple[PagePart, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The whole page. `years`: "2020–2025"; `counted`: how all actions stand; `as_at`: the day it is of."""

    name: str
    years: str
    counted: str
    as_at: str
    columns: tuple[PageColumn, ...]

    @property
    def has_themes(self) -> bool:
        """Whether themes are columns."""
        return any(column.title for column in self.columns)


def blocks_of(counts: Sequence[tuple[Status, int]], most: int = MOST_SQUARES) -> tuple[tuple[Status, int], ...]:
    """Return a bar's squares by status: in proportion, each status at least one, together no more than `most`."""
    total = sum(count for _, count in counts)
    if total <= most:
        return tuple(counts)
    shares = {status: max(1, count * most // total) for status, count in counts}
    left = most - sum(shares.values())
    by_rest = sorted(counts, key=lambda one: -(one[1] * most % total))
    for status, _ in by_rest[: max(0, left)]:
        shares[status] += 1
    while sum(shares.values()) > most:
        largest = max(shares, key=lambda status: shares[status])
        shares[largest] -= 1
    return tuple(shares.items())
