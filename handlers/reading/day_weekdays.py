"""Read a weekday, and the days that are counted from one: `Wed 16th`, `next Friday`, `first Monday in October`.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from dataclasses import replace
from datetime import date, timedelta

from handlers.reading.dates import DayOrTime, DayWords, Looking, Vague, months_from, weekday_from, weekday_until
from handlers.reading.day_numbers import amount_at, calendar_day
from handlers.reading.day_periods import period_at, quarter, stretch
from handlers.reading.day_tokens import DayTokens, weekday_at
from handlers.reading.day_words import AFTER_DAY, ALSO_WORDS, DAY_PARTS, FEAST_BEFORE, NTH, ON_DAY, UNITS
from models.rules.calendar import Span

Found = tuple[DayOrTime, int] | None
_DAY_OF = (("day", "of"), ("working", "day", "of"), ("working", "day", "in"))


def fixed(day: date, end: int) -> tuple[Span, int]:
    """Return a day that is counted from today, and the place after it."""
    return Span(day, day), end


def after_day(tokens: DayTokens, at: int) -> int:
    """Return the place after a part of the day and the like, or the same place."""
    at = tokens.skip(at, *DAY_PARTS)
    return max(at, tokens.match(at, *AFTER_DAY))


def on_weekday(tokens: DayTokens, at: int) -> Found:
    """Read "Friday", "Wed 16th", "Friday week", "Friday of next week"."""
    weekday, end = weekday_at(tokens, at)
    before = tokens.word(at - 1)
    if "every" in (before, tokens.word(at - 2)) or before in ("each", "alternate"):
        return None
    if before in FEAST_BEFORE:
        return Vague(), end
    dated = calendar_day(tokens, tokens.skip(tokens.skip(end, ",", "("), "the"), wanted=True)
    if dated is not None:
        return replace(dated[0], weekday=weekday), tokens.skip(dated[1], ")") if tokens.word(end) == "(" else dated[1]
    then = tokens.word(end)
    if tokens.word(at) in ALSO_WORDS and not _is_weekday(before, then):
        return None
    if then in ("week", "fortnight") and tokens.word(end + 1) not in ("commencing", "beginning", "ending", "of"):
        return fixed(such_weekday(tokens.today, weekday, 1) + timedelta(days=UNITS[then]), end + 1)
    if tokens.match(end, ("after", "next"), ("but", "one")) > 0:
        coming = such_weekday(tokens.today, weekday, 1)
        return Vague((coming + timedelta(days=7), coming + timedelta(days=14))), end + 2
    if then == "next" and tokens.word(end + 1) not in ("week", "month"):
        return _next_weekday(tokens, weekday, end + 1)
    period = period_at(tokens, tokens.skip(end, "of", "in"))
    if period is not None and period.unit == "week":
        monday = period.first - timedelta(days=period.first.weekday())
        return fixed(monday + timedelta(days=weekday), period.end)
    end = after_day(tokens, end)
    if before == "on" and weekday == tokens.today.weekday():
        # Nobody calls today "on Monday".
        week = 7 if tokens.looking is Looking.AHEAD else -7
        return fixed(tokens.today + timedelta(days=week), end)
    return DayWords(weekday=weekday), end


def _is_weekday(before: str, then: str) -> bool:
    """Return whether `sat`, `sun`, `mon` or `wed`, which are words as well, is a weekday here."""
    if before in ON_DAY | {"from", "this", "next", "last", "coming", "to", "back", "-"}:
        return True
    return not before[:1].isalpha() and (not then[:1].isalnum() or then in ("to", "until", "till", "week", "and", "or"))


def such_weekday(day: date, weekday: int, step: int) -> date:
    """Return such a weekday from a day on: that day or after it, or with -1 that day or before it."""
    return day + timedelta(days=step * ((weekday - day.weekday()) * step % 7))


def this_day(tokens: DayTokens, at: int) -> Found:
    """Read "this Friday", "this coming Friday", "this morning", "this week"."""
    if tokens.word(at + 1) in DAY_PARTS:
        return fixed(tokens.today, at + 2)
    place = tokens.skip(at + 1, "coming")
    if weekday_at(tokens, place)[0] >= 0:
        return on_weekday(tokens, place)
    return stretch(tokens, at) or quarter(tokens, at)


def _next_weekday(tokens: DayTokens, weekday: int, end: int) -> Found:
    """Return the coming such day and that of next week: often the same."""
    coming = such_weekday(tokens.today + timedelta(days=1), weekday, 1)
    of_next_week = tokens.today + timedelta(days=7 - tokens.today.weekday() + weekday)
    # Nobody calls tomorrow "next Thursday", but on a Sunday "next Monday".
    days = sorted({day for day in (coming, of_next_week) if (day - tokens.today).days > 1}) or [coming]
    return (Vague(tuple(days)), end) if len(days) > 1 else fixed(days[0], end)


def coming_day(tokens: DayTokens, at: int) -> Found:
    """Read "coming Friday"."""
    return on_weekday(tokens, at + 1) if weekday_at(tokens, at + 1)[0] >= 0 else None


def next_day(tokens: DayTokens, at: int) -> Found:
    """Read "next Friday", which can mean two days, "next week", "next two weeks"."""
    place = at + 1
    weekday, _ = weekday_at(tokens, place)
    if weekday >= 0:
        found = on_weekday(tokens, place)
        if found is None or found[0] != DayWords(weekday=weekday):
            return found
        return _next_weekday(tokens, weekday, found[1])
    amount = amount_at(tokens, place) if tokens.word(place) not in ("week", "month") else None
    if amount is not None:
        last = months_from(tokens.today, amount[1]) + timedelta(days=amount[0])
        return Vague((last,)) if amount[2] else Span(tokens.today, last), amount[3]
    week = tokens.match(place, ("week",))
    if week > 0:
        on, after = weekday_at(tokens, tokens.skip(week, "on"))
        if on >= 0:
            return fixed(tokens.today + timedelta(days=7 - tokens.today.weekday() + on), after)
    return stretch(tokens, at) or quarter(tokens, at)


def last_day(tokens: DayTokens, at: int) -> Found:
    """Read "last Wednesday", "last night", "last Friday of November", "last week"."""
    if tokens.word(at + 1) == "night":
        return fixed(tokens.today - timedelta(days=1), at + 2)
    weekday, _ = weekday_at(tokens, at + 1)
    if weekday < 0:
        return nth_day(tokens, at) or stretch(tokens, at) or quarter(tokens, at)
    if (found := nth_day(tokens, at)) is not None:
        return found
    found = on_weekday(tokens, at + 1)
    if found is None or found[0] != DayWords(weekday=weekday):
        return found
    latest = such_weekday(tokens.today - timedelta(days=1), weekday, -1)
    of_last_week = tokens.today - timedelta(days=7 + tokens.today.weekday() - weekday)
    days = sorted({day for day in (latest, of_last_week) if (tokens.today - day).days > 1}, reverse=True) or [latest]
    return (Vague(tuple(days)), found[1]) if len(days) > 1 else fixed(days[0], found[1])


def nth_day(tokens: DayTokens, at: int) -> Found:
    """Read "first Monday in October", "last Friday of the month", "last working day of June"."""
    ordinal = tokens.glued(at + 1) and tokens.word(at)[0].isdigit()
    number = NTH.get(tokens.word(at) + (tokens.word(at + 1) if ordinal else ""), 0)
    place = at + 1 + ordinal
    weekday, end = weekday_at(tokens, place)
    is_week = tokens.word(place) == "week"
    end = place + 1 if is_week else end
    edge = tokens.match(place, *_DAY_OF) if abs(number) == 1 else -1
    if edge > 0:
        return _edge_day(tokens, edge, number, tokens.word(place) == "working")
    if not number or (weekday < 0 and not is_week) or tokens.word(end) not in ("in", "of"):
        return None
    period = period_at(tokens, end + 1)
    if period is None or period.unit != "month":
        return None
    if is_week:
        monday = such_weekday(period.first, 0, -1) if period.first.weekday() < 5 else such_weekday(period.first, 0, 1)
        if number < 0:
            monday = such_weekday(period.last, 0, -1)
        monday += timedelta(days=7 * max(0, number - 1))
        return Vague((max(monday, period.first), monday + timedelta(days=4))), period.end
    first = such_weekday(period.first, weekday, 1)
    day = such_weekday(period.last, weekday, -1) if number < 0 else first + timedelta(days=7 * (number - 1))
    return fixed(day, period.end) if period.first <= day <= period.last else None


def _edge_day(tokens: DayTokens, at: int, number: int, working: bool) -> Found:
    """Read the end of "last day of the month" and "first working day in October"."""
    period = period_at(tokens, at)
    if period is None:
        return None
    day = period.first if number > 0 else period.last
    if not working:
        return fixed(day, period.end)
    return Vague((weekday_from(day) if number > 0 else weekday_until(day),)), period.end
