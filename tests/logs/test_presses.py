"""A log of forty rows is in within ten presses, in whatever shape a council keeps it."""

from __future__ import annotations

from datetime import date
from itertools import cycle, islice

import pytest

from handlers.logs.draft import LogPlan
from handlers.logs.log_answers import Answering
from handlers.logs.log_reader import read_log
from models.files.tables import PlainTable, pasted_tables
from models.files.tables.table_files import read_tables
from tests.logs.golden import word_file, words_of_plan, workbook_file

MEETINGS = (date(2023, 1, 17), date(2023, 3, 14), date(2023, 5, 16), date(2023, 7, 18))
IN_FORM = 10
MOST_PRESSES = 10

_DEEDS = ("Publish", "Cost", "Review", "Map", "Write down", "Circulate", "Audit", "Agree")
_THINGS = ("the rota of the night team", "the list of halls", "the parking policy", "the bus map", "the lending desk")
WORDS = tuple(f"{deed} {thing}" for thing in _THINGS for deed in _DEEDS)

SHAPES = {
    # headings, then what stands in turn in each column but the action's; what has to be typed, by its question.
    "a tracker with initials": (
        ("No", "Action", "Owner", "Target date", "RAG", "Latest position"),
        (range(1, 41), WORDS, ("MW", "HoE", "DCS", "TK", "PSW"), ("14/3/23", "May", "31 July", "Q3"),
         ("G", "A", "R", "B", "In progress"), ("", "Draft is out", "Waiting for IT")),
        {"who:MW": "Head of Partnerships", "who:TK": "nobody"},
    ),
    "minutes with sections": (
        ("Item", "What was agreed", "Resp.", "By when"),
        (range(1, 41), WORDS, ("Business Manager", "All", "Head of Education / DCS", "", "Chair"),
         ("next meeting", "TBC", "Ongoing", "16 May 2023", "asap")),
        {"who:Chair": "Independent Chair"},
    ),
    "a plan with a key of numbers": (
        ("Ref", "Task", "Lead agency", "Timescale", "Progress (1-4)", "Comments"),
        ([f"A{one}" for one in range(1, 41)], WORDS,
         ("Chief Officer, Anyshire CVS", "CVS", "Police", "Designated Nurse"),
         ("16/05/2023", "by the end of term", "Sept 2023", "16/5/23 18/7/23"), ("1", "2", "3", "4"), ("", "Two left")),
        {},
    ),
    "a rolling log in words": (
        ("Date raised", "Action", "Lead officer", "Due", "Status"),
        (("17/01/2023", "14/03/2023"), WORDS,
         ("Head of Early Help", "Principal Social Worker", "Director of Finance & Business Manager"),
         ("2023-05-16 00:00:00", "as above", "Spring", "17 January 2023 now 18 July 2023"),
         ("Green ↑", "Closed 10/3/23", "Amber – waits for a venue", "Complete bar two schools", "On hold")),
        {},
    ),
}  # fmt: skip
KEY = "1 = not begun, 2 = slipping, 3 = going well, 4 = finished"


def _rows(shape: str) -> list[list[str]]:
    headings, columns, _ = SHAPES[shape]
    rows = [list(map(str, row)) for row in zip(*(islice(cycle(one), 40) for one in columns), strict=True)]
    if shape.startswith("minutes"):
        rows[20:20] = [["Actions from the meeting on 14 March 2023", *[""] * (len(headings) - 1)]]
    title = KEY if "key" in shape else "Action log as at 17 January 2023"
    return [[title, *[""] * (len(headings) - 1)], list(headings), *rows]


def _tables(shape: str, form: str) -> tuple[PlainTable, ...]:
    rows = _rows(shape)
    if form == "xlsx":
        return read_tables(workbook_file({"Log": [[cell or None for cell in row] for row in rows]}), "log.xlsx")
    if form == "docx":
        return read_tables(word_file([rows[1:]], [rows[0][0]]), "log.docx")
    return pasted_tables("\n".join("\t".join(row) for row in rows))


@pytest.mark.parametrize("form", ["xlsx", "docx", "pasted"])
@pytest.mark.parametrize("shape", SHAPES)
def test_forty_rows_are_in_within_ten_presses_and_no_doubt_is_left(shape: str, form: str) -> None:
    typed = SHAPES[shape][2]
    answering = Answering(LogPlan(words_of_plan(), "trust", MEETINGS, date(2023, 1, 20)))
    tables = _tables(shape, form)
    draft = read_log(tables, answering.plan, answering.answers, "log")
    assert [row.action.words for row in draft.rows] == list(WORDS)
    assert draft.plain + draft.asked == len(WORDS)
    presses, asked = 1, set[str]()
    while questions := [one for one in draft.questions if one.key not in asked][:IN_FORM]:
        presses += 2
        for one in questions:
            asked.add(one.key)
            presses += one.key in typed
            answering.accept(one, typed.get(one.key, ""))
        draft = read_log(tables, answering.plan, answering.answers, "log")
    assert asked >= typed.keys()
    assert draft.doubts == []
    assert presses <= MOST_PRESSES
