"""Convert days, months and times as people write them to the form of a plan file. Other text stays as it was."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_DAYS = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_UK = re.compile(rf"{_DAYS}(\d{{1,2}})\s*[/.-]\s*(\d{{1,2}})\s*[/.-]\s*(\d{{4}}|\d{{2}})", re.ASCII | re.IGNORECASE)
_NAMED = re.compile(
    rf"{_DAYS}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([a-z]{{3,9}})\.?,?[\s-]+(\d{{4}}|\d{{2}})",
    re.ASCII | re.IGNORECASE,
)
_MONTH = re.compile(r"(?:([a-z]{3,9})\.?[\s-]+(\d{4})|(\d{1,2})/(\d{4})|(\d{4})-(\d{1,2}))", re.ASCII | re.IGNORECASE)
_TO_CONFIRM = re.compile(r"[\s,;(]*(?:date\s+)?(?:to be confirmed|tbc|expected)\)?$", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?|(\d{1,2})[.:](\d{2})(?::00)?", re.ASCII | re.IGNORECASE)


def normalise_date(text: str) -> str:
    """Return `16/09/2020`, `16 Sep 2020` or `Wed 16th September 2020` as `2020-09-16`; other text unchanged."""
    words = " ".join(text.split())
    if found := _ISO.fullmatch(words):
        return _day(found[1], found[2], found[3]) or text
    if found := _UK.fullmatch(words):
        return _day(found[3], found[2], found[1]) or text
    if (found := _NAMED.fullmatch(words)) and (month := _month_number(found[2])):
        return _day(found[3], str(month), found[1]) or text
    return text


def normalise_when(text: str) -> str:
    """Return a date, or a month (`Dec 2020`, `2020-12, date to be confirmed`), as a plan file writes it."""
    words = _TO_CONFIRM.sub("", " ".join(text.split()))
    found = _MONTH.fullmatch(words)
    if not found:
        return normalise_date(text)
    month = _month_number(found[1]) if found[1] else int(found[3] or found[6])
    year = found[2] or found[4] or found[5]
    return f"{year}-{month:02}" if 1 <= month <= 12 else text


def normalise_time(text: str) -> str:
    """Return `2pm`, `2.30 pm`, `14.00` or `14:00:00` as a plan file writes it (`14:00`); other text unchanged."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return text
    if found[3]:
        hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
        return f"{hour:02}:{found[2] or '00'}" if 1 <= int(found[1]) <= 12 else text
    return f"{int(found[4]):02}:{found[5]}"


def _month_number(word: str) -> int:
    """Return the number of a month, from its name or its first letters; 0 for other words."""
    known = "sep" if word.casefold() == "sept" else word.casefold()
    return next((number for number, name in enumerate(_MONTHS, 1) if known in (name, name[:3])), 0)


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
    except ValueError:
        return ""
