"""The ledger is tidied: nothing is said again for it, and no answer, paper or audit misses what went.

Drawn stories are lived through twice and left alone for more than a year. One of the two is tidied; then meetings are
cancelled, outcomes recorded and passes made in both.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from sqlalchemy import select

from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.dispatch import answer_text
from models.enums import MeetingState, MessageState, NotificationKind, NotificationState, Way
from models.files.export import export_plan
from models.notifications.retention import LEDGER_DAYS, KeptDays, TidyCounts, tidy
from models.plan.accounts import Actor, Membership, roles_of_person
from models.plan.queries import board_calendars
from models.records.audit import AuditCounts, audit
from models.rules.calendar import at_local, local_day
from models.storage.notification_tables import Message, MessagePart, Notification
from models.storage.tables import Meeting, Person
from schedules.ports import Refused
from tests.conftest import examples, on_postgresql
from tests.homes import Home
from tests.schedules.lives import Life
from tests.schedules.messenger import Posted
from tests.schedules.messenger import answers as answers_with
from tests.schedules.plans import LONDON, WORKSPACE, a_plan, action, board, local, slack_id
from tests.schedules.stories import EVERYTHING, Story, stories
from tests.schedules.test_people import leaves
from tests.schedules.test_received_property import BOUNDED
from tests.schedules.world import World

pytestmark = pytest.mark.hypothesis
DAY = timedelta(days=1)
QUESTIONS = ("status", "overdue", "owing", "changes", "status x-0", "history x-0", "digest partnership")


@contextmanager
def lived(story: Story) -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), story.plan, started=f"{story.begin.astimezone(LONDON):%Y-%m-%d %H:%M}")
        try:
            Life(story, world).live()
            yield world
        finally:
            world.database.dispose()


def morning(day: date) -> datetime:
    return at_local(day, LONDON)


def wait(world: World, since: datetime, days: int, every: int) -> tuple[datetime, list[Posted]]:
    """Passes at half past nine for so many days."""
    day, said = local_day(since, LONDON), list[Posted]()
    for _ in range(0, days, every):
        day += every * DAY
        said += world.tick(morning(day))
        world.instant.pass_(3600)
    return morning(day), said


def tidied(world: World, now: datetime) -> TidyCounts:
    gone = TidyCounts()
    while True:
        with world.database.write(workspace=WORKSPACE) as session:
            some = tidy(session, now, local_day(now, LONDON), KeptDays())
        gone += some
        if not some:
            return gone


def keys(world: World, state: NotificationState | None = None) -> set[tuple[object, ...]]:
    with world.database.read(WORKSPACE) as session:
        rows = session.scalars(select(Notification))
        return {
            (row.kind, row.subject, row.meeting_id, row.meeting_day, row.step, row.recipient)
            for row in rows
            if state in (None, row.state)
        }


def keys_of(world: World, kind: NotificationKind) -> set[tuple[object, ...]]:
    return {key for key in keys(world) if key[0] is kind}


def later(world: World, now: datetime) -> list[Posted]:
    """The latest meetings turn out not to have been held, the ones before them are recorded, and months go by."""
    now, said = wait(world, now, 8, 4)
    for _ in range(2):
        with world.database.write(workspace=WORKSPACE) as session:
            for calendar in board_calendars(session, WORKSPACE).values():
                held = calendar.latest_held(now)
                if held is not None:
                    session.get_one(Meeting, held.id).state = MeetingState.CANCELLED
                    session.flush()
            for calendar in board_calendars(session, WORKSPACE).values():
                before = calendar.latest_held(now)
                if before is not None and before.outcomes_recorded_at is None:
                    session.get_one(Meeting, before.id).outcomes_recorded_at = now
        now, more = wait(world, now, 40, 4)
        said += more
    return said


def answers(world: World, now: datetime) -> list[str]:
    """What the secretary is told, what is exported, and what the audit finds."""
    with world.database.read(WORKSPACE) as session:
        clerk = session.scalars(select(Person).where(Person.slack_user == slack_id("clerk"))).one()
        actor, day = Actor(WORKSPACE, clerk.slack_user), local_day(now, LONDON)
        roles = roles_of_person(session, clerk, actor, Membership.MEMBER, day)
        asked = [RequestContext(session, WORKSPACE, roles, now, Way.COMMAND, registry=REGISTRY) for _ in QUESTIONS]
        said = [repr(answer_text(ctx, words).content) for ctx, words in zip(asked, QUESTIONS, strict=True)]
        said += [str(export_plan(session, WORKSPACE, kind, day).content) for kind in (".csv", ".yaml")]
        return [*said, *map(repr, audit(session, AuditCounts()))]


def test_what_was_said_is_not_said_again_once_the_ledger_forgot_it_and_nothing_else_changes() -> None:
    went = 0

    @settings(BOUNDED, max_examples=examples(3))
    @given(stories(EVERYTHING))
    def holds(story: Story) -> None:
        nonlocal went
        said = []
        for tidy_it in (False, True):
            with lived(story) as world:
                now, _ = wait(world, story.end, LEDGER_DAYS + 40, 27)
                known, before = keys(world, NotificationState.SENT), answers(world, now)
                if tidy_it:
                    went += tidied(world, now).ledger
                    assert answers(world, now) == before
                    forgotten = known - keys(world)
                    waiting = later(world, now)
                    assert not forgotten & keys(world), "planned again"
                else:
                    waiting = later(world, now)
                said.append([(one.now, one.address, one.page) for one in waiting])
        assert said[0] == said[1]

    holds()
    assert went > 20, "these stories left nothing to forget"


PLAN = a_plan(boards=[board("partnership", "2020-09-16", "2022-03-02")], actions=[action("x-1", due="2020-09-16")])


def test_that_somebody_left_is_told_once_as_long_as_they_hold_a_post(tmp_path: Path) -> None:
    world = World(tmp_path, PLAN)
    leaves(world, "lead")
    said = world.tick("2020-08-17 09:30")
    assert ["lead left" in one.headline for one in said] == [True]
    world.notice(NotificationKind.IN_QUESTION, "x-1", "clerk", "2020-08-20 10:00")
    now, more = wait(world, local("2020-08-17 09:30"), LEDGER_DAYS + 40, 9)
    tidied(world, now)
    assert [one.headline for one in (*more, *wait(world, now, 30, 1)[1]) if "lead left" in one.headline] == []
    assert len(keys_of(world, NotificationKind.LEFT)) == 1


def test_what_was_not_delivered_is_told_once_and_goes_after_a_year(tmp_path: Path) -> None:
    world = World(tmp_path, PLAN)
    world.messenger.script = [answers_with(Refused("msg_too_long"))]
    now, _ = wait(world, local("2020-08-16 09:30"), 3, 1)
    (told,) = keys_of(world, NotificationKind.FAILED)
    assert [one.state for one in world.messages()] == [MessageState.FAILED, MessageState.SENT]
    now, _ = wait(world, now, LEDGER_DAYS + 90, 9)
    assert told in keys(world)
    assert tidied(world, now).ledger > 0
    wait(world, now, 30, 3)
    assert told not in keys(world)
    assert MessageState.FAILED not in {one.state for one in world.messages()}


@on_postgresql
def test_the_ledger_is_tidied_on_a_postgresql_as_well(on_both: Home) -> None:
    @settings(BOUNDED, max_examples=examples(1))
    @given(stories(EVERYTHING))
    def holds(story: Story) -> None:
        with lived(story) as world:
            now, _ = wait(world, story.end, LEDGER_DAYS + 40, 27)
            known = keys(world)
            gone = tidied(world, now)
            forgotten = known - keys(world)
            assert gone.ledger > len(forgotten) > 0
            later(world, now)
            assert not forgotten & keys(world)
            with world.database.read(WORKSPACE) as session:
                parts = session.scalars(select(MessagePart.message_id).distinct()).all()
                assert set(parts) <= set(session.scalars(select(Message.id)))

    holds()
