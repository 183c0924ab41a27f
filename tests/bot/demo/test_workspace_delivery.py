"""The line to the bot: redelivery, shared connections, connections lost and found again."""

from __future__ import annotations

import asyncio
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt import App

from tests.bot.demo.conftest import LocalSlack

Json = dict[str, Any]
Serve = Callable[..., App]


class Heard:
    """What a bot heard: event ids with the retry number each came with."""

    def __init__(self, slow: int = 0) -> None:
        self.events: list[tuple[str, str | None]] = []
        self.slow = slow
        self._lock = threading.Lock()

    def register(self, app: App) -> None:
        @app.middleware
        def count(body: Json, req: Any, next: Callable[[], Any]) -> Any:
            event = body.get("event", {})
            if event.get("type") == "message" and not event.get("bot_id"):
                retry = req.headers.get("x-slack-retry-num", [None])[0]
                with self._lock:
                    self.events.append((body["event_id"], retry))
                    late = len(self.events) <= self.slow
                if late:
                    time.sleep(0.3)
            return next()

        @app.event("message")
        def message(event: Json) -> None:
            """Heard."""

        @app.command("/cypp")
        def command(ack: Any) -> None:
            ack("here")


def test_an_event_not_acknowledged_is_delivered_again_with_its_id(
    make_slack: Callable[..., LocalSlack], serve: Serve
) -> None:
    slack = make_slack(ack_timeout=0.15, retry_delays=(0.0, 0.05, 0.1))
    heard = Heard(slow=2)
    serve(slack, heard.register)
    assert slack.ws.say(slack.head, "hello").delivered is False
    slack.ws.wait_for(lambda: len(heard.events) == 3)
    time.sleep(0.3)
    assert len({event_id for event_id, _ in heard.events}) == 1
    assert [retry for _, retry in heard.events] == ["0", "1", "2"]


def test_an_event_is_given_up_after_three_redeliveries(make_slack: Callable[..., LocalSlack], serve: Serve) -> None:
    slack = make_slack(ack_timeout=0.05, retry_delays=(0.0, 0.0, 0.0))
    heard = Heard(slow=9)
    serve(slack, heard.register)
    slack.ws.say(slack.head, "hello")
    slack.ws.wait_for(lambda: len(heard.events) == 4)
    time.sleep(0.15)
    assert len(heard.events) == 4


def test_everything_can_be_delivered_several_times(slack: LocalSlack, serve: Serve) -> None:
    heard = Heard()
    serve(slack, heard.register)
    slack.ws.deliver_times = 3
    assert slack.ws.say(slack.head, "hello").delivered
    slack.ws.wait_for(lambda: len(heard.events) == 3)
    assert len({event_id for event_id, _ in heard.events}) == 1
    assert slack.ws.redeliver_last(2) == [True, True]
    assert len(heard.events) == 5


def test_events_are_shared_out_over_the_connections(slack: LocalSlack, serve: Serve) -> None:
    heard = Heard()
    serve(slack, heard.register, connections=3)
    for n in range(6):
        assert slack.ws.say(slack.head, str(n)).delivered
    assert len({event_id for event_id, _ in heard.events}) == 6
    assert slack.ws.connections == 3


def test_the_bot_comes_back_when_asked_to_refresh_and_loses_nothing(slack: LocalSlack, serve: Serve) -> None:
    serve(slack, Heard().register)
    opened = len(slack.ws.calls_of("apps.connections.open"))
    slack.ws.send_disconnect("refresh_requested")
    slack.ws.wait_until_connected(5)
    assert len(slack.ws.calls_of("apps.connections.open")) == opened + 1
    assert slack.ws.command(slack.head, "/cypp").message.text == "here"


def test_the_bot_comes_back_after_its_connection_was_closed(slack: LocalSlack, serve: Serve) -> None:
    serve(slack, Heard().register, ping_interval=0.2)
    slack.ws.close_sockets()
    slack.ws.wait_until_connected(8)
    assert slack.ws.command(slack.head, "/cypp").message.text == "here"


def test_a_deaf_connection_looks_alive_and_carries_nothing(make_slack: Callable[..., LocalSlack], serve: Serve) -> None:
    slack = make_slack(ack_timeout=0.3)
    serve(slack, Heard().register)
    slack.ws.go_deaf()
    assert slack.ws.connections == 1
    assert slack.ws.command(slack.head, "/cypp").error == "operation_timeout"
    slack.ws.hear_again()
    assert slack.ws.command(slack.head, "/cypp").error is None


def test_it_can_go_away_and_come_back_on_the_same_port_with_all_it_knew(slack: LocalSlack) -> None:
    slack.client.chat_postMessage(channel="C0BOARD", text="before")
    address = slack.ws.api_url
    slack.ws.stop()
    with pytest.raises(urllib.error.URLError):
        slack.client.auth_test()
    slack.ws.start()
    assert slack.ws.api_url == address
    assert slack.client.auth_test()["ok"]
    assert [m.text for m in slack.ws.messages("C0BOARD")] == ["before"]


def test_a_ticket_opens_one_connection(slack: LocalSlack) -> None:
    address = str(slack.client.apps_connections_open(app_token=slack.ws.app_token)["url"])

    async def connect() -> tuple[int, Json]:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as session:
            hello = await (await session.ws_connect(address)).receive_json()
            again = await session.get(address)
            return again.status, hello

    status, hello = asyncio.run(connect())
    assert status == 403
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)


def test_a_late_acknowledgement_is_counted(make_slack: Callable[..., LocalSlack], serve: Serve) -> None:
    slack = make_slack(ack_timeout=0.1, retry_delays=())
    heard = Heard(slow=1)
    serve(slack, heard.register)
    assert slack.ws.say(slack.head, "hello").delivered is False
    slack.ws.wait_for(lambda: slack.ws.late_acks == 1)
