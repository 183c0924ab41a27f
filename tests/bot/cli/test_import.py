"""`cypp import`: all of a plan file or nothing of it, and every problem at once."""

from __future__ import annotations

import resource
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.bot.cli.support import ADMIN, CYPP, EDUCATION, EXAMPLE, Ran, call, dump, environment, query, run
from tests.models.planfile.plans import PLAN, changed

BROKEN = (
    changed("area: Sefton", "area: Sefton, colour: blue")
    .replace('time: "14:00"', 'time: "25:00"')
    .replace("lead: head-of-education, due: 2020-09-16", "lead: head-of-educaton, due: 2020-09-17")
    .replace("ref: heard-3", "ref: Heard 2")
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_the_example_is_stored_whole_and_the_report_says_what_to_look_at(tmp_path: Path) -> None:
    done = call("import", EXAMPLE, "--db", "new.db", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("My Sefton 2020–2025: 4 themes, 12 priorities, 53 actions")
    assert lines[-2:] == ["Stored in new.db.", "Reminders are quiet until “cypp start BOARD”."]
    assert "Without a lead (2): heard-5 and heard-8." in lines
    assert query(tmp_path / "new.db", "SELECT count(*) FROM action") == [(53,)]
    assert query(tmp_path / "new.db", "SELECT id, is_demo FROM workspace") == [("local", 0)]
    assert query(tmp_path / "new.db", "SELECT count(*) FROM board WHERE started_at IS NOT NULL") == [(0,)]


def test_an_action_with_a_due_meeting_and_no_kind_is_a_deliverable_and_the_report_says_so(file: Path) -> None:
    file.write_text(changed("kind: deliverable, ", ""), encoding="utf-8")
    done = call("import", file, "--db", file.with_suffix(".db"))
    assert done.code == 0
    assert (
        "No kind is given, and there is a due meeting: taken as deliverables, which can be finished (1): heard-1."
        in done.out
    )
    stored = "SELECT kind FROM action WHERE ref = 'heard-1' AND due_meeting_id IS NOT NULL"
    assert query(file.with_suffix(".db"), stored) == [("deliverable",)]


def test_a_dry_run_makes_no_file(file: Path) -> None:
    done = run("import", file, "--dry-run", "--db", file.with_suffix(".db"), cwd=file.parent)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1] == "Checked; nothing was stored."
    assert [path.name for path in file.parent.iterdir()] == ["plan.yaml"]


@pytest.mark.parametrize("there", [b"", None], ids=["an empty file", "an empty database"])
def test_a_dry_run_leaves_a_database_as_it_is_to_the_byte(file: Path, there: bytes | None) -> None:
    database = file.with_suffix(".db")
    if there is None:
        assert call("migrate", "--db", database).code == 0
        query(database, "PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        database.write_bytes(there)
    before = database.read_bytes()
    assert run("import", file, "--dry-run", "--db", database).code == 0
    assert database.read_bytes() == before


def test_a_dry_run_is_refused_where_the_import_would_be_for_want_of_room(plan: Path, file: Path) -> None:
    before = dump(plan)
    tried, real = (call("import", file, "--db", plan, *more) for more in (["--dry-run"], []))
    assert "holds a plan already, “My Sefton 2020–2025”" in tried.sentence()
    assert tried == real
    assert dump(plan) == before


def test_a_second_plan_may_go_into_a_workspace_of_its_own(plan: Path, file: Path) -> None:
    for more in (["--dry-run"], []):
        assert call("import", file, "--db", plan, "--workspace", "T0SECOND", *more).code == 0
    assert query(plan, "SELECT workspace_id, name FROM plan ORDER BY id") == [
        ("local", "My Sefton 2020–2025"),
        ("T0SECOND", "Our plan"),
    ]


@pytest.mark.parametrize("named", ["x y", "'; DROP TABLE plan", "T" * 65, "é"])
def test_a_workspace_that_can_be_none_is_refused(file: Path, named: str) -> None:
    done = call("import", file, "--db", file.with_suffix(".db"), "--workspace", named)
    assert f"“{named}” is no workspace" in done.sentence()
    assert query(file.with_suffix(".db"), "SELECT count(*) FROM workspace") == [(0,)]


def test_a_plan_that_is_no_demonstrations_is_not_made_one(file: Path) -> None:
    database = file.with_suffix(".db")
    assert call("import", file, "--db", database).code == 0
    done = call("import", file, "--demo", "--db", database)
    assert (done.code, done.out) == (1, "")
    assert "holds a plan that is no demonstration’s, so nothing was stored: leave --demo out" in done.err
    assert query(database, "SELECT is_demo FROM workspace") == [(0,)]


def test_demo_marks_the_database_also_where_an_administrator_was_named_before(file: Path) -> None:
    database = file.with_suffix(".db")
    assert call("admin", "add", ADMIN, "--db", database).code == 0
    assert call("import", file, "--demo", "--db", database).code == 0
    assert query(database, "SELECT is_demo FROM workspace") == [(1,)]


def test_who_was_made_administrator_before_the_import_stays_one_person_with_their_posts(tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    assert call("admin", "add", "Head.Education@Example.org", "--db", database).code == 0
    assert call("admin", "add", ADMIN, "--db", database).code == 0
    assert call("import", EXAMPLE, "--db", database).code == 0
    head = query(database, "SELECT name, slack_user, is_administrator FROM person WHERE email LIKE 'head.education@%'")
    assert head == [("Head of Education", EDUCATION, 1)]
    assert query(database, "SELECT name, email FROM person WHERE slack_user = ?", ADMIN) == [
        ("ICT Support", "ict.support@example.org")
    ]
    mine = call("ask", "--db", database, "--as", "head.education@example.org", "mine")
    assert "healthy-5" in mine.out


# -- refused -------------------------------------------------------------------------------------------------------


def test_every_problem_comes_at_once_with_its_place_and_what_would_be_right(file: Path) -> None:
    file.write_text(BROKEN, encoding="utf-8")
    done = run("import", "plan.yaml", "--db", "plan.db", cwd=file.parent)
    assert (done.code, done.out) == (1, "")
    first, *problems = done.err.strip().splitlines()
    assert first == "plan.yaml was not imported, nothing was stored: 5 problems to put right."
    for place, said in (
        ("line 1, plan.colour", "no such key is used here"),
        ("line 17, boards[0].meetings[0].time", "write hours and minutes"),
        ("line 22, actions[0].lead", "did you mean head-of-education?"),
        ("line 22, actions[0].due", "did you mean 2020-09-16?"),
        ("line 24, actions[2].ref", "already used on line 23, where it is written heard-2"),
    ):
        assert any(problem.startswith(place) and said in problem for problem in problems), (place, problems)
    assert len(problems) == 5
    assert not (file.parent / "plan.db").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (changed("ref: heard-2", "ref: heard-1"), "this ref is already used on line 22"),
        (changed("lead: head-of-education", "lead: nobody-at-all"), "no post has this name or key"),
        (PLAN[: PLAN.index("boards:")] + PLAN[PLAN.index("actions:") :], "boards"),
        ("plan: {name: [unfinished", "YAML"),
        ("- just\n- a\n- list\n", "plan"),
        ("", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "UTF-8"),
        (PLAN.encode("utf-16"), "UTF-8"),
    ],
    ids=["duplicate ref", "unknown lead", "missing board", "not YAML", "a list", "empty", "binary", "UTF-16"],
)
def test_a_file_that_is_no_plan_is_refused_with_why_and_nothing_is_stored(
    file: Path, source: str | bytes, said: str
) -> None:
    file.write_bytes(source if isinstance(source, bytes) else source.encode())
    database = file.with_suffix(".db")
    done = call("import", file, "--db", database)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert "nothing was stored" in done.err
    assert "Traceback" not in done.err
    assert not database.exists()


def test_every_problem_is_said_at_once_up_to_a_thousand_of_them(file: Path) -> None:
    line = "  - {ref: heard-9, words: Twice, theme: heard}\n"
    for times, last in ((200, "give each its own"), (1_100, "… and 99 more.")):
        file.write_text(PLAN + line * times, encoding="utf-8")
        done = call("import", file, "--db", file.with_suffix(".db"))
        assert done.code == 1
        assert f"{times - 1:,} problems to put right" in done.err
        assert done.err.strip().endswith(last)
        assert len(done.err.strip().splitlines()) == min(times, 1_002)


def test_what_is_no_file_is_named_for_what_it_is(tmp_path: Path) -> None:
    assert "is a folder: name the plan file in it." in call("import", tmp_path, cwd=tmp_path).sentence()
    assert "There is no file none.yaml" in call("import", "none.yaml", cwd=tmp_path).sentence()
    assert "cannot be read" in call("import", EXAMPLE / "inside.yaml", cwd=tmp_path).sentence()
    assert list(tmp_path.iterdir()) == []


def test_a_file_nobody_may_read_is_refused(file: Path, powerless: object) -> None:
    file.chmod(0)
    done = run("import", file, "--db", file.with_suffix(".db"), limit=powerless)
    assert "cannot be read (Permission denied)" in done.sentence()


def test_two_hundred_thousand_actions_are_refused_in_a_few_lines(file: Path) -> None:
    line = "  - {{ref: heard-{}, words: Write it, theme: heard}}\n"
    file.write_text(PLAN + "".join(line.format(number) for number in range(9, 200_009)), encoding="utf-8")
    done = run("import", file, "--db", file.with_suffix(".db"))
    assert done.code == 1
    assert "actions" in done.err
    assert len(done.err.splitlines()) <= 3
    assert not file.with_suffix(".db").exists()


# -- half-way ------------------------------------------------------------------------------------------------------


def test_a_disk_that_fills_up_half_way_leaves_nothing(tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    assert call("migrate", "--db", database).code == 0
    before = dump(database)
    room = 60_000

    def limit() -> None:
        # Writes beyond this fail, as on a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = run("import", EXAMPLE, "--db", database, limit=limit)
    assert "nothing was stored" in done.sentence()
    assert done.out == ""
    assert dump(database) == before
    assert call("import", EXAMPLE, "--db", database).code == 0


def test_killed_at_any_moment_it_has_stored_all_or_nothing(tmp_path: Path) -> None:
    many = tmp_path / "many.yaml"
    line = "  - {{ref: heard-{}, words: Write it, theme: heard}}\n"
    many.write_text(PLAN + "".join(line.format(number) for number in range(9, 2_009)), encoding="utf-8")
    database = tmp_path / "new.db"
    assert call("migrate", "--db", database).code == 0
    process = subprocess.Popen([CYPP, "import", many, "--db", database], env=environment(), stdout=subprocess.PIPE)
    log = Path(f"{database}-wal")
    while process.poll() is None and not (log.exists() and log.stat().st_size > 0):
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    counts = query(database, "SELECT (SELECT count(*) FROM plan), (SELECT count(*) FROM action)")
    assert counts in ([(0, 0)], [(1, 2_003)])
    again = call("import", many, "--db", database)
    assert again.code == 0
    assert ("Nothing to do" in again.out) == (counts != [(0, 0)])
    assert query(database, "SELECT count(*) FROM action") == [(2_003,)]


def test_a_second_import_is_refused_and_changes_nothing(plan: Path, file: Path) -> None:
    before = dump(plan)
    done = call("import", file, "--db", plan)
    assert done.sentence().startswith(
        "This database holds a plan already, “My Sefton 2020–2025”, so nothing was stored"
    )
    assert dump(plan) == before


def test_two_at_once_store_one_plan(file: Path) -> None:
    database = file.with_suffix(".db")
    both = [
        subprocess.Popen(
            [CYPP, "import", file, "--db", database],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    done = [Ran(process.wait(60), *process.communicate()) for process in both]
    assert [one.code for one in done] == [0, 0], done
    assert sorted("Nothing to do" in one.out for one in done) == [False, True]
    assert query(database, "SELECT count(*) FROM plan") == [(1,)]
