"""The `cypp` command as a whole: its exit codes, its help, which database it means, and what nobody foresaw."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import COMMAND_LINE
from tests.bot.cli.support import CYPP, EDUCATION, EXAMPLE, ROOT, call, change, environment, query, run

ALL = [(name,) for name in COMMAND_LINE if name != "admin"] + [("admin",), ("admin", "add")]
NEEDLESS_FOR_ASK = (
    *("aiohttp", "alembic", "apscheduler", "holidays", "hypothesis", "matplotlib", "openpyxl", "pydantic", "rich"),
    *("slack_bolt", "slack_sdk", "yaml", "docx", "docxtpl", "jinja2", "lxml"),
)


def test_help_lists_every_command_with_what_it_does() -> None:
    done = run("--help")
    assert (done.code, done.err) == (0, "")
    for name, (_, line) in COMMAND_LINE.items():
        assert f"{name} " in done.out
        assert line in done.out


@pytest.mark.parametrize("words", ALL, ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_explains_itself(words: tuple[str, ...], option: str) -> None:
    done = call(*words, option)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: cypp {' '.join(words)}")
    assert "TODO" not in done.out


def test_without_a_command_help_is_shown_and_it_counts_as_misuse() -> None:
    done = run()
    assert done.code == 2
    assert "Commands:" in done.said


def test_an_unknown_command_gets_the_nearest_one() -> None:
    done = run("imprt")
    assert done.code == 2
    assert "No such command “imprt”. Did you mean import?" in done.err
    assert done.out == ""


def test_an_unknown_command_like_no_other_is_refused_too() -> None:
    done = call("quetzalcoatl")
    assert done.code == 2
    assert "No such command 'quetzalcoatl'" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "status"),
        ("ask", "--as"),
        ("ask", "--az", "somebody"),
        ("import",),
        ("import", "one.yaml", "two.yaml"),
        ("start",),
        ("start", "partnership", "2020-08-07", "2020-08-08"),
        ("migrate", "now"),
        ("check", "everything"),
        ("tick", "--now"),
        ("serve", "--port", "80"),
        ("demo", "--tale"),
        ("demo", "--story", "--port", "8000"),
        ("admin",),
        ("admin", "add"),
        ("admin", "remove", "somebody"),
        ("--db", "plan.db", "check"),
    ],
    ids=" ".join,
)
def test_misuse_exits_with_two_and_says_how_it_is_used(words: tuple[str, ...], tmp_path: Path) -> None:
    done = call(*words, cwd=tmp_path)
    assert done.code == 2
    assert "Usage: cypp" in done.err or "requires an argument" in done.err
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_shown() -> None:
    done = call("--version")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("cypp, version ")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", str(EXAMPLE)), 0),
        (("migrate",), 0),
        (("start", "partnership"), 1),
        (("admin", "add", "U0ICTADMIN"), 0),
        (("admin", "add", "nobody"), 1),
        (("ask", "--as", EDUCATION, "status"), 1),
        (("tick",), 1),
        (("check",), 1),
        (("serve",), 1),
    ],
    ids=lambda words: " ".join(words[:2]) if isinstance(words, tuple) else "",
)
def test_in_an_empty_folder_each_command_does_its_work_or_says_what_comes_first(
    words: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    done = call(*words, cwd=tmp_path)
    assert done.code == code, done
    assert "Traceback" not in done.said
    if code:
        assert done.err.strip()
        assert list(tmp_path.iterdir()) == []
    else:
        assert done.err == ""
        assert (tmp_path / "cypp.db").exists()


# -- which database, which workspace -------------------------------------------------------------------------------


def test_db_goes_before_the_environment_and_the_environment_before_the_folder(tmp_path: Path) -> None:
    def made(*words: str, **env: str) -> set[str]:
        assert call("migrate", *words, env=env, cwd=tmp_path).code == 0
        there = {path.name for path in tmp_path.glob("*.db")}
        for path in tmp_path.iterdir():
            path.unlink()
        return there

    assert made() == {"cypp.db"}
    assert made(CYPP_DATABASE_URL="environment.db") == {"environment.db"}
    assert made("--db", "option.db", CYPP_DATABASE_URL="environment.db") == {"option.db"}
    assert made("--db", f"sqlite:///{tmp_path}/url.db") == {"url.db"}
    assert made(CYPP_DATABASE_URL="") == {"cypp.db"}


def two_workspaces(plan: Path) -> None:
    change(plan, "INSERT INTO workspace (id, name, is_demo, created_at) VALUES ('T0SECOND', '', 0, '2020-01-01')")


def test_a_single_workspace_is_implied_and_may_be_named(the_plan: Path) -> None:
    implied = call("ask", "--db", the_plan, "--as", EDUCATION, "status")
    named = call("ask", "--db", the_plan, "--as", EDUCATION, "--workspace", "local", "status")
    assert implied.code == 0
    assert implied == named


@pytest.mark.parametrize(
    "words", [("ask", "--as", EDUCATION, "status"), ("tick", "--dry-run"), ("start", "partnership"), ("check",)]
)
def test_a_workspace_that_is_not_there_is_refused_with_those_that_are(words: tuple[str, ...], the_plan: Path) -> None:
    done = call(*words, "--db", the_plan, "--workspace", "T0WRONG")
    assert done.code == 1
    assert "There is no workspace T0WRONG in this database: it has local." in done.said


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "--as", EDUCATION, "status"),
        ("tick", "--dry-run"),
        ("start", "partnership"),
        ("check",),
        ("import", str(EXAMPLE)),
        ("import", str(EXAMPLE), "--dry-run"),
        ("admin", "add", "U0NEWADMIN"),
    ],
    ids=" ".join,
)
def test_of_several_workspaces_one_must_be_named(words: tuple[str, ...], plan: Path) -> None:
    two_workspaces(plan)
    people = query(plan, "SELECT count(*) FROM person")
    done = call(*words, "--db", plan)
    assert done.code == 1
    assert "several workspaces: name one with --workspace (T0SECOND, local)" in " ".join(done.said.split())
    assert query(plan, "SELECT count(*) FROM person") == people


def test_of_several_workspaces_the_named_one_answers(plan: Path) -> None:
    two_workspaces(plan)
    assert call("ask", "--db", plan, "--workspace", "local", "--as", EDUCATION, "status").code == 0
    other = call("ask", "--db", plan, "--workspace", "T0SECOND", "--as", EDUCATION, "status")
    assert f"Nobody in the plan is “{EDUCATION}”" in other.sentence()


# -- what nobody foresaw -------------------------------------------------------------------------------------------


def test_an_unforeseen_error_shows_a_reference_and_where_the_rest_is_without_anybodys_words(
    plan: Path, tmp_path: Path
) -> None:
    change(plan, "UPDATE theme SET aliases = '[\"a secret of Tom Brown\"'")  # JSON that does not end
    done = run("ask", "--db", plan, "--as", EDUCATION, "status", "Tom", "Brown", env={"TMPDIR": str(tmp_path)})
    sentence = done.sentence()
    (note,) = tmp_path.glob("cypp-*.log")
    reference = note.name.split("-")[1]
    assert f"reference {reference}" in sentence
    assert str(note) in sentence
    written = note.read_text()
    assert reference in written
    assert "bot/cli/ask.py" in written
    assert "Tom" not in written + done.said
    assert note.stat().st_mode & 0o077 == 0


def test_a_terminal_that_knows_no_such_letters_gets_question_marks_and_no_error(the_plan: Path) -> None:
    done = run("check", "--db", the_plan, env={"PYTHONIOENCODING": "ascii"})
    assert (done.code, done.err) == (0, "")
    assert done.out.isascii()
    assert "?  5    Database" in done.out


def test_a_reader_who_stops_reading_ends_it_quietly(the_plan: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [CYPP, "ask", "--db", the_plan, "--as", EDUCATION, "status"],
        env=environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_control_characters_in_arguments_reach_no_terminal(the_plan: Path) -> None:
    done = run("ask", "--db", the_plan, "--as", "\x1b[2Jnobody\x07", "status")
    assert "Nobody in the plan is “[2Jnobody”" in done.sentence()
    assert not set(done.said) & {"\x1b", "\x07"}


def test_asking_starts_without_what_it_does_not_need(the_plan: Path) -> None:
    script = (
        "import sys; from bot.__main__ import main\n"
        "try: main()\nexcept SystemExit as leaving: assert not leaving.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    asked = ("ask", "--db", the_plan, "--as", EDUCATION, "--now", "2020-08-10", "--json", "status", "priority", "7")
    done = subprocess.run(
        [sys.executable, "-c", script, *asked],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    imported = set(done.stderr.split())
    assert "handlers.status.plan_status" in imported
    assert not imported & set(NEEDLESS_FOR_ASK)


# -- the guide -----------------------------------------------------------------------------------------------------


def test_the_guide_is_printed_as_it_is_written() -> None:
    done = call("guide")
    assert (done.code, done.err) == (0, "")
    assert done.out == (ROOT / "bot" / "install" / "guide.md").read_text(encoding="utf-8")


def test_the_guide_is_written_with_the_files_that_it_names(tmp_path: Path) -> None:
    done = call("guide", "--files", tmp_path)
    assert (done.code, done.err) == (0, "")
    names = ["guide.md", "cypp.service", "Containerfile", EXAMPLE.name]
    assert done.out.splitlines() == [str(tmp_path / name) for name in names]
    assert (tmp_path / EXAMPLE.name).read_bytes() == EXAMPLE.read_bytes()


def test_the_guide_is_not_written_over_a_file_unless_that_is_said(tmp_path: Path) -> None:
    mine = tmp_path / "Containerfile"
    mine.write_text("mine")
    assert "is there already: name another file, or add --force" in call("guide", "--files", tmp_path).sentence()
    assert [path.name for path in tmp_path.iterdir()] == ["Containerfile"]
    assert mine.read_text() == "mine"
    assert call("guide", "--files", tmp_path, "--force").code == 0
    assert mine.read_text().startswith("# podman build")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert call("guide", "--files", tmp_path / "none").sentence().startswith(f"There is no folder {tmp_path / 'none'}")
