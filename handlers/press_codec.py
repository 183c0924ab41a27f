"""What buttons, menus and forms carry: typed values, and the one way in which they become text and are read again.

A value comes back from outside, perhaps from a message that is a year old, so every field reads what it can and takes
anything else for nothing: number 0, no day, no words. What is not there is found out where the row is looked up.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, ClassVar, Literal, Self, dataclass_transform, get_args

from handlers.responses import LONGEST_LABEL, Button, Choice, Response, say
from models.enums import Status

MOST_BUTTONS = 8
"""Things of which each has a button of its own."""
LONGEST_CHOICE = 150
"""Characters that an option of a menu carries."""


def number_in(given: object) -> int:
    """Return a row's number as a button or a form carries it; 0 for anything else, or for one that no column holds."""
    text = str(given)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def numbers_in(given: object) -> tuple[int, ...]:
    """Return several such numbers, listed or as "1,2"."""
    if isinstance(given, str):
        given = given.split(",")
    return tuple(number_in(one) for one in given) if isinstance(given, list | tuple) else ()


def _ticks_in(given: object) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list | tuple) else ()


def _seen_in(given: object) -> int | None:
    return None if given in (None, "") else number_in(given)


def _words_in(given: object) -> str:
    return given if isinstance(given, str) else ""


def _day_in(given: object) -> date | None:
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(_words_in(given))
    except ValueError:
        return None


def _status_in(given: object) -> Status | None:
    return next((status for status in Status if status == given), None)


Number = Annotated[int, number_in]
Numbers = Annotated[tuple[int, ...], numbers_in]
Ticks = Annotated[tuple[str, ...], _ticks_in]
Words = Annotated[str, _words_in]
Flag = Annotated[bool, lambda given: given in (True, "s")]
Day = Annotated[date | None, _day_in]
MaybeStatus = Annotated[Status | None, _status_in]
Seen = Annotated[int | None, _seen_in]


@dataclass_transform(kw_only_default=True, frozen_default=True)
@dataclass(kw_only=True, frozen=True)
class PressValue:
    """What a press is about. A subclass for each verb; its instances are what buttons and forms are made with.

    `verb` names it from outside. `words_in` is the field whose words stand behind the others just as they are: they may
    be nearly as long as a button holds. `old_form` are the fields in the order in which buttons carried them as
    "12|3|words" until November 2026; such buttons stand in messages that are never taken away.
    """

    verb: ClassVar[str] = ""
    words_in: ClassVar[str] = ""
    old_form: ClassVar[tuple[str, ...]] = ()
    searches: ClassVar[str] = ""
    """Where it is chosen from a menu: what that searches (`handlers.people.menus`); its choices are in the old form."""

    def __init_subclass__(cls) -> None:
        """Make it a dataclass, where it has fields of its own."""
        if "__annotations__" in vars(cls):
            dataclass(kw_only=True, frozen=True)(cls)

    def encode(self) -> str:
        """Return the value as text: the fields that say something as JSON, then the words."""
        said = {each.name: value for each in fields(self) if (value := getattr(self, each.name)) != each.default}
        words: str = said.pop(self.words_in, "")
        return json.dumps(said, default=str, ensure_ascii=False, separators=(",", ":")) + words

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return the value that some text is, in today's form or the old one."""
        found = cls._fields_in(text)
        return cls(**{name: read(found[name]) for name, read in cls._readers().items() if name in found})

    @classmethod
    def _fields_in(cls, text: str) -> dict[str, Any]:
        if text.startswith("{"):
            try:
                found, end = json.JSONDecoder().raw_decode(text)
            except (ValueError, RecursionError):
                return cls._old_fields_in(text)
            return {**found, cls.words_in: text[end:]} if cls.words_in else dict(found)
        return cls._old_fields_in(text)

    @classmethod
    def _old_fields_in(cls, text: str) -> dict[str, Any]:
        """Read "12|3~5": the last field takes the rest; behind the mark is how it stood when it was shown."""
        marked = next((name for name in ("stood", "seen") if name in cls._readers()), "")
        about, _, mark = text.partition("~") if marked else (text, "", "")
        parts = about.split("|", max(len(cls.old_form) - 1, 0))
        return {**dict(zip(cls.old_form, parts, strict=False)), marked: mark}

    @classmethod
    def _readers(cls) -> Mapping[str, Callable[[object], Any]]:
        """Return what reads each field: it stands in the field's type."""
        return {each.name: get_args(each.type)[1] for each in fields(cls)}


class OnAction(PressValue):
    """About an action, perhaps for a meeting; `seen`: how many entries it had when the button was shown."""

    old_form: ClassVar[tuple[str, ...]] = ("action", "meeting")

    action: Number = 0
    meeting: Number = 0
    seen: Seen = None

    @property
    def label(self) -> str:
        """What stands on it, where one verb stands for several; else ""."""
        return ""


class OnBoard(PressValue):
    """About a board."""

    old_form: ClassVar[tuple[str, ...]] = ("board",)

    board: Number = 0


class OnMeeting(PressValue):
    """About a meeting."""

    old_form: ClassVar[tuple[str, ...]] = ("meeting",)

    meeting: Number = 0


class OnTicked(OnMeeting):
    """About what is ticked in the message, and for which meeting.

    `ticked`: what `tick_of` wrote; the front end puts it in when the button is pressed.
    """

    ticked: Ticks = ()

    @property
    def shown(self) -> dict[int, int]:
        """Return the actions that are ticked, each with how many entries it had when it was shown."""
        pairs = (one.partition("~") for one in self.ticked)
        return {number_in(action): number_in(seen) for action, _, seen in pairs}


def tick_of(action_id: int, seen: int) -> str:
    """Return what the box of an action carries."""
    return f"{action_id}~{seen}"


class OnDraft(PressValue):
    """About words that were kept, by the name of the draft that has them (`handlers.drafts`)."""

    old_form: ClassVar[tuple[str, ...]] = ("draft",)

    draft: Words = ""


class Typed(PressValue):
    """Words typed by a press, as they follow `/cypp`, and the page of the answer that is wanted."""

    words_in = "words"
    old_form: ClassVar[tuple[str, ...]] = ("words",)

    words: Words = ""
    page: Number = 0


class Ask(Typed):
    """A question or a command that the bot worded."""

    verb = "ask"


class ShowPage(Typed):
    """*Next 10*, *Back*: the same words again for another page."""

    verb = "page"
    old_form = ("page", "words")


class Share(Typed):
    """*Share in channel*: the same words again, for all to see; `doubtful`: what was answered of them ("": ask)."""

    verb = "share"
    old_form = ("page", "words")

    doubtful: Words = ""


class PublishDigest(PressValue):
    """*Publish*: the board, which of its digests, and what becomes of words that may identify a child ("": ask)."""

    verb = "publish"
    old_form = ("board", "shown")

    board: Number = 0
    shown: Words = ""
    doubtful: Words = ""


class TickBox(PressValue):
    """A box to tick: by itself it does nothing, the button beside it says what."""

    verb = "tick"


class OpenLink(PressValue):
    """A button that leads to a page: a press of it does nothing else."""

    verb = "link"


def saying(sentence: str) -> Callable[[object, object], Response]:
    """Return the handler of what does nothing but say so."""
    return lambda _ctx, _about: say(sentence)


def press_button(label: str, value: PressValue, style: Literal["", "primary", "danger"] = "") -> Button:
    """Return a button that carries a value."""
    return Button(label, value.verb, value.encode(), style=style)


def ask_button(label: str, words: str, style: Literal["", "primary", "danger"] = "") -> Button:
    """Return a button that types some words."""
    return press_button(label, Ask(words=words), style)


def ask_which(label: str, asked: Sequence[tuple[str, str]]) -> tuple[Button, ...]:
    """Return what to press for one of several things: a button for each of a few, one menu of many.

    Args:
        label: what stands on the menu.
        asked: each thing's name, and the words that are typed when it is chosen.
    """
    if len(asked) > MOST_BUTTONS:
        menu = ask_menu(label, asked)
        if all(len(one.value) <= LONGEST_CHOICE for one in menu.choices):
            return (menu,)
    return tuple(ask_button(name[:LONGEST_LABEL], words) for name, words in asked[:MOST_BUTTONS])


def ask_menu(label: str, asked: Sequence[tuple[str, str]]) -> Button:
    """Return a menu that types some words for each thing that it names."""
    return Button(label, Ask.verb, choices=tuple(Choice(Ask(words=words).encode(), name) for name, words in asked))


def value_menu(label: str, choices: Sequence[tuple[str, PressValue]], under: Sequence[str] = ()) -> Button:
    """Return a menu of values of one type, each with what it is called; `under`: the heading of each."""
    each = zip(choices, under or [""] * len(choices), strict=True)
    made = tuple(Choice(value.encode(), name, heading) for (name, value), heading in each)
    return Button(label, choices[0][1].verb, choices=made)


def link_button(label: str, url: str) -> Button:
    """Return a button that leads to a page."""
    return Button(label, OpenLink.verb, url=url)


def search_menu(label: str, value: type[PressValue]) -> Button:
    """Return a menu that is searched as one types; what is chosen is read as a value of this type."""
    return Button(label, value.verb, searches=value.searches)


def shareable(words: str, page: int = 0) -> str:
    """Return what *Share in channel* under an answer carries."""
    return Share(words=words, page=page).encode()


def stands_as(*standing: object) -> str:
    """Return a mark of how something stands: a form carries it to notice when that has changed since it was opened."""
    return sha256(repr(standing).encode()).hexdigest()[:12]


def has_changed(mark: str, standing: Sequence[object]) -> bool:
    """Return whether what a form showed when it was opened stands otherwise now; without a mark nobody can tell."""
    return bool(mark) and mark != stands_as(*standing)
