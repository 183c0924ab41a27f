"""Read a workbook into a `PlanFile`, or report every problem in it at once: the same schema and checks as for YAML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from models.files.planfile import PlanFile, PlanFileRefused, Problem
from models.files.planfile.document import MAX_ACTIONS
from models.files.planfile.fields import is_month
from models.files.planfile.key_names import same_word
from models.files.planfile.part_names import PartNames
from models.files.planfile.problems import Unreadable, ValuePath, listing, shorten_value
from models.files.planfile.reader import checked_plan
from models.files.planfile.references import name_parts
from models.files.planfile.written_dates import normalise_when
from models.files.workbook.archive import NotAWorkbook
from models.files.workbook.cell_addresses import CellAddresses, SheetProblems
from models.files.workbook.cells import cell_text, listed_value
from models.files.workbook.column_kinds import LIST_FORMS, CellForm, Column
from models.files.workbook.columns import ACTIONS, BOARDS, MEETINGS, PLAN, REVISION_SHEET, SHEETS
from models.files.workbook.sheets import (
    HeadingWords,
    OpenWorkbook,
    Table,
    is_worked_row,
    open_workbook,
    rows_of,
    table_of,
    too_many_rows,
)

_UNREAD = "?"
"""Stands for a cell that could not be read, so that it does not count as left empty."""

_BOARD, _DAY = (next(one for one in MEETINGS.columns if one.path == (key,)) for key in ("board", "date"))
_REF, _WORDS = (next(one for one in ACTIONS.columns if one.path == (key,)) for key in ("ref", "words"))

_Tick = Callable[[int, int], object]


@dataclass(frozen=True)
class WorkbookRead:
    """A valid workbook: the plan, what of the workbook was not read, and where each value is."""

    plan: PlanFile
    notes: tuple[str, ...]
    places: CellAddresses

    def cell(self, path: ValuePath) -> str:
        """Return the cell of a value: `Actions!F12`."""
        return self.places.at(path)[1]


def read_workbook(
    data: bytes,
    name: str,
    tick: _Tick = lambda done, total: None,
    also_called: HeadingWords = lambda heading: (),
) -> WorkbookRead:
    """Return the plan that a workbook holds; `tick` is called with how many actions are read.

    1. Look at the bytes before parsing them. 2. Find the sheets and their headings. 3. Take each row's cells, with
    names turned into the keys a plan file has. 4. Check all of it as a plan file is checked.

    Raises:
        PlanFileRefused: and nothing else, whatever the bytes.
    """
    places = CellAddresses()
    problems = SheetProblems(places)
    try:
        book = open_workbook(data, places, problems, also_called)
        reader = _Reader(book, places, problems, tick, also_called)
        values = reader.values()
    except NotAWorkbook as unreadable:
        raise PlanFileRefused(name, [Problem("(file)", None, None, unreadable.wrong, unreadable.right)]) from unreadable
    return WorkbookRead(checked_plan(values, problems, name), tuple(reader.notes()), places)


class _Reader:
    """Turn the rows of an open workbook into the raw values of a plan file."""

    def __init__(
        self,
        book: OpenWorkbook,
        places: CellAddresses,
        problems: SheetProblems,
        tick: _Tick,
        also_called: HeadingWords,
    ) -> None:
        self.tick, self.also_called = tick, also_called
        self.book, self.places, self.problems = book, places, problems
        self.names = PartNames()
        self.sections: dict[str, list[dict[str, Any]]] = {}
        self.unread: list[str] = []
        self.read_as: list[str] = []
        self.merged: dict[tuple[str, int, int], Any] = {}

    def values(self) -> dict[str, Any]:
        """Return everything the workbook says, as `read_document` gives the values of a YAML file."""
        values: dict[str, Any] = self._plan() if PLAN.title in self.book.sheets else {}
        for sheet in SHEETS:
            if sheet.title not in self.book.sheets:
                continue
            table = table_of(sheet, self.book, self.places, self.problems, self.also_called)
            self.read_as += table.read_as
            self.unread += [f"{self.places.titles[sheet.title]}: {shorten_value(heading)}" for heading in table.unread]
            if sheet is MEETINGS:
                self._meetings(table)
                continue
            self.sections[sheet.section] = parts = self._parts(table)
            if sheet is BOARDS:
                name_parts(sheet.section, parts)
                self.names.learn(sheet.section, parts)
        values |= {section: parts for section, parts in self.sections.items() if parts or section == "boards"}
        if REVISION_SHEET in self.book.sheets:
            values["exported"] = self._exported()
        return values

    def notes(self) -> list[str]:
        """Return what was not read, in sentences."""
        said = []
        if self.book.others:
            said.append(f"Sheets that were not read: {listing([shorten_value(title) for title in self.book.others])}.")
        if self.read_as:
            said.append(f"Headings of Actions read as others: {listing(self.read_as, 40)}.")
        if self.unread:
            said.append(f"Columns that were not read: {listing(self.unread)}.")
        return said

    def _plan(self) -> dict[str, Any]:
        plan: dict[str, Any] = {}
        whole: dict[str, Any] = {"plan": plan}
        known = {same_word(name): column for column in PLAN.columns for name in (column.heading, *column.also)}
        title = self.places.titles[PLAN.title]
        for number, row in rows_of(self.book.sheets[PLAN.title]):
            for at, cell in enumerate(row[:-1]):
                said = cell.value
                column = known.get(same_word(said)) if isinstance(said, str) else None
                if column is None or column.path[0] in plan:
                    continue
                where = f"{title}!{get_column_letter(at + 2)}{number}"
                at_path = column.path if column.path in (("administrators",), ("quiet",)) else ("plan", *column.path)
                self.places.cells.setdefault(at_path, where)
                try:
                    text = _text(row[at + 1], column)
                except Unreadable as wrong:
                    self.problems.add_sheet(where, wrong.wrong, wrong.right)
                    break
                if text:
                    _put(whole if column.form in LIST_FORMS else plan, column.path, _value(column, text))
                break
        return whole

    def _parts(self, table: Table) -> list[dict[str, Any]]:
        parts: list[dict[str, Any]] = []
        for number, row in table.rows:
            part = self._part(table, number, row)
            if part is None:
                continue
            self.places.rows[(table.sheet.section, len(parts))] = (table.sheet, number)
            parts.append(part)
            if table.sheet is ACTIONS:
                self.tick(len(parts), self.book.found[ACTIONS.title].rows)
            if len(parts) > MAX_ACTIONS:
                raise too_many_rows(table, len(parts), MAX_ACTIONS)
        return parts

    def _part(self, table: Table, number: int, row: Sequence[Any]) -> dict[str, Any] | None:
        """Return the values of one row; None where it is empty or an example row."""
        part: dict[str, Any] = {}
        texts: list[tuple[Column, str]] = []
        wrong: list[tuple[Column, Unreadable]] = []
        for at, column in table.columns.items():
            cell = row[at] if at < len(row) else None
            if table.covered and (number, at) in table.covered:
                # Merged cells are a problem already; what they stand for is filled in so that they are the only one.
                top = table.covered[(number, at)]
                cell = self.merged.setdefault((table.sheet.title, *top), cell)
            if cell is None or cell.value is None:
                continue
            try:
                text = _text(cell, column)
            except Unreadable as odd:
                wrong.append((column, odd))
                continue
            if text:
                texts.append((column, text))
        if (not texts and not wrong) or is_worked_row([text for _, text in texts]):
            return None
        if table.sheet is ACTIONS and [column for column, _ in texts] in ([_REF], [_WORDS]):
            right = "fill in the rest, or take the row out"
            self.problems.add_cell(ACTIONS, number, texts[0][0], "nothing else stands in this row", right, texts[0][1])
            return None
        for column, text in texts:
            if column.form is not CellForm.SHOWN:
                _put(part, column.path, _value(column, text))
        for column, unreadable in wrong:
            if column.form is not CellForm.SHOWN:
                self.problems.add_cell(table.sheet, number, column, unreadable.wrong, unreadable.right)
                _put(part, column.path, [_UNREAD] if column.form in LIST_FORMS else _UNREAD)
        first, due = (normalise_when(part.get(name, "")) for name in ("first_due", "due"))
        if first and first == due and "first_due_board" not in part:
            del part["first_due"]
        return part or None

    def _meetings(self, table: Table) -> None:
        """Put each meeting under its board."""
        boards = self.sections.get("boards", [])
        place = {board["key"]: at for at, board in reversed(list(enumerate(boards))) if "key" in board}
        for number, row in table.rows:
            meeting = self._part(table, number, row)
            if meeting is None:
                continue
            said = meeting.pop("board", None)
            said = None if said is None else self.names.key("boards", said)
            at = place.get(said) if said is not None else (0 if len(boards) == 1 else None)
            if at is None:
                right = f"write one of the boards of the sheet Boards ({listing(sorted(place)) or 'it has none yet'})"
                if said is None and ("meetings", "board") not in self.problems.said_already:
                    self.problems.add_cell(table.sheet, number, _BOARD, "this is missing", right)
                elif said is not None and "Boards" in self.book.sheets and self.problems.has_names("boards"):
                    self.problems.add_cell(table.sheet, number, _BOARD, "no board has this name or key", right, said)
                self._of_some_board(table, number, boards)
                continue
            when = meeting.pop("date", None)
            if when is None:
                right = "write 2020-09-16, or its month (2020-12) while the day is to be confirmed"
                if ("meetings", "date") not in self.problems.said_already:
                    self.problems.add_cell(table.sheet, number, _DAY, "this meeting has no date", right)
                self.problems.cells_said.add(self.places.locate(table.sheet, number, _DAY)[1])
                meeting["date"] = _UNREAD
            else:
                meeting["expected" if is_month(when) else "date"] = when
            meetings = boards[at].setdefault("meetings", [])
            self.places.rows[("boards", at, "meetings", len(meetings))] = (table.sheet, number)
            meetings.append(meeting)

    def _of_some_board(self, table: Table, number: int, boards: list[dict[str, Any]]) -> None:
        """Give a meeting whose board cannot be told to every board, so that what is due at it is no mistake."""
        self.problems.cells_said.add(self.places.locate(table.sheet, number, _DAY)[1])
        for at, board in enumerate(boards):
            meetings = board.setdefault("meetings", [])
            self.places.rows[("boards", at, "meetings", len(meetings))] = (table.sheet, number)
            meetings.append({"date": _UNREAD})

    def _exported(self) -> dict[str, Any]:
        """Read the hidden sheet of an export: its first row is the day and the revision, the others are the parts."""
        exported: dict[str, Any] = {}
        parts: list[dict[str, str]] = []
        for number, row in rows_of(self.book.sheets[REVISION_SHEET]):
            texts = [str(cell.value or "") for cell in row[:3]]
            if number == 1:
                exported |= {"on": texts[1], "revision": texts[2]}
            elif texts[0]:
                parts.append({"of": texts[0], "was": texts[1]})
        return {**exported, "parts": parts}


def _text(cell: Any, column: Column) -> str:
    # What an empty cell is read as has neither a format nor a type. A text's format says nothing, and is slow to find.
    number_format = "" if isinstance(cell.value, str) else str(getattr(cell, "number_format", None) or "General")
    return cell_text(cell.value, column.form, number_format, is_error=getattr(cell, "data_type", "") == "e")


def _value(column: Column, text: str) -> Any:
    listed = column.form in LIST_FORMS and column.form not in (CellForm.NAMES, CellForm.NUMBERS)
    return listed_value(text, column.form) if listed else text


def _put(part: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    inner = part
    for key in path[:-1]:
        inner = inner.setdefault(key, {})
    if value is not None:
        inner[path[-1]] = value
