"""The bot mentioned in a channel: what may be shared is answered in a thread for all, everything else to one alone."""

from __future__ import annotations

import pytest

from bot.demo.workspace import Answer, SeenMessage
from models.enums import Status
from tests.bot.slack.conftest import add_others
from tests.bot.slack.e2e import (
    CHAIR,
    CHANNEL,
    EDUCATION,
    GUEST,
    HEALTH,
    NOTHING_SHOWN,
    SECRETARY,
    action,
    entries,
    finished,
    read,
    stored,
)
from tests.local_slack import Fault, Sandbox


def mention(sandbox: Sandbox, user: str, words: str, *, thread: str = "", quiet: bool = False) -> Answer:
    """Somebody mentions the bot in the board's channel; `quiet`: no answer is expected."""
    answer = sandbox.workspace.say(
        user, words, CHANNEL, mention=True, thread_ts=thread or None, replies=0 if quiet else 1
    )
    return finished(sandbox, user, answer)


def in_public(sandbox: Sandbox) -> list[SeenMessage]:
    return [one for one in sandbox.workspace.messages(CHANNEL) if one.from_bot and not one.ephemeral]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("status priority 7", "Priority 7 shares the 9 actions of theme Healthy"),
        ("how is priority 7 going?", "Priority 7 shares the 9 actions"),
        ("healthy-5", "healthy-5: on track. Due Wed 16 Sep 2020."),
        ("overdue", "Nothing is overdue"),
        ("due next", "13 actions due at the next meetings."),
        ("meetings", "The next meeting is the Health and Wellbeing Board"),
        ("find emotional health", ""),
    ],
)
def test_a_question_is_answered_in_a_thread_for_everybody(calm: Sandbox, words: str, first: str) -> None:
    answer = mention(calm, CHAIR, words)
    assert answer.said is not None
    message = answer.message
    assert read(message).startswith(first)
    assert not message.ephemeral
    assert message.thread_ts == answer.said.ts
    assert message.elements() == []


def test_in_a_thread_it_is_answered_in_that_thread(calm: Sandbox) -> None:
    first = calm.workspace.say(CHAIR, "Before we begin", CHANNEL).said
    assert first is not None
    assert mention(calm, CHAIR, "status priority 7", thread=first.ts).message.thread_ts == first.ts


@pytest.mark.parametrize("words", ["mine", "digest partnership", "help", "", "export", "statsu prioriti"])
def test_what_is_one_persons_is_answered_to_that_person_alone(calm: Sandbox, words: str) -> None:
    answer = mention(calm, SECRETARY, words)
    assert answer.messages[0].ephemeral
    assert "Share in channel" not in read(answer)


@pytest.mark.parametrize("words", ["status priority 99", "status healthy-99", "overdue nonsense board"])
def test_an_error_is_never_said_in_public(calm: Sandbox, words: str) -> None:
    assert mention(calm, CHAIR, words).message.ephemeral


def test_a_guest_is_refused_alone(calm: Sandbox) -> None:
    add_others(calm)
    answer = mention(calm, GUEST, "status priority 7")
    assert answer.message.ephemeral
    assert NOTHING_SHOWN in read(answer)


def test_what_is_not_for_publication_is_held_from_the_channel_even_for_who_may_see_it(calm: Sandbox) -> None:
    calm.command(EDUCATION, "update healthy-5 on track, the tender is open, not for publication because of the tender")
    assert "the tender is open" in read(calm.command(EDUCATION, "status healthy-5"))
    said = read(mention(calm, EDUCATION, "status healthy-5"))
    assert "update held" in said
    assert "the tender is open" not in said


def test_an_update_is_recorded_as_in_the_direct_conversation_and_its_receipt_is_its_writers_alone(
    calm: Sandbox,
) -> None:
    answer = mention(calm, EDUCATION, "healthy-5 some issues, the survey is late")
    assert read(answer).startswith("Recorded for healthy-5: some issues.")
    assert answer.message.ephemeral
    assert action(calm, "healthy-5").status is Status.SOME_ISSUES
    assert in_public(calm) == []


def test_words_that_are_not_plain_enough_are_shown_back_alone_and_nothing_is_stored(calm: Sandbox) -> None:
    before = stored(calm)
    answer = mention(calm, EDUCATION, "healthy-5 a report was published")
    assert answer.message.ephemeral
    assert "Record for healthy-5" in read(answer)
    assert stored(calm) == before


def test_somebody_elses_action_is_refused_alone(calm: Sandbox) -> None:
    before = stored(calm)
    answer = mention(calm, HEALTH, "healthy-5 on track, all well")
    assert answer.message.ephemeral
    assert "nothing was recorded" in read(answer)
    assert stored(calm) == before


def test_a_redelivered_mention_is_answered_and_recorded_once(calm: Sandbox) -> None:
    calm.workspace.deliver_times = 3
    mention(calm, CHAIR, "status priority 7")
    mention(calm, EDUCATION, "healthy-5 on track, results are out", quiet=True)
    calm.workspace.deliver_times = 1
    assert len(in_public(calm)) == 1
    assert len(entries(calm, "healthy-5")) == 1


def test_thanks_are_not_answered(calm: Sandbox) -> None:
    assert mention(calm, CHAIR, "thanks", quiet=True).messages == ()


def test_where_nobody_can_be_answered_alone_the_direct_conversation_takes_it(calm: Sandbox) -> None:
    calm.workspace.faults.add("chat.postEphemeral", Fault.error("user_not_in_channel"))
    answer = mention(calm, CHAIR, "mine")
    assert not answer.message.ephemeral
    assert answer.message.channel != CHANNEL
