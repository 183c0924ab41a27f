"""The rows that `check` shows, each with its step of the guide (bot/install/guide.md) and a mark."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple


class Mark(Enum):
    """The state of a thing."""

    DONE = "✓"
    WRONG = "✗"
    NOT_YET = "○"
    NOTE = "·"


class GuideStep(Enum):
    """The steps of the guide that leave something to look at, as they are headed there.

    The second and third are one thing to see: tokens that Slack takes, with every scope of the manifest.
    """

    PROGRAM = 1, "1", "Get the program"
    APP = 2, "2–3", "Make the app in Slack"
    PLAN = 5, "5", "Load the plan"
    ADMINISTRATOR = 6, "6", "Name yourself administrator"
    PEOPLE = 7, "7", "Link people"
    CHANNELS = 8, "8", "Channels"
    RUNNING = 9, "9", "Run it and ask"
    START = 10, "10", "Begin on trial, then for good"

    @property
    def number(self) -> str:
        """Its number as people read it."""
        return self.value[1]

    @property
    def title(self) -> str:
        """Its heading in the guide."""
        return self.value[2]


class CheckRow(NamedTuple):
    """One line: its mark, its step, what it is, and its state in words or what to do."""

    mark: Mark
    step: GuideStep
    what: str
    how: str


def with_what_is_not_begun(rows: Sequence[CheckRow]) -> Iterator[CheckRow]:
    """Yield the rows, and one for each step of which there is nothing to see yet."""
    yield from rows
    for step in GuideStep:
        if not any(row.step is step for row in rows):
            yield CheckRow(Mark.NOT_YET, step, step.title, "not yet")


def step_left(rows: Sequence[CheckRow]) -> GuideStep | None:
    """Return the first step that is not done, or no longer in order."""
    return next((step for step in GuideStep if any(row.step is step and _is_left(row) for row in rows)), None)


def _is_left(row: CheckRow) -> bool:
    return row.mark in (Mark.NOT_YET, Mark.WRONG)
