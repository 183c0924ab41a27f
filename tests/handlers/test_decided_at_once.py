"""Two who decide on the same actions, or settle the same meeting, in the same moment: each thing is recorded once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from bot.demo.sandbox import TEAM, example_plan, store_demo_plan
from handlers.context import RequestContext
from handlers.conversation.typed_answers import answer_typed
from handlers.outcomes.recorded import AllRecorded
from handlers.outcomes.ticked import RecordTicked
from handlers.press_codec import PressValue, tick_of
from handlers.presses import pressed
from handlers.responses import Response
from models.enums import OutcomeKind
from models.plan.accounts import AccountSeen
from models.storage.engine import Database
from models.storage.history_tables import Outcome
from models.storage.notification_tables import Notification
from tests.handlers.rounds import Rounds, headline
from tests.homes import Home

AFTER = datetime(2020, 9, 17, 10, tzinfo=UTC)
SECRETARY, ADMIN = "U0DEMSERV", "U0ICTADMIN"
REFS = ("healthy-4", "healthy-5", "happy-2")


def value_of(ctx: RequestContext, kind: OutcomeKind) -> PressValue:
    """The press of an outcome with three actions ticked."""
    action = ctx.action("healthy-4")
    assert action is not None
    ticked = tuple(tick_of(one.id, 99) for ref in REFS if (one := ctx.action(ref)) is not None)
    calendar = ctx.calendars[action.board_id or 0]
    to = calendar.next(ctx.now)
    assert to is not None
    return RecordTicked(meeting=action.due_meeting_id or 0, kind=kind.value, to=to.id, ticked=ticked)


def opened_twice(place: str, now: datetime) -> list[Rounds]:
    """The example plan, opened by two."""
    store_demo_plan(Database(place), example_plan(), now)
    seen = [AccountSeen(TEAM, user) for user in (SECRETARY, ADMIN)]
    return [Rounds(Database(place), now, seen) for _ in range(2)]


@pytest.fixture
def both(tmp_path: Path, home: Home) -> list[Rounds]:
    """The example plan after its meeting, twice opened."""
    return opened_twice(home.nothing(tmp_path), AFTER)


def at_once(both: list[Rounds], *works: object) -> list[Response]:
    """What two people get who do something in the same moment."""
    barrier, given = Barrier(2), []

    def run(there: Rounds, user: str, work: object) -> None:
        barrier.wait()
        given.append(there.keep(work, user))  # type: ignore[arg-type]

    threads = [Thread(target=run, args=row) for row in zip(both, (SECRETARY, ADMIN), works, strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return given


def test_two_who_decide_on_the_same_three_record_one_outcome_each(both: list[Rounds]) -> None:
    def press(kind: OutcomeKind) -> object:
        (value,) = both[0].again([lambda ctx: value_of(ctx, kind).encode()], SECRETARY)
        return lambda ctx: pressed(ctx, RecordTicked.verb, value)

    given = at_once(both, press(OutcomeKind.CLOSED), press(OutcomeKind.CARRIED_FORWARD))
    said = sorted(headline(one).partition(" for ")[0] for one in given)
    assert said == ["Nothing was recorded.", "Recorded"]
    with both[0].database.read(TEAM) as session:
        assert session.scalar(select(func.count()).select_from(Outcome)) == len(REFS)
    for there in both:
        there.database.dispose()


def test_two_who_settle_a_meeting_settle_it_once(both: list[Rounds]) -> None:
    def settle(ctx: RequestContext) -> Response:
        action = ctx.action("healthy-4")
        assert action is not None
        value = AllRecorded(meeting=action.due_meeting_id or 0, then="they are overdue", left=tuple(range(1000)))
        return pressed(ctx, AllRecorded.verb, value.encode())

    given = at_once(both, settle, settle)
    assert sorted(headline(one) for one in given) == [
        "Outcomes of Wed 16 Sep 2020 recorded.",
        "The outcomes of Wed 16 Sep 2020 were recorded already.",
    ]
    for there in both:
        there.database.dispose()


def test_two_who_chase_at_once_ask_each_lead_once(tmp_path: Path, home: Home) -> None:
    both = opened_twice(home.nothing(tmp_path), datetime(2020, 8, 18, 10, tzinfo=UTC))
    chase = lambda ctx: answer_typed(ctx, "chase")  # noqa: E731
    said = sorted(headline(one) for one in at_once(both, chase, chase))
    assert said == ["Asked 7 leads about 12 actions.", "Nobody was asked: 7 leads were chased today already."]
    with both[0].database.read(TEAM) as session:
        asked = session.execute(select(Notification.subject, Notification.recipient)).all()
    assert len(asked) == len(set(asked)) >= 12
    for there in both:
        there.database.dispose()
