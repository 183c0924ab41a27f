"""One rule scopes a session to its workspace: nothing of another is read, changed or added, by whatever statement."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import BinaryExpression

import models.storage.history_tables
import models.storage.notification_tables  # noqa: F401 - every table registers itself
from models.enums import Capacity
from models.plan.accounts import Actor, asker_of
from models.plan.action_reads import count_actions, refs_by_key
from models.plan.headings import headings_of
from models.plan.queries import action_views, board_calendars, plan_of
from models.storage.base import Base, Instant, core_table
from models.storage.scope import ALL, NotScoped, WorkspaceSession, scope_to, workspace_of
from models.storage.tables import (
    Action,
    ActionPriority,
    Appointment,
    Board,
    Meeting,
    Organisation,
    Person,
    Post,
    Scoped,
    Workspace,
)

NOW = datetime(2020, 8, 17, 9, tzinfo=UTC)
ONE, OTHER = "T0ONE", "T0OTHER"
SCOPED: list[Any] = sorted(
    (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Scoped)), key=str
)


def value(column: Any, workspace: str) -> Any:
    """Something that fits into a column, another in each workspace."""
    if column.name == "workspace_id":
        return workspace
    if getattr(column.type, "enum_class", None):
        return next(iter(column.type.enum_class))
    if isinstance(column.type, Instant):
        return NOW
    values = {int: 1 + (workspace == OTHER), str: f"{column.name} {workspace}", bool: False, date: NOW.date()}
    return values[column.type.python_type]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """One row of each table in each of two workspaces, whatever they refer to."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for workspace in (ONE, OTHER):
            connection.execute(insert(Workspace), {"id": workspace, "created_at": NOW})
            for table in (one.__table__ for one in SCOPED):
                filled = [column for column in table.c if not (column.nullable or column.default)]
                connection.execute(insert(table), {column.name: value(column, workspace) for column in filled})
        connection.execute(insert(ActionPriority), {"action_id": 1, "priority_id": 1})
    yield engine
    engine.dispose()


@pytest.fixture
def of(engine: Engine) -> Iterator[Callable[[str], Session]]:
    """Sessions, each of the workspace named; what they do is rolled back."""
    opened: list[Session] = []

    def open_session(workspace: str) -> Session:
        opened.append(WorkspaceSession(engine))
        scope_to(opened[-1], workspace)
        return opened[-1]

    yield open_session
    for session in opened:
        session.close()


def test_there_are_tables_to_look_at() -> None:
    assert len(SCOPED) > 15
    assert {Action, Board, Post} <= set(SCOPED)


@pytest.mark.parametrize("table", SCOPED, ids=lambda table: str(table.__name__))
def test_from_another_workspace_nothing_of_a_table_is_found(of: Callable[[str], Session], table: Any) -> None:
    (theirs,) = of(ALL).scalars(select(table.id).where(table.workspace_id == OTHER))
    alias, session = aliased(table), of(ONE)
    mine = session.scalars(select(table)).one()
    assert (mine.workspace_id, mine.id != theirs) == (ONE, True)
    for statement in (
        select(table.id),
        select(alias.id),
        select(func.max(table.id)),
        select(table.id).union(select(alias.id)),
        select(select(table.id).subquery().c.id),
        select(table.id).join(Workspace, Workspace.id != "").distinct(),
        select(table.id).select_from(Workspace).outerjoin(table, table.id > 0).distinct(),
    ):
        assert session.scalars(statement).all() == [mine.id], str(statement)
    for statement in (
        select(func.count()).where(table.id == theirs),
        select(func.count()).select_from(Workspace).where(exists().where(table.id == theirs)),
        select(func.count()).select_from(Workspace).where(select(table.id == theirs).scalar_subquery()),
    ):
        assert session.scalar(statement) == 0, str(statement)
    assert session.get(table, theirs) is None
    for change in (update(table).values(id=theirs + 10), delete(table)):
        assert session.execute(change.where(table.id == theirs)).rowcount == 0  # type: ignore[attr-defined]


def test_a_statement_that_was_used_in_one_workspace_finds_the_rows_of_the_next(of: Callable[[str], Session]) -> None:
    statement = select(Board.workspace_id).order_by(Board.id)
    assert [of(one).scalars(statement).all() for one in (ONE, OTHER, ONE, ALL)] == [[ONE], [OTHER], [ONE], [ONE, OTHER]]


def test_what_is_read_by_statements_of_the_core_is_of_one_workspace_too(of: Callable[[str], Session]) -> None:
    session = of(OTHER)
    session.execute(update(Meeting).values(starts_at=NOW))
    assert asker_of(session, OTHER, Actor(f"team {OTHER}", f"user {OTHER}")).known
    assert not asker_of(session, OTHER, Actor(f"team {ONE}", f"user {ONE}")).known
    for plan in (plan_of(session, OTHER), plan_of(of(OTHER), OTHER)):
        assert plan is not None
        assert plan.name == f"name {OTHER}"
    assert [calendar.board.name for calendar in board_calendars(session, OTHER).values()] == [f"name {OTHER}"]
    assert [view.ref for view in action_views(session, OTHER)] == [f"ref {OTHER}"]
    assert count_actions(session) == 1
    assert refs_by_key(session, [f"ref_key {ONE}", f"ref_key {OTHER}"]) == {f"ref_key {OTHER}": f"ref {OTHER}"}
    themes, priorities = headings_of(session, OTHER)
    assert [one.name for one in themes] == [f"name {OTHER}"]
    assert [one.title for one in priorities] == [f"title {OTHER}"]


def test_a_person_is_found_by_an_account_in_their_workspace_alone(of: Callable[[str], Session]) -> None:
    session = of(OTHER)
    session.connection().execute(update(core_table(Person)).values(slack_user="U0SAME"))
    person = asker_of(session, OTHER, Actor(OTHER, "U0SAME")).person
    assert person is not None
    assert person.person_id == session.scalars(select(Person.id)).one()


def test_what_belongs_to_a_row_is_of_its_workspace_too(of: Callable[[str], Session]) -> None:
    session = of(ALL)
    session.execute(update(Post).values(organisation_id=select(func.max(Organisation.id)).scalar_subquery()))
    mine = WorkspaceSession(session.connection())
    scope_to(mine, ONE)
    assert mine.scalars(select(Post)).one().organisation is None, "which is of the other workspace"


@pytest.mark.parametrize(
    "statement",
    [
        select(Board),
        select(Board.id),
        select(func.count()).select_from(Board),
        select(func.count()).where(Board.key != ""),
        select(Workspace.id).join(Board, Board.workspace_id == Workspace.id),
        select(Workspace.id).where(exists().where(Board.workspace_id == Workspace.id)),
        select(Board.__table__.c.id),
        update(Board).values(key=""),
        delete(Board),
    ],
    ids=lambda statement: str(statement).partition("\n")[0][:40],
)
def test_where_no_workspace_is_named_nothing_is_read_at_all(of: Callable[[str], Session], statement: Any) -> None:
    with pytest.raises(NotScoped, match="on board in a session without a workspace"):
        of("").execute(statement)


def test_without_a_workspace_the_list_of_workspaces_is_read_and_no_row_of_any(of: Callable[[str], Session]) -> None:
    session = of("")
    assert session.scalars(select(Workspace.id).order_by(Workspace.id)).all() == [ONE, OTHER]
    with pytest.raises(NotScoped):
        session.get(Board, 1)
    with pytest.raises(NotScoped):
        workspace_of(session)


def appointment(**more: Any) -> Appointment:
    return Appointment(post_id=1, person_id=1, capacity=Capacity.HOLDER, **more)


def test_what_is_added_goes_into_the_workspace_of_the_session(of: Callable[[str], Session]) -> None:
    session, row = of(ONE), appointment()
    session.add(row)
    session.flush()
    assert row.workspace_id == ONE


@pytest.mark.parametrize(("session_of", "row_of"), [(ONE, OTHER), ("", ONE), ("", None)])
def test_a_row_of_another_workspace_is_refused(
    of: Callable[[str], Session], session_of: str, row_of: str | None
) -> None:
    session = of(session_of)
    session.add(appointment(workspace_id=row_of) if row_of else appointment())
    with pytest.raises(NotScoped, match="a row of"):
        session.flush()


def test_a_row_is_not_given_to_another_workspace(of: Callable[[str], Session]) -> None:
    session = of(ONE)
    session.scalars(select(Board)).one().workspace_id = OTHER
    with pytest.raises(NotScoped, match="a row of"):
        session.flush()


def test_a_session_keeps_the_workspace_it_was_given(of: Callable[[str], Session]) -> None:
    session = of("")
    scope_to(session, ONE)
    scope_to(session, ONE)
    assert workspace_of(session) == ONE
    with pytest.raises(NotScoped, match=f"belongs to {ONE}"):
        scope_to(session, OTHER)
    with pytest.raises(NotScoped):
        workspace_of(of(ALL))


def test_a_statement_that_was_made_once_makes_no_expression_again(of: Callable[[str], Session]) -> None:
    """The rule's values stand in it once for each table: to tell these copies apart took a tenth of each statement."""
    session, made = of(ONE), []
    asked = select(Action.id, Meeting.id, Board.id).where(
        Action.due_meeting_id == Meeting.id, Meeting.board_id == Board.id
    )
    session.execute(asked).all()

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code is BinaryExpression.__init__.__code__:
            made.append(frame)

    sys.setprofile(watch)
    try:
        session.execute(asked).all()
    finally:
        sys.setprofile(None)
    assert made == []
