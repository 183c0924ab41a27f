"""`/healthz` of the running bot, and a socket that goes deaf: the real bot, the local workspace, real HTTP."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.__main__ import real_now
from bot.app import Bot, build
from bot.settings import Settings, read_settings
from models.enums import MessageClass, MessageState
from models.errors import Refusal
from models.notifications.summaries import day_bounds
from models.rules.calendar import local_day
from models.storage.notification_tables import Message
from tests.bot.cli.support import (
    EDUCATION,
    call,
    change,
    free_port,
    publish,
    query,
    settle_three_boards,
    start_three_boards,
    tokens,
    until,
)
from tests.local_slack import Fault, LocalWorkspace


def asked(port: int, path: str = "/healthz") -> tuple[int, dict[str, Any]]:
    """The status and what it says."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


@pytest.fixture
def slack() -> Iterator[LocalWorkspace]:
    with LocalWorkspace(team_id="T0REAL", ping_interval=0.1).start() as workspace:
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


def test_it_counts_what_was_sent_refused_and_is_uncertain_today_and_since_it_started(
    running: tuple[Bot, Settings, LocalWorkspace],
) -> None:
    bot, settings, slack = running
    settle_three_boards(slack)
    none = {"sent": 0, "refused": 0, "uncertain": 0}
    assert asked(settings.cypp_health_port)[1]["messages"] == {"today": none, "since_start": none}
    slack.faults.add(
        "chat.postMessage", Fault.error("restricted_action"), times=100, when=lambda args: args["channel"] == "C0BOARDB"
    )
    database = Path(str(bot.deps.database.path))
    publish(database, "board-a", "board-b", "board-c")
    # In working hours the secretary is told of the second board's as well: that is one more.
    ended = "SELECT count(*) FROM message WHERE message_class = 'channel' AND state IN ('sent', 'failed')"
    until(lambda: query(database, ended) == [(3,)])

    def counted() -> tuple[dict[str, dict[str, int]], int]:
        others = "SELECT count(*) FROM message WHERE message_class <> 'channel' AND state = 'sent'"
        return asked(settings.cypp_health_port)[1]["messages"], query(database, others)[0][0]

    messages, told = counted()
    assert messages["today"] == messages["since_start"] == {"sent": 2 + told, "refused": 1, "uncertain": 0}
    change(database, "UPDATE message SET state = 'uncertain', sent_at = NULL WHERE recipient = 'channel:C0BOARDA'")
    change(database, "UPDATE message SET sent_at = '2020-08-17 08:30:00.000000' WHERE recipient = 'channel:C0BOARDC'")
    messages, told = counted()
    assert messages["today"] == messages["since_start"] == {"sent": told, "refused": 1, "uncertain": 1}
    # At midnight, before this process began.
    zone = ZoneInfo("Europe/London")
    midnight, _ = day_bounds(local_day(real_now(), zone), zone)
    at = f"{midnight:%Y-%m-%d %H:%M:%S.%f}"
    change(database, "UPDATE message SET state = 'sent', sent_at = ? WHERE recipient = 'channel:C0BOARDA'", at)
    messages, told = counted()
    assert messages["today"] == {"sent": 1 + told, "refused": 1, "uncertain": 0}
    assert messages["since_start"] == {"sent": told, "refused": 1, "uncertain": 0}
    started = datetime.fromisoformat(asked(settings.cypp_health_port)[1]["started"])
    assert timedelta(0) <= real_now() - started < timedelta(minutes=5)


def test_a_bot_that_passes_no_more_is_not_well(running: tuple[Bot, Settings, LocalWorkspace]) -> None:
    bot, settings, _ = running
    bot.socket_watchdog.deaf_after = 0.5
    change(bot.deps.database.path, "DROP TABLE spoken")  # type: ignore[arg-type]
    until(lambda: asked(settings.cypp_health_port)[0] == 503)
    assert "no pass of what is said unasked for too long" in asked(settings.cypp_health_port)[1]["why"]


def test_a_token_that_slack_does_not_take_is_told_until_it_is_put_right(
    running: tuple[Bot, Settings, LocalWorkspace],
) -> None:
    bot, settings, _ = running
    with bot.deps.database.write(workspace="T0REAL") as session:
        place = {"message_class": MessageClass.BUNDLE, "recipient": "person:1", "slot_day": date(2020, 8, 17)}
        waits = {"state": MessageState.LATER, "reason": "token_revoked", "not_before": real_now() + timedelta(hours=1)}
        session.add(Message(workspace_id="T0REAL", uuid="a", planned_at=real_now(), **place, **waits))
    sentence = "Slack does not accept the bot's token (token_revoked): 1 waiting until it is put right"
    until(lambda: sentence in asked(settings.cypp_health_port)[1]["why"])
    path = bot.deps.database.path
    assert sentence in call("check", "--db", path).out  # type: ignore[arg-type]
    change(path, "UPDATE message SET state = 'sent', reason = ''")  # type: ignore[arg-type]
    until(lambda: asked(settings.cypp_health_port)[1]["healthy"])


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
