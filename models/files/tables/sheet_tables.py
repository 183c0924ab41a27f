"""Read every sheet of an Excel workbook as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import coordinate_to_tuple

from models.files.planfile.problems import Unreadable, listing
from models.files.tables.table_rows import STRUCK, STRUCK_END, PlainTable, TableRow, table_rows
from models.files.workbook.archive import NotAWorkbook, SheetScan
from models.files.workbook.cells import cell_text, shows_month_only
from models.files.workbook.column_kinds import CellForm
from models.files.workbook.sheets import open_sheets, rows_of

_MOST_COVERED = 1_000


def workbook_tables(data: bytes) -> tuple[PlainTable, ...]:
    """Return each sheet that says something; the value of cells that are merged downwards stands in each row.

    Raises:
        NotAWorkbook: it cannot be read, or a formula has no value.
    """
    sheets = open_sheets(data, (STRUCK, STRUCK_END))
    empty = [f"{title}!{cell}" for title, (_, scan) in sheets.items() for cell in scan.uncached]
    if empty:
        raise NotAWorkbook(f"formulas have no value in the file ({listing(empty, 5)})", "open it in Excel and save it")
    tables = [(title, _merged(table_rows(_texts(sheet)), scan)) for title, (sheet, scan) in sheets.items()]
    several = sum(1 for _, rows in tables if rows) > 1
    return tuple(PlainTable(title if several else "", rows) for title, rows in tables if rows)


def _texts(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    struck = _struck_styles(sheet.parent)
    for number, row in rows_of(sheet):
        last = next((at for at in range(len(row) - 1, -1, -1) if row[at] is not EMPTY_CELL), -1)
        texts = [_text(cell) for cell in row[: last + 1]]
        if struck:
            for at, cell in enumerate(row[: last + 1]):
                if texts[at] and STRUCK not in texts[at] and getattr(cell, "_style_id", None) in struck:
                    texts[at] = f"{STRUCK}{texts[at]}{STRUCK_END}"
        yield number, texts


def _struck_styles(book: Any) -> frozenset[int]:
    """Return the styles whose text is struck out; looked up once, because asking each cell takes long."""
    fonts = {at for at, font in enumerate(book._fonts) if font.strike}
    return frozenset(at for at, style in enumerate(book._cell_styles) if style.fontId in fonts)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    number_format = str(getattr(cell, "number_format", None) or "General")
    if hasattr(value, "month") and value.day == 1 and shows_month_only(number_format):
        return f"{value:%B %Y}"
    if "%" in number_format and isinstance(value, int | float):
        return f"{value:.0%}"
    try:
        return cell_text(value, CellForm.TEXT, number_format)
    except Unreadable:
        return str(value)


def _merged(rows: tuple[TableRow, ...], scan: SheetScan) -> tuple[TableRow, ...]:
    """Return rows in which the value of cells that are merged downwards stands in each of them."""
    down: dict[int, dict[int, str]] = {}
    by_number = {row.number: row for row in rows}
    for first, last in scan.merged[:_MOST_COVERED]:
        (row, column), (last_row, _) = coordinate_to_tuple(first), coordinate_to_tuple(last)
        top = by_number.get(row)
        if last_row == row or top is None or column > len(top.cells):
            continue
        for number in range(row + 1, min(last_row, row + _MOST_COVERED) + 1):
            down.setdefault(number, {})[column - 1] = top.cells[column - 1]
    return tuple(_filled(row, down[row.number]) if row.number in down else row for row in rows)


def _filled(row: TableRow, down: dict[int, str]) -> TableRow:
    cells = [*row.cells, *[""] * (max(down) + 1 - len(row.cells))]
    for at, text in down.items():
        cells[at] = cells[at] or text
    return TableRow(row.number, tuple(cells), row.struck)
