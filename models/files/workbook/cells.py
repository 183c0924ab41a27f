"""Convert one cell to the text of a plan file."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from models.files.planfile.part_names import split_cell
from models.files.planfile.problems import Unreadable
from models.files.workbook.cell_lists import ITEMS
from models.files.workbook.column_kinds import CellForm

_DECIMALS = re.compile(r"0\.(0+)")


def cell_text(value: object, form: CellForm, number_format: str = "General", *, is_error: bool = False) -> str:
    """Return the text of a cell, given the form of its column and its number format; "" for an empty cell.

    `is_error`: the value is what a formula failed with; somebody may have typed the same letters.

    Raises:
        Unreadable: it is an error, or a date where the column holds none.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        if is_error:
            raise Unreadable(f"the formula here gives an error ({value})", "write the value itself")
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        decimals = _DECIMALS.fullmatch(number_format)
        if decimals:
            return f"{value:.{len(decimals[1])}f}"
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, timedelta):
        value = (datetime(2000, 1, 1) + value).time()  # noqa: DTZ001 - a time of day, in no zone
    return _moment(value, form, number_format)


def _moment(value: object, form: CellForm, number_format: str) -> str:
    if isinstance(value, time) or (form is CellForm.TIME and isinstance(value, datetime)):
        return f"{value:%H:%M}"
    if not isinstance(value, date):
        return str(value)
    if form is CellForm.WHEN and value.day == 1 and shows_month_only(number_format):
        return value.isoformat()[:7]
    if form in (CellForm.CODE, CellForm.NUMBER, CellForm.NUMBERS):
        raise Unreadable("the spreadsheet has taken this for a date", "format the cell as text and write it once more")
    return (value.date() if isinstance(value, datetime) else value).isoformat()


def shows_month_only(number_format: str) -> bool:
    """Return whether a number format shows a month and no day, as spreadsheets make of a typed `Dec 2020`."""
    plain = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.", "", number_format.lower())
    return "m" in plain and "y" in plain and "d" not in plain and "h" not in plain


def listed_value(text: str, form: CellForm) -> list[Any]:
    """Return the items of a cell with several values as a plan file has them."""
    items = split_cell(text)
    return [ITEMS[form][0](item) for item in items] if form in ITEMS else list(items)
