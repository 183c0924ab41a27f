"""Write entries, each with its link in its action's chain. Entries are written nowhere else.

A chain shows that an entry was changed, put in or removed after it was written (`models.records.audit`, `cypp
audit`). Its first link holds what the action was loaded with. An entry's words are in it as a salted digest: a
redaction empties the words and drops the salt, adds a link that says so, and the chain still checks.

A writer is alone in its workspace (`models.storage.postgresql`), so that no chain forks; UNIQUE(action, number)
would refuse a fork all the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models.enums import LinkSort
from models.records.chain_form import (
    BEGINNINGS,
    WORDS_COLUMN,
    MerkleTree,
    digest_of,
    format_head,
    hash_of,
    link_content,
    new_salt,
)
from models.records.named_mentions import name_mentions
from models.storage.bulk import QUIETLY
from models.storage.history_tables import Link, Outcome, Replan, Update
from models.storage.scope import EVERY_PLAN, in_plan
from models.storage.tables import Action, Workspace

HistoryRow = Update | Outcome | Replan
_LinkValues = dict[str, Any]


def add_actions(session: Session, actions: Sequence[Action]) -> None:
    """Add new actions, each with the first link of its chain: what it is loaded with."""
    links = []
    for action in actions:
        action.links, action.head, action.first_lead_post_id = 0, "", action.lead_post_id or 0
        links.append(_begin(action))
    session.add_all(actions)
    session.flush()
    for workspace_id, many in Counter(action.workspace_id for action in actions).items():
        counted = update(Workspace).where(Workspace.id == workspace_id).values(actions=Workspace.actions + many)
        session.execute(counted.execution_options(synchronize_session=False))
    _store(session, [{**link, "action_id": action.id} for action, link in zip(actions, links, strict=True)])


def add_entries(session: Session, entries: Sequence[tuple[Action, HistoryRow]]) -> None:
    """Add entries to the history and to their actions' chains; the actions are flushed later."""
    session.add_all(entry for _, entry in entries)
    # Whoever is mentioned in their words is named there, before these go into the chain.
    session.flush()
    links: list[_LinkValues] = []
    for action, entry in entries:
        links += _begun(action)
        links.append(_link(action, sort_of(entry), entry.at, getattr(entry, WORDS_COLUMN[sort_of(entry)]), entry))
        if isinstance(entry, Update) and entry.withheld:
            links.append(_link(action, LinkSort.WITHHELD, entry.at, entry.withheld, about=action.links))
    _store(session, links)


def withhold_words(session: Session, entry: Update, why: str, at: datetime) -> None:
    """Mark an entry's words as not for publication."""
    entry.withheld = why = name_mentions(session, why, at.date())
    action = session.get_one(Action, entry.action_id)
    _store(session, [*_begun(action), _link(action, LinkSort.WITHHELD, at, why, about=_number(session, entry))])


def redact_words(session: Session, row: HistoryRow | Action, why: str, at: datetime) -> None:
    """Empty the words of an entry, or those an action was loaded with, and drop their salt."""
    why = name_mentions(session, why, at.date())
    if isinstance(row, Action):
        action, row.first_words = row, ""
    else:
        action, row.redaction = session.get_one(Action, row.action_id), why
        setattr(row, WORDS_COLUMN[sort_of(row)], "")
    links, number = _begun(action), _number(session, row)
    mine = update(Link).where(Link.action_id == action.id, Link.number == number)
    session.execute(mine.values(salt=""), execution_options=QUIETLY)
    _store(session, [*links, _link(action, LinkSort.REDACTED, at, why, about=number)])


def sort_of(entry: HistoryRow) -> LinkSort:
    """Return the sort of link an entry has."""
    if isinstance(entry, Update):
        return LinkSort.UPDATE
    if isinstance(entry, Outcome):
        return LinkSort.OUTCOME
    return LinkSort.REPLAN if entry.outcome_id is None else LinkSort.CARRIED


def head_of(session: Session) -> str:
    """Return the printed head of a workspace's whole record, "" where it is empty, in one query."""
    heads = select(Action.head).order_by(Action.id)
    with in_plan(session, EVERY_PLAN):
        return format_head(MerkleTree(session.scalars(heads).all()).root)


def _begun(action: Action) -> list[_LinkValues]:
    return [] if action.links else [_begin(action)]


def _begin(action: Action) -> _LinkValues:
    return _link(action, LinkSort.BEGINS, action.created_at, action.first_words, action)


def _link(
    action: Action,
    sort: LinkSort,
    at: datetime,
    words: str,
    row: HistoryRow | Action | None = None,
    about: int | None = None,
) -> _LinkValues:
    """Return the next link of an action's chain, which becomes the action's head."""
    salt = new_salt()
    digest = digest_of(salt, words)
    entry_id = None if row is None or sort in BEGINNINGS else row.id
    content = link_content(sort, at, digest, row, entry_id, about)
    action.links, action.head = action.links + 1, hash_of(action.head, content)
    return {
        "workspace_id": action.workspace_id,
        "action_id": action.id,
        "number": action.links,
        "sort": sort,
        "entry_id": entry_id,
        "about": about,
        "at": at,
        "salt": salt,
        "digest": digest,
        "content": content,
        "hash": action.head,
    }


def _number(session: Session, row: HistoryRow | Action) -> int | None:
    """Return the number of an entry's link."""
    if isinstance(row, Action):
        return 1
    mine = select(Link.number).where(
        Link.action_id == row.action_id, Link.entry_id == row.id, Link.sort == sort_of(row)
    )
    return session.scalar(mine)


def _store(session: Session, links: Iterable[_LinkValues]) -> None:
    # On the connection: nothing is flushed for it, and no object is made of what nobody reads again.
    if rows := list(links):
        session.connection().execute(insert(Link.__table__), rows)  # type: ignore[arg-type]
