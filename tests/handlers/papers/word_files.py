"""What a Word file says, and how it is built: read from its XML."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def part(content: bytes, name: str) -> Xml.Element:
    """A part of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return Xml.fromstring(file.read(name))


def text_of(element: Xml.Element) -> str:
    """The words under an element, a line for each break."""
    said = ""
    for one in element.iter():
        if one.tag == f"{W}t":
            said += one.text or ""
        elif one.tag in (f"{W}br", f"{W}p", f"{W}tab"):
            said += "\n"
    return said.strip("\n")


@dataclass(frozen=True)
class WordTable:
    """A table: its rows as texts, and the element."""

    rows: list[list[str]]
    element: Xml.Element


class WordFile:
    """A Word file that was read."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.body = part(content, "word/document.xml").find(f"{W}body")
        assert self.body is not None

    @property
    def text(self) -> str:
        """All that the body says."""
        assert self.body is not None
        return text_of(self.body)

    @property
    def pictures(self) -> list[str]:
        """The words that stand for each picture, in order."""
        assert self.body is not None
        return [one.get("descr", "") for one in self.body.iter(f"{WP}docPr")]

    @property
    def parts(self) -> list[str]:
        """The names of what the file is packed of."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as packed:
            return packed.namelist()

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The headings in order, each with its level; the title has 0."""
        found = []
        for paragraph in self._all("p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            name = style.get(f"{W}val", "") if style is not None else ""
            if name == "Title" or name.startswith("Heading"):
                found.append((int(name.removeprefix("Heading") or 0) if name != "Title" else 0, text_of(paragraph)))
        return found

    @property
    def tables(self) -> list[WordTable]:
        """The tables in order."""
        return [
            WordTable([[text_of(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")], table)
            for table in self._all("tbl")
        ]

    def under(self, heading: str) -> str:
        """What stands between a heading of the first level and the next."""
        assert self.body is not None
        said, inside = [], False
        for one in self.body:
            style = one.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(f"{W}val") == "Heading1":
                inside = heading in text_of(one)
            elif inside:
                said.append(text_of(one))
        return "\n".join(said)

    def _all(self, name: str) -> list[Xml.Element]:
        assert self.body is not None
        return list(self.body.iter(f"{W}{name}"))
