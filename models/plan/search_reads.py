"""What an action can be found by, read in a few queries however many actions there are."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.enums import ANSWERS, Status
from models.records.action_state import counting_entries
from models.storage.base import core_table
from models.storage.bulk import is_among, numbers_given
from models.storage.history_tables import Update
from models.storage.tables import Action, ActionPriority, ActionSupport, Organisation, Post, Priority, Theme


@dataclass(frozen=True, slots=True)
class Findable:
    """One action: its id, place in the plan and status, and its texts, those that count most first."""

    id: int
    position: int
    status: Status
    ref: str
    words: str
    lead: str
    around: str
    """Its priorities and theme with their other names, and the organisations that support it."""
    last: str
    """Its last words, where they may be published."""
    held: str = ""
    """Its last words where they are not for publication: found by those alone who may see them."""
    lead_post_id: int | None = None
    board_id: int | None = None
    whole: int = 0
    """The action for all partners that it is a part of: that is what is found, and listed once."""


def findables(session: Session) -> list[Findable]:
    """Return every action with the text it can be found by, in the order of the plan."""
    organisations = {
        row.id: _joined(row.name, row.aliases)
        for row in session.execute(select(Organisation.id, Organisation.name, Organisation.aliases))
    }
    leads = {
        row.id: f"{row.title} {organisations.get(row.organisation_id, '')}"
        for row in session.execute(select(Post.id, Post.title, Post.organisation_id))
    }
    themes = {
        row.id: _joined(row.name, row.aliases) for row in session.execute(select(Theme.id, Theme.name, Theme.aliases))
    }
    priorities = {
        row.id: f"{_joined(row.title, row.aliases)} {themes.get(row.theme_id or 0, '')}"
        for row in session.execute(select(Priority.id, Priority.title, Priority.aliases, Priority.theme_id))
    }
    around: dict[int, list[str]] = defaultdict(list)
    ours = select(Action.id)
    for action_id, priority_id in session.execute(
        select(ActionPriority.action_id, ActionPriority.priority_id).where(ActionPriority.action_id.in_(ours))
    ):
        around[action_id].append(priorities.get(priority_id, ""))
    for action_id, organisation_id in session.execute(
        select(ActionSupport.action_id, ActionSupport.organisation_id).where(ActionSupport.action_id.in_(ours))
    ):
        around[action_id].append(organisations.get(organisation_id, ""))
    last = last_words(session)
    rows = session.execute(
        select(
            Action.id,
            Action.position,
            Action.status,
            Action.ref,
            Action.words,
            Action.lead_post_id,
            Action.board_id,
            Action.theme_id,
            Action.first_words,
            Action.parent_id,
            Action.partner_id,
        ).order_by(Action.position, Action.id)
    ).all()
    status = {row.id: row.status for row in rows}
    return [
        Findable(
            row.id,
            row.position,
            # A search lists the whole for its parts, so a status asked for is the whole's.
            status.get(row.parent_id or 0, row.status),
            row.ref,
            row.words,
            leads.get(row.lead_post_id or 0, ""),
            " ".join((*around[row.id], themes.get(row.theme_id or 0, ""), organisations.get(row.partner_id or 0, ""))),
            last=last.get(row.id, (row.first_words, ""))[0],
            held=last.get(row.id, ("", ""))[1],
            lead_post_id=row.lead_post_id,
            board_id=row.board_id,
            whole=row.parent_id or 0,
        )
        for row in rows
    ]


_said, _later = (core_table(Update).alias().c for _ in range(2))
_AFTER = exists().where(_later.action_id == _said.action_id, _later.id > _said.id)
_LATEST = (
    select(_said.id)
    .where(
        _said.action_id == Action.id,
        _said.words != "",
        _said.kind.in_(ANSWERS),
        ~_AFTER.where(_later.undoes_id == _said.id),
    )
    .order_by(_said.id.desc())
    .limit(1)
    .scalar_subquery()
)
"""The last entry in words of one action: found from the end of its history, by the index."""


def last_words(session: Session) -> dict[int, tuple[str, str]]:
    """Return the last words that count, by action: publishable ones, and held ones; one of the two is ""."""
    corrects = exists().where(
        _later.action_id == Update.action_id, _later.id >= Update.id, _later.corrects_id.is_not(None)
    )
    rows = session.execute(
        select(Update.action_id, Update.words, Update.withheld, corrects.label("corrected")).where(
            Update.id.in_(select(_LATEST).select_from(Action))
        )
    ).all()
    found = {row.action_id: ("", row.words) if row.withheld else (row.words, "") for row in rows}
    # A correction is written last and stands where what it corrects stood; few actions have any.
    corrected = [row.action_id for row in rows if row.corrected]
    entries: dict[int, list[Update]] = defaultdict(list)
    chosen = is_among(Update.action_id, "chosen", session.get_bind().dialect.name)
    if corrected:
        given = numbers_given(session, "chosen", corrected)
        for entry in session.scalars(select(Update).where(chosen).order_by(Update.id), given):
            entries[entry.action_id].append(entry)
    for action_id, mine in entries.items():
        found.pop(action_id, None)
        for entry in counting_entries(mine):
            if entry.kind in ANSWERS and entry.words:
                found[action_id] = ("", entry.words) if entry.withheld else (entry.words, "")
    return found


def _joined(name: str, aliases: list[Any]) -> str:
    return " ".join((name, *map(str, aliases)))
