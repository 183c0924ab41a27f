"""Tell where in a workbook something is (`Actions!F12`), and report problems with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models.files.planfile.problems import Problem, Problems, ValuePath, printable_line, value_said
from models.files.workbook.column_kinds import Column, Sheet
from models.files.workbook.columns import PLAN, SHEETS

_HINT = re.compile(r"`(\w+):(?: *([^`]*))?`")
_MISSING = "this is missing"
_SECTIONS = {sheet.section: sheet for sheet in (PLAN, *SHEETS)}

CellOrder = tuple[int, int, str]
"""How a cell sorts: by its sheet, row and column."""


@dataclass
class CellAddresses:
    """The sheet and row of each part and the letter of each column; fills while a workbook is read."""

    rows: dict[ValuePath, tuple[Sheet, int]] = field(default_factory=dict)
    letters: dict[tuple[str, str], str] = field(default_factory=dict)
    """By sheet title and heading."""
    cells: dict[ValuePath, str] = field(default_factory=dict)
    """The cells of the sheet Plan, where each value has its own row."""
    titles: dict[str, str] = field(default_factory=dict)
    """What each sheet is called in this workbook."""

    def locate(self, sheet: Sheet, row: int, column: Column | None) -> tuple[CellOrder, str]:
        """Return how a cell sorts, and where it is: `Actions!F12`, or without a column `Actions row 12`."""
        title = self.titles.get(sheet.title, sheet.title)
        letter = self.letters.get((sheet.title, column.heading), "") if column else ""
        where = f"{title}!{letter}{row}" if letter else f"{title} row {row}"
        return (SHEETS.index(sheet) if sheet in SHEETS else -1, row, letter.rjust(3)), where

    def at(self, path: ValuePath) -> tuple[CellOrder, str]:
        """Return how the path of a value sorts, and where it is in words."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.cells:
                return (-1, 0, ""), self.cells[path[:end]]
            if path[:end] in self.rows:
                sheet, row = self.rows[path[:end]]
                return self.locate(sheet, row, _column(sheet, path[end:]))
        found = _SECTIONS.get(str(path[0])) if path else None
        title = self.titles.get(found.title, found.title) if found else "the workbook"
        column = _column(found, path[1:]) if found else None
        return (SHEETS.index(found) if found in SHEETS else -1, 0, ""), title + (
            f", {column.heading}" if column and found is PLAN else ""
        )


def _column(sheet: Sheet, path: ValuePath) -> Column | None:
    keys = tuple(str(step) for step in path if not isinstance(step, int))
    if sheet.section == "meetings" and keys == ("expected",):
        keys = ("date",)
    for end in range(len(keys), 0, -1):
        found = [column for column in sheet.columns if column.path[:end] == keys[:end]]
        if found:
            return found[0]
    return None


class SheetProblems(Problems):
    """Problems of a workbook, each with its sheet, row and column, worded with its headings."""

    def __init__(self, places: CellAddresses) -> None:
        super().__init__({})
        self.places = places
        self.order: dict[Problem, CellOrder] = {}
        self.said_already: set[tuple[str, str]] = set()
        """Sections, and keys in them, that are missing as a whole: not said once more for each row."""
        self.cells_said: set[str] = set()
        """Cells that could not be read: what the checks find wrong with what was put in their place is not said."""

    def where(self, path: ValuePath) -> str:
        """Return the cell a path is in."""
        return self.places.at(path)[1]

    def add(self, path: ValuePath, wrong: str, right: str, said: object = None) -> None:
        """Add one problem at `path`."""
        if path in self.said:
            return
        section = str(path[0]) if path else ""
        if section == "boards" and "meetings" in path[:3] and len(path) > 3:
            section = "meetings"
        if wrong == _MISSING and {(section, ""), (section, str(path[-1]))} & self.said_already:
            return
        order, cell = self.places.at(path)
        if cell in self.cells_said:
            return
        if section in _SECTIONS and (absent := self._absent(_SECTIONS[section], right)):
            # What a column that is not there would say is one problem, not one a row.
            if (section, wrong) in self.said_already:
                return
            self.said_already.add((section, wrong))
            right = (
                f"{right}; there is no column {absent} in {self.places.titles.get(_SECTIONS[section].title, section)}"
            )
        self._note(order, cell, wrong, right, said)

    def _absent(self, sheet: Sheet, right: str) -> str:
        """Return the heading of a column that a hint names and the sheet has not; "" where it has them all."""
        keys = {hint[1] for hint in _HINT.finditer(right)}
        named = (column.heading for column in sheet.columns if column.path and column.path[0] in keys)
        absent = (one for one in named if (sheet.title, one) not in self.places.letters)
        return "" if sheet is PLAN else next(absent, "")

    def has_names(self, section: str) -> bool:
        """Return whether the sheet of a section is there, with the column of its names."""
        return not {(section, key) for key in (section, "", "name", "title")} & self.said_already

    def add_cell(self, sheet: Sheet, row: int, column: Column | None, wrong: str, right: str, said: str = "") -> None:
        """Add one problem of a cell."""
        order, cell = self.places.locate(sheet, row, column)
        self.cells_said.add(cell)
        self._note(order, cell, wrong, right, said)

    def add_sheet(self, where: str, wrong: str, right: str) -> None:
        """Add one problem of a whole sheet, or of the workbook."""
        self._note((-2, 0, ""), where, wrong, right)

    def _note(self, order: CellOrder, cell: str, wrong: str, right: str, said: object = None) -> None:
        """Keep a problem, in the words of a workbook."""
        problem = Problem(cell, None, value_said(said), in_headings(wrong), in_headings(right), cell)
        self.order.setdefault(problem, order)
        self.found.append(problem)

    def in_order(self) -> tuple[Problem, ...]:
        """Return every problem once, in the order of the sheets, rows and columns."""
        return tuple(sorted(self.order, key=lambda problem: self.order[problem]))


def in_headings(text: str) -> str:
    """Reword a hint for a plan file (``write `theme: heard` ``) with a workbook's headings."""
    return printable_line(_HINT.sub(_heading, text)).replace("under the sheet", "on the sheet")


_HEADINGS = {
    column.path[0] if len(column.path) == 1 else "/".join(column.path): column.heading
    for sheet in (*SHEETS, PLAN)
    for column in sheet.columns
    if column.path and column.path[-1] not in ("note", "key")
} | {
    "agreed": "Agreed at", "given": "Given at", "email": "the e-mail address", "slack": "the Slack ID",
    "words": "Action", "date": "Date", "expected": "Date", "name": "Name",
}  # fmt: skip


def _heading(found: re.Match[str]) -> str:
    key, value = found[1], found[2] or ""
    if key in _SECTIONS and not value:
        return f"the sheet {_SECTIONS[key].title}"
    value = re.sub(r"^\{meeting: (.*)\}$|^\[(.*)\]$", r"\1\2", value)
    heading = _HEADINGS.get(key, key)
    return f"{value} under {heading}" if value else heading
