"""Organisations that are called something else from a day on: history keeps what was written.

A name to come is kept in `Organisation.renames` and becomes the name on its day; the old one stays as an alias, so that
it is still understood. Signatures in the history are text and stay as they were.

Source: docs/decisions/0020-renames-keep-history.md.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.storage.tables import Organisation


def names_of(row: Organisation) -> tuple[str, ...]:
    """Return every name of an organisation, today's and those to come."""
    return (row.name, row.key, *row.aliases, *(name for _, name in row.renames))


def renamed(row: Organisation, name: str) -> dict[str, Any]:
    """Return an organisation's columns under a new name: the old one becomes an alias, the new one is none."""
    aliases = [alias for alias in (*row.aliases, row.name) if alias.casefold() != name.casefold()]
    return {"name": name, "aliases": list(dict.fromkeys(aliases))}


def names_to_come(session: Session) -> list[date]:
    """Return the days on which organisations get another name."""
    return [date.fromisoformat(day) for row in _to_be_renamed(session) for day, _ in row.renames]


_RENAMED = select(Organisation).where(Organisation.renames != [])


def _to_be_renamed(session: Session) -> Sequence[Organisation]:
    return session.scalars(_RENAMED).all()


def apply_renames(session: Session, today: date) -> list[int]:
    """Give every organisation the name whose day has come, in order; return the ids of those renamed."""
    done = []
    for row in _to_be_renamed(session):
        come = sorted(one for one in row.renames if one[0] <= today.isoformat())
        if not come:
            continue
        for _, name in come:
            for column, value in renamed(row, name).items():
                setattr(row, column, value)
        row.renames = [one for one in row.renames if one[0] > today.isoformat()]
        done.append(row.id)
    if done:
        session.flush()
    return done
