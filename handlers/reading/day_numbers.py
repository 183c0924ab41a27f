"""Read a day that is written with its number (`12/9`, `12th of Sept 2020`, `Sept 12`, `the 16th`), or a month alone.

A number that counts something is no day: `9/10 schools`, `minute 5/9`, `all 5 may be late`, `the 2nd draft`.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from dataclasses import replace
from datetime import date, timedelta

from handlers.reading.dates import YEARS_AHEAD, DayWords, MonthWords, is_near, months_from
from handlers.reading.day_tokens import DayTokens, month_at, ordinal_at, year_at
from handlers.reading.day_words import (
    AFTER_ORDINAL,
    ALSO_WORDS,
    AMOUNT_WORDS,
    COUNTED,
    EARLY,
    FEASTS,
    JOINING,
    LATE,
    MAY_VERB,
    MIDDLE,
    MONTH_UNITS,
    NTH_WORDS,
    NUMBERED,
    ON_DAY,
    TENS,
    UNITS,
    WANTS_DAY,
)

_FORWARD = frozenset(("end", "-", "all", "throughout", "f", "fwd", "forward", "over"))
_WANTS_MONTH = (WANTS_DAY - {"the"}) | EARLY | MIDDLE | LATE | _FORWARD
_NTH = {word: n for n, word in enumerate(NTH_WORDS, start=1)}
_VERBS = frozenset((3, 5))
"""March and May."""


def calendar_day(tokens: DayTokens, at: int, *, wanted: bool = False) -> tuple[DayWords, int] | None:
    """Return the day that begins with the number or the month here, and the place after it.

    `wanted`: a weekday stands before it.
    """
    if tokens.word(at - 1) in NUMBERED or (tokens.word(at - 1) in ("of", "in") and tokens.number(at - 2, 4) >= 0):
        return None
    if tokens.number(at, 4) > 999:
        return _iso(tokens, at)
    day = tokens.number(at)
    if day < 0:
        return _month_first(tokens, at) or _in_words(tokens, at)
    return (
        _slashed(tokens, at, day, wanted)
        or _with_year(tokens, at, day)
        or _named(tokens, at, day, wanted)
        or _ordinal(tokens, at, day, wanted)
    )


def month_alone(tokens: DayTokens, at: int) -> tuple[MonthWords, int] | None:
    """Return a month without a day, and perhaps its year. A name that is a word as well has to be asked for one."""
    month, end = month_at(tokens, at)
    if not month:
        return None
    year, after = year_at(tokens, end)
    if is_near(year, tokens.today) and len(tokens.word(after - 1)) == 4:
        return MonthWords(month, year), after
    name, before, then = tokens.word(at), tokens.word(at - 1), tokens.word(end)
    if name in ALSO_WORDS or len(name) < 5:
        alone = not before and not then
        asked = before in _WANTS_MONTH or then in ("meeting", "meetings", "board", "mtg")
        if not alone and not asked:
            return None
    return MonthWords(month), end


def day_alone(tokens: DayTokens, at: int) -> tuple[int, int] | None:
    """Return the day of `7` in "7 to 11 September" and "7 and 14 Sept", whose month comes later."""
    day = tokens.number(at)
    if day < 0 or tokens.word(at - 1) in NUMBERED:
        return None
    return day, ordinal_at(tokens, at + 1)


def _iso(tokens: DayTokens, at: int) -> tuple[DayWords, int] | None:
    month, day = tokens.number(at + 2), tokens.number(at + 4)
    mark = tokens.word(at + 1)
    if mark not in ("-", "/") or tokens.word(at + 3) != mark or min(month, day) < 0:
        return None
    glued = all(tokens.glued(at + n) for n in range(1, 5))
    return (DayWords(day, month, tokens.number(at, 4)), at + 5) if glued else None


def nth_in_words(tokens: DayTokens, at: int) -> tuple[int, int]:
    """Return the number of "third" and "twenty first" and the place after it, or 0."""
    tens, place = TENS.get(tokens.word(at), 0), at
    if tens:
        place = tokens.skip(at + 1, "-")
    unit = _NTH.get(tokens.word(place), 0)
    return (tens + unit, place + 1) if unit and (not tens or unit < 10) else (0, at)


def _in_words(tokens: DayTokens, at: int) -> tuple[DayWords, int] | None:
    """Read "the third of October" and "October the third"."""
    month, place = month_at(tokens, at)
    if month:
        day, end = nth_in_words(tokens, tokens.skip(place, "the"))
    else:
        day, place = nth_in_words(tokens, at)
        if tokens.word(place) != "of":
            return None
        month, end = month_at(tokens, place + 1)
    if not day or not month:
        return None
    year, after = year_at(tokens, tokens.skip(end, ","), spaced=True)
    return DayWords(day, month, year), after if year else end


def _slashed(tokens: DayTokens, at: int, day: int, wanted: bool) -> tuple[DayWords, int] | None:
    month = tokens.number(at + 2)
    if tokens.word(at + 1) != "/" or month < 0:
        return None
    end = at + 3
    if tokens.word(end) == "/" and (year := year_at(tokens, end + 1))[0]:
        return DayWords(day, month, year[0]), year[1]
    before, then = tokens.word(at - 1), tokens.word(end)
    if before == "the":
        before = tokens.word(at - 2)
    wanted = wanted or before in ON_DAY or (not before and not then)
    if not wanted and (_is_counting(day, month, then) or not (1 <= day <= 31 and 1 <= month <= 12)):
        return None
    return DayWords(day, month), end


def _is_counting(day: int, month: int, then: str) -> bool:
    """Return whether `9/10` is a part of a number: of what comes after it. `24/7` is an idiom."""
    counts = then in ("of", "for") or (then[:1].isalpha() and then not in JOINING)
    return (day, month) == (24, 7) or (day <= month and counts)


def _with_year(tokens: DayTokens, at: int, day: int) -> tuple[DayWords, int] | None:
    """Read `12.9.26` and `12-9-2026`, closed up."""
    mark, month = tokens.word(at + 1), tokens.number(at + 2)
    if mark not in (".", "-") or tokens.word(at + 3) != mark or month < 0:
        return None
    year, end = year_at(tokens, at + 4)
    glued = all(tokens.glued(at + n) for n in range(1, 5))
    return (DayWords(day, month, year), end) if year and glued else None


def _named(tokens: DayTokens, at: int, day: int, wanted: bool) -> tuple[DayWords, int] | None:
    """Read `12 Sep`, `12th of September 2020`, `12-Sep-20`."""
    place = ordinal_at(tokens, at + 1)
    is_ordinal = place > at + 1
    place = tokens.skip(place, "of")
    if tokens.word(place) == "-" and tokens.glued(place) and tokens.glued(place + 1):
        place += 1
    month, end = month_at(tokens, place, near=0 < day < 32)
    if not month:
        return _of_this_month(tokens, place, day) if is_ordinal and tokens.word(place - 1) == "of" else None
    marked = end + 1 if tokens.word(end) in (",", "-") and tokens.glued(end) else end
    year, after = year_at(tokens, marked, spaced=True)
    then = tokens.word(after) if year else ""
    if year and not (len(tokens.word(after - 1)) == 2 and then[:1].isalpha() and then not in JOINING):
        return DayWords(day, month, year), after
    then = tokens.word(end)
    plain = is_ordinal or wanted or tokens.word(at - 1) in WANTS_DAY
    if month in _VERBS and not plain and then[:1].isalpha() and (then not in JOINING or then in MAY_VERB):
        return None
    return DayWords(day, month), end


def _of_this_month(tokens: DayTokens, at: int, day: int) -> tuple[DayWords, int] | None:
    """Read the end of "the 16th of next month"."""
    months = {"this": 0, "the": 0, "next": 1, "last": -1}.get(tokens.word(at))
    if months is None or tokens.word(at + 1) != "month":
        return None
    first = months_from(tokens.today.replace(day=1), months)
    return DayWords(day, first.month, first.year), at + 2


def _ordinal(tokens: DayTokens, at: int, day: int, wanted: bool) -> tuple[DayWords, int] | None:
    """Read `the 16th`: small ordinals count things more often than days."""
    end = ordinal_at(tokens, at + 1)
    if end == at + 1 or not tokens.glued(at + 1):
        return None
    before, then = tokens.word(at - 1), tokens.word(end)
    alone = not before and not then
    wanted = wanted or alone or before in WANTS_DAY
    last = end
    for _ in range(4):
        # Of "the 2nd and 3rd drafts" the last one says what they count.
        place = tokens.skip(last + 1, "the")
        if tokens.word(last) not in (",", "and", "or", "to", "&") or ordinal_at(tokens, place + 1) != place + 2:
            break
        last = place + 2
    fits = fits_after_nth(tokens, last) or tokens.word(last) == "of"
    if then in COUNTED or then == "of" or not wanted:
        return None
    if not fits and not (12 < day < 32):
        return None
    return DayWords(day), end


def fits_after_nth(tokens: DayTokens, at: int) -> bool:
    """Return whether nothing follows that an ordinal may count."""
    then = tokens.word(at)
    return not then[:1].isalpha() or then in AFTER_ORDINAL or then.endswith("ed") or month_at(tokens, at)[0] > 0


def _month_first(tokens: DayTokens, at: int) -> tuple[DayWords, int] | None:
    """Read `Sept 12th` and `September 12, 2020`."""
    number = tokens.skip(month_at(tokens, at, near=True)[1], "the")
    day = tokens.number(number)
    if day < 0 or (not 1 <= day <= 31 and tokens.word(number + 1)):
        return None
    month, _ = month_at(tokens, at, near=True)
    if not month:
        return None
    end = ordinal_at(tokens, number + 1)
    words = DayWords(day, month)
    year, after = year_at(tokens, tokens.skip(end, ","), spaced=True)
    if year and len(tokens.word(after - 1)) == 4:
        return replace(words, year=year), after
    then = tokens.word(end)
    if end == number + 1 and then[:1].isalpha() and then not in JOINING:
        return None
    if not tokens.ends_clean(end) and then != "-":
        return None
    return words, end


def feast(tokens: DayTokens, at: int) -> tuple[DayWords, int] | None:
    """Return a day with a name of its own: Christmas Eve."""
    for words, (day, month) in FEASTS.items():
        phrase = tuple(part for word in words for part in word.replace("'", " ' ").split())
        if (end := tokens.match(at, phrase)) > 0:
            return DayWords(day, month), end
    return None


def amount_at(tokens: DayTokens, at: int) -> tuple[int, int, bool, int] | None:
    """Return days, months, whether that is uncertain, and the place after `two weeks`, `a few months`."""
    vague = False
    place = tokens.match(at, ("a", "couple", "of"), ("couple", "of"), ("a", "few"), ("few",), ("several",))
    if place > 0:
        vague, count = True, 2 if "couple" in tokens.words[at : at + 2] else 3
    else:
        count, place = (
            tokens.number(at) if tokens.word(at)[:1].isdigit() else AMOUNT_WORDS.get(tokens.word(at), -1),
            at + 1,
        )
    if not 0 < count < 100:
        return None
    if tokens.word(place) == "working" and tokens.word(place + 1) in ("day", "days"):
        return _working_days(tokens.today, count), 0, True, place + 2
    unit = tokens.word(place)
    if unit in MONTH_UNITS:
        months = count * MONTH_UNITS[unit]
        return (0, months, vague, place + 1) if months <= 12 * YEARS_AHEAD // 2 else None
    return (count * UNITS[unit], 0, vague, place + 1) if unit in UNITS else None


def _working_days(today: date, count: int) -> int:
    """Return how many days away a number of weekdays is."""
    day = today
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return (day - today).days
