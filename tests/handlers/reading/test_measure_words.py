"""What people write for a measure's figure, and how it is read: period, figure, share, a note."""

from __future__ import annotations

import pytest

from handlers.reading.measure_words import FigureRead, figures_within, read_figure
from models.measure_enums import MeasureUnit
from models.rules.refs import ref_key

PERCENT, DAYS, RATE = MeasureUnit.PERCENT, MeasureUnit.DAYS, MeasureUnit.RATE

READS_AS = {
    "Q2 72%": FigureRead("Q2", "72", PERCENT),
    "Q2: 72 %": FigureRead("Q2", "72", PERCENT),
    "for Q2 2020/21 is 72.5 per cent": FigureRead("Q2 2020/21", "72.5", PERCENT),
    "2020/21 Q2 = 72": FigureRead("2020/21 Q2", "72"),
    "72% in Q2": FigureRead("Q2", "72", PERCENT),
    "72%": FigureRead("", "72", PERCENT),
    "September 2020 1,204": FigureRead("September 2020", "1204"),
    "12 months to September 2020 14.2 days": FigureRead("12 months to September 2020", "14.2", DAYS),
    "academic year 2019/20 38.4 per 10,000": FigureRead("academic year 2019/20", "38.4", RATE),
    "Q2 18 of 25": FigureRead("Q2", share=(18, 25)),
    "Q2 72% (18 of 25)": FigureRead("Q2", "72", PERCENT, (18, 25)),
    "Q2 72% (18/25) provisional": FigureRead("Q2", "72", PERCENT, (18, 25), is_provisional=True),
    "Q2 provisional 72%": FigureRead("Q2", "72", PERCENT, is_provisional=True),
    "Q2 72% final": FigureRead("Q2", "72", PERCENT),
    "Q2 .72": FigureRead("Q2", "0.72"),
    "Q2 -3": FigureRead("Q2", "-3"),
    "Q2 not available": FigureRead("Q2", is_absent=True),
    "Q2 n/a: the system changed": FigureRead("Q2", is_absent=True, note="the system changed"),
    "Q2 72%, after an audit of all files": FigureRead("Q2", "72", PERCENT, note="after an audit of all files"),
    "Q1 72,5%": FigureRead("Q1", "72.5", PERCENT),
    "Q1 0,72": FigureRead("Q1", "0.72"),
    "Q1 1,204.5": FigureRead("Q1", "1204.5"),
    "Q1 18 of 25 75%": FigureRead("Q1", "75", PERCENT, (18, 25)),
    "18 of 25 (72%)": FigureRead("", "72", PERCENT, (18, 25)),
    "24.0.1%": FigureRead(note="24.0.1%"),
    "12,345,67": FigureRead(note="12,345,67"),
    "Q1 72 people": FigureRead("Q1", "72", note="people", counted="people"),
    "3.1 children, some absent": FigureRead("", "3.1", note="children, some absent", counted="children"),
    "72, late": FigureRead("", "72", note="late"),
    "72 provisional: late": FigureRead("", "72", is_provisional=True, note="late"),
    "72 provisional in Q2": FigureRead("Q2", "72", is_provisional=True),
    "72% not yet final": FigureRead("", "72", PERCENT, is_provisional=True),
    "last quarter 72%": FigureRead("last quarter", "72", PERCENT),
    "72% for last quarter": FigureRead("last quarter", "72", PERCENT),
    "Q2": FigureRead("Q2"),
    "is going well": FigureRead(note="going well"),
    "": FigureRead(),
}


@pytest.mark.parametrize("words", READS_AS)
def test_words_for_a_figure_are_read(words: str) -> None:
    assert read_figure(words) == READS_AS[words]


@pytest.mark.parametrize(
    ("words", "doubtful"),
    [
        ("Q1 72-74%", True),
        ("23% or 24%", True),
        ("72 or so", True),
        ("14 to 16", True),
        ("24%?", True),
        ("1 204", True),
        ("n/a 72%", True),
        ("72%, 3 files are missing", True),
        ("72% per cent", True),
        ("Q1 72%", False),
        ("72%, families moved", False),
        ("72% (18 of 25), before the audit", False),
        ("72% for the year", False),
        ("72 provisional: counted twice", False),
        ("Q2 1,204 in total", False),
        ("n/a: the system changed", False),
    ],
)
def test_a_note_that_may_be_part_of_the_figure_is_no_mere_note(words: str, doubtful: bool) -> None:
    assert read_figure(words).is_doubtful is doubtful


@pytest.mark.parametrize(
    ("words", "measures"),
    [
        ("2019/20 24.4%; m7.2 2019/20 35%", [("m7.1", "2019/20 24.4%"), ("m7.2", "2019/20 35%")]),
        ("24.4% and m7.2 36%", [("m7.1", "24.4%"), ("m7.2", "36%")]),
        ("24.5%, m7.2: 36%, m7.3 3", [("m7.1", "24.5%"), ("m7.2", "36%"), ("m7.3", "3")]),
        ("24%, and measure M7.2 n/a", [("m7.1", "24%"), ("M7.2", "n/a")]),
        ("24%, m7.2 is still to come", [("m7.1", "24%, m7.2 is still to come")]),
        ("24%, as m7.2 was 30%", [("m7.1", "24%, as m7.2 was 30%")]),
        ("24,5%; m7.2 36,5%", [("m7.1", "24,5%"), ("m7.2", "36,5%")]),
        ("24%, m9.9 36%", [("m7.1", "24%, m9.9 36%")]),
        ("24%, 30% before", [("m7.1", "24%, 30% before")]),
        ("24% m7.2 36%", [("m7.1", "24%"), ("m7.2", "36%")]),
        ("Q2 18 of 25 m7.2 Q2 36% m7.3 4", [("m7.1", "Q2 18 of 25"), ("m7.2", "Q2 36%"), ("m7.3", "4")]),
        ("24% beside m7.2 36%", [("m7.1", "24% beside m7.2 36%")]),
    ],
)
def test_several_measures_in_one_line_are_read_each(words: str, measures: list[tuple[str, str]]) -> None:
    refs = {ref_key(one) for one in ("m7.1", "m7.2", "m7.3")}
    assert figures_within("m7.1", words, refs) == measures
