"""Draw bars or a chart as a PNG file, and write the words that stand for it. Pure: bars in, bytes or words out.

No meaning rests on colour alone: every status has a hatching of its own, and under the bar the counts are said in
words. The colours are GOV.UK's (see the statuses in docs/explanation/boards-and-dates.md).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from bot.plain_text import one_line
from handlers.responses import Bar, Picture
from models.charts.chart import Chart, chart_words
from models.charts.lettering import INK, PAPER, QUIET_INK, UNBROKEN, Lettering, drawable
from models.charts.line_chart import draw_chart
from models.enums import WORST_FIRST, Status

if TYPE_CHECKING:
    # Pillow takes a twentieth of a second to load, and most of what the bot does draws nothing.
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

Hatch = Literal["", "/", "\\", "x", ".", "-"]

WIDTH = 600
"""Pixels: a phone shows half of that, with letters of twelve pixels."""
_MARGIN = 20
_ROOM = WIDTH - 2 * _MARGIN
_BAR = 30
_TITLE, _HEADING, _LABEL, _WORDS = 28, 26, 24, 24
"""Sizes of letters."""
_MOST_LINES = 2
"""Lines of a label; a longer one is cut."""
_LATE = "#942514"
_NOTHING = "none that serves it alone"


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


def alternative_words(picture: Picture | Chart, limit: int) -> str:
    """Return the words that stand for a picture: the same counts, as many whole bars as fit."""
    if isinstance(picture, Chart):
        return chart_words(picture, limit)
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


def draw(picture: Picture | Chart) -> bytes:
    """Return the picture as a PNG file."""
    if isinstance(picture, Chart):
        return draw_chart(picture)
    from PIL import Image, ImageDraw

    sheet = _Sheet()
    height = sheet.everything(None, picture)
    image = Image.new("RGB", (WIDTH, height), PAPER)
    sheet.image = image
    sheet.everything(ImageDraw.Draw(image), picture)
    out = io.BytesIO()
    # Few colours make a small file; the fast ways of finding and packing them are good enough for lines and letters.
    image.quantize(64, Image.Quantize.FASTOCTREE).save(out, "PNG", compress_level=6)
    return out.getvalue()


class _Sheet:
    """Draws from top to bottom; without a pen it only measures."""

    def __init__(self) -> None:
        self.letters = Lettering((_TITLE, _HEADING, _LABEL, _WORDS), bold=(_TITLE, _HEADING))
        self.image: Image | None = None

    def everything(self, pen: ImageDraw | None, picture: Picture) -> int:
        """Draw everything; return the height in pixels."""
        y = _MARGIN
        y = self.letters.lines(pen, drawable(picture.title), _MARGIN, y, _ROOM, _TITLE, INK)
        y = self._key(pen, picture, y + 10)
        most = max((sum(count for _, count in bar.counts) for bar in picture.bars), default=0)
        under = ""
        for bar in picture.bars:
            y += 12
            if bar.under != under:
                if pen:
                    pen.line((_MARGIN, y, WIDTH - _MARGIN, y), fill=INK, width=2)
                y = (
                    self.letters.lines(pen, drawable(bar.under), _MARGIN, y + 10, WIDTH - 2 * _MARGIN, _HEADING, INK)
                    + 6
                )
            under = bar.under
            y = self._row(pen, bar, most, y)
        return self.letters.lines(pen, drawable(picture.note), _MARGIN, y + 14, _ROOM, _WORDS, QUIET_INK) + _MARGIN

    def _key(self, pen: ImageDraw | None, picture: Picture, y: int) -> int:
        """Draw the statuses that occur, each with its hatching."""
        there = {status for bar in picture.bars for status, _ in bar.counts}
        x = _MARGIN
        for status in (status for status in WORST_FIRST if status in there):
            wide = 34 + 8 + int(self.letters.width(status.value, _WORDS)) + 22
            if x + wide - 22 > WIDTH - _MARGIN:
                x, y = _MARGIN, y + 32
            if pen:
                self._segment(pen, status, (x, y, x + 34, y + 22))
                self.letters.word(pen, status.value, x + 42, y, _WORDS, INK)
            x += wide
        return y + 26 if there else y

    def _row(self, pen: ImageDraw | None, bar: Bar, most: int, y: int) -> int:
        """Draw a label, the bar, and under it the same in words."""
        left, room = _MARGIN, _ROOM
        y = self.letters.lines(pen, drawable(bar.label), left, y, room, _LABEL, INK, _MOST_LINES) + 4
        if not bar.counts:
            return self.letters.lines(pen, _NOTHING, left, y, room, _WORDS, QUIET_INK)
        ends = [left]
        counted = 0
        for _, count in bar.counts:
            counted += count
            ends.append(left + round(room * counted / most))
        if pen:
            for (status, _), (start, end) in zip(bar.counts, pairwise(ends), strict=True):
                self._segment(pen, status, (start, y, max(end, start + 3), y + _BAR))
        words = " · ".join(f"{count} {status.value}".replace(" ", UNBROKEN) for status, count in bar.counts)
        y = self.letters.lines(pen, words, left, y + _BAR + 5, room, _WORDS, INK)
        late = f"{bar.overdue} overdue" if bar.overdue else ""
        return self.letters.lines(pen, late, left, y, room, _WORDS, _LATE)

    def _segment(self, pen: ImageDraw, status: Status, box: Sequence[int]) -> None:
        from PIL import Image, ImageDraw

        style = STYLES[status]
        x0, y0, x1, y1 = box
        tile = Image.new("RGB", (max(x1 - x0, 1), y1 - y0), style.fill)
        _hatch(ImageDraw.Draw(tile), style, tile.size)
        if self.image is not None:
            self.image.paste(tile, (x0, y0))
        pen.rectangle((x0, y0, max(x1 - 1, x0), y1 - 1), outline=QUIET_INK if style.fill == PAPER else style.fill)
        if x1 - x0 > 6:
            pen.line((x1 - 1, y0, x1 - 1, y1 - 1), fill=PAPER if style.fill != PAPER else QUIET_INK, width=1)


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
