"""What the registry says of each command is so: how it is typed, who may, whether it reads."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.catalogue import REGISTRY
from handlers.commands import Publish, ShowMine, TakeActions
from handlers.reading.grammar import Grammar, Spelling
from handlers.reading.question_commands import read_mine
from handlers.registry import CommandEntry, Registry
from models.enums import Way
from tests.handlers.reading.plan import SEFTON, TODAY, parse
from tests.handlers.who_may import DEEDS, Deed

COMMANDS = list(REGISTRY.commands.values())
EXAMPLES = [
    (entry, spelling, example) for entry in COMMANDS for spelling in entry.spellings for example in spelling.examples
]

STORES_ELSEWHERE = {TakeActions, Publish}
"""Where the table stores nothing: no meeting of its plan was cancelled; what is published is planned as a notice."""


def deeds_of(what: Any, way: Way | None = None) -> list[Deed]:
    """The rows of who may do what that prove a command, a press or a form."""
    return [
        deed
        for deed in DEEDS
        if (what in deed.covers if isinstance(deed.covers, tuple) else what == deed.covers) and way in (None, deed.way)
    ]


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
    assert entry.reads is not (stores or entry.command in STORES_ELSEWHERE)


def test_what_is_typed_by_one_name_belongs_to_one_command() -> None:
    mine = Spelling("mine", read_mine, "mine", synonyms=("my actions",))
    with pytest.raises(ValueError, match="two commands are called mine"):
        Grammar([mine, Spelling("mine", read_mine, "mine")])
    with pytest.raises(ValueError, match="two commands begin with my actions"):
        Grammar([mine, Spelling("my", read_mine, "my", synonyms=("my actions",))])
    entry = REGISTRY.commands[ShowMine]
    with pytest.raises(ValueError, match="stands twice"):
        Registry([entry, entry])
