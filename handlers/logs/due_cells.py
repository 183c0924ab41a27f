"""Read when something is due, by a cell of a log. What is not plain has a doubt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from handlers.logs.log_questions import IN_WORDS, NO_DAY, PAST, TWO_DAYS, UNIVERSAL
from handlers.reading.dates import DayWords, Looking, MonthWords, Vague
from handlers.reading.day_ranges import DaysFound
from handlers.reading.day_words import MONTH_WORDS, VAGUE, VAGUE_ALONE
from handlers.reading.days import days_in, read_found
from handlers.reading.normalise import fold
from models.rules.calendar import Span

_NAMED_DAY = re.compile(r"(?<![^\W_])(\d{1,2})[-./ ]([A-Za-z]{3,9})[-./ ](\d{4}|\d{2})(?![^\W_])")
_MONTH_YEAR = re.compile(r"(?<![^\W_])([A-Za-z]{3,9})[-/'’ ]{1,2}(\d{2})(?![^\W_])(?![-/.]\d)")
_DAY_OR_YEAR = re.compile(r"([A-Za-z]{3,9})\.? '?(\d{2})")
_MIDNIGHT = re.compile(r"(?<=\d)[ T]00:00(?::00(?:\.0+)?)?$")
"""The time that a spreadsheet writes behind a day."""
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):\d\d(?::\d\d(?:\.\d+)?)?Z")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?!\d)")
_MONTHS = 12
_EVENING = 22
"""The hour of universal time from which a day that ends is the one that begins in any zone of the summer."""
_FIRST_SERIAL, _DIGITS_OF_A_SERIAL, _YEARS = date(1899, 12, 30), 5, range(2000, 2050)
"""The day from which a spreadsheet counts."""
_OTHER_WORDS = "other words stand beside the day"
_YEARS_MEANT = 4
_LONGEST_WHEN = 60
_HALF_YEAR = timedelta(days=182)
_LOOKED_AT = 300
"""Characters of an action's words in which a day is looked for."""
_DUE_BEFORE_DAY = re.compile(r"\b(?:by|before|until|till|due|deadline)\b(?: (?:on|the|end|of|mid))*[\W_]*$", re.I)
"""Words right before a day in an action's words that make it the due day."""
_DUE_AT_END = re.compile(
    r"(?:\b(?:by|before|until|in)\s+(?P<by>(?:the )?(?:end of )?[A-Za-z0-9/. ]{3,30})"
    r"|(?:\s[-–—]|[,;(])\s*(?P<apart>[A-Za-z0-9/. ]{3,30}))$"
)
"""A day at the end of an action's words: "… by 1 July", "… - 5 August 2025"."""
_BODIES = frozenset(
    ("board", "meeting", "mtg", "committee", "forum", "panel", "partnership", "executive", "exec", "group", "session")
)
_BODY = "|".join(_BODIES)
_NEXT = re.compile(rf"(?:(?:at|to|by|for) )?(?:the |our )?next (?:{_BODY})(?: (?:{_BODY}))?")
_WORD = re.compile(r"[^\W_]+")
_BODY_WORDS = _BODIES | frozenset(("by", "the", "for", "at", "in", "of", "to", "on", "due"))
"""Words beside a day in a column of days that change nothing: "March 2024 Board", "by the 5th"."""
_NOW = frozenset(
    ("revised", "now", "extended", "moved", "new", "then", "amended", "deferred", "rescheduled", "replanned")
)
_MOVED = frozenset(("", ",", ";", "/", "→", "->", "then", "now"))
"""What stands between a day and the one that it was moved to, nothing else. Must not read: "and", "to", "-"."""
_WAS = frozenset(("was", "originally", "previously", "formerly", "original", "from"))
_STANDING = frozenset(("ongoing", "on-going", "continuing", "continuous", "always", "standing", "rolling", "annually",
                       "monthly", "quarterly", "weekly", "termly"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class DueCell:
    """When something is due: the day that was read, and the first one where two were said.

    `month`: any day of the day's month was meant. `standing`: it goes on. `doubt`: why it has to be asked about, ""
    where it is plain; `key`: the question for the whole log that settles it, where many cells have that doubt. `whole`:
    the day says all that the cell does.
    """

    day: date | None = None
    first: date | None = None
    month: bool = False
    standing: bool = False
    doubt: str = ""
    whole: bool = False
    key: str = ""


_MEETING = "meeting"


@lru_cache(maxsize=4096)
def read_due_cell(text: str, since: date, *, sure_of_year: bool = True) -> DueCell:
    """Return when something is due. `since`: the day of the log's meeting, from which days without a year count."""
    if not text:
        return DueCell()
    if (instant := _INSTANT.fullmatch(text)) is not None:
        return _of_instant(instant)
    if (
        text.isdecimal()
        and len(text) == _DIGITS_OF_A_SERIAL
        and (day := _FIRST_SERIAL + timedelta(int(text))).year in _YEARS
    ):
        return DueCell(day, whole=True)
    words = _spelt_out(text)
    folded = fold(words)
    if not any(char.isdigit() for char in folded) and _STANDING & set(_WORD.findall(folded.replace("-", ""))) | (
        _STANDING & set(folded.split())
    ):
        return DueCell(standing=True, doubt="no due meeting: it goes on", key=NO_DAY)
    either = _DAY_OR_YEAR.fullmatch(words)
    if either is not None and _is_month(either[1]) and abs(2000 + int(either[2]) - since.year) <= _YEARS_MEANT:
        month = read_due_cell(f"{either[1]} 20{either[2]}", since)
        return replace(month, doubt="its number may be a day or a year")
    found = read_found(words, since, Looking.AHEAD)
    if found is not None:
        return _one(found, words, sure_of_year)
    several = days_in(words, since)
    rest = _rest(words, several)
    if len(several) == 1 and rest <= _BODY_WORDS:
        return _one(several[0], words, sure_of_year)
    if len(several) > 1:
        return _several(several, words)
    if len(several) == 1:
        one = _one(several[0], words, sure_of_year)
        return DueCell(one.day, month=one.month, doubt=one.doubt or _OTHER_WORDS)
    return _no_day(words)


def has_month_first(text: str) -> bool | None:
    """Return whether a day in figures surely has its month first, or surely not; None where it may be either."""
    found = _FIGURES.match(text)
    if found is None or (int(found[1]) > _MONTHS) is (int(found[2]) > _MONTHS):
        return None
    return int(found[2]) > _MONTHS


def day_first(text: str) -> str:
    """Return a day in figures that has its month first as it is read: `06/25/2024` as 25/06/2024."""
    return _FIGURES.sub(r"\2/\1/\3", text)


def _of_instant(instant: re.Match[str]) -> DueCell:
    """Return the local day of an instant of universal time, as lists of Microsoft's write the midnight of a day."""
    day = date.fromisoformat(instant[1])
    if int(instant[2]) < _EVENING:
        return DueCell(day, whole=True)
    return DueCell(day + timedelta(1), whole=True, doubt="its time is of universal time", key=UNIVERSAL)


def read_looking_back(text: str, since: date, *, sure_of_year: bool = True, to_come: bool = False) -> DueCell:
    """Return when something is due by a log that looks back: of a day without its year the one nearest to `since`.

    Where that is not the next one after `since` both years are asked about. `to_come`: the next one is meant.
    """
    ahead = read_due_cell(text, since, sure_of_year=sure_of_year)
    if to_come or ahead.day is None or not _names_month(text) or ahead.day - since <= _HALF_YEAR:
        return ahead
    nearest = read_due_cell(text, since - _HALF_YEAR, sure_of_year=sure_of_year)
    if nearest.day is None or (ahead.day.year - nearest.day.year, nearest.day.month) != (1, ahead.day.month):
        return ahead
    doubt = ahead.doubt or f"it may be of {nearest.day.year} or of {ahead.day.year}"
    return replace(nearest, doubt=doubt, key=ahead.key or PAST)


def read_due_in_words(words: str, since: date, *, has_column: bool, sure_of_year: bool) -> tuple[str, DueCell]:
    """Return the day inside an action's words, as said and as read, where no cell has one; always with a doubt.

    `has_column`: the log has a column of days, so that only a day after words like "by" is meant.
    """
    days = days_in(words[:_LOOKED_AT], since)
    if has_column and not any(_DUE_BEFORE_DAY.search(words[: day.start]) for day in days):
        return "", DueCell()
    found = _DUE_AT_END.search(words.rstrip(" .)"))
    said = (found["by"] or found["apart"]) if found else ""
    cell = read_due_cell(said, since, sure_of_year=sure_of_year) if said else DueCell()
    if cell.day is not None:
        return said, replace(cell, doubt="the day stands in the action’s words", key=IN_WORDS)
    if days:
        return words[days[0].start : days[0].end], DueCell(doubt="a day stands in the action’s words", key=NO_DAY)
    return "", DueCell()


def goes_on_for_ever(text: str) -> bool:
    """Return whether a few words say that something has no end: "Standing items", "Recurring"."""
    return not {*_STANDING, "recurring"}.isdisjoint(_WORD.findall(fold(text)))


def is_next_meeting(text: str) -> bool:
    """Return whether a cell says that something is due at the next meeting."""
    return bool(_NEXT.fullmatch(fold(text).strip(" .")))


def read_struck_cell(text: str, struck: Sequence[str], since: date, *, sure_of_year: bool = True) -> DueCell:
    """Return when something is due by a cell of which pieces are struck out: the first of those it was due before."""
    stands = text
    for piece in struck:
        stands = stands.replace(piece, "", 1)
    if not any(char.isalnum() for char in stands):
        return DueCell(doubt="it is struck out")
    due = read_looking_back(" ".join(stands.split()), since, sure_of_year=sure_of_year)
    return replace(due, first=read_due_cell(struck[0], since).day, whole=False)


def _names_month(text: str) -> bool:
    return any(char.isdigit() for char in text) or bool(MONTH_WORDS.keys() & set(_WORD.findall(fold(text))))


def _one(found: DaysFound, typed: str, sure_of_year: bool) -> DueCell:
    written, no_day = found.written, found.no_day
    if isinstance(written, MonthWords):
        year = "" if written.year or sure_of_year else "its year is not said"
        last = no_day.candidates[-1] if no_day is not None and no_day.candidates else None
        return DueCell(last, month=last is not None, doubt=year, key=_MEETING if year else "")
    if found.day is not None:
        has_year = found.has_year
        doubt = "" if has_year or sure_of_year else "its year is not said"
        key = _MEETING if doubt else ""
        if (
            not _names_month(typed)
            if isinstance(written, Span)
            else isinstance(written, DayWords) and not written.month
        ):
            doubt, key = "it is counted from the meeting", ""
        return DueCell(found.day, doubt=doubt, key=key, whole=isinstance(written, DayWords) and written.year > 0)
    if no_day is not None and no_day.candidates:
        return DueCell(no_day.candidates[-1], doubt="it names no single day")
    if found.last is not None or found.first is not None:
        return DueCell(found.last or found.first, doubt="it names several days")
    return DueCell(doubt=no_day.say) if no_day is not None and not isinstance(written, Vague) else _no_day(typed)


def _no_day(words: str) -> DueCell:
    """Return that a cell names no day; where a month or a figure stands in it, it is asked about by itself."""
    return DueCell(doubt="it names no day", key="" if _names_month(words) else NO_DAY)


def _several(several: Sequence[DaysFound], words: str) -> DueCell:
    """Return a first day and the one that it was moved to: the last, where each is later than the one before."""
    cells = [_one(found, words, True) for found in several]
    days = [cell.day for cell in cells if cell.day is not None and not cell.doubt]
    gaps = {words[before.end : after.start].strip() for before, after in pairwise(several)}
    if len(days) == len(cells) and days == sorted(set(days)) and gaps <= _MOVED and _rest(words, several) <= _MOVED:
        return DueCell(days[-1], days[0], month=cells[-1].month, doubt="it names several days", key=TWO_DAYS)
    if len(several) > 2:
        return DueCell(doubt="it names several days")
    one, other = cells
    before = set(_WORD.findall(fold(words[: several[0].start])))
    between = set(_WORD.findall(fold(words[several[0].end : several[1].end])))
    if one.day is None or other.day is None or one.doubt or other.doubt:
        return DueCell(doubt="it names several days")
    if between & _WAS:
        doubt = "" if between & _NOW else "it names two days, a first and a later one"
        return DueCell(one.day, other.day, month=one.month, doubt=doubt)
    if between & _NOW or before & _WAS:
        return DueCell(other.day, one.day, month=other.month)
    return DueCell(doubt="it names several days")


def _spelt_out(text: str) -> str:
    """Return a day as spreadsheets write it as the reader of days knows it: `15-Mar-24`, `Mar-24`."""
    words = _MIDNIGHT.sub("", " ".join(text.replace("\n", ", ").split()))
    words = _NAMED_DAY.sub(
        lambda found: f"{found[1]} {found[2]} {found[3]}" if _is_month(found[2]) else found[0], words
    )
    return _MONTH_YEAR.sub(lambda found: f"{found[1]} 20{found[2]}" if _is_month_year(found) else found[0], words)


def _is_month(word: str) -> bool:
    return word.casefold() in MONTH_WORDS


def _is_month_year(found: re.Match[str]) -> bool:
    """Return whether a month and two digits are a month of a year: "Mar-24", not "4 Mar 24" nor "Nov 12"."""
    return (
        _is_month(found[1])
        and (" " not in found[0] or int(found[2]) > 31)
        and not found.string[: found.start()].strip()
    )


def _rest(words: str, days: Sequence[DaysFound]) -> set[str]:
    left = fold(words)
    for one in reversed(days):
        left = f"{left[: one.start]} {left[one.end :]}"
    return set(_WORD.findall(left))


def is_whole_day(text: str) -> bool:
    """Return whether a cell is a day with its year, and nothing else."""
    return len(text) <= _LONGEST_WHEN and read_due_cell(text, date(2020, 1, 1)).whole


def looks_like_when(text: str) -> bool:
    """Return whether a cell says when: a day, a month, or words about time that name none."""
    folded = fold(text)
    if len(text) > _LONGEST_WHEN:
        return False
    if folded in VAGUE or folded in VAGUE_ALONE or folded in _STANDING:
        return True
    cell = read_due_cell(text, date(2020, 1, 1))
    return (cell.day is not None and cell.doubt != _OTHER_WORDS) or cell.standing
