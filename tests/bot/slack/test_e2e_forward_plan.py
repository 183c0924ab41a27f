"""The forward plan in Slack: themes, actions, quarters and the year, each at its meeting; what no meeting takes yet."""

from __future__ import annotations

import pytest

from tests.bot.slack.e2e import CHAIR, SECRETARY, Kept, OpenAt, read, when
from tests.local_slack import Sandbox


@pytest.fixture(scope="module")
def place(open_for_all: OpenAt) -> Kept:
    return Kept(open_for_all(when(8, 17, 10)))


@pytest.fixture
def sandbox(place: Kept) -> Sandbox:
    return place.back()


def test_each_meeting_says_what_goes_to_it(sandbox: Sandbox) -> None:
    said = read(sandbox.command(CHAIR, "forward plan partnership"))
    assert "3 meetings in the next twelve months" in said
    assert "Wed 16 Sep 2020: " in said
    assert "Q1 2020/21: measures and risks; papers Tue 8 Sep." in said
    assert "Fri 23 Oct 2020: focus Heard; " in said
    assert "Q2 2020/21: measures and risks; papers Thu 15 Oct." in said
    assert said.index("Wed 14 Oct 2020: figures and risks of Q2 2020/21 are asked for.") < said.index("Fri 23 Oct 2020")
    assert "figures and risks of Q3 2020/21 are asked for, and no meeting takes them yet." in said
    assert "Health and Wellbeing Board" not in said


def test_all_boards_are_shown_where_none_is_named(sandbox: Sandbox) -> None:
    said = read(sandbox.command(CHAIR, "forward plan"))
    assert "Children and Young People's Partnership Board" in said
    assert "December 2020, date to be confirmed" in said


def test_the_last_quarter_has_the_year_reported_and_the_plan_reviewed(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, "meeting add partnership 5 May 2021 14:00")
    said = read(sandbox.command(CHAIR, "forward plan partnership"))
    assert "Q4 2020/21: measures and risks; the year 2020/21 reported, the plan reviewed" in said


def test_a_theme_that_two_meetings_take_is_said_first(sandbox: Sandbox) -> None:
    sandbox.command(SECRETARY, "focus 8 dec heard")
    said = read(sandbox.command(CHAIR, "forward plan"))
    assert "Heard is taken by 2 meetings" in said
