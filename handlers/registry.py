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
from dataclasses import dataclass, fields, replace
from enum import Enum
from functools import cached_property
from typing import Any, Generic, Self, TypeVar

from handlers.commands import Command
from handlers.context import RequestContext
from handlers.press_codec import OnAction, PressValue
from handlers.reading.command_arguments import CommandText, Parsed
from handlers.reading.grammar import Grammar, Spelling
from handlers.responses import Response
from models.enums import Verb
from models.storage.tables import Action

CommandType = TypeVar("CommandType", bound=Command)
Value = TypeVar("Value", bound=PressValue)
ValueOnAction = TypeVar("ValueOnAction", bound=OnAction)
Fields = Mapping[str, str]
"""What was put into a form, by the name of the field."""


@dataclass(frozen=True, slots=True)
class CommandEntry(Generic[CommandType]):
    """One type of command, and all that is known about it.

    `who_may`: what somebody must be allowed to do for it, one of several where there are some. To read is checked for
    everything that is asked; where it depends on the action or the board, the handler checks it by the same verb.
    `reads`: it changes nothing, so it takes no lock. `spellings`: how it is typed; none for what only a button does, or
    what another command's words are read as. `also_read_as`: what else its own words are read as. `pressed`: the
    buttons under an action that do the same, each with what stands on it. `shown_by`: the question whose answer shows
    what it changes.
    """

    command: type[CommandType]
    handler: Callable[[RequestContext, CommandType], Response]
    who_may: tuple[Verb, ...]
    reads: bool = False
    spellings: tuple[Spelling, ...] = ()
    also_read_as: tuple[type[Command], ...] = ()
    pressed: tuple[tuple[str, type[OnAction]], ...] = ()
    shown_by: str = ""

    def typed(
        self,
        name: str,
        read: Callable[[CommandText], Parsed],
        usage: str = "",
        line: str = "",
        examples: tuple[str, ...] = (),
        synonyms: tuple[str, ...] = (),
        gives_way_to: tuple[str, ...] = (),
    ) -> Self:
        """Return the entry with one more `Spelling`."""
        spelling = Spelling(name, read, usage, line, examples, synonyms, gives_way_to)
        return replace(self, spellings=(*self.spellings, spelling))

    @property
    def paged(self) -> bool:
        """Whether its answer may be longer than a page: then the command says which page."""
        return any(one.name == "page" for one in fields(self.command))


class Replaces(Enum):
    """When the answer to a press takes the place of the message it was in."""

    NEVER = "never"
    WHEN_DONE = "when something was done"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class PressEntry(Generic[Value]):
    """One button, or one menu outside forms: its typed value, which has the verb, and what takes it.

    `repeatable`: it may well be pressed again, since it records nothing or the same again.
    """

    value: type[Value]
    handler: Callable[[RequestContext, Value], Response]
    who_may: tuple[Verb, ...]
    replaces: Replaces = Replaces.NEVER
    repeatable: bool = False


@dataclass(frozen=True, slots=True)
class ActionPressEntry(Generic[ValueOnAction]):
    """One button under an action.

    `records`: what stands on it, where it records something: then it is refused, and shows how things stand, once
    somebody else has changed the action since it was shown. `asks`: it opens a form before it records.
    """

    value: type[ValueOnAction]
    handler: Callable[[RequestContext, Action, ValueOnAction], Response]
    who_may: tuple[Verb, ...]
    replaces: Replaces = Replaces.NEVER
    repeatable: bool = False
    records: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class FormEntry(Generic[Value]):
    """One form: its typed value, and what takes that and the fields when it is sent in."""

    value: type[Value]
    handler: Callable[[RequestContext, Value, Fields], Response]
    who_may: tuple[Verb, ...]


@dataclass(frozen=True, slots=True)
class ActionFormEntry(Generic[ValueOnAction]):
    """One form about an action."""

    value: type[ValueOnAction]
    handler: Callable[[RequestContext, Action, ValueOnAction, Fields], Response]
    who_may: tuple[Verb, ...]


Press = PressEntry[Any] | ActionPressEntry[Any]
AnyForm = FormEntry[Any] | ActionFormEntry[Any]


class Registry:
    """Every command by its type, every press and form by its verb. Raises ValueError where something stands twice."""

    def __init__(
        self, commands: Iterable[CommandEntry[Any]] = (), presses: Iterable[Press] = (), forms: Iterable[AnyForm] = ()
    ) -> None:
        self.commands: Mapping[type[Command], CommandEntry[Any]] = _by((one.command, one) for one in commands)
        self.presses: Mapping[str, Press] = _by((one.value.verb, one) for one in presses)
        self.forms: Mapping[str, AnyForm] = _by((one.value.verb, one) for one in forms)

    @cached_property
    def grammar(self) -> Grammar:
        """The commands by their words."""
        return Grammar(spelling for entry in self.commands.values() for spelling in entry.spellings)

    def command(self, command: Command) -> CommandEntry[Any]:
        """Return the entry of a command."""
        return self.commands[type(command)]

    def named(self, name: str) -> CommandEntry[Any] | None:
        """Return the entry of a command by the name it is typed by."""
        typed = ((one.name, entry) for entry in self.commands.values() for one in entry.spellings)
        return dict(typed).get(name)

    def reads(self, command: Command) -> bool:
        """Return whether a command changes nothing."""
        return self.command(command).reads


_Key = TypeVar("_Key")
Entry = TypeVar("Entry")


def _by(entries: Iterable[tuple[_Key, Entry]]) -> dict[_Key, Entry]:
    found: dict[_Key, Entry] = {}
    for key, entry in entries:
        if key in found:
            raise ValueError(f"{key} stands twice in the registry")
        found[key] = entry
    return found
