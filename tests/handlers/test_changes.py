"""`what changed since …`, on Tuesday 18 August 2020: a day that is past, however it is named; and what has no lead."""

from __future__ import annotations

import pytest

from bot.demo.sandbox import TEAM
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.dispatch import answer_text
from handlers.status.changes import since_when
from models.plan.accounts import Actor, roles_of
from models.storage.engine import Database
from tests.handlers.adding import a_plan, add, content, do, press
from tests.handlers.test_board_meetings import NOW, SECRETARY

plan = pytest.fixture(a_plan)


def test_a_day_without_its_week_month_or_year_is_the_latest_such_day(plan: Database) -> None:
    with plan.read(TEAM) as session:
        roles = roles_of(session, TEAM, Actor(TEAM, SECRETARY), NOW.date())
        ctx = RequestContext(session, TEAM, roles, NOW, registry=REGISTRY)
        for typed, said in (
            ("Monday", "2020-08-16T23:00 Mon 17 Aug 2020"),
            ("Wednesday", "2020-08-11T23:00 Wed 12 Aug 2020"),
            ("the 3rd", "2020-08-02T23:00 Mon 3 Aug 2020"),
            ("the 20th", "2020-07-19T23:00 Mon 20 Jul 2020"),
            ("9 December", "2019-12-09T00:00 Mon 9 Dec 2019"),
        ):
            since = since_when(ctx, typed)
            assert since is not None, typed
            assert f"{since[0]:%Y-%m-%dT%H:%M} {since[1]}" == said
        assert [since_when(ctx, typed) for typed in ("tomorrow", "9 Dec 2020", "31/9")] == [None, None, None]


def test_an_action_for_all_partners_is_not_said_to_have_no_lead(
    plan: Database,
) -> None:
    before = content(do(plan, lambda ctx: answer_text(ctx, "which actions have no lead")))
    press(plan, add(plan, "all partners: police and CCG: send in the figures by 8 Dec"), "Add")
    assert content(do(plan, lambda ctx: answer_text(ctx, "which actions have no lead"))) == before
