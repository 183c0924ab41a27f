"""Wishes for another meeting, and meetings that move or are off, in plain words: tables; half change nothing."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.reading.deeds.meeting_moves import MeetingMoved, read_meeting_move
from handlers.reading.deeds.wishes import MeetingWish, read_wish
from handlers.reading.vocabulary import MeetingWords
from tests.handlers.reading.plan import SEFTON

DAY = date(2020, 8, 17)
PLAN = replace(SEFTON, meetings=(MeetingWords(1, "partnership", date(2020, 9, 16)),))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("can healthy-5 have until December? legal won't be finished",
         MeetingWish("healthy-5", "December", "legal won't be finished")),
        ("we need till december on healthy-9 because the post isnt advertised yet",
         MeetingWish("healthy-9", "december", "the post isnt advertised yet")),
        ("any chance of october for healthy-8? colleges dont enrol til mid sept",
         MeetingWish("healthy-8", "october", "colleges dont enrol til mid sept")),
        ("healthy-5 please move to oct - printers shut", MeetingWish("healthy-5", "oct", "printers shut")),
        ("healthy-5 can it wait", None),
        ("can healthy-5 have more room on the agenda in october", None),
        ("healthy-5 we told schools december so please dont move it to october", None),
        ("healthy-5 we moved the shoot to october", None),
        ("healthy-4 was asked to wait until december by A&E but we said no", None),
        ("can healthy-5 and healthy-8 have until december", None),
        ("healthy-5 amber, could do with more staff by december", None),
    ],
)  # fmt: skip
def test_a_wish_names_one_action_and_one_meeting_in_words_that_are_all_explained(
    words: str, expected: MeetingWish | None
) -> None:
    assert read_wish(words, PLAN, DAY) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the partnership on 16 september has been put back to the 24th, 3pm",
         MeetingMoved("16 september partnership", "24th September 2020", "15:00")),
        ("partnership board on the 16th is now the 23rd of september, same time and place",
         MeetingMoved("16th partnership", "23rd of september", "")),
        ("september board is off, town hall is a vaccination centre",
         MeetingMoved("september", reason="town hall is a vaccination centre")),
        ("the projector was moved to room 3 on the 16th", None),
        ("move the board to teams for september", None),
        ("we are thinking of moving the december board forward a week", None),
        ("can the 23rd be moved to the 30th?", None),
        ("if the hall floods the september board is off", None),
        ("the boiler is off", None),
        ("healthy-5 moved from 16 september to 23 october", None),
        ("we were quorate in the end yesterday", None),
        ("health and wellbeing might be cancelled", None),
    ],
)  # fmt: skip
def test_a_meeting_moves_only_in_words_that_say_nothing_else(words: str, expected: MeetingMoved | None) -> None:
    found = read_meeting_move(words, PLAN, DAY)
    assert found is None or expected is not None, found
    if expected is not None:
        assert found is not None
        assert (found.which.removeprefix("the "), found.to.removeprefix("the "), found.time, found.reason) == (
            expected.which, expected.to, expected.time, expected.reason
        )  # fmt: skip
