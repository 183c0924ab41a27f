"""Draw bars as a PNG file, and write the words that stand for it. Pure: bars in, bytes or words out.

No meaning rests on colour alone: every status has a hatching of its own, and under the bar the counts are said in
words. The colours are GOV.UK's (see the statuses in docs/explanation/boards-and-dates.md).
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from bot.plain_text import one_line
from handlers.responses import Bar, Picture
from models.enums import WORST_FIRST, Status

if TYPE_CHECKING:
    # Pillow takes a twentieth of a second to load, and most of what the bot does draws nothing.
    from PIL import ImageFont
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

Hatch = Literal["", "/", "\\", "x", ".", "-"]

WIDTH = 600
"""Pixels: a phone shows half of that, with letters of twelve pixels."""
_MARGIN = 20
_BAR = 30
_TITLE, _HEADING, _LABEL, _WORDS = 28, 26, 24, 24
"""Sizes of letters."""
_LINE = 1.25
"""Height of a line, in sizes of its letters."""
_MOST_LINES = 2
"""Lines of a label; a longer one is cut."""
_INK, _SOFT, _RULE, _PAPER, _LATE = "#0b0c0c", "#505a5f", "#b1b4b6", "#ffffff", "#942514"
_NOTHING = "none that serves it alone"
UNBROKEN = "~"
"""Stands for a space at which no line ends."""


class Style(NamedTuple):
    """How one status is drawn: its colour, and its hatching in a colour."""

    fill: str
    hatch: Hatch = ""
    lines: str = ""


STYLES = {
    Status.NOT_STARTED: Style("#ffffff"),
    Status.ON_TRACK: Style("#00703c"),
    Status.SOME_ISSUES: Style("#f47738", "/", "#a8430f"),
    Status.OFF_TRACK: Style("#d4351c", "x", "#f3b4a9"),
    Status.PROPOSED: Style("#4c2c92", ".", "#c9bce6"),
    Status.COMPLETE: Style("#1d70b8", "-", "#a5c9e8"),
    Status.CLOSED_NOT_DONE: Style("#ffffff", "\\", "#b1b4b6"),
}

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


def alternative_words(picture: Picture, limit: int) -> str:
    """Return the words that stand for a picture: the same counts, as many whole bars as fit."""
    said = one_line(picture.lead)
    left = len(picture.bars)
    under = ""
    for bar in picture.bars:
        heading = f" {one_line(bar.under)}." if bar.under != under else ""
        more = f"{heading} {_counted(bar)[0].upper()}{_counted(bar)[1:]}."
        under = bar.under
        rest = f" And {left - 1} more." if left > 1 else ""
        if len(said) + len(more) + len(rest) > limit:
            return f"{said} And {left} more."
        said, left = said + more, left - 1
    return said


def _counted(bar: Bar) -> str:
    return f"{one_line(bar.said)}: {counts_in_words(bar) or _NOTHING}"


def counts_in_words(bar: Bar) -> str:
    """Return the counts of a bar: "1 off track, 5 on track, 2 of them overdue"; "" for an empty bar."""
    late = [f"{bar.overdue} of them overdue"] if bar.overdue else []
    return ", ".join([*(f"{count} {status.value}" for status, count in bar.counts), *late])


def draw(picture: Picture) -> bytes:
    """Return the picture as a PNG file."""
    from PIL import Image, ImageDraw, ImageFont

    fonts = {size: ImageFont.load_default(size) for size in (_TITLE, _HEADING, _LABEL, _WORDS)}
    sheet = _Sheet(fonts)
    height = sheet.everything(None, picture)
    image = Image.new("RGB", (WIDTH, height), _PAPER)
    sheet.image = image
    sheet.everything(ImageDraw.Draw(image), picture)
    out = io.BytesIO()
    # Few colours make a small file; the fast ways of finding and packing them are good enough for lines and letters.
    image.quantize(64, Image.Quantize.FASTOCTREE).save(out, "PNG", compress_level=6)
    return out.getvalue()


def drawable(text: str) -> str:
    """Return words in the letters the font has: accents go, and other letters become a question mark."""
    plain = "".join(_PLAIN.get(char, char) for char in one_line(text))
    apart = (char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return "".join(char if char.isascii() or char in _HELD else "?" for char in apart)


class _Sheet:
    """Draws from top to bottom; without a pen it only measures."""

    def __init__(self, fonts: dict[int, ImageFont.FreeTypeFont | ImageFont.ImageFont]) -> None:
        self.fonts = fonts
        self.image: Image | None = None

    def everything(self, pen: ImageDraw | None, picture: Picture) -> int:
        """Draw everything; return the height in pixels."""
        y = _MARGIN
        y = self._lines(pen, drawable(picture.title), _MARGIN, y, WIDTH - 2 * _MARGIN, _TITLE, _INK)
        y = self._key(pen, picture, y + 10)
        most = max((sum(count for _, count in bar.counts) for bar in picture.bars), default=0)
        under = ""
        for bar in picture.bars:
            y += 12
            if bar.under != under:
                if pen:
                    pen.line((_MARGIN, y, WIDTH - _MARGIN, y), fill=_INK, width=2)
                y = self._lines(pen, drawable(bar.under), _MARGIN, y + 10, WIDTH - 2 * _MARGIN, _HEADING, _INK) + 6
            under = bar.under
            y = self._row(pen, bar, most, y)
        return self._lines(pen, drawable(picture.note), _MARGIN, y + 14, WIDTH - 2 * _MARGIN, _WORDS, _SOFT) + _MARGIN

    def _lines(
        self, pen: ImageDraw | None, text: str, x: int, y: int, width: int, size: int, ink: str, most: int = 99
    ) -> int:
        lines = [line.replace(UNBROKEN, " ") for line in self._wrapped(text, width, size)]
        if len(lines) > most:
            lines = [*lines[: most - 1], lines[most - 1].rstrip(" .,") + "..."]
        for line in lines:
            if pen:
                pen.text((x, y), line, ink, self.fonts[size], stroke_width=0.4 if size in (_TITLE, _HEADING) else 0)
            y += int(size * _LINE)
        return y

    def _wrapped(self, text: str, width: int, size: int) -> list[str]:
        """Return words on as many lines as they take; a word longer than a line is broken."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._long(longer, size) <= width:
                lines[-1] = longer
                continue
            while self._long(word, size) > width:
                fits = max(n for n in range(1, len(word) + 1) if n == 1 or self._long(word[:n], size) <= width)
                lines.append(word[:fits])
                word = word[fits:]
            lines.append(word)
        return lines

    def _long(self, text: str, size: int) -> float:
        return self.fonts[size].getlength(text)

    def _key(self, pen: ImageDraw | None, picture: Picture, y: int) -> int:
        """Draw the statuses that occur, each with its hatching."""
        there = {status for bar in picture.bars for status, _ in bar.counts}
        x = _MARGIN
        for status in (status for status in WORST_FIRST if status in there):
            wide = 34 + 8 + int(self._long(status.value, _WORDS)) + 22
            if x + wide - 22 > WIDTH - _MARGIN:
                x, y = _MARGIN, y + 32
            if pen:
                self._segment(pen, status, (x, y, x + 34, y + 22))
                pen.text((x + 42, y), status.value, _INK, self.fonts[_WORDS])
            x += wide
        return y + 26 if there else y

    def _row(self, pen: ImageDraw | None, bar: Bar, most: int, y: int) -> int:
        """Draw a label, the bar, and under it the same in words."""
        left, room = _MARGIN, WIDTH - 2 * _MARGIN
        y = self._lines(pen, drawable(bar.label), left, y, room, _LABEL, _INK, _MOST_LINES) + 4
        if not bar.counts:
            return self._lines(pen, _NOTHING, left, y, room, _WORDS, _SOFT)
        ends = [left]
        counted = 0
        for _, count in bar.counts:
            counted += count
            ends.append(left + round(room * counted / most))
        if pen:
            for (status, _), (start, end) in zip(bar.counts, pairwise(ends), strict=True):
                self._segment(pen, status, (start, y, max(end, start + 3), y + _BAR))
        words = " · ".join(f"{count} {status.value}".replace(" ", UNBROKEN) for status, count in bar.counts)
        y = self._lines(pen, words, left, y + _BAR + 5, room, _WORDS, _INK)
        late = f"{bar.overdue} overdue" if bar.overdue else ""
        return self._lines(pen, late, left, y, room, _WORDS, _LATE)

    def _segment(self, pen: ImageDraw, status: Status, box: Sequence[int]) -> None:
        from PIL import Image, ImageDraw

        style = STYLES[status]
        x0, y0, x1, y1 = box
        tile = Image.new("RGB", (max(x1 - x0, 1), y1 - y0), style.fill)
        _hatch(ImageDraw.Draw(tile), style, tile.size)
        if self.image is not None:
            self.image.paste(tile, (x0, y0))
        pen.rectangle((x0, y0, max(x1 - 1, x0), y1 - 1), outline=_SOFT if style.fill == _PAPER else style.fill)
        if x1 - x0 > 6:
            pen.line((x1 - 1, y0, x1 - 1, y1 - 1), fill=_PAPER if style.fill != _PAPER else _SOFT, width=1)


def _hatch(pen: ImageDraw, style: Style, size: tuple[int, int]) -> None:
    """Draw lines or dots over a whole tile."""
    wide, high = size
    step = 9
    if style.hatch in ("/", "x"):
        for x in range(-high, wide, step):
            pen.line((x, high, x + high, 0), fill=style.lines, width=2)
    if style.hatch in ("\\", "x"):
        for x in range(-high, wide, step):
            pen.line((x, 0, x + high, high), fill=style.lines, width=2)
    if style.hatch == "-":
        for y in range(4, high, step):
            pen.line((0, y, wide, y), fill=style.lines, width=2)
    if style.hatch == ".":
        for row, y in enumerate(range(4, high, step)):
            for x in range(4 + (row % 2) * step // 2, wide, step):
                pen.ellipse((x, y, x + 2, y + 2), fill=style.lines)
