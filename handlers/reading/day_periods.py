"""Read weeks, months, quarters and ends of them, and words about time that name no day.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.reading.dates import (
    DayOrTime,
    MonthWords,
    Vague,
    is_near,
    month_days,
    months_from,
    weekday_from,
    weekday_until,
)
from handlers.reading.day_numbers import month_alone
from handlers.reading.day_tokens import DayTokens
from handlers.reading.day_words import (
    BEFORE_SEASON,
    EARLY,
    JOINING,
    MIDDLE,
    SEASON_PARTS,
    SEASONS,
    VAGUE,
    VAGUE_ALONE,
)
from models.rules.calendar import Span

_VAGUE = tuple(tuple(phrase.replace("-", " - ").split()) for phrase in VAGUE)
VAGUE_FIRST = frozenset(phrase[0] for phrase in _VAGUE) | VAGUE_ALONE | SEASONS | {"after", "before", "term"}
_STEPS = {"this": 0, "the": 0, "current": 0, "next": 1, "coming": 1, "following": 1, "last": -1, "previous": -1}


@dataclass(frozen=True, slots=True)
class Period:
    """A week (its working days), a month or a year: `unit`. `end`: the place after its words."""

    first: date
    last: date
    unit: str
    end: int


def period_at(tokens: DayTokens, at: int) -> Period | None:
    """Return `next week`, `this month`, `the week after next`, `October 2021`, `2021`, `the year`; or None."""
    word, unit = tokens.word(at), tokens.word(at + 1)
    if (end := tokens.match(tokens.skip(at, "the"), ("week", "after", "next"))) > 0:
        return _whole(tokens.today, 2, "week", end)
    if word in _STEPS and unit in ("week", "month", "year"):
        return _whole(tokens.today, _STEPS[word], unit, at + 2)
    year = tokens.number(at, 4)
    if is_near(year, tokens.today) and tokens.ends_clean(at + 1):
        return Period(date(year, 1, 1), date(year, 12, 31), "year", at + 1)
    found = month_alone(tokens, at)
    if found is None:
        return None
    return Period(*month_days(found[0], tokens.today, tokens.looking), "month", found[1])


def _whole(today: date, step: int, unit: str, end: int) -> Period:
    if unit == "week":
        monday = today - timedelta(days=today.weekday() - 7 * step)
        last = monday + timedelta(days=4)
        if step:
            return Period(monday, last, unit, end)
        return Period(today, last if today <= last else monday + timedelta(days=6), unit, end)
    if unit == "month":
        first = months_from(today.replace(day=1), step)
        return Period(first, months_from(first, 1) - timedelta(days=1), unit, end)
    return Period(date(today.year + step, 1, 1), date(today.year + step, 12, 31), unit, end)


def stretch(tokens: DayTokens, at: int) -> tuple[DayOrTime, int] | None:
    """Return days on end that are counted from today: `all next week`, `the whole of August`, `this weekend`."""
    whole = _after_whole(tokens, at)
    if whole > at:
        period = period_at(tokens, whole)
        if period is None and tokens.word(whole) in ("week", "month"):
            period = _whole(tokens.today, 0, tokens.word(whole), whole + 1)
        return None if period is None else (Span(period.first, period.last), period.end)
    if tokens.word(at) in ("this", "the") and tokens.word(at + 1) == "weekend":
        saturday = tokens.today + timedelta(days=max(0, 5 - tokens.today.weekday()))
        sunday = tokens.today + timedelta(days=6 - tokens.today.weekday())
        return Span(saturday, sunday), at + 2
    if (rest := tokens.match(at, ("rest", "of"), ("remainder", "of"))) > 0:
        period = period_at(tokens, rest)
        return None if period is None else (Span(tokens.today, max(tokens.today, period.last)), period.end)
    bare = tokens.word(at) == "the" and tokens.word(at + 1) in ("week", "month", "year")
    if bare and tokens.match(at + 2, ("after", "next")) < 0:
        return None
    period = period_at(tokens, at)
    if period is None:
        return None
    if period.unit == "year":
        asked = tokens.word(at - 1) in ("in", "by", "until", "during", "till", "end", "")
        ahead = (period.last,) if period.last >= tokens.today else ()
        return (
            (Vague(ahead), period.end) if tokens.word(at) in _STEPS or (asked and not tokens.word(period.end)) else None
        )
    if period.unit == "month":
        year_written = tokens.word(at) in _STEPS or tokens.number(period.end - 1, 4) > 999
        return MonthWords(period.first.month, period.first.year * year_written), period.end
    return Span(period.first, period.last), period.end


def _after_whole(tokens: DayTokens, at: int) -> int:
    """Return the place after `all of`, `the whole of`, `throughout`, or the same place."""
    end = tokens.match(
        at, ("all", "of"), ("all",), ("the", "whole", "of"), ("whole", "of"), ("the", "whole"), ("throughout",)
    )
    return end if end > 0 else at


def period_end(tokens: DayTokens, at: int) -> tuple[DayOrTime, int] | None:
    """Return the last day of `end of September`, `month end`, `end of next week`; of a term or quarter none."""
    if tokens.word(at) in ("month", "year"):
        end = tokens.match(at, ("month", "end"), ("month", "-", "end"), ("year", "end"), ("year", "-", "end"))
        if end < 0:
            return None
        last = _whole(tokens.today, 0, tokens.word(at), end).last
        of_year = Vague(tuple(sorted((last, _financial(tokens.today)))))
        return of_year if tokens.word(at) == "year" else Span(last, last), end
    place = tokens.skip(at + 1, "of")
    if (vague := _season(tokens, place, asked=True) or quarter(tokens, place)) is not None:
        return vague
    if (year := tokens.match(tokens.skip(place, "the", "this"), ("financial", "year"), ("fiscal", "year"))) > 0:
        return Vague((_financial(tokens.today),)), year
    if (year := tokens.match(tokens.skip(place, "the", "this"), ("school", "year"), ("academic", "year"))) > 0:
        return Vague(), year
    period = period_at(tokens, place)
    if period is None and place > at + 1 and tokens.word(place) in ("week", "month", "year"):
        period = _whole(tokens.today, 0, tokens.word(place), place + 1)
    return None if period is None else (Span(period.last, period.last), period.end)


def _financial(today: date) -> date:
    """Return the end of the council's financial year."""
    end = date(today.year, 3, 31)
    return end if end >= today else end.replace(year=today.year + 1)


def part_of(tokens: DayTokens, at: int) -> tuple[Vague, int] | None:
    """Return what `early October`, `mid-September`, `the middle of next week`, `late in the month` may mean."""
    word = tokens.word(at)
    place = at + 1
    if tokens.word(place) == "-" and tokens.glued(place):
        place += 1
    place = tokens.skip(tokens.skip(place, "of", "in"), "-")
    if (vague := _season(tokens, place, asked=True)) is not None:
        return vague
    period = period_at(tokens, place)
    if period is None or period.unit == "year":
        return None
    first, last = period.first, period.last
    if period.unit == "week":
        days = {0: (first, first + timedelta(days=1)), 1: (first + timedelta(days=2),)}
        found = days[0] if word in EARLY else days[1] if word in MIDDLE else (last - timedelta(days=1), last)
    elif word in EARLY:
        found = (first,) if word != "early" else (first, first.replace(day=5), first.replace(day=8))
        found = tuple(weekday_from(day) for day in found)
    elif word in MIDDLE:
        middle = weekday_from(first.replace(day=15)) if first.replace(day=15).weekday() != 5 else first.replace(day=14)
        found = (_step(middle, -1), middle, _step(middle, 1))
    else:
        found = tuple(weekday_until(day) for day in (first.replace(day=24), first.replace(day=28), last))
    ahead = tuple(day for day in found if day >= tokens.today)
    return Vague(ahead or found), period.end


def _step(day: date, step: int) -> date:
    day += timedelta(days=step)
    return weekday_from(day) if step > 0 else weekday_until(day)


def quarter(tokens: DayTokens, at: int) -> tuple[Vague, int] | None:
    """Return the ends of a quarter: of the calendar year and of the financial year."""
    word = tokens.word(at)
    if word == "q" or word in ("quarter", "qtr"):
        number = tokens.number(at + 1, 1)
        if not 1 <= number <= 4 or (word == "q" and not tokens.glued(at + 1)) or not tokens.ends_clean(at + 2):
            return None
        year = tokens.number(at + 2, 4)
        of_year = is_near(year, tokens.today)
        ends = [
            _quarter_end(date(year, 1, 1), number * 3) if of_year else _quarter_end(tokens.today, number * 3),
            _quarter_end(date(year, 4, 1) if of_year else tokens.today, number % 4 * 3 + 3),
        ]
        return Vague(tuple(sorted(ends))), at + 2 + of_year
    if word in _STEPS and tokens.word(at + 1) == "quarter":
        month = (tokens.today.month - 1) // 3 * 3 + 3
        end = months_from(date(tokens.today.year, month, 1), 3 * _STEPS[word] + 1) - timedelta(days=1)
        return Vague((end,)), at + 2
    return None


def _quarter_end(today: date, month: int) -> date:
    end = months_from(date(today.year, month, 1), 1) - timedelta(days=1)
    return end if end >= today else months_from(date(today.year + 1, month, 1), 1) - timedelta(days=1)


def vague_time(tokens: DayTokens, at: int) -> tuple[Vague, int] | None:
    """Return words that mean time and no day: `TBC`, `soon`, `after half term`, `the autumn term`."""
    if tokens.word(at) in VAGUE_FIRST:
        end = tokens.match(at, *_VAGUE)
        if end > 0 and tokens.ends_clean(end):
            return Vague(), end
    if tokens.word(at) in ("after", "before"):
        place = tokens.skip(at + 1, "the")
        if tokens.word(place) in ("after", "before"):
            return None
        return _season(tokens, place, asked=True) or vague_time(tokens, place)
    alone = not tokens.word(at + 1) and (at == 0 or (tokens.word(at - 1) in BEFORE_SEASON | {"the"} and at < 3))
    if alone and tokens.word(at) in VAGUE_ALONE:
        return Vague(), at + 1
    return _season(tokens, at, asked=False)


def _season(tokens: DayTokens, at: int, *, asked: bool) -> tuple[Vague, int] | None:
    """Return a season, its term or holidays. `asked`: a word before it wants a time."""
    place = tokens.skip(at, "the")
    before = tokens.word(at - 1)
    before = tokens.word(at - 2) if before == "the" else before
    asked = asked or before in BEFORE_SEASON
    if tokens.match(place, ("half", "term"), ("half", "-", "term")) > 0:
        return Vague(), tokens.match(place, ("half", "term"), ("half", "-", "term"))
    name = tokens.word(place)
    if name == "term" and asked and before not in ("long", "short"):
        return (Vague(), place + 1) if not _goes_on(tokens, place + 1) else None
    if name not in SEASONS:
        return None
    end = place + 1
    while (tokens.word(end) in SEASON_PARTS or (tokens.word(end) == "-" and tokens.glued(end))) and end < place + 4:
        end += 1
    if is_near(tokens.number(end, 4), tokens.today):
        asked, end = True, end + 1
    alone = not before and not tokens.word(end)
    if (end == place + 1 and not asked and not alone) or _goes_on(tokens, end):
        return None
    feast = date(tokens.today.year, 12, 24)
    if feast < tokens.today:
        feast = feast.replace(year=feast.year + 1)
    return Vague((feast,) if name in ("christmas", "xmas") and end == place + 1 else ()), end


def _goes_on(tokens: DayTokens, at: int) -> bool:
    """Return whether a noun follows: "the summer reading challenge"."""
    return (tokens.word(at)[:1].isalpha() and tokens.word(at) not in JOINING) or not tokens.ends_clean(at)
