"""How the workbook looks: what is chosen from, what stays in view, what is printed; and the template to fill in."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from models.enums import Status
from models.files.planfile import read_plan
from models.files.planfile.part_names import EXAMPLE_MARK
from models.files.workbook import ExportExtras, plan_workbook, read_workbook, template_workbook
from models.files.workbook.columns import ACTIONS, PLAN, PRINTED_COLUMNS, SHEETS
from models.files.workbook.styles import FILLS
from tests.models.planfile.plans import changed as changed_yaml
from tests.models.workbook.books import IN_ORDER, changed, put, refused, saved

TITLES = [
    "Plan",
    "Themes",
    "Priorities",
    "Organisations",
    "Posts",
    "Boards",
    "Meetings",
    "Actions",
    "Measures",
    "Values",
    "Risks",
    "Assessments",
    "Notes",
]


@pytest.fixture(scope="module")
def template() -> Workbook:
    return load_workbook(io.BytesIO(template_workbook()))


def test_the_template_has_every_sheet_in_order(template: Workbook) -> None:
    assert [sheet.title for sheet in template if sheet.sheet_state == "visible"] == TITLES


def test_each_sheet_has_one_worked_row_that_is_marked(template: Workbook) -> None:
    for sheet in SHEETS:
        rows = list(template[sheet.title].iter_rows(min_row=2, values_only=True))
        assert len(rows) == 1, sheet.title
        assert str(rows[0][0]).startswith(EXAMPLE_MARK)
        for column, text in zip(sheet.columns, rows[0], strict=True):
            assert not column.needed or text, column.heading


def test_nothing_of_the_template_is_imported() -> None:
    assert refused(template_workbook()) == [
        "Plan!B2: this is missing; write the plan's name, such as My Sefton 2020–2025",
        "Plan!B3: this is missing; write the area it is for, such as Sefton",
        "Plan!B5: this is missing; write its first day",
        "Plan!B6: this is missing; write its last day",
        "Boards: the list is empty; a plan has at least one board",
    ]


def test_the_template_filled_in_is_a_plan(template: Workbook) -> None:
    book = load_workbook(io.BytesIO(saved(template)))
    for cell, text in (("B2", "Our plan"), ("B3", "Sefton"), ("B5", "1/4/2020"), ("B6", "31 March 2025")):
        book["Plan"][cell] = text
    for sheet in SHEETS:
        for at, column in enumerate(sheet.columns, 1):
            book[sheet.title].cell(3, at).value = column.example or None
    book["Actions"]["A3"] = "heard-1"
    for title in ("Measures", "Values"):
        book[title]["A3"] = "m1.1"
    for title in ("Risks", "Assessments"):
        book[title]["A3"] = "ORG0009"
    plan = read_workbook(saved(book), "plan.xlsx").plan
    assert (plan.posts[0].key, plan.actions[0].lead) == ("head-of-education", "head-of-education")
    assert str(plan.actions[0].due) == "2020-09-16"
    assert (plan.risks[0].owner, plan.assessments[0].score) == ("head-of-education", 15)
    assert plan.boards[0].risk_bands == ("low 1–6", "medium 8–12", "high 15–25")
    assert (plan.measures[0].provider, plan.values[0].figure) == ("head-of-education", "72")


def test_a_key_left_empty_is_made_from_the_name() -> None:
    read = read_workbook(changed(put("Organisations!A2", None), put("Posts!A2", None)), "plan.xlsx")
    assert (read.plan.organisations[0].key, read.plan.posts[0].key) == ("the-council", "head-of-education")
    assert read.plan.actions[0].lead == "head-of-education"


def test_every_column_of_words_or_names_has_a_drop_down(template: Workbook) -> None:
    for sheet in SHEETS:
        rules = template[sheet.title].data_validations.dataValidation
        chosen = {str(rule.sqref).split(":")[0].rstrip("0123456789") for rule in rules}
        for at, column in enumerate(sheet.columns):
            letter = get_column_letter(at + 1)
            assert (letter in chosen) == bool(column.words or column.form.name == "NAME" or (column.path[-1:] in (
                ("due",), ("first_due",)) and not column.words)), column.heading  # fmt: skip


def test_the_drop_down_of_statuses_lists_them_all(template: Workbook) -> None:
    rules = [rule for rule in template["Actions"].data_validations.dataValidation if "Words!" in rule.formula1]
    assert [rule.formula1 for rule in rules] == ["=Words!$A$1:$A$7"]
    assert [cell.value for cell in template["Words"]["A"]] == [str(status) for status in Status]


@pytest.mark.parametrize("data", [IN_ORDER, template_workbook()], ids=["an export", "the template"])
def test_every_sheet_is_printed_on_a4_landscape_with_its_headings_on_each_page(data: bytes) -> None:
    book = load_workbook(io.BytesIO(data))
    for title in TITLES:
        sheet = book[title]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        fitting = sheet.sheet_properties.pageSetUpPr
        assert fitting is not None
        assert fitting.fitToPage
        if title not in ("Notes",):
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.freeze_panes == ("A2" if title == "Plan" else "B2")
    assert book["Actions"].print_area.startswith("'Actions'!$A$1:$O$")


def test_the_printed_columns_fit_a_page() -> None:
    # A4 landscape takes about 150 characters a line; printed smaller than three quarters nobody reads it.
    assert sum(column.width for column in ACTIONS.columns[:PRINTED_COLUMNS]) <= 200
    assert [column.heading for column in ACTIONS.columns[:PRINTED_COLUMNS]] == [
        "Ref", "Theme", "Priorities", "Source", "Action", "Lead", "First due", "Due", "Status", "Direction",
        "Last update", "Updated on", "By", "Evidence", "Proposed",
    ]  # fmt: skip


def test_each_status_has_its_word_on_its_colour() -> None:
    plan = read_plan(changed_yaml("words: Write it,", "words: Write it, status: on track,"), "plan.yaml")
    cell = load_workbook(io.BytesIO(plan_workbook(plan, ExportExtras())))["Actions"]["I2"]
    assert (cell.value, cell.fill.fgColor.rgb, cell.font.color.rgb) == ("on track", "0000703C", "00FFFFFF")
    assert set(FILLS) == set(Status)
    assert len({ground for ground, _ in FILLS.values()}) == len(Status)


def test_nothing_people_wrote_becomes_a_formula() -> None:
    words = '=HYPERLINK("http://x","y")'
    plan = read_plan(changed_yaml("words: Write it", f"words: '{words}'"), "plan.yaml")
    data = plan_workbook(plan, ExportExtras())
    cell = load_workbook(io.BytesIO(data))["Actions"]["E2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", words, True)
    assert read_workbook(data, "plan.xlsx").plan.actions[0].words == words


def test_the_notes_say_what_each_column_is(template: Workbook) -> None:
    told = {(row[0] or "", row[1] or "") for row in template["Notes"].iter_rows(values_only=True, max_col=3)}
    for sheet in (PLAN, *SHEETS):
        assert all(("", column.heading) in told for column in sheet.columns)
