"""What the command line writes is on record as the command line's, with the account of whoever ran it."""

from __future__ import annotations

import os
import pwd
from datetime import date
from pathlib import Path

from models.plan.accounts import Actor, roles_of
from models.storage.engine import Database
from tests.bot.cli.support import ADMIN, EDUCATION, EXAMPLE, SECRETARY, call, query

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name
BY = f"command line, by the account {ACCOUNT}, as"
NOT_ME = {"LOGNAME": "somebody", "USER": "somebody", "LNAME": "somebody", "USERNAME": "somebody"}


def ask(path: Path, who: str, now: str, words: str) -> str:
    done = call("ask", "--as", who, "--now", now, words, "--db", path, env=NOT_ME)
    assert done.code == 0, done
    return " ".join(done.out.split())


def test_what_was_asked_as_somebody_is_signed_by_the_account_everywhere(demo: Path, tmp_path: Path) -> None:
    signed = f"{BY} Head of Education, Sefton Council"
    said = ask(demo, EDUCATION, "2020-08-17 11:00", "update healthy-5 on track, two advisors recruited")
    assert said.startswith("Recorded for healthy-5: on track.")
    assert f"{signed}: on track" in ask(demo, SECRETARY, "2020-08-17 12:00", "history healthy-5")
    for name in ("plan.csv", "plan.yaml"):
        assert call("export", tmp_path / name, "--db", demo).code == 0
    assert signed in (tmp_path / "plan.csv").read_text("utf-8")
    audited = " ".join(call("audit", "--db", demo).out.split())
    assert f"{signed}: healthy-5" in audited
    assert query(demo, "SELECT signature, way FROM action_update") == [(signed, "command line")]


def test_every_sort_of_entry_is_signed_so(demo: Path) -> None:
    for who, now, words in (
        (SECRETARY, "2020-08-17 11:00", "move healthy-5 to 23 Oct because the tender takes long"),
        (SECRETARY, "2020-08-17 11:10", "update healthy-9 on track by e-mail of 16 Aug, the walks are planned"),
        (SECRETARY, "2020-08-17 11:20", "assign healthy-8 to Early Help Manager"),
        (SECRETARY, "2020-09-17 11:30", "outcome healthy-9 carried forward to 8 Dec because it rained"),
        (SECRETARY, "2020-09-17 11:40", "redact healthy-9 1 because it describes a child"),
        (SECRETARY, "2020-09-17 11:50", "board partnership updates 6 working days"),
    ):
        ask(demo, who, now, words)
    for table in ("action_update", "replan", "outcome", "setting_change"):
        rows = query(demo, f"SELECT signature FROM {table} WHERE way != 'import'")
        assert rows, table
        assert [row for (row,) in rows if not row.startswith(BY)] == [], table
    ((redacted,),) = query(demo, "SELECT redaction FROM action_update WHERE redaction != ''")
    assert BY in redacted


def test_what_other_commands_write_is_on_record_too(tmp_path: Path) -> None:
    plan = tmp_path / "plan.db"
    for command in (
        ("import", EXAMPLE, "--db", plan),
        ("start", "partnership", "2020-08-07", "--db", plan),
        ("admin", "add", "U0NEWADMIN", "--db", plan),
        ("people", "link", "Superintendent, Sefton", "U0POLICE1", "--db", plan),
        ("people", "unlink", "U0POLICE1", "--db", plan),
    ):
        assert call(*command, env=NOT_ME).code == 0
    rows = query(plan, "SELECT setting, signature FROM setting_change ORDER BY id")
    assert rows == [
        ("started_at", f"{BY} “cypp start”"),
        ("administrator", f"{BY} “cypp admin add”"),
        ("account", f"{BY} “cypp people link”"),
        ("account", f"{BY} “cypp people unlink”"),
    ]
    assert query(plan, "SELECT DISTINCT signature FROM meeting_change") == [(f"{BY} import of {EXAMPLE.name}",)]
    audited = " ".join(call("audit", "--db", plan).out.split())
    assert f"{BY} “cypp admin add”: administrator" in audited


def test_what_is_imported_again_is_signed_by_the_account(plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    words = "Make sure that every board hears children"
    assert call("export", file, "--db", plan).code == 0
    file.write_text(file.read_text("utf-8").replace(words, f"{words} and adult"), encoding="utf-8")
    done = call("import", file, "--db", plan)
    assert done.code == 0, done
    assert {row for (row,) in query(plan, "SELECT signature FROM action_update")} == {f"{BY} import of plan.yaml"}


def test_an_account_of_a_team_that_the_directory_does_not_know_has_no_roles_whatever_its_id(plan: Path) -> None:
    database = Database(str(plan))
    with database.read("local") as session:
        for user in (EDUCATION, SECRETARY, ADMIN):
            assert not roles_of(session, "local", Actor("T0STRANGE", user), date(2020, 8, 17)).named
    database.dispose()
