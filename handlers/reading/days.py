"""The one reader of days and of ranges of days, in running text and as a whole answer.

Three outcomes: the days; no day of the calendar although time is meant, with the days it may mean; no day at all.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from handlers.commands.questions import DAY_MEANT
from handlers.reading.dates import DayWords, Looking, NoDay, example_day, resolve_day, unsure
from handlers.reading.day_ranges import Bound, DaysFound, days_at, may_open
from handlers.reading.day_tokens import DayTokens
from handlers.reading.normalise import clean, fold, quoted
from models.rules.calendar import Span

_WORD = re.compile(r"\s*([0-9]|[^\W\d_]+)")
_TOKENS = re.compile(r"\w+|[^\w\s]")
_EITHER = frozenset(("or", "and", "either", "on", "by", ",", "/", "&", "(", ")", "."))
_OPEN_END = re.compile(r"(?<![^\W_])(?:until|untill|till)(?![^\W_])")
_EDGE = " ,;:.-–—\n()"
_LONGEST = 120
_BEFORE, _AFTER = 24, 110
"""Characters around a place that one day is read from."""
_LEADING = frozenset(("by", "on", "in", "at", "for", "before", "over", "during", "due", "the", ",", "around"))


@dataclass(frozen=True, slots=True)
class DateRange:
    """The first and the last day that were said, and the other words.

    `no_day`: why one that was said is none, and which may be meant; `place`: where it stands, with the word before it.
    """

    rest: str
    first: date | None = None
    last: date | None = None
    no_day: NoDay | None = None
    place: DaysFound | None = None

    @property
    def say(self) -> str:
        """Return why a day that was said is none, or ""."""
        return self.no_day.say if self.no_day is not None else ""


def days_in(
    text: str, today: date, looking: Looking = Looking.AHEAD, *, absence: bool = False
) -> tuple[DaysFound, ...]:
    """Return the days that stand in a text, in their order. `absence`: "back on the 14th" counts too."""
    tokens = DayTokens(text, today, looking)
    found = []
    at = 0
    while at < len(tokens.words):
        read = days_at(tokens, at, absence=absence)
        if read is None:
            at += 1
        else:
            found.extend(read[0])
            at = read[1]
    return tuple(found)


def day_at(text: str, place: int, today: date, looking: Looking = Looking.AHEAD) -> DaysFound | None:
    """Return the days that are written at a place of a text, or None. Only the words around it are looked at."""
    first = _WORD.match(text, place)
    if first is None or not (first[1].isdigit() or may_open(fold(first[1]))):
        return None
    begin = max(0, place - _BEFORE)
    window = text[begin : place + _AFTER]
    tokens = DayTokens(window, today, looking)
    at = next((n for n, start in enumerate(tokens.starts) if start >= place - begin), None)
    if at is None or text[place : begin + tokens.starts[at]].strip():
        return None
    read = days_at(tokens, at)
    if read is None:
        return None
    return replace(read[0][0], start=read[0][0].start + begin, end=read[0][0].end + begin)


def read_found(text: str, today: date, looking: Looking = Looking.AHEAD) -> DaysFound | None:
    """Return the days that a whole answer names, a small word before them left out; None where it says more or less."""
    words = clean(text[:_LONGEST]).replace("\n", " ").rstrip(" .?!,;:").lstrip(" ,;:")
    tokens = DayTokens(words, today, looking)
    for at in range(4):
        read = days_at(tokens, at, absence=True)
        if read is not None and read[1] == len(tokens.words) and len(read[0]) == 1:
            return read[0][0]
        if tokens.word(at) not in _LEADING:
            break
    return None


def read_day(text: str, today: date, looking: Looking = Looking.AHEAD) -> date | NoDay:
    """Return the day that a whole answer names, or why it names none: `31/9` -> "September has 30 days."."""
    found = read_found(text, today, looking)
    if found is None:
        return _of_several(text, today, looking)
    if found.bound is Bound.BACK:
        return not_a_day(text, today)
    return found.day or as_one_day(found, today, text)


def _of_several(text: str, today: date, looking: Looking) -> date | NoDay:
    """Return the question which of "12/9 or 19/9" is meant; a day that is said twice is one."""
    found = days_in(text[:_LONGEST], today, looking)
    days = tuple(dict.fromkeys(one.day for one in found if one.day is not None))
    rest = fold(text[:_LONGEST])
    for one in reversed(found):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    if len(found) < 2 or any(one.day is None for one in found) or set(_TOKENS.findall(rest)) - _EITHER:
        return not_a_day(text, today)
    return days[0] if len(days) == 1 else unsure(text, days, today)


def as_one_day(found: DaysFound, today: date, typed: str = "That") -> NoDay:
    """Return the question which one day is meant by words that name a time, or several days."""
    return found.no_day or unsure(typed, (day for day in (found.first, found.last) if day), today)


def not_a_day(text: str, today: date) -> NoDay:
    """Return that some words are no day at all, and what to write."""
    example = example_day(today)
    say = f"I do not read {quoted(text)} as a date. Write it day first, for instance {example}."
    return NoDay(say, time_meant=False)


def read_days(text: str, today: date, looking: Looking = Looking.AHEAD) -> DaysFound | NoDay:
    """Return the first and the last day that a whole answer names; one side may be open."""
    found = read_found(text, today, looking)
    if found is None:
        say = f"I do not read {quoted(text)} as days. Write them day first, for instance 28/12 to 1/1."
        return NoDay(say, time_meant=False)
    return found.no_day or found


def read_span(text: str, today: date) -> Span | NoDay:
    """Return days on end whose first and last day are both said; one day alone is both."""
    found = read_days(text, today)
    if isinstance(found, NoDay):
        return found
    if found.first is None or found.last is None:
        day = found.first or found.last
        missing = "first" if found.first is None else "last"
        say = f"{quoted(text)} has no {missing} day. Write both, for instance 28/12 to 1/1."
        return NoDay(say, (day,) if day else ())
    return Span(found.first, found.last)


def just_past(text: str, today: date) -> date | None:
    """Return a day written without its year where it is past, and nearer than the next such day; else None.

    "15 Aug" said on 17 August may be a slip.
    """
    found = read_found(text, today)
    written = found.written if found is not None else None
    if not isinstance(written, DayWords) or written.year or not written.month:
        return None
    near = resolve_day(written, today, Looking.NEAR)
    return near if isinstance(near, date) and near < today else None


def take_days(text: str, today: date, *, absence: bool = False) -> DateRange:
    """Return from which day until which, as some words say among others, and the other words.

    `absence`: "back on 14 Sep" counts too. A day alone counts after "on", and today and tomorrow do.
    """
    found = days_in(text, today, absence=absence)
    chosen = [one for one in found if one.bound is not Bound.NONE or (one.no_day is None and one.first != one.last)]
    chosen = chosen or [one for one in found if one.day is not None and _is_on(text, one)][:1]
    first = last = no_day = place = None
    for one in chosen:
        from_, until = (end.day for end in one.ends) if one.no_day and one.ends else (one.first, one.last)
        if no_day is None and one.no_day is not None and not (from_ and until and until < from_):
            no_day, place = one.no_day, one
        first = first or from_
        last = last or until
    typed = _OPEN_END.search(fold(text)) if last is None and no_day is None and not absence else None
    if typed is not None:
        no_day = not_a_day(text[typed.start() :].strip(_EDGE), today)
    return DateRange(_without(text, chosen), first, last, no_day, place)


def with_day_meant(text: str, place: DaysFound | None) -> str:
    """Return words with a mark in the place of a time that names no day; "" where no day stands for all of it."""
    if place is None or place.bound is Bound.BOTH:
        return ""
    before = {Bound.FROM: "from ", Bound.UNTIL: "until ", Bound.BACK: "back on "}.get(place.bound, "")
    return f"{text[: place.start]}{before}{DAY_MEANT}{text[place.end :]}"


def _is_on(text: str, one: DaysFound) -> bool:
    """Return whether a day alone says when somebody is away: "on 9 September", "tomorrow", "off Friday"."""
    before = fold(text[: one.start]).split()[-1:]
    return isinstance(one.written, Span) or before in (["on"], ["off"], ["away"], ["leave"], ["out"], ["sick"], ["day"])


def _without(text: str, taken: list[DaysFound]) -> str:
    for one in reversed(taken):
        before = re.sub(r"(?i)(?<![^\W_])on\s*$", "", text[: one.start])
        text = f"{before} {text[one.end :]}"
    return " ".join(text.split()).strip(_EDGE)
