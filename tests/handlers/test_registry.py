"""What the registry says of each command is so: how it is typed, who may, whether it reads."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.catalogue import REGISTRY
from handlers.commands import Command
from handlers.commands.questions import AskPlan, Pleasantry, ShowMine, Unclear, WhatFits
from handlers.reading.grammar import Grammar, Spelling
from handlers.reading.question_commands import read_mine
from handlers.registry import ActionPressEntry, CommandEntry, Press, Registry, Replaces
from models.enums import Way
from tests.handlers.deed_roles import Deed
from tests.handlers.reading.plan import SEFTON, TODAY, parse
from tests.handlers.who_may import DEEDS

COMMANDS = list(REGISTRY.commands.values())
EXAMPLES = [
    (entry, spelling, example) for entry in COMMANDS for spelling in entry.spellings for example in spelling.examples
]

NEVER_TYPED = {AskPlan, WhatFits, Unclear, Pleasantry}
"""What words are read as that name no command."""


def covers(deed: Deed) -> tuple[Any, ...]:
    """What a row proves."""
    return deed.covers if isinstance(deed.covers, tuple) else (deed.covers,)


def deeds_of(what: Any, way: Way | None = None) -> list[Deed]:
    """The rows of who may do what that prove a command, a press or a form."""
    return [deed for deed in DEEDS if what in covers(deed) and way in (None, deed.way)]


def name(entry: CommandEntry[Any]) -> str:
    return entry.command.__name__


@pytest.mark.parametrize(("entry", "spelling", "example"), EXAMPLES, ids=[each[2] for each in EXAMPLES])
def test_every_example_is_read_as_the_command_it_stands_under(
    entry: CommandEntry[Any], spelling: Spelling, example: str
) -> None:
    assert isinstance(parse(example, SEFTON, TODAY).command, (entry.command, *entry.also_read_as))
    assert example.split()[0] in (spelling.name.split()[0], *spelling.synonyms)


@pytest.mark.parametrize("entry", COMMANDS, ids=name)
def test_who_may_give_a_command_is_what_the_table_proves(entry: CommandEntry[Any]) -> None:
    assert set(entry.who_may) == {deed.verb for deed in deeds_of(entry.command)}


@pytest.mark.parametrize("entry", COMMANDS, ids=name)
def test_a_command_that_only_reads_stores_nothing_for_anybody_and_any_other_does(entry: CommandEntry[Any]) -> None:
    stores = any(deed.stores is None or deed.stores for deed in deeds_of(entry.command))
    assert entry.reads is not stores


def test_whatever_can_be_read_asked_pressed_or_sent_in_is_answered() -> None:
    assert REGISTRY.commands.keys() == set(Command.__subclasses__())
    proved = {(deed.way, what) for deed in DEEDS for what in covers(deed) if isinstance(what, str)}
    assert {(Way.BUTTON, verb) for verb in REGISTRY.presses} | {(Way.FORM, verb) for verb in REGISTRY.forms} == proved


def test_what_a_name_may_be_read_as_besides_has_words_that_are_read_so() -> None:
    besides = {command for entry in COMMANDS for command in entry.also_read_as}
    typed = {entry.command for entry in COMMANDS if entry.spellings}
    assert {entry.command for entry in COMMANDS} - besides - typed == NEVER_TYPED


def test_a_command_whose_answer_may_be_long_says_which_page_of_it_is_wanted() -> None:
    assert {entry.command.__name__ for entry in COMMANDS if entry.paged} == {
        "AskPlan", "Find", "ShowChanges", "ShowDue", "ShowHistory", "ShowLeaderless", "ShowMine", "ShowOverdue",
        "ShowOwing", "ShowPeople", "ShowStatus",
    }  # fmt: skip


@pytest.mark.parametrize("verb", REGISTRY.presses)
def test_who_may_press_a_button_is_what_the_table_proves(verb: str) -> None:
    assert set(REGISTRY.presses[verb].who_may) == {deed.verb for deed in deeds_of(verb, Way.BUTTON)}


@pytest.mark.parametrize("verb", REGISTRY.forms)
def test_who_may_send_a_form_in_is_what_the_table_proves(verb: str) -> None:
    assert set(REGISTRY.forms[verb].who_may) == {deed.verb for deed in deeds_of(verb, Way.FORM)}


USED_UP = {
    "page",
    "notupdate",
    "isupdate",
    "adddrop",
    "logdrop",
    "logboard",
    "notnow",
    "reword",
    "nothing",
    "keeprecord",
    "apologies",
    "dropcontribution",
    "dropfigure",
}
USED_UP_WHEN_DONE = {
    "again", "addall", "logadd", "addback", "closemany", "decidedso", "dochanges", "editback", "quietuntil", "record",
    "domeeting", "recordall", "recorddeputy", "replace", "sure", "undo", "undoleads", "undomeeting", "undooutcomes",
    "undoreplans", "undosettings", "undoreport", "undoappointments", "undopost", "inbrief",
    "contribution", "undocontribution", "figure", "undofigure", "undorisk",
}  # fmt: skip
"""Whose message has nothing left to press, always or once something was done: the answer takes its place."""


@pytest.mark.parametrize(("verb", "entry"), REGISTRY.presses.items(), ids=REGISTRY.presses)
def test_a_message_that_is_used_up_makes_room_for_the_answer_and_no_other_does(verb: str, entry: Press) -> None:
    wanted = {**dict.fromkeys(USED_UP, Replaces.ALWAYS), **dict.fromkeys(USED_UP_WHEN_DONE, Replaces.WHEN_DONE)}
    assert entry.replaces is wanted.get(verb, Replaces.NEVER)


def test_what_may_be_pressed_twice_records_nothing_or_the_same_again() -> None:
    again = {verb for verb, entry in REGISTRY.presses.items() if entry.repeatable}
    assert again == {"page", "ask", "share", "more", "snooze", "card", "picture", "chart", "paper", "exempt", "logbook"}
    stores = {verb for verb in again for deed in deeds_of(verb, Way.BUTTON) if deed.stores is None or deed.stores}
    assert stores == {"snooze"}, "which puts off until the same day"


def test_a_button_that_records_something_about_an_action_says_so_and_no_other_does() -> None:
    records = {entry.value.verb: entry.records for entry in REGISTRY.presses.values() if hasattr(entry, "records")}
    assert {verb: label for verb, label in records.items() if label} == {
        "ontrack": "On track", "issues": "Some issues…", "nochange": "No change", "done": "Done…",
        "notours": "Not ours", "closed": "Closed", "carried": "Carry forward", "nodecision": "No decision",
        "notagreed": "Not agreed…", "outcome": "Other…", "offtrack": "Off track…", "otheranswer": "Other…",
    }  # fmt: skip


def test_what_is_typed_by_one_name_belongs_to_one_command() -> None:
    mine = Spelling("mine", read_mine, "mine", synonyms=("my actions",))
    with pytest.raises(ValueError, match="two commands are called mine"):
        Grammar([mine, Spelling("mine", read_mine, "mine")])
    with pytest.raises(ValueError, match="two commands begin with my actions"):
        Grammar([mine, Spelling("my", read_mine, "my", synonyms=("my actions",))])
    entry = REGISTRY.commands[ShowMine]
    with pytest.raises(ValueError, match="stands twice"):
        Registry([entry, entry])


def test_a_button_that_opens_a_form_before_it_records_says_so() -> None:
    """Its form is opened at once, however many wait: what opens it lives for three seconds."""
    records = [one for one in REGISTRY.presses.values() if isinstance(one, ActionPressEntry) and one.records]
    assert [one.asks for one in records] == [one.handler.__name__.endswith("_form") for one in records]
