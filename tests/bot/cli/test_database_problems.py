"""A database that cannot be used as it is: one clear sentence from each command, and nothing is lost."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from models.storage.engine import known_revisions
from tests.bot.cli.support import (
    APP_TOKEN,
    BOT_TOKEN,
    EDUCATION,
    EXAMPLE,
    ROOT,
    Ran,
    call,
    change,
    dump,
    environment,
    locked,
    query,
    run,
)

TOKENS = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": "http://127.0.0.1:9/api/"}
COMMANDS = {
    "import": ("import", str(EXAMPLE)),
    "migrate": ("migrate",),
    "start": ("start", "partnership"),
    "admin": ("admin", "add", "U0NEWADMIN"),
    "ask": ("ask", "--as", EDUCATION, "status"),
    "tick": ("tick", "--dry-run"),
    "check": ("check",),
    "serve": ("serve",),
}
WRITES = ("import", "migrate", "start", "admin")
every_command = pytest.mark.parametrize("command", COMMANDS)


def attempt(command: str, database: str | Path) -> Ran:
    return call(*COMMANDS[command], "--db", database, env=TOKENS)


def one_sentence(done: Ran) -> str:
    """What is wrong, in one place: `check` shows it in its table, the others on stderr."""
    assert done.code == 1, done
    assert "Traceback" not in done.said
    assert "went wrong" not in done.said
    if shown := re.search(r"✗  5    Database(.*?)\n(?=[✓✗○·]|Next)", done.out, re.DOTALL):
        return " ".join(shown[1].split())
    return done.sentence()


def text(path: Path, _: Path) -> None:
    path.write_text("Minutes of the meeting of 16 September\n" * 100)


def truncated(path: Path, plan: Path) -> None:
    path.write_bytes(plan.read_bytes()[:5000])


def another_programs(path: Path, _: Path) -> None:
    change(path, "CREATE TABLE minutes (words TEXT)")
    change(path, "INSERT INTO minutes VALUES ('keep me')")


def newer(path: Path, plan: Path) -> None:
    shutil.copy(plan, path)
    change(path, "UPDATE alembic_version SET version_num = '9999'")


def folder(path: Path, _: Path) -> None:
    path.mkdir()


UNUSABLE: dict[str, tuple[Any, str]] = {
    "no database": (text, "is not a database of this program: name another file with --db."),
    "cut off": (truncated, "is damaged: restore the last backup"),
    "another program's": (another_programs, "holds other tables and no plan: name another database with --db"),
    "newer": (newer, "was written by a newer version of this program (revision 9999"),
    "a folder": (folder, "cannot be opened: check that its folder exists"),
}


@every_command
@pytest.mark.parametrize("kind", UNUSABLE)
def test_what_is_no_database_of_ours_is_refused_in_a_sentence_and_left_as_it_is(
    kind: str, command: str, the_plan: Path, tmp_path: Path
) -> None:
    make, said = UNUSABLE[kind]
    path = tmp_path / "given.db"
    make(path, the_plan)
    before = path.read_bytes() if path.is_file() else b""
    sentence = one_sentence(attempt(command, path))
    assert said in sentence
    assert str(path) in sentence.replace(" ", "") or str(path) in sentence
    assert (path.read_bytes() if path.is_file() else b"") == before


BAD_URLS = {
    "postgresql://clerk:hunter2@127.0.0.1:1/plan": "does not answer",
    "postgresql+psycopg://clerk:hunter2@127.0.0.1:1/plan": "does not answer",
    "mysql+pymysql://clerk:hunter2@127.0.0.1/plan": "is not installed",
    "nosuch://clerk:hunter2@127.0.0.1/plan": "names no database",
    "https://clerk:hunter2@example.org/": "names no database",
    "postgresql+pg8000://clerk:hunter2@127.0.0.1:port/plan": "names no database",
    "://": "names no database",
}
"""What leads to no database, and what is said of it."""


@every_command
@pytest.mark.parametrize("url", BAD_URLS)
def test_an_address_that_leads_to_no_database_is_refused_and_its_password_never_shown(
    url: str, command: str, tmp_path: Path
) -> None:
    done = call(*COMMANDS[command], "--db", url, env=TOKENS, cwd=tmp_path)
    sentence = one_sentence(done)
    assert "hunter2" not in done.said
    assert BAD_URLS[url] in sentence
    assert list(tmp_path.iterdir()) == []


@every_command
@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", ":memory:"])
def test_a_database_in_memory_is_refused_since_it_keeps_nothing(url: str, command: str, tmp_path: Path) -> None:
    done = call(*COMMANDS[command], "--db", url, env=TOKENS, cwd=tmp_path)
    assert "is a database in memory, gone when the command ends: give the path of a file." in one_sentence(done)
    assert list(tmp_path.iterdir()) == []


@every_command
def test_an_empty_database_gets_its_tables_or_says_what_comes_first(command: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    done = attempt(command, path)
    if command in ("import", "migrate", "admin"):
        assert (done.code, done.err) == (0, "")
        assert query(path, "SELECT version_num FROM alembic_version") == [(known_revisions()[-1],)]
    else:
        assert f"There is no plan in {path} yet: say “cypp import FILE” first." in one_sentence(done)
        assert path.read_bytes() == b""


@pytest.mark.parametrize("command", ["import", "migrate", "admin"])
def test_a_folder_that_is_not_there_is_not_made(command: str, tmp_path: Path) -> None:
    done = attempt(command, tmp_path / "nowhere" / "plan.db")
    assert "cannot be opened: check that its folder exists" in one_sentence(done)
    assert list(tmp_path.iterdir()) == []


# -- locked --------------------------------------------------------------------------------------------------------


def test_reads_are_answered_while_another_program_writes(plan: Path) -> None:
    with locked(plan):
        assert call(*COMMANDS["ask"], "--db", plan).code == 0
        assert call("check", "--db", plan).code == 0


def test_a_lock_that_is_let_go_in_time_is_waited_for(plan: Path) -> None:
    with locked(plan):
        process = subprocess.Popen(
            [ROOT / ".venv/bin/cypp", "admin", "add", "U0NEWADMIN", "--db", plan],
            env=environment(),
            stderr=subprocess.PIPE,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)
    assert process.wait(20) == 0
    process.communicate()
    assert query(plan, "SELECT count(*) FROM person WHERE slack_user = 'U0NEWADMIN'") == [(1,)]


def test_what_would_write_says_it_is_busy_when_a_lock_is_held_too_long(the_plan: Path, tmp_path: Path) -> None:
    kept = Path(shutil.copy(the_plan, tmp_path / "kept.db"))
    bare = tmp_path / "bare.db"
    assert call("migrate", "--db", bare).code == 0
    older = Path(shutil.copy(bare, tmp_path / "older.db"))
    before = dump(kept)
    waiting = {
        "import": bare,
        "migrate": older,
        "start": kept,
        "tick": kept,
    }
    words = {**COMMANDS, "ask": ("ask", "--as", EDUCATION, "update healthy-5 on track, two advisors recruited")}
    waiting["ask"] = kept
    with locked(bare), locked(older), locked(kept):
        # All at once, since each waits ten seconds.
        running = {
            command: subprocess.Popen(
                [ROOT / ".venv/bin/cypp", *words[command], "--db", path],
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for command, path in waiting.items()
        }
        ended = {command: Ran(one.wait(60), *one.communicate()) for command, one in running.items()}
    for command, done in ended.items():
        assert done.sentence() == "The plan is busy just now, so nothing was stored: please try again.", command
        assert done.out == "", command
    assert dump(kept) == before
    assert query(bare, "SELECT count(*) FROM plan") == [(0,)]


# -- read-only -----------------------------------------------------------------------------------------------------


def read_only_address(path: Path) -> str:
    return f"sqlite:///file:{path}?mode=ro&uri=true"


@pytest.mark.parametrize("command", ["start", "admin"])
def test_a_database_opened_read_only_takes_no_writes_and_says_so(command: str, plan: Path) -> None:
    before = dump(plan)
    sentence = one_sentence(attempt(command, read_only_address(plan)))
    assert "is read-only, so nothing was stored: make the file and its folder writable" in sentence
    assert dump(plan) == before


def test_a_database_opened_read_only_still_answers(the_plan: Path) -> None:
    done = call(*COMMANDS["ask"], "--db", read_only_address(the_plan))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("My Sefton 2020–2025")
    nothing_due = call(*COMMANDS["tick"], "--db", read_only_address(the_plan))
    assert (nothing_due.code, nothing_due.err) == (0, "Nothing to say.\n")


def test_an_empty_database_opened_read_only_gets_no_tables(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    for command in ("import", "migrate"):
        assert "is read-only, so nothing was stored" in one_sentence(attempt(command, read_only_address(path)))
    assert path.read_bytes() == b""


@pytest.mark.parametrize("bits", ["file", "folder"])
def test_a_file_or_folder_without_write_permission_loses_nothing(bits: str, plan: Path, powerless: Any) -> None:
    before = plan.read_bytes()
    kept = plan if bits == "file" else plan.parent
    mode = kept.stat().st_mode
    kept.chmod(0o444 if bits == "file" else 0o555)
    try:
        for command in ("start", "admin"):
            sentence = run(*COMMANDS[command], "--db", plan, limit=powerless).sentence()
            assert "writable" in sentence or "read and write it" in sentence
    finally:
        kept.chmod(mode)
    assert plan.read_bytes() == before


# -- older ---------------------------------------------------------------------------------------------------------


def test_an_older_database_is_brought_up_by_migrate_and_keeps_what_it_holds(plan: Path, tmp_path: Path) -> None:
    later = tmp_path / "later"
    for part in ("bot", "handlers", "models", "schedules"):
        shutil.copytree(ROOT / part, later / part, ignore=shutil.ignore_patterns("__pycache__"))
    (later / "models/storage/migrations/versions/9998_later.py").write_text(
        f"revision, down_revision = '9998', {known_revisions()[-1]!r}\n"
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        "def upgrade():\n    op.add_column('plan', sa.Column('later', sa.Text()))\n"
    )

    def cypp(*words: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words, "--db", plan],
            cwd=later,
            env=environment(**TOKENS),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    before = query(plan, "SELECT * FROM action")
    for command in ("ask", "serve", "import"):
        assert cypp(*COMMANDS[command]).sentence() == f"{plan} is of an older version: say “cypp migrate” first."
    done = cypp("migrate")
    assert (done.code, done.out) == (0, f"{plan}: from revision {known_revisions()[-1]} to revision 9998.\n")
    assert query(plan, "SELECT * FROM action") == before
    assert cypp(*COMMANDS["ask"]).code == 0
    assert "was written by a newer version" in call(*COMMANDS["ask"], "--db", plan).sentence()


def test_reading_another_programs_database_does_not_change_how_it_keeps_its_journal(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    another_programs(path, path)
    assert attempt("ask", path).code == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
