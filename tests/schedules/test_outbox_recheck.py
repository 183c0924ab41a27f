"""The recheck at the claim, and what a service puts off or refuses (docs/explanation/delivery.md, One pass)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from models.enums import NotificationKind, NotificationState
from models.storage.scope import ALL
from models.storage.tables import Person
from schedules.holding import NOT_THEIRS
from schedules.ports import Later, Refused
from tests.schedules.messenger import answers
from tests.schedules.outboxes import BOARDS, CANCELLED, FAILED, LATER, PLANNED, REQUEST, SENT, THREE, world
from tests.schedules.plans import a_plan, action, slack_id
from tests.schedules.world import World, table, to

pytestmark = pytest.mark.usefixtures("on_both")


# The recheck at the claim


def wait_before_the_claim(sandbox: World, *who: str) -> None:
    """Nobody's conversation can be opened for five minutes: messages are planned, and wait."""
    sandbox.messenger.opens = {slack_id(one): Later(300) for one in who or ("lead",)}


def open_again(sandbox: World) -> None:
    sandbox.messenger.opens = {}
    sandbox.instant.pass_(300)


def test_an_ask_that_was_answered_before_it_went_lapses_and_its_empty_message_is_cancelled(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    wait_before_the_claim(sandbox)
    assert sandbox.tick(REQUEST) == []
    assert sandbox.states() == [PLANNED]
    sandbox.answer("healthy-5", "2020-08-17 09:32")
    open_again(sandbox)
    assert sandbox.tick("2020-08-17 09:35") == []
    assert sandbox.states() == [CANCELLED]
    assert sandbox.asks_on("healthy-5") == [("request", NotificationState.LAPSED, "answered")]


def test_a_cancelled_message_gives_its_place_in_the_week_back(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    wait_before_the_claim(sandbox)
    sandbox.tick(REQUEST)
    entry = sandbox.answer("healthy-5", "2020-08-17 09:32")
    open_again(sandbox)
    sandbox.tick("2020-08-17 09:35")
    sandbox.undo(entry, "2020-08-17 09:36")
    assert table(sandbox.tick("2020-08-17 09:37"), "lead") == [("Mon 17 Aug 09:37", "request healthy-5")]
    assert sandbox.states() == [CANCELLED, SENT]


def test_what_is_left_of_a_message_is_sent(tmp_path: Path) -> None:
    sandbox = world(tmp_path, THREE)
    wait_before_the_claim(sandbox)
    sandbox.tick(REQUEST)
    sandbox.answer("healthy-6", "2020-08-17 09:32")
    open_again(sandbox)
    assert table(sandbox.tick("2020-08-17 09:35"), "lead") == [("Mon 17 Aug 09:35", "request healthy-5, healthy-7")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda sandbox: sandbox.replan("healthy-5", "2020-12-08", "2020-08-17 09:32"), "answered"),
        (
            lambda sandbox: sandbox.move("partnership", "2020-09-16", "2020-09-17", "2020-08-17 09:32"),
            "the meeting was moved or cancelled",
        ),
        (
            lambda sandbox: sandbox.cancel("partnership", "2020-09-16", "2020-08-17 09:32"),
            "the meeting was moved or cancelled",
        ),
        (lambda sandbox: sandbox.snooze("lead", "healthy-5", "2020-08-17 09:32"), "snoozed"),
        (lambda sandbox: sandbox.takes_over("newcomer", "lead"), NOT_THEIRS),
    ],
)
def test_an_ask_that_no_longer_holds_for_another_cause_lapses_too(
    tmp_path: Path, change: Callable[[World], object], reason: str
) -> None:
    sandbox = world(tmp_path)
    wait_before_the_claim(sandbox)
    sandbox.tick(REQUEST)
    change(sandbox)
    open_again(sandbox)
    sandbox.tick("2020-08-17 09:35")
    assert table(sandbox.messenger.posts, "lead") == []
    assert sandbox.asks_on("healthy-5")[0] == ("request", NotificationState.LAPSED, reason)


def test_a_newcomer_in_the_post_is_asked_instead(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    wait_before_the_claim(sandbox)
    sandbox.tick(REQUEST)
    sandbox.takes_over("newcomer", "lead")
    open_again(sandbox)
    assert table(sandbox.tick("2020-08-17 09:35"), "lead", "newcomer") == [("Mon 17 Aug 09:35", "request healthy-5")]
    assert sandbox.messenger.posts[0].address == to("newcomer")


def test_what_is_owed_more_while_a_message_waits_joins_it(tmp_path: Path) -> None:
    sandbox = world(tmp_path, a_plan(boards=BOARDS, actions=[action("x-1", due="2020-09-16"), action("x-2")]))
    wait_before_the_claim(sandbox)
    sandbox.tick(REQUEST)
    sandbox.replan("x-2", "2020-09-16", "2020-08-17 09:32")
    open_again(sandbox)
    assert table(sandbox.tick("2020-08-17 09:35"), "lead") == [("Mon 17 Aug 09:35", "request x-1, x-2")]


# Later, refused


def test_a_message_that_is_put_off_waits_as_long_as_the_service_says(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [answers(Later(30))]
    assert sandbox.tick(REQUEST) == []
    assert sandbox.states() == [LATER]
    sandbox.instant.pass_(29)
    assert sandbox.tick("2020-08-17 09:31") == []
    sandbox.instant.pass_(1)
    assert len(sandbox.tick("2020-08-17 09:32")) == 1
    assert (sandbox.states(), sandbox.message().attempts) == ([SENT], 2)


def test_a_refused_message_has_failed_and_the_secretary_is_told_once(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [answers(Refused("restricted_action"))]
    assert sandbox.tick(REQUEST) == []
    assert sandbox.asks_on("healthy-5") == [("request", NotificationState.FAILED, "restricted_action")]
    (told,) = sandbox.tick("2020-08-17 09:31")
    assert told.address == to("clerk")
    assert told.headline == "A message to lead about healthy-5 did not arrive."
    assert "The reason given: restricted action. Please tell them yourself." in told.page["intro"]
    later = sandbox.run("2020-08-17 09:32", "2020-08-25 12:00")
    assert later == []


def test_a_notice_to_the_only_secretary_that_is_refused_is_told_to_the_administrators(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.script = [answers(Refused("restricted_action"))]
    seen = sandbox.run("2020-09-02 09:30", "2020-09-04 12:00")
    assert table(seen, "admin", "clerk") == [("Thu 3 Sep 09:30", "not delivered")]
    assert seen[0].address == to("admin")


def test_somebody_who_cannot_be_written_to_is_on_record_and_the_secretary_is_told(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.opens = {slack_id("lead"): Refused("user_disabled")}
    assert sandbox.tick(REQUEST) == []
    assert table(sandbox.tick("2020-08-17 09:31"), "clerk") == [("Mon 17 Aug 09:31", "not delivered")]
    with sandbox.database.read(ALL) as session:
        assert session.scalars(select(Person).where(Person.name == "lead")).one().unreachable == "user_disabled"
    sandbox.run("2020-08-17 09:32", "2020-09-01 12:00")
    assert table(sandbox.messenger.posts, "lead") == []
    assert sandbox.asks_on("healthy-5")[1:] == [
        ("reminder", NotificationState.LAPSED, "no account"),
        ("last call", NotificationState.LAPSED, "no account"),
    ]


def test_a_notice_that_is_refused_itself_is_told_to_nobody_for_ever(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.messenger.always = answers(Refused("restricted_action"))
    for minute in range(30, 40):
        sandbox.tick(f"2020-08-17 09:{minute}")
        sandbox.instant.pass_(60)
    assert [notification.kind for notification in sandbox.notifications()] == [
        NotificationKind.UPDATE,
        NotificationKind.FAILED,
    ]
    assert sandbox.states() == [FAILED, FAILED]
