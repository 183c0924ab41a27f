"""Find which meeting somebody means: `next`, `16/9`, `september meeting`, `23 oct partnership`.

A meeting that is over or cancelled is found like any other; the handler decides whether it will do.

Source: docs/explanation/boards-and-dates.md, Days as people write them.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from handlers.reading.board_names import BoardAsk, names_some_board, read_board
from handlers.reading.dates import DayWords, Looking, MonthWords, NoDay, Vague, resolve_day
from handlers.reading.day_ranges import DaysFound
from handlers.reading.day_tokens import near_month
from handlers.reading.day_words import MONTH_NAMES
from handlers.reading.days import day_at, read_found
from handlers.reading.normalise import join_words, plain, quoted
from handlers.reading.vocabulary import MeetingWords, Vocabulary

_LONGEST = 120
_MOST_SHOWN = 5

_WORD = re.compile(r"[^\W_][^\s]*")
_YEAR = re.compile(r"20[0-9]{2}\b")
_NEXT = frozenset(("next", "upcoming", "coming", "following"))
_LAST = frozenset(("last", "previous", "latest", "past"))
_SMALL = frozenset(
    ("the", "a", "of", "on", "at", "in", "to", "for", "meeting", "meetings", "mtg", "one", "by", "and", "board's")
)


@dataclass(frozen=True, slots=True)
class MeetingFound:
    """One meeting."""

    meeting_id: int


@dataclass(frozen=True, slots=True)
class MeetingAsk:
    """No meeting, or several: what asks, and the meetings that fit (`several`) or are near; `why`: no such meeting."""

    say: str
    candidates: tuple[int, ...] = ()
    several: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Typed:
    """What the words hold: a day, a month with or without its year, next or last, and the words left for a board."""

    rest: str
    day: DaysFound | None = None
    month: int = 0
    year: int = 0
    which: str = ""


def read_meeting(
    text: str, vocabulary: Vocabulary, today: date, board: str = "", looking_back: bool = False
) -> MeetingFound | MeetingAsk:
    """Return the meeting that is meant, or a question when none or several fit.

    `board`: the key of the board meant when the words name none. `looking_back`: of two meetings that fit, the last one
    before today is meant and not the next (an outcome is about a meeting that is over).
    """
    typed = _read(plain(text[:_LONGEST]), today)
    none_of = partial(_none, vocabulary, today, looking_back)
    boards: tuple[str, ...] = (board,) if board else ()
    if typed.rest:
        read = read_board(typed.rest, vocabulary)
        if isinstance(read, BoardAsk) and not read.keys:
            return none_of(f"I do not know the meeting {quoted(text)}.", board)
        boards = read.keys if isinstance(read, BoardAsk) else (read.key,)
    if not plain(text):
        return none_of("Which meeting?", board)
    meetings = [meeting for meeting in vocabulary.meetings if not boards or meeting.board in boards]
    fitting = _fitting(typed, meetings, today, looking_back)
    if not fitting and not typed.rest and (typed.day or typed.month):
        fitting = _fitting(typed, list(vocabulary.meetings), today, looking_back)
    if isinstance(fitting, NoDay):
        return none_of(fitting.say, board)
    if len(fitting) > 1:
        fitting = [m for m in fitting if not m.cancelled] or fitting
    if len(fitting) == 1:
        return MeetingFound(fitting[0].id)
    if not fitting:
        return none_of(f"There is no meeting for {quoted(text)}.", boards[0] if len(boards) == 1 else "")
    shown = fitting[:_MOST_SHOWN]
    names = join_words((meeting_label(meeting, vocabulary) for meeting in shown), between="; ")
    return MeetingAsk(f"Which meeting: {names}?", tuple(m.id for m in shown), several=True)


def names_a_board(text: str, today: date) -> bool:
    """Return whether a meeting as typed says whose it is, and not its day alone."""
    return bool(_read(plain(text[:_LONGEST]), today).rest)


def names_a_day(text: str, today: date) -> bool:
    """Return whether a meeting as typed says when it is: a day, a month, a year, next or last."""
    typed = _read(plain(text[:_LONGEST]), today)
    return bool(typed.day or typed.month or typed.year or typed.which)


def meeting_label(meeting: MeetingWords, vocabulary: Vocabulary) -> str:
    """Return a meeting's name for people: "Partnership Board, 16 September 2020"."""
    board = vocabulary.board(meeting.board)
    name = board.name if board else meeting.board
    if meeting.date is not None:
        day = f"{meeting.date.day} {MONTH_NAMES[meeting.date.month - 1].title()} {meeting.date.year}"
    else:
        year, month = _expected(meeting)
        day = f"{MONTH_NAMES[month - 1].title()} {year}, date to be confirmed" if month else "date to be confirmed"
    return f"{name}, {day}{' (cancelled)' if meeting.cancelled else ''}"


def _read(words: str, today: date) -> _Typed:
    """Take day, month and the like out of folded words, in any order."""
    day: DaysFound | None = None
    month = year = 0
    which = ""
    rest: list[str] = []
    place = 0
    while (word := _WORD.search(words, place)) is not None:
        here = word.group().strip(".,;:()'\"")
        found = _day(words, word.start(), here, today) if day is None else None
        if found is not None and isinstance(found.written, MonthWords) and not month:
            month, year, place = found.written.month, found.written.year or year, found.end
            continue
        if found is not None and not isinstance(found.written, MonthWords):
            day, place = found, found.end
            continue
        place = word.end()
        if here in _NEXT:
            which = "next"
        elif here in _LAST:
            which = "last"
        elif not month and day is None and (number := near_month(here)):
            month = number
        elif _YEAR.fullmatch(here):
            year = int(here)
        elif here not in _SMALL:
            rest.append(here)
    kept = " ".join(rest)
    return _Typed(kept if names_some_board(kept) else "", day, month, year, which)


def _day(words: str, place: int, word: str, today: date) -> DaysFound | None:
    """Return the day that begins here; a number beside a board's name counts nothing, so it is read by itself too."""
    found = day_at(words, place, today)
    if found is None and word[:1].isdigit() and (alone := read_found(word, today)) is not None:
        found = replace(alone, start=place, end=place + len(word))
    return None if found is None or found.written == Vague() else found


def _fitting(
    typed: _Typed, meetings: list[MeetingWords], today: date, looking_back: bool
) -> list[MeetingWords] | NoDay:
    if typed.day is not None:
        return _on_day(typed.day, meetings, today, looking_back)
    if typed.month:
        return _in_month(typed.month, typed.year, meetings, today, looking_back)
    if typed.year:
        return [m for m in meetings if (m.date.year if m.date else _expected(m)[0]) == typed.year]
    return _first_of_each(meetings, today, typed.which == "last" or (looking_back and not typed.which))


def _on_day(
    found: DaysFound, meetings: list[MeetingWords], today: date, looking_back: bool
) -> list[MeetingWords] | NoDay:
    written, no_day = found.written, found.no_day
    if isinstance(written, Vague) and no_day is not None:
        return [m for m in meetings if m.date in no_day.candidates] or no_day
    if no_day is not None:
        return no_day
    if isinstance(written, DayWords) and written.month and not written.year and found.day is not None:
        fitting = [m for m in meetings if m.date and (m.date.day, m.date.month) == (written.day, written.month)]
        return _nearest(fitting, today, looking_back)
    if isinstance(written, DayWords) and not written.month:
        looks = (Looking.BACK, Looking.AHEAD) if looking_back else (Looking.AHEAD, Looking.BACK)
        days = [resolve_day(written, today, looking) for looking in looks]
        return next((on for day in days if (on := [m for m in meetings if m.date == day])), [])
    first, last = found.first or found.last, found.last or found.first
    return [m for m in meetings if m.date and first and last and first <= m.date <= last]


def _in_month(
    month: int, year: int, meetings: list[MeetingWords], today: date, looking_back: bool
) -> list[MeetingWords]:
    fitting = []
    for meeting in meetings:
        at = (meeting.date.year, meeting.date.month) if meeting.date else _expected(meeting)
        if at[1] == month and (not year or at[0] == year):
            fitting.append(meeting)
    return _nearest(fitting, today, looking_back)


def _nearest(meetings: list[MeetingWords], today: date, looking_back: bool) -> list[MeetingWords]:
    """Keep those meetings of a day or month that are in its next year (looking back: its last)."""
    ahead = sorted((m for m in meetings if _when(m) >= today), key=_when)
    behind = sorted((m for m in meetings if _when(m) < today), key=_when, reverse=True)
    over = [*(m for m in ahead if m.date == today), *behind]
    pool = (over or ahead) if looking_back else (ahead or behind)
    return [m for m in pool if _when(m).year == _when(pool[0]).year]


def _first_of_each(meetings: list[MeetingWords], today: date, last: bool) -> list[MeetingWords]:
    """Return the next planned meeting of each board, or the last one that was not cancelled."""
    found: list[MeetingWords] = []
    for board in dict.fromkeys(meeting.board for meeting in meetings):
        own = [m for m in meetings if m.board == board and not m.cancelled]
        if last:
            over = [m for m in own if m.date is not None and m.date <= today]
            found.extend(sorted(over, key=_when)[-1:])
        else:
            ahead = [m for m in own if _when(m) >= today]
            dated = [m for m in ahead if m.date is not None]
            found.extend(sorted(dated or ahead, key=_when)[:1])
    return sorted(found, key=_when, reverse=last)


def _when(meeting: MeetingWords) -> date:
    """Return the day by which meetings sort; for one that is only expected, the last day of its month."""
    if meeting.date is not None:
        return meeting.date
    year, month = _expected(meeting)
    return date(year, month, monthrange(year, month)[1]) if month else date.max


def _expected(meeting: MeetingWords) -> tuple[int, int]:
    year, _, month = meeting.expected.partition("-")
    return (int(year), int(month)) if year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 else (0, 0)


def _none(vocabulary: Vocabulary, today: date, looking_back: bool, say: str, board: str) -> MeetingAsk:
    """Return the question with the meetings that come next, or that came last."""
    own = [m for m in vocabulary.meetings if (not board or m.board == board) and not m.cancelled]
    near = [m for m in own if (m.date is not None and m.date <= today if looking_back else _when(m) >= today)]
    shown = sorted(near, key=_when, reverse=looking_back)[:_MOST_SHOWN]
    if not shown:
        return MeetingAsk(f"{say} No meeting {'was held yet' if looking_back else 'is planned'}.")
    names = join_words((meeting_label(meeting, vocabulary) for meeting in shown), "and", "; ")
    which = "latest" if looking_back else "next"
    return MeetingAsk(
        f"{say} The {which} {'meetings are' if len(shown) > 1 else 'meeting is'} {names}.",
        tuple(m.id for m in shown),
        why=say,
    )
