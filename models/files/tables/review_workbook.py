"""Write a workbook of one table to be put right and given back: what was read of a log, and what is to be looked at."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from models.files.export import escape_formula

_WIDTH, _WIDEST = 14, 60


def review_workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], wide: Sequence[str]) -> bytes:
    """Return a workbook with one sheet. `wide`: the headings of columns with sentences."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.append(list(headings))
    for row in rows:
        sheet.append([escape_formula(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for at, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDEST if heading in wide else _WIDTH
    for line in sheet.iter_rows(min_row=2):
        for one in line:
            one.alignment = Alignment(wrap_text=True, vertical="top")
            one.number_format = "@"
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
