"""`/healthz` of the running bot, and a socket that goes deaf: the real bot, the local workspace, real HTTP."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import real_now
from bot.app import Bot, build
from bot.demo.workspace import LocalWorkspace
from bot.settings import Settings, read_settings
from models.errors import Refusal
from tests.bot.cli.support import EDUCATION, call, change, free_port, start_three_boards, tokens, until


def asked(port: int, path: str = "/healthz") -> tuple[int, dict[str, Any]]:
    """The status and what it says."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


@pytest.fixture
def slack() -> Iterator[LocalWorkspace]:
    with LocalWorkspace(team_id="T0REAL", ping_interval=0.1, tiers=False).start() as workspace:
        workspace.add_user(EDUCATION, "Head of Education", email="lead@example.org")
        yield workspace


@pytest.fixture
def running(
    slack: LocalWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Bot, Settings, LocalWorkspace]]:
    database = start_three_boards(tmp_path)
    for name, value in tokens(slack, CYPP_HEALTH_PORT=str(free_port()), CYPP_TICK_SECONDS="0.2").items():
        monkeypatch.setenv(name, value)
    settings = read_settings(str(database))
    bot = build(settings, real_now, real_now, ping_interval=0.2)
    bot.start()
    try:
        until(lambda: bot.runner.last_pass)
        yield bot, settings, slack
    finally:
        bot.stop()


def test_it_says_when_it_last_looked_and_last_heard_and_how_much_waits(
    running: tuple[Bot, Settings, LocalWorkspace],
) -> None:
    bot, settings, slack = running
    status, said = asked(settings.cypp_health_port)
    assert status == 200
    assert (said["healthy"], said["why"], said["queue"]) == (True, [], 0)
    assert said["last_slack_event"] is None
    assert timedelta(0) <= real_now() - datetime.fromisoformat(said["last_tick"]) < timedelta(minutes=5)
    assert "status" in slack.command(EDUCATION, "/cypp", "help").messages[0].plain(200)
    heard = datetime.fromisoformat(asked(settings.cypp_health_port)[1]["last_slack_event"])
    assert timedelta(0) <= real_now() - heard < timedelta(minutes=5)
    assert asked(settings.cypp_health_port, "/")[0] == 404
    bot.stop()
    with pytest.raises(OSError, match="refused"):
        asked(settings.cypp_health_port)


def test_a_bot_that_passes_no_more_is_not_well(running: tuple[Bot, Settings, LocalWorkspace]) -> None:
    bot, settings, _ = running
    bot.socket_watchdog.deaf_after = 0.5
    change(bot.deps.database.path, "DROP TABLE spoken")  # type: ignore[arg-type]
    until(lambda: asked(settings.cypp_health_port)[0] == 503)
    assert "no pass of what is said unasked for too long" in asked(settings.cypp_health_port)[1]["why"]


def test_a_socket_that_went_deaf_is_not_well_and_another_is_opened(
    running: tuple[Bot, Settings, LocalWorkspace],
) -> None:
    bot, settings, slack = running
    assert asked(settings.cypp_health_port)[0] == 200
    # The SDK's own watch needs an answer to one ping; what it does must not be what mends this.
    bot.handler.client.current_app_monitor.shutdown()  # type: ignore[no-untyped-call]  # of the Slack SDK
    bot.socket_watchdog.deaf_after = 1
    before = bot.socket_watchdog.client.session_id()
    slack.go_deaf()
    until(lambda: asked(settings.cypp_health_port)[0] == 503)
    assert "the socket has brought nothing for 1 seconds" in asked(settings.cypp_health_port)[1]["why"]
    bot.socket_watchdog.reconnect()
    assert bot.socket_watchdog.client.session_id() != before
    slack.wait_until_connected()
    bot.socket_watchdog.deaf_after = 60
    assert asked(settings.cypp_health_port)[0] == 200
    assert "status" in slack.command(EDUCATION, "/cypp", "help").messages[0].plain(200)


def test_a_port_that_is_taken_is_one_sentence(
    slack: LocalWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for name, value in tokens(slack, CYPP_HEALTH_PORT=str(port)).items():
            monkeypatch.setenv(name, value)
        with pytest.raises(Refusal, match=rf"cannot be served on 127.0.0.1:{port} .*choose another CYPP_HEALTH_PORT"):
            build(read_settings(str(start_three_boards(tmp_path))), real_now, real_now)


def test_the_port_is_a_number(slack: LocalWorkspace, tmp_path: Path) -> None:
    done = call("serve", "--db", start_three_boards(tmp_path), env=tokens(slack, CYPP_HEALTH_PORT="eighty"))
    assert done.sentence().startswith("CYPP_HEALTH_PORT:")
