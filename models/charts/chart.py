"""What the chart of a measure shows, and the same in words. Plain values, so that a page and a paper keep it as it is.

Source: docs/explanation/measures.md, Charts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One period: what stands under it, its figure and that in words; None and "" where there is none to be shown.

    `target`, `floor`: what was wanted then. `flag`: out of the usual, and to the better or to the worse; "" for not.
    """

    label: str
    period: str
    figure: float | None
    said: str
    target: float | None = None
    floor: float | None = None
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The figures of a measure, period by period.

    `title` states the finding. `name` is the measure, in full. `stands`: how the latest figure stands, in words, and
    which way it went. `target`, `floor`: the latest in words, "" for none. `limits`: lower, mean, upper, where there
    are enough figures for them, and `usual` ("15 to 33 days") and `mean` the same in words. `most`: what no figure can
    be above.
    """

    title: str
    name: str
    points: tuple[ChartPoint, ...]
    stands: str
    target: str = ""
    floor: str = ""
    limits: tuple[float, float, float] | None = None
    usual: str = ""
    mean: str = ""
    most: float | None = None


BETTER, WORSE = "better", "worse"


def chart_words(chart: Chart, limit: int) -> str:
    """Return the words that stand for a chart, made of what it shows: the latest figures, as many as fit."""
    shown = [one for one in chart.points if one.figure is not None]
    latest = shown[-1]
    lines = (("target", chart.target), ("floor standard", chart.floor), ("usual", chart.usual), ("mean", chart.mean))
    said = [
        f"Line of {chart.name}, {len(shown)} figures from {shown[0].period} to {latest.period}.",
        f"Latest {latest.said}, {latest.period}: {chart.stands}.",
        *(f"{what[0].upper()}{what[1:]} {words}." for what, words in lines if words),
    ]
    said += [f"{one.period} is out of the usual, to the {one.flag}." for one in shown if one.flag][-1:]
    words = " ".join(said)
    before = [f"{one.period} {one.said}" for one in shown]
    while before and len(words) + len(told := f" Figures: {'; '.join(before)}.") > limit:
        before.pop(0)
    return (words + told if before else words)[:limit]


def chart_in(kept: Mapping[str, Any]) -> Chart:
    """Return a chart from the form in which it was kept."""
    limits = kept.get("limits")
    return Chart(**{
        **kept,
        "points": tuple(ChartPoint(**one) for one in kept["points"]),
        "limits": tuple(limits) if limits else None,
    })  # fmt: skip
