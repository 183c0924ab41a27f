"""Read text with commas, semicolons, tabs or bars between its cells, in whatever encoding a spreadsheet wrote it."""

from __future__ import annotations

import csv
import io
import re

from models.errors import Refusal
from models.files.tables.table_rows import (
    MAX_CELL_TEXT,
    MAX_TABLE_COLUMNS,
    MAX_TABLE_ROWS,
    STRUCK,
    STRUCK_END,
    PlainTable,
    table_rows,
)

_SEPARATORS = ("\t", ",", ";", "|")
_LOOKED_AT = 200
"""Rows by which the separator is chosen."""
_FIELD = 1_000_000
_MARKED = re.compile(r"(?<![\w*])(\*{1,3}|__?|`)(\S(?:[^*`]{0,200}\S)?)\1(?![\w*])")
_STRUCK_MARK = re.compile(r"~~(\S(?:[^~]{0,200}\S)?)~~")


def text_tables(data: bytes, label: str) -> tuple[PlainTable, ...]:
    """Return the rows of a text file as one table.

    Raises:
        Refusal: it is no text.
    """
    text = decoded(data)
    if "\x00" in text:
        raise Refusal(f"{label} is no text: save it as .xlsx, .docx or .csv and send that.")
    rows = _rows(text, separator_of(text), label)
    return (PlainTable("", table_rows(enumerate(rows, 1))),)


def decoded(data: bytes) -> str:
    """Return the text of bytes: by their mark, else UTF-8, UTF-16 without a mark, or Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    zeros = data[:400].count(b"\x00")
    if zeros * 3 > len(data[:400]):
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def separator_of(text: str) -> str:
    """Return what stands between the cells: what parts most rows into the same number of them."""

    def score(separator: str) -> tuple[int, int]:
        widths = [len(row) for row, _ in zip(_read(text, separator), range(_LOOKED_AT), strict=False) if any(row)]
        several = [width for width in widths if width > 1]
        return (max(map(several.count, set(several))), max(several)) if several else (0, 0)

    return max(_SEPARATORS, key=lambda one: (*score(one), -_SEPARATORS.index(one)))


def _read(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(_FIELD)
    if separator == "|":
        return [line.split("|") for line in text.splitlines()[: MAX_TABLE_ROWS * 2 + 1]]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MAX_TABLE_ROWS * 2:
                break
    except csv.Error:
        # A quotation mark that nobody closed: the lines are taken as they stand.
        return [line.split(separator) for line in text.splitlines()]
    return rows


def _rows(text: str, separator: str, label: str) -> list[list[str]]:
    rows = _read(text, separator)
    if len(rows) > MAX_TABLE_ROWS * 2:
        many = text.count("\n")
        raise Refusal(f"{label} has {many:,} rows; a plan may have at most {MAX_TABLE_ROWS:,} actions: split it.")
    if separator == "|":
        # A bar at either end is the edge of the table, and a row of dashes is a line under the headings.
        rows = [row[1:] if row and not row[0].strip() else row for row in rows]
        rows = [row for row in rows if "".join(row).strip(" -:")]
        rows = [[_without_marks(cell) for cell in row] for row in rows]
    # What a spreadsheet was kept from running has an apostrophe before it.
    return [[cell[1:] if cell[:2] in ("'=", "'+", "'-", "'@") else cell for cell in row] for row in rows]


def _without_marks(cell: str) -> str:
    """Return a cell without the marks for bold and italic; what is marked as struck out is."""
    return _MARKED.sub(r"\2", _STRUCK_MARK.sub(rf"{STRUCK}\1{STRUCK_END}", cell))


def pasted_tables(text: str) -> tuple[PlainTable, ...]:
    """Return pasted text as a table.

    Raises:
        Refusal: it is too large.
    """
    return bounded(text_tables(text.encode("utf-8", "replace"), "What was pasted"), "What was pasted")


def bounded(tables: tuple[PlainTable, ...], label: str) -> tuple[PlainTable, ...]:
    """Return the same tables.

    Raises:
        Refusal: there is more in them than is read.
    """
    rows = sum(len(table.rows) for table in tables)
    if rows > MAX_TABLE_ROWS:
        raise Refusal(f"{label} has {rows:,} rows; a plan may have at most {MAX_TABLE_ROWS:,} actions: split it.")
    for table in tables:
        for row in table.rows:
            if len(row.cells) > MAX_TABLE_COLUMNS:
                where = table.place(row)
                raise Refusal(f"{label}, {where} has {len(row.cells)} columns; at most {MAX_TABLE_COLUMNS} are read.")
            if any(len(cell) > MAX_CELL_TEXT for cell in row.cells):
                raise Refusal(
                    f"{label}, {table.place(row)} has a cell of more than {MAX_CELL_TEXT:,} characters, as many as are "
                    "kept: put the rest into the row below."
                )
    return tables
