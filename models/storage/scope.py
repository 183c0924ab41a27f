"""One rule that scopes a session to its workspace: what is read is of that workspace, what is added goes into it.

A session belongs to one workspace from where its transaction begins (`Database.read`, `Database.write`). From then on

- every ORM statement (entities, their columns, aliases, joins, subqueries, `session.get`, ORM UPDATE and DELETE) reads
  and changes rows of that workspace alone;
- a row that is added without a workspace gets that one, and a row of another is refused.

In a session that names no workspace a statement about a `Scoped` table raises `NotScoped`: it never reads everything.
What crosses workspaces on purpose (a migration, a backup, a copy) says `ALL`, and then names the workspace of each row
that it adds.

Within it a session sees what is of the plan that runs. `in_plan` has it see a plan that has ended instead, or every
one: what checks or searches the whole record.

Statements of SQLAlchemy Core are not reached by the rule: a `select` over `Table` columns, an INSERT of many rows,
whatever goes to `session.connection()`. They name their workspace themselves, from `workspace_of(session)`, and their
plan, from `seen_in(session)`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import BindParameter, Column, ColumnElement, Integer, String, Table, and_, bindparam, event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption
from sqlalchemy.sql import ClauseElement, visitors

from models.storage.base import Base
from models.storage.tables import OfPlan, Scoped

ALL = "*"
"""Every workspace: for what crosses them on purpose."""
RUNNING_PLAN, EVERY_PLAN = 0, -1
"""What a session sees of a workspace, beside the number of a plan that has ended."""
_KEY, _PLAN_KEY = "workspace", "plan"


class NotScoped(RuntimeError):
    """A statement on the rows of workspaces in a session that belongs to none, or a row of another workspace."""


class WorkspaceSession(Session):
    """A session that belongs to one workspace, to all (`ALL`), or to none yet ("")."""


def scope_to(session: Session, workspace_id: str) -> None:
    """Give a session to a workspace, for as long as it lives.

    Raises NotScoped where it belongs to another already.
    """
    before = session.info.setdefault(_KEY, workspace_id) or workspace_id
    if before != workspace_id:
        raise NotScoped(f"this session belongs to {before}, not to {workspace_id}")
    session.info[_KEY] = workspace_id


def workspace_of(session: Session) -> str:
    """Return the one workspace that a session belongs to. Raises NotScoped where it is none or all."""
    workspace = scope_of(session)
    if workspace in ("", ALL):
        raise NotScoped("this session belongs to no one workspace: give it to Database.read or Database.write")
    return workspace


def scope_of(session: Session) -> str:
    """Return the workspace that a session belongs to, `ALL`, or "" where it belongs to none."""
    return str(session.info.get(_KEY, ""))


@contextmanager
def in_plan(session: Session, plan: int) -> Iterator[None]:
    """Have a session see a plan that has ended, by its number, or `EVERY_PLAN`."""
    before = plan_seen(session)
    session.info[_PLAN_KEY] = plan
    try:
        yield
    finally:
        # What was changed is written while it is still seen.
        session.flush()
        session.info[_PLAN_KEY] = before


def plan_seen(session: Session) -> int:
    """Return the plan that a session sees: `RUNNING_PLAN`, the number of one that has ended, or `EVERY_PLAN`."""
    return int(session.info.get(_PLAN_KEY, RUNNING_PLAN))


def is_seen(columns: Any) -> ColumnElement[bool]:
    """Return the condition that a row is of the workspace and the plan of a session, for a statement of Core."""
    return and_(columns.workspace_id == bindparam("workspace"), columns.ended_plan_id == bindparam("seen_plan"))


def seen_in(session: Session, workspace_id: str = "") -> dict[str, Any]:
    """Return the values that `is_seen` asks for."""
    return {"workspace": workspace_id or workspace_of(session), "seen_plan": plan_seen(session)}


class _ScopeValue(BindParameter[Any]):
    """A value that the rule puts into every statement, once for each table in it, as copies with one hash.

    SQLAlchemy looks each of them up in a dictionary for each statement. What it compares to tell copies apart makes an
    SQL expression of them, which took a tenth of the time of a statement; their hashes say the same.
    """

    inherit_cache = True

    def __eq__(self, other: object) -> Any:
        return hash(self) == hash(other)

    __hash__ = BindParameter.__hash__


@lru_cache(maxsize=64)
def _plan_criteria(plan: int) -> ORMOption:
    value = _ScopeValue("plan", plan, type_=Integer(), unique=True)
    return with_loader_criteria(OfPlan, lambda row: row.ended_plan_id == value, include_aliases=True)


@lru_cache(maxsize=64)
def _criteria(workspace: str) -> ORMOption:
    # Kept for each workspace: to look into a lambda anew for every statement takes longer than the statement.
    value = _ScopeValue("workspace", workspace, type_=String(), unique=True)
    return with_loader_criteria(Scoped, lambda row: row.workspace_id == value, include_aliases=True)


@event.listens_for(WorkspaceSession, "do_orm_execute")
def _scope_statement(state: ORMExecuteState) -> None:
    workspace = scope_of(state.session)
    if workspace == ALL or state.is_column_load:
        return
    if workspace == "":
        _refuse_scoped(cast(ClauseElement, state.statement))
    elif state.is_orm_statement and not state.is_insert:
        state.statement = state.statement.options(_criteria(workspace))
        if (plan := plan_seen(state.session)) != EVERY_PLAN:
            state.statement = state.statement.options(_plan_criteria(plan))


def _refuse_scoped(statement: ClauseElement) -> None:
    """Raise NotScoped where a statement is about a table of which each row belongs to a workspace."""
    for part in visitors.iterate(statement):
        table = part.table if isinstance(part, Column) else part
        if isinstance(table, Table) and table.name in _scoped_tables():
            raise NotScoped(f"a statement on {table.name} in a session without a workspace: name it, or say ALL")


@lru_cache(maxsize=1)
def _scoped_tables() -> frozenset[str]:
    return frozenset(
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Scoped)
    )


@event.listens_for(WorkspaceSession, "before_flush")
def _stamp(session: Session, _context: object, _instances: object) -> None:
    workspace = scope_of(session)
    if workspace == ALL:
        return
    for row in (*session.new, *session.dirty):
        if isinstance(row, Scoped):
            if row.workspace_id is None and workspace:
                row.workspace_id = workspace
            if row.workspace_id != workspace or not workspace:
                raise NotScoped(f"a row of {row.workspace_id} in a session of {workspace or 'no workspace'}")
