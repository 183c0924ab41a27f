"""What a newcomer is pointed to, and where the story's clock may go. Pure."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.demo.page.cast import cast_of
from bot.demo.page.guide import STEPS, Visited, step_reached
from bot.demo.page.moves import CannotMoveError, ClockMove, SentLine, day_to_go, next_working_day
from bot.demo.sandbox import example_plan
from tests.bot.slack.e2e import LONDON, when

BEGIN, REQUEST, LATER = date(2020, 8, 7), date(2020, 8, 17), date(2020, 9, 3)
ASKED = {"/cypp status priority 7"}
LEAD, SECRETARY = "U0HEADEDU", "U0DEMSERV"


@pytest.mark.parametrize(
    ("done", "kind", "words"),
    [
        (Visited(BEGIN), "say", "You are the chair"),
        (Visited(BEGIN, ASKED), "clock", "Let time pass"),
        (Visited(REQUEST), "press", "Head of Education is asked"),
        (Visited(REQUEST, ASKED, {(SECRETARY, "On track")}), "press", "Head of Education is asked"),
        (Visited(REQUEST, ASKED, {(LEAD, "On track")}), "clock", "The receipt"),
        (Visited(REQUEST, ASKED, {(LEAD, "")}), "clock", "The receipt"),
        (Visited(REQUEST, skipped={2}), "clock", "The receipt"),
        (Visited(LATER), "press", "No update received"),
        (Visited(LATER, pressed={(SECRETARY, "Chase all")}), "clock", "Each of those leads"),
        (Visited(date(2020, 9, 10), pressed={(SECRETARY, "Send me the paper")}), "clock", "the board meets"),
        (Visited(date(2020, 9, 17)), "press", "Tick two actions"),
        (Visited(date(2020, 9, 17), skipped={8, 9, 10}), "press", "Press Publish"),
        (Visited(date(2020, 9, 17), looked={"C0PARTNER"}, skipped={8, 9, 10, 11}), "clock", "The next begins"),
        (Visited(date(2021, 1, 1)), "look", "Go on as you like"),
        (Visited(date(2021, 1, 1), skipped={14}), "look", "Go on as you like"),
    ],
)
def test_one_step_of_the_guide_is_shown_at_a_time(done: Visited, kind: str, words: str) -> None:
    step = STEPS[step_reached(done)]
    assert step.kind == kind
    assert words in step.words


def test_the_guide_goes_through_all_that_a_secretary_does_for_a_meeting() -> None:
    pressed = [step.press for step in STEPS if step.user == SECRETARY]
    assert pressed == ["Chase", "Send me the paper", "Closed", "Carry forward all", "Outcomes recorded", "Publish"]
    days = [step.day for step in STEPS if step.day]
    assert days == sorted(days)


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
