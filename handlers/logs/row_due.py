"""Read when the action of a row is due, and what it is due at."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from handlers.logs.column_headings import LogColumn, says_when_raised
from handlers.logs.draft import LogField
from handlers.logs.due_cells import (
    DueCell,
    day_first,
    goes_on_for_ever,
    is_next_meeting,
    read_due_cell,
    read_due_in_words,
    read_looking_back,
    read_struck_cell,
)
from handlers.logs.log_questions import (
    BETWEEN_MEETINGS,
    BY_MARKS,
    DAYS,
    IN_WORDS,
    MONTH_FIRST,
    NEXT_MEETING,
    NO_DAY,
    NO_DUE_MEETING,
    PAST,
    RULES,
    TWO_DAYS,
    UNIVERSAL,
)
from handlers.logs.row_notes import RowNotes
from handlers.reading.normalise import fold
from models.enums import Kind, Status

_AT_MEETING = re.compile(
    r"\b(?:at|to|for|by) (?:the|our) (\w+) (?:board|committee|board meeting|meeting)\b", re.IGNORECASE
)
_PIECE = re.compile(r"[^\W_]+")
_LONGEST_WHEN = 60
"""Characters of a cell that says when its row was raised: "Item 5, 10 June 2020"."""
_THAT_DAY = RULES[BETWEEN_MEETINGS].choices[1]


def due_of_row(row: RowNotes) -> tuple[DueCell, DueCell]:
    """Return when it is due now, and when it was first."""
    raised = row.raised
    since = raised or _since(row)
    sure = row.log.knows_day or row.setting.given is not None or raised is not None
    forward = raised is not None or (row.setting.given.gave if row.setting.given is not None else row.log.gave)
    said = row.cell(LogColumn.DUE)
    later = row.cell(LogColumn.REVISED)
    struck = row.struck(LogColumn.DUE)
    due = (
        read_struck_cell(said, struck, since, sure_of_year=sure)
        if struck
        else _read_due(row, said, since, forward=forward, sure=sure)
    )
    if later:
        revised = _read_due(row, later, since, forward=forward, sure=sure)
        _keep_day(row, LogColumn.REVISED, revised)
        _due_doubt(row, revised, later, LogColumn.REVISED)
        _keep_day(row, LogColumn.DUE, due)
        return (revised, due) if revised.day else (replace(due, doubt=revised.doubt), DueCell())
    if not said and (marked := row.setting.layout.last_marked(row.row)):
        return _due_by_marks(row, marked, since, sure), DueCell()
    if not said:
        return _due_in_words(row, since, sure), DueCell()
    _keep_day(row, LogColumn.DUE, due)
    if (
        not (due.whole or due.standing)
        and (due.day is None or due.doubt)
        and row.log.status_of(said).status is not None
    ):
        row.status_in = (LogColumn.DUE, said)
        return _due_in_words(row, since, sure), DueCell()
    _due_doubt(row, due, said, LogColumn.DUE)
    return due, DueCell(due.first)


def _keep_day(row: RowNotes, column: LogColumn, due: DueCell) -> None:
    """Keep a cell as printed that says more than its day does, or says it in other words: "45602", "23rd October"."""
    said = row.cell(column)
    if not due.whole or due.day is None or _says_more(said, due.day):
        row.keep(column, said)


@lru_cache(maxsize=4096)
def _says_more(said: str, day: date) -> bool:
    forms = f"{day:%d %m %Y %y %B %b} {day.day} {day.month}"
    return not set(_PIECE.findall(fold(said))) <= set(_PIECE.findall(fold(forms)))


def _due_by_marks(row: RowNotes, said: str, since: date, sure: bool) -> DueCell:
    """Return the month that is marked last in a plan by months, which run on from its first; always with a doubt."""
    layout = row.setting.layout
    begins = _read_due(row, layout.headings[layout.months[0]], since, forward=False, sure=sure).day or since
    cell = _read_due(row, said, begins.replace(day=1), forward=True, sure=sure)
    cell = replace(cell, doubt="its marks end there", key=BY_MARKS)
    _due_doubt(row, cell, said, LogColumn.DUE)
    return replace(cell, doubt="") if row.log.as_proposed(BY_MARKS) else DueCell()


def _due_in_words(row: RowNotes, since: date, sure: bool) -> DueCell:
    has_column = row.setting.layout.at(LogColumn.DUE) is not None
    said, cell = read_due_in_words(row.words, since, has_column=has_column, sure_of_year=sure)
    if cell.key != IN_WORDS and (found := _AT_MEETING.search(row.words)):
        named = read_due_cell(f"{found[1]} meeting", since, sure_of_year=sure)
        day = _meeting_after(row, since) if fold(found[1]) == "next" else _meeting(row, named) or named.day
        if day is not None:
            said, cell = found[0], DueCell(day, doubt="the day stands in the action’s words", key=IN_WORDS)
    elif not cell.doubt and any(map(goes_on_for_ever, (*row.short_cells(), *row.setting.over))):
        cell = DueCell(standing=True, doubt="no due meeting: it goes on", key=NO_DAY)
    _due_doubt(row, cell, said, LogColumn.ACTION)
    return replace(cell, doubt="") if row.log.chosen(IN_WORDS) != NO_DUE_MEETING else DueCell()


def _read_due(row: RowNotes, said: str, since: date, *, forward: bool, sure: bool) -> DueCell:
    """Return when a cell says that something is due, by what was answered for the whole log."""
    settled = row.log.answers.settled.get(f"due:{fold(said)}")
    if settled is not None:
        first = read_due_cell(said, since).first
        return DueCell(date.fromisoformat(settled), first) if settled != NO_DUE_MEETING else DueCell()
    if is_next_meeting(said):
        doubt, key = ("", "") if sure else ("its year is not said", "meeting")
        return DueCell(_meeting_after(row, since), doubt=doubt, key=key)
    to_come = forward or not row.log.as_proposed(PAST)
    shown = day_first(said) if row.setting.month_first and row.log.as_proposed(MONTH_FIRST) else said
    due = read_looking_back(shown, since, sure_of_year=sure, to_come=to_come)
    if shown != said and due.day is not None and not due.doubt:
        due = replace(due, doubt="its month stands first", key=MONTH_FIRST)
    if due.key == NO_DAY and row.log.chosen(NO_DAY) == NEXT_MEETING:
        return replace(due, day=_meeting_after(row, since), standing=False)
    if due.key == UNIVERSAL and due.day is not None and not row.log.as_proposed(UNIVERSAL):
        return replace(due, day=due.day - timedelta(1))
    if due.key == TWO_DAYS and not row.log.as_proposed(TWO_DAYS):
        return replace(due, day=due.first, first=None)
    return due


def _meeting_after(row: RowNotes, day: date) -> date | None:
    return next((one for one in row.plan.meetings if one > day), None)


def _due_doubt(row: RowNotes, due: DueCell, said: str, column: LogColumn) -> None:
    if not due.doubt:
        return
    proposed = str(_meeting(row, due) or due.day) if due.day else ""
    key = due.key or row.log.ask_pair(DAYS, said, proposed or NO_DUE_MEETING)
    row.doubt(LogField.DUE, column, said, proposed, due.doubt, key)


def raised_on(row: RowNotes) -> date | None:
    """Return the day on which the row says that it was raised, from which its days without a year count."""
    for at in row.row.filled:
        column = row.setting.layout.columns.get(at, LogColumn.PRINTED)
        if column is LogColumn.SOURCE or (
            column is LogColumn.PRINTED and says_when_raised(row.setting.layout.heading(at))
        ):
            text = row.row.cells[at]
            if len(text) > _LONGEST_WHEN or not any(map(str.isdigit, text)):
                continue
            shown = day_first(text) if row.setting.month_first and row.log.as_proposed(MONTH_FIRST) else text
            cell = read_due_cell(shown, row.log.day)
            if cell.whole and cell.day is not None and cell.day <= row.log.day:
                return cell.day
    return None


def _since(row: RowNotes) -> date:
    given = row.setting.given
    return given.day if given is not None and given.day is not None else row.log.day


def settle_due(
    row: RowNotes, due: DueCell, first: DueCell, serves: bool, status: Status
) -> tuple[Kind, date | None, date | None, date | None]:
    """Return the kind, the meeting it is due at, else the date, and the meeting it was first due at."""
    if due.day is None:
        standing = due.standing and serves and status is not Status.PROPOSED
        return (Kind.STANDING if standing else Kind.DELIVERABLE if serves else Kind.BOARD_ACTION), None, None, None
    there = _meeting(row, due)
    first_there = _meeting(row, first) if first.day is not None else None
    if there is not None:
        return (Kind.DELIVERABLE if serves else Kind.BOARD_ACTION), there, None, first_there
    if serves:
        following = _meeting_after(row, due.day)
        if following is not None:
            _between(row, due, following, "no meeting is on that day")
            row.keep(LogColumn.DUE, row.cell(LogColumn.DUE))
            if row.log.chosen(BETWEEN_MEETINGS) != _THAT_DAY:
                return Kind.DELIVERABLE, following, None, first_there
        else:
            _between(row, due, due.day, "no meeting is planned from that day on")
    elif due.month and not due.doubt:
        following = _meeting_after(row, due.day)
        _between(row, due, due.day, "no one meeting is in that month")
        if row.log.chosen(BETWEEN_MEETINGS) == NEXT_MEETING and following is not None:
            return Kind.BOARD_ACTION, following, None, first_there
    # A date has no meeting before it to be moved from: the first one is kept as it is printed.
    row.keep(LogColumn.DUE, row.cell(LogColumn.DUE) if first.day is not None else "")
    return Kind.BOARD_ACTION, None, due.day, first_there


def _between(row: RowNotes, due: DueCell, proposed: date, why: str) -> None:
    said = f"{due.day:%B %Y}" if due.month else str(due.day)
    row.doubt(LogField.DUE, LogColumn.DUE, said, str(proposed), why, BETWEEN_MEETINGS)


def _meeting(row: RowNotes, due: DueCell) -> date | None:
    """Return the board's meeting on a day, or the only one in its month."""
    if due.day in row.plan.meetings:
        return due.day
    if not due.month or due.day is None:
        return None
    there = [day for day in row.plan.meetings if (day.year, day.month) == (due.day.year, due.day.month)]
    return there[0] if len(there) == 1 else None


def check_given(row: RowNotes, given: date | None, meeting: date | None, day: date | None) -> date | None:
    """Return the meeting that gave the action, unless it is due by then: that is pointed out."""
    due = meeting or day
    if given is not None and due is not None and due <= given:
        row.doubt(LogField.DUE, LogColumn.DUE, str(due), str(due), "it is not after the meeting that gave the action")
        return None
    return given
