"""Read the tables of a Word file from its XML.

python-docx was tried and is not used: it leaves out words that a tracked change put in, and looks up merged cells anew
for each (docs/decisions/0089-logs-are-read-into-plain-rows.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from models.files.tables.table_rows import MAX_TABLE_COLUMNS, STRUCK, STRUCK_END, PlainTable, plain_text, table_rows
from models.files.workbook.archive import NotAWorkbook, document_part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
_GONE = ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "Fallback")
"""What does not stand in the text any more, or never did."""


def word_tables(data: bytes) -> tuple[PlainTable, ...]:
    """Return each table of a Word file, with the lines of text between it and the one before.

    Raises:
        NotAWorkbook: it cannot be read.
    """
    try:
        # Definitions of entities are refused before.
        return _tables(fromstring(document_part(data, "word/document.xml")))  # noqa: S314
    except (ParseError, RecursionError) as error:
        raise NotAWorkbook("the document is damaged", "open it in Word and save it again") from error


def _tables(body: Element) -> tuple[PlainTable, ...]:
    tables: list[PlainTable] = []
    above: list[str] = []
    for part in _parts(body):
        if _name(part) == "p":
            text = _text(part).replace(STRUCK, "").replace(STRUCK_END, "")
            above += plain_text(text).split("\n") if text.strip() else []
            continue
        rows = table_rows(_rows(part))
        if rows:
            tables.append(PlainTable(f"table {len(tables) + 1}", rows, tuple(above)))
            above = []
    if above:
        tables.append(PlainTable("text", (), tuple(above)))
    return tuple(tables)


def _name(part: Element) -> str:
    return part.tag.removeprefix(_W).removeprefix(_STRICT) if isinstance(part.tag, str) else ""


def _parts(of: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables that stand in a part itself, in their order."""
    for part in of:
        if _name(part) in ("p", "tbl"):
            yield part
        elif _name(part) not in _GONE:
            yield from _parts(part)


def _rows(table: Element) -> Iterator[tuple[int, list[str]]]:
    before: dict[int, str] = {}
    for number, row in enumerate(_below(table, "tr"), 1):
        cells: list[str] = []
        for cell in _below(row, "tc"):
            merged = next((one for one in cell.iter() if _name(one) == "vMerge"), None)
            text = _cell(cell)
            if merged is not None and _value(merged) != "restart" and not text.strip():
                text = before.get(len(cells), "")
            before[len(cells)] = text
            wide = next((_value(one) for one in cell.iter() if _name(one) == "gridSpan"), "1")
            across = int(wide) if wide.isdecimal() and len(wide) < 4 else 1
            cells += [text, *[""] * (min(across, MAX_TABLE_COLUMNS) - 1)]
        yield number, cells


def _below(of: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, not those of a table inside it."""
    for part in of:
        if _name(part) == name:
            yield part
        elif _name(part) not in ("tbl", *_GONE):
            yield from _below(part, name)


def _value(part: Element) -> str:
    return next((text for key, text in part.attrib.items() if key.endswith("}val")), "")


def _cell(cell: Element) -> str:
    """Return the text of a cell: its paragraphs on lines, a table inside it as lines too."""
    lines = []
    for part in _parts(cell):
        if _name(part) == "p":
            lines.append(_text(part))
        else:
            lines += [" ".join(filter(None, cells)) for _, cells in _rows(part)]
    return "\n".join(lines)


def _text(part: Element) -> str:
    pieces = []
    for one in part:
        name = _name(one)
        if name == "t":
            pieces.append(one.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        elif name not in _GONE:
            pieces.append(_text(one))
    text = "".join(pieces)
    return f"{STRUCK}{text}{STRUCK_END}" if text.strip() and _is_struck(part) else text


def _is_struck(run: Element) -> bool:
    style = next((one for one in run if _name(one) == "rPr"), ()) if _name(run) == "r" else ()
    return any(_name(one) in ("strike", "dstrike") and _value(one) not in ("0", "false", "off") for one in style)
