"""Answers from memory are the answers that would be read, whatever was done in between and whenever they are asked."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
from sqlalchemy import event

from bot.demo.sandbox import TEAM
from handlers.context import RequestContext
from handlers.dispatch import answer_text
from handlers.notices import plan_notices
from handlers.pagination import PAGE, Listed, paged_reply
from handlers.responses import ActionLine, Response
from models.enums import Status
from models.plan.accounts import Actor, roles_of
from models.plan.queries import action_views, zone_of
from models.rules.calendar import local_day
from models.storage import memory
from models.storage.base import Base
from models.storage.engine import Database
from models.storage.memory import WATCHED
from tests.handlers import who_may as table
from tests.handlers.test_who_may import ACCOUNTS, NOW, Place
from tests.handlers.who_may import DEEDS, Deed

QUESTIONS = (
    "status priority 7",
    "status theme happy",
    "status priorities 4-9",
    "status",
    "status healthy-4",
    "overdue",
    "status helthy",
    "due 16 Sep",
    "status healthy-9",
    "mine",
    "owing",
    "meetings",
)
ASKERS = (
    table.CHAIR,
    table.ITS_LEAD,
    table.MEMBER,
    table.GUEST,
    table.KEEPER,
    table.STRANGER,
    table.CHAIR,
    table.ADMIN,
)
MOMENTS = tuple(
    datetime(2020, month, day, hour, minute, tzinfo=UTC)
    for month, day, hour, minute in ((8, 18, 10, 0), (9, 16, 12, 59), (9, 16, 13, 0), (9, 23, 22, 59), (9, 23, 23, 0))
)
"""After the request; before the meeting and as it begins; either side of a midnight from which actions are overdue."""


def ask(database: Database, text: str, role: str, now: datetime) -> Response:
    """A question as a slash command asks it."""
    actor = Actor(ACCOUNTS[role].team, ACCOUNTS[role].user)
    with database.read(TEAM) as session:
        roles = roles_of(session, TEAM, actor, local_day(now, zone_of(session, TEAM)))
        return answer_text(RequestContext(session, TEAM, roles, now), text)


def someone_who_may(deed: Deed) -> str:
    """The role that does a deed here."""
    stores = deed.gets.keys() if deed.stores is None else deed.stores
    return next((role for role in (table.KEEPER, table.ITS_LEAD, table.ADMIN) if role in stores), next(iter(stores)))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(Database(str(tmp_path_factory.mktemp("remembered") / "plan.db")))


@pytest.fixture(scope="module")
def forgetful(place: Place) -> Iterator[Database]:
    """The same database for somebody who remembers nothing."""
    database = Database(place.rounds.database.url, remembers=False)
    yield database
    database.dispose()


def test_after_everything_that_can_be_done_answers_are_those_that_would_be_read(
    place: Place, forgetful: Database
) -> None:
    questions, askers, moments = cycle(QUESTIONS), cycle(ASKERS), cycle(MOMENTS)
    mine, seen = place.rounds.database, set()
    for deed in (one for one in DEEDS if one.stores is None or one.stores):
        work = place.work_of(deed, deed.way)

        def done(ctx: RequestContext, work: Any = work) -> Response:
            given: Response = work(ctx)
            plan_notices(ctx, given.notices)
            return given

        role = someone_who_may(deed)
        place.rounds.keep(done, ACCOUNTS[role].user, deed.way, ACCOUNTS[role].team)
        text, who, now = next(questions), next(askers), next(moments)
        given = ask(mine, text, who, now)
        assert given == ask(forgetful, text, who, now), f"{text}, asked by {who} at {now} after {deed.name}"
        seen.add(str(given))
    assert len(seen) > 20, "the answers are hardly ever others"


def test_asked_again_the_same_is_said_at_every_moment_to_everyone(place: Place, forgetful: Database) -> None:
    for text in QUESTIONS[:4]:
        for who in (table.CHAIR, table.ITS_LEAD):
            for now in (*MOMENTS, *(NOW + timedelta(days=days) for days in (40, 130))):
                assert ask(place.rounds.database, text, who, now) == ask(forgetful, text, who, now)


def test_what_is_remembered_is_read_from_tables_whose_changes_are_marked(place: Place) -> None:
    read: set[str] = set()
    names = {
        name: re.compile(rf'\b(?:FROM|JOIN) "?{name}\b|, "?{name}"? *(?:,|\n|WHERE|AS)')
        for name in Base.metadata.tables
    }

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        frame = sys._getframe()
        while frame is not None and not (frame.f_code.co_name == "get" and frame.f_code.co_filename == memory.__file__):
            frame = frame.f_back  # type: ignore[assignment]
        if frame is not None:
            read.update(name for name, pattern in names.items() if pattern.search(statement))

    database = place.rounds.database
    assert database.memory is not None
    event.listen(database.engine, "before_cursor_execute", note)
    try:
        for text in QUESTIONS:
            database.forget()
            ask(database, text, table.KEEPER, NOW)
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    assert read - WATCHED == set()
    assert read >= {
        "plan",
        "board",
        "meeting",
        "theme",
        "priority",
        "action",
        "action_priority",
        "action_update",
        "person",
    }


def test_of_a_long_list_only_the_lines_on_the_page_are_made(place: Place) -> None:
    with place.rounds.database.read() as session:
        views = action_views(session, TEAM)
    made: list[str] = []

    def line(view: Any) -> ActionLine:
        made.append(view.ref)
        return ActionLine(view.ref, view.words, Status.ON_TRACK)

    content = paged_reply("Many.", (), [Listed("one", views[:5], line), Listed("two", views[5:], line)], "status", 1)
    assert made == [view.ref for view in views[PAGE : 2 * PAGE]]
    assert [shown.ref for group in content.groups for shown in group.lines] == made
    assert [group.heading for group in content.groups] == ["two"]
