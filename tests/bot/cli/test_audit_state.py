"""What `cypp audit` compares beside the chains: states, how many actions, meetings' days, posted heads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bot.cli.support import EDUCATION, SECRETARY, call, change, query
from tests.bot.cli.test_audit import HISTORY, found, say, tamper
from tests.bot.slack.e2e import when
from tests.local_slack import open_sandbox

LATER = (
    (SECRETARY, "2020-08-21 12:00", "assign healthy-8 to Early Help Manager because it is theirs"),
    (EDUCATION, "2020-08-21 13:00", "update healthy-5 done, the advisors are at work"),
    (SECRETARY, "2020-08-22 13:00", "meeting move 16 Sep 2020 to 17 Sep 2020"),
    (SECRETARY, "2020-10-27 11:00", "outcome healthy-5 closed minute 12"),
    (SECRETARY, "2020-10-27 12:00", "outcome healthy-9 carried forward to 8 Dec because it rained"),
)


@pytest.fixture(scope="module")
def written(the_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with a history of every sort of entry."""
    path = Path(shutil.copy(the_demo, tmp_path_factory.mktemp("history") / "plan.db"))
    for one in (*HISTORY, *LATER):
        say(path, *one)
    query(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def record(written: Path, tmp_path: Path) -> Path:
    """The same, to be tampered with."""
    return Path(shutil.copy(written, tmp_path / "plan.db"))


STATE = {
    "status": ("UPDATE action SET status = 'on track' WHERE id = H5", "status was changed: on track is stored"),
    "rating": ("UPDATE action SET rating = 'off track' WHERE id = H5", "last rating was changed: off track is stored"),
    "lead": (
        "UPDATE action SET lead_post_id = 1 WHERE ref = 'heard-2'",
        "lead was changed: Democratic Services Officer, Sefton Council is stored, and its entries say Early Help",
    ),
    "lead that was assigned": (
        "UPDATE action SET lead_post_id = NULL WHERE ref = 'healthy-8'",
        "lead was changed: nobody",
    ),
    "due meeting": ("UPDATE action SET due_meeting_id = NULL WHERE id = H5", "due meeting was changed: none is stored"),
    "due meeting that was loaded": (
        "UPDATE action SET due_meeting_id = 1 WHERE ref = 'happy-1'",
        "due meeting was changed",
    ),
    "re-plans": ("UPDATE action SET replans = 0 WHERE id = H5", "number of re-plans was changed: 0 is stored"),
    "meetings missed": ("UPDATE action SET missed_before = 7 WHERE id = H5", "meetings missed before it was moved"),
    "moves": ("UPDATE action SET moves = 0 WHERE id = H5", "number of moves was changed: 0 is stored"),
    "closure": ("UPDATE action SET closed_at = '2020-09-01 10:00:00' WHERE id = H5", "day of closure was changed"),
    "closed where": ("UPDATE action SET closed_meeting_id = 1 WHERE id = H5", "meeting that closed it was changed"),
    "closed by hand": (
        "UPDATE action SET status = 'complete', closed_at = '2020-09-01 10:00:00' WHERE ref = 'happy-1'",
        "status was changed: complete is stored, and its entries say",
    ),
    "hidden": ("UPDATE action SET ended_plan_id = 1 WHERE ref = 'happy-1'", "of a plan that never ended"),
    "answered": ("UPDATE action SET last_answer_at = NULL WHERE ref = 'healthy-9'", "day of the last answer was"),
}  # fmt: skip


@pytest.mark.parametrize(("script", "wrong"), STATE.values(), ids=STATE)
def test_a_state_that_its_entries_do_not_add_up_to_is_named(record: Path, script: str, wrong: str) -> None:
    tamper(record, script)
    lines = found(call("audit", "--db", record))
    assert any(wrong in line for line in lines), lines
    assert len({line.partition(":")[0] for line in lines}) == 1, lines


def test_a_meeting_that_is_gone_with_its_own_entries_is_missed_where_something_is_due(record: Path) -> None:
    ((due, at),) = query(record, "SELECT ref, due_meeting_id FROM action WHERE ref = 'healthy-4'")
    tamper(record, f"DELETE FROM meeting_change WHERE meeting_id = {at}; DELETE FROM meeting WHERE id = {at}")
    lines = found(call("audit", "--db", record))
    assert f"{due}: the meeting it is due at (number {at}) is gone." in lines, lines


def test_nothing_is_said_of_what_the_program_did_itself(record: Path) -> None:
    assert found(call("audit", "--db", record)) == []
    for command in (
        ("people", "link", "Superintendent, Sefton", "U0POLICE1"),
        ("admin", "add", "U0NEWADMIN"),
        ("migrate",),
        ("tick", "--now", "2020-11-02 09:30"),
    ):
        assert call(*command, "--db", record).code == 0
    for words in (
        "reopen healthy-5 because the board asked again",
        "meeting cancel 8 Dec 2020 because of the snow",
        "meeting add 12 Jan 2021",
        "add Count the benches lead Early Help Manager due 12 Jan 2021",
        "redact healthy-9 1 because it describes a child",
    ):
        done = call("ask", "--as", SECRETARY, "--now", "2020-11-02 10:00", words, "--db", record)
        assert "Something went wrong" not in done.said, done
    change(record, "UPDATE person SET name = 'Somebody'")
    change(record, "VACUUM")
    assert found(call("audit", "--db", record)) == []


def test_an_action_of_which_nothing_is_left_is_missed(record: Path) -> None:
    tamper(
        record,
        "DELETE FROM link WHERE action_id = H5; DELETE FROM action_update WHERE action_id = H5; "
        "DELETE FROM outcome WHERE action_id = H5; DELETE FROM replan WHERE action_id = H5; "
        "DELETE FROM action_priority WHERE action_id = H5; DELETE FROM action WHERE id = H5",
    )
    assert found(call("audit", "--db", record)) == ["the record: 1 of 53 actions were deleted, with all their entries."]


def test_a_meeting_that_was_changed_without_an_entry_is_named(record: Path) -> None:
    change(record, "UPDATE meeting SET starts_at = '2020-12-09 14:00:00' WHERE starts_at LIKE '2020-12-08%'")
    (line,) = found(call("audit", "--db", record))
    assert line.startswith(
        "meeting of 2020-12-09 14:00 UTC: its day was changed without an entry: the last entry says 2020-12-08"
    )
    change(record, "UPDATE meeting SET starts_at = '2020-12-08 14:00:00' WHERE starts_at LIKE '2020-12-09%'")
    change(record, "UPDATE meeting SET state = 'cancelled' WHERE starts_at LIKE '2020-12-08%'")
    (line,) = found(call("audit", "--db", record))
    assert "it is cancelled without an entry" in line


def test_the_last_entry_taken_away_is_missed_where_a_posted_head_says_otherwise(tmp_path: Path) -> None:
    """By somebody who puts the chain, the counter and the state right: only what stands in Slack tells."""
    path = tmp_path / "plan.db"
    sandbox = open_sandbox(str(path), when(8, 10))
    try:
        sandbox.command(EDUCATION, "update healthy-5 on track, two advisors recruited")
        sandbox.advance(when(9, 17, 18))
        sandbox.command(SECRETARY, "done")
        sandbox.advance(when(10, 5, 18))
        before = query(path, "SELECT count(*) FROM message_part WHERE payload LIKE '%Record so far: %'")
        assert before > [(0,)], "a digest was posted"
        sandbox.command(
            SECRETARY, "add to partnership: partners: police, CCG, CVS: send in the figures, october meeting"
        )
        sandbox.press_in(SECRETARY, sandbox.workspace.dm(SECRETARY)[-1], "Add")
        assert query(path, "SELECT count(*) FROM action") == [(57,)]
    finally:
        sandbox.close()
    assert found(call("audit", "--db", path)) == []
    tamper(
        path,
        "DELETE FROM action_update WHERE id = E1; DELETE FROM link WHERE action_id = H5 AND sort = 'update'; "
        "UPDATE action SET links = 1, head = (SELECT hash FROM link WHERE action_id = H5), status = first_status, "
        "rating = first_status, last_update_id = NULL, last_answer_at = NULL WHERE id = H5",
    )
    lines = found(call("audit", "--db", path))
    assert lines != []
    assert all("it never had the head" in line and "that was posted" in line for line in lines), lines
