"""Walk down the rows of a table of a log: headings that come again, sections, keys, actions."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from handlers.logs.column_contents import bids
from handlers.logs.column_headings import LogColumn
from handlers.logs.due_cells import is_whole_day, read_due_cell
from handlers.logs.layout import has_sub_heading
from handlers.logs.log_state import LogState, RowSetting, says_over
from handlers.logs.printed_refs import is_under, leading_ref
from handlers.logs.row_reader import RowReader
from handlers.logs.sections import (
    is_about_the_log,
    is_heading_line,
    is_key_row,
    is_note,
    names_priority,
    read_section,
)
from handlers.logs.who_acts import acts_apart
from handlers.reading.normalise import fold
from models.errors import Refusal
from models.files.tables import TableRow
from models.rules.lengths import MAX_PRINTED, MAX_WORDS

_OTHER_DAY = re.compile(
    r"\b(?:due|by|for|until|before|target|deadline|next|closed|completed?|done|updated|as (?:at|of))\b"
)
"""Words beside a day in a section by which its actions were not given out then."""
_WORDS_OF_A_TITLE, _CELLS_OF_A_TITLE = 4, 2
_UPDATE = re.compile(r"(?:update|progress|comment|response)s?\b[^:–—\n]{0,25}(?::|\s[–—-])\s*(?=\S)", re.IGNORECASE)
_SAYS_HOW = (LogColumn.DUE, LogColumn.REVISED, LogColumn.UPDATE, LogColumn.RATING, LogColumn.CLOSED_ON)


def read_rows(log: LogState, setting: RowSetting, start: int) -> None:
    """Read every row of a table from a place on; `setting` changes with the sections."""
    rows = setting.table.rows
    under = 0
    heads = start > 0
    end = _end_of_actions(setting, start)
    log.notes += [f"{setting.table.place(row)} stands below the table and was left out: “{' '.join(row.cells)[:80]}”."
                  for row in rows[end:]]  # fmt: skip
    for at in range(start, end):
        row = rows[at]
        before, heads = heads, log.is_heading(row)
        if heads:
            setting.layout = log.layout(rows, at)
            log.ask_columns(setting.layout)
        elif _is_heading_again(setting, at, below=before):
            continue
        elif _continues(log, setting, row):
            _continue(log, setting, row)
        elif is_key_row(row):
            log.notes.append(
                f"{setting.table.place(row)} is a key of ratings: “{' · '.join(filter(None, row.cells))}”."
            )
        elif len(row.filled) == 1 and _is_note(setting, at):
            log.notes.append(f"{setting.table.place(row)} is a note: “{' '.join(filter(None, row.cells))}”.")
        elif (section := _section(log, setting, at)) is not None:
            setting.sections = [*setting.sections, section] if setting.sections and under == 0 else [section]
            under = 0
            _stand_under(log, setting, section)
        else:
            for one in _rows_apart(log, setting, row):
                if (found := RowReader(log, setting, one).action()) is not None:
                    log.found.append(found)
                    under += 1
    if setting.sections and under == 0:
        log.notes.append(f"No action stands under “{setting.sections[-1]}”, so its words were left out.")


def _rows_apart(log: LogState, setting: RowSetting, row: TableRow) -> Iterator[TableRow]:
    """Yield a row, or one for each of its actions where several stand in one cell, with who does each."""
    at = setting.layout.at(LogColumn.ACTION)
    for act in acts_apart(setting.cell(row, LogColumn.ACTION), log.is_somebody):
        yield replace(row, cells=(*row.cells[:at], act, *row.cells[(at or 0) + 1 :])) if at in row.filled else row


def _end_of_actions(setting: RowSetting, start: int) -> int:
    """Return where the lines below a table begin: alone in their rows, behind an empty line, as no action is above."""
    rows, action = setting.table.rows, setting.layout.at(LogColumn.ACTION)
    alone = [row.filled == (action,) for row in rows]
    end = next((at + 1 for at in range(len(rows) - 1, start, -1) if not alone[at]), start)
    gap = end > start and end < len(rows) and rows[end].number > rows[end - 1].number + 1
    return end if gap and not any(alone[start:end]) else len(rows)


def _is_heading_again(setting: RowSetting, at: int, *, below: bool) -> bool:
    """Return whether a row has the headings above it once more, or goes on with the row of headings it is `below`."""
    rows = setting.table.rows
    again = tuple(" ".join(cell.split()) for cell in rows[at].cells) == setting.layout.headings
    return again or (below and has_sub_heading(rows, at - 1))


def _continues(log: LogState, setting: RowSetting, row: TableRow) -> bool:
    """Return whether a row goes on with the action above it: more of its update, and neither an action nor a ref."""
    above = log.found[-1] if log.found else None
    if above is not None and above.table is setting.table and _update_under(setting, row):
        return True
    columns = {
        setting.layout.columns.get(place, LogColumn.PRINTED)
        for place in row.filled
        if above is None or row.cells[place] != "".join(above.row.cells[place : place + 1])
    }
    return (
        above is not None
        and above.table is setting.table
        and 0 not in row.filled
        and bool(columns)
        and columns <= {LogColumn.UPDATE, LogColumn.PRINTED}
        and (len(row.filled) > 1 or LogColumn.UPDATE in columns)
    )


def _update_under(setting: RowSetting, row: TableRow) -> re.Match[str] | None:
    """Return the head of an update in the column of actions, below its action: "Update 16/4: first month is filled"."""
    action = setting.layout.at(LogColumn.ACTION)
    return _UPDATE.match(row.cells[action]) if action and row.filled == (action,) else None


def _continue(log: LogState, setting: RowSetting, row: TableRow) -> None:
    above = log.found[-1]
    update = " ".join((above.action.update, *setting.cell(row, LogColumn.UPDATE).split())).strip()
    under = _update_under(setting, row)
    if under is not None:
        update = " ".join((above.action.update, *under.string[under.end() :].split())).strip()
    day = next((day for place in row.filled if (day := _own_day(log, setting, row, place))), None)
    if day is not None and day >= (above.action.updated or day):
        update = " ".join(setting.cell(row, LogColumn.UPDATE).split()) or above.action.update
        above.action = replace(above.action, updated=day, printed=f"{above.action.printed} · {above.action.update}")
    others = [
        f"{setting.layout.heading(place)}: {' '.join(row.cells[place].split())}"
        for place in row.filled
        if setting.layout.columns.get(place, LogColumn.PRINTED) is LogColumn.PRINTED
    ]
    printed = " · ".join(filter(None, (above.action.printed, *others, under[0].strip() if under else "")))
    if len(update) > MAX_WORDS or len(printed) > MAX_PRINTED:
        raise Refusal(f"{log.label}, {setting.table.place(row)} makes the action above it too long: shorten it.")
    above.action = replace(above.action, update=update, printed=printed)


def _own_day(log: LogState, setting: RowSetting, row: TableRow, place: int) -> date | None:
    """Return the day of an update on a row of its own, which stands in a column that is no field."""
    if setting.layout.columns.get(place) is not LogColumn.PRINTED or not is_whole_day(row.cells[place]):
        return None
    return read_due_cell(row.cells[place], log.day).day


def _stand_under(log: LogState, setting: RowSetting, section: str) -> None:
    """Take what a section says for the rows below it; a numbered one inside a priority leaves that as it is."""
    meaning = read_section(section, log.plan)
    if meaning.day is not None:
        gave = meaning.gave or (meaning.day in log.plan.meetings and not _OTHER_DAY.search(fold(section)))
        setting.given = replace(meaning, gave=gave)
    elif meaning.priority is not None or names_priority(section) or leading_ref(section) is None:
        setting.serves = meaning if meaning.priority is not None else None


def _section(log: LogState, setting: RowSetting, at: int) -> str | None:
    """Return the words of a row that stands over others, or None for an action."""
    rows, layout = setting.table.rows, setting.layout
    row = rows[at]
    filled = row.filled
    action = layout.at(LogColumn.ACTION)
    if len(filled) == 1 and len(layout.columns) > 2:
        text = " ".join(row.cells[filled[0]].split())
        stands_over = (action == 0 and (_stands_over(log, text) or _is_title(setting, at))) or (
            (is_heading_line(text) or says_over(text)) and at + 1 < len(rows) and len(rows[at + 1].filled) > 1
        )
        return text if filled[0] != action or stands_over else None
    ref = _printed_ref(setting, row) if layout.at(LogColumn.REF) is not None or action == 0 else ""
    following = _printed_ref(setting, rows[at + 1]) if at + 1 < len(rows) else ""
    says_how = any(layout.columns.get(place) in _SAYS_HOW for place in filled)
    if ref and is_under(following, ref) and (not says_how or _is_summary(setting, at)):
        return " ".join(" ".join(row.cells[place].split()) for place in filled)
    return None


def _is_summary(setting: RowSetting, at: int) -> bool:
    """Return whether nobody leads a row, and somebody the one below: it sums up what is under it."""
    lead = setting.layout.at(LogColumn.LEAD)
    return lead is not None and lead not in setting.table.rows[at].filled and lead in setting.table.rows[at + 1].filled


def _is_note(setting: RowSetting, at: int) -> bool:
    """Return whether a row of one cell is a note: it says so, or speaks of a column under the last action."""
    rows = setting.table.rows
    text = next(filter(None, rows[at].cells))
    about, colon, _ = text.partition(":")
    headings = {heading.casefold() for heading in setting.layout.headings if heading}
    last = all(len(row.filled) == 1 for row in rows[at:])
    return (
        is_note(text)
        or is_about_the_log(text, last=last)
        or (last and bool(colon) and about.strip().casefold() in headings)
    )


def _is_title(setting: RowSetting, at: int) -> bool:
    """Return whether a row alone is a heading: a word or two that bid nothing, over a row with more cells."""
    rows = setting.table.rows
    text = next(filter(None, rows[at].cells))
    short = len(text.split()) <= _WORDS_OF_A_TITLE and not bids(text)
    return short and text[-1].isalpha() and at + 1 < len(rows) and len(rows[at + 1].filled) > _CELLS_OF_A_TITLE


def _stands_over(log: LogState, text: str) -> bool:
    meaning = read_section(text, log.plan)
    return meaning.day is not None or meaning.priority is not None or names_priority(text)


def _printed_ref(setting: RowSetting, row: TableRow) -> str:
    said = setting.cell(row, LogColumn.REF)
    if said:
        return said.strip().rstrip(".:)")
    places = dict.fromkeys((setting.layout.at(LogColumn.ACTION) or 0, 0))
    found = (leading_ref(row.cells[place]) for place in places if place < len(row.cells))
    return next((one[1] for one in found if one is not None), "")
