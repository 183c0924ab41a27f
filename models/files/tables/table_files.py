"""Read the tables of a file, whatever sort it is; say what to do with one that is not read.

Source: docs/reference/command-line.md, import.
"""

from __future__ import annotations

from pathlib import PurePath

from models.errors import Refusal
from models.files.tables.delimited import bounded, text_tables
from models.files.tables.sheet_tables import workbook_tables
from models.files.tables.table_rows import PlainTable
from models.files.tables.word_tables import word_tables
from models.files.workbook.archive import MAX_FILE as MAX_FILE
from models.files.workbook.archive import NotAWorkbook

_SAVE_AS = "save it as .xlsx, .docx or .csv and send that"
_BY_ENDING = {
    ".doc": ("an old Word document", "save it as .docx and send that"),
    ".rtf": ("a rich text document", "save it as .docx and send that"),
    ".odt": ("an OpenDocument text", "save it as .docx and send that"),
    ".xls": ("an old Excel workbook", "save it as .xlsx and send that"),
    ".xlsb": ("a binary Excel workbook", "save it as .xlsx and send that"),
    ".ods": ("an OpenDocument spreadsheet", "save it as .xlsx and send that"),
    ".numbers": ("a Numbers document", "export it as Excel and send that"),
    ".pages": ("a Pages document", "export it as Word and send that"),
    ".pdf": ("a PDF", "send the Word or Excel file that it was made from"),
}
_BY_START = {
    b"%PDF": ("a PDF", "send the Word or Excel file that it was made from"),
    b"\x89PNG": ("a picture", "send the Word or Excel file, or copy the table and paste it"),
    b"\xff\xd8\xff": ("a picture", "send the Word or Excel file, or copy the table and paste it"),
    b"GIF8": ("a picture", "send the Word or Excel file, or copy the table and paste it"),
    b"{\\rtf": ("a rich text document", "save it as .docx and send that"),
    b"\xd0\xcf\x11\xe0": ("an old Office file with another name", _SAVE_AS),
}
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OF_PLAN_FILES = (("template”", _SAVE_AS), ("the plan's sheets", "copy the table into a new file and send that"))
"""Words of what is to be done about a workbook that is a plan file, and what is instead about a log."""


def read_tables(data: bytes, name: str) -> tuple[PlainTable, ...]:
    """Return the tables in the bytes of a file, in their order.

    Raises:
        Refusal: it is no file of a sort that is read, is damaged, or is too large.
    """
    label = PurePath(name).name or "the file"
    ending = PurePath(name).suffix.lower()
    if not data.strip():
        raise Refusal(f"{label} is empty: nothing was read.")
    if len(data) > MAX_FILE:
        size = f"{len(data) / 1024 / 1024:,.0f} MB"
        raise Refusal(f"{label} has {size}; at most {MAX_FILE // 1024 // 1024} MB are read: take pictures out.")
    start = next((what for mark, what in _BY_START.items() if data.startswith(mark)), None)
    if start is not None and _LOCKED in data:
        raise Refusal(f"{label} has a password, so it is not read: take it off, {_SAVE_AS}.")
    other = _BY_ENDING.get(ending) or start
    if other is not None and not (start is None and data.startswith(b"PK") and ending in (".xls", ".doc")):
        raise Refusal(f"{label} is {other[0]}, which is not read: {other[1]}.")
    try:
        if not data.startswith(b"PK"):
            tables = text_tables(data, label)
        elif b"word/document.xml" in data:
            tables = word_tables(data)
        else:
            tables = workbook_tables(data)
    except NotAWorkbook as unreadable:
        right = next((ours for theirs, ours in _OF_PLAN_FILES if theirs in unreadable.right), unreadable.right)
        raise Refusal(f"{label} is not read: {unreadable.wrong}: {right}.") from unreadable
    return bounded(tables, label)
