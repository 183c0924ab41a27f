"""One cell -> text as a plan file has it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from models.files.workbook.columns import Form
from models.files.workbook.dates import date_of, date_written, shows_month_only, time_of, time_written, when_written
from models.files.workbook.lists import read_administrator, read_closed, read_deputy, read_person, read_renamed, split

_DECIMALS = re.compile(r"0\.(0+)")
_NUMBER = re.compile(r"(?:p|priority|priorities|no\.?|nr\.?)?\s*(\d+)(?:\.0+)?", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r"[;,\n&/]|\band\b", re.IGNORECASE)

_IN_LISTS = {
    Form.PEOPLE: read_person,
    Form.ADMINISTRATORS: read_administrator,
    Form.DEPUTIES: read_deputy,
    Form.CLOSED: read_closed,
    Form.RENAMES: read_renamed,
}


class Unreadable(Exception):
    """A cell that holds what its column cannot: what is wrong, and what would be right."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.wrong, self.right = wrong, right


def cell_text(value: object, form: Form, number_format: str = "General", *, is_error: bool = False) -> str:
    """What a spreadsheet keeps in a cell, the form of its column and the cell's number format in, its text out.

    `is_error`: it is what a formula failed with; the same letters may have been typed. "" for an empty cell. Raises
    Unreadable for an error, and for a date where the column holds none.
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


def _moment(value: object, form: Form, number_format: str) -> str:
    if form is Form.TIME and isinstance(value, datetime | time):
        return time_of(value)
    if isinstance(value, time):
        return time_of(value)
    if not isinstance(value, date):
        return str(value)
    if form is Form.WHEN and value.day == 1 and shows_month_only(number_format):
        return date_of(value)[:7]
    if form in (Form.CODE, Form.NUMBER, Form.NUMBERS):
        raise Unreadable("the spreadsheet has taken this for a date", "format the cell as text and write it once more")
    return date_of(value)


def plain_value(text: str, form: Form) -> str:
    """The text of a cell whose form holds one value, read from no other sheet, in; as a plan file writes it out."""
    if form is Form.DATE:
        return date_written(text)
    if form is Form.WHEN:
        return when_written(text)
    if form is Form.TIME:
        return time_written(text)
    if form is Form.NUMBER:
        found = _NUMBER.fullmatch(text)
        return found[1] if found else text
    return text


def listed_value(text: str, form: Form) -> list[Any]:
    """The text of a cell with several things in, those as a plan file has them out."""
    if form is Form.NUMBERS:
        parts = [part.strip() for part in _BETWEEN_NUMBERS.split(text)]
        return [plain_value(part, Form.NUMBER) for part in parts if part]
    read = _IN_LISTS.get(form)
    return [read(item) for item in split(text)] if read else list(split(text))
