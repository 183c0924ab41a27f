"""Hostile text typed by a lead: shown as it was typed, and nothing more, wherever it comes up again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.demo.workspace import SeenMessage
from tests.bot.slack.e2e import (
    CHAIR,
    CHANNEL,
    EDUCATION,
    HEALTH,
    SECRETARY,
    action,
    bundle_of,
    entries,
    forge,
    labels,
    meeting_on,
    message_with,
    read,
    when,
)
from tests.local_slack import Sandbox, open_sandbox

HOSTILE = {
    "a shout": "<!channel> <!here> @channel @everyone everybody look",
    "a mention": "<@U0CHAIRPB> and <#C0PARTNER|board> and <!subteam^S012|heads>",
    "mark-up": "*bold* _it_ ~gone~ `code` ```more``` > quote &lt;b&gt;",
    "a link": "<https://evil.example|click here> and https://evil.example?a=1&b=2",
    "right to left": "نص عربي \u202eمخفي\u202c and \u2067עברית\u2069 end",
    "emoji": ":tada: 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 :white_check_mark: 😀 end" * 3,
    "three thousand": "words and more words " * 142,
    "line breaks": "first\n\n\n\nsecond\r\n• third\n> fourth",
    "json": '{"text": "x", "blocks": [{"type": "divider"}]} \\" \\n %s {0}',
    "controls": "nul\u0000 bell\u0007 zero\u200bwidth \ufeffend \ud83d",
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    sandbox = open_sandbox(tmp_path_factory.mktemp("hostile") / "plan.db", when(9, 16, 13), burst=10_000)
    yield sandbox
    sandbox.close()


def objects(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from objects(value)


def is_inert(message: SeenMessage) -> None:
    """No text in it can become a mention, a link or formatting, and the plain text notifies nobody."""
    for part in objects(list(message.blocks)):
        assert part.get("type") not in ("mrkdwn", "markdown", "user", "usergroup", "broadcast", "link")
        # The one channel that is named is the board's own, to which the digest was published.
        assert part.get("type") != "channel" or part["channel_id"] == CHANNEL
        if part.get("type") == "plain_text":
            assert part.get("emoji") is False
    assert not re.search(r"<[!@#]|<https?:", message.text)
    assert not re.search(r"@(channel|here|everyone)\b", message.text)
    assert len(message.text) <= 4000
    for text in (part["text"] for part in objects(list(message.blocks)) if isinstance(part.get("text"), str)):
        assert "\u202e" not in text
        assert "\u0000" not in text
        assert text.count("\u2068") == text.count("\u2069")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_stored_and_shown_as_words_everywhere(sandbox: Sandbox, name: str) -> None:
    words = HOSTILE[name][:2990]
    receipt = sandbox.command(EDUCATION, f"update healthy-5 off track {words}")
    assert receipt.error is None, receipt.detail
    assert "Recorded for healthy-5: off track." in read(receipt)
    seen = [*receipt.messages]
    for user, typed in (
        (CHAIR, "status healthy-5"),
        (CHAIR, "status priority 7"),
        (EDUCATION, "mine"),
        (CHAIR, "due 16 sep"),
        (CHAIR, "digest partnership"),
    ):
        answer = sandbox.command(user, typed)
        assert answer.error is None, (typed, answer.detail)
        seen += answer.messages
    for message in seen:
        is_inert(message)
    assert entries(sandbox, "healthy-5")[-1].words != ""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_said_in_the_conversation_are_shown_back_inert(sandbox: Sandbox, name: str) -> None:
    answer = sandbox.say(HEALTH, f"about the profiles: {HOSTILE[name]}")
    assert answer.delivered
    assert len(answer.messages) == 1
    is_inert(answer.messages[0])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_as_a_command_come_back_inert(sandbox: Sandbox, name: str) -> None:
    for typed in (
        HOSTILE[name],
        f"status {HOSTILE[name]}",
        f"help {HOSTILE[name]}",
        f"update healthy-5 {HOSTILE[name]}",
    ):
        answer = sandbox.command(HEALTH, typed)
        assert answer.error is None, (typed[:40], answer.detail)
        is_inert(answer.message)


def test_what_was_shouted_is_still_readable(sandbox: Sandbox) -> None:
    sandbox.command(EDUCATION, "update healthy-8 off track *please* read <@U0CHAIRPB> & <!channel>")
    shown = read(sandbox.command(CHAIR, "status healthy-8"))
    assert "please read Chair of the partnership board & @channel" in shown


def test_hostile_words_are_inert_in_the_bundle_the_digest_and_the_channel(sandbox: Sandbox) -> None:
    for ref, name in (("healthy-5", "a shout"), ("healthy-8", "mark-up"), ("9sep-2", "a mention")):
        sandbox.command(EDUCATION, f"update {ref} off track {HOSTILE[name]}")
    sandbox.command(HEALTH, f"update healthy-9 off track {HOSTILE['three thousand'][:2900]}")
    sandbox.advance(when(9, 17, 9, 30))
    after = message_with(sandbox, SECRETARY, "After the meeting of Wed 16 Sep 2020")
    sandbox.press(SECRETARY, "9sep-2", "Closed")
    sandbox.press(SECRETARY, "healthy-8", "Other…")
    assert sandbox.submit(SECRETARY, {"kind": "not agreed", "reason": "<!channel> *no* <@U0HEADEDU>"}).closed
    sandbox.settle(SECRETARY, after)
    digest = next(one for one in reversed(sandbox.workspace.dm(SECRETARY)) if labels(one) == ["Publish"])
    sandbox.press_in(SECRETARY, digest, "Publish")
    sandbox.advance(when(9, 24, 9, 30))
    published = sandbox.workspace.messages(CHANNEL)
    bundle = bundle_of(sandbox, EDUCATION)
    assert "@channel" in read(bundle)
    assert any("healthy-5" in read(one) for one in published)
    everything = [bundle, digest, *published]
    everything += [one for user, _ in sandbox.people() for one in sandbox.workspace.dm(user) if one.from_bot]
    assert len(everything) > 20
    for message in everything:
        is_inert(message)


def test_a_view_holds_hostile_words_of_others_inert(sandbox: Sandbox) -> None:
    sandbox.command(HEALTH, f"update healthy-4 off track {HOSTILE['a shout']}")
    # The sandbox of this file goes on from one test to the next, and this one may be the first.
    if sandbox.clock() < when(9, 17, 9, 30):
        sandbox.advance(when(9, 17, 9, 30))
    forge(sandbox, SECRETARY, "outcome", f"{action(sandbox, 'healthy-4').id}|{meeting_on(sandbox, 9, 16).id}")
    view = sandbox.workspace.view(SECRETARY)
    assert view is not None
    for part in objects(list(view.blocks)):
        assert part.get("type") != "mrkdwn"
