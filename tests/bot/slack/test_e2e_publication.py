"""What may identify a child is asked about once more before it is published, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.demo.workspace import SeenMessage
from tests.bot.slack.e2e import (
    CHANNEL,
    HEALTH,
    SECRETARY,
    as_plan,
    example,
    labels,
    line_of,
    message_with,
    read,
    when,
    with_two_secretaries,
)
from tests.local_slack import Sandbox, open_sandbox

SURELY, LEAVE = "No, it identifies nobody: publish it", "Leave it out"


@pytest.fixture
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The day after a meeting, a lead's last words naming a child."""
    plan = as_plan(with_two_secretaries(example()))
    sandbox = open_sandbox(tmp_path_factory.mktemp("named") / "plan.db", when(9, 16, 9), plan=plan)
    asked = sandbox.command(HEALTH, "update healthy-4 some issues because Zofia (14) has no place").messages[-1]
    sandbox.press_in(HEALTH, asked, "No, it identifies nobody: record it")
    sandbox.advance(when(9, 17, 11))
    yield sandbox
    sandbox.close()


def _digest(sandbox: Sandbox) -> SeenMessage:
    after = message_with(sandbox, SECRETARY, "After the meeting of Wed 16 Sep 2020")
    sandbox.settle(SECRETARY, after)
    return next(one for one in reversed(sandbox.workspace.dm(SECRETARY)) if "actions overdue" in read(one))


def test_publish_asks_first_and_names_no_words(named: Sandbox) -> None:
    answer = named.press_in(SECRETARY, _digest(named), "Publish")
    assert "Nothing is published yet: could the words of healthy-4 (a name beside an age)" in read(answer)
    assert "Zofia" not in read(answer)
    assert labels(answer.messages[-1]) == [SURELY, LEAVE]
    assert named.workspace.messages(CHANNEL) == []


def test_left_out_is_published_as_held(named: Sandbox) -> None:
    answer = named.press_in(SECRETARY, _digest(named), "Publish")
    named.press_in(SECRETARY, answer.messages[-1], LEAVE)
    published = read(named.workspace.messages(CHANNEL))
    assert "Zofia" not in published
    assert "update held" in line_of(named.workspace.messages(CHANNEL)[0], "healthy-4")


def test_what_identifies_nobody_is_published(named: Sandbox) -> None:
    answer = named.press_in(SECRETARY, _digest(named), "Publish")
    named.press_in(SECRETARY, answer.messages[-1], SURELY)
    assert "Zofia (14) has no place" in read(named.workspace.messages(CHANNEL))


def test_a_board_that_publishes_by_itself_leaves_it_out_and_asks_its_secretary(named: Sandbox) -> None:
    named.command(SECRETARY, "board partnership publish at once")
    digest = _digest(named)
    published = read(named.workspace.messages(CHANNEL))
    assert "healthy-4" in published
    assert "Zofia" not in published
    assert "The channel says “update held”: could the words of healthy-4 (a name beside an age)" in read(digest)
    assert {SURELY, LEAVE} <= set(labels(digest))
    named.press_in(SECRETARY, digest, SURELY)
    assert "Zofia (14) has no place" in read(named.workspace.messages(CHANNEL))


SHARE, SHARE_SURELY = "Share in channel", "No, it identifies nobody: share it"


@pytest.mark.parametrize("asked", ["status healthy-4", "history healthy-4", "status theme healthy"])
def test_sharing_an_answer_asks_first_and_names_no_words(named: Sandbox, asked: str) -> None:
    shown = named.workspace.command(SECRETARY, "/cypp", asked, CHANNEL).message
    assert "Zofia" in read(shown)
    answer = named.workspace.press(SECRETARY, shown, text=SHARE, replies=1, settle=0.1)
    assert read(answer).startswith("Nothing is shared yet: could the words of ")
    assert "(a name beside an age)" in read(answer)
    assert "Zofia" not in read(answer)
    assert answer.messages[-1].ephemeral_to == SECRETARY
    assert labels(answer.messages[-1]) == [SHARE_SURELY, LEAVE]
    assert named.workspace.messages(CHANNEL) == []
    named.workspace.press(SECRETARY, answer.messages[-1], text=LEAVE, replies=1, settle=0.1)
    shared = read(named.workspace.messages(CHANNEL))
    assert "update held" in shared
    assert "Zofia" not in shared


def test_what_identifies_nobody_is_shared(named: Sandbox) -> None:
    shown = named.workspace.command(SECRETARY, "/cypp", "status healthy-4", CHANNEL).message
    asked = named.workspace.press(SECRETARY, shown, text=SHARE, replies=1, settle=0.1).messages[-1]
    named.workspace.press(SECRETARY, asked, text=SHARE_SURELY, replies=1, settle=0.1)
    assert "Zofia (14) has no place" in read(named.workspace.messages(CHANNEL))


def test_a_question_that_names_a_child_is_not_shared_by_itself(named: Sandbox) -> None:
    shown = named.workspace.command(SECRETARY, "/cypp", "find Zofia 14", CHANNEL).message
    if SHARE in labels(shown):
        named.workspace.press(SECRETARY, shown, text=SHARE, replies=1, settle=0.1)
    assert "Zofia" not in read(named.workspace.messages(CHANNEL))


@pytest.mark.parametrize("asked", ["status healthy-4", "history healthy-4", "status theme healthy"])
def test_an_answer_to_a_mention_leaves_it_out(named: Sandbox, asked: str) -> None:
    shared = read(named.workspace.say(SECRETARY, asked, CHANNEL, mention=True, replies=1))
    assert "healthy-4" in shared
    assert "update held" in shared
    assert "Zofia" not in shared
