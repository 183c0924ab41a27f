"""`cypp plan`, `plan end` and `import --next`: a plan ends, another follows, and what was open goes on or is closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.bot.cli.support import EXAMPLE, call, query
from tests.homes import Home

OLD, NEW = "My Sefton 2020–2025", "My Sefton 2025–2030"
ACTIONS = """
actions:
  - {ref: heard-1, kind: standing commitment, words: Write to every child once a year, theme: heard,
     lead: head-of-education, board: partnership}
  - {ref: healthy-2, words: "Review the healthy eating schemes, and join them into one offer for the borough",
     theme: healthy, lead: head-of-education, board: partnership, due: 2020-10-23}
"""


def next_file(folder: Path, was: str = "", now: str = "") -> Path:
    """The plan that follows the example: its boards, posts and meetings, its own actions."""
    source = (
        EXAMPLE.read_text("utf-8").replace(OLD, NEW).replace("2020-04-01, to: 2025-03-31", "2025-04-01, to: 2030-03-31")
    )
    head, _, _ = source.partition("\nactions:")
    path = folder / "next.yaml"
    path.write_text((head + ACTIONS).replace(was, now) if was else head + ACTIONS, "utf-8")
    return path


def follow(plan: Path, folder: Path, *more: str) -> None:
    """The next plan comes in, with all that is open."""
    done = call(
        "import", next_file(folder), "--next", "--rest", "carry", "--identifies-nobody", "--yes", *more, "--db", plan
    )
    assert done.code == 0, done


def test_each_open_action_is_decided_on_before_a_plan_ends(plan: Path) -> None:
    done = call("plan", "end", "--on", "31/3/2025", "--yes", "--db", plan)
    assert done.code == 1
    assert done.err.startswith("52 open actions are not decided on, so nothing was changed. Say --carry REF, --close")
    assert "heard-1: Make sure that every board hears children · on track" in done.err
    assert query(plan, "SELECT count(*) FROM ended_plan") == [(0,)]


def test_what_would_be_done_is_shown_and_nothing_is_stored(plan: Path) -> None:
    done = call("plan", "end", "--on", "31/3/2025", "--rest", "carry", "--close", "healthy-5=overtaken", "--db", plan)
    assert f"{OLD} ends on Mon 31 Mar 2025." in done.out
    assert "Carried (51):" in done.out
    assert "Closed (1):\n  healthy-5: Act on the emotional health survey" in done.out
    assert done.out.endswith("Nothing was stored. Say --yes to end it as shown.\n")
    assert query(plan, "SELECT count(*) FROM ended_plan") == [(0,)]


def test_the_next_plan_carries_on_what_is_open_with_a_link_both_ways(plan: Path, tmp_path: Path) -> None:
    follow(
        plan,
        tmp_path,
        "--close",
        "healthy-5=overtaken",
        "--move",
        "healthy-6=hwb",
        "--move",
        "healthy-8=Health Scrutiny",
    )
    found = dict(
        query(
            plan,
            "SELECT old.ref, new.ref FROM action old LEFT JOIN action new ON new.carried_from_id = old.id "
            "WHERE old.ended_plan_id = 1 AND old.parent_id IS NULL",
        )
    )
    # The same words, a ref that is free, a ref that another has; closed; moved to a board that is kept, and to another.
    assert [found[ref] for ref in ("healthy-9", "healthy-3", "heard-1")] == ["healthy-2", "healthy-3", "heard-13"]
    assert [found[ref] for ref in ("healthy-5", "healthy-6", "healthy-8")] == [None, "healthy-6", None]
    assert query(plan, "SELECT status FROM action WHERE ended_plan_id = 1 AND ref IN ('healthy-5', 'healthy-8')") == [
        ("closed, not done",)
    ] * 2  # fmt: skip
    due = "SELECT status, first.starts_at, due.starts_at, replans FROM action LEFT JOIN meeting first ON first.id = "
    due += "first_due_meeting_id LEFT JOIN meeting due ON due.id = due_meeting_id WHERE ref = ? AND ended_plan_id = 0"
    assert query(plan, due, "healthy-2") == [
        ("off track", "2020-09-16 13:00:00.000000", "2020-10-23 13:00:00.000000", 1)
    ]
    assert query(plan, "SELECT b.key FROM action a JOIN board b ON b.id = a.board_id WHERE ref = 'healthy-6'") == [
        ("partnership",),
        ("hwb",),
    ]
    audited = call("audit", "--db", plan)
    assert (audited.code, "not as written" in audited.said) == (0, False)


def test_it_is_said_which_plan_runs_and_which_has_ended(plan: Path, tmp_path: Path) -> None:
    assert call("plan", "--db", plan).out.startswith(f"{OLD} runs from Wed 1 Apr 2020 to Mon 31 Mar 2025: 53 actions: ")
    assert call("plan", "end", "--rest", "carry", "--on", "31/3/2025", "--yes", "--db", plan).code == 0
    first, second = call("plan", "--db", plan).out.splitlines()
    assert first == "No plan is running now: the administrator loads the next one with “cypp import --next FILE”."
    assert second.startswith(f"{OLD} ended on Mon 31 Mar 2025: 53 actions: 1 complete, ")
    assert call("import", next_file(tmp_path), "--next", "--yes", "--identifies-nobody", "--db", plan).code == 0
    first, again = call("plan", "--db", plan).out.splitlines()
    assert (first.startswith(f"{NEW} runs from Tue 1 Apr 2025"), again) == (True, second)


def test_a_table_of_what_is_open_is_decided_in_and_given_back(plan: Path, tmp_path: Path) -> None:
    table = tmp_path / "open.xlsx"
    assert "(52)" in call("plan", "end", "--table", table, "--db", plan).out
    book = load_workbook(table)
    for cell in book.worksheets[0]["A"]:
        if cell.value == "healthy-5":
            cell.offset(column=3).value, cell.offset(column=4).value = "Close", "overtaken"
    book.save(table)
    done = call("plan", "end", "--decisions", table, "--on", "31/3/2025", "--yes", "--db", plan)
    assert "Carried (51):" in done.out
    assert "Closed (1):\n  healthy-5: Act on the emotional health survey so that the next results" in done.out


def test_an_end_is_taken_back_while_no_plan_has_followed(plan: Path, tmp_path: Path) -> None:
    before = query(plan, "SELECT ref, status, due_meeting_id FROM action ORDER BY id")
    ended = ("plan", "end", "--rest", "close=overtaken", "--on", "31/3/2025", "--yes", "--db", str(plan))
    assert call(*ended).code == 0
    assert call("plan", "end", "--undo", "--db", plan).out.startswith(
        f"{OLD} runs again, with what was open as it was."
    )
    assert query(plan, "SELECT ref, status, due_meeting_id FROM action ORDER BY id") == before
    assert call("audit", "--db", plan).code == 0
    assert call("plan", "end", "--undo", "--db", plan).sentence() == (
        f"{OLD} runs, so there is no end to take back: nothing was changed."
    )
    follow(plan, tmp_path)
    assert call("plan", "end", "--undo", "--db", plan).sentence().startswith(f"{NEW} runs, so there is no end")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--on", "1/3/2020"), f"{OLD} began on Wed 1 Apr 2020, after Sun 1 Mar 2020: give another --on."),
        (("--on", "1/10/2020"), "met on Tue 8 Dec 2020, after Thu 1 Oct 2020, so that was not its last day"),
        (("--on", "tomorrow"), f"is still to come, and {OLD} runs until then."),
        (("--on", "soon"), "Nothing was changed."),
        (("--close", "healthy-5"), "healthy-5: say why it is closed, like --close healthy-5=WHY."),
        (("--move", "healthy-5="), "healthy-5: say which board keeps it"),
        (("--move", "healthy-5=partnership"), "Partnership Board already: carry it, or name another board."),
        (("--carry", "healthy-99"), "“healthy-99” is no open action of the plan that ends"),
        (("--carry", "healthy-5", "--close", "Healthy 5=done"), "healthy-5 is decided on twice: say it once."),
        (("--close", "healthy-5=for 943 476 5919"), "healthy-5: That seems to hold an NHS number"),
        (("--rest", "drop"), "--rest drop is not known: write --rest carry, or --rest close=WHY."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(plan: Path, typed: tuple[str, ...], said: str) -> None:
    rest = () if "--rest" in typed else ("--rest", "carry")
    on = () if "--on" in typed else ("--on", "31/3/2025")
    done = call("plan", "end", *typed, *rest, *on, "--yes", "--db", plan)
    assert said in done.sentence()
    assert query(plan, "SELECT count(*) FROM ended_plan") == [(0,)]


ASKED_ABOUT = [
    ("--close", "healthy-5=Liam, 14, moved away", "healthy-5: “Liam, 14” (a name beside an age)"),
    ("--close", "healthy-5=only 3 children were left", "healthy-5: "),
    ("--move", "healthy-5=the Green family's social worker", "healthy-5: "),
    ("--rest", "close=the mum of TS said no", "--rest: "),
]
NOT_ASKED_ABOUT = [
    ("--close", "healthy-5=overtaken by events"),
    ("--close", "healthy-5=the Head of Education has left"),
    ("--close", "healthy-5=ended on 31/3/2025, and 40 children took part"),
    ("--carry", "healthy-5"),
]


@pytest.mark.parametrize(("option", "words", "said"), ASKED_ABOUT)
def test_a_reason_that_may_identify_a_child_is_asked_about(plan: Path, option: str, words: str, said: str) -> None:
    rest = () if option == "--rest" else ("--rest", "carry")
    typed = ("plan", "end", option, words, *rest, "--on", "31/3/2025", "--yes", "--db", str(plan))
    done = call(*typed)
    assert (done.code, said in done.err) == (1, True), done
    assert "The plan was not ended, nothing was stored" in done.err
    assert query(plan, "SELECT count(*) FROM ended_plan") == [(0,)]
    assert call(*typed, "--identifies-nobody").code == 0


@pytest.mark.parametrize(("option", "words"), NOT_ASKED_ABOUT)
def test_a_reason_that_identifies_nobody_is_not_asked_about(plan: Path, option: str, words: str) -> None:
    done = call("plan", "end", option, words, "--rest", "carry", "--on", "31/3/2025", "--yes", "--db", plan)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("from: 2025-04-01", "from: 2019-04-01", "begins on 2019-04-01, and My Sefton 2020–2025 began on 2020-04-01"),
        ("to: 2030-03-31", "to: 2025-04-30", "is over on 2025-04-30, before My Sefton 2020–2025 ended"),
        (NEW, OLD, f"The file holds {OLD}, the plan that is there: write the next plan’s name"),
        (
            "key: healthy, name: Healthy",
            "key: well, name: Living well",
            "has no theme or priority that is called",
        ),
    ],
)
def test_a_file_that_does_not_follow_is_refused(plan: Path, tmp_path: Path, was: str, now: str, said: str) -> None:
    path = next_file(tmp_path, was, now)
    path.write_text(
        path.read_text("utf-8").replace("theme: healthy", "theme: well" if "well" in now else "theme: healthy")
    )
    options = ("--next", "--rest", "carry", "--on", "31/3/2026", "--yes", "--identifies-nobody", "--db", str(plan))
    done = call("import", path, *options)
    assert said in done.sentence()
    assert query(plan, "SELECT (SELECT count(*) FROM ended_plan), (SELECT count(*) FROM plan)") == [(0, 1)]


def test_all_that_stands_in_the_way_of_the_next_plan_is_said_at_once(plan: Path, tmp_path: Path) -> None:
    path = next_file(tmp_path, "from: 2025-04-01", "from: 2019-04-01")
    path.write_text(
        path.read_text("utf-8")
        .replace("key: healthy, name: Healthy", "key: well, name: Living well")
        .replace("theme: healthy", "theme: well")
        .replace(
            "key: head-of-education, title: Head of Education", "key: head-of-education, title: Head of Early Help"
        )
    )
    typed = ("--close", "healthy-5", "--move", "healthy-6=partnership", "--carry", "nope-1", "--carry", "healthy-1=zzz")
    done = call("import", path, "--next", *typed, "--on", "1/10/2020", "--yes", "--identifies-nobody", "--db", plan)
    assert done.code == 1
    said = done.err.splitlines()
    assert said[0].endswith(" things stand in the way, so nothing was stored.")
    for start in (
        "– A board that keeps actions of My Sefton 2020–2025 met on Tue 8 Dec 2020",
        "– healthy-5: say why it is closed",
        "– healthy-6 is kept by Children and Young People's Partnership Board already: carry it",
        "– “nope-1” is no open action of the plan that ends",
        "– My Sefton 2025–2030 begins on 2019-04-01, and My Sefton 2020–2025 began on 2020-04-01",
        "– “zzz”, as which healthy-1 is to go on, is no ref",
    ):
        assert [line for line in said if line.startswith(start)], start
    assert " open actions are not decided on, so nothing was changed. Say --carry REF" in done.err
    assert query(plan, "SELECT (SELECT count(*) FROM ended_plan), (SELECT count(*) FROM plan)") == [(0, 1)]


def test_every_decision_of_a_table_that_is_none_is_named(plan: Path, tmp_path: Path) -> None:
    table = tmp_path / "open.csv"
    table.write_text("Ref,Decision,\nhealthy-5,perhaps,\nhealthy-6,carry,\nheard-1,dunno,\n")
    done = call("plan", "end", "--decisions", table, "--on", "31/3/2025", "--yes", "--db", plan)
    assert "open.csv, healthy-5: “perhaps”; heard-1: “dunno” are no decisions: write carry" in done.sentence()


def test_a_theme_of_the_next_plan_is_named_where_none_is_called_the_same(plan: Path, tmp_path: Path) -> None:
    path = next_file(tmp_path, "key: healthy, name: Healthy", "key: well, name: Living well")
    path.write_text(path.read_text("utf-8").replace("theme: healthy", "theme: well"))
    under = [f"--carry=healthy-{number}=Living well" for number in (1, 2, 3, 4, 5, 6, 7, 8)]
    done = call("import", path, "--next", *under, "--rest", "carry", "--yes", "--identifies-nobody", "--db", plan)
    assert done.code == 0, done
    served = "SELECT count(*) FROM action a JOIN theme t ON t.id = a.theme_id WHERE t.key = 'well'"
    assert query(plan, served) == [(9,)]


def test_a_plan_ends_once_and_the_next_needs_one_before_it(plan: Path, tmp_path: Path) -> None:
    ended = ("plan", "end", "--rest", "carry", "--on", "31/3/2025", "--yes", "--db", str(plan))
    assert call(*ended).code == 0
    assert call(*ended).sentence().startswith(f"{OLD} ended on Mon 31 Mar 2025 already, so nothing was changed.")
    assert "cypp import --next" in call("import", next_file(tmp_path), "--identifies-nobody", "--db", plan).sentence()
    empty = call("import", next_file(tmp_path), "--next", "--yes", "--identifies-nobody", "--db", tmp_path / "other.db")
    assert empty.code == 1


def test_two_who_end_it_at_once_end_it_once(home: Home, tmp_path: Path) -> None:
    there = home.nothing(tmp_path)
    assert call("import", EXAMPLE, "--db", there).code == 0
    from bot.cli.common import signed_here
    from bot.cli.end_choices import EndChoices
    from bot.cli.end_decisions import decide_each
    from bot.cli.gathered import Gathered
    from models.errors import Refusal
    from models.plan.plan_ends import end_plan
    from models.storage.engine import Database
    from models.storage.workspaces import LOCAL

    def end(_number: int) -> str:
        database = Database(there)
        signed = signed_here("“cypp plan end”")
        try:
            with database.write(workspace=LOCAL) as session:
                problems, choices = Gathered(), EndChoices("31/3/2025", (), (), (), "carry", None)
                on, decided = decide_each(session, choices, signed, None, {}, problems)
                problems.refuse()
                end_plan(session, on, {number: one.decision for number, one in decided.items()}, signed)
        except Refusal as refused:
            return str(refused)
        finally:
            database.dispose()
        return "ended"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(end, range(2)))
    assert said[0].startswith(f"{OLD} ended on Mon 31 Mar 2025 already")
    assert said[1] == "ended"
    assert call("audit", "--db", there).code == 0


def test_what_was_asked_for_an_ended_plan_is_asked_no_more(demo: Path) -> None:
    assert call("start", "partnership", "2020-08-01", "--db", demo).code == 0
    before = call("tick", "--now", "2020-08-17 09:30", "--dry-run", "--db", demo).out
    assert "request" in before
    assert call("tick", "--now", "2020-08-17 09:30", "--db", demo).code == 0
    ended = call("plan", "end", "--rest", "carry", "--now", "2020-08-25 20:00", "--yes", "--db", demo)
    assert f"{OLD} ends on Tue 25 Aug 2020." in ended.out
    assert query(demo, "SELECT at FROM ended_plan") == [("2020-08-25 19:00:00.000000",)]
    told = call("tick", "--now", "2020-08-26 09:30", "--db", demo).out.splitlines()
    assert {one.partition(" · ")[0] for one in told} == {"plan ended"}
    assert len(set(told)) == len(told) == 14
    for now in ("2020-08-27 09:30", "2020-09-01 09:30", "2020-09-02 09:30", "2020-09-08 16:30", "2020-09-17 09:30"):
        done = call("tick", "--now", now, "--db", demo)
        assert (done.code, done.out) == (0, ""), now
