"""`cypp person`: everything held about somebody as a file of their own, and who is meant."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.bot.cli.support import EDUCATION, SECRETARY, Ran, call, change, dump, query

NAMES = ("Zażółć Gęślą", "Tŷ Hŵyl ap Ffôn", 'Ann "the\n## Head" O’Lee', "Ann | Lee <b> & `Co`", "Łódź\tÓsma")
"""No names of anybody: letters of Polish and Welsh, and what breaks a file."""


def add_person(database: Path, name: str, user: str, email: str = "") -> None:
    change(database, "INSERT INTO person (workspace_id, name, email, slack_team, slack_user, channel, unreachable, "
                     "is_administrator) VALUES ('local', ?, ?, '', ?, '', '', 0)", name, email, user)  # fmt: skip


def show(database: Path, who: str, file: Path, *more: str) -> tuple[Ran, str]:
    done = call("person", "show", who, file, *more, "--db", database)
    return done, file.read_text("utf-8") if file.exists() else ""


def test_all_that_is_held_about_somebody_is_in_one_file_of_their_own(demo: Path, tmp_path: Path) -> None:
    assert call("tick", "--now", "2020-08-17 09:30", "--db", demo).code == 0
    words = ("update", "healthy-5", "on", "track,", "two", "advisors", "recruited")
    assert call("ask", "--as", EDUCATION, "--now", "2020-08-17 11:00", *words, "--db", demo).code == 0
    # On the command line nobody of the plan is an author: as if they had said it in Slack.
    change(demo, "UPDATE action_update SET person_id = (SELECT id FROM person WHERE slack_user = ?)", EDUCATION)
    assert call("people", "link", "Head of Education", "U0NEWHEAD", "--db", demo).code == 0
    done, said = show(demo, "HEAD.Education@Example.org", tmp_path / "sar.md")
    assert (done.code, done.err) == (0, "")
    assert stat.S_IMODE((tmp_path / "sar.md").stat().st_mode) == 0o600
    for part in (
        "  - email: head.education@example.org",
        "## Posts they act or acted for",
        "  - post id: Head of Education, Sefton Council",
        "  - action id: healthy-5",
        "  - words: two advisors recruited",
        "## Messages to them",
        "3 actions of yours need an update by Tue 1 Sep 2020.",
        "## Reasons why they were told something, or not",
        "## Changes of settings",
        "U0HEADEDU",
        "U0NEWHEAD",
    ):
        assert part in said, part
    assert "democratic.services@example.org" not in said


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_name_is_found_and_breaks_nothing(plan: Path, tmp_path: Path, name: str) -> None:
    add_person(plan, name, "W0GRIDUSER", "odd@example.org")
    change(plan, "UPDATE action SET words = 'Ask ' || ? || ' about it' WHERE ref = 'healthy-5'", name.upper())
    for who in (name, "w0griduser", "ODD@example.ORG"):
        done, said = show(plan, who, tmp_path / "sar.md", "--force")
        assert (done.code, done.err, len(done.out.splitlines())) == (0, "", 1)
        assert "## Action: where others' words name them" in said.splitlines()
        assert [line for line in said.splitlines() if line.startswith("## Head")] == []


def test_two_who_may_be_meant_are_asked_about_in_one_sentence(plan: Path, tmp_path: Path) -> None:
    add_person(plan, "Ann Lee", "U0ANNLEE1")
    add_person(plan, "ann  lee", "", "ann@example.org")
    done, said = show(plan, "Ann Lee", tmp_path / "sar.md")
    sentence = done.sentence()
    assert sentence.startswith("“Ann Lee” may be Ann Lee (U0ANNLEE1, number ")
    assert "or ann lee (ann@example.org, number " in sentence
    assert said == ""
    number = query(plan, "SELECT id FROM person WHERE email = 'ann@example.org'")[0][0]
    assert "U0ANNLEE1" not in show(plan, str(number), tmp_path / "sar.md")[1]


@pytest.mark.parametrize("who", ["U0NOBODY99", "W0NOBODY99", "nobody@example.org", "", "Nobody’s “Name”\n", "999999"])
def test_nobody_is_said_in_one_sentence_and_no_file_is_made(plan: Path, tmp_path: Path, who: str) -> None:
    before = dump(plan)
    done, said = show(plan, who, tmp_path / "sar.md")
    assert done.sentence().startswith(f"Nothing is held about “{who.strip()}”: give a Slack ID")
    assert (said, dump(plan)) == ("", before)


def test_a_holder_is_meant_by_the_post_and_its_title_is_not_looked_for(plan: Path, tmp_path: Path) -> None:
    done, said = show(plan, "Democratic Services Officer", tmp_path / "sar.md")
    assert "democratic.services@example.org" in done.out
    assert "Not looked for in words, since others have it or it is one word alone: Democratic Services Officer." in said


def test_other_words_are_looked_for_too(plan: Path, tmp_path: Path) -> None:
    change(plan, "UPDATE action SET words = 'Ask O.L. first' WHERE ref = 'healthy-5'")
    assert "Ask O.L. first" not in show(plan, SECRETARY, tmp_path / "sar.md")[1]
    assert "Ask O.L. first" in show(plan, SECRETARY, tmp_path / "sar.md", "--also", "O.L.", "--force")[1]


def test_a_file_that_is_there_is_not_written_over(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "sar.md").write_text("mine")
    assert "is there already" in call("person", "show", SECRETARY, tmp_path / "sar.md", "--db", plan).sentence()
    assert (tmp_path / "sar.md").read_text() == "mine"
    assert call("person", "show", SECRETARY, "--db", plan, cwd=tmp_path).out.startswith("person-")


def test_a_plan_of_which_somebody_was_erased_is_exported_and_read_again(plan: Path, tmp_path: Path) -> None:
    for who in ("U0ACTDEPU", "U0PHANALY"):
        assert call("person", "erase", who, "--yes", "--vacate", "--db", plan).code == 0
    file = tmp_path / "plan.yaml"
    assert call("export", file, "--db", plan).code == 0
    assert "U0ACTDEPU" not in file.read_text("utf-8")
    done = call("import", file, "--db", plan)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Nothing to do")
    assert call("import", file, "--db", tmp_path / "new.db").code == 0
    assert call("audit", "--db", plan).code == 0
