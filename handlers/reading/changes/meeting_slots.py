"""Which meeting a change is about, and which day it is moved to or added on.

Source: docs/explanation/what-people-write.md, What is changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.reading.changes.change_tokens import ChangeToken, HowLong
from handlers.reading.changes.change_words import W
from handlers.reading.dates import DayWords, MonthWords
from handlers.reading.day_ranges import DaysFound
from handlers.reading.names_in_text import NameSeen
from handlers.reading.vocabulary import MeetingWords, Vocabulary


@dataclass(frozen=True, slots=True)
class MeetingSlots:
    """The meetings that are named, those that fit equally, the board, and the days that are no meeting's.

    `bare`: days of no month; `wrong`: why a day is none.
    """

    board: str = ""
    meetings: tuple[MeetingWords, ...] = ()
    several: tuple[MeetingWords, ...] = ()
    days: tuple[date, ...] = ()
    bare: tuple[int, ...] = ()
    wrong: str = ""

    @property
    def meeting(self) -> MeetingWords | None:
        """The one meeting that is meant."""
        return self.meetings[0] if self.meetings else None


def meeting_slots(tokens: Sequence[ChangeToken], vocabulary: Vocabulary, today: date) -> MeetingSlots:
    """Return what the tokens of a change say of meetings and days."""
    boards = [one.value.names for one in tokens if one.has(W.BOARD) and isinstance(one.value, NameSeen)]
    keys = [name.key for names in boards for name in names]
    pool = [one for one in vocabulary.meetings if not keys or one.board in keys]
    found = MeetingSlots(board=keys[0] if len(set(keys)) == 1 else "")
    named: list[tuple[bool, MeetingWords]] = []
    for token, replaced in _moments(tokens):
        if token.has(W.NEXT) and not any(one.has(W.MONTH) for one in tokens):
            fitting = _next(pool, today)
        elif token.has(W.NEXT):
            continue
        else:
            fitting = _fitting(token, pool, today)
        if len(fitting) == 1:
            named.append((replaced, fitting[0]))
        elif fitting:
            found = replace(found, several=(*found.several, *fitting))
        else:
            found = _with_day(found, token)
    named = sorted(named, key=lambda pair: not pair[0])
    meetings = tuple(dict.fromkeys(one for _, one in named))
    settled = tuple(one for one in found.several if not any(one.board == each.board for each in meetings))
    return replace(found, meetings=meetings, several=() if meetings else settled)


def _moments(tokens: Sequence[ChangeToken]) -> Iterator[tuple[ChangeToken, bool]]:
    """Yield what names a time, the days of a range by themselves; and whether it is what something replaces."""
    for n, one in enumerate(tokens):
        before = next((each for each in reversed(tokens[:n]) if each.text not in ("the", "on", "of")), None)
        replaced = before is not None and (before.has(W.INSTEAD) or before.text == "from")
        days = one.value
        if one.has(W.DAY) and isinstance(days, DaysFound) and len(days.ends) == 2:
            for side, end in enumerate(days.ends):
                yield replace(one, value=end, start=end.start, end=end.end), side == 0
        elif one.has(W.DAY, W.MONTH, W.NEXT):
            yield one, replaced


def _fitting(token: ChangeToken, pool: Sequence[MeetingWords], today: date) -> list[MeetingWords]:
    days = token.value
    if not isinstance(days, DaysFound):
        return []
    written = days.written
    if isinstance(written, MonthWords):
        found = [one for one in pool if _month_of(one)[1] == written.month and not one.cancelled]
        if written.year:
            return [one for one in found if _month_of(one)[0] == written.year]
        ahead = [one for one in found if _month_of(one) >= (today.year, today.month)]
        first = min((_month_of(one) for one in ahead or found), default=(0, 0))
        return [one for one in found if _month_of(one) == first]
    if isinstance(written, DayWords) and not written.month:
        found = [one for one in pool if one.date is not None and one.date.day == written.day and not one.cancelled]
        ahead = sorted((one for one in found if one.date and one.date >= today), key=lambda one: one.date or today)
        return [one for one in ahead if one.date == ahead[0].date]
    if isinstance(written, DayWords) and not written.year:
        return [
            one
            for one in pool
            if one.date is not None and (one.date.day, one.date.month) == (written.day, written.month)
            and abs((one.date - today).days) < 300
        ]  # fmt: skip
    return [one for one in pool if one.date is not None and one.date == days.day]


def _with_day(found: MeetingSlots, token: ChangeToken) -> MeetingSlots:
    days = token.value
    if not isinstance(days, DaysFound):
        return found
    written = days.written
    if isinstance(written, DayWords) and not written.month:
        return replace(found, bare=(*found.bare, written.day))
    if days.day is not None:
        return replace(found, days=(*found.days, days.day))
    return replace(found, wrong=found.wrong or (days.no_day.say if days.no_day else ""))


def _next(pool: Sequence[MeetingWords], today: date) -> list[MeetingWords]:
    ahead = sorted(
        (one for one in pool if one.date is not None and one.date >= today and not one.cancelled),
        key=lambda one: one.date or today,
    )
    boards = {one.board for one in ahead}
    return ahead[:1] if len(boards) == 1 else [next(one for one in ahead if one.board == key) for key in sorted(boards)]


def _month_of(meeting: MeetingWords) -> tuple[int, int]:
    if meeting.date is not None:
        return meeting.date.year, meeting.date.month
    year, _, month = meeting.expected.partition("-")
    return (int(year), int(month)) if month else (0, 0)


def new_day(slots: MeetingSlots, meeting: MeetingWords, tokens: Sequence[ChangeToken]) -> date | None:
    """Return the day on which a meeting is instead; None where none is said, or none that exists."""
    others = [one.date for one in slots.meetings[1:] if one.date is not None]
    for day in (*slots.days, *others):
        return day
    year, month = _month_of(meeting)
    for number in slots.bare:
        try:
            return date(year, month, number)
        except ValueError:
            return None
    length = next((one.value for one in tokens if isinstance(one.value, HowLong)), None)
    if length is None or not length.days or meeting.date is None:
        return None
    words = {kind for one in tokens for kind in one.kinds & {W.EARLIER, W.LATER}}
    brought = any(one.text.startswith(("brought", "bring")) for one in tokens)
    back = any(one.text in ("back", "put back", "pushed back", "later", "later than planned") for one in tokens)
    if brought or (W.EARLIER in words and not back and not any(one.text == "forward" for one in tokens)):
        return meeting.date - timedelta(days=length.days)
    # "Forward a week" is earlier to some and later to others.
    return meeting.date + timedelta(days=length.days) if back else None


def meeting_in_month_of(day: date, board: str, vocabulary: Vocabulary) -> MeetingWords | None:
    """Return the one meeting that a board has in the month of a day."""
    fitting = [
        one
        for one in vocabulary.meetings
        if one.board == board and not one.cancelled and _month_of(one) == (day.year, day.month)
    ]
    return fitting[0] if len(fitting) == 1 else None


def meeting_typed(meeting: MeetingWords) -> str:
    """Return words that name one meeting: its day, or its month, and its board."""
    year, month = _month_of(meeting)
    when = meeting.date.isoformat() if meeting.date is not None else f"{date(year, month, 1):%B} {year}"
    return f"{when} {meeting.board}"
