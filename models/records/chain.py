"""Entries are written here and nowhere else, each with its link in the chain of its action.

A chain shows that an entry was changed, put in or taken away after it was written (`models.records.audit`, `cypp
audit`). Its links begin with what the action was loaded with. An entry's words are in it as a salted digest: a
redaction empties the words and drops the salt, adds a link that says so, and the chain still checks.

Whoever writes to a workspace is alone in it (`models.storage.postgresql`), so that no chain forks; UNIQUE(action,
number) would refuse a fork all the same.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models.enums import LinkSort
from models.records.chain_form import BEGINNINGS, WORDS, Tree, content_of, digest_of, hash_of, new_salt, short
from models.storage.history_tables import Link, Outcome, Replan, Update
from models.storage.tables import Action

Entry = Update | Outcome | Replan
Row = dict[str, Any]


def begin(session: Session, actions: Sequence[Action]) -> None:
    """Adds new actions, each with the first link of its chain: what it is loaded with."""
    links = []
    for action in actions:
        action.links, action.head = 0, ""
        links.append(_begin(action))
    session.add_all(actions)
    session.flush()
    _store(session, [{**link, "action_id": action.id} for action, link in zip(actions, links, strict=True)])


def write(session: Session, entries: Sequence[tuple[Action, Entry]]) -> None:
    """Adds entries, each with its action, to the history and to the actions' chains; the actions are flushed later."""
    session.add_all(entry for _, entry in entries)
    session.flush()
    links: list[Row] = []
    for action, entry in entries:
        links += _begun(action)
        links.append(_link(action, sort_of(entry), entry.at, getattr(entry, WORDS[sort_of(entry)]), entry))
        if isinstance(entry, Update) and entry.withheld:
            links.append(_link(action, LinkSort.WITHHELD, entry.at, entry.withheld, about=action.links))
    _store(session, links)


def withhold(session: Session, entry: Update, why: str, at: datetime) -> None:
    """Marks an entry's words as not for publication."""
    entry.withheld = why
    action = session.get_one(Action, entry.action_id)
    _store(session, [*_begun(action), _link(action, LinkSort.WITHHELD, at, why, about=_number(session, entry))])


def redact(session: Session, row: Entry | Action, why: str, at: datetime) -> None:
    """Empties the words of an entry, or those that an action was loaded with, and drops their salt."""
    if isinstance(row, Action):
        action, row.first_words = row, ""
    else:
        action, row.redaction = session.get_one(Action, row.action_id), why
        setattr(row, WORDS[sort_of(row)], "")
    links, number = _begun(action), _number(session, row)
    session.execute(
        update(Link)
        .where(Link.action_id == action.id, Link.number == number)
        .values(salt="")
        .execution_options(synchronize_session=False)
    )
    _store(session, [*links, _link(action, LinkSort.REDACTED, at, why, about=number)])


def sort_of(entry: Entry) -> LinkSort:
    """Which sort of link an entry has."""
    if isinstance(entry, Update):
        return LinkSort.UPDATE
    if isinstance(entry, Outcome):
        return LinkSort.OUTCOME
    return LinkSort.REPLAN if entry.outcome_id is None else LinkSort.CARRIED


def head_of(session: Session, workspace_id: str) -> str:
    """The head of a workspace's whole record as it is printed; "" where there is nothing yet. One query."""
    heads = select(Action.head).where(Action.workspace_id == workspace_id).order_by(Action.id)
    return short(Tree(session.scalars(heads).all()).root)


def _begun(action: Action) -> list[Row]:
    return [] if action.links else [_begin(action)]


def _begin(action: Action) -> Row:
    return _link(action, LinkSort.BEGINS, action.created_at, action.first_words, action)


def _link(
    action: Action,
    sort: LinkSort,
    at: datetime,
    words: str,
    row: Entry | Action | None = None,
    about: int | None = None,
) -> Row:
    """The next link of an action's chain, which is the action's head from now on."""
    salt = new_salt()
    digest = digest_of(salt, words)
    entry_id = None if row is None or sort in BEGINNINGS else row.id
    content = content_of(sort, at, digest, row, entry_id, about)
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


def _number(session: Session, row: Entry | Action) -> int | None:
    """The number of the link that an entry has."""
    if isinstance(row, Action):
        return 1
    mine = select(Link.number).where(
        Link.action_id == row.action_id, Link.entry_id == row.id, Link.sort == sort_of(row)
    )
    return session.scalar(mine)


def _store(session: Session, links: Iterable[Row]) -> None:
    # On the connection: nothing is flushed for it, and no object is made of what nobody reads again.
    if rows := list(links):
        session.connection().execute(insert(Link.__table__), rows)  # type: ignore[arg-type]
