"""`cypp import` asks about words that may identify a child, with where they stand, before anything is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.bot.cli.support import call, dump, query
from tests.models.planfile.plans import changed

KAI = "Find a place for Kai in Year 9 at Range High"
HELD = changed("words: Write it", f"words: {KAI}")
STORED = "SELECT words FROM action WHERE ref = 'heard-1'"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(HELD, encoding="utf-8")
    return path


def test_a_plan_file_that_describes_a_child_is_asked_about_and_nothing_is_stored(file: Path) -> None:
    database = file.with_suffix(".db")
    done = call("import", file, "--db", database, answer="n\n")
    assert done.code == 1
    assert "plan.yaml was not imported, nothing was stored" in done.err
    assert "heard-1, words: “Kai in Year 9” (a name beside a year group)" in done.err
    assert not database.exists() or query(database, "SELECT count(*) FROM action") == [(0,)]


def test_whoever_imports_says_that_it_identifies_nobody(file: Path) -> None:
    database = file.with_suffix(".db")
    assert call("import", file, "--db", database, answer="y\n").code == 0
    assert query(database, STORED) == [(KAI,)]


def test_without_a_terminal_the_option_says_it(file: Path) -> None:
    database = file.with_suffix(".db")
    assert "--identifies-nobody" in call("import", file, "--db", database, answer="").err
    assert not database.exists() or query(database, "SELECT count(*) FROM action") == [(0,)]
    assert call("import", file, "--db", database, "--identifies-nobody").code == 0
    assert query(database, STORED) == [(KAI,)]


def test_a_dry_run_lists_what_would_be_asked(file: Path) -> None:
    done = call("import", file, "--db", file.with_suffix(".db"), "--dry-run", answer="")
    assert done.code == 0
    assert "“Kai in Year 9” (a name beside a year group)" in done.said
    assert "Checked; nothing was stored." in done.out


def test_words_that_are_on_record_are_not_asked_about_again_and_a_workbook_names_the_cell(file: Path) -> None:
    database, book = file.with_suffix(".db"), file.with_suffix(".xlsx")
    assert call("import", file, "--db", database, "--identifies-nobody").code == 0
    assert call("export", book, "--db", database).code == 0
    assert "Nothing to do" in call("import", book, "--db", database, answer="").out
    sheets = load_workbook(book)
    page = sheets["Actions"]
    row = next(at for at in range(2, page.max_row + 1) if page.cell(at, 1).value == "heard-2")
    column = next(at for at in range(1, page.max_column + 1) if page.cell(row, at).value == "Have a family approach")
    page.cell(row, column).value = "Meet mum of Ines, aged 7, about her move"
    sheets.save(book)
    before = dump(database)
    done = call("import", book, "--db", database, answer="")
    assert done.code == 1
    assert f"{page.title}!{page.cell(row, column).coordinate} (heard-2, words): “" in done.err
    assert "Kai" not in done.err
    assert dump(database) == before


@pytest.mark.parametrize("sure", [(), ("--identifies-nobody",)])
def test_a_number_that_stands_for_one_person_is_refused_whoever_is_sure(file: Path, sure: tuple[str, ...]) -> None:
    file.write_text(changed("words: Write it", "words: Place for NHS number 943 476 5919"), encoding="utf-8")
    done = call("import", file, "--db", file.with_suffix(".db"), *sure, answer="y\n")
    assert done.code == 1
    assert "heard-1, words: an NHS number" in done.err
    assert "943 476" not in done.said


def test_officers_schools_as_partners_and_ages_of_a_whole_group_are_not_asked_about(tmp_path: Path) -> None:
    harmless = "Write with Head of Education to 12 schools about 16 to 18 year olds; Year of Reading in Year 6"
    file = tmp_path / "plan.yaml"
    file.write_text(changed("words: Write it", f"words: {harmless}"), encoding="utf-8")
    assert call("import", file, "--db", tmp_path / "plan.db", answer="").code == 0
