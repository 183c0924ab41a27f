"""`cypp start` and `cypp admin add`: reminders begin, and somebody looks after the bot."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import system_account
from tests.bot.cli.support import ADMIN, call, change, dump, query, three_boards

BOARD = "Children and Young People's Partnership Board"


def started(database: Path, board: str = "partnership") -> str | None:
    ((when,),) = query(database, "SELECT started_at FROM board WHERE key = ?", board)
    return str(when) if when else None


def test_reminders_begin_on_a_day_given_and_the_next_dates_are_shown(plan: Path) -> None:
    done = call("start", "partnership", "2020-08-07", "--db", plan)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"Reminders for the {BOARD} begin on Fri 7 Aug 2020.",
        "Next meeting Wed 16 Sep 2020: request Mon 17 Aug 2020, reminder Wed 26 Aug 2020, "
        "last call Tue 1 Sep 2020; papers Tue 8 Sep 2020.",
    ]
    # Midnight in London, in summer.
    assert started(plan) == "2020-08-06 23:00:00.000000"
    assert started(plan, "hwb") is None


def test_that_reminders_were_begun_is_on_record(plan: Path) -> None:
    assert call("start", "partnership", "2020-08-07", "--db", plan).code == 0
    signed = f"command line, by the account {system_account()}, as “cypp start”"
    assert query(plan, "SELECT setting, signature, way FROM setting_change WHERE board_id IS NOT NULL") == [
        ("started_at", signed, "command line")
    ]
    assert f"Last changed by {signed} on " in call("ask", "--db", plan, "--as", ADMIN, "board partnership").out


def test_what_was_due_before_the_day_is_said_not_to_count_and_is_not_sent(demo: Path) -> None:
    done = call("start", "partnership", "2020-08-20", "--db", demo)
    assert done.out.splitlines()[1:] == [
        "Next meeting Wed 16 Sep 2020: reminder Wed 26 Aug 2020, last call Tue 1 Sep 2020; papers Tue 8 Sep 2020.",
        "Already past, so not sent: request Mon 17 Aug 2020.",
    ]
    assert call("tick", "--db", demo, "--now", "2020-08-20").out == ""
    assert "reminder · " in call("tick", "--db", demo, "--now", "2020-08-26").out


def test_a_board_started_after_every_step_asks_nobody(plan: Path) -> None:
    done = call("start", "partnership", "2020-09-02", "--db", plan)
    assert "Next meeting Wed 16 Sep 2020: nobody is asked any more; papers Tue 8 Sep 2020." in done.out


def test_without_a_day_reminders_begin_now(tmp_path: Path) -> None:
    file, database = tmp_path / "plan.yaml", tmp_path / "plan.db"
    file.write_text(three_boards())
    assert call("import", file, "--db", database).code == 0
    done = call("start", "board-b", "--db", database)
    assert (done.code, done.err) == (0, "")
    assert "Reminders for the Board B begin on" in done.out
    assert started(database, "board-a") is None
    assert started(database, "board-b") is not None


def test_a_board_without_a_meeting_ahead_says_so(plan: Path) -> None:
    done = call("start", "hwb", "2021-06-01", "--db", plan)
    assert done.code == 0
    assert done.out.splitlines()[1:] == ["No meeting with a date comes after that yet."]


def test_a_trial_says_what_the_first_request_would_be_and_to_whom_and_stores_nothing(plan: Path) -> None:
    before = dump(plan)
    done = call("start", "partnership", "2020-08-07", "--dry-run", "--db", plan)
    assert done.code == 0
    assert "request · Head of Education · healthy-5, healthy-8, 9sep-2" in done.out.splitlines()
    assert len(done.out.splitlines()) == 8
    assert all(line.startswith("request · ") for line in done.out.splitlines())
    assert "Nothing is stored. On Mon 17 Aug 2020 this would be said:" in done.err
    assert dump(plan) == before


def test_a_trial_is_what_is_then_said_on_the_day(demo: Path) -> None:
    trial = call("start", "partnership", "2020-08-20", "--dry-run", "--db", demo).out
    call("start", "partnership", "2020-08-20", "--db", demo)
    assert sorted(call("tick", "--db", demo, "--now", "2020-08-26").out.splitlines()) == sorted(trial.splitlines())
    assert trial


def test_a_trial_names_those_too_whose_organisation_is_closed_on_the_first_day(plan: Path) -> None:
    change(
        plan, "UPDATE organisation SET closed = ? WHERE key = 'sefton-council'", '[["2020-08-17", "2020-08-19", ""]]'
    )
    done = call("start", "partnership", "2020-08-07", "--dry-run", "--db", plan)
    assert "Later, on Thu 20 Aug 2020 this would be said:" in done.err
    assert "request · Head of Education · healthy-5, healthy-8, 9sep-2" in done.out.splitlines()
    assert len(done.out.splitlines()) == 8


def test_a_trial_of_a_board_with_nothing_ahead_says_so(plan: Path) -> None:
    done = call("start", "hwb", "--dry-run", "--db", plan)
    assert (done.code, done.out) == (0, "")
    assert "nothing would be said before the next meeting" in done.err


@pytest.mark.parametrize(
    "named", ["partnership", "PARTNERSHIP", "CYPP board", "partnership board", "Children's partnership board"]
)
def test_a_board_is_known_by_its_key_its_name_and_its_other_names(named: str, plan: Path) -> None:
    assert call("start", named, "2020-08-07", "--db", plan).out.startswith(f"Reminders for the {BOARD} begin")


def test_a_near_miss_is_understood(plan: Path) -> None:
    assert call("start", "partnershp", "2020-08-07", "--db", plan).out.startswith(f"Reminders for the {BOARD} begin")


@pytest.mark.parametrize("named", ["cabinet", "", "'; --"])
def test_an_unknown_board_is_refused_with_those_there_are(named: str, plan: Path) -> None:
    before = dump(plan)
    sentence = call("start", named, "2020-08-07", "--db", plan).sentence()
    assert BOARD in sentence
    assert "Health and Wellbeing Board" in sentence
    assert dump(plan) == before


@pytest.mark.parametrize("day", ["7 Aug", "2020-13-01", "2020-02-30", "tomorrow", "1999-12-31", "9999-12-31"])
def test_a_day_that_is_none_is_refused_with_how_to_write_one(day: str, plan: Path) -> None:
    before = dump(plan)
    assert f"“{day}” is" in call("start", "partnership", day, "--db", plan).sentence()
    assert dump(plan) == before


def test_starting_again_moves_the_day(plan: Path) -> None:
    for day in ("2020-08-07", "2020-08-24"):
        assert call("start", "partnership", day, "--db", plan).code == 0
    assert started(plan) == "2020-08-23 23:00:00.000000"


# -- admin add -----------------------------------------------------------------------------------------------------


def administrators(database: Path) -> list[tuple[str, str]]:
    return query(database, "SELECT slack_user, email FROM person WHERE is_administrator ORDER BY id")


def test_the_first_administrator_can_be_made_on_an_empty_database(tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    for who in ("U0NEWADMIN", "New.Admin@Example.org"):
        done = call("admin", "add", who, "--db", database)
        assert (done.code, done.out, done.err) == (0, f"{who} is an administrator now.\n", "")
    assert administrators(database) == [("U0NEWADMIN", ""), ("", "new.admin@example.org")]


def test_made_twice_it_says_so_and_there_is_one(tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    for who in ("new.admin@example.org", "NEW.ADMIN@example.org"):
        done = call("admin", "add", who, "--db", database)
        assert done.code == 0
    assert "is an administrator already" in done.out
    assert administrators(database) == [("", "new.admin@example.org")]


def test_somebody_of_the_plan_becomes_an_administrator_and_stays_who_they_are(plan: Path) -> None:
    people = query(plan, "SELECT count(*) FROM person")
    assert call("admin", "add", "head.education@example.org", "--db", plan).code == 0
    assert call("admin", "add", "U0HEADEDU", "--db", plan).out == "U0HEADEDU is an administrator already.\n"
    assert query(plan, "SELECT count(*) FROM person") == people
    assert administrators(plan) == [
        ("U0HEADEDU", "head.education@example.org"),
        (ADMIN, "ict.support@example.org"),
    ]


@pytest.mark.parametrize(
    "who",
    ["Head of Education", "u0ictadmin", "@@@", "x y@example.org", "somebody@", "@example.org", "a@b", "", "T0DEMO"],
)
def test_what_is_neither_an_id_nor_an_address_is_refused_and_nothing_is_made(who: str, tmp_path: Path) -> None:
    done = call("admin", "add", who, "--db", tmp_path / "new.db")
    assert f"“{who}” is neither a Slack ID (like U0ICTADMIN) nor an e-mail address" in done.sentence()
    assert list(tmp_path.iterdir()) == []


def test_an_administrator_may_do_what_others_may_not(demo: Path) -> None:
    words = ("--db", demo, "--now", "2020-08-20", "update heard-10 on track, contract signed")
    assert call("admin", "add", "U0NEWADMIN", "--db", demo).code == 0
    assert "only its lead" in " ".join(call("ask", "--as", "U0HEADEDU", *words).err.split())
    assert call("ask", "--as", "U0NEWADMIN", *words).out.startswith("Recorded for heard-10: on track.")
