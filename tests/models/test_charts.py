"""The chart of a measure: what is drawn, and the words that stand for it, which say the same figures. Pure."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, replace

import pytest
from PIL import Image

from models.charts.chart import BETTER, WORSE, Chart, ChartPoint, chart_in, chart_words
from models.charts.line_chart import CHART_WIDTH, draw_chart

BLUE, GREEN, RED, ORANGE = (0x1D, 0x70, 0xB8), (0x00, 0x70, 0x3C), (0x94, 0x25, 0x14), (0xF4, 0x77, 0x38)


def point(number: int, figure: float | None, flag: str = "", target: float | None = 75) -> ChartPoint:
    said = f"{figure:g} %" if figure is not None else ""
    return ChartPoint(f"Q{number} 2019/20", f"Q{number} 2019/20", figure, said, target, 65, flag)


RUN = Chart(
    "72 % met Good: up from 70 %, below the target of 75 %",
    "Reviews that met Good",
    (point(1, 66, target=70), point(2, None), point(3, 70), point(4, 72)),
    "floor standard achieved, target not met, improved since Q3 2019/20",
    "75 %",
    "65 %",
    most=100,
)
BARE = Chart("Young carers known: 12", "Young carers known", (point(1, 10, target=None), point(2, 12)), "no target set")
BARE = replace(BARE, points=tuple(replace(one, target=None, floor=None) for one in BARE.points))
USUAL = replace(
    RUN,
    points=(*RUN.points, point(1, 90, BETTER), point(2, 50, WORSE)),
    limits=(55.5, 70, 84.5),
    usual="55.5 to 84.5 %",
    mean="70 %",
)


def shown(chart: Chart) -> set[tuple[int, ...]]:
    image = Image.open(io.BytesIO(draw_chart(chart)))
    assert (image.format, image.width) == ("PNG", CHART_WIDTH)
    return {colour for _, colour in image.convert("RGB").getcolors(100_000) or () if isinstance(colour, tuple)}


@pytest.mark.parametrize(
    ("chart", "there"),
    [(RUN, {BLUE, GREEN, RED}), (BARE, {BLUE}), (USUAL, {BLUE, GREEN, RED, ORANGE})],
)
def test_what_was_wanted_and_what_is_out_of_the_usual_are_drawn_where_there_are_any(
    chart: Chart, there: set[tuple[int, ...]]
) -> None:
    assert shown(chart) & {BLUE, GREEN, RED, ORANGE} == there


@pytest.mark.parametrize(
    "points",
    [
        (point(1, 0), point(2, 0)),
        (point(1, 100), point(2, 100)),
        (point(1, 72, target=None), point(2, 72)),
        tuple(point(1 + at % 4, 1_000_000.0 + at) for at in range(20)),
        (point(1, 0.001), point(2, None), point(3, 99.999)),
    ],
)
def test_any_figures_can_be_drawn(points: tuple[ChartPoint, ...]) -> None:
    most = 100 if all((one.figure or 0) <= 100 for one in points) else None
    assert BLUE in shown(replace(RUN, points=points, most=most))
    assert shown(replace(RUN, title="計 " * 200, name="x" * 500, points=points, most=most))


def test_the_words_say_every_figure_what_was_wanted_and_how_the_latest_stands() -> None:
    assert chart_words(RUN, 2000) == (
        "Line of Reviews that met Good, 3 figures from Q1 2019/20 to Q4 2019/20. "
        "Latest 72 %, Q4 2019/20: floor standard achieved, target not met, improved since Q3 2019/20. "
        "Target 75 %. Floor standard 65 %. Figures: Q1 2019/20 66 %; Q3 2019/20 70 %; Q4 2019/20 72 %."
    )
    assert "Usual 55.5 to 84.5 %. Mean 70 %. Q2 2019/20 is out of the usual, to the worse." in chart_words(USUAL, 2000)


def test_words_that_are_too_long_leave_the_earliest_figures_out() -> None:
    whole = chart_words(RUN, 2000)
    short = chart_words(RUN, len(whole) - 1)
    assert short.endswith("Floor standard 65 %. Figures: Q3 2019/20 70 %; Q4 2019/20 72 %.")
    assert all(len(chart_words(RUN, limit)) <= limit for limit in range(1, 400))


@pytest.mark.parametrize("chart", [RUN, BARE, USUAL])
def test_a_chart_is_the_same_after_it_was_kept(chart: Chart) -> None:
    assert chart_in(json.loads(json.dumps(asdict(chart)))) == chart
