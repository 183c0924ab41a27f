"""Pictures of status by priority in Slack: uploaded before the message, shown in it, and never in its way."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from bot.demo.workspace import SeenMessage
from tests.bot.slack.e2e import CHAIR, CHANNEL, SECRETARY, finish, labels, message_with, read
from tests.local_slack import Fault, Sandbox

POST, FIRST, LAST = "chat.postMessage", "files.getUploadURLExternal", "files.completeUploadExternal"
BOARD = "Children and Young People's Partnership Board:"


def images(message: SeenMessage) -> list[dict[str, Any]]:
    """The pictures in a message."""
    return [block for block in message.blocks if block["type"] == "image"]


def digest(sandbox: Sandbox) -> SeenMessage:
    """The digest that the outcomes of 16 September bring."""
    sandbox.workspace.forget_calls()
    after = message_with(sandbox, SECRETARY, "After the meeting of Wed 16 Sep 2020")
    sandbox.settle(SECRETARY, after)
    found = [
        one for one in sandbox.workspace.dm(SECRETARY) if BOARD in one.text and "overdue" in one.text.split("\n")[0]
    ]
    assert len(found) == 1, "said once"
    return found[0]


def shown_picture(sandbox: Sandbox, channel: str | None) -> tuple[list[SeenMessage], SeenMessage]:
    """The chair presses *Show as picture*: what is answered there, and the message with the picture."""
    answer = sandbox.workspace.command(CHAIR, "/cypp", "status", channel)
    mark = sandbox.workspace.mark()
    sandbox.workspace.press(CHAIR, answer.message, text="Show as picture")
    finish(sandbox)
    seen = sandbox.workspace.since(CHAIR, mark)
    return [one for one in seen if one.ephemeral], next(one for one in seen if not one.ephemeral)


def test_status_offers_a_picture_that_comes_as_a_message_to_the_asker_alone(calm: Sandbox) -> None:
    notes, message = shown_picture(calm, CHANNEL)
    assert [read(one).split("\n")[0] for one in notes] == ["The picture is on its way to you."]
    assert message.channel == f"D{CHAIR[1:]}"
    (image,) = images(message)
    name, content = calm.workspace.uploaded(image["slack_file"]["id"])
    assert (name, Image.open(io.BytesIO(content)).format) == ("status-by-priority.png", "PNG")
    assert image["alt_text"].startswith("Bars of status by theme and priority, Thu 27 Aug 2020. Heard: ")
    assert "Healthy: 9 actions. Theme Healthy: 1 off track" in image["alt_text"]
    assert "Theme Healthy: 1 off track, 2 some issues, 1 not started, 5 on track." in image["alt_text"]


def test_each_action_is_in_one_bar(calm: Sandbox) -> None:
    _, message = shown_picture(calm, None)
    parts = images(message)[0]["alt_text"].rstrip(".").split(". ")[1:]
    under = [part.rsplit(": ", 1)[-1] for part in parts if " action" in part]
    bars = [part.rsplit(": ", 1)[-1] for part in parts if " action" not in part]
    total = sum(int(one.split()[0]) for each in bars for one in each.split(", ") if one[0].isdecimal())
    assert total == sum(int(one.split()[0]) for one in under) == 53


def test_in_the_direct_conversation_the_picture_is_the_only_answer(calm: Sandbox) -> None:
    notes, message = shown_picture(calm, None)
    assert notes == []
    assert len(images(message)) == 1


def test_only_the_whole_plan_is_offered_as_a_picture(calm: Sandbox) -> None:
    assert labels(calm.command(CHAIR, "status").message) == ["Show as picture", "Share in channel"]
    assert "Show as picture" not in labels(calm.command(CHAIR, "status priority 7").message)


def test_the_digest_shows_its_picture_which_was_uploaded_before(after: Sandbox) -> None:
    message = digest(after)
    methods = [call.method for call in after.workspace.calls if call.method in (POST, FIRST, LAST)]
    assert methods[methods.index(FIRST) :][:3] == [FIRST, LAST, POST]
    (image,) = images(message)
    kinds = [block["type"] for block in message.blocks]
    assert kinds[:4] == ["header", "rich_text", "rich_text", "data_table"], "counts, then what is worst"
    assert kinds[-1] == "image", "tall, so under all else"
    assert "Healthy: 9 actions, " in image["alt_text"]
    assert "open actions of this board: 1 off track, 4 some issues" in read(message)
    published = after.press_in(SECRETARY, message, "Publish")
    assert "Publishing the digest" in read(published)
    (in_channel,) = [one for one in after.workspace.messages(CHANNEL) if images(one)]
    assert images(in_channel)[0]["alt_text"] == image["alt_text"]


@pytest.mark.parametrize("method", [FIRST, LAST])
def test_where_the_upload_fails_the_digest_goes_without(after: Sandbox, method: str) -> None:
    after.workspace.faults.add(method, Fault.error("fatal_error"), times=10)
    message = digest(after)
    assert images(message) == []
    assert "Publish" in labels(message)


def test_a_picture_that_slack_still_looks_over_is_shown_a_moment_later(after: Sandbox) -> None:
    after.workspace.faults.add(
        POST, Fault.error("invalid_blocks"), times=1, when=lambda args: "slack_file" in str(args)
    )
    assert len(images(digest(after))) == 1
    assert len(after.workspace.calls_of(FIRST)) == 1


def test_a_picture_that_slack_never_takes_is_left_out_and_the_digest_is_said(after: Sandbox) -> None:
    refused = Fault.error("invalid_blocks")
    after.workspace.faults.add(POST, refused, times=10, when=lambda args: "slack_file" in str(args))
    assert images(digest(after)) == []


def test_words_redacted_later_leave_the_picture_where_it_is(after: Sandbox) -> None:
    after.command(SECRETARY, "update healthy-4 amber the tender of a certain firm is late, by e-mail of 4 Sep")
    before = digest(after)
    assert "a certain firm" in read(before)
    after.command(SECRETARY, "redact healthy-4 1 because it names a firm")
    now = after.workspace.now(before)
    assert now is not None
    assert "a certain firm" not in read(now)
    assert [one["slack_file"] for one in images(now)] == [one["slack_file"] for one in images(before)]


def test_a_message_that_is_changed_keeps_a_picture_that_slack_still_looks_over(after: Sandbox) -> None:
    after.command(SECRETARY, "update healthy-4 amber the tender of a certain firm is late, by e-mail of 4 Sep")
    before = digest(after)
    again = Fault.error("invalid_blocks")
    after.workspace.faults.add("chat.update", again, times=2, when=lambda args: "slack_file" in str(args))
    after.command(SECRETARY, "redact healthy-4 1 because it names a firm")
    now = after.workspace.now(before)
    assert now is not None
    assert "a certain firm" not in read(now)
    assert len(images(now)) == 1
