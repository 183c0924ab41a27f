"""Write a plan as a workbook that is read on screen, printed, filled in, and imported again as the same plan."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from models.enums import Status
from models.errors import Refusal
from models.files.planfile import PlanFile
from models.files.planfile.part_names import EXAMPLE_MARK, PartNames
from models.files.planfile.writer import plan_values
from models.files.workbook.cell_lists import ITEMS, join_cell
from models.files.workbook.column_kinds import LIST_FORMS, CellForm, Column, Sheet
from models.files.workbook.columns import (
    ACTIONS,
    MEETINGS,
    NOTES_SHEET,
    PLAN,
    PRINTED_COLUMNS,
    REVISION_SHEET,
    SHEETS,
    WORDS_SHEET,
)
from models.files.workbook.notes import NOTES_TEXT
from models.files.workbook.styles import DATE_FORMAT, TEXT_FORMAT, CellLook, WritableSheet, set_up_page, style_cell

MAX_CELL = 32_767
SPARE_ROWS = 1_000
"""How far below the last row the drop-downs reach, for rows that are added."""
_FORMULA = ("=", "+", "-", "@")
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

RowTexts = Mapping[Column, str]
"""The texts of one row, by column."""


@dataclass(frozen=True)
class ExportExtras:
    """What an export shows beside the plan: `shown` by ref and heading, its title, and the day and revision."""

    shown: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    title: str = ""
    footer: str = ""
    tick: Callable[[int, int], object] = lambda done, total: None
    """Called with how many rows of Actions are written, and how many there are."""


def plan_workbook(plan: PlanFile, extra: ExportExtras) -> bytes:
    """Return a plan, and what is shown beside it, as a workbook.

    Raises:
        Refusal: a list is too long for a cell (YAML has room for it).
    """
    values = plan_values(plan)
    names = PartNames.of(values)
    book = _Book(extra)
    head = {**values["plan"], **{section: values.get(section, []) for section in ("administrators", "quiet")}}
    book.plan({column: _text(column, head, names) for column in PLAN.columns})
    for sheet in SHEETS:
        book.table(sheet, [_row(sheet, part, names, extra) for part in _parts(sheet, values)])
    book.notes()
    if plan.exported is not None:
        parts = [(part.of, part.was) for part in plan.exported.parts]
        book.revision([("exported", plan.exported.on.isoformat(), plan.exported.revision), *parts])
    return book.saved()


def template_workbook() -> bytes:
    """Return the workbook to fill in: every sheet with one example row, the drop-downs, and the notes."""
    book = _Book(ExportExtras(title="Plan to fill in", footer="Fill in and import with: cypp import FILE.xlsx"))
    book.plan({}, with_examples=True)
    for sheet in SHEETS:
        first = sheet.columns[0]
        worked = {column: column.example for column in sheet.columns} | {first: f"{EXAMPLE_MARK} {first.example}"}
        book.table(sheet, [worked], worked=True)
    book.notes()
    return book.saved()


def _parts(sheet: Sheet, values: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    if sheet is not MEETINGS:
        return cast(Iterable[Mapping[str, Any]], values.get(sheet.section, []))
    return ({**meeting, "board": board["key"]} for board in values["boards"] for meeting in board.get("meetings", []))


def _row(sheet: Sheet, part: Mapping[str, Any], names: PartNames, extra: ExportExtras) -> RowTexts:
    row = {column: _text(column, part, names) for column in sheet.columns if column.path}
    if sheet is ACTIONS:
        shown = extra.shown.get(part["ref"], {})
        row |= {column: shown.get(column.heading, "") for column in sheet.columns if column.form is CellForm.SHOWN}
        first = next(column for column in sheet.columns if column.path == ("first_due",))
        row[first] = row[first] or str(part.get("due", ""))
    return row


def _text(column: Column, part: Mapping[str, Any], names: PartNames) -> str:
    """Return the text of one column of a part of the plan, before `_cell` gives it its form."""
    value: Any = part
    for key in column.path:
        value = value.get(key) if isinstance(value, Mapping) else None
    if column.path == ("date",) and value is None:
        value = part.get("expected")
    if value is None:
        return ""
    if column.form is CellForm.NAME:
        return names.said(column.of, value)
    if column.form is CellForm.NAMES:
        return join_cell((names.said(column.of, key) for key in value), ";\n")
    if column.form is CellForm.NUMBERS:
        return ", ".join(value)
    if column.form in ITEMS:
        return join_cell(map(ITEMS[column.form][1], value), ";\n")
    return join_cell(value) if column.form is CellForm.TEXTS else str(value)


class _Book:
    """A workbook being written, one sheet after the other."""

    def __init__(self, extra: ExportExtras) -> None:
        self.book = Workbook(write_only=True)
        self.extra = extra

    def saved(self) -> bytes:
        """Return the bytes of the workbook."""
        whole = io.BytesIO()
        self.book.save(whole)
        return whole.getvalue()

    def _sheet(self, title: str, widths: Sequence[int], repeated: bool = True) -> WritableSheet:
        sheet: WritableSheet = self.book.create_sheet(title)
        for at, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        set_up_page(sheet, f"{self.extra.title} · {title}" if self.extra.title else title, self.extra.footer, repeated)
        return sheet

    def plan(self, texts: RowTexts, *, with_examples: bool = False) -> None:
        """Write the sheet Plan, with one value in each row."""
        sheet = self._sheet(PLAN.title, [18, 56, 50])
        sheet.freeze_panes = "A2"
        headings = ["What", "Write it here", "For example" if with_examples else "What it is"]
        sheet.append([_heading(sheet, text) for text in headings])
        for column in PLAN.columns:
            aside = f"{EXAMPLE_MARK} {column.example}" if with_examples else column.note
            sheet.append([
                _plain(sheet, column.heading), _cell(sheet, column, texts.get(column, "")),
                _plain(sheet, aside, worked=True),
            ])  # fmt: skip

    def table(self, sheet: Sheet, rows: Sequence[RowTexts], *, worked: bool = False) -> None:
        """Write one of the sheets that are tables: headings, rows, drop-downs, filter."""
        made = self._sheet(sheet.title, [column.width for column in sheet.columns])
        made.freeze_panes = "B2"
        last = get_column_letter(len(sheet.columns))
        made.auto_filter.ref = f"A1:{last}{max(len(rows) + 1, 2)}"
        for at, column in enumerate(sheet.columns, 1):
            if rule := _drop_down(column, worked):
                letter = get_column_letter(at)
                rule.add(f"{letter}2:{letter}{len(rows) + SPARE_ROWS}")
                made.data_validations.append(rule)
        if sheet is ACTIONS:
            made.print_area = f"A1:{get_column_letter(PRINTED_COLUMNS)}{len(rows) + (50 if worked else 1)}"
        made.append([_heading(made, column.heading, column) for column in sheet.columns])
        for number, row in enumerate(rows, 1):
            made.append([_cell(made, column, row.get(column, ""), worked) for column in sheet.columns])
            if sheet is ACTIONS:
                self.extra.tick(number, len(rows))

    def notes(self) -> None:
        """Write the sheet of notes: how to fill the workbook in, and what each column is."""
        sheet = self._sheet(NOTES_SHEET, [22, 24, 90], repeated=False)
        for line in NOTES_TEXT:
            sheet.append([_plain(sheet, line, wrap=False)])
        sheet.append([])
        sheet.append([_heading(sheet, text) for text in ("Sheet", "Column", "What to write")])
        for table in (PLAN, *SHEETS):
            sheet.append([_plain(sheet, text) for text in (table.title, "", table.note)])
            for column in table.columns:
                words = f" ({', '.join(column.words)})" if column.words else ""
                shown = " (shown in exports, not read)" if column.form is CellForm.SHOWN else ""
                needed = " Needed." if column.needed else ""
                sheet.append([
                    _plain(sheet, text) for text in ("", column.heading, f"{column.note}{words}{shown}.{needed}")
                ])  # fmt: skip
        words = self.book.create_sheet(WORDS_SHEET)
        words.sheet_state = "hidden"
        for word in _LISTED:
            words.append([word])

    def revision(self, rows: Iterable[Sequence[str]]) -> None:
        """Write the hidden sheet of fingerprints of the plan as it was exported."""
        sheet = self.book.create_sheet(REVISION_SHEET)
        sheet.sheet_state = "hidden"
        for row in rows:
            sheet.append([_plain(sheet, text, styled=False) for text in row])


def _drop_down(column: Column, worked: bool) -> DataValidation | None:
    """Return what a column may be chosen from. Names may also be a key or an alias, so those only warn."""
    first = 3 if worked else 2
    if column.words == _LISTED:
        source = f"={WORDS_SHEET}!$A$1:$A${len(_LISTED)}"
    elif column.words:
        source = f'"{",".join(column.words)}"'
    elif column.form is CellForm.NAME or column.path in (("due",), ("first_due",)):
        title, letter = _SOURCES[column.of] if column.of else (MEETINGS.title, "B")
        source = f"={title}!${letter}${first}:${letter}${SPARE_ROWS}"
    else:
        return None
    rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorTitle = column.heading
    if column.words:
        rule.error = f"Choose one of: {', '.join(column.words)}."[:250]
    else:
        rule.errorStyle = "warning"
        rule.error = f"This is not listed on the sheet {title}."
    return rule


_SOURCES = {
    sheet.section: (sheet.title, get_column_letter(2))
    for sheet in SHEETS
    if sheet.columns[0].path[0] in ("key", "number")
}
_LISTED = tuple(str(status) for status in Status)


def _heading(sheet: WritableSheet, text: str, column: Column | None = None) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    shown = column is not None and column.form is CellForm.SHOWN
    style_cell(cell, CellLook.HEADING_SHOWN if shown else CellLook.HEADING)
    return cell


def _plain(sheet: WritableSheet, text: str, *, worked: bool = False, wrap: bool = True, styled: bool = True) -> Cell:
    cell = WriteOnlyCell(sheet)
    _set_text(cell, text)
    if styled:
        style_cell(cell, (CellLook.WORKED_NOTE if worked else CellLook.NOTE) if wrap else CellLook.LINE)
    return cell


def _cell(sheet: WritableSheet, column: Column, text: str, worked: bool = False) -> Cell:
    """Return one cell with its value in the form a spreadsheet has for it, and its looks."""
    cell = WriteOnlyCell(sheet)
    number_format = ""
    if column.form in (CellForm.DATE, CellForm.WHEN) and len(text) == 10 and text[4] == "-":
        cell.value = date.fromisoformat(text)
        number_format = DATE_FORMAT
    elif column.form is CellForm.NUMBER and text.isdecimal():
        cell.value = int(text)
    else:
        _set_text(cell, text)
        if column.form in (CellForm.CODE, CellForm.NUMBERS, CellForm.TIME, CellForm.WHEN) or column.form in LIST_FORMS:
            number_format = TEXT_FORMAT
    coloured = not worked and column.path == ("status",) and text
    style_cell(
        cell,
        CellLook.WORKED if worked else CellLook.BODY,
        status=Status(text) if coloured else None,
        number_format=number_format,
        quoted=text.startswith(_FORMULA),
    )
    return cell


def _set_text(cell: Cell, text: str) -> None:
    """Put people's words into a cell as words: nothing that is typed becomes a formula."""
    if not text:
        return
    if len(text) > MAX_CELL:
        raise Refusal("A list in the plan is too long for a cell of a workbook: export to a .yaml file instead.")
    # Text that looks like one of a workbook's own codes (_x000D_) is escaped.
    cell.value = _CODE.sub("_x005F_", text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd"))
    cell.data_type = "s"
