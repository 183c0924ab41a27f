"""The rows of a digest: the worst few of each section, and a way to the rest for each reader.

Source: docs/explanation/boards-and-dates.md, Lists of actions.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.list_rows import rows_group
from handlers.press_codec import ask_button
from handlers.responses import ActionLine, Button, Group

OVERDUE = "Overdue"
SINCE_LAST = "Changed since the last digest"
NO_UPDATE = "No update received"
WITHOUT_LEAD = "No lead"
WITHOUT_DUE = "No due meeting"
AWAITING = "Awaiting the board"
SECRETARY_ROWS, CHANNEL_ROWS = 25, 10
"""Actions shown as rows in a whole digest: to the secretary, and to a channel."""
_MOST_REFS = 12


@dataclass(frozen=True, slots=True)
class DigestSection:
    """A heading of a digest with the refs of its actions, and as many rows as it has room for, worst first."""

    heading: str
    refs: Sequence[str]
    rows: Sequence[ActionLine] = ()


def rows_of_each(many: Iterable[tuple[str, int]], room: int) -> Iterator[int]:
    """Yield how many rows each section gets: of what is overdue the worst, of the others all or none."""
    for heading, count in many:
        fits = min(count, room) if heading == OVERDUE or count <= room else 0
        room -= fits
        yield fits


def digest_groups(sections: Iterable[DigestSection], board: str, *, public: bool) -> Iterator[Group]:
    """Yield the sections as groups, those left out that have no action; `board`: its key."""
    for one in sections:
        many, shown = len(one.refs), len(one.rows)
        if not many and one.heading != OVERDUE:
            continue
        counted = one.heading != OVERDUE or shown < many
        left = f"The {shown} that missed the most meetings, of {many}." if shown else _named(one.refs)
        group = rows_group(
            f"{one.heading} ({many})" if counted else one.heading,
            one.rows,
            *((left,) if shown < many else ()),
            empty="" if many else "Nothing overdue.",
        )
        yield Group(group.heading, group.texts, group.lines, group.empty, (*group.buttons, *_rest(one, board, public)))


def _named(refs: Sequence[str]) -> str:
    more = f" and {len(refs) - _MOST_REFS} more" if len(refs) > _MOST_REFS else ""
    return f"{', '.join(refs[:_MOST_REFS])}{more}."


def _rest(one: DigestSection, board: str, public: bool) -> Iterator[Button]:
    """Yield the way to what is not shown: each reader asks for themselves, and may see what they may see."""
    if len(one.rows) >= len(one.refs):
        return
    if one.heading == OVERDUE:
        yield ask_button(f"All {len(one.refs)} overdue", f"overdue {board}")
    elif one.heading == NO_UPDATE and not public:
        yield ask_button("Who has not answered", f"owing {board}")
    elif one.heading == WITHOUT_LEAD:
        yield ask_button("Which have no lead", "which actions have no lead")


def channel_sections(kept: Iterable[dict[str, Any]], rows: Iterable[Sequence[ActionLine]]) -> list[DigestSection]:
    """Return the sections of a digest that was kept, with their rows as they are shown in a channel."""
    some = [(one, list(lines)) for one, lines in zip(kept, rows, strict=True)]
    fits = rows_of_each([(one["heading"], len(one["refs"])) for one, _ in some], CHANNEL_ROWS)
    return [
        DigestSection(one["heading"], one["refs"], lines[:fit]) for (one, lines), fit in zip(some, fits, strict=True)
    ]
