"""The template of the board's paper: A4 landscape, Arial 12, for people who read with their ears as well.

Headings in order, first rows marked as headings, no merged cells, rows that do not break over pages, language and
title set, words beside every colour. What stands in braces is filled in by `models.files.papers.worker`.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

_TITLE = "{{ plan }}: action log and progress"
_LANGUAGE = "en-GB"
_WIDTH, _HEIGHT, _MARGIN = Cm(29.7), Cm(21.0), Cm(2.0)
_NARROW = Cm(1.4)
"""The margin of a file that has to stand on one page."""
_FONT = "Arial"
_SIZES = {"Normal": 12, "Title": 22, "Heading 1": 16, "Heading 2": 14, "Heading 3": 12, "Caption": 12}

_ACTION = "{{ row.action }}\n{{ row.lead }}"
_DUE = (
    "{{ row.due }}{% if row.first_due %}\n({{ row.first_due }}){% endif %}{% if row.late %}\n{{ row.late }}{% endif %}"
)
_STATUS = "{% cellbg row.colour %}{{ row.status }}{% if row.direction %}, {{ row.direction }}{% endif %}"

_Column = tuple[str, float, str]
"""What its first row says, its width in centimetres, and what stands in each other row."""
_CLOSURES: tuple[_Column, ...] = (
    ("Ref", 3.0, "{{ row.ref }}"),
    ("Action and lead", 9.0, _ACTION),
    ("Due (first due)", 4.7, _DUE),
    ("What shows that it is done", 9.0, "{{ row.latest }}"),
)
_NEW_MEETINGS: tuple[_Column, ...] = (
    ("Ref", 3.0, "{{ row.ref }}"),
    ("Action and lead", 8.2, _ACTION),
    ("From", 4.5, _DUE),
    ("To", 3.5, "{{ row.to }}"),
    ("Why", 6.5, "{{ row.why }}"),
)
_LOG: tuple[_Column, ...] = (
    ("Ref", 2.8, "{{ row.ref }}"),
    ("Action and lead", 7.2, _ACTION),
    ("Due (first due)", 4.2, _DUE),
    ("Status, direction", 3.2, _STATUS),
    ("Latest update (post, date)", 5.8, "{{ row.latest }}"),
    ("Proposed", 2.5, "{{ row.proposed }}"),
)
_MEASURES: tuple[_Column, ...] = (
    ("Ref", 2.0, "{{ row.ref }}"),
    ("Measure", 5.5, "{{ row.name }}"),
    ("Period", 3.1, "{{ row.period }}"),
    ("Figure, and those before", 4.4, "{{ row.figure }}{% if row.before %}\nbefore: {{ row.before }}{% endif %}"),
    ("Target", 2.2, "{{ row.target }}"),
    ("Floor standard", 2.4, "{{ row.floor }}"),
    ("How it stands, direction", 6.1, "{% cellbg row.colour %}{{ row.stands }}\n{{ row.moved }}"),
)
_RISKS: tuple[_Column, ...] = (
    ("Ref", 2.4, "{{ row.ref }}"),
    ("Risk, what is done about it", 8.6, "{{ row.title }}\n{{ row.treatment }}"),
    ("Score, direction", 4.2, "{{ row.score }}\n{{ row.moved }}"),
    ("Target", 1.9, "{{ row.target }}"),
    ("Owned by", 5.4, "{{ row.owner }}"),
    ("Assessed", 3.2, "{{ row.assessed }}"),
)
_SHORT: tuple[_Column, ...] = (
    ("Ref", 3.0, "{{ row.ref }}"),
    ("Action and lead", 11.0, _ACTION),
    ("Due (first due)", 6.2, _DUE),
    ("Status", 5.5, _STATUS),
)
_CLOSED: tuple[_Column, ...] = (
    ("Ref", 3.0, "{{ row.ref }}"),
    ("Action and lead", 11.0, _ACTION),
    ("Decision", 11.7, "{{ row.how }}{% if row.decision %}: {{ row.decision }}{% endif %}"),
)
_CHANGED: tuple[_Column, ...] = (
    ("Ref", 2.8, "{{ row.ref }}"),
    ("Action and lead", 7.9, _ACTION),
    ("In the paper", 4.0, "{{ row.was }}"),
    ("Now", 4.0, "{% cellbg row.colour %}{{ row.now }}"),
    ("Latest update (post, date)", 7.0, "{{ row.latest }}"),
)
_EXEMPT: tuple[_Column, ...] = (
    ("Ref", 2.8, "{{ row.ref }}"),
    ("Action and lead", 6.5, _ACTION),
    ("Status", 2.9, "{{ row.status }}"),
    ("Words (post, date)", 6.0, "{{ row.words }}"),
    ("Why", 4.9, "{{ row.why }}"),
    ("Paragraph", 2.6, "{{ row.paragraph }}"),
)
_PARAGRAPHS: tuple[_Column, ...] = (("Paragraph", 3.0, "{{ row.number }}"), ("It covers", 22.7, "{{ row.covers }}"))
_KEY: tuple[_Column, ...] = (
    ("Status", 6.0, "{% cellbg row.colour %}{{ row.status }}"),
    ("What it means", 19.7, "{{ row.meaning }}"),
)


def paper_template() -> bytes:
    """Return the template of the board's paper as a Word file."""
    made = TemplateBuilder()
    made.heading(_TITLE, 0)
    made.text("{{ board }}, {{ meeting }}")
    made.text("{% if draft %}{{ draft }}. {% endif %}As at {{ as_at }}{% if edition %}. {{ edition }}{% endif %}.")
    made.heading("1. What the board is asked", 1)
    made.text("The board is asked to:")
    made.tag("for one in asked")
    made.text("{{ one }}", "List Number")
    made.tag("endfor")
    made.heading("2. For the board to agree", 1)
    made.either("closures or new_meetings", "Nothing is waiting for the board’s agreement.")
    made.tag("if closures")
    made.text("Table {{ tables.closures }}: proposed for closure", "Caption", keep=True)
    made.table("closures", _CLOSURES, "Actions that their leads propose for closure")
    made.tag("endif")
    made.tag("if new_meetings")
    made.text("Table {{ tables.new_meetings }}: new meetings asked for", "Caption", keep=True)
    made.table("new_meetings", _NEW_MEETINGS, "Actions for which a new due meeting is asked")
    made.tag("endif")
    made.end_either()
    made.heading("3. Matters arising", 1)
    made.sections("matters", _LOG, "Actions that earlier meetings gave", "There are no matters arising.")
    made.heading("4. Action log", 1)
    made.tag("if not_listed")
    made.text("{{ not_listed }}")
    made.tag("endif")
    made.sections("log", _LOG, "Open actions of this heading", "There are no other open actions.")
    made.heading("5. No update received", 1)
    made.sections("silent", _SHORT, "Actions without an update, of one organisation", "Every update asked for is in.")
    made.heading("6. Verbal updates to be given", 1)
    made.either("verbal", "None.")
    made.table("verbal", _SHORT, "Actions on which a verbal update will be given")
    made.end_either()
    made.tag("if focus")
    made.heading("7. Contributions on {{ focus }}", 1)
    made.tag("for one in contributions")
    made.heading("{{ one.heading }}", 2)
    made.tag("for row in one.rows")
    made.text("{% if row.part %}{{ row.part }}: {% endif %}{{ row.words }}")
    made.tag("endfor")
    made.tag("endfor")
    made.tag("if no_contribution")
    made.text("No contribution received from {{ no_contribution }}.")
    made.tag("endif")
    made.tag("endif")
    made.tag("if measures")
    made.heading(_numbered("Measures", 7, "focus"), 1, page=True)
    made.tag("for section in measures")
    made.tag("if loop.first")
    made.heading("{{ section.heading }}", 2)
    made.tag("else")
    made.heading("{{ section.heading }}", 2, page=True)
    made.tag("endif")
    made.table("section.rows", _MEASURES, "Measures of this theme, with figure, target and direction")
    made.tag("if section.charts")
    made.text("{% for chart in section.charts %}{{ chart }}{% endfor %}", before=12)
    made.tag("endif")
    made.tag("endfor")
    made.tag("endif")
    made.tag("if risks")
    made.heading(_numbered("Risks", 7, "focus", "measures"), 1)
    made.table("risks", _RISKS, "Risks that this board monitors, the highest score first")
    made.tag("endif")
    made.heading(_numbered("Closed at the last meeting", 7, "focus", "measures", "risks"), 1)
    made.either("closed", "None.")
    made.table("closed", _CLOSED, "Actions that were closed, and the decision")
    made.end_either()
    made.heading(_numbered("Key", 8, "focus", "measures", "risks"), 1)
    made.table("key", _KEY, "What each status means", together=True)
    made.text(
        "Direction: how the rating compares with the one before. Overdue: past its due meeting by five working days, "
        "or with its outcome recorded, and without a new due meeting; an action with a date, from the next day."
    )
    return made.content()


def _numbered(title: str, number: int, *sections: str) -> str:
    """Return a heading with its number, which each of some sections before it raises by one where it is printed."""
    return f"{{{{ {' + '.join((str(number), *(f'(1 if {one} else 0)' for one in sections)))} }}}}. {title}"


def since_template() -> bytes:
    """Return the template of the sheet that says what has changed since a paper was frozen."""
    made = TemplateBuilder("{{ plan }}: since papers")
    made.heading("{{ plan }}: since papers", 0)
    made.text("{{ board }}, {{ meeting }}")
    made.text("{{ count }} between {{ papers_at }}, when the figures of the paper were taken, and {{ as_at }}.")
    made.table("changed", _CHANGED, "What has changed since the paper")
    return made.content()


def brief_template() -> bytes:
    """Return the template of the chair's brief: a page."""
    made = TemplateBuilder("{{ board }}, {{ meeting }}: the chair’s brief", portrait=True, tight=True)
    made.heading("The chair’s brief", 0)
    made.text("{{ board }}, {{ meeting }}. As at {{ as_at }}.")
    made.text("{{ standing }}")
    made.tag("for part in parts")
    made.heading("{{ part.heading }}", 1)
    made.tag("for line in part.lines")
    made.text("{{ line }}", "List Bullet")
    made.tag("endfor")
    made.tag("endfor")
    return made.content()


def exempt_template() -> bytes:
    """Return the template of the file with what is not for publication."""
    made = TemplateBuilder("{{ plan }}: exempt items")
    made.heading("{{ plan }}: exempt items", 0)
    made.text("{{ board }}, {{ meeting }}. As at {{ as_at }}.")
    made.text("{{ grounds }}")
    made.heading("Items", 1)
    made.table("exempt", _EXEMPT, "Actions whose words are not for publication")
    made.tag("if paragraphs")
    made.heading("Paragraphs of Schedule 12A", 1)
    made.table("paragraphs", _PARAGRAPHS, "What each paragraph covers")
    made.tag("endif")
    return made.content()


class TemplateBuilder:
    """A Word file that is being written."""

    def __init__(self, title: str = _TITLE, *, portrait: bool = False, tight: bool = False) -> None:
        self.document: Any = Document()
        self._page(portrait=portrait, tight=tight)
        self._styles()
        if tight:
            self._tighten()
        properties = self.document.core_properties
        properties.title, properties.language, properties.author = title, _LANGUAGE, ""
        properties.comments, properties.subject = "", "Board paper"

    def heading(self, text: str, level: int, *, page: bool = False) -> None:
        """Write a heading; level 0 is the title. `page`: on a page of its own."""
        self.document.add_heading(text, level).paragraph_format.page_break_before = page or None

    def text(self, text: str, style: str = "Normal", *, keep: bool = False, before: int = 0) -> None:
        """Write a paragraph; `keep`: on the page of the next; `before`: points left free over it."""
        layout = self.document.add_paragraph(text, style).paragraph_format
        layout.keep_with_next, layout.space_before = keep, Pt(before) if before else None

    def tag(self, inside: str) -> None:
        """Write a tag that takes its whole paragraph away."""
        self.document.add_paragraph("{%p " + inside + " %}")

    def either(self, given: str, otherwise: str) -> None:
        """Begin what is printed only where there is something; else a sentence says that there is not."""
        self.tag(f"if not ({given})")
        self.text(otherwise)
        self.tag("else")

    def end_either(self) -> None:
        """End what `either` began."""
        self.tag("endif")

    def sections(self, name: str, columns: Sequence[_Column], about: str, otherwise: str) -> None:
        """Write a heading and a table for each section of a list."""
        self.either(name, otherwise)
        self.tag(f"for section in {name}")
        self.tag("if section.level == 2")
        self.heading("{{ section.heading }}", 2)
        self.tag("else")
        self.heading("{{ section.heading }}", 3)
        self.tag("endif")
        self.tag("if section.rows")
        self.table("section.rows", columns, about)
        self.tag("endif")
        self.tag("endfor")
        self.end_either()

    def table(self, rows: str, columns: Sequence[_Column], about: str, *, together: bool = False) -> None:
        """Write a table: its first row is on each page, no row is broken over two; `together`: nor is the table."""
        table = self.document.add_table(rows=4, cols=len(columns), style="Table Grid")
        table.autofit = False
        described = table._tbl.tblPr
        for name in ("w:tblCaption", "w:tblDescription"):
            given = OxmlElement(name)
            given.set(qn("w:val"), about)
            described.append(given)
        look = described.find(qn("w:tblLook"))
        for name, value in (("firstRow", "1"), ("firstColumn", "0"), ("noVBand", "1")):
            look.set(qn(f"w:{name}"), value)
        heads, begins, body, ends = table.rows
        for number, (head, width, inside) in enumerate(columns):
            table.columns[number].width = Cm(width)
            for row in table.rows:
                row.cells[number].width = Cm(width)
                layout = row.cells[number].paragraphs[0].paragraph_format
                layout.space_after, layout.keep_with_next = Pt(2), together or None
            heads.cells[number].paragraphs[0].add_run(head).bold = True
            body.cells[number].paragraphs[0].add_run(inside)
        begins.cells[0].paragraphs[0].add_run("{%tr for row in " + rows + " %}")
        ends.cells[0].paragraphs[0].add_run("{%tr endfor %}")
        for row in (heads, body):
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        heads._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def content(self) -> bytes:
        """Return what was written as a Word file."""
        whole = io.BytesIO()
        self.document.save(whole)
        return whole.getvalue()

    def _tighten(self) -> None:
        """Leave less room around paragraphs and headings, so that all stands on one page."""
        section = self.document.sections[0]
        section.header_distance = section.footer_distance = Cm(0.8)
        styles = self.document.styles
        for name, size, before in (("Title", 16, 0), ("Heading 1", 12, 4)):
            styles[name].font.size, styles[name].paragraph_format.space_before = Pt(size), Pt(before)
        styles["Title"].paragraph_format.space_after, styles["Normal"].paragraph_format.space_after = Pt(6), Pt(2)

    def _page(self, *, portrait: bool, tight: bool) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT if portrait else WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = (_HEIGHT, _WIDTH) if portrait else (_WIDTH, _HEIGHT)
        margin = _NARROW if tight else _MARGIN
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
        foot = section.footer.paragraphs[0]
        foot.paragraph_format.tab_stops.clear_all()
        foot.paragraph_format.tab_stops.add_tab_stop(section.page_width - 2 * margin, WD_TAB_ALIGNMENT.RIGHT)
        as_at = "" if portrait else ". As at {{ as_at }}"
        foot.add_run("{{ board }}, {{ meeting }}" + as_at + "{% if edition %}. {{ edition }}{% endif %}\tPage ")
        _field(foot, "PAGE")
        foot.add_run(" of ")
        _field(foot, "NUMPAGES")

    def _styles(self) -> None:
        styles = self.document.styles
        for name, size in _SIZES.items():
            style = styles[name]
            style.font.name, style.font.size = _FONT, Pt(size)
            style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
            style.font.italic = False
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for attribute in [key for key in fonts.attrib if key.endswith("Theme")]:
                del fonts.attrib[attribute]
            for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(attribute), _FONT)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        language = defaults.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            defaults.append(language)
        language.set(qn("w:val"), _LANGUAGE)
        language.set(qn("w:eastAsia"), _LANGUAGE)


def _field(paragraph: Any, code: str) -> None:
    """Write a field that Word fills in: the page's number, or how many there are."""
    run = paragraph.add_run()._r
    for sort in ("begin", "", "separate", "shown", "end"):
        if sort == "":
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = f" {code} "
        elif sort == "shown":
            part = OxmlElement("w:t")
            part.text = "1"
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), sort)
        run.append(part)
