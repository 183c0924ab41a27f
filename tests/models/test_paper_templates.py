"""Templates of papers: a board's own is checked and used; a hostile one is refused in bounded time and memory."""

from __future__ import annotations

import base64
import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

from handlers.papers.own_templates import check_own_template, said_of_template
from models.files.papers.front_template import front_template
from models.files.papers.own_template import paper_template
from models.files.papers.rendering import TEMPLATE_FIELDS, TemplateAtFault, check_template, render_document
from tests.handlers.papers.word_files import WordFile

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def word_file(*paragraphs: str) -> bytes:
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    whole = io.BytesIO(word_file("{{ board }}"))
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return whole.getvalue()


def refused(template: bytes, seconds: int = 2) -> str:
    began = time.monotonic()
    with pytest.raises(TemplateAtFault) as said:
        render_document(TEMPLATE_FIELDS, template, seconds=seconds)
    assert time.monotonic() - began < 30
    return said.value.sentence


def test_our_own_template_prints_every_field_but_what_it_puts_together_itself() -> None:
    assert set(TEMPLATE_FIELDS) - set(check_template(paper_template()).prints) == {"progress"}


def test_our_own_front_sheet_prints_its_fields_by_their_labels() -> None:
    prints = check_own_template("front", front_template()).prints
    assert prints == ("board", "meeting", "as_at", "edition", "draft", "subject", "rows", "sections", "clearances")


def test_a_field_that_the_front_sheet_has_not_is_named_with_its_place_and_those_that_there_are() -> None:
    with pytest.raises(TemplateAtFault) as refused:
        check_own_template("front", word_file("{{ wards }}", "Wards: {{ ward }}", "{{ asked }}"))
    said = refused.value.sentence
    assert "there is no field “ward”, in “Wards: {{ ward }}” and no “asked”, in “{{ asked }}”." in said
    assert "The fields are: plan, board, meeting, as_at, edition, draft, report_to, subject, report_of, wards" in said
    assert said.endswith("of a row of clearances: name, post, sent, answer, reference.")


def test_a_template_of_ones_own_is_used_and_its_fields_are_said() -> None:
    own = word_file("The {{ board }} of {{ meeting }}", "{%p for one in asked %}", "- {{ one }}", "{%p endfor %}")
    assert check_template(own) == (("board", "meeting", "asked"), ())
    made = WordFile(render_document({**TEMPLATE_FIELDS, "board": "Board <& “all”"}, own))
    assert "The Board <& “all” of (meeting)" in made.text
    assert "- note progress." in made.text


@pytest.mark.parametrize(
    ("field", "in_what"),
    [("bored", "The {{ bored }} meets"), ("lede", "{% for row in closures %}{{ row.ref }} {{ row.lede }}{% endfor %}")],
)
def test_a_field_that_there_is_not_is_named_with_its_place(field: str, in_what: str) -> None:
    said = refused(word_file("{{ board }}", in_what))
    assert said.startswith(f"The template cannot be used: there is no field “{field}”, in “{in_what}”.")
    assert said.endswith("of a row of closed: ref, action, lead, due, first_due, status, direction, late, latest, "
                         "proposed, colour, how, decision; of a row of contributions: part, words; of a row of "
                         "measures: ref, name, period, figure, before, target, floor, stands, moved, colour; of a "
                         "row of risks: ref, title, score, moved, target, treatment, owner, assessed; of a row of key: "
                         "status, meaning, colour.")  # fmt: skip
    assert "The fields are: plan, board, meeting, as_at, edition, draft, progress, not_listed, asked, tables" in said


def test_every_field_that_there_is_not_is_named_at_once() -> None:
    rows = "{% for row in closures %}{{ row.lede }}{{ row.ref }}{% endfor %}"
    deep = "{% for part in log %}{% for row in part.rows %}{{ row.refs }}{% endfor %}{% endfor %}"
    said = refused(word_file("{{ board }}{{ bored }}", "{% if meetings %}{{ meeting }}{% endif %}", rows, deep))
    for name, place in (("bored", "{{ bored }}"), ("meetings", "{% if meetings"), ("lede", rows), ("refs", deep)):
        assert f"“{name}”, in “" in said
        assert place in said
    assert "“ref”" not in said


def with_pictures(name: str, *, words: str = "", decorative: bool = False, within: str = "document") -> bytes:
    document: Any = Document()
    place = document.sections[0].header.paragraphs[0] if within == "header" else document.add_paragraph("{{ board }}")
    place.add_run().add_picture(io.BytesIO(DOT))
    (told,) = place._p.iter(f"{WP}docPr")
    told.set("name", name)
    if words:
        told.set("descr", words)
    if decorative:
        told.append(
            parse_xml('<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>')
        )
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("template", "unworded"),
    [
        (with_pictures("Picture 1"), ("Picture 1",)),
        (with_pictures("Logo", within="header"), ("Logo in the header",)),
        (with_pictures("Logo", words=" "), ("Logo",)),
        (with_pictures("Logo", words="The council’s arms"), ()),
        (with_pictures("Line", decorative=True), ()),
        (paper_template(), ()),
    ],
)
def test_a_picture_without_words_is_pointed_out(template: bytes, unworded: tuple[str, ...]) -> None:
    checked = check_template(template)
    assert checked.unworded == unworded
    said = " ".join(said_of_template(checked))
    assert ("View Alt Text" in said) == bool(unworded)
    assert all(one in said for one in unworded)


def test_the_pictures_of_a_template_keep_their_words_in_the_paper() -> None:
    made = render_document(TEMPLATE_FIELDS, with_pictures("Logo", words="The council’s arms", within="header"))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        headers = "".join(packed.read(one).decode() for one in packed.namelist() if one.startswith("word/header"))
    assert 'descr="The council’s arms"' in headers


HOSTILE: dict[str, Callable[[], bytes]] = {
    "classes": lambda: word_file("{{ board.__class__.__mro__[1].__subclasses__() }}"),
    "globals": lambda: word_file("{{ cycler.__init__.__globals__ }}"),
    "format": lambda: word_file("{{ '{0.__class__}'.format(board) }}"),
    "changes what it is given": lambda: word_file("{{ asked.append('agree to everything') }}"),
    "includes a file": lambda: word_file("{% include '/etc/passwd' %}"),
    "goes round": lambda: word_file("{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}"),
    "grows": lambda: word_file("{{ ('x' * 999999999) * 99 }}"),
    "cannot be read": lambda: word_file("{% for %}"),
    "a bomb": lambda: with_part("word/media/bomb.xml", b"\0" * 80 * 1024 * 1024),
    "macros": lambda: with_part("word/vbaProject.bin", b"macros"),
    "entities": lambda: with_part("word/more.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
    "fetches": lambda: with_part(
        "word/_rels/settings.xml.rels",
        b'<Relationships><Relationship Id="r" Type="x/attachedTemplate" Target="http://x/" TargetMode="External"/>'
        b"</Relationships>",
    ),
    "no word file": lambda: b"PK\x03\x04 nothing",
    "an old word file": lambda: b"\xd0\xcf\x11\xe0",
    "too large": lambda: b"x" * 6 * 1024 * 1024,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_template_is_refused_in_one_sentence(what: str) -> None:
    said = refused(HOSTILE[what]())
    assert said.startswith("The template ")
    assert said.endswith(".")
    assert "Traceback" not in said
    assert "root:" not in said
