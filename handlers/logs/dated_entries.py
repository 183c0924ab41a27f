"""Updates of several days in one cell: each entry with its day, and the latest of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.reading.dates import Looking, MonthWords
from handlers.reading.day_words import MONTH_WORDS, WEEKDAY_WORDS
from handlers.reading.days import days_in

_BEGINS = re.compile(rf"[\W_]*(?:\d|{'|'.join((*MONTH_WORDS, *WEEKDAY_WORDS))})", re.IGNORECASE)
_BEFORE = re.compile(r"(?:^|[\n.;|])[\W_]*$")
_AFTER = re.compile(r"[ ]*[)\]]?[ ]*[:–—-][ ]*|[ ]*[)\]][ ]*|[ ]*\n")
"""What stands behind the day of an entry, so that it is one: "12/03/24 - met", "(Mar 2024) draft out"."""

_MONTH_FIRST = re.compile(
    rf"^[ \t]*(?P<month>{'|'.join(sorted(MONTH_WORDS, key=len, reverse=True))})\.?(?: ?'?(?P<year>(?:20)?\d\d))?"
    r"[ ]*[:–—-][ ]*(?=\S)",
    re.IGNORECASE | re.MULTILINE,
)
_WHOLE_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_BEGINS_LINE = re.compile(r"(?:^|\n)\s*$")
_SENTENCE = re.compile(r" +(?=[A-Z\d])")
"""What follows a day in figures at the head of a line: "17/01/24 Interviews held"."""


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """One entry of several in a cell. `day`: its day, for a month the first one; `whole`: a day was said."""

    day: date
    words: str
    whole: bool


def dated_entries(text: str, last: date) -> Sequence[DatedEntry]:
    """Return the entries of a cell that begins with a day, each with the words up to the next; () where it does not.

    `last`: the day of the log, before which a day without its year is taken.
    """
    if not _BEGINS.match(text):
        return ()
    heads: list[tuple[int, int, date, bool]] = []
    for found in days_in(text, last, Looking.BACK):
        after = _AFTER.match(text, found.end)
        if after is None and found.day is not None and _WHOLE_DAY.fullmatch(text[found.start : found.end]):
            after = _BEGINS_LINE.search(text[: found.start]) and _SENTENCE.match(text, found.end)
        if after is None or not _BEFORE.search(text[: found.start]):
            continue
        if found.day is not None:
            heads.append((found.start, after.end(), found.day, True))
        elif isinstance(found.written, MonthWords):
            year = found.written.year or last.year - (found.written.month > last.month)
            heads.append((found.start, after.end(), date(year, found.written.month, 1), False))
    months = _months(text, last)
    heads = months if len(months) >= len(heads) else heads
    if not heads or any(map(str.isalnum, text[: heads[0][0]])):
        return ()
    ends = [*(start for start, *_ in heads[1:]), len(text)]
    return [
        DatedEntry(day, " ".join(text[start:end].split()).strip(" ([;|"), whole)
        for (_, start, day, whole), end in zip(heads, ends, strict=True)
    ]


def _months(text: str, last: date) -> list[tuple[int, int, date, bool]]:
    """Return the heads of entries that all begin with a month, each on a line: "July 24: half are trained"."""
    found = list(_MONTH_FIRST.finditer(text))
    years = {int(one["year"]) % 100 for one in found if one["year"]}
    # "July 24" is a day too, but for the year of the log, or the one before.
    if not found or len(found) != len(text.strip().split("\n")) or not years <= {last.year % 100, last.year % 100 - 1}:
        return []
    heads = []
    for one in found:
        month = MONTH_WORDS[one["month"].casefold()]
        year = 2000 + int(one["year"]) % 100 if one["year"] else last.year - (month > last.month)
        heads.append((one.start(), one.end(), date(year, month, 1), False))
    return heads


def latest_entry(entries: Sequence[DatedEntry]) -> DatedEntry:
    """Return the latest of some entries; of those of one day the last, unless the newest stands first."""
    newest_first = entries[0].day > entries[-1].day
    return max(reversed(entries) if not newest_first else entries, key=lambda one: one.day)
