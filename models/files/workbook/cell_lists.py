"""Convert several things in one cell (lists, people, closed dates, new names) to a plan file's form and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from models.files.workbook.column_kinds import CellForm

_RawValues = Mapping[str, Any]

_SLACK = re.compile(r"\(([UW][A-Z0-9]{7,14})\)|(?:^|(?<=\s))([UW][A-Z0-9]{7,14})$")
_ANGLE = re.compile(r"<([^<>]*)>")
_BARE = re.compile(r"(?:^|(?<=\s))([^\s<>\"]+@[^\s<>\"]+)(?=\s|$)")
_RANGE = re.compile(
    r"""(?:^|(?<=\s))(?:from\s+)?(\d[^<>()@"]*?)\s+(?:to|until|–|-)\s+(\d[^<>()@"]*?)$""", re.IGNORECASE
)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(.*)', re.DOTALL)
_UNTIL = re.compile(r"\s+until\s+(\d[\d./-]*)\s*$", re.IGNORECASE)
_SPAN = re.compile(r"(.+?)(?:\s+(?:to|until|–|-)\s+(.+))?", re.IGNORECASE)


def join_cell(items: Iterable[str], between: str = "; ") -> str:
    """Return the text that `split_cell` takes apart into `items`."""
    return between.join(re.sub(r"[\\;]", r"\\\g<0>", item) for item in items)


def person_from_text(text: str) -> dict[str, str]:
    """Parse `Name <e-mail> (Slack member ID)`, each of them optional, into `name`, `email`, `slack`."""
    found: dict[str, str] = {}
    rest = text.strip()
    name = ""
    if quoted := _QUOTED.fullmatch(rest):
        name, rest = re.sub(r"\\(.)", r"\1", quoted[1]), quoted[2]
    if slack := next(iter(_SLACK.finditer(rest)), None):
        found["slack"] = slack[1] or slack[2]
        rest = _without(rest, slack)
    if email := _ANGLE.search(rest) or _BARE.search(rest):
        if email[1].strip():
            found["email"] = email[1].strip()
        rest = _without(rest, email)
    name = " ".join(part for part in (name, rest.strip().removesuffix(",").strip()) if part)
    return {"name": name, **found} if name else found


def deputy_from_text(text: str) -> dict[str, str]:
    """Parse a person and the days of standing in (`2020-08-24 to 2020-09-04`), adding `from` and `to`."""
    dates = _RANGE.search(text)
    if dates is None:
        return person_from_text(text)
    return {**person_from_text(text[: dates.start()]), "from": dates[1], "to": dates[2]}


def administrator_from_text(text: str) -> dict[str, str]:
    """Parse a person and perhaps their last day (`until 2021-03-31`), adding `until`."""
    found = _UNTIL.search(text)
    if found is None:
        return person_from_text(text)
    return {**person_from_text(text[: found.start()]), "until": found[1]}


def closed_from_text(text: str) -> dict[str, str]:
    """Parse `2020-07-23 to 2020-08-31: summer holidays`, or one day, into `from`, `to`, `why`."""
    dates, _, why = text.partition(":")
    span = _SPAN.fullmatch(dates.strip())
    found = {"from": span[1], "to": span[2] or span[1]} if span else {}
    return {**found, "why": why.strip()} if why.strip() else found


def renamed_from_text(text: str) -> dict[str, str]:
    """Parse `2021-06-01: Integrated Care Board` into `from` and `name`."""
    day, _, name = text.partition(":")
    return {"from": day.strip(), "name": name.strip()}


def renamed_text(renamed: _RawValues) -> str:
    """Return the text that `renamed_from_text` parses."""
    return f"{renamed['from']}: {renamed['name']}"


def person_text(person: _RawValues) -> str:
    """Return the text that `person_from_text` parses; a name that would be misread is put in quotation marks."""
    return _person(person, person_from_text, lambda text: text)


def deputy_text(deputy: _RawValues) -> str:
    """Return the text that `deputy_from_text` parses."""
    return _person(deputy, deputy_from_text, lambda text: f"{text} {deputy['from']} to {deputy['to']}")


def administrator_text(someone: _RawValues) -> str:
    """Return the text that `administrator_from_text` parses."""
    until = f" until {someone['until']}" if "until" in someone else ""
    return _person(someone, administrator_from_text, lambda text: f"{text}{until}")


def closed_text(closed: _RawValues) -> str:
    """Return the text that `closed_from_text` parses."""
    dates = closed["from"] if closed["from"] == closed["to"] else f"{closed['from']} to {closed['to']}"
    return f"{dates}: {closed['why']}" if closed.get("why") else str(dates)


def _person(person: _RawValues, read: Callable[[str], dict[str, str]], whole: Callable[[str], str]) -> str:
    account = [f"<{person['email']}>"] if "email" in person else []
    account += [f"({person['slack']})"] if "slack" in person else []
    name = str(person.get("name", ""))
    plain = whole(" ".join([name, *account]).strip())
    if read(plain) == person:
        return plain
    quoted = re.sub(r'["\\]', r"\\\g<0>", name)
    return whole(" ".join([f'"{quoted}"', *account]))


ITEMS: Mapping[CellForm, tuple[Callable[[str], dict[str, str]], Callable[[_RawValues], str]]] = {
    CellForm.PEOPLE: (person_from_text, person_text),
    CellForm.ADMINISTRATORS: (administrator_from_text, administrator_text),
    CellForm.DEPUTIES: (deputy_from_text, deputy_text),
    CellForm.CLOSED: (closed_from_text, closed_text),
    CellForm.RENAMES: (renamed_from_text, renamed_text),
}
"""How an item of a cell is read, and how it is written, where it is more than a text."""


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()
