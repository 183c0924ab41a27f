"""Read from which day until which: `from 24 Aug until 12/9`, `24 Aug to 12 Sep`, `back on 14 Sep`.

A day without a year is the next such one; where the first day would then come after the last, it is the one before.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.reading.dates import DayWords, NoDay, day_at, resolve_day
from handlers.reading.normalise import fold, quoted

_FROM = re.compile(r"(?<![^\W_])(?:from|starting|beginning|as of|as from|with effect from|wef)(?: on)?(?: the)? ")
_UNTIL = re.compile(
    r"(?<![^\W_])(?:until|untill|till|til|'til|through|up to(?: and including)?|to|ending|-|–)(?: the)?(?: end of)? "
    r"|(?<=[0-9a-z])[-–]"
)
_OPEN_END = re.compile(r"(?<![^\W_])(?:until|untill|till)(?![^\W_])")
_BARE_DAY = re.compile(r"(?:(?<![^\W_])from )?(?<![0-9/.-])(?P<day>[0-9]{1,2})(?:st|nd|rd|th)? ?$")
_LATELY = 120
"""A first day without a year was at most so many days ago."""
_BACK = re.compile(
    r"(?<![^\W_])(?:(?:am |i'm |be |i'll be )?back(?: in the office| at work)?|"
    r"return(?:ing)?(?: to (?:the office|work))?)"
    r"(?: on)?(?: the)? "
)
_ONE_DAY = re.compile(r"(?<![^\W_])(?:on )?(?P<day>today|tomorrow|(?<=on )[0-9a-z])")
_EDGE = " ,;:.-–—\n()"
_NEXT_WEEK = re.compile(r"(?<![^\W_])(?P<which>this|next) week(?![^\W_])")


@dataclass(frozen=True, slots=True)
class DateRange:
    """The first and the last day that were said, and the other words. `say`: why a day that was said is none."""

    rest: str
    first: date | None = None
    last: date | None = None
    say: str = ""


def read_date_range(text: str, today: date, *, plain_words: bool = False) -> DateRange:
    """Return the days in some words and the other words.

    `plain_words`: "back on 14 Sep" and "next week" count too.
    """
    folded = fold(text)
    taken: list[tuple[int, int]] = []
    said: dict[str, DayWords] = {}
    for name, pattern in (("first", _FROM), ("last", _UNTIL), ("back", _BACK)):
        if name == "back" and not plain_words:
            continue
        for found in pattern.finditer(folded):
            day = day_at(folded, found.end(), today)
            if day is None:
                continue
            said[name] = day
            taken.append((found.start(), day.end))
            break
    if "last" in said and "first" not in said:
        before = _before(folded, taken[-1][0], said["last"], today)
        if before is not None:
            said["first"] = before[1]
            taken.append((before[0], taken[-1][0]))
    if "last" in said and "first" in said and said["first"].month == 0:
        # "from the 24th to 28 August": both are of one month.
        said["first"] = replace(said["first"], month=said["last"].month, year=said["last"].year)
    if plain_words and not said and (one := _ONE_DAY.search(folded)):
        day = day_at(folded, one.start("day"), today)
        alone = resolve_day(day, today) if day is not None else None
        if day is not None and isinstance(alone, date):
            return DateRange(_without(text, [(one.start(), day.end)]), alone, alone)
    if plain_words and not said and (week := _NEXT_WEEK.search(folded)):
        monday = today - timedelta(days=today.weekday())
        if week["which"] == "next":
            return DateRange(_without(text, [week.span()]), monday + timedelta(days=7), monday + timedelta(days=11))
        return DateRange(_without(text, [week.span()]), today, max(today, monday + timedelta(days=4)))
    settled: dict[str, date] = {}
    for name, words in said.items():
        day_or_not = resolve_day(words, today)
        if isinstance(day_or_not, NoDay):
            return DateRange(_without(text, taken), say=day_or_not.say)
        settled[name] = day_or_not
    first, last = settled.get("first"), settled.get("last")
    if "back" in settled and last is None:
        last = settled["back"] - timedelta(days=1)
    if first is not None and last is not None and first > last and said["first"].year == 0:
        lately = _year_before(first)
        first = lately if today - lately <= timedelta(days=_LATELY) else first
    if "last" not in said and (open_end := _OPEN_END.search(folded)) and not plain_words:
        typed = text[open_end.start() :].strip(_EDGE)
        return DateRange(text, say=f"I do not read {quoted(typed)} as a date. Write it day first, for instance 12/9.")
    return DateRange(_without(text, taken), first, last)


def _before(folded: str, end: int, last: DayWords, today: date) -> tuple[int, DayWords] | None:
    """Return a day that ends right before a place: the first of `24 Aug to 12 Sep`, or of `24 to 28 August`."""
    bare = _BARE_DAY.search(folded[:end])
    if bare is not None and last.month:
        return bare.start(), DayWords(int(bare["day"]), last.month, last.year, end)
    for start in range(max(0, end - 30), end):
        if start and folded[start - 1].isalnum():
            continue
        day = day_at(folded, start, today)
        if day is not None and not folded[day.end : end].strip(" ,"):
            return start, day
    return None


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _without(text: str, taken: list[tuple[int, int]]) -> str:
    for start, stop in sorted(taken, reverse=True):
        text = f"{text[:start]} {text[stop:]}"
    return " ".join(text.split()).strip(_EDGE)
