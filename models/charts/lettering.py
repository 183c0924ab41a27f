"""Letters of a picture: what the font can draw, and words on as many lines as they take."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Pillow takes a twentieth of a second to load, and most of what the bot does draws nothing.
    from PIL.ImageDraw import ImageDraw

INK, QUIET_INK, RULE, PAPER = "#0b0c0c", "#505a5f", "#b1b4b6", "#ffffff"
LINE = 1.25
"""Height of a line, in sizes of its letters."""
UNBROKEN = "~"
"""Stands for a space at which no line ends."""
_PLAIN = {
    "~": "-",
    "–": "-",
    "—": "-",
    "‑": "-",
    "ß": "ss",
    "Æ": "AE",
    "æ": "ae",
    "Ø": "O",
    "ø": "o",
    "ł": "l",
    "Ł": "L",
}
_HELD = "’‘“”·"
"""Letters beside ASCII in the font that comes with Pillow."""


def drawable(text: str) -> str:
    """Return words on one line in the letters the font has: accents go, others become a question mark."""
    seen = "".join(char for char in text if char.isprintable() or char.isspace())
    plain = "".join(_PLAIN.get(char, char) for char in " ".join(seen.split()))
    apart = (char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return "".join(char if char.isascii() or char in _HELD else "?" for char in apart)


class Lettering:
    """Writes with the font that comes with Pillow; without a pen it only measures."""

    def __init__(self, sizes: Collection[int], bold: Collection[int] = ()) -> None:
        """Load the font in some sizes; those of `bold` are drawn thicker."""
        from PIL import ImageFont

        self._fonts = {size: ImageFont.load_default(size) for size in sizes}
        self._bold = frozenset(bold)

    def lines(
        self, pen: ImageDraw | None, text: str, x: int, y: int, width: int, size: int, ink: str, most: int = 99
    ) -> int:
        """Write words from a place down; return where the next line begins."""
        lines = [line.replace(UNBROKEN, " ") for line in self._wrapped(text, width, size)]
        if len(lines) > most:
            lines = [*lines[: most - 1], lines[most - 1].rstrip(" .,") + "..."]
        for line in lines:
            self.word(pen, line, x, y, size, ink)
            y += int(size * LINE)
        return y

    def word(self, pen: ImageDraw | None, text: str, x: int, y: int, size: int, ink: str) -> None:
        """Write words on one line, as long as they are."""
        if pen:
            pen.text((x, y), text, ink, self._fonts[size], stroke_width=0.4 if size in self._bold else 0)

    def width(self, text: str, size: int) -> float:
        """Return how long words are on one line, in pixels."""
        return self._fonts[size].getlength(text)

    def _wrapped(self, text: str, width: int, size: int) -> list[str]:
        """Return words on as many lines as they take; a word longer than a line is broken."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size) <= width:
                lines[-1] = longer
                continue
            while self.width(word, size) > width:
                fits = max(n for n in range(1, len(word) + 1) if n == 1 or self.width(word[:n], size) <= width)
                lines.append(word[:fits])
                word = word[fits:]
            lines.append(word)
        return lines
