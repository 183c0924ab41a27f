"""Fill in a template, in a process of its own: a task in, a Word file out.

A template is a program that somebody sent. It is run in Jinja's sandbox, without the environment, and with limits on
the memory and time that it may take.
"""

import base64
import io
import json
import re
import resource
import sys
import zipfile
from typing import Any, NoReturn

MEMORY = 700 * 1024 * 1024
EXIT_REFUSED = 3
_MOST_PARTS, _MOST_UNPACKED = 2_000, 60 * 1024 * 1024
_DEFINES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHART_WIDTH = 12.2
"""Centimetres: two stand beside each other."""
_MOST_UNKNOWN, _LONGEST = 8, 2_600
_NO_FIELD = re.compile(r"'([^']{1,80})' is undefined|has no attribute '([^']{1,80})'")


class BadTemplateError(Exception):
    """What is wrong with a template, in words."""


def main() -> None:
    """Read a task and write what comes of it; a template that is at fault is said on the error output."""
    task = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (task["seconds"], task["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    template = base64.b64decode(task["template"])
    try:
        made = fill_in(template, task["fields"], task["sort"])
    except BadTemplateError as error:
        _refuse(str(error))
    except MemoryError:
        _refuse("it takes too much memory")
    except Exception as error:  # noqa: BLE001 - whatever a template does is its own fault
        _refuse(_said(error, template, task["fields"]))
    sys.stdout.buffer.write(made)


def _refuse(why: str) -> NoReturn:
    sys.stderr.write(json.dumps({"says": why[:_LONGEST]}))
    sys.exit(EXIT_REFUSED)


def fill_in(template: bytes, fields: dict[str, Any], sort: str) -> bytes:
    """Return a template with its fields filled in; where none is given, our own of a sort."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    if template:
        check_archive(template)
    else:
        from models.files.papers.templates import TEMPLATES

        template = TEMPLATES[sort]()
    document = DocxTemplate(io.BytesIO(template))
    for section in fields.get("measures", ()):
        section["charts"] = [_ChartPicture(document, chart) for chart in section["charts"]]
    document.render(fields, ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True))
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


class _ChartPicture:
    """A chart where a template prints it: drawn only then, with its words; a template can reach nothing in it."""

    def __init__(self, document: Any, chart: dict[str, Any]) -> None:
        self._document, self._chart = document, chart

    def __html__(self) -> str:
        from docx.shared import Cm

        from models.charts.chart import chart_in, chart_words
        from models.charts.line_chart import draw_chart

        chart = chart_in(self._chart)
        picture = io.BytesIO(draw_chart(chart))
        inline = self._document.current_rendering_part.new_pic_inline(picture, Cm(_CHART_WIDTH), None)
        inline.docPr.set("descr", chart_words(chart, _LONGEST))
        return f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def check_archive(template: bytes) -> None:
    """Refuse what is no plain Word file.

    Raises:
        BadTemplateError: it is no Word file, holds macros, fetches something, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise BadTemplateError("it unpacks to more than a template may hold: take pictures out")
            names = {part.filename for part in parts}
            if "word/document.xml" not in names:
                raise BadTemplateError("it is no Word file (.docx)")
            if any("vbaProject" in name for name in names):
                raise BadTemplateError("it holds macros: save it as a Word document (.docx)")
            for part in parts:
                content = packed.read(part) if part.filename.endswith((".xml", ".rels")) else b""
                if _DEFINES.search(content):
                    raise BadTemplateError("it defines entities, which no Word file does")
                outside = re.findall(rb"<Relationship [^>]*TargetMode=\"External\"[^>]*>", content)
                if any(b'/hyperlink"' not in one for one in outside):
                    raise BadTemplateError("it fetches a picture or a template from elsewhere")
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BadTemplateError("it is damaged, has a password, or is no Word file (.docx)") from error


def _said(error: Exception, template: bytes, fields: dict[str, Any]) -> str:
    """Return what is wrong, with the place of each field that there is not, and those that there are."""
    from jinja2 import TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    if isinstance(error, UndefinedError) and (found := _NO_FIELD.search(str(error))):
        names = _unknown(template, fields) or [found[1] or found[2]]
        unknown = " and no ".join(f"“{name}”{_place(template, name)}" for name in names[:_MOST_UNKNOWN])
        return f"there is no field {unknown}. The fields are: {_known(fields)}"
    if isinstance(error, SecurityError):
        return f"it does what no template may: {error}"
    if isinstance(error, TemplateSyntaxError):
        return f"what is between its braces is not understood: {error.message}"
    return f"{type(error).__name__}: {error}"


def _known(fields: dict[str, Any]) -> str:
    """Return every field, and those of the rows of each list."""
    of_rows = {}
    for name, value in fields.items():
        rows = value[0].get("rows", value) if isinstance(value, list) and value and isinstance(value[0], dict) else ()
        of_rows[name] = ", ".join(rows[0]) if rows else ""
    lists = "".join(f"; of a row of {name}: {names}" for name, names in of_rows.items() if names)
    return f"{', '.join(fields)}{lists}"


def _unknown(template: bytes, fields: dict[str, Any]) -> list[str]:
    """Return the names in a template that are no field, and no field of the row that a loop goes through."""
    from docxtpl import DocxTemplate
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    document: Any = DocxTemplate(io.BytesIO(template))
    document.init_docx()
    environment = ImmutableSandboxedEnvironment()
    found: dict[str, None] = {}

    def value_of(node: Any, known: dict[str, Any]) -> Any:
        if isinstance(node, nodes.Name):
            if node.ctx == "load" and node.name not in known and node.name not in environment.globals:
                found[node.name] = None
            return known.get(node.name)
        if isinstance(node, nodes.Getattr):
            whole = value_of(node.node, known)
            if isinstance(whole, dict) and node.attr not in whole and not hasattr(whole, node.attr):
                found[node.attr] = None
            return whole.get(node.attr) if isinstance(whole, dict) else None
        if isinstance(node, nodes.For):
            some = value_of(node.iter, known)
            names = {one.name: None for one in node.target.find_all(nodes.Name)}
            if isinstance(node.target, nodes.Name):
                names[node.target.name] = some[0] if isinstance(some, list) and some else None
            for one in (*node.body, *node.else_):
                value_of(one, {**known, **names, "loop": None})
            return None
        if isinstance(node, nodes.Assign):
            known |= {one.name: None for one in node.find_all(nodes.Name) if one.ctx == "store"}
        for one in node.iter_child_nodes():
            value_of(one, known)
        return None

    parts = [document.patch_xml(document.get_xml())]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        parts += [document.patch_xml(document.get_part_xml(part)) for _, part in document.get_headers_footers(uri)]
    for part in parts:
        value_of(environment.parse(part), dict(fields))
    return list(found)


def _place(template: bytes, name: str) -> str:
    """Return where a field stands, in the words around it."""
    from docx import Document

    document: Any = Document(io.BytesIO(template))
    tables = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for paragraph in (*document.paragraphs, *(one for cell in tables for one in cell.paragraphs)):
        if re.search(rf"\{{[{{%][^}}]*\b{re.escape(name)}\b", paragraph.text):
            return f", in “{paragraph.text.strip()[:120]}”"
    return ""


if __name__ == "__main__":
    main()
