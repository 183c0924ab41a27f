"""Files that the program makes are for their owner alone, whatever the umask; those that are there stay as they are."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.demo.page.open_page import open_page
from models.storage.engine import Database
from models.storage.scope import ALL
from tests.bot.cli.conftest import Serve
from tests.bot.cli.support import EXAMPLE, SECRETARY, call, change, run, start_three_boards
from tests.local_slack import LocalWorkspace

UMASKS = (0o000, 0o022, 0o077, 0o777)


@contextmanager
def umask(value: int) -> Iterator[None]:
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """The permissions of everything in a folder, and of the folders in it."""
    found: dict[str, int] = {}
    for path in folder.rglob("*"):
        with_mode = path.lstat()
        found[str(path.relative_to(folder))] = stat.S_IMODE(with_mode.st_mode)
    return found


def open_to_others(folder: Path) -> dict[str, str]:
    return {name: oct(mode) for name, mode in modes(folder).items() if mode & 0o077}


@pytest.mark.parametrize("value", UMASKS, ids=oct)
def test_every_command_that_makes_a_file_makes_it_for_its_owner(value: int, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    plan, backup = there / "plan.db", there / "plan.backup"
    with umask(value):
        for command in (
            ("import", EXAMPLE, "--demo", "--db", plan),
            ("start", "partnership", "2020-08-07", "--db", plan),
            ("ask", "--as", SECRETARY, "--now", "2020-08-17 10:00", "update healthy-5 on track, begun", "--db", plan),
            ("tick", "--now", "2020-08-17 09:30", "--db", plan),
            ("migrate", "--db", there / "migrated.db"),
            ("admin", "add", "U0ICTADMIN", "--db", there / "admin.db"),
            ("backup", backup, "--db", plan),
            ("restore", backup, "--db", there / "restored.db"),
            ("restore", backup, "--replace", "--db", there / "restored.db"),
            ("export", there / "plan.xlsx", "--db", plan),
            ("export", there / "plan.yaml", "--db", plan),
            ("export", there / "plan.csv", "--db", plan),
            ("template", there / "template.xlsx"),
            ("copy", "--to", there / "copied.db", "--db", plan),
            ("migrate", "--db", f"sqlite:///file:{there}/by%20uri.db?uri=true"),
        ):
            done = call(*command)
            assert done.code == 0, done
    made = modes(there)
    assert {"plan.db", "plan.backup", "restored.db", "copied.db", "plan.xlsx", "by uri.db"} <= made.keys()
    assert set(made.values()) == {0o600}, open_to_others(there) or made
    assert len([name for name in made if ".before-" in name]) == 1


@pytest.mark.parametrize("value", UMASKS[:2], ids=oct)
def test_what_stands_beside_a_database_in_use_is_its_owners_too(value: int, tmp_path: Path) -> None:
    with umask(value):
        assert call("import", EXAMPLE, "--db", tmp_path / "plan.db").code == 0
        database = Database(str(tmp_path / "plan.db"))
        with database.write(workspace=ALL) as session:
            session.execute(text("UPDATE plan SET area = 'Sefton'"))
            assert {"plan.db", "plan.db-wal", "plan.db-shm"} <= modes(tmp_path).keys()
            assert open_to_others(tmp_path) == {}
        database.dispose()


def test_a_bot_that_is_served_makes_nothing_that_others_may_read(
    tmp_path: Path, slack: LocalWorkspace, serve: Serve
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    with umask(0):
        database = start_three_boards(there)
        (there / "plan.yaml").unlink()
        serve(database)
    assert {"plan.db", "plan.db-wal"} <= modes(there).keys()
    assert open_to_others(there) == {}


def test_a_demo_keeps_its_folder_to_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with umask(0), closing(open_page()):
        made = modes(tmp_path)
    assert any(name.endswith("demo.db") for name in made)
    assert open_to_others(tmp_path) == {}
    folders = [mode for name, mode in made.items() if name.startswith("cypp-demo-") and "/" not in name]
    assert folders == [0o700]


def test_an_error_that_nobody_foresaw_is_noted_for_its_owner(plan: Path, tmp_path: Path) -> None:
    change(plan, "ALTER TABLE action DROP COLUMN minute")
    logs = tmp_path / "logs"
    logs.mkdir()
    with umask(0):
        done = run("ask", "--as", "Head of Education", "healthy-5", "--db", plan, env={"TMPDIR": str(logs)})
    assert "under reference" in done.err
    assert list(modes(logs).values()) == [0o600]


@pytest.mark.parametrize("mode", [0o640, 0o660, 0o644])
def test_a_file_that_is_there_keeps_what_its_owner_set(mode: int, plan: Path, tmp_path: Path) -> None:
    backup, export = tmp_path / "plan.backup", tmp_path / "plan.yaml"
    plan.chmod(mode)
    for made, command in ((backup, "backup"), (export, "export")):
        assert call(command, made, "--db", plan).code == 0
        made.chmod(mode)
    assert call("ask", "--as", "Head of Education", "status", "--db", plan).code == 0
    assert call("admin", "add", "U0TEMPADM", "--db", plan).code == 0
    assert call("backup", backup, "--force", "--db", plan).code == 0
    assert call("export", export, "--force", "--db", plan).code == 0
    assert call("restore", backup, "--replace", "--db", plan).code == 0
    kept = modes(tmp_path)
    assert {kept["plan.db"], kept["plan.backup"], kept["plan.yaml"]} == {mode}
    assert {value for name, value in kept.items() if ".before-" in name} == {mode}


def test_a_link_to_where_the_database_shall_be_leads_to_a_file_of_its_owner(tmp_path: Path) -> None:
    (tmp_path / "plan.db").symlink_to(tmp_path / "elsewhere.db")
    with umask(0):
        assert call("migrate", "--db", tmp_path / "plan.db").code == 0
    assert modes(tmp_path)["elsewhere.db"] == 0o600
