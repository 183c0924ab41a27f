"""A day as written, and the day of the calendar it is: day before month, and the next such day.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from handlers.reading.day_words import MONTH_NAMES, WEEKDAYS
from handlers.reading.normalise import join_words, quoted
from models.rules.calendar import Span

YEARS_BACK = 10
YEARS_AHEAD = 20
"""A day that is read lies no more than so many years from today."""


def is_near(year: int, today: date) -> bool:
    """Return whether a year is one that is read."""
    return -YEARS_BACK <= year - today.year <= YEARS_AHEAD


class Looking(Enum):
    """Which day is meant where the year, the month or the week was left out."""

    AHEAD = "ahead"
    """The next such day, today included."""
    BACK = "back"
    """The latest such day, today included."""
    NEAR = "near"
    """The nearest such date; the latest such weekday."""


@dataclass(frozen=True, slots=True)
class NoDay:
    """Words that are no day, and one sentence that says why and what to write.

    `candidates`: the days they may mean. `time_meant`: false where the words are not about a day at all.
    """

    say: str
    candidates: tuple[date, ...] = ()
    time_meant: bool = True


@dataclass(frozen=True, slots=True)
class DayWords:
    """A day as written; `month` and `year` are 0 where they were left out, `day` as well where a weekday stands alone.

    `weekday` is what was written, 0 for Monday.
    """

    day: int = 0
    month: int = 0
    year: int = 0
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class MonthWords:
    """A month alone; `year` is 0 where it was left out."""

    month: int
    year: int = 0


@dataclass(frozen=True, slots=True)
class Vague:
    """Words about time that name no day, with the days they may mean."""

    candidates: tuple[date, ...] = ()


DayOrTime = DayWords | MonthWords | Vague | Span
"""What stands in the text: a day, a month, a vague time, or days that are counted from today ("next week")."""


def resolve(written: DayOrTime, today: date, looking: Looking, typed: str) -> Span | NoDay:
    """Return the days of the calendar, or why there are none. `typed`: the words, for the sentence."""
    if isinstance(written, Span):
        return written
    if isinstance(written, DayWords):
        day = resolve_day(written, today, looking)
        return day if isinstance(day, NoDay) else Span(day, day)
    if isinstance(written, MonthWords):
        first, last = month_days(written, today, looking)
        return unsure(typed, (weekday_from(max(first, today) if last >= today else first), weekday_until(last)), today)
    return unsure(typed, written.candidates, today)


def unsure(typed: str, candidates: Iterable[date], today: date) -> NoDay:
    """Return the question which day is meant by words that name none."""
    days = tuple(dict.fromkeys(candidates))
    if not days:
        return NoDay(f"{quoted(typed)} names no day. Write the date, for instance {example_day(today)}.")
    said = join_words(f"{day:%a} {day.day} {day:%b} {day.year}" for day in days)
    meaning = "can mean two days" if len(days) == 2 else "names no one day"
    example = f"{days[0].day}/{days[0].month}"
    return NoDay(f"{quoted(typed)} {meaning}: {said}? Write the date, for instance {example}.", days)


def resolve_day(words: DayWords, today: date, looking: Looking = Looking.AHEAD) -> date | NoDay:
    """Return the day of the calendar for a day as written."""
    if words.weekday is not None and not words.day and not words.month:
        return _weekday(words.weekday, today, looking)
    if not words.month:
        return _of_month(words, today, looking)
    if not 1 <= words.month <= 12:
        why = f"There is no month {words.month}."
        if not 1 <= words.day <= 12 < words.month <= 31:
            return NoDay(why)
        turned = resolve_day(DayWords(words.month, words.day, words.year), today, looking)
        why += f" Write the day first: {words.month}/{words.day}."
        return NoDay(why, () if isinstance(turned, NoDay) else (turned,))
    if words.year:
        if not is_near(words.year, today):
            return NoDay(f"The year {words.year} is too far from now.")
        return _checked(words, words.year)
    longest = 29 if words.month == 2 else monthrange(2001, words.month)[1]
    if not 1 <= words.day <= longest:
        return NoDay(f"{MONTH_NAMES[words.month - 1].title()} has {longest} days.")
    ahead = _year_with(words, today, 1)
    back = _year_with(words, today, -1)
    near = ahead if ahead - today < today - back else back
    chosen = {Looking.AHEAD: ahead, Looking.BACK: back, Looking.NEAR: near}[looking]
    return _checked(words, chosen.year)


def month_days(words: MonthWords, today: date, looking: Looking) -> tuple[date, date]:
    """Return the first and the last day of a month; without a year of the next such month, this one included."""
    year = words.year or today.year
    if not words.year and looking is Looking.AHEAD and words.month < today.month:
        year += 1
    if not words.year and looking is not Looking.AHEAD and words.month > today.month:
        year -= 1
    return date(year, words.month, 1), date(year, words.month, monthrange(year, words.month)[1])


def weekday_from(day: date) -> date:
    """Return the day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def weekday_until(day: date) -> date:
    """Return the day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def months_from(day: date, months: int) -> date:
    """Return the day some months later, or its month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def example_day(today: date) -> str:
    """Return a day in a week, as it may be typed."""
    day = today + timedelta(days=7)
    return f"{day.day}/{day.month}"


def _weekday(weekday: int, today: date, looking: Looking) -> date:
    ahead = today + timedelta(days=(weekday - today.weekday()) % 7)
    return ahead if looking is Looking.AHEAD or ahead == today else ahead - timedelta(days=7)


def _of_month(words: DayWords, today: date, looking: Looking) -> date | NoDay:
    if not 1 <= words.day <= 31:
        return NoDay(f"No month has a day {words.day}.")
    step = 1 if looking is Looking.AHEAD else -1
    first = today.replace(day=1)
    for months in range(4):
        month = months_from(first, step * months)
        if words.day > monthrange(month.year, month.month)[1]:
            continue
        day = month.replace(day=words.day)
        if (day - today).days * step >= 0:
            checked = _checked(DayWords(day.day, day.month, day.year, words.weekday), day.year)
            if isinstance(checked, NoDay) and words.weekday is not None:
                # Of "Monday the 31st" the month is not known: it may be the coming Monday.
                return NoDay(checked.say, (_weekday(words.weekday, today, looking), day))
            return checked
    return NoDay(f"No month has a day {words.day}.")


def _year_with(words: DayWords, today: date, step: int) -> date:
    """Return the first such day from today, forwards or backwards."""
    year = today.year
    while True:
        if words.day <= monthrange(year, words.month)[1]:
            day = date(year, words.month, words.day)
            if (day - today).days * step >= 0:
                return day
        year += step


def _checked(words: DayWords, year: int) -> date | NoDay:
    length = monthrange(year, words.month)[1]
    if not 1 <= words.day <= length:
        return NoDay(f"{MONTH_NAMES[words.month - 1].title()} has {length} days.")
    day = date(year, words.month, words.day)
    if words.weekday is not None and words.weekday != day.weekday():
        said = f"{day.day} {MONTH_NAMES[day.month - 1].title()} {day.year}"
        near = _weekday(words.weekday, day - timedelta(days=3), Looking.AHEAD)
        why = f"{said} is a {WEEKDAYS[day.weekday()].title()}, not a {WEEKDAYS[words.weekday].title()}."
        return NoDay(why, tuple(sorted((day, near))))
    return day
