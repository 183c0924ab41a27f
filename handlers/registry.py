"""What there is to ask, press and send in: the shapes of the entries, and the registry that finds them.

A package says what it answers in its own `registry.py`, and `handlers.catalogue` puts those together into the one
`REGISTRY`. To walk every command as people see it (for a help page, a reference)::

    from handlers.catalogue import REGISTRY

    for entry in REGISTRY.commands.values():    # one for each type of command: who may, reads, paged, its handler
        for spelling in entry.spellings:        # how it is typed: name, usage, line, examples, synonyms
            ...

`REGISTRY.grammar.spellings` are the same spellings, in the order of the help.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Generic, TypeVar

from handlers.context import RequestContext
from handlers.reading.grammar import Grammar, Spelling
from handlers.responses import Response
from models.enums import Verb

CommandType = TypeVar("CommandType")


@dataclass(frozen=True, slots=True)
class CommandEntry(Generic[CommandType]):
    """One type of command, and all that is known about it.

    `who_may`: what somebody must be allowed to do for it, one of several where there are some. To read is checked for
    everything that is asked; where it depends on the action or the board, the handler checks it by the same verb.
    `reads`: it changes nothing, so it takes no lock. `spellings`: how it is typed; none for what only a button does, or
    what another command's words are read as. `also_read_as`: what else its own words are read as.
    """

    command: type[CommandType]
    handler: Callable[[RequestContext, CommandType], Response]
    who_may: tuple[Verb, ...]
    reads: bool = False
    spellings: tuple[Spelling, ...] = ()
    also_read_as: tuple[type[Any], ...] = ()

    @property
    def paged(self) -> bool:
        """Whether its answer may be longer than a page: then the command says which page."""
        return any(one.name == "page" for one in fields(self.command))  # type: ignore[arg-type]


class Registry:
    """Every command by its type. Raises ValueError where something stands twice."""

    def __init__(self, commands: Iterable[CommandEntry[Any]] = ()) -> None:
        self.commands: Mapping[type[Any], CommandEntry[Any]] = _by((one.command, one) for one in commands)

    @cached_property
    def grammar(self) -> Grammar:
        """The commands by their words."""
        return Grammar(spelling for entry in self.commands.values() for spelling in entry.spellings)

    def command(self, command: object) -> CommandEntry[Any]:
        """Return the entry of a command."""
        return self.commands[type(command)]

    def reads(self, command: object) -> bool:
        """Return whether a command changes nothing."""
        return self.command(command).reads


Key = TypeVar("Key")
Entry = TypeVar("Entry")


def _by(entries: Iterable[tuple[Key, Entry]]) -> dict[Key, Entry]:
    found: dict[Key, Entry] = {}
    for key, entry in entries:
        if key in found:
            raise ValueError(f"{key} stands twice in the registry")
        found[key] = entry
    return found
