"""The plan on a page as a Word file: one table on one sheet of A4, on its side."""

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from models.files.plan_page.page import BAR_COLOURS, PagePart, PlanPage

_WIDTH, _HEIGHT, _MARGIN = Cm(29.7), Cm(21.0), Cm(1.0)
_SQUARE = "■"
_MOST_PARTS = 18
"""Parts of a page in the ordinary size; with more, or with long titles, it is set smaller."""


def word_page(page: PlanPage) -> bytes:
    """Return the page as a Word file."""
    document: Any = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    parts = sum(len(column.parts) for column in page.columns)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(9 if parts <= _MOST_PARTS else 8)
    normal.paragraph_format.space_after = Pt(0)
    title = document.add_paragraph()
    title.add_run(f"{page.name} on a page").bold = True
    title.runs[0].font.size = Pt(15)
    document.add_paragraph(f"{page.years}. {page.counted}. As at {page.as_at}.").paragraph_format.space_after = Pt(4)
    properties = document.core_properties
    properties.title, properties.language, properties.author = f"{page.name} on a page", "en-GB", ""
    (_by_theme if page.has_themes else _by_row)(document, page)
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def _by_theme(document: Any, page: PlanPage) -> None:
    """Write themes as columns, under a first row with their names."""
    table = _table(document, 2, len(page.columns), "The plan's themes, each with its priorities")
    for number, column in enumerate(page.columns):
        table.rows[0].cells[number].paragraphs[0].add_run(column.title).bold = True
        cell = table.rows[1].cells[number]
        for at, part in enumerate(column.parts):
            _write(cell, part, cell.paragraphs[0] if not at else cell.add_paragraph())


def _by_row(document: Any, page: PlanPage) -> None:
    """Write the priorities in rows, in as many columns as keep them on one sheet."""
    parts = [part for column in page.columns for part in column.parts]
    table = _table(document, -(-len(parts) // 3), 3, "The plan's priorities")
    for at, part in enumerate(parts):
        cell = table.rows[at // 3].cells[at % 3]
        _write(cell, part, cell.paragraphs[0])


def _table(document: Any, rows: int, columns: int, about: str) -> Any:
    table = document.add_table(rows=rows, cols=columns, style="Table Grid")
    for name in ("w:tblCaption", "w:tblDescription"):
        given = OxmlElement(name)
        given.set(qn("w:val"), about)
        table._tbl.tblPr.append(given)
    return table


def _write(cell: Any, part: PagePart, first: Any) -> None:
    first.add_run(part.title).bold = True
    first.paragraph_format.space_before = Pt(4)
    if part.blocks:
        bar = cell.add_paragraph()
        for status, count in part.blocks:
            run = bar.add_run(_SQUARE * count)
            run.font.color.rgb = RGBColor.from_string(BAR_COLOURS[status].upper())
            run.font.size = Pt(9)
    for line in (part.said, *part.measures):
        cell.add_paragraph(line)
