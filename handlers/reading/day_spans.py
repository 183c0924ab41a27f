"""Read a range of days as people write it: `28/12 to 1/1`, `26-30 Oct`, or one day.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

import re
from dataclasses import replace
from datetime import date

from handlers.reading.dates import DayWords, NoDay, day_at, resolve_day
from handlers.reading.normalise import plain, quoted
from models.rules.calendar import Span

LONGEST_UNWRITTEN = 100
"""Days that a range without years may have: a longer one is more often a slip than meant."""

_START = re.compile(r"(?:(?:from|on|between|the) )*")
_TO = re.compile(r" ?(?:to|until|till|and|-) ?(?:the )?")
_DAY_ONLY = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?= ?(?:to|until|till|and|-) ?(?:the )?[0-9])")


def read_day_span(text: str, today: date) -> Span | NoDay:
    """Return the first and the last day of a range, or why they are none.

    Without a year the next such days are meant, or those that are running today.
    """
    words = plain(text[:120])
    start = found.end() if (found := _START.match(words)) else 0
    day_only = _DAY_ONLY.match(words, start)
    first = None if day_only else day_at(words, start, today)
    place = day_only.end() if day_only else first.end if first else start
    if day_only is None and first is None:
        return NoDay(f"I do not read {quoted(text)} as days. Write them day first, for instance 28/12 to 1/1.")
    if first is not None and place == len(words):
        day = resolve_day(first, today)
        return day if isinstance(day, NoDay) else Span(day, day)
    to = _TO.match(words, place)
    last = day_at(words, to.end(), today) if to else None
    if last is None or last.end != len(words):
        return NoDay(f"I do not read {quoted(text)} as days. Write them day first, for instance 28/12 to 1/1.")
    if day_only is not None:
        first = replace(last, day=int(day_only["day"]), weekday=None, end=day_only.end())
    assert first is not None  # noqa: S101 - one of the two was found
    return _settled(first, last, today)


def _settled(first: DayWords, last: DayWords, today: date) -> Span | NoDay:
    """Return the range that two days as written make."""
    begin = resolve_day(first, today)
    if isinstance(begin, NoDay):
        return begin
    # The end is the next such day after the beginning; of days that are running, the next from today.
    end, running = resolve_day(last, begin), resolve_day(last, today)
    if isinstance(end, NoDay) or isinstance(running, NoDay):
        return end if isinstance(end, NoDay) else running  # type: ignore[return-value]
    if not first.year and not last.year and running < begin:
        before = _year_before(begin)
        if before is not None and before <= today and (running - before).days < LONGEST_UNWRITTEN:
            return Span(before, running)
    if end < begin:
        return NoDay("The last day is before the first, so nothing was changed: write the first day first.")
    if (end - begin).days >= LONGEST_UNWRITTEN and not (first.year and last.year):
        return NoDay(
            f"That would be {(end - begin).days + 1} days on end: if it is meant, write both days with their years."
        )
    return Span(begin, end)


def _year_before(day: date) -> date | None:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return None
