"""What a newcomer is pointed to, and where the story's clock may go. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.demo.page.cast import cast_of
from bot.demo.page.moves import CannotMoveError, ClockMove, SentLine, day_to_go, next_working_day
from bot.demo.page.suggestions import next_suggestion
from bot.demo.sandbox import example_plan
from tests.bot.slack.e2e import LONDON, when

NOTHING: dict[str, Any] = {
    "asked": False,
    "moved": False,
    "pressed": False,
    "digest": False,
    "waiting": None,
    "here": False,
    "secretary": False,
}
LEAD = ("U0HEADEDU", "Head of Education")


@pytest.mark.parametrize(
    ("done", "kind", "label"),
    [
        ({}, "say", "Ask as the chair: /cypp status priority 7"),
        ({"asked": True}, "clock", "To the next thing that happens"),
        ({"asked": True, "moved": True}, "clock", "To the next thing that happens"),
        ({"asked": True, "moved": True, "waiting": LEAD}, "link", "Be the Head of Education"),
        ({"asked": True, "moved": True, "waiting": LEAD, "here": True}, "words", ""),
        ({"asked": True, "moved": True, "waiting": LEAD, "pressed": True}, "clock", "To the next thing that happens"),
        ({"asked": True, "moved": True, "waiting": LEAD, "digest": True}, "link", "Be the secretary and read it"),
        ({"asked": True, "moved": True, "digest": True, "secretary": True}, "words", ""),
    ],
)
def test_one_step_is_suggested_at_a_time(done: dict[str, Any], kind: str, label: str) -> None:
    step = next_suggestion(**NOTHING | done)
    assert (step.kind, step.label) == (kind, label)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (when(8, 7, 10), when(8, 10, 9, 30)),  # a Friday
        (when(8, 28, 9), when(9, 1, 9, 30)),  # before the bank holiday of Mon 31 Aug
        (when(10, 23, 9, 30), when(10, 26, 9, 30)),  # over the end of summer time
    ],
)
def test_the_next_working_day_begins_at_half_past_nine(now: datetime, then: datetime) -> None:
    assert next_working_day(now, LONDON) == then


@pytest.mark.parametrize(
    ("picked", "words"),
    [
        ("2020-08-06", "only moves forward"),
        ("2020-08-07", "already"),
        ("2022-01-01", "more than a year ahead"),
        ("", "Pick a day"),
        ("31/12/2020", "Pick a day"),
    ],
)
def test_where_the_clock_cannot_go_one_sentence_says_why(picked: str, words: str) -> None:
    with pytest.raises(CannotMoveError, match=words):
        day_to_go(picked, when(8, 7, 10), LONDON)


def test_a_picked_day_begins_at_half_past_nine() -> None:
    assert day_to_go("2020-09-17", when(8, 7, 10), LONDON) == when(9, 17, 9, 30)
    assert day_to_go("2020-08-07", when(8, 7, 8), LONDON) == when(8, 7, 9, 30)


def line(to: str) -> SentLine:
    return SentLine("Mon 17 Aug, 09:30", to, "words", "U1", "messages", "1.0")


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ([], "It is now X. Nothing was sent on the way."),
        (["A"], "It is now X. 1 message was sent, to 1 person."),
        (["A", "A", "B", "#hwb"], "It is now X. 4 messages were sent, to 2 people and 1 channel."),
    ],
)
def test_a_move_is_told_in_a_sentence(to: list[str], words: str) -> None:
    assert ClockMove("X", tuple(line(one) for one in to)).sentence == words


def test_four_people_are_met_first_and_everybody_with_an_account_is_there() -> None:
    cast = cast_of(example_plan())
    assert [one.role for one in cast.first] == [
        "Chair",
        "Board secretary",
        "Lead · Sefton Council",
        "Lead · Sefton Council",
    ]
    everybody = [one.id for one in (*cast.first, *cast.others)]
    assert len(everybody) == len(set(everybody)) == 19
    assert {one.role for one in cast.others} >= {
        "Administrator",
        "Contact officer · Sefton Council",
        "Deputy for Active Sefton Manager",
    }
