"""Slack asks to wait while somebody is answered: the answer comes when it asked for it, and holds nobody up."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.demo.workspace import SeenMessage
from models.enums import AnswerKind, MessageState
from models.storage.notification_tables import Message
from models.storage.scope import ALL
from tests.bot.slack.e2e import (
    CHAIR,
    CHANNEL,
    EDUCATION,
    HEALTH,
    SECRETARY,
    OpenAt,
    bundle_of,
    entries,
    finish,
    finished,
    read,
    when,
)
from tests.local_slack import Fault, Sandbox

POST, EPHEMERAL, PUBLISH, URL = "chat.postMessage", "chat.postEphemeral", "views.publish", "response_url"
WAITS = 4.0
"""Seconds that an answer may take here which Slack has asked to give in one."""


def came(sandbox: Sandbox, user: str, words: str, seconds: float = WAITS) -> SeenMessage:
    """The message with these words that somebody is shown in their direct conversation, once it is there."""

    def there() -> SeenMessage | None:
        return next((one for one in sandbox.workspace.dm(user) if words in read(one)), None)

    found = sandbox.workspace.wait_for(there, seconds)
    assert isinstance(found, SeenMessage)
    return found


def test_a_receipt_for_words_comes_after_the_wait(calm: Sandbox) -> None:
    calm.workspace.faults.add(POST, Fault.ratelimited(1))
    calm.say(EDUCATION, "healthy-5 on track, results are out")
    came(calm, EDUCATION, "Recorded for healthy-5: on track.")
    assert len(entries(calm, "healthy-5")) == 1
    assert len([one for one in calm.workspace.dm(EDUCATION) if "Recorded" in read(one)]) == 1


@pytest.mark.parametrize(
    "page", [Fault.ratelimited(1), Fault.page("Slow down", 429, retry_after="1")], ids=["Slack", "proxy"]
)
def test_an_answer_by_its_own_address_comes_after_the_wait(calm: Sandbox, page: Fault) -> None:
    calm.say(EDUCATION, "healthy-5 on track, results are out")
    receipt = came(calm, EDUCATION, "Recorded for healthy-5: on track.")
    calm.workspace.faults.add(URL, page)
    calm.press_in(EDUCATION, receipt, "Undo")
    calm.workspace.wait_for(lambda: "Undone" in read(calm.workspace.dm(EDUCATION)), WAITS)


def test_a_home_tab_is_shown_after_the_wait(calm: Sandbox) -> None:
    calm.workspace.faults.add(PUBLISH, Fault.ratelimited(1))
    calm.workspace.open_home(CHAIR)
    calm.workspace.wait_for(lambda: calm.workspace.home(CHAIR), WAITS)


def test_what_waits_holds_nobody_up(calm: Sandbox) -> None:
    """Six answers that Slack asks to give in a minute; there are four threads, and a seventh is answered at once."""
    calm.workspace.faults.add(POST, Fault.ratelimited(60), times=6)
    for number in range(6):
        calm.say(EDUCATION, f"status healthy-{number + 1}")
    calm.workspace.wait_for(lambda: calm.workspace.faults.left(POST) == 0, 10)
    begun = time.monotonic()
    calm.say(CHAIR, "status priority 7")
    came(calm, CHAIR, "Priority 7")
    assert time.monotonic() - begun < WAITS


def test_a_receipt_in_the_direct_conversation_is_an_ordinary_message(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "Some issues…")
    asked.submit(HEALTH, {"words": "The data never came"})
    receipt = came(asked, HEALTH, "Recorded for healthy-4: some issues.")
    assert not receipt.ephemeral
    assert not [one for one in asked.workspace.calls_of(EPHEMERAL) if one.args.get("user") == HEALTH]
    undone = asked.press_in(HEALTH, receipt, "Undo")
    finish(asked)
    assert "healthy-4" in read(undone)
    assert bundle_of(asked, HEALTH)


def test_a_receipt_of_a_press_there_is_one_too(asked: Sandbox) -> None:
    asked.press(HEALTH, "healthy-4", "On track")
    receipt = came(asked, HEALTH, "Recorded for healthy-4: on track.")
    assert not receipt.ephemeral


WAYS: dict[str, Callable[[Sandbox], object]] = {
    "a press": lambda asked: asked.press(HEALTH, "healthy-4", "On track"),
    "a form": lambda asked: (
        asked.press(HEALTH, "healthy-4", "Some issues…"),
        asked.submit(HEALTH, {"words": "The data never came"}),
    ),
    "words": lambda asked: asked.say(HEALTH, "healthy-4 on track, the data came"),
    "a command": lambda asked: asked.command(HEALTH, "update healthy-4 on track, the data came"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_receipt_in_the_direct_conversation_and_its_undo_outlive_a_reload(asked: Sandbox, way: str) -> None:
    WAYS[way](asked)
    came(asked, HEALTH, "Recorded for healthy-4")
    asked.workspace.reload(HEALTH)
    finished(asked, HEALTH, asked.press_in(HEALTH, came(asked, HEALTH, "Recorded for healthy-4"), "Undo"))
    assert entries(asked, "healthy-4")[-1].kind is AnswerKind.UNDO


def test_what_somebody_alone_can_see_is_gone_after_a_reload(asked: Sandbox) -> None:
    shown = asked.command(EDUCATION, "status healthy-5").message
    before = asked.workspace.dm(HEALTH)
    for user in (HEALTH, EDUCATION):
        assert asked.workspace.now(shown)
        asked.workspace.reload(user)
    assert not asked.workspace.now(shown)
    assert asked.workspace.dm(HEALTH) == before


def test_a_page_in_the_place_of_a_refusal_brings_no_second_answer(calm: Sandbox) -> None:
    calm.workspace.faults.add(POST, Fault.page(applied=True))
    calm.say(EDUCATION, "healthy-5 on track, results are out")
    came(calm, EDUCATION, "Recorded for healthy-5: on track.")
    time.sleep(1.5)
    assert len([one for one in calm.workspace.dm(EDUCATION) if "Recorded" in read(one)]) == 1


def test_the_receipt_of_a_command_in_the_direct_conversation_stays_with_its_undo(asked: Sandbox) -> None:
    receipt = asked.command(EDUCATION, "update healthy-5 on track, two advisors recruited").message
    assert receipt.ephemeral_to is None
    asked.workspace._look(asked.workspace._core.state.response_urls.clear)
    done = finished(asked, EDUCATION, asked.workspace.press(EDUCATION, receipt, text="Undo"))
    assert entries(asked, "healthy-5")[-1].kind is AnswerKind.UNDO
    assert done.error is None


def test_what_a_command_only_reads_and_its_receipt_in_a_channel_are_its_writers_alone(asked: Sandbox) -> None:
    assert asked.command(EDUCATION, "status healthy-5").message.ephemeral_to == EDUCATION
    there = asked.workspace.command(EDUCATION, "/cypp", "update healthy-5 on track, two advisors recruited", CHANNEL)
    assert there.message.ephemeral_to == EDUCATION


def test_a_command_in_the_conversation_of_two_others_is_answered_to_its_writer(asked: Sandbox) -> None:
    asked.workspace.faults.add("chat.postMessage", Fault.error("channel_not_found"), times=1)
    receipt = asked.command(EDUCATION, "update healthy-5 on track, two advisors recruited").message
    assert receipt.ephemeral_to == EDUCATION


UNKNOWN_FATE = [Fault.page(status=403), Fault.page(applied=True), Fault.http(500), Fault.dropped_applied()]
NOT_KNOWN = "It is not known whether what you shared arrived in the channel"


def shares(sandbox: Sandbox, channel: str) -> list[SeenMessage]:
    """What the channel was shown."""
    asked = sandbox.workspace.command(CHAIR, "/cypp", "status", channel=channel).message
    sandbox.workspace.press(CHAIR, asked, text="Share in channel")
    finish(sandbox)
    return [one for one in sandbox.workspace.messages(channel) if "Shared from" in read(one) and not one.ephemeral]


def told_of_doubt(sandbox: Sandbox, mark: int) -> SeenMessage:
    """The one sentence that whoever shared is told, once it is there."""

    def told() -> list[SeenMessage]:
        return [one for one in sandbox.workspace.since(CHAIR, mark) if NOT_KNOWN in read(one)]

    sandbox.workspace.wait_for(told, WAITS)
    (only,) = told()
    return only


@pytest.mark.parametrize("fault", UNKNOWN_FATE, ids=lambda one: f"{one.kind} {one.status} {one.applied}")
def test_whoever_shares_is_told_where_nobody_knows_whether_it_arrived(calm: Sandbox, fault: Fault) -> None:
    mark = calm.workspace.mark()
    calm.workspace.faults.add(POST, fault)
    assert len(shares(calm, CHANNEL)) == fault.applied
    told = told_of_doubt(calm, mark)
    assert told.ephemeral_to == CHAIR
    assert told.channel == CHANNEL


def test_whoever_shares_where_the_bot_is_no_member_is_told_in_their_own_conversation(calm: Sandbox) -> None:
    calm.workspace.add_channel("C0OTHER", "other", members=[CHAIR], bot_is_member=False)
    mark = calm.workspace.mark()
    calm.workspace.faults.add(
        URL, Fault.page(applied=True), when=lambda args: args.get("response_type") == "in_channel"
    )
    assert len(shares(calm, "C0OTHER")) == 1
    told = told_of_doubt(calm, mark)
    assert told.channel.startswith("D")


def test_a_receipt_of_unknown_fate_is_not_repeated_and_its_record_holds(calm: Sandbox) -> None:
    calm.workspace.faults.add(POST, Fault.dropped_applied())
    calm.say(EDUCATION, "healthy-5 on track, results are out")
    finish(calm)
    assert len(entries(calm, "healthy-5")) == 1
    assert len([one for one in calm.workspace.dm(EDUCATION) if "Recorded" in read(one)]) == 1


@pytest.mark.parametrize("fault", UNKNOWN_FATE, ids=lambda one: f"{one.kind} {one.status} {one.applied}")
def test_a_digest_published_by_a_press_is_looked_up_and_in_the_channel_once(open_at: OpenAt, fault: Fault) -> None:
    sandbox = open_at(when(9, 16, 15), look_after=0.2, look_again=0.1)
    sandbox.advance(when(9, 17, 9, 30))
    digest = sandbox.command(SECRETARY, "digest partnership").messages[-1]
    sandbox.workspace.faults.add(POST, fault, when=lambda args: args.get("channel") == CHANNEL)
    sandbox.press_in(SECRETARY, digest, "Publish")
    for _ in range(4):
        time.sleep(0.25)
        sandbox.tick()
    published = [one for one in sandbox.workspace.messages(CHANNEL) if one.metadata]
    assert len(published) == 1
    with sandbox.database.read(ALL) as session:
        sent = select(Message.state).where(Message.address == CHANNEL)
        assert session.scalars(sent).all() == [MessageState.SENT]
