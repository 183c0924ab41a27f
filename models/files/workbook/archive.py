"""Check the bytes of a workbook before anything parses them, and cut them down to what is worth parsing.

A workbook is a zip of XML, so a small file can stand for an enormous one: sizes are checked first, definitions of
entities are refused (no spreadsheet program writes any), and the empty rows and cells that formatting a whole column
leaves behind are cut out, so that a million of them cost nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from models.files.planfile.problems import Unreadable

MAX_FILE = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 2_000
MAX_ROWS = 20_000
"""The most rows of values a sheet may have: as many as a plan may have actions."""
_SLACK_ROWS = 500
"""Rows allowed beyond that for headings and notes."""

SAVE_AGAIN = "open it in a spreadsheet program, save it again and import that"
_EXPORT = "save it as an Excel workbook (.xlsx) and import that"
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
"""Encodings in which what is searched for here looks as it does in ASCII."""
_ESCAPED = re.compile(rb"_x([0-9A-Fa-f]{4})_")
_SHEET = re.compile(r"(?:^|/)worksheets/[^/]+\.xml$", re.IGNORECASE)
_STRINGS = re.compile(r"(?:^|/)sharedStrings\.xml$", re.IGNORECASE)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=\"([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})\"")
_UNCACHED = re.compile(
    rb"<c (?:[^>]*? )?r=\"([A-Z]{1,3}\d{1,7})\"[^>]*><f(?:/>|[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>"
)
_FORMULA = re.compile(rb"<f[ />]")
_STRUCK_RUN = re.compile(
    rb"(<(?:\w+:)?rPr>(?:<[^>]*/>|\s){0,60}?<(?:\w+:)?strike(?:\s+val=\"(?:1|true)\")?\s*/>(?:<[^>]*/>|\s){0,60}"
    rb"</(?:\w+:)?rPr>\s*<(?:\w+:)?t(?:\s[^>]*)?>)([^<]*)"
)
_SLIMMER = (
    (re.compile(rb"<c [^<>]*(?:/>|></c>)"), b""),
    (
        re.compile(rb"(<c [^<>]{0,60}?)t=\"inlineStr\"([^<>]{0,60})><is><t(?: [^<>]*)?>([^<]*)</t></is>"),
        rb'\1t="str"\2><v>\3</v>',
    ),
    (re.compile(rb"(?=<sheetData)"), b'<dimension ref="A1"/>'),
)
"""What costs the parser time and says nothing more: cells that are empty, a plain text told as a rich one, no size."""
_VALUES = (b"</v>", b"</is>", b"</f>", b":v>", b":is>", b":f>")


class NotAWorkbook(Unreadable):
    """The bytes cannot be read as a workbook."""


@dataclass
class SheetScan:
    """What was seen in one worksheet: merged ranges, formulas without a stored result, its number of rows."""

    merged: list[tuple[str, str]] = field(default_factory=list)
    uncached: list[str] = field(default_factory=list)
    rows: int = 0


@dataclass
class Unpacked:
    """The workbook, repacked without compression, and what was seen in each worksheet (by its part's name)."""

    archive: io.BytesIO
    sheets: dict[str, SheetScan]


def unpack(data: bytes, around_struck: tuple[str, str] | None = None) -> Unpacked:
    """Return what is worth parsing of the bytes of a file.

    `around_struck`: the characters to put around each part of a cell's text that is struck out, which the parser
    would not tell from the rest.

    1. Say what the file is, where it is plainly something else. 2. Add up the sizes it declares. 3. Take each part
    out, no further than it declares, and refuse what no workbook holds. 4. Cut the worksheets down.

    Raises:
        NotAWorkbook: with what is wrong and what would be right.
    """
    _refuse_other_files(data)
    sheets: dict[str, SheetScan] = {}
    whole = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as packed,
            zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as repacked,
        ):
            _refuse_other_archives(packed)
            left = MAX_UNPACKED
            for part in dict.fromkeys(packed.namelist()):
                if part.endswith("/"):
                    continue
                content = _take(packed, part, left)
                left -= len(content)
                if part.lower().endswith((".xml", ".rels", ".vml")):
                    _refuse_definitions(content)
                if around_struck is not None and b"strike" in content:
                    start, end = (f"&#{ord(mark)};".encode() for mark in around_struck)
                    content = _STRUCK_RUN.sub(rb"\1" + start + rb"\2" + end, content)
                if _SHEET.search(part):
                    content, sheets[part] = _cut(content)
                elif _STRINGS.search(part):
                    # openpyxl takes "x005F_" out of every text once; this is what leaves it as it was.
                    content = _unescaped(content).replace(b"x005F_", b"x005x005F_F_")
                repacked.writestr(part, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise NotAWorkbook("the file is damaged", SAVE_AGAIN) from error
    whole.seek(0)
    return Unpacked(whole, sheets)


_STARTS = (
    (b"\x89PNG", "the file is a picture"),
    (b"\xff\xd8\xff", "the file is a picture"),
    (b"GIF8", "the file is a picture"),
    (b"BM", "the file is a picture"),
    (b"%PDF", "the file is a PDF"),
    (b"{\\rtf", "the file is a Word document"),
)


def _refuse_other_files(data: bytes) -> None:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.strip():
        raise NotAWorkbook("the file is empty", "fill in the workbook that “cypp template” writes")
    if len(data) > MAX_FILE:
        size = f"the file is {len(data) / 1024 / 1024:,.1f} MB"
        raise NotAWorkbook(size, f"a workbook may have at most {MAX_FILE // 1024 // 1024} MB: take pictures out")
    if data.startswith(b"PK"):
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise NotAWorkbook("the workbook has a password", "take the password off, save it and import that")
        if "WordDocument".encode("utf-16-le") in data:
            raise NotAWorkbook("the file is a Word document", "copy the table into the workbook of “cypp template”")
        raise NotAWorkbook("the file is an old Excel workbook (.xls)", _EXPORT)
    for mark, what in _STARTS:
        if data.startswith(mark):
            raise NotAWorkbook(what, "fill in the workbook that “cypp template” writes")
    if start[:1] == b"<":
        what = "a web page" if b"<html" in data[:4096].lower() else "XML text"
        raise NotAWorkbook(f"the file is {what} with the name of a workbook", f"open it in Excel, {_EXPORT}")
    raise NotAWorkbook("the file is not a workbook", _EXPORT)


def document_part(data: bytes, name: str) -> bytes:
    """Return one part of a file that is a zip of XML, such as a Word file; the same is refused as in a workbook.

    Raises:
        NotAWorkbook: it is damaged, locked, far larger than it looks, or has no such part.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _refuse_large(packed)
            content = _take(packed, name, MAX_UNPACKED)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        KeyError,
    ) as error:
        raise NotAWorkbook("the file is damaged", SAVE_AGAIN) from error
    _refuse_definitions(content)
    return content


def _refuse_large(packed: zipfile.ZipFile) -> None:
    every = packed.infolist()
    if any(part.flag_bits & 1 for part in every):
        raise NotAWorkbook("the workbook has a password", "take the password off, save it and import that")
    size = sum(part.file_size for part in every)
    if size > MAX_UNPACKED or len(every) > MAX_PARTS:
        raise NotAWorkbook(
            f"unpacked the file would be {size / 1024 / 1024:,.0f} MB in {len(every):,} parts",
            f"a workbook may have {MAX_UNPACKED // 1024 // 1024} MB: copy the plan's sheets into a new one",
        )


def _refuse_other_archives(packed: zipfile.ZipFile) -> None:
    names = set(packed.namelist())
    _refuse_large(packed)
    if "xl/workbook.xml" in names or any(name.lower().endswith("/workbook.xml") for name in names):
        return
    for mark, what in (
        ("word/", "a Word document"),
        ("ppt/", "a presentation"),
        ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
        ("mimetype", "an OpenDocument file"),
    ):
        if any(name.startswith(mark) for name in names):
            raise NotAWorkbook(f"the file is {what}", _EXPORT)
    raise NotAWorkbook("the file is a zip archive and no workbook", "import the workbook that is in it")


def _take(packed: zipfile.ZipFile, part: str, left: int) -> bytes:
    with packed.open(part) as stream:
        content = stream.read(left + 1)
    if len(content) > left:
        raise NotAWorkbook(
            f"unpacked the file is over {MAX_UNPACKED // 1024 // 1024} MB", "copy the plan's sheets into a new workbook"
        )
    return content


def _refuse_definitions(content: bytes) -> None:
    encoding = _ENCODING.match(content.lstrip(b"\xef\xbb\xbf"))
    odd = (encoding is not None and encoding[1].lower() not in _ENCODINGS) or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if odd or b"\x00" in content[:64] or _DOCTYPE.search(content):
        raise NotAWorkbook(
            "the workbook holds what no spreadsheet program writes", "open it in Excel, save it again and import that"
        )


def _cut(content: bytes) -> tuple[bytes, SheetScan]:
    """Return a worksheet's XML up to its last value, and what was seen in it."""
    found = SheetScan(
        merged=[(first.decode(), last.decode()) for first, last in _MERGED.findall(content)],
        uncached=[cell.decode() for cell in _UNCACHED.findall(content)] if _FORMULA.search(content) else [],
    )
    last = max(content.rfind(mark) for mark in _VALUES)
    prefix = b"x:" if b"<x:sheetData" in content else b""
    row_ends, data_ends = b"</" + prefix + b"row>", b"</" + prefix + b"sheetData>"
    end = content.find(row_ends, last)
    after = content.find(data_ends, last)
    if last != -1 and end != -1 and after != -1:
        content = content[: end + len(row_ends)] + content[after:]
    rows = content.count(row_ends)
    if rows > MAX_ROWS + _SLACK_ROWS:
        rows = sum(1 for row in content.split(row_ends) if any(mark in row for mark in _VALUES))
    if rows > MAX_ROWS + _SLACK_ROWS:
        raise NotAWorkbook(
            f"a sheet of the workbook holds {rows:,} rows", f"a plan may have at most {MAX_ROWS:,} actions: split it"
        )
    found.rows = rows
    for costly, slim in _SLIMMER:
        content = costly.sub(slim, content)
    return _unescaped(content), found


def _unescaped(content: bytes) -> bytes:
    """Replace the characters that a workbook writes as `_x000D_`; openpyxl leaves them."""
    return _ESCAPED.sub(_character, content) if b"_x" in content else content


def _character(found: re.Match[bytes]) -> bytes:
    code = int(found[1], 16)
    if code in (0x26, 0x3C, 0x3E):
        return f"&#{code};".encode()
    if code in (0x09, 0x0A, 0x0D):
        return b"\n"
    # Characters that XML cannot hold become U+FFFD, the replacement character.
    return chr(code if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else 0xFFFD).encode()
