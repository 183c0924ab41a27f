"""The actions, posts and names of a log, before they are stored.

Source: docs/explanation/action-logs.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.enums import Kind, Status


@dataclass(frozen=True, slots=True)
class LogAction:
    """One action as a log has it; "" and None where it says nothing.

    `updated`: the day of its update, where that is said.

    `meeting`: the board's meeting it is due at; `day`: the date, where it is due on none of them. `printed`: every word
    of its row that is no field. `place`: where in the file it stands.
    """

    ref: str
    words: str
    kind: Kind
    place: str = ""
    number: int | None = None
    priorities: tuple[int, ...] = ()
    lead: str = ""
    supporting: tuple[str, ...] = ()
    meeting: date | None = None
    day: date | None = None
    first_meeting: date | None = None
    given: date | None = None
    status: Status = Status.NOT_STARTED
    update: str = ""
    evidence: str = ""
    source: str = ""
    printed: str = ""
    updated: date | None = None


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post that a log names and the plan has not: its title, the key of its organisation, what the log calls it."""

    title: str
    organisation: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogNames:
    """What a log calls posts: another name for a post of the plan (by the post's key), and posts that are new."""

    aliases: Mapping[str, tuple[str, ...]]
    posts: tuple[NewPost, ...] = ()
