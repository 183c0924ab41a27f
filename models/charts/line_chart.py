"""Draw the chart of a measure as a PNG file: its figures, what was wanted, and the limits of what is usual. Pure.

No meaning rests on colour alone: each line has its own dashes and its words in the key, and a figure out of the usual a
shape of its own.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from models.charts.chart import BETTER, WORSE, Chart
from models.charts.lettering import INK, PAPER, QUIET_INK, RULE, UNBROKEN, Lettering, drawable

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

CHART_WIDTH = 1200
"""Pixels: sharp on paper, and half as large on a phone."""
_MARGIN = 36
_PLOT = 460
"""Height of the plot."""
_TITLE, _WORDS, _TICKS = 50, 44, 40
"""Sizes of letters."""
_TITLE_LINES = 4
_STEPS = (1, 2, 2.5, 5, 10)
_TICKS_WANTED = 5
_ROOM = 0.08
"""Of what is shown, left free over it and under it."""
_LINE, _TARGET, _FLOOR, _MEAN = "#1d70b8", "#00703c", "#942514", "#505a5f"
_FLAGS = {BETTER: "#1d70b8", WORSE: "#f47738"}


class _Style(NamedTuple):
    """How a line is drawn: its colour, its dashes (drawn, left out; none for unbroken), and its width."""

    ink: str
    dashes: tuple[int, int] = (0, 0)
    width: int = 4


_STYLES = {
    "figure": _Style(_LINE, width=6),
    "target": _Style(_TARGET, (26, 14), 5),
    "floor": _Style(_FLOOR, (6, 12), 5),
    "mean": _Style(_MEAN, width=3),
    "limit": _Style(_MEAN, (14, 16), 3),
}


class _Axes(NamedTuple):
    """Where a period and a figure stand, in pixels, and the figures that the axis says."""

    across: Callable[[int], int]
    down: Callable[[float], int]
    ticks: Sequence[float]
    left: int
    top: int


def draw_chart(chart: Chart) -> bytes:
    """Return the chart as a PNG file."""
    from PIL import Image, ImageDraw

    letters = Lettering((_TITLE, _WORDS, _TICKS), bold=(_TITLE,))
    image = Image.new("RGB", (CHART_WIDTH, _everything(None, letters, chart)), PAPER)
    _everything(ImageDraw.Draw(image), letters, chart)
    out = io.BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE).save(out, "PNG", compress_level=6)
    return out.getvalue()


def _everything(pen: ImageDraw | None, letters: Lettering, chart: Chart) -> int:
    """Draw everything from top to bottom; return the height in pixels."""
    room = CHART_WIDTH - 2 * _MARGIN
    title = drawable(chart.title).replace(" %", f"{UNBROKEN}%")
    y = letters.lines(pen, title, _MARGIN, _MARGIN, room, _TITLE, INK, _TITLE_LINES) + 30
    ticks = _ticks(chart)
    left = _MARGIN + int(max(letters.width(_said(one), _TICKS) for one in ticks)) + 20
    axes = _axes(chart, ticks, left, y)
    if pen:
        _grid(pen, letters, axes)
        _lines(pen, chart, axes)
        _points(pen, letters, chart, axes)
    y = _labels(pen, letters, chart, axes, y + _PLOT + 12)
    return _key(pen, letters, chart, y + 24) + _MARGIN


def _ticks(chart: Chart) -> list[float]:
    """Return the figures that the axis says: round ones, from under the lowest to over the highest."""
    shown = [one for point in chart.points for one in (point.figure, point.target, point.floor) if one is not None]
    low, high = min([*shown, *(chart.limits or ())]), max([*shown, *(chart.limits or ())])
    spare = (high - low or abs(high) or 1) * _ROOM
    low, high = max(low - spare, 0), high + spare
    high = high if chart.most is None else min(high, chart.most)
    rough = (high - low) / (_TICKS_WANTED - 1)
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(one * unit for one in _STEPS if one * unit >= rough)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


def _said(figure: float) -> str:
    return f"{figure:,.10g}"


def _axes(chart: Chart, ticks: Sequence[float], left: int, top: int) -> _Axes:
    wide = (CHART_WIDTH - _MARGIN - left) / len(chart.points)
    low, high = ticks[0], ticks[-1]
    return _Axes(
        lambda at: round(left + wide * (at + 0.5)),
        lambda figure: round(top + _PLOT * (high - figure) / (high - low)),
        ticks,
        left,
        top,
    )


def _grid(pen: ImageDraw, letters: Lettering, axes: _Axes) -> None:
    for tick in axes.ticks:
        y, said = axes.down(tick), _said(tick)
        pen.line((axes.left, y, CHART_WIDTH - _MARGIN, y), fill=RULE, width=2)
        letters.word(pen, said, axes.left - 20 - int(letters.width(said, _TICKS)), y - 26, _TICKS, QUIET_INK)


def _lines(pen: ImageDraw, chart: Chart, axes: _Axes) -> None:
    """Draw what was wanted, step by step where that changed, then the limits, then the figures."""
    half = (axes.across(1) - axes.across(0)) // 2 if len(chart.points) > 1 else CHART_WIDTH // 4
    for name in ("floor", "target"):
        steps = [
            (axes.across(at) + side * half, axes.down(wanted))
            for at, point in enumerate(chart.points)
            if (wanted := getattr(point, name)) is not None
            for side in (-1, 1)
        ]
        _path(pen, steps, _STYLES[name])
    for name, limit in zip(("limit", "mean", "limit"), chart.limits or (), strict=False):
        _path(pen, [(axes.left, axes.down(limit)), (CHART_WIDTH - _MARGIN, axes.down(limit))], _STYLES[name])
    run: list[tuple[int, int]] = []
    for at, point in enumerate((*chart.points, None)):
        if point is None or point.figure is None:
            _path(pen, run, _STYLES["figure"])
            run = []
        else:
            run.append((axes.across(at), axes.down(point.figure)))


def _path(pen: ImageDraw, places: Sequence[tuple[int, int]], style: _Style) -> None:
    """Draw a line through some places; its dashes go on around a corner."""
    drawn, left_out = style.dashes
    done = 0.0
    for (x0, y0), (x1, y1) in pairwise(places):
        long = math.hypot(x1 - x0, y1 - y0)
        if not drawn:
            pen.line((x0, y0, x1, y1), fill=style.ink, width=style.width, joint="curve")
            continue
        at = 0.0
        while at < long:
            phase = (done + at) % (drawn + left_out)
            more = min((drawn if phase < drawn else drawn + left_out) - phase, long - at)
            if phase < drawn:
                one, other = at / long, (at + more) / long
                dash = (x0 + (x1 - x0) * one, y0 + (y1 - y0) * one, x0 + (x1 - x0) * other, y0 + (y1 - y0) * other)
                pen.line(dash, fill=style.ink, width=style.width)
            at += max(more, 0.01)
        done += long


def _points(pen: ImageDraw, letters: Lettering, chart: Chart, axes: _Axes) -> None:
    """Draw each figure in its shape, and say the latest beside it."""
    for at, point in enumerate(chart.points):
        if point.figure is not None:
            _mark(pen, point.flag, axes.across(at), axes.down(point.figure))
    at = max(at for at, point in enumerate(chart.points) if point.figure is not None)
    latest = chart.points[at]
    assert latest.figure is not None  # noqa: S101 - it was looked for
    said, y = drawable(latest.said), axes.down(latest.figure)
    wide = int(letters.width(said, _WORDS))
    x = min(axes.across(at) - wide // 2, CHART_WIDTH - _MARGIN - wide)
    above = y - 80 if y - 80 > axes.top else y + 22
    pen.rectangle((x - 6, above, x + wide + 6, above + 54), fill=PAPER)
    letters.word(pen, said, x, above, _WORDS, INK)


def _mark(pen: ImageDraw, flag: str, x: int, y: int) -> None:
    """Draw a point: a circle; a square what is out of the usual to the better, a diamond to the worse."""
    ink = _FLAGS.get(flag, _LINE)
    if flag == BETTER:
        pen.rectangle((x - 14, y - 14, x + 14, y + 14), fill=ink, outline=PAPER, width=2)
    elif flag == WORSE:
        pen.polygon(((x, y - 20), (x + 20, y), (x, y + 20), (x - 20, y)), fill=ink, outline=INK, width=2)
    else:
        pen.ellipse((x - 10, y - 10, x + 10, y + 10), fill=ink, outline=PAPER, width=2)


def _labels(pen: ImageDraw | None, letters: Lettering, chart: Chart, axes: _Axes, y: int) -> int:
    """Write the periods under the plot, in two lines each: the latest, and of the others as many as have room."""
    said = [drawable(point.label).rsplit(" ", 1) for point in chart.points]
    wide = max(letters.width(part, _TICKS) for parts in said for part in parts) + 24
    apart = axes.across(1) - axes.across(0) if len(said) > 1 else CHART_WIDTH
    every = max(1, math.ceil(wide / apart))
    for at in range(len(said) - 1, -1, -every):
        for line, part in enumerate(said[at]):
            x = axes.across(at) - letters.width(part, _TICKS) / 2
            x = min(max(x, 4), CHART_WIDTH - 4 - letters.width(part, _TICKS))
            letters.word(pen, part, int(x), y + line * 46, _TICKS, QUIET_INK)
    return y + max(map(len, said)) * 46


def _key(pen: ImageDraw | None, letters: Lettering, chart: Chart, y: int) -> int:
    """Draw what each line and shape stands for, with its figure; return where it ends."""
    flags = {point.flag for point in chart.points}
    lines: list[tuple[str, str]] = [("figure", "figure")]
    lines += [("target", f"target {chart.target}")] if chart.target else []
    lines += [("floor", f"floor standard {chart.floor}")] if chart.floor else []
    lines += [("limit", f"usual {chart.usual}"), ("mean", f"mean {chart.mean}")] if chart.usual else []
    lines += [(flag, f"out of the usual, to the {flag}") for flag in (BETTER, WORSE) if flag in flags]
    x = _MARGIN
    for name, words in lines:
        said = drawable(words)
        wide = 110 + int(letters.width(said, _WORDS)) + 40
        if x > _MARGIN and x + wide - 40 > CHART_WIDTH - _MARGIN:
            x, y = _MARGIN, y + 62
        if pen:
            if name in _STYLES:
                _path(pen, [(x, y + 28), (x + 90, y + 28)], _STYLES[name])
            if name == "figure" or name in _FLAGS:
                _mark(pen, name, x + 45, y + 28)
        below = letters.lines(pen, said, x + 110, y, CHART_WIDTH - _MARGIN - 110 - x, _WORDS, INK)
        if below > y + 62:
            x, y = CHART_WIDTH, below - 55
        x += wide
    return y + 62
