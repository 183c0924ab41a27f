"""Look through a log for words that may identify a child, before any of it is stored: the same rules as for a message.

Source: docs/explanation/data-protection.md, Asked about.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.logs.draft import LogDraft
from handlers.safeguarding.detection import doubts, refused
from handlers.safeguarding.sign_lexicon import Phrases

_MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ChildInLog:
    """A row that may identify a child, and why. `refused`: by a number that stands for one person."""

    place: str
    why: str
    refused: bool = False

    def __str__(self) -> str:
        return f"{self.place[:1].upper()}{self.place[1:]}: {self.why}"


def children_in_log(draft: LogDraft, known: Phrases) -> Iterator[ChildInLog]:
    """Yield what in a log is refused or asked about, in its order. `known`: names that say nothing about a child."""
    for row in draft.rows:
        action = row.action
        for words in filter(None, (action.words, action.update, action.printed, action.source)):
            if what := refused(words):
                yield ChildInLog(action.place, what, refused=True)
            for doubt in doubts(words, known):
                yield ChildInLog(action.place, f"“{doubt.found}” ({doubt.why})")


def shown_children(found: list[ChildInLog]) -> tuple[str, ...]:
    """Return the first of some rows in words, and how many more there are."""
    left = len(found) - _MOST_SHOWN
    return (*map(str, found[:_MOST_SHOWN]), *((f"… and {left} more.",) if left > 0 else ()))
