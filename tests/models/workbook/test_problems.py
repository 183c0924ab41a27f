"""Every problem a workbook can have: what is changed in one that is in order, and the sentences that follow."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from handlers.logs.plan_headings import plan_headings
from models.files.workbook import read_workbook
from tests.models.workbook.books import IN_ORDER, Change, changed, put, refused

AS_IT_IS = read_workbook(IN_ORDER, "plan.xlsx").plan
LEAD, DUE, THEME, STATUS = "Actions!F2", "Actions!H2", "Actions!B2", "Actions!I2"


def merge(sheet: str, cells: str) -> Change:
    return lambda book: book[sheet].merge_cells(cells)


def rename(sheet: str, title: str) -> Change:
    return lambda book: setattr(book[sheet], "title", title)


def drop(sheet: str) -> Change:
    return lambda book: book.remove(book[sheet])


def test_the_workbook_these_are_changes_to_is_in_order() -> None:
    assert read_workbook(changed(), "plan.xlsx").plan == AS_IT_IS


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put(DUE, "09/16/2020"), f'{DUE} says "09/16/2020": this is not a date a plan file can hold; '
         "write year-month-day, such as 2020-09-16"),
        (put(DUE, "17 Sep 2020"), f'{DUE} says "2020-09-17": partnership has no such meeting; did you mean 2020-09-16? '
         "partnership meets on 2020-06-10, 2020-09-16, 2020-10-23 and 2020-12 (expected)"),
        (put("Actions!A2", date(2020, 3, 7), "d mmm"), "Actions!A2: the spreadsheet has taken this for a date; "
         "format the cell as text and write it once more"),
        (put("Actions!A3", "HEARD 1"), 'Actions!A3 says "HEARD 1": this ref is already used on Actions!A2, '
         "where it is written heard-1; give each its own"),
        (put("Actions!A3", None), "Actions!A3: this is missing; write its ref, unique in the plan, such as heard-1"),
        (put(LEAD, "Head of Education; Police"), f'{LEAD} says "Head of Education; Police": this names two leads; '
         "name one; the other goes under supporting organisations"),
        (put(LEAD, "Head of Education and head-of-education"),
         f'{LEAD} says "Head of Education and head-of-education": '
         "this names two leads; name one; the other goes under supporting organisations"),
        (put(LEAD, "Head\nPolice\nNHS"), f'{LEAD} says "Head Police NHS": this names 3 leads; '
         "name one; the other goes under supporting organisations"),
        (put(LEAD, "Head of Educatoin"), f'{LEAD} says "Head of Educatoin": no post has this name or key; '
         "did you mean Head of Education? posts are listed on the sheet Posts"),
        (put(LEAD, "head-of-educaton"), f'{LEAD} says "head-of-educaton": no post has this name or key; '
         "did you mean head-of-education? posts are listed on the sheet Posts"),
        (put("Actions!E2", "=A1&B1"), "Actions!E2: the formula here has no result in the file; "
         "open the workbook in a spreadsheet program and save it, or write the value itself"),
        (put("Actions!E2", "#REF!"), "Actions!E2: the formula here gives an error (#REF!); write the value itself"),
        (put("Actions!C3", "1; 7"), 'Actions!C3 says "7": no priority has this name or number; '
         "priorities are listed on the sheet Priorities"),
        (put(THEME, None), 'Actions row 2 says "heard-1": the action serves nothing; '
         "write heard under Theme, or 1, 3 under Priorities"),
        (put("Actions!Q2", "The Council; Nobody"), 'Actions!Q2 says "Nobody": no organisation has this name or key; '
         "organisations are listed on the sheet Organisations"),
        (put(STATUS, "ambrr"), f'{STATUS} says "ambrr": a plan file does not use this word; '
         "write not started, on track, some issues, off track, proposed for closure, complete or closed, not done"),
        (put(STATUS, "some issues"), f'{STATUS} says "some issues": this status needs a reason; '
         "write it under Last update"),
        (put(STATUS, "complete"), f'{STATUS} says "complete": only a board makes an action complete; '
         "write the meeting that agreed: 2020-09-16 under Agreed at"),
        (put("Actions!H3", "16/09/2020"), 'Actions!H3 says "2020-09-16": a standing commitment has no due meeting; '
         "take Due out, or write deliverable under Kind"),
        (put("Meetings!B5", None), "Meetings!B5: this meeting has no date; "
         "write 2020-09-16, or its month (2020-12) while the day is to be confirmed"),
        (put("Meetings!B5", "23.10.2020"), 'Meetings row 5 says "2020-10-23": the board already has this meeting on '
         "Meetings row 4; keep one of the two"),
        (put("Meetings!C3", "noon"), 'Meetings!C3 says "noon": this is not a time; '
         "write hours and minutes from 00:00 to 23:59, such as 14:00"),
        (put("Meetings!A5", "Bord"), 'Meetings!A5 says "Bord": no board has this name or key; '
         "write one of the boards of the sheet Boards (partnership)"),
        (put("Posts!E2", "nobody"), 'Posts!E2 says "nobody": this is not an e-mail address; '
         "write one such as clerk@example.org"),
        (put("Posts!H2", "Bob <bob@example.org> 2020-09-04 to 2020-08-24"),
         'Posts!H2 says "2020-08-24": this is before 2020-09-04 under From; '
         "write a day on or after it, or swap the two"),
        (put("Boards!B2", None), "Boards!B2: this is missing; write its name"),
        (put("Organisations!D2", "next week"), 'Organisations!D2 says "next week": this is not a date a plan file can '
         "hold; write year-month-day, such as 2020-09-16"),
        (put("Plan!B5", "April"), 'Plan!B5 says "April": this is not a date a plan file can hold; '
         "write year-month-day, such as 2020-09-16"),
        (put("Plan!B2", None), "Plan!B2: this is missing; write the plan's name, such as My Sefton 2020–2025"),
        (merge("Actions", "E2:E3"), "Actions!E2: the cells E2:E3 are merged; "
         "unmerge them and write the value in each row that has it"),
        (rename("Actions", "Acitons"), "sheet Acitons: no sheet of a plan has this title; "
         "did you mean Actions? rename it so"),
        (rename("Actions", "Tabelle1"), "the workbook: there is no sheet Actions; the workbook has Tabelle1; "
         "add it, or rename the one that holds the actions"),
        (drop("Boards"), "the workbook: there is no sheet Boards; add it, or rename the one that holds the boards"),
        (put("Actions!F1", "Laed"), 'Actions!F1: no column has the heading "Laed"; did you mean Lead? rename it so'),
        (put("Actions!E1", "xyz"), "Actions: there is no column Action; add it: what is to be done"),
        (lambda book: book["Actions"].delete_rows(1), "Actions: there is no row of headings; "
         "write Ref, Theme, Priorities, Source … above it"),
        (put("Actions!A9", "Total: 4"), 'Actions!A9 says "Total: 4": nothing else stands in this row; '
         "fill in the rest, or take the row out"),
        (put("Actions!P1", "ref"), "Actions!P1: column A is Ref already; rename one, or take one out"),
    ],
)  # fmt: skip
def test_each_problem_is_one_sentence_that_says_where_what_and_what_would_be_right(
    change: Change, sentence: str
) -> None:
    said = refused(changed(change))
    assert said[:1] == [sentence]
    assert len(said) <= 5


def test_every_problem_is_told_at_once_in_the_order_of_the_sheets() -> None:
    said = refused(
        changed(put(LEAD, "Nobody"), put("Plan!B5", "April"), put(STATUS, "ambrr"), put("Posts!E2", "x"), put(DUE, "x"))
    )
    assert [sentence.split(" ")[0] for sentence in said] == ["Plan!B5", "Posts!E2", LEAD, DUE, STATUS]


def test_a_theme_from_a_sheet_that_is_not_there_says_so() -> None:
    wrong = "no theme has this name or key; this file lists nothing on the sheet Themes"
    assert refused(changed(drop("Themes"))) == [f'Priorities!C2 says "Heard": {wrong}']
    notes = changed(drop("Themes"), lambda book: book.create_sheet("Theme notes").append(["What was said", "Why"]))
    assert refused(notes) == [f'Priorities!C2 says "Heard": {wrong}']


@pytest.mark.parametrize(
    "change",
    [
        put(DUE, "16/09/2020"), put(DUE, "16 Sep 2020"), put(DUE, "Wed 16th September 2020"), put(DUE, "16.9.20"),
        put(DUE, datetime(2020, 9, 16), "dd/mm/yyyy"),  # noqa: DTZ001
        put("Meetings!B5", datetime(2020, 12, 1), "mmm-yy"),  # noqa: DTZ001
        put("Meetings!B5", "Dec 2020"), put("Meetings!B5", "2020-12, date to be confirmed"),
        put("Meetings!C2", time(14, 0)), put("Meetings!C2", "2pm"), put("Meetings!C2", "14.00"),
        put("Actions!C3", "1 and 2"), put("Actions!C3", "P1; P2"), put("Actions!C3", "1\n2"),
        put("Priorities!A2", "1"), put("Priorities!A2", 1.0), put("Priorities!A2", "Priority 1"),
        put(LEAD, "head-of-education"), put(LEAD, "HEAD OF EDUCATION"), put(LEAD, "Head of Education, The Council"),
        put(LEAD, "Head of\nEducation"), put(THEME, "heard"), put(THEME, "Voice"),
        rename("Actions", "ACTIONS "), rename("Actions", "Action s"), drop("Notes"), drop("Words"),
        rename("Actions", "ACTION PLAN"), rename("Posts", "Post holders"), rename("Priorities", "Priority"),
        lambda book: book["Actions"].insert_rows(1, 3), lambda book: book.create_sheet("Budget"),
        lambda book: book["Actions"].append([None] * 40), lambda book: book["Actions"].append(["", " ", None]),
        put("Actions!A1000", None, "d mmm"), put("Actions!AI2", "a column of our own"),
        merge("Plan", "B2:C2"), merge("Actions", "AI1:AJ1"),
        lambda book: book["Actions"].move_range("A1:A4", cols=35),
        put("Actions!J2", "better"), put("Actions!A5", "(example) heard-9"), put("Posts!A2", "HEAD-OF-EDUCATION"),
        lambda book: [put(f"{sheet}!A2", None)(book) for sheet in ("Organisations", "Themes")] and
        put("Organisations!A2", "council")(book),
    ],
)  # fmt: skip
def test_a_secretary_may_write_it_so_too(change: Change) -> None:
    assert read_workbook(changed(change), "plan.xlsx").plan == AS_IT_IS


def test_headings_that_logs_have_are_those_of_the_actions_and_that_is_told() -> None:
    names = {"E1": "What we will do", "F1": "Responsible officer", "H1": "Revised date", "G1": "Target date"}
    renamed = changed(*(put(f"Actions!{cell}", heading) for cell, heading in names.items()))
    read = read_workbook(renamed, "plan.xlsx", also_called=plan_headings)
    assert read.plan == AS_IT_IS
    assert read.notes == (
        "Headings of Actions read as others: What we will do as Action, Responsible officer as Lead, "
        "Target date as First due and Revised date as Due.",
    )
    kept = changed(put("Actions!AI1", "Owner"), put("Actions!AJ1", "Weather"))
    again = read_workbook(kept, "plan.xlsx", also_called=plan_headings)
    assert again.plan == AS_IT_IS
    assert again.notes == ("Columns that were not read: Actions: Owner and Actions: Weather.",)


def test_a_table_of_one_column_needs_no_other() -> None:
    def alone(book: Workbook) -> None:
        sheet = book["Priorities"]
        for column in "ACD":
            for row in range(1, sheet.max_row + 1):
                sheet[f"{column}{row}"] = None
        sheet["B1"] = "Priority"

    plan = read_workbook(changed(alone), "plan.xlsx").plan
    assert [(one.number, one.title) for one in plan.priorities] == [
        (one.number, one.title) for one in AS_IT_IS.priorities
    ]


def test_what_was_left_unread_is_told() -> None:
    read = read_workbook(
        changed(lambda book: book.create_sheet("Budget"), put("Actions!AH1", "Budget code")), "plan.xlsx"
    )
    assert read.notes == ("Sheets that were not read: Budget.", "Columns that were not read: Actions: Budget code.")


def test_a_ref_that_was_formatted_with_decimals_keeps_them() -> None:
    assert read_workbook(changed(put("Actions!A3", 1.1, "0.00")), "plan.xlsx").plan.actions[1].ref == "1.10"
