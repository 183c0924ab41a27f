"""What can be asked about people, as frozen command objects.

`who` is an account or an address as typed: `<@U0HEADEDU>`, `head@example.org`. `post` is as typed; "" where none was.
"""

from datetime import date

from handlers.commands import Command


class Assign(Command):
    """`assign REF[, REF] to POST [because …]`, `handover REF to POST`. `to` is a post as typed, or who holds it."""

    refs: tuple[str, ...]
    to: str
    reason: str = ""


class HandOver(Command):
    """`handover POST to WHO [from DATE]`. `start` None: from today on."""

    post: str
    who: str
    start: date | None = None


class AddPost(Command):
    """`new post TITLE at ORGANISATION`. `organisation` is as typed."""

    title: str
    organisation: str


class NameContact(Command):
    """`contact officer [remove] WHO [for POST]`."""

    who: str
    post: str = ""
    remove: bool = False


class NameDeputy(Command):
    """`deputy [remove] WHO [for POST] [from DATE] until DATE`. `last` None: no end was said."""

    who: str
    post: str = ""
    first: date | None = None
    last: date | None = None
    remove: bool = False


class KeepQuiet(Command):
    """`quiet [from DATE] until DATE`, `quiet off`. `last` None and not `off`: no end was said."""

    first: date | None = None
    last: date | None = None
    off: bool = False


class ShowPeople(Command):
    """`people [POST or organisation]`: who holds which post."""

    about: str = ""
    page: int = 0


class ShowOtherNames(Command):
    """`other names [post or organisation]`: what else they are called."""

    about: str = ""


class ChangeOtherNames(Command):
    """`other names NAME means POST`, `other names remove NAME`. `means` is a post or an organisation as typed."""

    name: str
    means: str = ""
    remove: bool = False
