"""Read what follows `org`: the organisations, what one is to be called, and its closed dates.

Source: docs/explanation/boards-and-dates.md, Working days.
"""

import re

from handlers.commands import Command
from handlers.commands.boards import (
    CloseOrganisation,
    EndOrganisation,
    RenameOrganisation,
    SetContributors,
    ShowOrganisations,
)
from handlers.commands.questions import Unclear
from handlers.reading.command_arguments import CommandText
from handlers.reading.days import read_found
from handlers.reading.normalise import fold

_BECOMES = re.compile(
    r"[ ,]*(?<![^\W_])(?:becomes|become|will become|will be|is now called|is now|changes to|is renamed(?: to)?|"
    r"renamed to|=>)(?![^\W_])[ :]*|[ ]*→[ ]*"
)
_FROM = re.compile(r"[ ,(]*(?<![^\W_])(?:from|on|as of|with effect from)(?![^\W_])[ ]*")
_CLOSED = re.compile(r"[ ,:]*(?<![^\W_])(?:is |are )?(?P<closed>closed|closes|shut|open)(?![^\W_])(?: on| from)?[ :]*")
_CONTRIBUTORS = re.compile(
    r"[ ,:]*(?<![^\W_])(?:contributors?|contributes|contribute)(?: is| are| by| through)?(?![^\W_])[ :]*"
)
_ENDS = re.compile(r"[ ,:]*(?<![^\W_])(?:ends|ended|ceases)(?: on)?(?![^\W_])[ :]*")
_NONE = frozenset(("none", "nobody", "no one", "never", "not", "-"))
_BECAUSE = re.compile(r"[ ,]*(?:(?<![^\W_])(?:because(?: of)?|as|for)(?![^\W_])|[:;(])[ ]*")


def read_organisation_command(given: CommandText) -> Command:
    """Read `[NAME]`, `NAME becomes NAME [from DAY]`, `NAME closed|open DAYS [because …]` and the rest."""
    folded = fold(given.rest)
    becomes = _BECOMES.search(folded)
    if becomes is not None:
        name, new = given.rest[: becomes.start()], given.rest[becomes.end() :]
        new, day = _take_day(given, new)
        name, new = name.strip(" ,:"), new.strip(' ,.“”"')
        if not name or not new:
            say = "Say which organisation becomes what: “/cypp org CCG becomes Integrated Care Board from 1/7/22”."
            return Unclear(given.typed, "org", say)
        return RenameOrganisation(name, new, day)
    for pattern, command, say in (
        (
            _CONTRIBUTORS,
            SetContributors,
            "Say which posts contribute for it: “/cypp org {} contributor Head of Education”.",
        ),
        (_ENDS, EndOrganisation, "Say its last day: “/cypp org {} ends 31/3/22”, or “ends never”."),
    ):
        found = pattern.search(folded)
        name = given.rest[: found.start()].strip(" ,:") if found else ""
        if found and name:
            value = given.rest[found.end() :].strip(" ,.")
            if not value:
                return Unclear(given.typed, "org", say.format(name))
            return command(name, "" if fold(value) in _NONE else value)
    for found in _CLOSED.finditer(folded):
        name, days = given.rest[: found.start()].strip(" ,:"), given.rest[found.end() :].strip(" ,.")
        if not name:
            continue
        closed = found["closed"] != "open"
        reason = ""
        if closed and (split := _BECAUSE.search(fold(days))):
            days, reason = days[: split.start()].strip(" ,"), days[split.end() :].strip(" ,)")
        if not days:
            say = f"Say on which days: “/cypp org {name} {'closed' if closed else 'open'} 26/10 to 30/10”."
            return Unclear(given.typed, "org", say)
        return CloseOrganisation(name, closed, days, reason)
    return ShowOrganisations(given.rest.strip(" .?!,:"))


def _take_day(given: CommandText, words: str) -> tuple[str, str]:
    """Split a new name from a day that may follow it. A name may hold "from" itself."""
    for found in reversed(list(_FROM.finditer(fold(words)))):
        day = words[found.end() :].strip(" ,.)")
        if day and (read_found(day, given.today) is not None or re.match(r"[0-9]", day)):
            return words[: found.start()], day
    return words, ""
