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
    DayWords,
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
from handlers.reading.day_weekdays import (
    Found,
    after_day,
    coming_day,
    fixed,
    last_day,
    next_day,
    nth_day,
    on_weekday,
    such_weekday,
    this_day,
)
from handlers.reading.day_words import (
    AMOUNT_WORDS,
    DAY_WORDS,
    EARLY,
    FEAST_BEFORE,
    FEASTS,
    LATE,
    MIDDLE,
    MONTH_WORDS,
    NTH,
    NTH_WORDS,
    PLAY_ENDS,
    TENS,
    UNITS,
    WEEKDAY_WORDS,
)
from models.rules.calendar import Span

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
        return _dated(tokens, at) or _counted(tokens, at, depth) or nth_day(tokens, at)
    for reader in _READERS.get(word, ()):
        found = reader(tokens, at, depth)
        if found is not None:
            return found
    if word in AMOUNT_WORDS and (found := _counted(tokens, at, depth)) is not None:
        return found
    if weekday_at(tokens, at)[0] >= 0:
        return _weekday(tokens, at, depth)
    if month_at(tokens, at, near=tokens.word(at + 1)[:1].isdigit())[0]:
        return calendar_day(tokens, at) or stretch(tokens, at)
    return vague_time(tokens, at)


def _dated(tokens: DayTokens, at: int) -> Found:
    """Read a day that begins with its number, and its weekday in brackets after it."""
    found = calendar_day(tokens, at)
    if found is None or tokens.word(found[1]) != "(":
        return found
    weekday, end = weekday_at(tokens, found[1] + 1)
    return (replace(found[0], weekday=weekday), end + 1) if weekday >= 0 and tokens.word(end) == ")" else found


def _after_the(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read what follows "the": "the 16th", "the first Monday in October", "the end of term"."""
    if tokens.word(at + 1) == "the":
        return None
    found = stretch(tokens, at)
    return found if found is not None else day_phrase(tokens, at + 1, depth + 1)


def _today(tokens: DayTokens, at: int) -> Found:
    day, end = tokens.today + timedelta(days=DAY_WORDS[tokens.word(at)]), at + 1
    if tokens.word(end) in ("week", "fortnight"):
        return fixed(day + timedelta(days=UNITS[tokens.word(end)]), end + 1)
    return fixed(day, after_day(tokens, end))


def _beside(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "the day after tomorrow" and "the week before 12/9"."""
    unit, side = tokens.word(at), tokens.word(at + 1)
    if side not in ("after", "before", "following"):
        return None
    return _shifted(tokens, at + 2, -UNITS[unit] if side == "before" else UNITS[unit], depth)


def _shifted(tokens: DayTokens, at: int, days: int, depth: int, months: int = 0) -> Found:
    found = _point(tokens, at, depth + 1)
    if found is None:
        return None
    day, end = found
    return (day, end) if isinstance(day, Vague) else fixed(months_from(day, months) + timedelta(days=days), end)


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
    if tokens.word(_possessive(tokens, place)) == "time":
        return _in(tokens, at - 1)
    if word in ("ago", "back"):
        return fixed(months_from(tokens.today, -months) - timedelta(days=days), place + 1)
    if word in DAY_WORDS and days % 7 == 0:
        shift = DAY_WORDS[word]
        days = -days if shift < 0 else days
        return fixed(months_from(tokens.today, months) + timedelta(days=days + shift), place + 1)
    if word in ("from", "after", "before"):
        place = place + 1
        if tokens.word(place) == "now":
            return fixed(months_from(tokens.today, months) + timedelta(days=days), place + 1)
        step = -1 if word == "before" else 1
        return _shifted(tokens, place, step * days, depth, step * months)
    if months or days % 7:
        return None
    place = tokens.skip(place, "on")
    back = tokens.word(place) == "last"
    weekday, end = weekday_at(tokens, place + back)
    if weekday < 0:
        return None
    day = such_weekday(tokens.today, weekday, -1 if back else 1)
    return fixed(day + timedelta(days=-days if back else days), end)


def _possessive(tokens: DayTokens, at: int) -> int:
    return max(at, tokens.match(at, ("'", "s"), ("'",)))


def _in(tokens: DayTokens, at: int) -> Found:
    """Read "in a fortnight", "within two weeks", "in a week's time"; "1 in 5 days" is none."""
    if tokens.word(at) == "within" and (period := period_at(tokens, at + 1)) is not None:
        return Vague((period.last,)), period.end
    if tokens.word(at + 1) == "the" and tokens.word(at + 2) == "next":
        return next_day(tokens, at + 2) if amount_at(tokens, at + 3) else None
    amount = amount_at(tokens, tokens.skip(at + 1, "about"))
    if amount is None or tokens.word(at - 1)[:1].isdigit():
        return None
    days, months, vague, end = amount
    end = tokens.skip(_possessive(tokens, end), "time")
    day = months_from(tokens.today, months) + timedelta(days=days)
    return (Vague((day,)), end) if vague else fixed(day, end)


def _weekday(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "the Monday after half term", and a weekday by itself."""
    weekday, end = weekday_at(tokens, at)
    step = {"after": 1, "following": 1, "before": -1}.get(tokens.word(end), 0)
    found = _point(tokens, end + 1, depth + 1) if step else None
    if found is None:
        return on_weekday(tokens, at)
    point, end = found
    if isinstance(point, Vague):
        return point, end
    return fixed(such_weekday(point + timedelta(days=step), weekday, step), end)


def _first(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "first thing Monday", "first Monday in October", "the first of October"."""
    thing = tokens.match(at, ("first", "thing", "on"), ("first", "thing"))
    if thing > 0:
        return day_phrase(tokens, thing, depth + 1)
    return nth_day(tokens, at) or calendar_day(tokens, at)


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
    monday = such_weekday(day, 0, -1)
    if ending > 0:
        return Span(monday, day), end
    begins = monday if tokens.words[at : at + 2] == ["week", "of"] else day
    return Span(begins, max(day, monday + timedelta(days=4))), end


def _end(tokens: DayTokens, at: int, depth: int) -> Found:
    """Read "end of September", "close of play Friday", "end of today"."""
    play = tokens.match(at, *PLAY_ENDS)
    if play > 0:
        return _shifted(tokens, tokens.skip(play, "on"), 0, depth) or fixed(tokens.today, play)
    found = period_end(tokens, at)
    if found is None and tokens.word(at) == "end" and tokens.word(at + 1) == "of":
        if tokens.match(at + 2, ("the", "day"), ("day",)) > 0:
            return None
        return day_phrase(tokens, at + 2, depth + 1)
    return found


def _feast_day(tokens: DayTokens, at: int) -> Found:
    """Read "Good Friday" and "bank holiday Monday", whose days are not known here."""
    place = tokens.skip(at, "bank") + 1
    return (Vague(), weekday_at(tokens, place)[1]) if weekday_at(tokens, place)[0] >= 0 else None


def _sometime(tokens: DayTokens, at: int) -> Found:
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


def _of(reader: Callable[[DayTokens, int], Found]) -> tuple[_Reader, ...]:
    return (lambda tokens, at, _: reader(tokens, at),)


_READERS: dict[str, tuple[_Reader, ...]] = {
    **dict.fromkeys(DAY_WORDS, _of(_today)),
    **dict.fromkeys((*EARLY, *MIDDLE, *LATE), _of(part_of)),
    **dict.fromkeys((word for word in NTH if word.isalpha()), (_first,)),
    **dict.fromkeys((*NTH_WORDS[4:], *TENS), _of(calendar_day)),
    **dict.fromkeys({words[0] for words in FEASTS}, _of(feast)),
    **dict.fromkeys(("all", "whole", "throughout", "rest", "remainder"), _of(stretch)),
    **dict.fromkeys(("w", "wc", "wb"), (_week,)),
    **dict.fromkeys(("end", "close", "cop", "cob", "eop", "eod"), (_end,)),
    **dict.fromkeys(("month", "year"), _of(period_end)),
    **dict.fromkeys(("q", "quarter", "qtr"), _of(quarter)),
    **dict.fromkeys(("sometime", "some", "later", "at"), _of(_sometime)),
    **dict.fromkeys(("few", "couple", "several"), (_counted,)),
    **dict.fromkeys(("in", "within"), _of(_in)),
    **dict.fromkeys((*FEAST_BEFORE, "bank"), _of(_feast_day)),
    "the": (_after_the,),
    "this": _of(this_day),
    "coming": _of(coming_day),
    "next": _of(next_day),
    "last": _of(last_day),
    "day": (_beside,),
    "back": _of(lambda tokens, at: part_of(tokens, at + 1) if tokens.word(at + 1) == "end" else None),
    "week": (_week, *_of(stretch)),
}

FIRST_WORDS = frozenset((*_READERS, *AMOUNT_WORDS, *WEEKDAY_WORDS, *MONTH_WORDS, *VAGUE_FIRST))
"""Words that a day may begin with; a mistyped month or weekday as well, and a number."""


def may_begin(tokens: DayTokens, at: int) -> bool:
    """Return whether a day can begin with this word at all."""
    word = tokens.word(at)
    if word in FIRST_WORDS or word[:1].isdigit():
        return True
    return len(word) > 5 and (word.endswith("day") or tokens.word(at + 1)[:1].isdigit())
