"""What was read of a plan, remembered until something in it changes: a question asked again reads one row.

Each workspace has a mark (`plan_mark`), and another one after every change: triggers in the database set it within the
transaction of the change, so no write can forget to, whichever program makes it. (TRUNCATE alone goes past triggers of
rows: whoever empties a table of a running PostgreSQL with it starts the program anew.) A transaction that reads looks
at the mark first and sees one moment throughout: what it reads belongs to that mark, and what was remembered under the
same mark is what it would read. Marks are drawn, never counted, so that a restored database cannot come to one that
stood for something else.

Remembered are facts, never an answer: who asks and when is decided anew each time. Only what is read from `WATCHED`
may be, and only what nobody changes: frozen facts, and rows that have left their session.
"""

from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import Column, MetaData, String, Table, bindparam, select
from sqlalchemy.orm import Session

Read = TypeVar("Read")

MOST = 20_000
"""So many facts are remembered (an action with what is said about it is one), then all forgotten."""

WATCHED = frozenset(
    {
        "plan",
        "theme",
        "priority",
        "organisation",
        "person",
        "account",
        "post",
        "appointment",
        "board",
        "meeting",
        "action",
        "action_priority",
        "action_update",
        "outcome",
        "replan",
    }
)
"""The tables whose changes change the mark (migration 0007): what is remembered is read from no other."""

MARKS = MetaData()
"""Not among the plan's tables: a mark is about one database, and is neither copied nor compared with another's."""
PLAN_MARK = Table(
    "plan_mark",
    MARKS,
    Column("workspace", String(64), primary_key=True),
    Column("mark", String(36), nullable=False),
)
_MARK = select(PLAN_MARK.c.mark).where(PLAN_MARK.c.workspace == bindparam("workspace"))
_FACTS = "facts"
"""In a reading session's `info`: what is remembered of the moment that it sees."""


class Facts:
    """What is remembered of one workspace under one mark."""

    def __init__(self, workspace_id: str, mark: str) -> None:
        self.workspace_id, self.mark = workspace_id, mark
        self._known: dict[Hashable, Any] = {}
        self.weight = 0
        self._lock = Lock()

    def get(self, key: Hashable, read: Callable[[], Read], weigh: Callable[[Read], int]) -> Read:
        """What is known by this key, else what is read now; None is read again."""
        known = self._known.get(key)
        if known is not None:
            return cast(Read, known)
        found = read()
        weight = max(1, weigh(found))
        if weight <= MOST:
            with self._lock:
                if self.weight + weight > MOST:
                    self._known, self.weight = {}, 0
                if self._known.setdefault(key, found) is found:
                    self.weight += weight
        return found


class Memory:
    """What one process remembers of one database: of the workspace that was asked about last, since it serves one."""

    def __init__(self) -> None:
        self._facts: Facts | None = None

    def attach(self, session: Session, workspace_id: str) -> None:
        """Lets a transaction that only reads, and has not read yet, use what is remembered of the moment it sees."""
        mark = session.connection().execute(_MARK, {"workspace": workspace_id}).scalar()
        if mark is None:
            return
        facts = self._facts
        if facts is None or (facts.workspace_id, facts.mark) != (workspace_id, mark):
            facts = self._facts = Facts(workspace_id, mark)
        session.info[_FACTS] = facts

    def held(self) -> int:
        """How many facts there are in it."""
        return 0 if self._facts is None else self._facts.weight

    def forget(self) -> None:
        """Forgets everything at once: what was emptied in the database does not stay here until the next question."""
        self._facts = None


def remembered(
    session: Session,
    workspace_id: str,
    key: Hashable,
    read: Callable[[], Read],
    weigh: Callable[[Read], int] = lambda found: 1,
) -> Read:
    """What `read` gives of a workspace: from memory where the session may use it and it is known there under `key`.

    `weigh`: for how many facts it counts.
    """
    facts = _facts_of(session, workspace_id)
    return read() if facts is None else facts.get(key, read, weigh)


def remembered_rows(
    session: Session, workspace_id: str, key: Hashable, read: Callable[[], Iterable[Read]]
) -> list[Read]:
    """The same for rows: those that are remembered leave their session, which would expire them where it fails."""
    facts = _facts_of(session, workspace_id)
    if facts is None:
        return list(read())

    def parted() -> tuple[Read, ...]:
        rows = tuple(read())
        for row in rows:
            session.expunge(row)
        return rows

    kept: tuple[Read, ...] = facts.get(key, parted, len)
    return list(kept)


def _facts_of(session: Session, workspace_id: str) -> Facts | None:
    facts: Facts | None = session.info.get(_FACTS)
    return facts if facts is not None and facts.workspace_id == workspace_id else None
