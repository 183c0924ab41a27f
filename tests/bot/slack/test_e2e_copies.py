"""One board's cycle through the real bot, and two copies of it that share the work, on both kinds of database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest
from pydantic import SecretStr

from bot.__main__ import real_now
from bot.app import Bot, build
from bot.demo.sandbox import _PING, SETTLE
from bot.demo.workspace import SeenMessage
from bot.settings import Settings
from models.enums import Status
from tests.bot.slack.e2e import (
    CHANNEL,
    EDUCATION,
    HEALTH,
    SECRETARY,
    YOUNG_PERSONS,
    action,
    entries,
    finish,
    message_with,
    outcomes,
    read,
    replans,
    when,
)
from tests.homes import Home
from tests.local_slack import Sandbox, open_sandbox


@pytest.fixture
def sandbox(home: Home, tmp_path: Path) -> Iterator[Sandbox]:
    """Monday 17 August 2020, before anybody is asked."""
    sandbox = open_sandbox(home.nothing(tmp_path), when(8, 17, 9))
    yield sandbox
    sandbox.close()


@pytest.fixture
def copy(sandbox: Sandbox) -> Iterator[Bot]:
    """A second copy of the bot, on the same database and connected to the same Slack."""
    settings = Settings(
        slack_bot_token=SecretStr(sandbox.workspace.bot_token),
        slack_app_token=SecretStr(sandbox.workspace.app_token),
        slack_api_url=sandbox.workspace.api_url,
        cypp_database_url=sandbox.database.url,
    )
    bot = build(settings, sandbox.clock, real_now, wake=lambda: None, ping_interval=_PING)
    bot.connect()
    yield bot
    closing = Thread(target=bot.stop)
    closing.start()
    while closing.is_alive():
        bot.handler.client.enqueue_message("{}")
        closing.join(0.01)


def said_to(sandbox: Sandbox, user: str, mark: int) -> list[SeenMessage]:
    """What somebody newly got."""
    return [one for one in sandbox.workspace.since(user, mark) if not one.edited]


def test_a_cycle_from_the_request_to_the_published_digest(sandbox: Sandbox) -> None:
    sandbox.advance(when(8, 17, 9, 30))
    sandbox.press(HEALTH, "healthy-4", "Some issues…")
    assert sandbox.submit(HEALTH, {"words": "The data never came"}).closed
    sandbox.say(EDUCATION, "healthy-5 on track, two advisors recruited")
    sandbox.press(HEALTH, "healthy-9", "Snooze")
    sandbox.advance(when(9, 17, 9, 30))
    assert [entry.words for entry in entries(sandbox, "healthy-4")] == ["The data never came"]
    assert action(sandbox, "healthy-5").status is Status.ON_TRACK
    assert "no update received" in read(message_with(sandbox, SECRETARY, "Papers go out"))
    sandbox.press(SECRETARY, "healthy-4", "Carry forward")
    sandbox.press(SECRETARY, "healthy-5", "Closed")
    assert [len(outcomes(sandbox, ref)) for ref in ("healthy-4", "healthy-5")] == [1, 1]
    assert len(replans(sandbox, "healthy-4")) == 1
    sandbox.settle(SECRETARY, message_with(sandbox, SECRETARY, "After the meeting of Wed 16 Sep 2020"))
    sandbox.press_in(SECRETARY, message_with(sandbox, SECRETARY, "overdue"), "Publish")
    (published,) = sandbox.workspace.messages(CHANNEL)
    assert "overdue" in read(published)
    assert "healthy-5" in read(sandbox.command(SECRETARY, "status healthy-5"))


def test_two_copies_that_pass_at_the_same_moment_say_everything_once(sandbox: Sandbox, copy: Bot) -> None:
    sandbox.clock.move(when(8, 17, 9, 30))
    with ThreadPoolExecutor(2) as pool:
        passes = [pool.submit(one.outbox.tick, sandbox.clock()) for one in (sandbox.bot, copy) for _ in range(2)]
        lines = [line for one in passes for line in one.result()]
    sandbox.tick()
    got = Counter(user for user, _, seen in sandbox.since(0) for _ in seen)
    assert len(lines) == sum(got.values()) > 5
    assert set(got.values()) == {1}


def test_what_is_delivered_three_times_to_two_copies_at_once_is_stored_and_answered_once(
    sandbox: Sandbox, copy: Bot
) -> None:
    sandbox.advance(when(8, 17, 9, 30))
    assert sandbox.workspace.connections == 2
    sandbox.workspace.deliver_times = 3
    mark = sandbox.workspace.mark()
    sandbox.press(HEALTH, "healthy-4", "On track")
    sandbox.say(EDUCATION, "healthy-5 on track, results out")
    sandbox.say(YOUNG_PERSONS, "the youth version went to the printers")
    sandbox.workspace.deliver_times = 1
    sandbox.press(HEALTH, "healthy-9", "Done…")
    sandbox.workspace.deliver_times = 3
    assert sandbox.submit(HEALTH, {"words": "All three are on the intranet"}).closed
    finish(sandbox)
    sandbox.workspace.wait_for(copy.intake.is_idle, 20, what="the other copy to have worked what was noted")
    sandbox.workspace.settle(SETTLE)
    assert [len(entries(sandbox, ref)) for ref in ("healthy-4", "healthy-5", "healthy-9")] == [1, 1, 1]
    assert [len(said_to(sandbox, user, mark)) for user in (HEALTH, EDUCATION, YOUNG_PERSONS)] == [2, 1, 1]


def test_several_people_who_answer_for_one_action_at_once_make_an_entry_each(sandbox: Sandbox, copy: Bot) -> None:
    """One goes after another: the action stands as the entry that came last says."""
    statuses = [f"{status}, said {at}" for at, status in enumerate(("on track", "some issues", "off track") * 2)]
    mark = sandbox.workspace.mark()

    def type_in(said: str) -> None:
        sandbox.workspace.command(HEALTH, "/cypp", f"update healthy-4 {said}", replies=1)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(type_in, statuses))
    finish(sandbox)
    sandbox.workspace.wait_for(copy.intake.is_idle, 20, what="the other copy to have worked what was noted")
    sandbox.workspace.settle(SETTLE)
    kept = entries(sandbox, "healthy-4")
    assert sorted(f"{one.status.value}, {one.words}" for one in kept if one.status) == sorted(statuses)
    said = [read(one).partition("\n")[0] for one in said_to(sandbox, HEALTH, mark)]
    assert sorted(said) == sorted(f"Recorded for healthy-4: {one.partition(',')[0]}." for one in statuses)
    assert action(sandbox, "healthy-4").status is kept[-1].status
    assert action(sandbox, "healthy-4").last_update_id == kept[-1].id
