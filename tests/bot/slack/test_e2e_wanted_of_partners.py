"""What is wanted of a partner in Slack: on lists and the Home tab, in the form, and in the thread of its request."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.bot.slack.e2e import CHAIR, EDUCATION, SECRETARY, WIDE, Kept, labels, message_with, read, when
from tests.bot.slack.test_e2e_contributions import ALDER_HEY, GIVEN
from tests.local_slack import Sandbox, open_sandbox


@pytest.fixture(scope="module")
def requested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    sandbox = open_sandbox(tmp_path_factory.mktemp("requested") / "plan.db", when(9, 23, 10))
    sandbox.advance(when(9, 24, 10))
    yield Kept(sandbox)
    sandbox.close()


@pytest.fixture
def sandbox(requested: Kept) -> Sandbox:
    """The morning after the request, the messages as they were."""
    return requested.back()


def test_what_is_wanted_stands_in_mine_in_owing_and_on_the_home_tab(sandbox: Sandbox) -> None:
    wanted = "Contribution to Heard by Thu 8 Oct 2020"
    for user in (ALDER_HEY, EDUCATION):
        for answer in (sandbox.command(user, "mine"), sandbox.command(user, "owing")):
            assert wanted in read(answer)
            assert "Contribute…" in labels(answer.message)
    kept = read(sandbox.command(SECRETARY, "owing partnership"))
    assert "No contribution received on Heard (12)" in kept
    assert "police (not asked: no account)" in kept
    home = sandbox.workspace.open_home(EDUCATION)
    assert home is not None
    assert wanted in home.plain(WIDE)
    sandbox.say(ALDER_HEY, GIVEN)
    kept_home = sandbox.workspace.open_home(SECRETARY)
    assert kept_home is not None
    assert "1 of 10 contributions to Heard." in kept_home.plain(WIDE)
    assert wanted not in read(sandbox.command(ALDER_HEY, "mine"))
    assert wanted not in read(sandbox.command(ALDER_HEY, "owing"))


def test_the_form_gives_back_what_is_too_long(sandbox: Sandbox) -> None:
    asked = message_with(sandbox, ALDER_HEY, "The board asks you for a contribution to Heard")
    sandbox.press_in(ALDER_HEY, asked, "Contribute…")
    given = sandbox.submit(ALDER_HEY, {"did": "we listened " * 200, "next": "we will listen " * 150})
    assert "and a contribution holds 4,000: please shorten it, or give a link." in str(given.errors)
    assert "0 of 10 contributions received." in read(sandbox.command(CHAIR, "contributions for 23 oct"))


@pytest.mark.parametrize(
    ("words", "said", "given"),
    [
        ("We asked forum members about their wards, and repainted two", "the contribution of Alder Hey Children's", 1),
        ("Thank you very much for asking us", "", 0),
        ("When is the next meeting of the board?", "Fri 23 Oct 2020", 0),
        ("Who else has given a contribution so far?", "", 0),
    ],
)
def test_words_in_the_thread_of_a_request_for_nothing_else_are_the_contribution(
    sandbox: Sandbox, words: str, said: str, given: int
) -> None:
    asked = message_with(sandbox, ALDER_HEY, "The board asks you for a contribution to Heard")
    assert said in read(sandbox.say(ALDER_HEY, words, thread_ts=asked.ts))
    assert f"{given} of 10 contributions received." in read(sandbox.command(CHAIR, "contributions for 23 oct"))


def test_a_second_message_in_the_thread_replaces_nothing(sandbox: Sandbox) -> None:
    asked = message_with(sandbox, ALDER_HEY, "The board asks you for a contribution to Heard")
    sandbox.say(ALDER_HEY, "We asked forum members about their wards", thread_ts=asked.ts)
    sandbox.say(ALDER_HEY, "I shall be at the meeting myself then", thread_ts=asked.ts)
    assert "We asked forum members" in read(sandbox.command(CHAIR, "contributions Alder Hey for 23 oct"))


def test_words_in_the_thread_of_a_request_for_updates_as_well_are_no_contribution(sandbox: Sandbox) -> None:
    asked = message_with(sandbox, EDUCATION, "3 actions of yours need an update by Thu 8 Oct 2020.")
    sandbox.say(EDUCATION, "We asked pupils about their lunch break", thread_ts=asked.ts)
    assert "0 of 10 contributions received." in read(sandbox.command(CHAIR, "contributions for 23 oct"))


def test_a_chase_asks_for_contributions_as_well_and_once_a_day(sandbox: Sandbox) -> None:
    sandbox.advance(when(10, 2, 10))
    chased = read(sandbox.command(SECRETARY, "chase Alder Hey"))
    assert chased.startswith("Chased 1 lead about 1 contribution.")
    assert "Youth Forum Lead, Alder Hey Children's NHS Foundation Trust: a contribution to Heard." in chased
    assert "Contribute…" in labels(sandbox.workspace.dm(ALDER_HEY)[-1])
    assert len([one for one in sandbox.workspace.dm(ALDER_HEY) if "contribution to Heard" in read(one)]) == 2
    again = read(sandbox.command(SECRETARY, "chase Alder Hey"))
    assert again.startswith("Nobody was chased: 1 lead was chased today already.")
    everyone = read(sandbox.command(SECRETARY, "chase"))
    assert re.match(r"Chased \d+ leads about \d+ actions and 8 contributions; ", everyone)
    assert "Head of Education, Sefton Council: " in everyone
    assert "and a contribution to Heard." in everyone
    assert (
        "Subject: Contribution wanted for the Children and Young People's Partnership Board of Fri 23 Oct" in everyone
    )


def test_a_chase_of_who_has_contributed_asks_nobody(sandbox: Sandbox) -> None:
    sandbox.say(ALDER_HEY, GIVEN)
    sandbox.advance(when(10, 2, 10))
    assert read(sandbox.command(SECRETARY, "chase Alder Hey")).startswith("Nobody was chased: Youth Forum Lead")
