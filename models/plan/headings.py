"""Reads of a plan's themes and priorities."""

from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Integer, literal_column, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from models.storage.bulk import plain_rows
from models.storage.scope import is_seen, seen_in
from models.storage.tables import Priority, Theme


class ThemeFacts(NamedTuple):
    """One theme, as it is read."""

    id: int
    key: str
    name: str
    aliases: list[str]


class PriorityFacts(NamedTuple):
    """One priority, as it is read."""

    id: int
    number: int
    title: str
    theme_id: int | None
    aliases: list[str]


class Headings(NamedTuple):
    """What the actions of a plan stand under: its themes in order, its priorities by number."""

    themes: list[ThemeFacts]
    priorities: list[PriorityFacts]


_HEADINGS = union_all(
    select(literal_column("0"), Theme.position, Theme.id, Theme.key, Theme.name, Theme.aliases,
           type_coerce(null(), Integer))
    .where(is_seen(Theme)),
    select(literal_column("1"), Priority.number, Priority.id, literal_column("''"), Priority.title, Priority.aliases,
           Priority.theme_id)
    .where(is_seen(Priority)),
)  # fmt: skip


def headings_of(session: Session, workspace_id: str) -> Headings:
    """Return the plan's themes and priorities: in one statement."""
    found = Headings([], [])
    rows = plain_rows(session, _HEADINGS, seen_in(session, workspace_id))
    for sort, place, number, key, name, aliases, theme_id in sorted(rows, key=itemgetter(0, 1)):
        if sort == 0:
            found.themes.append(ThemeFacts(number, key, name, aliases))
        else:
            found.priorities.append(PriorityFacts(number, place, name, theme_id, aliases))
    return found
