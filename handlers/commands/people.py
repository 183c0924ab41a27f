"""What can be asked about people, as frozen command objects.

`who` is an account or an address as typed: `<@U0HEADEDU>`, `head@example.org`. `post` is as typed; "" where none was.
"""

from dataclasses import dataclass
from datetime import date

from handlers.commands import Command


@dataclass(frozen=True)
class Assign(Command):
    """`assign REF[, REF] to POST [because …]`, `handover REF to POST`. `to` is a post as typed, or who holds it."""

    refs: tuple[str, ...]
    to: str
    reason: str = ""


@dataclass(frozen=True)
class HandOver(Command):
    """`handover POST to WHO [from DATE]`. `start` None: from today on."""

    post: str
    who: str
    start: date | None = None


@dataclass(frozen=True)
class NameContact(Command):
    """`contact officer [remove] WHO [for POST]`."""

    who: str
    post: str = ""
    remove: bool = False


@dataclass(frozen=True)
class NameDeputy(Command):
    """`deputy [remove] WHO [for POST] [from DATE] until DATE`. `last` None: no end was said."""

    who: str
    post: str = ""
    first: date | None = None
    last: date | None = None
    remove: bool = False


@dataclass(frozen=True)
class KeepQuiet(Command):
    """`quiet [from DATE] until DATE`, `quiet off`. `last` None and not `off`: no end was said."""

    first: date | None = None
    last: date | None = None
    off: bool = False


@dataclass(frozen=True)
class ShowPeople(Command):
    """`people [POST or organisation]`: who holds which post."""

    about: str = ""
    page: int = 0
