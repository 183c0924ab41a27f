"""`cypp audit`: a real history, changed in the file as another program would change it, and what is said of it."""

from __future__ import annotations

import re
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select, text

from models.enums import AnswerKind, Status, Way
from models.records.history import Signed, record_update
from models.storage.engine import Database
from models.storage.tables import Action
from models.storage.workspaces import LOCAL
from tests.bot.cli.support import EDUCATION, SECRETARY, Ran, call, change, dump, query
from tests.homes import Home
from tests.older import LEDGER_OF_0009

HEALTH = "U0PUBHEAL"
HISTORY = (
    (EDUCATION, "2020-08-17 11:00", "update healthy-5 on track, two advisors recruited"),
    (EDUCATION, "2020-08-18 11:00", "update healthy-5 some issues: told by the family of Mill Lane 3"),
    (SECRETARY, "2020-08-19 11:00", "redact healthy-5 2 because it describes a child"),
    (
        HEALTH,
        "2020-08-19 12:00",
        "update healthy-9 on track, the walks are planned, not for publication because the tender is open",
    ),
    (EDUCATION, "2020-08-20 11:00", "update healthy-5 on track, the tender is out"),
    (EDUCATION, "2020-08-20 12:00", "withhold healthy-5 3 because the tender is open"),
    (SECRETARY, "2020-08-21 11:00", "move healthy-5 to 23 Oct because the tender takes long"),
)
LATER = (EDUCATION, "2020-08-24 11:00", "update healthy-5 off track: 2020-09-30 12:00")
HEAD = re.compile(r"Record so far: ((?:[0-9a-f]{4} ){3}[0-9a-f]{4})\.")


def say(path: Path | str, who: str, now: str, words: str) -> str:
    done = call("ask", "--as", who, "--now", now, words, "--db", str(path))
    assert done.code == 0, done
    return done.out


def head_of(path: Path) -> str:
    """The head that a digest prints."""
    found = HEAD.search(" ".join(say(path, SECRETARY, "2020-08-22 09:00", "digest partnership").split()))
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def written(the_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A plan with a history, and the head that was printed before its last entry."""
    path = Path(shutil.copy(the_demo, tmp_path_factory.mktemp("history") / "plan.db"))
    for one in HISTORY:
        say(path, *one)
    head = head_of(path)
    assert head_of(path) == head, "asking changes nothing"
    say(path, *LATER)
    query(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    return path, head


@pytest.fixture
def record(written: tuple[Path, str], tmp_path: Path) -> Path:
    """The same, to be tampered with."""
    return Path(shutil.copy(written[0], tmp_path / "plan.db"))


def tamper(path: Path, script: str) -> None:
    """Changes a file by SQL. H5: the number of healthy-5; E1 … E4: the rows of its updates, in their order."""
    (number,) = query(path, "SELECT id FROM action WHERE ref = 'healthy-5'")[0]
    rows = query(path, "SELECT id FROM action_update WHERE action_id = ? ORDER BY id", number)
    for name, value in [("H5", number), *((f"E{at}", row[0]) for at, row in enumerate(rows, 1))]:
        script = script.replace(name, str(value))
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


def found(done: Ran) -> list[str]:
    """What does not check, a line each."""
    lines = re.split(r"^\d+ entr(?:y|ies) of ", done.out, maxsplit=1, flags=re.MULTILINE)[0].splitlines()
    assert done.code == (1 if lines else 0), done
    return lines


def test_a_history_with_a_redaction_checks(record: Path) -> None:
    done = call("audit", "--db", record)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("6 entries of 53 actions checked.\n")
    assert "not whether it was true" in done.out
    assert query(record, "SELECT count(*) FROM link WHERE salt = ''") == [(1,)], "what was redacted cannot be tried out"


FIELD = "its date, status, signature or another field was changed"
FOLLOW = "it does not follow what is before it: something was put in, replaced or cut there"
ENTRY = {1: "entry 1 of Mon 17 Aug 2020", 2: "entry 2 of Tue 18 Aug 2020", 3: "entry 3 of Thu 20 Aug 2020",
         4: "entry 4 of Fri 21 Aug 2020", 5: "entry 5 of Mon 24 Aug 2020"}  # fmt: skip
FORGED = (
    "INSERT INTO action_update (workspace_id, action_id, kind, status, words, signature, way, at) SELECT workspace_id, "
    "action_id, kind, status, 'all is well', signature, way, '2020-08-25 10:00:00' FROM action_update WHERE id = E1;"
)
SWAPPED = (
    "UPDATE link SET number = 99 WHERE action_id = H5 AND number = 7; "
    "UPDATE link SET number = 7 WHERE action_id = H5 AND number = 8; "
    "UPDATE link SET number = 8 WHERE action_id = H5 AND number = 99;"
)
TAMPERED = {
    "words": ("UPDATE action_update SET words = 'three advisors' WHERE id = E1", [(1, "its words were changed")]),
    "status": ("UPDATE action_update SET status = 'off track' WHERE id = E1", [(1, FIELD)]),
    "no status at all": ("UPDATE action_update SET status = 'banana' WHERE id = E1", [(1, FIELD)]),
    "no date at all": ("UPDATE action_update SET at = 'banana' WHERE id = E1", [(1, FIELD)]),
    "no chain at all": (
        "UPDATE link SET salt = 'banana' WHERE action_id = H5",
        [("healthy-5:", "something in it is no value that this program writes; the rest was not checked")],
    ),
    "date": ("UPDATE action_update SET at = '2020-08-16 10:00:00' WHERE id = E1", [(1, FIELD)]),
    "author": ("UPDATE action_update SET person_id = 1, signature = 'Somebody else' WHERE id = E1", [(1, FIELD)]),
    "reason of a re-plan": (
        "UPDATE replan SET reason = 'as the board wished' WHERE action_id = H5",
        [(4, "its words were changed")],
    ),
    "the last cut off": (
        "DELETE FROM action_update WHERE id = E4; DELETE FROM link WHERE entry_id = E4 AND sort = 'update'",
        [(4, "cut at the end: 1 link of the chain is gone after it")],
    ),
    "its row alone": ("DELETE FROM action_update WHERE id = E4", [(5, "the entry was taken away")]),
    "a middle one": (
        "DELETE FROM action_update WHERE id = E1; DELETE FROM link WHERE entry_id = E1 AND sort = 'update'",
        # The numbers of those that are left.
        [("entry 1 of Tue 18 Aug 2020", "cut in the middle: 1 link of the chain is gone between what is before it and "
          "this")],
    ),
    "a middle one, closed up": (
        "DELETE FROM action_update WHERE id = E1; DELETE FROM link WHERE entry_id = E1 AND sort = 'update';"
        "UPDATE link SET number = -number, about = about - 1 WHERE action_id = H5 AND number > 2;"
        "UPDATE link SET number = -number - 1 WHERE action_id = H5 AND number < 0;"
        "UPDATE action SET links = links - 1 WHERE id = H5",
        [("entry 1 of Tue 18 Aug 2020", FOLLOW),
         ("entry 1 of Tue 18 Aug 2020", "that it is redacted was changed"),
         ("entry 2 of Thu 20 Aug 2020", "that it is not for publication was changed")],
    ),
    "two swapped": (
        SWAPPED,
        [
            (5, "the order was changed: it did not follow what is before it"),
            (4, "the order was changed: it did not follow what is before it"),
            (4, "the end was replaced: it is not the one that was noted"),
        ],
    ),
    "written in another order": (
        "UPDATE link SET id = -1 WHERE action_id = H5 AND number = 8",
        [(5, "the order was changed: it was not written after what is before it")],
    ),
    "words swapped": (
        "UPDATE action_update SET words = CASE id WHEN E1 THEN 'the tender is out' ELSE 'two advisors recruited' END "
        "WHERE id IN (E1, E3)",
        [(1, "its words were changed"), (3, "its words were changed")],
    ),
    "forged": (FORGED, [("entry 6 of Tue 25 Aug 2020", "it was put in: this program did not write it")]),
    "emptied without a redaction": (
        "UPDATE action_update SET words = '', redaction = 'it was wrong' WHERE id = E1; "
        "UPDATE link SET salt = '' WHERE entry_id = E1 AND sort = 'update'",
        [(1, "its words were emptied, and no redaction is on record"), (1, "that it is redacted was put in")],
    ),
    "words where they were redacted": (
        "UPDATE action_update SET words = 'the house is empty' WHERE id = E2",
        [(2, "words were put in where they were redacted")],
    ),
    "why it was redacted": (
        "UPDATE action_update SET redaction = 'for no reason' WHERE id = E2",
        [(2, "why it is redacted was changed")],
    ),
    "published after all": (
        "UPDATE action_update SET withheld = '' WHERE id = E3",
        [(3, "that it is not for publication was taken away")],
    ),
    "what it was loaded with": (
        "UPDATE action SET first_words = 'nearly done' WHERE id = H5",
        [("entry 0 of", "its words were changed")],
    ),
    "the whole chain": (
        "DELETE FROM link WHERE action_id = H5; DELETE FROM action_update WHERE action_id = H5; "
        "DELETE FROM replan WHERE action_id = H5; UPDATE action SET links = 0, head = '' WHERE id = H5",
        [("healthy-5:", "it has no chain: the chain was taken away, or another program stored it")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("script", "wrong"), TAMPERED.values(), ids=TAMPERED)
def test_what_was_changed_is_said_with_its_place(record: Path, script: str, wrong: list[tuple[int | str, str]]) -> None:
    tamper(record, script)
    lines = found(call("audit", "--db", record))
    assert len(lines) == len(wrong), lines
    for line, (where, what) in zip(lines, wrong, strict=True):
        assert line.startswith("healthy-5"), line
        assert (ENTRY[where] if isinstance(where, int) else where) in line, line
        assert line.endswith(f": {what}."), line


def test_an_action_that_is_gone_is_missed_where_anything_of_its_record_is_left(record: Path) -> None:
    tamper(record, "DELETE FROM action WHERE id = H5; DELETE FROM link WHERE action_id = H5")
    assert "the action itself is gone" in found(call("audit", "--db", record))[0]


def test_a_printed_head_is_one_that_the_record_had(record: Path, written: tuple[Path, str]) -> None:
    head = written[1]
    for typed in (head, head.upper().replace(" ", "")):
        done = call("audit", "--head", typed, "--db", record)
        assert (done.code, done.err) == (0, "")
        assert (
            f"The record had the head {head} once healthy-5 had been written to on Fri 21 Aug 2020; 1 link since."
            in (" ".join(done.out.split()))
        )


def test_a_chain_that_was_worked_out_anew_ends_in_another_head(record: Path, written: tuple[Path, str]) -> None:
    """Whoever can write to the database can have every chain check; the printed head tells all the same."""
    tamper(
        record,
        "DELETE FROM action_update WHERE id > E3;"
        "DELETE FROM replan WHERE action_id = H5; DELETE FROM link WHERE action_id = H5 AND number > 6;"
        "UPDATE action SET links = 6, head = (SELECT hash FROM link WHERE action_id = H5 AND number = 6) WHERE id = H5",
    )
    assert found(call("audit", "--db", record))[0].startswith("healthy-5: its status was changed: off track is stored")
    tamper(
        record,
        "UPDATE action SET status = 'on track', rating = 'on track', due_meeting_id = first_due_meeting_id, "
        "replans = 0, moves = 0, moved_at = NULL, missed_before = 0, last_update_id = E3, "
        "last_answer_at = '2020-08-20 10:00:00.000000' WHERE id = H5",
    )
    done = call("audit", "--db", record)
    assert (found(done), done.code) == ([], 0)
    said = call("audit", "--head", written[1], "--db", record).sentence()
    assert said.startswith(f"The record never had the head {written[1]}: it was changed or cut since that was printed")


@pytest.mark.parametrize("typed", ["3f2a", "3f2a 90bc 41de 07cg", "the last one"])
def test_what_is_no_head_is_misuse_and_is_given_back(record: Path, typed: str) -> None:
    done = call("audit", "--head", typed, "--db", record)
    assert done.code == 2
    assert f"“{typed}” is no head" in done.err


def test_a_copy_and_a_restored_backup_have_the_same_chains(
    record: Path, home: Home, tmp_path: Path, written: tuple[Path, str]
) -> None:
    backup, restored, to = tmp_path / "plan.backup", tmp_path / "restored.db", home.nothing(tmp_path)
    assert call("backup", backup, "--db", record).code == 0
    assert call("restore", backup, "--db", restored).code == 0
    assert call("copy", "--to", to, "--db", record).code == 0
    for there in (restored, to):
        say(there, EDUCATION, "2020-08-25 11:00", "update healthy-5 on track, somebody tendered")
        done = call("audit", "--head", written[1], "--db", str(there))
        assert (done.code, found(done)) == (0, [])
        assert done.out.startswith("7 entries of 53 actions checked.")
    database = Database(to)
    with database.write(workspace=LOCAL) as session:
        session.execute(text("UPDATE action_update SET words = 'nobody' WHERE words = 'somebody tendered'"))
    database.dispose()
    assert found(call("audit", "--db", to)) == ["healthy-5, entry 6 of Tue 25 Aug 2020: its words were changed."]


def test_whatever_is_redacted_still_checks(record: Path) -> None:
    """What the board decided, whose re-plan has the same words; and what an action was loaded with."""
    secret = "told by the family of Mill Lane 3"
    # As the program would have moved it.
    change(record, "UPDATE meeting SET starts_at = '2020-08-25 13:00:00' WHERE starts_at LIKE '2020-09-16%'")
    change(
        record,
        "UPDATE meeting_change SET starts_at = '2020-08-25 13:00:00' WHERE starts_at LIKE '2020-09-16%'",
    )
    said = say(record, SECRETARY, "2020-08-26 11:00", f"outcome healthy-9 carried forward to 8 Dec because {secret}")
    assert "carried forward" in said
    change(record, "UPDATE replan SET counted = 0 WHERE outcome_id IS NOT NULL")
    assert found(call("audit", "--db", record)) == [f"healthy-9, entry 2 of Wed 26 Aug 2020: {FIELD}."]
    change(record, "UPDATE replan SET counted = 1 WHERE outcome_id IS NOT NULL")
    (loaded,) = query(record, "SELECT ref FROM action WHERE first_words != '' ORDER BY id LIMIT 1")[0]
    for of in ("healthy-9 2", f"{loaded} 0"):
        assert "Redacted" in say(record, SECRETARY, "2020-08-26 12:00", f"redact {of} because it describes a child")
    assert not [line for line in dump(record) if secret in line]
    assert found(call("audit", "--db", record)) == []
    assert query(record, "SELECT count(*) FROM link WHERE salt = ''") == [(4,)]


def test_an_upgrade_chains_what_was_there_and_says_from_when(record: Path, home: Home, tmp_path: Path) -> None:
    to = home.nothing(tmp_path)
    assert call("copy", "--to", to, "--db", record).code == 0
    database = Database(to)
    with database.write(workspace=LOCAL) as session:
        for step in (
            *LEDGER_OF_0009,
            "CREATE INDEX ix_ask_workspace_id ON ask (workspace_id)",
            "DROP TABLE link",
            "DROP TABLE setting_change",
            *(f"DROP INDEX ix_action_{name}" for name in ("follow", "dated", "standing", "proposed")),
            "ALTER TABLE action DROP COLUMN links",
            "ALTER TABLE action DROP COLUMN head",
            "UPDATE alembic_version SET version_num = '0003'",
        ):
            session.execute(text(step))
    assert call("migrate", "--db", to).code == 0
    say(to, EDUCATION, "2020-08-25 11:00", "update healthy-5 on track, somebody tendered")
    done = call("audit", "--db", to)
    assert (done.code, found(done)) == (0, [])
    first, second, *_ = done.out.splitlines()
    assert first == "7 entries of 53 actions checked."
    assert second.startswith("53 actions were there before anything was chained: what became of their entries before ")
    with database.write(workspace=LOCAL) as session:
        session.execute(text("UPDATE action_update SET status = 'off track' WHERE words LIKE 'two advisors%'"))
    database.dispose()
    assert found(call("audit", "--db", to)) == [f"healthy-5, {ENTRY[1]}: {FIELD}."]


def test_a_chain_does_not_fork_where_several_write_at_once(record: Path, home: Home, tmp_path: Path) -> None:
    to = home.nothing(tmp_path)
    assert call("copy", "--to", to, "--db", record).code == 0
    together = Barrier(3)

    def work(who: int) -> None:
        database = Database(to)
        together.wait()
        for at in range(4):
            with database.write(workspace=LOCAL) as session:
                row = session.scalars(select(Action).where(Action.ref == "healthy-5")).one()
                signed = Signed(None, None, f"Writer {who}", Way.BUTTON, datetime(2020, 9, 1, 9, at, tzinfo=UTC))
                record_update(session, row, AnswerKind.UPDATE, signed, status=Status.ON_TRACK, words=f"{who} {at}")
        database.dispose()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    done = call("audit", "--db", to)
    assert (done.code, found(done)) == (0, [])
    assert done.out.startswith("18 entries of 53 actions checked.")


def test_what_is_imported_is_chained_with_what_it_was_loaded_with(record: Path, tmp_path: Path) -> None:
    exported, fresh = tmp_path / "plan.yaml", tmp_path / "fresh.db"
    assert call("export", exported, "--db", record).code == 0
    assert call("import", exported, "--db", fresh).code == 0
    done = call("audit", "--db", fresh)
    assert (done.code, found(done)) == (0, [])
    assert done.out.startswith("1 entry of 53 actions checked."), "healthy-5 was moved before it was imported"
    tamper(fresh, "UPDATE action SET first_status = 'complete' WHERE id = H5")
    assert found(call("audit", "--db", fresh))[0].startswith("healthy-5, entry 0 of ")
