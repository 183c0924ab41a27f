"""`add` and its buttons and form, on the example plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select

from bot.demo.sandbox import TEAM
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.dispatch import answer_text
from handlers.presses import pressed, submitted
from handlers.responses import Button, Content, Form, Response
from models.enums import Way
from models.plan.accounts import Actor, roles_of
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.storage.engine import Database
from models.storage.history_tables import Draft
from models.storage.tables import Action, Meeting
from tests.handlers.rounds import example

NOW = datetime(2020, 9, 17, 9, tzinfo=UTC)
"""The morning after the partnership board of 16 September."""
SECRETARY, EDUCATION, CHAIR, ADMIN = "U0DEMSERV", "U0HEADEDU", "U0CHAIRPB", "U0ICTADMIN"
ONE = "Head of Education: publish the guide by 8 Dec"
THREE = "Head of Education: publish the guide by 8 Dec\npolice: appoint officers by 2/10\nCVS: ask the young, next"


def a_plan(tmp_path: Path) -> Database:
    return example(tmp_path, NOW, SECRETARY, EDUCATION, CHAIR, ADMIN)


def do(
    plan: Database,
    work: Callable[[RequestContext], Response],
    user: str = SECRETARY,
    now: datetime = NOW,
    way: Way = Way.COMMAND,
) -> Response:
    with plan.write(workspace=TEAM) as session:
        roles = roles_of(session, TEAM, Actor(TEAM, user), local_day(now, zone_of(session, TEAM)))
        return work(RequestContext(session, TEAM, roles, now, way, registry=REGISTRY))


def content(answer: Response) -> Content:
    assert isinstance(answer.content, Content)
    return answer.content


def add(plan: Database, text: str, user: str = SECRETARY, now: datetime = NOW) -> Content:
    return content(do(plan, lambda ctx: answer_text(ctx, f"add {text}"), user, now))


def button(shown: Content, label: str) -> Button:
    return next(one for one in shown.buttons if one.label.startswith(label))


def press(plan: Database, shown: Content, label: str, user: str = SECRETARY, now: datetime = NOW) -> Content:
    one = button(shown, label)
    return content(do(plan, lambda ctx: pressed(ctx, one.verb, one.value), user, now))


def send(plan: Database, verb: str, value: str, fields: Mapping[str, str], now: datetime = NOW) -> Response:
    return do(plan, lambda ctx: submitted(ctx, verb, value, fields), now=now)


def form(plan: Database, shown: Content) -> Form:
    one = button(shown, "Change…")
    opened = do(plan, lambda ctx: pressed(ctx, one.verb, one.value)).content
    assert isinstance(opened, Form)
    return opened


def facts(shown: Content) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(line.ref, line.words, line.facts) for group in shown.groups for line in group.lines]


def texts(shown: Content) -> str:
    return "\n".join((shown.headline, *shown.intro, *(text for group in shown.groups for text in group.texts)))


def count(plan: Database, table: type[Action | Draft] = Action) -> int:
    with plan.read(TEAM) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def row(plan: Database, ref: str) -> Action:
    with plan.read(TEAM) as session:
        return session.scalars(select(Action).where(Action.ref == ref)).one()


def day_of(plan: Database, meeting_id: int | None) -> date | None:
    with plan.read(TEAM) as session:
        meeting = session.get(Meeting, meeting_id) if meeting_id else None
        return meeting.starts_at.date() if meeting and meeting.starts_at else None
