"""Which fields a template prints."""

import io
import re
import zipfile

_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_TAGS = re.compile(r"<[^>]+>")
_BRACES = re.compile(r"\{[{%]([^{}]*)[%}]\}")


def fields_in(template: bytes, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the known fields that stand between the braces of a template, in their order."""
    with zipfile.ZipFile(io.BytesIO(template)) as packed:
        parts = [name for name in packed.namelist() if _PARTS.fullmatch(name)]
        words = " ".join(
            inside for name in parts for inside in _BRACES.findall(_TAGS.sub("", packed.read(name).decode("utf-8")))
        )
    return tuple(name for name in known if re.search(rf"\b{name}\b", words))
