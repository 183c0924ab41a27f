"""`cypp template`, `cypp export`, and importing a workbook, as somebody types them."""

from __future__ import annotations

import io
import os
import pty
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.bot.cli.support import CYPP, EXAMPLE, call, dump, environment


def test_from_the_template_to_the_export_and_back(tmp_path: Path) -> None:
    template = tmp_path / "plan.xlsx"
    assert call("template", template).out.startswith(f"{template} is ready to fill in; its sheet Notes says how.")
    book = load_workbook(template)
    for cell, text in (("B2", "Our plan"), ("B3", "Sefton"), ("B5", "1/4/2020"), ("B6", "31/3/2025")):
        book["Plan"][cell] = text
    book["Boards"].append([None, "Partnership Board"])
    book["Meetings"].append(["Partnership Board", "16 Sep 2020"])
    book["Themes"].append([None, "Heard"])
    book["Actions"].append(
        ["heard-1", "Heard", None, None, "Write it", None, None, "16/09/2020", *[None] * 7, "deliverable"]
    )
    book.save(template)
    database = tmp_path / "plan.db"
    assert call("import", template, "--dry-run", "--db", database).out.endswith("Checked; nothing was stored.\n")
    assert not database.exists()
    assert "Our plan: 1 theme, 0 priorities, 1 action" in call("import", template, "--db", database).out
    for name in ("out.xlsx", "out.yaml", "out.csv"):
        said = call("export", tmp_path / name, "--db", database)
        assert said.out.startswith(f"{tmp_path / name}: 1 action, revision "), said
    before = dump(database)
    for name in ("out.xlsx", "out.yaml"):
        done = call("import", tmp_path / name, "--db", database)
        assert (done.code, "Nothing to do" in done.out, "nothing was stored" in done.out) == (0, True, True)
    assert dump(database) == before


@pytest.mark.parametrize("command", ["template", "export"])
def test_a_file_that_is_there_is_not_written_over(plan: Path, tmp_path: Path, command: str) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(b"mine")
    more: list[str | Path] = ["--db", plan] if command == "export" else []
    assert "is there already: name another file, or add --force" in call(command, file, *more).sentence()
    assert file.read_bytes() == b"mine"
    assert call(command, file, "--force", *more).code == 0
    assert file.read_bytes().startswith(b"PK")


def test_what_cannot_be_written_is_refused(plan: Path, tmp_path: Path) -> None:
    assert "call it plan.xlsx" in call("template", tmp_path / "plan.doc").sentence()
    assert "end the file's name so" in call("export", tmp_path / "plan.doc", "--db", plan).sentence()
    assert "There is no folder" in call("template", tmp_path / "no" / "plan.xlsx").sentence()
    (tmp_path / "folder.xlsx").mkdir()
    for force in ((), ("--force",)):
        assert "is a folder" in call("template", tmp_path / "folder.xlsx", *force).sentence()
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith("plan.db")) == ["folder.xlsx"]


def test_a_change_in_the_workbook_is_shown_by_a_dry_run_and_then_stored(plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    assert call("export", file, "--db", plan).code == 0
    book = load_workbook(file)
    page = book["Actions"]
    row = next(at for at in range(2, page.max_row + 1) if page.cell(at, 1).value == "healthy-5")
    headings = {page.cell(1, at).value: at for at in range(1, page.max_column + 1)}
    page.cell(row, headings["Due"]).value = "23/10/2020"
    book.save(file)
    before = dump(plan)
    done = call("import", file, "--db", plan)
    assert done.code == 1
    assert f"Actions!H{row} says" in done.err
    assert "write why under Moved because" in done.err
    page.cell(row, headings["Moved because"]).value = "The school term"
    book.save(file)
    dry = call("import", file, "--dry-run", "--db", plan)
    assert "Re-planned (1): healthy-5, due: 2020-09-16 → 2020-10-23, because The school term." in dry.out
    assert dump(plan) == before
    assert call("import", file, "--db", plan).out.splitlines()[0] == dry.out.splitlines()[0]
    assert dump(plan) != before


def test_a_workbook_under_another_name_is_read_as_one(tmp_path: Path, plan: Path) -> None:
    assert call("export", tmp_path / "plan.xlsx", "--db", plan).code == 0
    (tmp_path / "plan.yaml").write_bytes((tmp_path / "plan.xlsx").read_bytes())
    assert "Nothing to do" in call("import", tmp_path / "plan.yaml", "--db", plan).out


def test_a_picture_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = call("import", tmp_path / "plan.xlsx", "--db", tmp_path / "plan.db")
    assert "the file is a picture; fill in the workbook that “cypp template” writes" in done.err
    assert not (tmp_path / "plan.db").exists()


def test_there_is_a_bar_on_a_terminal_and_none_elsewhere(tmp_path: Path, plan: Path) -> None:
    piped = subprocess.run(
        [CYPP, "export", tmp_path / "a.xlsx", "--db", plan], env=environment(), capture_output=True, check=True
    )
    assert piped.stderr == b""
    master, terminal = pty.openpty()
    subprocess.run(
        [CYPP, "import", EXAMPLE, "--db", tmp_path / "new.db"],
        env=environment(TERM="xterm", COLUMNS="100"), stderr=terminal, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    os.close(terminal)
    seen = io.BytesIO()
    while True:
        try:
            chunk = os.read(master, 4096)
        except OSError:  # the other end has closed
            break
        seen.write(chunk)
        if not chunk:
            break
    os.close(master)
    assert "Storing" in seen.getvalue().decode("utf-8", "replace")
    assert "53/53" in seen.getvalue().decode("utf-8", "replace")
