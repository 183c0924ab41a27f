"""Several things in one cell: lists, people, deputies, closed dates, new names, as text and as a plan file has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from models.files.workbook.dates import date_written

Raw = Mapping[str, Any]

_BREAK = re.compile(r"\\([;\\])|[;\n]")
_SLACK = re.compile(r"\(([UW][A-Z0-9]{7,14})\)|(?:^|(?<=\s))([UW][A-Z0-9]{7,14})$")
_ANGLE = re.compile(r"<([^<>]*)>")
_BARE = re.compile(r"(?:^|(?<=\s))([^\s<>\"]+@[^\s<>\"]+)(?=\s|$)")
_RANGE = re.compile(
    r"""(?:^|(?<=\s))(?:from\s+)?(\d[^<>()@"]*?)\s+(?:to|until|–|-)\s+(\d[^<>()@"]*?)$""", re.IGNORECASE
)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(.*)', re.DOTALL)
_UNTIL = re.compile(r"\s+until\s+(\d[\d./-]*)\s*$", re.IGNORECASE)
_SPAN = re.compile(r"(.+?)(?:\s+(?:to|until|–|-)\s+(.+))?", re.IGNORECASE)


def split(text: str) -> list[str]:
    """A cell with several things in, each out: a new line or `;` is between two, `\\;` is a semicolon of the text."""
    parts: list[str] = []
    at, part = 0, ""
    for found in _BREAK.finditer(text):
        part += text[at : found.start()]
        at = found.end()
        if found[1]:
            part += found[1]
        else:
            parts.append(part)
            part = ""
    parts.append(part + text[at:])
    return [" ".join(item.split()) for item in parts if item.strip()]


def join(items: Iterable[str], between: str = "; ") -> str:
    """Several things in, the text that `split` takes apart into them out."""
    return between.join(re.sub(r"[\\;]", r"\\\g<0>", item) for item in items)


def read_person(text: str) -> dict[str, str]:
    """`Name <e-mail> (Slack member ID)`, each of them left out or not, in; `name`, `email`, `slack` out."""
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


def read_deputy(text: str) -> dict[str, str]:
    """A person and the days of standing in (`2020-08-24 to 2020-09-04`) in; the two with `from` and `to` out."""
    dates = _RANGE.search(text)
    if dates is None:
        return read_person(text)
    starts, ends = date_written(dates[1]), date_written(dates[2])
    return {**read_person(text[: dates.start()]), "from": starts, "to": ends}


def read_administrator(text: str) -> dict[str, str]:
    """A person and perhaps their last day (`until 2021-03-31`) in; the two with `until` out."""
    found = _UNTIL.search(text)
    if found is None:
        return read_person(text)
    return {**read_person(text[: found.start()]), "until": date_written(found[1])}


def read_closed(text: str) -> dict[str, str]:
    """`2020-07-23 to 2020-08-31: summer holidays`, or one day, in; `from`, `to`, `why` out."""
    dates, _, why = text.partition(":")
    span = _SPAN.fullmatch(dates.strip())
    found = {"from": date_written(span[1]), "to": date_written(span[2] or span[1])} if span else {}
    return {**found, "why": why.strip()} if why.strip() else found


def read_renamed(text: str) -> dict[str, str]:
    """`2021-06-01: Integrated Care Board` in; `from` and `name` out."""
    day, _, name = text.partition(":")
    return {"from": date_written(day.strip()), "name": name.strip()}


def renamed_text(renamed: Raw) -> str:
    """The inverse of `read_renamed`."""
    return f"{renamed['from']}: {renamed['name']}"


def person_text(person: Raw) -> str:
    """The inverse of `read_person`: a name that would be misread is put in quotation marks."""
    return _person(person, read_person, lambda text: text)


def deputy_text(deputy: Raw) -> str:
    """The inverse of `read_deputy`."""
    return _person(deputy, read_deputy, lambda text: f"{text} {deputy['from']} to {deputy['to']}")


def administrator_text(someone: Raw) -> str:
    """The inverse of `read_administrator`."""
    until = f" until {someone['until']}" if "until" in someone else ""
    return _person(someone, read_administrator, lambda text: f"{text}{until}")


def closed_text(closed: Raw) -> str:
    """The inverse of `read_closed`."""
    dates = closed["from"] if closed["from"] == closed["to"] else f"{closed['from']} to {closed['to']}"
    return f"{dates}: {closed['why']}" if closed.get("why") else str(dates)


def _person(person: Raw, read: Callable[[str], dict[str, str]], whole: Callable[[str], str]) -> str:
    account = [f"<{person['email']}>"] if "email" in person else []
    account += [f"({person['slack']})"] if "slack" in person else []
    name = str(person.get("name", ""))
    plain = whole(" ".join([name, *account]).strip())
    if read(plain) == person:
        return plain
    quoted = re.sub(r'["\\]', r"\\\g<0>", name)
    return whole(" ".join([f'"{quoted}"', *account]))


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()
