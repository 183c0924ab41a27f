"""Files that are not what their names say, and files that are small and stand for something enormous."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from models.files.workbook import read_workbook
from models.files.workbook.archive import MAX_UNPACKED, NotAWorkbook, unpack
from tests.growth import assert_linear
from tests.models.workbook.books import IN_ORDER, changed, part, put, refused, repacked, saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">' + b"".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">'.encode() for at in range(9)
)


def zipped(**parts: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "the file is a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "the file is a picture"),
        (b"%PDF-1.7", "the file is a PDF"),
        (OLE + "Workbook".encode("utf-16-le"), "the file is an old Excel workbook (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "the workbook has a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "the file is a Word document"),
        (b"<!DOCTYPE html><html><table></table></html>", "the file is a web page with the name of a workbook"),
        (b'<?xml version="1.0"?><Workbook/>', "the file is XML text with the name of a workbook"),
        (b"plan: {name: Our plan}", "the file is not a workbook"),
        (zipped(word__document_xml=b"<x/>"), "the file is a Word document"),
        (zipped(ppt__slide_xml=b"<x/>"), "the file is a presentation"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "the file is an OpenDocument file"),
        (zipped(notes=b"x"), "the file is a zip archive and no workbook"),
        (zipped(xl__workbook_xml=b"<x/>"), "the workbook cannot be made out"),
        (IN_ORDER[: len(IN_ORDER) // 2], "the file is damaged"),
        (repacked(IN_ORDER, {"xl/workbook.xml": b"<workbook"}), "the workbook cannot be made out"),
        (repacked(IN_ORDER, {"xl/worksheets/sheet8.xml": b"<worksheet><sheetData><row>"}),
         "the workbook cannot be made out"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_named_for_what_it_is(data: bytes, wrong: str) -> None:
    said = refused(data)
    assert len(said) == 1
    assert wrong in said[0]
    assert "\n" not in said[0]


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet8.xml",
                                  "[Content_Types].xml", "xl/styles.xml"])  # fmt: skip
def test_definitions_of_entities_are_refused_wherever_they_stand(name: str) -> None:
    for bomb in (LAUGHS + b"]><x>&j;</x>", LAUGHS.decode().encode("utf-16") + "]><x>&j;</x>".encode("utf-16-le")):
        assert "what no spreadsheet program writes" in refused(repacked(IN_ORDER, {name: bomb}))[0]


def test_a_zip_bomb_is_refused_for_the_size_it_declares() -> None:
    bomb = repacked(IN_ORDER, {"xl/media/image1.png": bytes(MAX_UNPACKED + 1)})
    assert "unpacked the file would be 100 MB" in refused(bomb)[0]


def test_a_zip_bomb_that_declares_less_than_it_holds_is_refused() -> None:
    bomb = bytearray(repacked(IN_ORDER, {"xl/media/image1.png": bytes(60 * 1024 * 1024)}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        where = bomb.rfind(mark)
        struct.pack_into("<I", bomb, where + at, 10)
    with pytest.raises(NotAWorkbook, match="damaged"):
        unpack(bytes(bomb))


def with_rows(row: bytes, first: int, many: int) -> bytes:
    """The workbook with so many rows more; each holds its number as often as `row` asks for it."""
    places = row.count(b"%d")
    rows = b"".join(row % ((n,) * places) for n in range(first, first + many))
    sheet = part(IN_ORDER, "xl/worksheets/sheet8.xml").replace(b"</sheetData>", rows + b"</sheetData>")
    return repacked(IN_ORDER, {"xl/worksheets/sheet8.xml": sheet})


def test_a_hundred_thousand_rows_are_refused_fast() -> None:
    row = b'<row r="%d"><c r="A%d" t="str"><v>heard-%d</v></c></row>'
    said = assert_linear(refused, with_rows(row, 2, 25_000), with_rows(row, 2, 100_000))
    assert "a sheet of the workbook holds 100,004 rows; a plan may have at most 20,000 actions" in said[0]


def test_very_many_empty_rows_that_are_only_formatted_cost_nothing() -> None:
    row = b'<row r="%d"><c r="A%d" s="1"/></row>'
    fewer, data = with_rows(row, 10, 100_000), with_rows(row, 10, 400_000)
    read = assert_linear(lambda size: read_workbook(size, "plan.xlsx"), fewer, data)
    assert read.plan == read_workbook(IN_ORDER, "plan.xlsx").plan


def test_a_size_that_a_sheet_says_falsely_is_not_believed() -> None:
    said = rb'<dimension ref="[A-Z0-9:]+"'
    sheet = re.sub(said, b'<dimension ref="A1:XFD1048576"', part(changed(), "xl/worksheets/sheet8.xml"))
    assert b"XFD1048576" in sheet
    assert refused(repacked(changed(), {"xl/worksheets/sheet8.xml": sheet})) == []


def test_macros_and_links_to_other_workbooks_are_left_alone() -> None:
    data = repacked(IN_ORDER, {"xl/vbaProject.bin": b"\x00macro", "xl/externalLinks/externalLink1.xml": b"<x/>"})
    assert refused(data) == []


def test_a_workbook_of_one_picture_has_none_of_the_sheets() -> None:
    assert refused(saved(Workbook())) == [
        "(file): no sheet of it is a plan's (Sheet); an action log is imported with --log BOARD; "
        "a plan, in the workbook that “cypp template” writes"
    ]


def test_texts_written_with_codes_are_read_as_what_they_stand_for() -> None:
    data = changed(put("Actions!E2", "first_x000D_second _x005F_x0041_ x005F_"))
    assert read_workbook(data, "plan.xlsx").plan.actions[0].words == "first second _x0041_ x005F_"


@given(st.integers(0, len(IN_ORDER) - 1), st.binary(min_size=1, max_size=12))
def test_a_workbook_with_any_bytes_in_it_replaced_is_answered(at: int, piece: bytes) -> None:
    answered(IN_ORDER[:at] + piece + IN_ORDER[at + len(piece) :])


@given(st.integers(1, 8), st.integers(0, 4000), st.sampled_from([b"", b"<", b"</c>", b'"', b"\xff", b"&x;", b"9" * 30]))
def test_a_sheet_with_any_piece_of_its_xml_replaced_is_answered(sheet: int, at: int, piece: bytes) -> None:
    name = f"xl/worksheets/sheet{sheet}.xml"
    xml = part(IN_ORDER, name)
    answered(repacked(IN_ORDER, {name: xml[: at % len(xml)] + piece + xml[at % len(xml) + 5 :]}))


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    answered(data)


def answered(data: bytes) -> None:
    """Whatever the bytes, the answer is a plan or a refusal; anything else comes out as itself."""
    said = refused(data)
    assert all(sentence.isprintable() for sentence in said)


@pytest.mark.parametrize(
    "piece", [b"<c ", b'<c r="A1"/', b't="inlineStr"', b'<c t="inlineStr"', b't="inlineStr"><is><t>']
)
def test_cells_that_do_not_end_take_no_longer_than_their_length(piece: bytes) -> None:
    def work(many: int) -> bytes:
        packed = zipped(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=piece * many + b"</v></row>")
        return unpack(packed).archive.getvalue()

    assert_linear(work, 25_000, 100_000)
