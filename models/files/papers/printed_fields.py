"""Which fields a template prints, and which of its pictures say nothing to those who cannot see them."""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_PART = re.compile(r"word/(?P<where>document|header|footer)\d*\.xml")
_TAGS = re.compile(r"<[^>]+>")
_BRACES = re.compile(r"\{[{%]([^{}]*)[%}]\}")
_TOLD = re.compile(r"<wp:docPr\b[^>]*>")
_SAID = re.compile(r'\b(name|descr|title)="([^"]*)"')
_DECORATIVE = re.compile(r"<\w+:decorative\b[^>]*\bval=\"(?:1|true)\"")


class CheckedTemplate(NamedTuple):
    """The fields that a template prints, in their order; each picture without words, with where it stands."""

    prints: tuple[str, ...]
    unworded: tuple[str, ...] = ()


def inspect_template(template: bytes, known: tuple[str, ...]) -> CheckedTemplate:
    """Return which of the known fields stand between the braces of a template, and its pictures without words."""
    with zipfile.ZipFile(io.BytesIO(template)) as packed:
        found = [(name, one["where"]) for name in packed.namelist() if (one := _PART.fullmatch(name))]
        parts = [(where, packed.read(name).decode("utf-8")) for name, where in found]
    words = " ".join(inside for _, part in parts for inside in _BRACES.findall(_TAGS.sub("", part)))
    return CheckedTemplate(
        tuple(name for name in known if re.search(rf"\b{name}\b", words)),
        tuple(one for where, part in parts for one in _unworded(where, part)),
    )


def _unworded(where: str, part: str) -> Iterator[str]:
    # Cut and not parsed: a part may be large, and this is no process of its own.
    for drawing in part.split("<w:drawing")[1:]:
        drawn = drawing.partition("</w:drawing>")[0]
        told = _TOLD.search(drawn)
        if told is None or "<pic:pic" not in drawn or _DECORATIVE.search(drawn):
            continue
        said = {name: unescape(value) for name, value in _SAID.findall(told[0])}
        if not (said.get("descr") or said.get("title") or "").strip():
            yield f"{said.get('name') or 'a picture'}{'' if where == 'document' else f' in the {where}'}"
