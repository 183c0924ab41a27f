"""Tables of files in every state: read, or refused in one sentence that says what to do."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from models.errors import Refusal
from models.files.tables.table_files import read_tables
from tests.logs.golden import word_file

LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def word_document(text: str) -> str:
    cell = f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
    return f"<w:document {_WORD}><w:body><w:tbl><w:tr>{cell}</w:tr></w:tbl></w:body></w:document>"


def with_formula() -> bytes:
    book = Workbook()
    book.worksheets[0]["A1"] = "Action"
    book.worksheets[0]["A2"] = '=CONCAT("a","b")'
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("log.csv", b"  \n", "log.csv is empty"),
        ("log.pdf", b"%PDF-1.4", "is a PDF, which is not read: send the Word or Excel file"),
        ("log.csv", b"%PDF-1.4", "is a PDF"),
        ("log.png", b"\x89PNG\r\n", "is a picture"),
        ("log.doc", b"\xd0\xcf\x11\xe0", "is an old Word document, which is not read: save it as .docx"),
        ("log.xls", b"\xd0\xcf\x11\xe0", "is an old Excel workbook, which is not read: save it as .xlsx"),
        ("log.docx", b"\xd0\xcf\x11\xe0" + LOCKED, "has a password, so it is not read: take it off, save it"),
        (
            "log.docx",
            b"\xd0\xcf\x11\xe0",
            "is an old Office file with another name",
        ),
        ("log.ods", b"PK\x03\x04", "is an OpenDocument spreadsheet"),
        ("log.numbers", b"PK\x03\x04", "is a Numbers document"),
        ("log.xlsx", b"PK\x03\x04 and no more", "the file is damaged"),
        (
            "log.docx",
            zipped(word__document_xml="<w:document"),
            "the document is damaged: open it in Word and save it again",
        ),
        ("log.docx", zipped(word__document_xml="<!DOCTYPE a><a/>"), "what no spreadsheet program writes"),
        ("log.docx", zipped(word__document_xml=" " * 150_000_000), "copy the table into a new file and send that."),
        ("log.xlsx", with_formula(), "formulas have no value in the file (Sheet!A2): open it in Excel and save it."),
        ("log.csv", b"a,b\n" * 200_000, "log.csv has 200,000 rows; a plan may have at most 20,000 actions: split it."),
        ("log.csv", b"Action,Lead\nAsk\x00 the schools,Head", "is no text"),
        ("log.csv", b"Action,Lead\n" + b"x" * 9_000 + b",b", "has a cell of more than 8,000 characters"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_tables(data, name)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_macros_are_left_alone_and_marks_that_turn_or_hide_text_are_left_out() -> None:
    parts = {"word/document.xml": word_document("Ask the\u200b scho\u202eols"), "word/vbaProject.bin": "\0" * 90}
    (table,) = read_tables(zipped(**parts), "log.docm")
    assert [row.cells for row in table.rows] == [("Ask the schools",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_is_read_in_any_encoding_with_any_separator(encoding: str, separator: str) -> None:
    text = separator.join(("Action", "Lead – who", "£")) + "\n" + separator.join(("Ask", "Head", "4"))
    (table,) = read_tables(text.encode(encoding), "log.csv")
    assert [row.cells for row in table.rows] == [("Action", "Lead – who", "£"), ("Ask", "Head", "4")]


def test_words_of_a_tracked_insertion_are_read_and_deleted_ones_are_not() -> None:
    cell = (
        "<w:tc><w:p><w:r><w:t>Ask </w:t></w:r><w:ins><w:r><w:t>all </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>some </w:delText></w:r></w:del><w:r><w:t>schools</w:t></w:r></w:p></w:tc>"
    )
    body = f"<w:document {_WORD}><w:body><w:tbl><w:tr>{cell}</w:tr></w:tbl></w:body></w:document>"
    (table,) = read_tables(zipped(word__document_xml=body), "log.docx")
    assert table.rows[0].cells == ("Ask all schools",)


def test_a_cell_that_is_merged_downwards_stands_in_each_row_and_lines_over_a_table_are_kept() -> None:
    data = word_file([[["Item", "Action"], ["4. Neglect", "One"], ["^", "Two"]]], ["Minutes of 6 March 2019"])
    (table,) = read_tables(data, "minutes.docx")
    assert [row.cells for row in table.rows][1:] == [("4. Neglect", "One"), ("4. Neglect", "Two")]
    assert table.above == ("Minutes of 6 March 2019",)
    assert table.place(table.rows[2], 1) == "table 1, row 3, column B"
