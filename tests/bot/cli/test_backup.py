"""`cypp backup` and `cypp restore`: one file, while the bot runs; nothing lost, nothing said twice afterwards."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.cli.support import call, change, dump, query
from tests.bot.slack.e2e import EDUCATION, HEALTH, bundle_of, when
from tests.local_slack import open_sandbox
from tests.older import LEDGER_OF_0009

PLAN = "My Sefton 2020–2025, 53 actions"


def backed_up(plan: Path, folder: Path) -> Path:
    file = folder / "plan.backup"
    done = call("backup", file, "--db", plan)
    assert done.code == 0, done
    return file


def contents(path: Path) -> list[str]:
    """What is kept, without what a backup and a restore note about themselves."""
    noted = ('INSERT INTO "workspace"', "INSERT INTO \"setting_change\" VALUES(NULL,NULL,'restored from a backup'")
    return [line for line in dump(path) if not line.startswith(noted)]


def test_a_backup_holds_everything_and_says_what(plan: Path, tmp_path: Path) -> None:
    before = dump(plan)
    file = tmp_path / "plan.backup"
    done = call("backup", file, "--db", plan)
    assert done.code == 0
    assert re.fullmatch(rf"{re.escape(str(file))}: {PLAN}, as of \d{{4}}-\d\d-\d\d \d\d:\d\d UTC\.\n", done.out)
    assert contents(file) == contents(plan)
    assert dump(plan) == before
    assert not list(tmp_path.glob(".*"))


def test_a_backup_is_whole_while_others_write(plan: Path, tmp_path: Path) -> None:
    begun, ending = threading.Event(), threading.Event()

    def write() -> None:
        while not ending.is_set():
            with closing(sqlite3.connect(plan, timeout=10)) as connection, connection:
                connection.execute("UPDATE action SET minute = minute || 'x'")
                connection.execute("UPDATE plan SET area = area || 'x'")
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(30)
    try:
        files = [tmp_path / f"{n}.backup" for n in range(3)]
        for file in files:
            assert call("backup", file, "--db", plan).code == 0
    finally:
        ending.set()
        writer.join()
    for file in files:
        # Both were changed in one transaction: a copy from the middle of one would differ.
        (written,) = query(file, "SELECT DISTINCT length(replace(minute, rtrim(minute, 'x'), '')) FROM action")
        (area,) = query(file, "SELECT length(area) - length(rtrim(area, 'x')) FROM plan")
        assert written == area > (0,)


def test_a_file_that_is_there_is_written_over_only_when_told(plan: Path, tmp_path: Path) -> None:
    file = backed_up(plan, tmp_path)
    before = file.read_bytes()
    assert "is there already: name another file, or add --force" in call("backup", file, "--db", plan).sentence()
    assert file.read_bytes() == before
    assert call("backup", file, "--force", "--db", plan).code == 0


def test_nothing_takes_the_place_of_the_database_or_of_a_device(plan: Path, tmp_path: Path) -> None:
    file, before = backed_up(plan, tmp_path), plan.read_bytes()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    refused = [
        call("backup", plan, "--force", "--db", plan),
        call("restore", file, "--replace", "--db", file),
        call("person", "show", EDUCATION, plan, "--force", "--db", plan),
        call("export", tmp_path / "plan.csv", "--db", plan),
        call("person", "show", EDUCATION, file, "--force", "--db", plan),
        call("backup", pipe, "--force", "--db", plan),
    ]
    assert [one.code for one in refused] == [1, 1, 1, 0, 1, 1]
    assert "is the database itself" in refused[0].sentence()
    assert "is a database or a backup of one" in refused[2].sentence()
    assert "is no file that can be written over" in refused[-1].sentence()
    assert plan.read_bytes() == before
    assert pipe.is_fifo()


@pytest.mark.parametrize(("name", "said"), [("", "is a folder"), ("none/plan.backup", "cannot be written")])
def test_a_place_that_cannot_be_written_is_one_sentence(plan: Path, tmp_path: Path, name: str, said: str) -> None:
    assert said in call("backup", tmp_path / name, "--db", plan).sentence()


def test_what_is_restored_is_what_was_backed_up_and_the_other_is_kept(plan: Path, tmp_path: Path) -> None:
    file = backed_up(plan, tmp_path)
    kept = contents(plan)
    change(plan, "DELETE FROM action_priority")
    lost = contents(plan)
    assert "is there already: add --replace" in call("restore", file, "--db", plan).sentence()
    assert contents(plan) == lost
    done = call("restore", file, "--replace", "--db", plan)
    assert done.code == 0, done
    assert contents(plan) == kept
    aside = Path(re.search(r"kept in (.+)\.\n", done.out)[1])  # type: ignore[index]
    assert contents(aside) == lost
    assert query(plan, "PRAGMA application_id") == [(0,)]
    assert query(plan, "SELECT count(*) FROM workspace WHERE backup_at < restored_at") == [(1,)]
    assert call("ask", "--as", "Head of Education", "status", "--db", plan).code == 0


def test_a_backup_is_restored_where_nothing_is_yet(plan: Path, tmp_path: Path) -> None:
    file = backed_up(plan, tmp_path)
    fresh = tmp_path / "fresh.db"
    done = call("restore", file, "--db", fresh)
    assert done.code == 0
    assert done.out.startswith(f"{fresh}: {PLAN}, as of ")
    assert contents(fresh) == contents(plan)
    assert not list(tmp_path.glob(".*"))


def test_a_backup_made_before_the_ledger_had_its_names_is_restored(demo: Path, tmp_path: Path) -> None:
    assert call("tick", "--now", "2020-08-17 09:30", "--db", demo).code == 0
    sent = query(demo, "SELECT id, step, recipient, state, message_id FROM notification")
    file = backed_up(demo, tmp_path)
    for statement in LEDGER_OF_0009:
        change(file, statement)
    done = call("restore", file, "--replace", "--db", demo)
    assert done.code == 0, done
    assert query(demo, "SELECT id, step, recipient, state, message_id FROM notification") == sent != []
    assert call("ask", "--as", "Head of Education", "status", "--db", demo).code == 0


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:40_000])


def scribbled_on(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[20_000:40_000] = bytes(20_000)
    file.write_bytes(content)


def of_another_program(file: Path) -> None:
    file.unlink()
    change(file, "CREATE TABLE things (id)")


def of_newer_code(file: Path) -> None:
    change(file, "UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (Path.unlink, "There is no file"),
        (lambda file: file.write_text("Dear all"), "is not a backup of this program"),
        (lambda file: file.write_bytes(b""), "is not a backup of this program"),
        (of_another_program, "is not a backup of this program"),
        (cut_short, "is damaged|is not a backup"),
        (scribbled_on, "is damaged|is not a backup"),
        (of_newer_code, r"was made by a newer version of this program \(revision 9999\)"),
        (lambda file: change(file, "PRAGMA application_id=0"), "is not a backup of this program"),
    ],
)
def test_whatever_is_no_backup_changes_nothing(
    plan: Path, tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    file = backed_up(plan, tmp_path)
    spoil(file)
    before = plan.read_bytes()
    done = call("restore", file, "--replace", "--db", plan)
    assert re.search(said, done.sentence()), done
    assert plan.read_bytes() == before
    assert not list(tmp_path.glob("plan.db.before-*"))


def test_a_database_in_use_is_not_replaced(plan: Path, tmp_path: Path) -> None:
    file = backed_up(plan, tmp_path)
    change(plan, "UPDATE workspace SET last_tick_at = strftime('%Y-%m-%d %H:%M:%f', 'now')")
    assert "so it is running: end “cypp serve”" in call("restore", file, "--replace", "--db", plan).sentence()


def test_a_damaged_database_is_replaced_and_kept(plan: Path, tmp_path: Path) -> None:
    file = backed_up(plan, tmp_path)
    plan.write_bytes(b"not a database any more")
    assert call("restore", file, "--replace", "--db", plan).code == 0
    assert query(plan, "SELECT count(*) FROM action") == [(53,)]
    (aside,) = (path for path in tmp_path.glob("plan.db.before-*") if not path.name.endswith(("-wal", "-shm")))
    assert aside.read_bytes() == b"not a database any more"


def test_the_time_of_a_dump_of_another_kind_is_noted(plan: Path) -> None:
    assert call("restored", "2026-01-02 03:00", "--db", plan).code == 0
    assert query(plan, "SELECT backup_at FROM workspace") == [("2026-01-02 03:00:00.000000",)]
    assert "is still to come" in call("restored", "2099-01-02", "--db", plan).sentence()
    assert "is no time" in call("restored", "yesterday", "--db", plan).sentence()


def test_after_a_restore_nobody_is_told_twice_in_slack(tmp_path: Path) -> None:
    """The database is lost after the request went out; people see one request, and the reminder when it is due."""
    sandbox = open_sandbox(tmp_path / "plan.db", when(8, 14, 9), look_after=0, look_again=0)
    try:
        file = tmp_path / "friday.backup"
        assert call("backup", file, "--db", tmp_path / "plan.db").code == 0
        sandbox.advance(when(8, 17, 10))
        before = {user: len(sandbox.workspace.dm(user)) for user in (EDUCATION, HEALTH)}
        assert before == {EDUCATION: 1, HEALTH: 1}
        restored = tmp_path / "restored.db"
        assert call("restore", file, "--db", restored).code == 0
        change(restored, "UPDATE workspace SET restored_at = '2020-08-17 10:00:00.000000'")
        with closing(sqlite3.connect(restored)) as one, closing(sqlite3.connect(tmp_path / "plan.db")) as other:
            one.backup(other)
        for _ in range(4):
            sandbox.tick()
        assert {user: len(sandbox.workspace.dm(user)) for user in before} == before
        sandbox.advance(when(8, 26, 10))
        assert {user: len(sandbox.workspace.dm(user)) for user in before} == {EDUCATION: 2, HEALTH: 2}
        assert "Reminder" in bundle_of(sandbox, HEALTH).plain(200)
    finally:
        sandbox.close()
