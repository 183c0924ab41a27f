"""How a workbook looks: the colours of statuses, beside their words, and what is printed."""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from models.enums import Status

FILLS = {
    Status.NOT_STARTED: ("F3F2F1", "0B0C0C"),
    Status.ON_TRACK: ("00703C", "FFFFFF"),
    Status.SOME_ISSUES: ("F47738", "0B0C0C"),
    Status.OFF_TRACK: ("D4351C", "FFFFFF"),
    Status.PROPOSED: ("4C2C92", "FFFFFF"),
    Status.COMPLETE: ("1D70B8", "FFFFFF"),
    Status.CLOSED_NOT_DONE: ("FFFFFF", "0B0C0C"),
}
"""The background and the letters of each status (GOV.UK colours); the word always stands in the cell."""

WritableSheet = Any
"""A sheet that is being written; the stubs of openpyxl know little of what it has."""

DATE_FORMAT = "d mmm yyyy"
TEXT_FORMAT = "@"


class CellLook(Enum):
    """How a cell looks, apart from its status and number format."""

    BODY = auto()
    WORKED = auto()
    HEADING = auto()
    HEADING_SHOWN = auto()
    NOTE = auto()
    WORKED_NOTE = auto()
    LINE = auto()


_LINE = Side(style="thin", color="B1B4B6")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BODY_FONT = Font(name="Arial", size=10)
_HEADING_FONT = Font(name="Arial", size=10, bold=True, color="FFFFFF")
_HEADING_FILL = PatternFill("solid", fgColor="003078")
_SHOWN_FILL = PatternFill("solid", fgColor="505A5F")
"""The headings of columns that are not read back."""
_EXAMPLE_FONT = Font(name="Arial", size=10, italic=True, color="6F777B")
_WRAP = Alignment(wrap_text=True, vertical="top")


def style_cell(
    cell: Cell,
    kind: CellLook,
    *,
    status: Status | None = None,
    number_format: str = "",
    quoted: bool = False,
) -> None:
    """Style a cell. `quoted`: it begins like a formula, and a spreadsheet must not make it one when it is edited.

    Each look is built once a workbook: openpyxl compares fonts and fills by every value they have.
    """
    dressed: Any = cell
    known: dict[Any, Any] = dressed.parent.parent.__dict__.setdefault("_looks", {})
    wanted = (kind, status, number_format, quoted)
    if wanted not in known:
        _dress(cell, kind, status)
        if number_format:
            cell.number_format = number_format
        if quoted:
            cell.quotePrefix = True
        known[wanted] = dressed._style
    dressed._style = known[wanted]


def _dress(cell: Cell, kind: CellLook, status: Status | None) -> None:
    cell.font = _EXAMPLE_FONT if kind in (CellLook.WORKED, CellLook.WORKED_NOTE) else _BODY_FONT
    if kind is not CellLook.LINE:
        cell.alignment = _WRAP
    if kind in (CellLook.HEADING, CellLook.HEADING_SHOWN):
        cell.font = _HEADING_FONT
        cell.fill = _HEADING_FILL if kind is CellLook.HEADING else _SHOWN_FILL
    if kind not in (CellLook.NOTE, CellLook.WORKED_NOTE, CellLook.LINE):
        cell.border = _BORDER
    if status is not None:
        ground, letters = FILLS[status]
        cell.font = Font(name="Arial", size=10, bold=True, color=letters)
        cell.fill = PatternFill("solid", fgColor=ground)


def set_up_page(sheet: WritableSheet, header: str, footer: str, repeated: bool = True) -> None:
    """Set a sheet up to be printed: A4 landscape, as wide as the page, its first row on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.oddHeader.left.text = _printed(header)
    sheet.oddFooter.left.text = _printed(footer)
    sheet.oddFooter.right.text = "Page &P of &N"
    if repeated:
        sheet.print_title_rows = "1:1"


def _printed(text: str) -> str:
    """Escape & for a header or footer, where it begins a code, and cut to one line."""
    return text[:120].replace("&", "&&")
