"""Logs of the same actions in other clothes: other headings, separators, dates, encodings, order, titles, sections."""

from __future__ import annotations

import csv
import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.logs.draft import LogAnswers, LogField, LogPlan
from handlers.logs.log_reader import read_log
from models.errors import Refusal
from models.files.tables import PlainTable, TableRow, pasted_tables
from models.files.tables.table_files import read_tables
from tests.conftest import examples
from tests.logs.golden import lost_words, word_file, words_of_plan, workbook_file

MEETINGS = (date(2023, 1, 17), date(2023, 3, 14), date(2023, 5, 16))
PLAN = LogPlan(words_of_plan(), "trust", MEETINGS, date(2023, 1, 20))
HEADINGS = {
    "ref": ("Ref", "Action No.", "ID", "Reference", "Log no"),
    "action": ("Action", "ACTIONS", "What will be done", "Agreed action", "Task", "Details of action"),
    "lead": ("Lead", "By whom", "Action owner", "Responsible officer", "WHO", "Lead officer(s)"),
    "due": ("Due", "Target date", "By when", "Timescale", "Deadline (dd/mm/yy)", "When"),
    "status": ("RAG", "Status", "RAG rating", "Current status"),
    "update": ("Progress", "Comments", "Latest position", "Update for March 2023", "Action taken"),
    "notes": ("Notes", "Background", "Cost"),
    "comments": ("Board's comment", "Comments of the chair"),
    "before": ("Previous RAG", "RAG Q1"),
}
ACTIONS = (
    ("EH/1", "Open the second hub", "Head of Early Help", date(2023, 3, 14), "Green", "Lease signed", "£4k"),
    ("EH/2", "Ask parents what they need", "Designated Nurse", date(2023, 5, 16), "Amber", "Forty replies so far", "0"),
    ("EH/3", "Agree who pays for taxis", "Director of Finance", date(2023, 4, 3), "Red", "No agreement yet", "high"),
)
STATUS = {"Green": "on track", "Amber": "some issues", "Red": "off track"}
DATES = ("{0.day} {0:%B} {0.year}", "{0:%d/%m/%Y}", "{0:%d.%m.%y}", "{0.day} {0:%b} {0.year}", "{0:%Y-%m-%d}",
         "{0:%a} {0.day} {0:%B} {0.year}", "{0.day}-{0:%b}-{0:%y}", "by {0.day} {0:%B} {0.year}")  # fmt: skip
FORMS = ("comma", "semicolon", "tab", "utf-16", "cp1252", "xlsx", "docx", "pasted")


@st.composite
def logs(draw: st.DrawFn) -> tuple[tuple[PlainTable, ...], list[str]]:
    """A log in some clothes, and the columns it has."""
    columns = [
        "action",
        "lead",
        "due",
        *draw(st.lists(st.sampled_from(["ref", "status", "update", "notes", "comments", "before"]), unique=True)),
    ]
    columns = draw(st.permutations(columns))
    rows: list[list[str]] = [[draw(st.sampled_from(HEADINGS[one])) for one in columns]]
    form = draw(st.sampled_from(DATES))
    for number, (ref, words, lead, due, status, update, notes) in enumerate(ACTIONS):
        said = {"ref": ref, "action": words, "lead": lead, "due": form.format(due), "status": status, "update": update,
                "notes": notes, "comments": f"Seen with {ref}", "before": "Amber"}  # fmt: skip
        if number and draw(st.booleans()):
            section = draw(st.sampled_from(["Transport", "Actions from the meeting on 17 January 2023", "Part two"]))
            at = 0 if columns[0] != "action" else 1
            rows.append([section if place == at else "" for place in range(len(columns))] if len(columns) > 2 else [])
        if number == 2 and draw(st.booleans()):
            rows.append(list(rows[0]))
        rows.append([said[one] for one in columns])
    titles = draw(
        st.lists(st.sampled_from(["Action log", "Updated by the secretary", "Children's Trust Board"]), max_size=2)
    )
    rows = [*([one] + [""] * (len(columns) - 1) for one in titles), *rows]
    return _tables(draw(st.sampled_from(FORMS)), rows), columns


def _tables(form: str, rows: list[list[str]]) -> tuple[PlainTable, ...]:
    if form == "xlsx":
        return read_tables(workbook_file({"Log": [[cell or None for cell in row] for row in rows if row]}), "log.xlsx")
    if form == "docx":
        return read_tables(word_file([[list(row) for row in rows if row]], []), "log.docx")
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter={"semicolon": ";", "tab": "\t", "pasted": "\t"}.get(form, ",")).writerows(rows)
    if form == "pasted":
        return pasted_tables(stream.getvalue())
    return read_tables(stream.getvalue().encode(form if form in ("utf-16", "cp1252") else "utf-8"), "log.csv")


@settings(max_examples=examples(60))
@given(logs())
def test_the_same_actions_are_read_or_asked_about_in_any_clothes(
    drawn: tuple[tuple[PlainTable, ...], list[str]],
) -> None:
    tables, columns = drawn
    draft = read_log(tables, PLAN, LogAnswers(meeting=MEETINGS[0]), "log")
    assert [row.action.words for row in draft.rows] == [words for _, words, *_ in ACTIONS]
    titles = {one.key: one.title for one in PLAN.vocabulary.names().posts}
    for row, (ref, _, lead, due, status, update, notes) in zip(draft.rows, ACTIONS, strict=True):
        action, doubted = row.action, {doubt.field for doubt in row.doubts}
        assert titles.get(action.lead) == lead or LogField.LEAD in doubted
        assert (action.meeting or action.day) == due or LogField.DUE in doubted
        if "status" in columns:
            assert action.status == STATUS[status] or LogField.STATUS in doubted
        if "ref" in columns:
            assert action.ref == ref or LogField.REF in doubted
        kept = f"{action.update} {action.printed}"
        assert "update" not in columns or update in kept
        assert "notes" not in columns or notes in kept
    assert lost_words(draft, tables) == []


CELLS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["Action", "Lead", "Due", "RAG", "1", "Q3", "31/9/2023", "G", "complete", "All", "MW/YO", "D1.1", "1 = done"]
    ),
)


@settings(max_examples=examples(60))
@given(st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=12))
def test_whatever_stands_in_a_table_it_is_read_or_refused(rows: list[list[str]]) -> None:
    cells = [TableRow(number, tuple(row)) for number, row in enumerate([["Action", "Lead", "Due"], *rows], 1)]
    try:
        draft = read_log((PlainTable("", tuple(cells)),), PLAN, LogAnswers(), "log")
    except Refusal:
        return
    assert all(row.action.ref and row.action.words for row in draft.rows)
    assert len({row.action.ref for row in draft.rows}) == len(draft.rows)


@settings(max_examples=examples(100))
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.docx", "a.txt", "a"]))
def test_any_bytes_are_tables_or_refused(data: bytes, name: str) -> None:
    try:
        read_tables(data, name)
    except Refusal:
        return
