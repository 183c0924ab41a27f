"""What asks leads again, typed and in plain words: tables; half of the plain words must not."""

from __future__ import annotations

import pytest

from handlers.commands.questions import ChaseLeads
from handlers.reading.changes.change_commands import read_change
from handlers.reading.changes.change_frames import Changed
from tests.handlers.reading.plan import parse
from tests.handlers.reading.test_changed import DAY, PLAN

SEPTEMBER = "2020-09-16 partnership"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("chase", ChaseLeads()),
        ("chase everyone", ChaseLeads()),
        ("chase everyone who hasn't answered yet", ChaseLeads()),
        ("chase all the stragglers", ChaseLeads()),
        ("chase up the rest", ChaseLeads()),
        ("ask now", ChaseLeads()),
        ("ask now for partnership", ChaseLeads("", "partnership")),
        ("chase head of education", ChaseLeads("head of education")),
        ("chase head of education for 16 sep", ChaseLeads("head of education", "16 sep")),
        ("chase public health lead for children", ChaseLeads("public health lead for children")),
        ("chase public health lead for children for 16 sep", ChaseLeads("public health lead for children", "16 sep")),
        ("chase for zebra", ChaseLeads("zebra")),
        ("chase for zebra for 16 sep", ChaseLeads("zebra", "16 sep")),
        ("chase for 16 sep", ChaseLeads("", "16 sep")),
        ("chase head of education about healthy-5", ChaseLeads("head of education")),
        ("chase healthy-5", ChaseLeads("healthy-5")),
        ("nudge head of education anyway", ChaseLeads("head of education", "", True)),
        ("chase everyone for partnership all the same", ChaseLeads("", "partnership", True)),
    ],
)  # fmt: skip
def test_what_is_typed_says_whom_and_for_which_meeting(typed: str, expected: ChaseLeads) -> None:
    assert parse(typed, PLAN, DAY).command == expected


@pytest.mark.parametrize(
    ("words", "commands"),
    [
        ("chase everyone who hasn't answered", ("chase everyone",)),
        ("please nudge the stragglers", ("chase everyone",)),
        ("can you chase the head of education", ("chase head-of-education",)),
        ("remind everybody for the 16th", (f"chase everyone for {SEPTEMBER}",)),
        ("nudge the head of education and the public health lead",
         ("chase head-of-education", "chase public-health-lead")),
        ("give the head of education a nudge please", ("chase head-of-education",)),
        ("send the head of education a reminder", ("chase head-of-education",)),
        ("send reminders to everyone still to answer", ("chase everyone",)),
        ("remind the head of education again about her actions", ("chase head-of-education",)),
        ("ask the head of education again", ("chase head-of-education",)),
        ("prompt the head of education for their update", ("chase head-of-education",)),
        ("drop everybody who has not answered a gentle reminder", ("chase everyone",)),
        ("the head of education still hasn't answered, send them a chaser", ("chase head-of-education",)),
        # what must not
        ("we chased everybody yesterday", ()),
        ("I already chased the head of education on the phone", ()),
        ("don't chase the head of education, she is poorly", ()),
        ("should we chase everyone?", ()),
        ("did anybody chase the head of education", ()),
        ("if nobody answers by friday chase everyone", ()),
        ("healthy-5 on track, we are chasing the schools for their plans", ()),
        ("stop chasing me", ()),
        ("remind me again tomorrow", ()),
        ("remind me who leads on healthy-4", ()),
        ("can you remind us whether the head of education answered", ()),
        ("send me a reminder on monday", ()),
        ("remind me to chase the head of education", ()),
        ("I have sent the head of education a reminder", ()),
        ("the head of education sent me a reminder", ()),
        ("do not send the head of education a reminder", ()),
        ("we will send the head of education the papers again", ()),
        ("ask the head of education to lead healthy-4", ()),
        ("the chase along lord street was in the paper", ()),
    ],
)  # fmt: skip
def test_plain_words_chase_only_where_they_say_so(words: str, commands: tuple[str, ...]) -> None:
    read = read_change(words, PLAN, DAY)
    plainly = read.commands if read.plain and read.change is Changed.CHASE else ()
    assert plainly == commands
