"""The template of a report's front sheet: A4 upright, the fields that councils print, and who has cleared it."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from models.files.papers.own_template import TemplateBuilder

_LABEL, _VALUE = 6.0, 11.0
_CLEARANCES = (
    ("Clearance", 3.4, "{{ row.name }}"),
    ("Post", 5.0, "{{ row.post }}"),
    ("Sent", 2.7, "{{ row.sent }}"),
    ("Answer", 3.2, "{{ row.answer }}"),
    ("Reference", 2.7, "{{ row.reference }}"),
)


def front_template() -> bytes:
    """Return the template of a front sheet as a Word file."""
    made = TemplateBuilder("{{ subject }}", portrait=True)
    made.heading("{{ subject }}", 0)
    made.text("{% if draft %}{{ draft }}. {% endif %}As at {{ as_at }}.")
    _labelled_rows(made)
    made.tag("for section in sections")
    made.tag("if section.level == 2")
    made.heading("{{ section.heading }}", 2)
    made.tag("else")
    made.heading("{{ section.heading }}", 1)
    made.tag("endif")
    made.tag("for line in section.lines")
    paragraph = made.document.add_paragraph()
    paragraph.add_run("{% if line.heading %}{{ line.heading }}: {% endif %}").bold = True
    paragraph.add_run("{{ line.words }}")
    made.tag("endfor")
    made.tag("endfor")
    made.tag("if clearances")
    made.heading("Clearances", 1)
    made.table("clearances", _CLEARANCES, "Who was asked to clear the report, and what came back")
    made.tag("endif")
    return made.content()


def _labelled_rows(made: TemplateBuilder) -> None:
    """Write a table with a label and its words in each row."""
    table = made.document.add_table(rows=3, cols=2, style="Table Grid")
    table.autofit = False
    described = table._tbl.tblPr
    for name in ("w:tblCaption", "w:tblDescription"):
        given = OxmlElement(name)
        given.set(qn("w:val"), "What the report is, for whom, and whether it is public")
        described.append(given)
    look = described.find(qn("w:tblLook"))
    for name, value in (("firstRow", "0"), ("firstColumn", "1"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), value)
    for column, width in zip(table.columns, (_LABEL, _VALUE), strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, (_LABEL, _VALUE), strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    begins, body, ends = table.rows
    begins.cells[0].paragraphs[0].add_run("{%tr for row in rows %}")
    body.cells[0].paragraphs[0].add_run("{{ row.label }}").bold = True
    body.cells[1].paragraphs[0].add_run("{{ row.words }}")
    body._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    ends.cells[0].paragraphs[0].add_run("{%tr endfor %}")
