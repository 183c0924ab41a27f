"""Read one day at a place in a text: `12/9`, `the 16th`, `a week on Tuesday`, `end of next week`, `mid-September`.

Each function reads one kind of phrase at a token and returns what is written and the place after it, or
None. None of them looks further than some twenty tokens, so that time grows with
the length of a text alone.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from handlers.reading.dates import (
    DayOrTime,
    DayWords,
    Looking,
    MonthWords,
    NoDay,
    Vague,
    months_from,
    resolve,
    resolve_day,
)
from handlers.reading.day_numbers import amount_at, calendar_day, feast
from handlers.reading.day_periods import VAGUE_FIRST, part_of, period_at, period_end, quarter, stretch, vague_time
from handlers.reading.day_tokens import DayTokens, month_at, weekday_at
from handlers.reading.day_words import (
    AFTER_DAY,
    ALSO_WORDS,
    AMOUNT_WORDS,
    DAY_PARTS,
    DAY_WORDS,
    EARLY,
    FEASTS,
    LATE,
    MIDDLE,
    MONTH_WORDS,
    NTH,
    ON_DAY,
    PLAY_ENDS,
    UNITS,
    WEEKDAY_WORDS,
)
from models.rules.calendar import Span

Found = tuple[DayOrTime, int] | None
_DEEPEST = 2
"""How many days may hang on one another: "a week after the Monday after 12/9"."""
_WEEK_OF = (
    *((("week", word)) for word in ("commencing", "beginning", "starting", "of")),
    ("w", "/", "c"), ("w", "/", "b"), ("wc",), ("wb",),
)  # fmt: skip
_WEEK_ENDING = (("week", "ending"), ("w", "/", "e"))


def day_phrase(tokens: DayTokens, at: int, depth: int = 0) -> Found:
    """Return the day, the days or the time that stand at a place, and the place after them."""
    if depth > _DEEPEST:
        return None
    word = tokens.word(at)
    if not word:
        return None
    if word[0].isdigit():
        return calendar_day(tokens, at) or _counted(tokens, at, depth) or _nth(tokens, at)
    for reader in _READERS.get(word, ()):
        found = reader(tokens, at, depth)
        if found is not None:
            return found
    if word in AMOUNT_WORDS and (found := _counted(tokens, at, depth)) is not None:
        return found
    if weekday_at(tokens, at)[0] >= 0:
        return _on_weekday(tokens, at, depth)
    if month_at(tokens, at, near=tokens.word(at + 1)[:1].isdigit())[0]:
        return calendar_day(tokens, at) or stretch(tokens, at)
    return vague_time(tokens, at)


def _after_the(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read what follows "the": "the 16th", "the first Monday in October", "the end of term"."""
    if tokens.word(at + 1) == "the":
        return None
    found = stretch(tokens, at)
    return found if found is not None else day_phrase(tokens, at + 1, depth + 1)


def _fixed(day: date, end: int) -> Found:
    return Span(day, day), end


def _today(tokens: DayTokens, at: int, _: int) -> Found:
    day, end = tokens.today + timedelta(days=DAY_WORDS[tokens.word(at)]), at + 1
    if tokens.word(end) in ("week", "fortnight"):
        return _fixed(day + timedelta(days=UNITS[tokens.word(end)]), end + 1)
    return _fixed(day, _after_day(tokens, end))


def _after_day(tokens: DayTokens, at: int) -> int:
    """Return the place after a part of the day and the like, or the same place."""
    at = tokens.skip(at, *DAY_PARTS)
    return max(at, tokens.match(at, *AFTER_DAY))


def _beside(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "the day after tomorrow" and "the week before 12/9"."""
    unit, side = tokens.word(at), tokens.word(at + 1)
    if side not in ("after", "before", "following"):
        return None
    return _shifted(tokens, at + 2, -UNITS[unit] if side == "before" else UNITS[unit], depth)


def _shifted(tokens: DayTokens, at: int, days: int, depth: int) -> Found:
    found = _point(tokens, at, depth + 1)
    if found is None:
        return None
    day, end = found
    return (day, end) if isinstance(day, Vague) else _fixed(day + timedelta(days=days), end)


def _point(tokens: DayTokens, at: int, depth: int) -> tuple[date | Vague, int] | None:
    """Return the one day that stands here, or a time that is none."""
    found = day_phrase(tokens, at, depth)
    if found is None:
        return None
    written, end = found
    if isinstance(written, DayWords):
        day = resolve_day(written, tokens.today, tokens.looking)
        return None if isinstance(day, NoDay) else (day, end)
    if isinstance(written, Span):
        return (written.first, end) if written.first == written.last else None
    return (Vague(), end) if isinstance(written, Vague | MonthWords) else None


def _counted(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "a week on Tuesday", "three weeks today", "two weeks ago", "a fortnight from 12/9"."""
    amount = amount_at(tokens, at)
    if amount is None:
        return None
    days, months, _, place = amount
    word = tokens.word(place)
    if word in ("ago", "back"):
        return _fixed(months_from(tokens.today, -months) - timedelta(days=days), place + 1)
    if word in DAY_WORDS and days % 7 == 0:
        shift = DAY_WORDS[word]
        days = -days if shift < 0 else days
        return _fixed(months_from(tokens.today, months) + timedelta(days=days + shift), place + 1)
    if word in ("from", "after", "before") and not months:
        place = place + 1
        if tokens.word(place) == "now":
            return _fixed(tokens.today + timedelta(days=days), place + 1)
        return _shifted(tokens, place, -days if word == "before" else days, depth)
    if months or days % 7:
        return None
    place = tokens.skip(place, "on")
    back = tokens.word(place) == "last"
    weekday, end = weekday_at(tokens, place + back)
    if weekday < 0:
        return None
    day = _weekday_from(tokens.today, weekday, -1 if back else 1)
    return _fixed(day + timedelta(days=-days if back else days), end)


def _in(tokens: DayTokens, at: int, _: int) -> Found:
    """Read "in a fortnight", "within two weeks", "in a week's time"; "1 in 5 days" is none."""
    amount = amount_at(tokens, tokens.skip(at + 1, "about"))
    if amount is None or tokens.word(at - 1)[:1].isdigit():
        return None
    days, months, vague, end = amount
    possessive = tokens.match(end, ("'", "s"), ("'",))
    end = tokens.skip(max(end, possessive), "time")
    day = months_from(tokens.today, months) + timedelta(days=days)
    return (Vague((day,)), end) if vague else _fixed(day, end)


def _on_weekday(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "Friday", "Wed 16th", "Friday week", "Friday of next week", "the Monday after half term"."""
    weekday, end = weekday_at(tokens, at)
    before = tokens.word(at - 1)
    if before in ("every", "each"):
        return None
    dated = calendar_day(tokens, tokens.skip(tokens.skip(end, ","), "the"), wanted=True)
    if dated is not None:
        return replace(dated[0], weekday=weekday), dated[1]
    then = tokens.word(end)
    if tokens.word(at) in ALSO_WORDS and not _is_weekday(before, then):
        return None
    if then in ("week", "fortnight") and tokens.word(end + 1) not in ("commencing", "beginning", "ending", "of"):
        return _fixed(_weekday_from(tokens.today, weekday, 1) + timedelta(days=UNITS[then]), end + 1)
    if tokens.match(end, ("after", "next")) > 0:
        coming = _weekday_from(tokens.today, weekday, 1)
        return Vague((coming + timedelta(days=7), coming + timedelta(days=14))), end + 2
    if then in ("after", "before", "following"):
        found = _point(tokens, end + 1, depth + 1)
        if found is not None:
            point, after = found
            step = -1 if then == "before" else 1
            if isinstance(point, Vague):
                return point, after
            return _fixed(_weekday_from(point + timedelta(days=step), weekday, step), after)
    period = period_at(tokens, tokens.skip(end, "of", "in"))
    if period is not None and period.unit == "week":
        monday = period.first - timedelta(days=period.first.weekday())
        return _fixed(monday + timedelta(days=weekday), period.end)
    end = _after_day(tokens, end)
    if before == "on" and weekday == tokens.today.weekday():
        # Nobody calls today "on Monday".
        week = 7 if tokens.looking is Looking.AHEAD else -7
        return _fixed(tokens.today + timedelta(days=week), end)
    return DayWords(weekday=weekday), end


def _is_weekday(before: str, then: str) -> bool:
    """Return whether `sat`, `sun`, `mon` or `wed`, which are words as well, is a weekday here."""
    if before in ON_DAY | {"from", "this", "next", "last", "coming", "to", "-"}:
        return True
    return not before[:1].isalpha() and (not then[:1].isalpha() or then in ("to", "until", "till", "week", "and", "or"))


def _weekday_from(day: date, weekday: int, step: int) -> date:
    """Return such a weekday from a day on: that day or after it, or with -1 that day or before it."""
    return day + timedelta(days=step * ((weekday - day.weekday()) * step % 7))


def _this(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "this Friday", "this coming Friday", "this morning", "this week"."""
    if tokens.word(at + 1) in DAY_PARTS:
        return _fixed(tokens.today, at + 2)
    place = tokens.skip(at + 1, "coming")
    if weekday_at(tokens, place)[0] >= 0:
        return _on_weekday(tokens, place, depth)
    return stretch(tokens, at) or quarter(tokens, at)


def _coming(tokens: DayTokens, at: int, depth: int) -> Found:
    return _on_weekday(tokens, at + 1, depth) if weekday_at(tokens, at + 1)[0] >= 0 else None


def _next(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "next Friday", which can mean two days, "next week", "next two weeks"."""
    place = at + 1
    weekday, _ = weekday_at(tokens, place)
    if weekday >= 0:
        found = _on_weekday(tokens, place, depth)
        if found is None or found[0] != DayWords(weekday=weekday):
            return found
        coming = _weekday_from(tokens.today + timedelta(days=1), weekday, 1)
        of_next_week = tokens.today + timedelta(days=7 - tokens.today.weekday() + weekday)
        # Nobody calls tomorrow "next Thursday", but on a Sunday "next Monday".
        days = sorted({day for day in (coming, of_next_week) if (day - tokens.today).days > 1}) or [coming]
        return (Vague(tuple(days)), found[1]) if len(days) > 1 else _fixed(days[0], found[1])
    amount = amount_at(tokens, place) if tokens.word(place) not in ("week", "month") else None
    if amount is not None and not amount[2]:
        return Span(tokens.today, months_from(tokens.today, amount[1]) + timedelta(days=amount[0])), amount[3]
    week = tokens.match(place, ("week",))
    if week > 0:
        on, after = weekday_at(tokens, tokens.skip(week, "on"))
        if on >= 0:
            return _fixed(tokens.today + timedelta(days=7 - tokens.today.weekday() + on), after)
    return stretch(tokens, at) or quarter(tokens, at)


def _last(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "last Wednesday", "last night", "last Friday of November", "last week"."""
    if tokens.word(at + 1) == "night":
        return _fixed(tokens.today - timedelta(days=1), at + 2)
    weekday, _ = weekday_at(tokens, at + 1)
    if weekday < 0:
        return stretch(tokens, at) or quarter(tokens, at)
    if (found := _nth(tokens, at)) is not None:
        return found
    found = _on_weekday(tokens, at + 1, depth)
    if found is None or found[0] != DayWords(weekday=weekday):
        return found
    latest = _weekday_from(tokens.today - timedelta(days=1), weekday, -1)
    of_last_week = tokens.today - timedelta(days=7 + tokens.today.weekday() - weekday)
    days = sorted({day for day in (latest, of_last_week) if (tokens.today - day).days > 1}, reverse=True) or [latest]
    return (Vague(tuple(days)), found[1]) if len(days) > 1 else _fixed(days[0], found[1])


def _nth(tokens: DayTokens, at: int, depth: int = 0) -> Found:
    """Read "first Monday in October", "last Friday of the month", "second week of October", "first thing Monday"."""
    if (place := tokens.match(at, ("first", "thing", "on"), ("first", "thing"))) > 0:
        return day_phrase(tokens, place, depth + 1)
    ordinal = tokens.glued(at + 1) and tokens.word(at)[0].isdigit()
    number = NTH.get(tokens.word(at) + (tokens.word(at + 1) if ordinal else ""), 0)
    place = at + 1 + ordinal
    weekday, end = weekday_at(tokens, place)
    is_week = tokens.word(place) == "week"
    end = place + 1 if is_week else end
    if not number or (weekday < 0 and not is_week) or tokens.word(end) not in ("in", "of"):
        return None
    period = period_at(tokens, end + 1)
    if period is None or period.unit != "month":
        return None
    if is_week:
        monday = _weekday_from(period.first, 0, -1) if period.first.weekday() < 5 else _weekday_from(period.first, 0, 1)
        if number < 0:
            monday = _weekday_from(period.last, 0, -1)
        monday += timedelta(days=7 * max(0, number - 1))
        return Vague((max(monday, period.first), monday + timedelta(days=4))), period.end
    first = _weekday_from(period.first, weekday, 1)
    day = _weekday_from(period.last, weekday, -1) if number < 0 else first + timedelta(days=7 * (number - 1))
    return _fixed(day, period.end) if period.first <= day <= period.last else None


def _week(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "week commencing 7 Sept", "w/e 11/9": its working days."""
    start = tokens.match(at, *_WEEK_OF)
    ending = tokens.match(at, *_WEEK_ENDING) if start < 0 else -1
    place = tokens.skip(max(start, ending), "on", ":")
    found = _point(tokens, tokens.skip(place, "the"), depth + 1) if place > at else None
    if found is None:
        return _beside(tokens, at, depth) if tokens.word(at) == "week" else None
    day, end = found
    if isinstance(day, Vague):
        return day, end
    monday = _weekday_from(day, 0, -1)
    if ending > 0:
        return Span(monday, day), end
    begins = monday if tokens.words[at : at + 2] == ["week", "of"] else day
    return Span(begins, max(day, monday + timedelta(days=4))), end


def _end(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "end of September", "close of play Friday", "end of today"."""
    play = tokens.match(at, *PLAY_ENDS)
    if play > 0:
        return _shifted(tokens, tokens.skip(play, "on"), 0, depth) or _fixed(tokens.today, play)
    found = period_end(tokens, at)
    if found is None and tokens.word(at) == "end" and tokens.word(at + 1) == "of":
        if tokens.match(at + 2, ("the", "day"), ("day",)) > 0:
            return None
        return day_phrase(tokens, at + 2, depth + 1)
    return found


def _sometime(tokens: DayTokens, at: int, _: int) -> Found:
    """Read "sometime next week", "later this month": the first and the last day it may be."""
    place = tokens.match(at, ("sometime",), ("some", "time"), ("at", "some", "point"), ("later",))
    place = tokens.skip(place, "in")
    found = stretch(tokens, place) if place > at else None
    if found is None:
        return None
    written, end = found
    settled = resolve(written, tokens.today, tokens.looking, "")
    return Vague(settled.candidates if isinstance(settled, NoDay) else (settled.first, settled.last)), end


_Reader = Callable[[DayTokens, int, int], Found]
_READERS: dict[str, tuple[_Reader, ...]] = {
    **dict.fromkeys(DAY_WORDS, (_today,)),
    **dict.fromkeys((*EARLY, *MIDDLE, *LATE), (lambda tokens, at, _: part_of(tokens, at),)),
    **dict.fromkeys((word for word in NTH if word.isalpha() and word != "last"), (_nth,)),
    **dict.fromkeys({words[0] for words in FEASTS}, (lambda tokens, at, _: feast(tokens, at),)),
    **dict.fromkeys(("all", "whole", "throughout", "rest", "remainder"), (lambda tokens, at, _: stretch(tokens, at),)),
    "the": (_after_the,),
    "this": (_this,),
    "coming": (_coming,),
    "next": (_next,),
    "last": (_last,),
    "in": (_in,),
    "within": (_in,),
    "day": (_beside,),
    "week": (_week, lambda tokens, at, _: stretch(tokens, at)),
    "w": (_week,),
    "wc": (_week,),
    "wb": (_week,),
    "end": (_end,),
    "close": (_end,),
    "cop": (_end,),
    "cob": (_end,),
    "eop": (_end,),
    "month": (lambda tokens, at, _: period_end(tokens, at),),
    "year": (lambda tokens, at, _: period_end(tokens, at),),
    "q": (lambda tokens, at, _: quarter(tokens, at),),
    "quarter": (lambda tokens, at, _: quarter(tokens, at),),
    "qtr": (lambda tokens, at, _: quarter(tokens, at),),
    "sometime": (_sometime,),
    "some": (_sometime,),
    "later": (_sometime,),
    "at": (_sometime,),
    "few": (_counted,),
    "couple": (_counted,),
    "several": (_counted,),
}


FIRST_WORDS = frozenset((*_READERS, *AMOUNT_WORDS, *WEEKDAY_WORDS, *MONTH_WORDS, *VAGUE_FIRST))
"""Words that a day may begin with; a mistyped month or weekday as well, and a number."""


def may_begin(tokens: DayTokens, at: int) -> bool:
    """Return whether a day can begin with this word at all."""
    word = tokens.word(at)
    if word in FIRST_WORDS or word[:1].isdigit():
        return True
    return len(word) > 5 and (word.endswith("day") or tokens.word(at + 1)[:1].isdigit())
