"""Wishes for another meeting, and changes of meetings, boards and leads in plain words: tables; half change nothing."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.reading.changes.change_commands import read_change
from handlers.reading.deeds.wishes import MeetingWish, read_wish
from handlers.reading.vocabulary import MeetingWords
from tests.handlers.reading.names_plan import SEFTON_NAMES
from tests.handlers.reading.plan import SEFTON

DAY = date(2020, 8, 17)
PLAN = replace(SEFTON, names=SEFTON_NAMES.names, meetings=(MeetingWords(1, "partnership", date(2020, 9, 16)),))


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
    ("words", "commands"),
    [
        ("the partnership on 16 september has been put back to the 24th, 3pm",
         ("meeting move 2020-09-16 partnership to 2020-09-24 15:00",)),
        ("partnership board on the 16th is now the 23rd of september, same time and place",
         ("meeting move 2020-09-16 partnership to 2020-09-23",)),
        ("september board is off, town hall is a vaccination centre",
         ("meeting cancel 2020-09-16 partnership because town hall is a vaccination centre",)),
        ("the partnership on the 16th starts at 3 instead of 2",
         ("meeting move 2020-09-16 partnership to 2020-09-16 15:00",)),
        ("next partnership is a week later than planned", ("meeting move 2020-09-16 partnership to 2020-09-23",)),
        ("extra partnership meeting, 12 nov 9.30", ("meeting add partnership 2020-11-12 09:30",)),
        ("partnership papers have to be out 8 working days before", ("board partnership papers 8 working days",)),
        ("stop the reminders for the partnership", ("stop reminders partnership",)),
        ("healthy-5 and healthy-8 go to the public health lead, she asked for them",
         ("assign healthy-5, healthy-8 to public-health-lead because she asked for them",)),
        ("give healthy-5 to the public health lead", ("assign healthy-5 to public-health-lead",)),
        ("reopen healthy-5 because the money is back", ("reopen healthy-5 because the money is back",)),
        ("x@example.org has taken over from the public health lead from 1 sept",
         ("handover public-health-lead to x@example.org from 2020-09-01",)),
        ("we need a new post, Head of SEND at the council", ("new post Head of SEND at sefton-council",)),
        ("can you create a role: Participation Officer at Sefton CVS, Kasia is in it (kasia@example.org)",
         ("new post Participation Officer at sefton-cvs",
          "handover Participation Officer to new person kasia@example.org")),
        ("the projector was moved to room 3 on the 16th", ()),
        ("move the board to teams for september", ()),
        ("we are thinking of moving the september board forward a week", ()),
        ("can the 16th be moved to the 30th?", ()),
        ("if the hall floods the september board is off", ()),
        ("don't cancel september", ()),
        ("september board is off? surely not", ()),
        ("she wrote 'cancel the september partnership'", ()),
        ("the boiler is off", ()),
        ("healthy-5 moved from 16 september to 23 october", ()),
        ("we were quorate in the end yesterday", ()),
        ("health and wellbeing might be cancelled", ()),
        ("public health lead has been given healthy-5 to read", ()),
        ("maybe public health lead could take healthy-5", ()),
        ("should the public health lead have healthy-5", ()),
        ("I gave healthy-5 papers to the public health lead", ()),
        ("send it to everyone", ()),
        ("partnership papers were 8 working days before in june, which was great", ()),
    ],
)  # fmt: skip
def test_a_change_is_read_only_in_words_that_are_all_explained(words: str, commands: tuple[str, ...]) -> None:
    read = read_change(words, PLAN, DAY)
    assert (read.commands if read.plain else ()) == commands
