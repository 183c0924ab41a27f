"""Read days as people write them: day before month, and the next such day.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz.distance import OSA

from handlers.reading.normalise import plain, quoted

YEARS_BACK = 10
YEARS_AHEAD = 20
NEAR_MONTH = 0.8
"""How alike, of 1, a mistyped month must be; "remember" is 0.75 like December."""
MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH_WORD = "|".join([*MONTH_NAMES, "sept", *(month[:3] for month in MONTH_NAMES)])
_WEEKDAY_WORD = "|".join([*WEEKDAYS, "tues", "weds", "thurs", "thur", *(day[:3] for day in WEEKDAYS)])
_YEAR = r"(?:[0-9]{4}|'?[0-9]{2})(?![0-9/:.-]?[0-9])"
_ORDINAL = "(?:st|nd|rd|th)"
_DATE = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY_WORD})\b\.?,? ?(?:the )?)?"
    rf"(?:(?P<iso>[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}})(?![0-9])"
    rf"|(?P<day>[0-9]{{1,2}}) ?/ ?(?P<month>[0-9]{{1,2}})(?: ?/ ?(?P<year>{_YEAR}))?(?![0-9/])"
    rf"|(?P<day2>[0-9]{{1,2}})(?P<mark>[.-])(?P<month2>[0-9]{{1,2}})(?P=mark)(?P<year2>{_YEAR})"
    rf"|(?P<day3>[0-9]{{1,2}}) ?{_ORDINAL}?(?: of)?[ -]?(?P<name>{_MONTH_WORD})\b\.?(?:,?[ -]?(?P<year3>{_YEAR}))?"
    rf"|(?P<name4>{_MONTH_WORD})\b\.? ?(?:the )?(?P<day4>[0-9]{{1,2}})(?![0-9]){_ORDINAL}?\b(?:,? (?P<year4>{_YEAR}))?"
    rf"|(?P<day5>[0-9]{{1,2}}){_ORDINAL}\b)"
)
_WORDS = re.compile(rf"(?:this |the )?(?P<word>today|tomorrow|tonight|yesterday|{_WEEKDAY_WORD})\b\.?")
_NEXT_WEEKDAY = re.compile(rf"next (?:{_WEEKDAY_WORD})\b")


@dataclass(frozen=True, slots=True)
class NoDay:
    """Words that are no day, and one sentence that says why and what to write."""

    say: str


@dataclass(frozen=True, slots=True)
class DayWords:
    """A day as written: `month` and `year` are 0 where they were left out. `end`: where it ends in the text."""

    day: int
    month: int
    year: int
    end: int
    weekday: int | None = None
    fixed: date | None = None


def read_date(text: str, today: date) -> date | None:
    """Return the day of `12/9`, `12 Sep 26`, `tomorrow` or `friday`: the next such one, or None for no day."""
    read = read_day(text, today)
    return None if isinstance(read, NoDay) else read


def read_day(text: str, today: date) -> date | NoDay:
    """Return what `read_date` does, or why the words are no day: `31/9` -> "September has 30 days."."""
    words = plain(text[:100])
    words = words.removeprefix("by ").removeprefix("on ").removeprefix("the ")
    found = day_at(words, 0, today)
    if found is None or found.end != len(words):
        if _NEXT_WEEKDAY.match(words):
            return NoDay(f"{quoted(text)} can mean two days. Write the date, for instance {_example(today)}.")
        return NoDay(f"I do not read {quoted(text)} as a date. Write it day first, for instance {_example(today)}.")
    return resolve_day(found, today)


def just_past(text: str, today: date) -> date | None:
    """Return a day written without its year where it is past, and nearer than the next such one; else None.

    "15 Aug" said on 17 August may be a slip.
    """
    words = plain(text[:100])
    found = day_at(words, 0, today)
    if found is None or found.end != len(words) or found.year or not found.month:
        return None
    coming, last = resolve_day(found, today), resolve_day(found, today - timedelta(days=365))
    if isinstance(coming, NoDay) or isinstance(last, NoDay):
        return None
    return last if last < today and today - last < coming - today else None


def day_at(text: str, start: int, today: date) -> DayWords | None:
    """Return the day written at a place in folded text, not yet checked against the calendar, or None."""
    found = _DATE.match(text, start)
    if found is None:
        word = _WORDS.match(text, start)
        return None if word is None else _from_word(word["word"], word.end(), today)
    group = found.groupdict()
    weekday = _weekday_number(group["weekday"]) if group["weekday"] else None
    if group["iso"]:
        year, month, day = (int(part) for part in group["iso"].split("-"))
        return DayWords(day, month, year, found.end(), weekday)
    day = int(next(group[name] for name in ("day", "day2", "day3", "day4", "day5") if group[name]))
    name = group["name"] or group["name4"]
    month = month_number(name) if name else int(group["month"] or group["month2"] or 0)
    written = next((group[name] for name in ("year", "year2", "year3", "year4") if group[name]), "0").strip("'")
    year = int(written) + (2000 if 0 < len(written) < 3 and written != "0" else 0)
    return DayWords(day, month, year, found.end(), weekday)


def resolve_day(words: DayWords, today: date) -> date | NoDay:
    """Return the day of the calendar for a day as written: the next such one where the year was left out."""
    if words.fixed is not None:
        return words.fixed
    if words.month == 0:
        return _next_of_month(words.day, today)
    if not 1 <= words.month <= 12:
        turned = f" Write the day first: {words.month}/{words.day}." if words.day <= 12 < words.month <= 31 else ""
        return NoDay(f"There is no month {words.month}.{turned}")
    if words.year:
        if not today.year - YEARS_BACK <= words.year <= today.year + YEARS_AHEAD:
            return NoDay(f"The year {words.year} is too far from now.")
        return _checked(words, words.year)
    if not 1 <= words.day <= _longest(words.month):
        return _too_long(words.month, _longest(words.month))
    year = today.year
    while True:
        if words.day <= monthrange(year, words.month)[1]:
            day = date(year, words.month, words.day)
            if day >= today:
                return _checked(words, year)
        year += 1


def month_number(word: str) -> int:
    """Return 1 to 12 for a month's name, whole or begun with three letters, or 0."""
    return next((n for n, month in enumerate(MONTH_NAMES, start=1) if len(word) >= 3 and month.startswith(word)), 0)


def near_month(word: str) -> int:
    """Return what `month_number` does, also for a month mistyped by a keystroke or two (`septmber`)."""
    exact = month_number(word.rstrip("."))
    if exact or len(word) < 5 or len(word) > 12:
        return exact
    near = [n for n, month in enumerate(MONTH_NAMES, start=1) if OSA.normalized_similarity(word, month) >= NEAR_MONTH]
    return near[0] if len(near) == 1 else 0


def _from_word(word: str, end: int, today: date) -> DayWords:
    if word in ("today", "tonight"):
        fixed = today
    elif word in ("tomorrow", "yesterday"):
        fixed = today + timedelta(days=1 if word == "tomorrow" else -1)
    else:
        fixed = today + timedelta(days=(_weekday_number(word) - today.weekday()) % 7)
    return DayWords(fixed.day, fixed.month, fixed.year, end, fixed=fixed)


def _weekday_number(word: str) -> int:
    return next(n for n, day in enumerate(WEEKDAYS) if day.startswith(word[:3]))


def _next_of_month(day: int, today: date) -> date | NoDay:
    year, month = today.year, today.month
    for _ in range(3):
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
        year, month = (year + month // 12, month % 12 + 1)
    return NoDay(f"No month has a day {day}.")


def _checked(words: DayWords, year: int) -> date | NoDay:
    length = monthrange(year, words.month)[1]
    if not 1 <= words.day <= length:
        return _too_long(words.month, length)
    day = date(year, words.month, words.day)
    if words.weekday is not None and words.weekday != day.weekday():
        said = f"{day.day} {MONTH_NAMES[day.month - 1].title()} {day.year}"
        return NoDay(f"{said} is a {WEEKDAYS[day.weekday()].title()}, not a {WEEKDAYS[words.weekday].title()}.")
    return day


def _too_long(month: int, length: int) -> NoDay:
    return NoDay(f"{MONTH_NAMES[month - 1].title()} has {length} days.")


def _longest(month: int) -> int:
    return 29 if month == 2 else monthrange(2001, month)[1]


def _example(today: date) -> str:
    day = today + timedelta(days=7)
    return f"{day.day}/{day.month}"
