"""`cypp tick`: one pass of what is said unasked, one line for each message."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.bot.cli.support import (
    EDUCATION,
    Ran,
    call,
    dump,
    publish,
    query,
    settle_three_boards,
    start_three_boards,
    tokens,
)
from tests.local_slack import LocalWorkspace

REQUESTS = [
    "request · Integrated Commissioning Manager · heard-10, happy-2",
    "request · Active Sefton Manager · happy-6",
    "request · Public Health Lead · healthy-4, healthy-9",
    "request · Public Health Analyst · healthy-4, healthy-9",
    "request · Head of Education · healthy-5, healthy-8, 9sep-2",
    "request · Young Persons Lead · 9sep-1",
    "request · Communications Manager · 16sep-1",
    "request · Executive Director · 16sep-2",
]


def tick(database: Path, *words: str, **env: str) -> Ran:
    return call("tick", "--db", database, *words, env=env)


def test_a_dry_run_says_what_would_be_sent_and_stores_nothing(demo: Path) -> None:
    before = dump(demo)
    for _ in range(2):
        done = tick(demo, "--dry-run", "--now", "2020-08-17")
        assert (done.code, done.err) == (0, "")
        assert done.out.splitlines() == REQUESTS
    assert dump(demo) == before


def test_what_is_sent_once_is_not_sent_again(demo: Path) -> None:
    assert tick(demo, "--now", "2020-08-17").out.splitlines() == REQUESTS
    again = tick(demo, "--now", "2020-08-17 09:31")
    assert again == Ran(0, "", "Nothing to say.\n")
    assert query(demo, "SELECT count(*) FROM message WHERE state = 'sent'") == [(len(REQUESTS),)]


def test_each_kind_of_message_has_a_line_with_its_kind_and_recipient(demo: Path) -> None:
    for now in ("2020-08-17", "2020-08-26", "2020-09-01"):
        tick(demo, "--now", now)
    notice = tick(demo, "--now", "2020-09-02").out
    assert notice.startswith("no update received · Democratic Services Officer · ")
    assert "after the meeting · Democratic Services Officer · " in tick(demo, "--now", "2020-09-17").out


def test_a_chase_is_named_without_its_day_and_number(demo: Path) -> None:
    tick(demo, "--now", "2020-08-17")
    words = ("--as", "Democratic Services Officer", "--now", "2020-08-18 10:00", "chase head of education")
    assert call("ask", "--db", demo, *words).code == 0
    sent = tick(demo, "--now", "2020-08-18 10:01").out.splitlines()
    assert sent == ["chase · Head of Education · healthy-5, healthy-8, 9sep-2"]


def test_moving_the_clock_is_refused_on_a_database_that_is_no_demonstrations(plan: Path) -> None:
    before = dump(plan)
    sentence = tick(plan, "--now", "2020-08-17").sentence()
    assert sentence == ("--now moves the clock, and that is only for a demonstration: leave it out, or add --dry-run.")
    assert dump(plan) == before
    assert tick(plan, "--now", "2020-08-17", "--dry-run").code == 0


@pytest.mark.parametrize("now", ["soon", "17 Aug", "2020-08-17 99:00"])
def test_a_time_that_is_none_is_refused(now: str, demo: Path) -> None:
    assert f"“{now}” is no time: write it like 2020-08-17" in tick(demo, "--now", now).sentence()


def test_without_tokens_nothing_can_be_sent_and_it_says_so(plan: Path) -> None:
    before = dump(plan)
    assert tick(plan).sentence() == ("SLACK_BOT_TOKEN is not set, so nothing can be sent: set it, or add --dry-run.")
    assert dump(plan) == before


def test_with_tokens_it_sends_through_slack_once_and_gives_the_plan_to_the_tokens_workspace(tmp_path: Path) -> None:
    database = start_three_boards(tmp_path)
    publish(database, "board-a", "board-b")
    with settle_three_boards(LocalWorkspace(team_id="T0REAL").start()) as workspace:
        first, again = (tick(database, **tokens(workspace)) for _ in range(2))
        assert (first.code, first.err) == (0, "")
        assert {line for line in first.out.splitlines() if "channel" in line} == {
            "publish · channel C0BOARDA · board-a",
            "publish · channel C0BOARDB · board-b",
        }
        assert again == Ran(0, "", "Nothing to say.\n")
        assert [len(workspace.messages(f"C0BOARD{key}")) for key in "ABC"] == [1, 1, 0]
    assert query(database, "SELECT id FROM workspace") == [("T0REAL",)]


def test_it_sends_while_the_bot_that_is_served_has_the_health_port(tmp_path: Path) -> None:
    database = start_three_boards(tmp_path)
    with LocalWorkspace(team_id="T0REAL") as workspace, socket.create_server(("127.0.0.1", 0)) as served:
        taken = str(served.getsockname()[1])
        assert tick(database, **tokens(workspace, CYPP_HEALTH_PORT=taken)) == Ran(0, "", "Nothing to say.\n")


def test_a_token_of_another_workspace_sends_nothing(tmp_path: Path) -> None:
    database = start_three_boards(tmp_path)
    with LocalWorkspace(team_id="T0RIGHT") as workspace:
        assert tick(database, **tokens(workspace)).code == 0
    publish(database, "board-a")
    with settle_three_boards(LocalWorkspace(team_id="T0WRONG").start()) as workspace:
        assert tick(database, **tokens(workspace)).sentence() == (
            "SLACK_BOT_TOKEN is of workspace T0WRONG, and the plan is of T0RIGHT: set that workspace’s token."
        )
        assert workspace.calls_of("chat.postMessage") == ()


def test_an_empty_pass_says_so_on_stderr_alone(the_demo: Path) -> None:
    assert tick(the_demo, "--dry-run", "--now", "2020-08-15") == Ran(0, "", "Nothing to say.\n")


def test_who_answered_meanwhile_is_left_out(demo: Path) -> None:
    assert call("ask", "--db", demo, "--as", EDUCATION, "--now", "2020-08-16", "no change 9sep-2").code == 0
    assert "healthy-5, healthy-8\n" in tick(demo, "--now", "2020-08-17").out
    assert "9sep-2" not in tick(demo, "--now", "2020-08-26").out
