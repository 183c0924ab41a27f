"""`cypp import FILE --log BOARD`: shown first, stored when it is agreed, the same action when it comes again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.bot.cli.support import EXAMPLE, Ran, call, query

LOG = """Action log of the partnership,,,,
Ref,Action,Lead,Due,Progress
EB1,Send round the dates for next year,Head of Education,23 October 2020,Amber
EB2,"Ask the schools, all of them, for a contact",MW,Q3,
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    database = tmp_path / "plan.db"
    assert call("import", EXAMPLE, "--db", database).code == 0
    return database


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    return path


def added(plan: Path) -> list[tuple[object, ...]]:
    return query(
        plan, "SELECT ref, words, status, lead_post_id IS NOT NULL FROM action WHERE ref LIKE 'EB%' ORDER BY id"
    )


def test_a_log_is_shown_with_its_doubts_and_nothing_is_stored(plan: Path, log: Path) -> None:
    done = call("import", log, "--log", "partnership", "--meeting", "16/9/2020", "--db", plan)
    assert done.code == 0
    assert "log.csv: 2 actions, 1 plain and 1 with a doubt." in done.out
    assert "Row 4, column C, lead “MW”: no post of the plan has that name; no lead is taken from it." in done.out
    assert "Row 4, column D, due “Q3”: it names no single day; taken as Thu 31 Dec 2020." in done.out
    assert "Nothing was stored. Say --yes to add all 2 as shown." in done.out
    assert "Added" not in done.out
    assert added(plan) == []


def test_what_is_agreed_is_stored_with_an_entry_that_names_the_log(plan: Path, log: Path) -> None:
    done = call(
        "import",
        log,
        "--log",
        "partnership",
        "--meeting",
        "16/9/2020",
        "--who",
        "MW=Head of Education",
        "--yes",
        "--db",
        plan,
    )
    assert done.code == 0
    assert added(plan) == [
        ("EB1", "Send round the dates for next year", "some issues", 1),
        ("EB2", "Ask the schools, all of them, for a contact", "not started", 1),
    ]
    history = call("ask", "--as", "Head of Education", "history", "EB2", "--db", plan)
    assert "added. “from log.csv, row 4”" in " ".join(history.out.split())
    card = call("ask", "--as", "Head of Education", "status", "EB2", "--db", plan)
    assert "As printed: Lead: MW · Due: Q3" in card.out
    assert "From: Action log of the partnership." in card.out


def test_a_name_is_kept_with_its_post_and_the_same_log_changes_nothing(plan: Path, log: Path) -> None:
    answers = ("--meeting", "16/9/2020", "--db", plan, "--yes")
    first = call("import", log, "--log", "partnership", "--who", "MW=Head of Education", *answers)
    assert "other names of Head of Education: MW as well" in first.out
    again = call("import", log, "--log", "partnership", *answers)
    assert "Who is" not in again.out
    assert "Nothing to do" in again.out
    log.write_text(LOG.replace("23 October 2020", "8 December 2020"), encoding="utf-8")
    moved = call("import", log, "--log", "partnership", *answers)
    assert "eb-1, due: 2020-10-23 → 2020-12-08, because log.csv says so" in moved.out


def test_a_register_of_risks_a_pdf_and_a_folder_of_words_are_refused(plan: Path, tmp_path: Path) -> None:
    risks = tmp_path / "risks.csv"
    risks.write_text("Risk,Likelihood,Impact,Score,Owner\nA,1,2,2,B\n", encoding="utf-8")
    done = call("import", risks, "--log", "partnership", "--db", plan)
    assert (done.code, "is a register of risks, not an action log" in done.err) == (1, True)
    paper = tmp_path / "minutes.pdf"
    paper.write_bytes(b"%PDF-1.7")
    done = call("import", paper, "--log", "partnership", "--db", plan)
    assert (done.code, "send the Word or Excel file" in done.err) == (1, True)


def test_a_number_of_a_person_is_refused_and_a_child_is_asked_about(plan: Path, log: Path) -> None:
    answers = ("--log", "partnership", "--meeting", "16/9/2020", "--yes", "--db", plan)
    log.write_text(LOG.replace("Amber", "NHS number 943 476 5919"), encoding="utf-8")
    done = call("import", log, *answers)
    assert (done.code, "Row 3: an NHS number" in done.err, added(plan)) == (1, True, [])
    log.write_text(LOG.replace("Amber", "Jack aged 9 has moved school"), encoding="utf-8")
    done = call("import", log, *answers)
    assert (done.code, "say --identifies-nobody" in done.err, added(plan)) == (1, True, [])
    assert call("import", log, *answers, "--identifies-nobody").code == 0
    assert len(added(plan)) == 2


def test_the_workbook_to_put_right_is_given_back_as_a_log(plan: Path, log: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    answers = ("--log", "partnership", "--meeting", "16/9/2020", "--db", plan)
    done = call("import", log, *answers, "--review", review)
    assert (done.code, "is ready to put right" in done.out, added(plan)) == (0, True, [])
    book = load_workbook(review)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:5] == ["Ref", "Action", "Lead", "First due", "Due now"]
    assert "Row 4, column C, lead “MW”" in str(sheet["K4"].value)
    sheet["C4"], sheet["E4"] = "Head of Education", "8 December 2020"
    book.save(review)
    done = call("import", review, *answers, "--yes")
    assert "review.xlsx: 2 actions, 2 plain and 0 with a doubt." in done.out
    assert added(plan) == [
        ("EB1", "Send round the dates for next year", "some issues", 1),
        ("EB2", "Ask the schools, all of them, for a contact", "not started", 1),
    ]
    card = call("ask", "--as", "Head of Education", "status", "EB2", "--db", plan)
    assert "As printed: Lead: MW · Due: Q3" in card.out


def test_refs_are_kept_as_printed_and_found_however_they_are_typed(plan: Path, tmp_path: Path) -> None:
    refs = ("BOD 62/17(l)", "BOD 62/17", "SR (25/26) 01", "SR (24/25) 01", "85.6", "7(a)", "7(b)")
    log = tmp_path / "refs.csv"
    rows = [f"{ref},Count the keys of cupboard {at},Head of Education,16/9/2020" for at, ref in enumerate(refs)]
    log.write_text("\n".join(["Ref,Action,Lead,Due", *rows]), encoding="utf-8")
    assert call("import", log, "--log", "partnership", "--meeting", "10/6/2020", "--yes", "--db", plan).code == 0
    stored = [ref for (ref,) in query(plan, "SELECT ref FROM action WHERE words LIKE 'Count the keys%' ORDER BY id")]
    assert stored == list(refs)
    for typed, meant in (
        ("BOD 62/17(l)", 0), ("bod 62-17 l", 0), ("BOD 62/17 (l)", 0), ("BOD 62/17", 1), ("sr (25/26) 01", 2),
        ("SR 24/25 1", 3), ("85.6", 4), ("7(a)", 5), ("7 b", 6),
    ):  # fmt: skip
        card = call("ask", "--as", "Head of Education", "status", typed, "--db", plan)
        assert f"cupboard {meant}" in card.out
    for said, meant in (
        ("BOD 62/17(l): on track, keys are counted", 0), ("BOD 62/17 (l) green", 0), ("on track for SR (25/26) 01", 2),
        ("62/17 is fine, but BOD 62/17 (still waiting) on track", 1), ("BOD 62/17 (3 of 4 left) is on track", 1),
        ("7(b) on track", 6),
    ):  # fmt: skip
        answer = call("ask", "--as", "Head of Education", said, "--dry-run", "--db", plan).out
        assert f"Recorded for {refs[meant]}: on track" in answer


def test_what_export_writes_as_csv_is_imported_again_and_changes_what_differs(plan: Path, tmp_path: Path) -> None:
    exported = tmp_path / "log.csv"
    assert call("export", exported, "--db", plan).code == 0
    for options in ((), ("--log", "partnership")):
        again = call("import", exported, *options, "--identifies-nobody", "--db", plan)
        assert (again.code, "Nothing to do" in again.out) == (0, True)
    with exported.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))

    def imported(changes: dict[str, dict[str, str]], *options: str, new: tuple[dict[str, str], ...] = ()) -> Ran:
        with exported.open("w", encoding="utf-8-sig", newline="") as text:
            written = csv.DictWriter(text, list(rows[0]))
            written.writeheader()
            written.writerows([*(row | changes.get(row["Ref"], {}) for row in rows), *new])
        return call("import", exported, *options, "--identifies-nobody", "--db", plan)

    other = tmp_path / "tasks.csv"
    other.write_text("Task,Assigned to\nBuy the chairs,Head of Education\n", encoding="utf-8")
    assert "Another action log is imported with --log BOARD." in call("import", other, "--db", plan).err
    assert imported({"16sep-2": {"Action": "Buy the chairs"}}).code == 0
    changes = {"16sep-1": {"Due": "2020-10-23", "Lead": "Head of Education, Sefton Council"}}
    # As a spreadsheet saves a day.
    changes["16sep-2"] = {
        "Due": "/".join(reversed(next(row for row in rows if row["Ref"] == "16sep-2")["Due"].split("-")))
    }
    new = dict.fromkeys(rows[0], "") | {"Ref": "16sep-9", "Action": "Water the plants", "Kind": "board action"}
    assert "16sep-9 is new, so say --log BOARD" in imported(changes, new=(new,)).err
    done = imported(changes, "--log", "partnership", new=(new,))
    assert "Added (1): 16sep-9 (Water the plants)." in done.out
    assert "16-sep-1, due: 2020-09-16 → 2020-10-23, because log.csv says so" in done.out
    assert "16-sep-1, lead: " in done.out
    assert "16-sep-2" not in done.out
    assert query(plan, "SELECT words FROM action WHERE ref = '16sep-2'") == [("Buy the chairs",)]
    both = imported({"16sep-2": {"Action": "Sell the chairs"}})
    assert (both.code, 'the plan says "Buy the chairs"' in both.err) == (1, True)
