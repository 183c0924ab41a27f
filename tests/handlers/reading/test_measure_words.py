"""What people write for a measure's figure, and how it is read: period, figure, share, a note."""

from __future__ import annotations

import pytest

from handlers.reading.measure_words import FigureRead, read_figure
from models.measure_enums import MeasureUnit

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
    "Q2": FigureRead("Q2"),
    "is going well": FigureRead(note="going well"),
    "": FigureRead(),
}


@pytest.mark.parametrize("words", READS_AS)
def test_words_for_a_figure_are_read(words: str) -> None:
    assert read_figure(words) == READS_AS[words]
