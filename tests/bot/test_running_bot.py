"""What a bot that runs does from time to time, besides its passes: here more often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import real_now
from bot.app import Bot, build
from bot.settings import read_settings
from tests.bot.cli.support import EDUCATION, delivered, locked, query, start_three_boards, tokens, until
from tests.local_slack import LocalWorkspace

Start = Callable[..., Bot]


@pytest.fixture
def slack() -> Iterator[LocalWorkspace]:
    with LocalWorkspace(team_id="T0REAL", ping_interval=0.1).start() as workspace:
        workspace.add_user(EDUCATION, "Head of Education", email="lead@example.org")
        yield workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return start_three_boards(tmp_path)


@pytest.fixture
def start(slack: LocalWorkspace, path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    for name, value in tokens(slack, CYPP_KEEP_RECEIVED_DAYS="3").items():
        monkeypatch.setenv(name, value)
    started: list[Bot] = []

    def begin(job: str, every: float = 0.1) -> Bot:
        monkeypatch.setattr(f"bot.app.{job}_EVERY", every)
        started.append(build(read_settings(str(path)), real_now, real_now, ping_interval=0.2))
        started[-1].start()
        return started[-1]

    yield begin
    for bot in started:
        bot.stop()


def test_it_takes_out_what_the_settings_do_not_keep(start: Start, path: Path) -> None:
    for days in (2, 5):
        delivered(path, days, f"{days} days ago")
    start("TIDY")
    until(lambda: query(path, "SELECT key FROM received") == [("2 days ago",)])


def test_it_stores_a_change_of_an_account_that_met_a_locked_database(
    start: Start, path: Path, slack: LocalWorkspace
) -> None:
    bot = start("LISTEN")
    name = "SELECT name FROM account WHERE user = ?"
    until(lambda: query(path, name, EDUCATION))
    with locked(path):
        slack.change_user(EDUCATION, name="New Name")
        until(lambda: bot.deps.directory.missed)
    until(lambda: query(path, name, EDUCATION) == [("New Name",)])


def test_it_asks_which_kinds_of_block_are_taken_as_it_starts_and_again(
    start: Start, path: Path, slack: LocalWorkspace
) -> None:
    def refused() -> list[tuple[Any, ...]]:
        return query(path, "SELECT kind FROM refused_block")

    slack.refuse_blocks("header")
    start("BLOCKS", 2)
    until(lambda: refused() == [("header",)], 1.5)
    slack.refuse_blocks()
    until(lambda: refused() == [])


def test_it_opens_another_socket_where_one_went_deaf(start: Start, slack: LocalWorkspace) -> None:
    bot = start("LISTEN")
    bot.handler.client.current_app_monitor.shutdown()  # type: ignore[no-untyped-call]  # of the Slack SDK
    before = bot.socket_watchdog.client.session_id()
    slack.go_deaf()
    # Not before: on a busy machine a socket that hears may be silent for a second too.
    bot.socket_watchdog.deaf_after = 2
    until(lambda: bot.socket_watchdog.client.session_id() != before)
    bot.socket_watchdog.deaf_after = 60
    slack.wait_until_connected()
    assert "status" in slack.command(EDUCATION, "/cypp", "help", replies=1).messages[0].plain(200)
