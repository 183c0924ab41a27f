"""Headings that no column has, and columns that are not there."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook

from models.files.planfile import PlanFileRefused
from models.files.workbook.column_kinds import Sheet
from models.files.workbook.columns import ACTIONS, SHEETS
from models.files.workbook.reading import read_workbook
from tests.models.workbook.books import changed, refused, saved


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Actoin", "Action"),
        ("Acton", "Action"),
        ("Suporting", "Supporting"),
        ("Statsu", "Status"),
        ("Evidance", "Evidence"),
    ],
)
def test_a_misspelt_heading_is_asked_about(typed: str, meant: str) -> None:
    column = next(column for column in ACTIONS.columns if column.heading == meant)
    at = ACTIONS.columns.index(column)
    said = refused(changed(lambda book: book["Actions"].cell(1, at + 1, typed)))
    assert said[0].endswith(f'no column has the heading "{typed}"; did you mean {meant}? rename it so')


OWN = (
    "Update", "Comments", "Owner", "Risk", "RAG", "Reported", "Timescale", "Directorate", "Target", "Notes to board",
    "Cost", "Sponsor", "Outcome", "Evaluation", "Progress", "Contact", "Ward", "Board lead", "Priority lead", "Date",
    "Dates", "Reference", "Staff", "Leaver", "Barrier", "Status of funding", "Deadline",
)  # fmt: skip


@pytest.mark.parametrize("heading", [column.heading for column in ACTIONS.columns])
def test_headings_of_their_own_are_not_taken_for_one_that_is_missing(heading: str) -> None:
    def without(book: Workbook) -> None:
        sheet = book["Actions"]
        sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == heading))
        for at, own in enumerate(OWN, 50):
            sheet.cell(1, at, own)

    try:
        said = list(read_workbook(changed(without), "plan.xlsx").notes)
    except PlanFileRefused as refusal:
        said = [str(problem) for problem in refusal.problems]
    assert not [one for one in said if "did you mean" in one]


def test_columns_of_their_own_are_named() -> None:
    book = changed(lambda book: [book["Actions"].cell(1, at, own) for at, own in enumerate(OWN, 50)])
    (note,) = read_workbook(book, "plan.xlsx").notes
    assert note.startswith("Columns that were not read: Actions: Update, Actions: Comments")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_a_column_that_is_not_there_is_one_problem_at_most(sheet: Sheet) -> None:
    def more(book: Workbook) -> None:
        rows = [[cell.value for cell in row] for row in book["Actions"].iter_rows(min_row=2)]
        for at in range(1, 9):
            for row in rows:
                book["Actions"].append([f"x-{at}-{row[0]}", *row[1:]])

    many = changed(more)
    for at, heading in enumerate([cell.value for cell in load_workbook(io.BytesIO(many))[sheet.title][1]], 1):
        book = load_workbook(io.BytesIO(many))
        book[sheet.title].delete_cols(at)
        assert len(refused(saved(book))) <= 1, heading


OTHER_FORMS = [
    ("Posts", "Organisation", "Organization"), ("Posts", "Title", "Titles"), ("Actions", "Supporting", "supportings"),
    ("Actions", "Due date", "DUE-DATE"), ("Actions", "Action", "Actions"), ("Actions", "Lead", "leads"),
    ("Posts", "Also known as", "Also-known-as"), ("Posts", "Holder's e-mail", "Holder Email"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "was", "now"), OTHER_FORMS)
def test_a_heading_in_another_form_is_the_same_heading(sheet: str, was: str, now: str) -> None:
    def renamed(book: Workbook) -> None:
        next(cell for cell in book[sheet][1] if cell.value == was).value = now

    whole, read = (read_workbook(one, "plan.xlsx") for one in (changed(), changed(renamed)))
    assert (read.plan, read.notes) == (whole.plan, whole.notes)


def test_sheets_in_american_spelling_and_in_the_singular_are_read() -> None:
    def renamed(book: Workbook) -> None:
        book["Organisations"].title, book["Posts"].title, book["Actions"].title = "Organizations", "Post", "ACTION"

    assert read_workbook(changed(renamed), "plan.xlsx").plan == read_workbook(changed(), "plan.xlsx").plan
