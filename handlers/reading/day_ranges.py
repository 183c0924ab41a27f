"""Read days on end at a place in a text: `7th-11th Sept`, `from Monday until the 28th`, `back on the 14th`; or one day.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from handlers.reading.dates import DayOrTime, DayWords, Looking, NoDay, Vague, months_from, resolve, resolve_day, unsure
from handlers.reading.day_numbers import amount_at, day_alone, fits_after_nth
from handlers.reading.day_phrases import FIRST_WORDS, day_phrase, may_begin
from handlers.reading.day_tokens import DayTokens
from handlers.reading.day_words import FROM_WORDS, MONTH_WORDS, UNTIL_WORDS, WANTS_DAY
from models.rules.calendar import Span

LONGEST_UNWRITTEN = 100
"""Days that a range without years may have: a longer one is more often a slip than meant."""
_MOST_OF_A_YEAR = 300
"""A range of so many days, its end in the next year, has its two days the wrong way round."""
_RUNNING = 100
"""Days that a range which began already may have, where its years were left out."""
_TO_WORDS = (*UNTIL_WORDS, ("to",), ("through",), ("-",))
_BACK = (
    ("i", "am", "back"), ("i", "'", "m", "back"), ("i", "'", "ll", "be", "back"), ("am", "back"), ("be", "back"),
    ("back",), ("returning",), ("return",),
)  # fmt: skip
_AT_WORK = (
    ("in", "on"),
    ("in", "the", "office"),
    ("at", "work"),
    ("to", "work"),
    ("to", "the", "office"),
    ("at", "my", "desk"),
)
_INCLUSIVE = (("inclusive",), ("(", "inclusive", ")"), ("incl",), ("(", "incl", ")"))
_SHUT = frozenset(
    (
        *("closed", "close", "closes", "shut", "open", "away", "off", "leave", "holiday", "holidays", "hols", "out"),
        *("a", "l", "so", "are", "dates"),
    )
)
_OPENING = frozenset(words[0] for words in (*FROM_WORDS, *UNTIL_WORDS, *_BACK)) | {"for", "between"}
_LISTED = frozenset(("and", "&", "or"))


class Bound(Enum):
    """What the words before a day make of it."""

    NONE = ""
    FROM = "from"
    UNTIL = "until"
    BACK = "back"
    """The day after the last."""
    BOTH = "from until"


@dataclass(frozen=True, slots=True)
class DaysFound:
    """Days in a text, from `start` to `end`: the first and the last of them, None where that side was left open.

    `no_day`: why they are none, or which they may be. `written`: the day as it was written, of a range the first.
    `ends`: the two days of a range, so that "from 16 Sep to 23 Sep" may be read as a move.
    """

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    no_day: NoDay | None = None
    written: DayOrTime | None = None
    ends: tuple["DaysFound", ...] = ()
    bound: Bound = Bound.NONE

    @property
    def day(self) -> date | None:
        """Return the one day that was said; None for two, and for none."""
        if self.first is None or self.last is None:
            return self.first or self.last
        return self.first if self.first == self.last else None

    @property
    def has_year(self) -> bool:
        """Return whether the year was written, or the day is counted from today."""
        return not isinstance(self.written, DayWords) or self.written.year > 0


@dataclass(frozen=True, slots=True)
class _Side:
    """One day of a range as written, and the places of its words."""

    written: DayOrTime
    at: int
    end: int


def days_at(tokens: DayTokens, at: int, *, absence: bool = False) -> tuple[list[DaysFound], int] | None:
    """Return the days that stand at a token, and the place after them: several only for "7 and 14 Sept".

    `absence`: "back on the 14th" is read as well.
    """
    if not (may_begin(tokens, at) or tokens.word(at) in _OPENING) or not tokens.starts_clean(at):
        return None
    listed = _listed(tokens, at)
    if listed is not None:
        return listed
    found = (_back(tokens, at) if absence else None) or _days(tokens, at, absence)
    if found is None or not tokens.ends_clean(found[1]):
        return None
    return [found[0]], found[1]


def may_open(word: str) -> bool:
    """Return whether days can begin with a word at all; long ones may be mistyped months and weekdays."""
    return word in FIRST_WORDS or word in _OPENING or len(word) > 5


def _found(tokens: DayTokens, side: _Side, start: int) -> DaysFound:
    """Return one side as it stands, settled by the calendar."""
    begin, end = tokens.starts[start], tokens.ends[side.end - 1]
    # What something came since lies behind.
    looking = Looking.BACK if tokens.word(start - 1) == "since" else tokens.looking
    settled = resolve(side.written, tokens.today, looking, tokens.raw[begin:end])
    if isinstance(settled, NoDay):
        return DaysFound(begin, end, no_day=settled, written=side.written)
    return DaysFound(begin, end, settled.first, settled.last, written=side.written)


def _point(tokens: DayTokens, at: int) -> _Side | None:
    found = day_phrase(tokens, at)
    return None if found is None else _Side(found[0], at, found[1])


def _listed(tokens: DayTokens, at: int) -> tuple[list[DaysFound], int] | None:
    """Read "7 and 14 Sept" and "7, 14 and 21 Sept": each a day of that month."""
    numbers: list[tuple[_Side, int]] = []
    place = tokens.skip(at, "the")
    while len(numbers) < 4 and (one := day_alone(tokens, place)) is not None:
        numbers.append((_Side(DayWords(one[0]), place, one[1]), one[0]))
        place = one[1]
        if tokens.word(place) != ",":
            break
        place += 1
    if not numbers or tokens.word(place) not in _LISTED or day_alone(tokens, place + 1) is None:
        return None
    last = _point(tokens, place + 1) or _nth_alone(tokens, place + 1)
    if last is None or not isinstance(last.written, DayWords) or "/" in tokens.words[last.at : last.end]:
        return None
    nth = all(side.end - side.at == 2 for side, _ in numbers) and fits_after_nth(tokens, last.end)
    wanted = tokens.word(at) == "the" or tokens.word(at - 1) in WANTS_DAY
    if not (last.written.month or (nth and wanted)) or not tokens.ends_clean(last.end) or not _opens_days(tokens, at):
        return None
    of_month = replace(last.written, weekday=None)
    days = [_found(tokens, replace(side, written=replace(of_month, day=day)), side.at) for side, day in numbers]
    days[0] = replace(days[0], start=tokens.starts[at])
    return [*days, _found(tokens, last, last.at)], last.end


def _opens_days(tokens: DayTokens, at: int) -> bool:
    """Return whether a bare number may be the first of several days: in "move healthy 5 to 8 Dec" it is a ref's."""
    before = tokens.word(at - 1)
    return not before[:1].isalpha() or before in WANTS_DAY or before in _SHUT


def _nth_alone(tokens: DayTokens, at: int) -> _Side | None:
    alone = day_alone(tokens, at)
    return _Side(DayWords(alone[0]), at, alone[1]) if alone is not None and alone[1] == at + 2 else None


def _days(tokens: DayTokens, at: int, absence: bool) -> tuple[DaysFound, int] | None:
    if (until := tokens.match(at, *UNTIL_WORDS)) > 0:
        return _until(tokens, at, until, absence)
    if tokens.word(at) == "for":
        return _for(tokens, at)
    between = tokens.word(at) == "between"
    opened = at + 1 if between else tokens.match(at, *FROM_WORDS)
    place = tokens.skip(opened, "on") if opened > 0 else at
    first = _point(tokens, place)
    if opened > 0 and tokens.word(place) == "now":
        first = _Side(Span(tokens.today, tokens.today), place, place + 1)
    if first is not None and tokens.match(first.end, ("'", "s")) > 0:
        # "from Monday's calls" says when they were.
        return (_found(tokens, first, place), first.end)
    joined = _joined(tokens, at, place, first, between)
    if joined is not None or first is None or between:
        return joined
    if tokens.word(place) == "now":
        return None
    one = replace(_found(tokens, first, at), bound=Bound.FROM if opened > 0 else Bound.NONE)
    if one.first is None or (opened < 0 and tokens.word(first.end) not in ("onwards", "onward")):
        return (one, first.end) if opened < 0 or one.no_day is not None else None
    if opened < 0:
        return replace(one, last=None, end=tokens.ends[first.end], bound=Bound.FROM), first.end + 1
    lasting = amount_at(tokens, first.end + 1) if tokens.word(first.end) == "for" else None
    if lasting is not None and not lasting[2]:
        end = tokens.ends[lasting[3] - 1]
        return replace(one, last=_after(one.first, lasting), end=end, bound=Bound.BOTH), lasting[3]
    return replace(one, last=None), first.end


def _after(first: date, amount: tuple[int, int, bool, int]) -> date:
    """Return the last day of so many days or months from a day on."""
    return months_from(first, amount[1]) + timedelta(days=amount[0] - 1)


def _for(tokens: DayTokens, at: int) -> tuple[DaysFound, int] | None:
    """Read "for two weeks from 7 Sept"."""
    amount = amount_at(tokens, at + 1)
    opened = tokens.match(amount[3], *FROM_WORDS) if amount is not None else -1
    first = _point(tokens, tokens.skip(opened, "on")) if opened > 0 else None
    if amount is None or first is None or amount[2]:
        return None
    one = _found(tokens, first, at)
    if one.day is None:
        return (one, first.end) if one.no_day is not None else None
    return replace(one, last=_after(one.day, amount), bound=Bound.BOTH), first.end


def _until(tokens: DayTokens, at: int, place: int, absence: bool) -> tuple[DaysFound, int] | None:
    """Read "until the 28th inclusive", "until further notice", "until I am back on the 14th"."""
    if absence and (back := _back(tokens, place)) is not None:
        return replace(back[0], start=tokens.starts[at]), back[1]
    last = _point(tokens, place)
    if last is None:
        return None
    one = _found(tokens, last, at)
    end = max(last.end, tokens.match(last.end, *_INCLUSIVE))
    one = replace(one, end=tokens.ends[end - 1], bound=Bound.UNTIL)
    if one.no_day is not None:
        return one, end
    if one.day is None and one.first is not None and one.last is not None:
        typed = tokens.raw[one.start : one.end]
        return replace(one, first=None, last=None, no_day=unsure(typed, (one.first, one.last), tokens.today)), end
    return replace(one, first=None), end


def _back(tokens: DayTokens, at: int) -> tuple[DaysFound, int] | None:
    """Read "back on the 14th": away until the day before."""
    place = tokens.match(at, *_BACK)
    if place < 0:
        return None
    if tokens.word(place) == "end":
        return None
    place = tokens.skip(max(place, tokens.match(place, *_AT_WORK)), "on")
    day = _point(tokens, place) or _nth_alone(tokens, place)
    if day is None:
        return None
    one = replace(_found(tokens, day, at), bound=Bound.BACK)
    if one.first is None:
        return one, day.end
    if one.first == tokens.today and isinstance(one.written, DayWords) and not one.written.day:
        # "Back Monday", said on a Monday.
        return replace(one, first=None, last=tokens.today + timedelta(days=6)), day.end
    return replace(one, first=None, last=one.first - timedelta(days=1)), day.end


def _joined(tokens: DayTokens, start: int, at: int, first: _Side | None, between: bool) -> tuple[DaysFound, int] | None:
    """Read a first and a last day with a word or a dash between them."""
    bare = day_alone(tokens, at) if first is None or isinstance(first.written, Vague) else None
    if first is None and bare is not None:
        first = _Side(DayWords(bare[0]), at, bare[1])
    if first is None or not isinstance(first.written, DayWords | Span):
        return None
    joint = tokens.match(first.end, *_TO_WORDS)
    if bare is not None and bare[1] == at + 1 and tokens.word(first.end) != "-" and not _opens_days(tokens, at):
        return None
    if between and tokens.word(first.end) in _LISTED:
        joint = first.end + 1
    if joint < 0:
        return None
    last = _point(tokens, joint) or _last_alone(tokens, first, joint)
    if last is None or not _one_style(tokens, first, last):
        return None
    both_nth = first.end - first.at == 2 and isinstance(last.written, DayWords) and last.written.day
    if bare is not None and not (isinstance(last.written, DayWords) and last.written.month) and not both_nth:
        return None
    end = max(last.end, tokens.match(last.end, *_INCLUSIVE))
    ends = (_found(tokens, first, at), _found(tokens, last, last.at))
    whole = DaysFound(tokens.starts[start], tokens.ends[end - 1], written=first.written, ends=ends, bound=Bound.BOTH)
    settled = _settled(first.written, last.written, tokens.today, tokens.looking, tokens.raw[whole.start : whole.end])
    if isinstance(settled, NoDay):
        return replace(whole, no_day=settled), end
    return replace(whole, first=settled.first, last=settled.last), end


def _last_alone(tokens: DayTokens, first: _Side, at: int) -> _Side | None:
    """Read the last day of "Sept 7-11", which has the month of the first."""
    alone = day_alone(tokens, at)
    if alone is None or tokens.word(first.at) not in MONTH_WORDS or not isinstance(first.written, DayWords):
        return None
    if not tokens.ends_clean(alone[1]) or tokens.word(alone[1])[:1].isalpha():
        return None
    return _Side(replace(first.written, day=alone[0]), at, alone[1])


def _one_style(tokens: DayTokens, first: _Side, last: _Side) -> bool:
    """Return whether `16sep-3 oct` is no ref and a month: closed up before the dash, it is closed up after it."""
    if tokens.word(first.end) != "-" or not tokens.glued(first.end) or not tokens.glued(first.end + 1):
        return True
    closed = first.end - first.at == 2 and tokens.glued(first.at + 1)
    return not closed or tokens.glued(last.at + 1)


def _settled(first: DayOrTime, last: DayOrTime, today: date, looking: Looking, typed: str) -> Span | NoDay:
    """Return the days from one as written until another, each completed by the other."""
    unwritten = isinstance(first, DayWords) and isinstance(last, DayWords) and not (first.year and last.year)
    if isinstance(first, DayWords) and isinstance(last, DayWords):
        first, last = _shared(first, last)
    begin = resolve(first, today, looking, typed)
    if isinstance(begin, NoDay):
        return begin
    # The end is the next such day after the beginning; looking back, the beginning is the latest before the end.
    end = resolve(last, begin.first if looking is Looking.AHEAD else today, looking, typed)
    if isinstance(end, NoDay):
        return end
    if looking is not Looking.AHEAD and unwritten:
        begin = resolve(first, end.last, Looking.BACK, typed)
        if isinstance(begin, NoDay):
            return begin
    running = _running(first, last, today) if looking is Looking.AHEAD else None
    if running is not None and running.last < begin.first:
        return running
    if end.last < begin.first:
        return NoDay("The last day is before the first, so nothing was changed: write the first day first.")
    days = (end.last - begin.first).days + 1
    if unwritten and days > LONGEST_UNWRITTEN:
        turned = _turned(begin.first, end.last, days) if looking is Looking.AHEAD else ""
        return NoDay(f"That would be {days} days on end{turned}: if it is meant, write both days with their years.")
    return Span(begin.first, end.last)


def _running(first: DayOrTime, last: DayOrTime, today: date) -> Span | None:
    """Return the days where they began already: "24 Aug to 12 Sep", said on 2 September."""
    if not isinstance(first, DayWords) or not isinstance(last, DayWords):
        return None
    if first.year or last.year or not first.month or not last.month:
        return None
    begun, ends = resolve_day(first, today, Looking.BACK), resolve_day(last, today)
    if isinstance(begun, NoDay) or isinstance(ends, NoDay):
        return None
    return Span(begun, ends) if (ends - begun).days < _RUNNING else None


def _turned(first: date, last: date, days: int) -> str:
    """Return that two days stand the wrong way round, where the last would be before the first in the same year."""
    if days < _MOST_OF_A_YEAR or (last.month, last.day) == (2, 29):
        return ""
    meant = last.replace(year=last.year - 1)
    early, late = (f"{day:%a} {day.day} {day:%b %Y}" for day in (meant, first))
    return f", since {early} comes before {late}"


def _shared(first: DayWords, last: DayWords) -> tuple[DayWords, DayWords]:
    """Give each day the month or the year that only the other one has."""
    if first.day and not first.month and last.month:
        first = replace(first, month=last.month, year=last.year)
    if not (first.month and last.month):
        return first, last
    turns = (first.month, first.day) > (last.month, last.day)
    if last.year and not first.year:
        first = replace(first, year=last.year - turns)
    if first.year and not last.year:
        last = replace(last, year=first.year + turns)
    return first, last
