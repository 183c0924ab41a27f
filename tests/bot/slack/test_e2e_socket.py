"""The socket to Slack that is refreshed, closed, or goes deaf: what people say meanwhile is answered once."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from tests.bot.slack.e2e import EDUCATION, OpenAt, entries, finish, read, when
from tests.local_slack import Sandbox

Ends = Callable[[Sandbox], None]


def deaf(town: Sandbox) -> None:
    """The socket looks alive and carries nothing, until the bot notices by itself: the SDK's own watch is ended."""
    town.bot.handler.client.current_app_monitor.shutdown()  # type: ignore[no-untyped-call]  # of the Slack SDK
    town.workspace.go_deaf()


SOCKETS: dict[str, Ends] = {
    "refreshed": lambda town: town.workspace.send_disconnect("refresh_requested"),
    "warned": lambda town: town.workspace.send_disconnect("warning"),
    "closed": lambda town: town.workspace.close_sockets(),
    "deaf": deaf,
}


@pytest.fixture
def town(open_at: OpenAt) -> Sandbox:
    """Slack waits for an acknowledgement for half a second, and delivers again after one second and after five."""
    town = open_at(when(8, 17, 9), ack_timeout=0.5, retry_delays=(1.0, 2.0, 2.0))
    town.bot.socket_watchdog.deaf_after = 1.0
    return town


def test_what_is_said_while_the_socket_goes_is_recorded_and_answered_once(
    town: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for number, (name, goes) in enumerate(SOCKETS.items(), start=1):
        before = town.bot.socket_watchdog.client.session_id()
        goes(town)
        mark = town.workspace.mark()
        town.workspace.say(EDUCATION, f"healthy-5 on track, the socket was {name}")

        def there(number: int = number) -> bool:
            town.bot.socket_watchdog.reconnect()
            return len(entries(town, "healthy-5")) >= number

        town.workspace.wait_for(there, 20)
        finish(town)
        town.workspace.settle(0.3)
        kept = [entry.words for entry in entries(town, "healthy-5")]
        assert kept == [f"the socket was {one}" for one in list(SOCKETS)[:number]]
        answers = [read(one) for one in town.workspace.since(EDUCATION, mark) if not one.edited]
        assert len(answers) == 1, (name, answers)
        assert "Recorded for healthy-5: on track." in answers[0]
        assert town.bot.socket_watchdog.client.session_id() != before
        town.workspace.wait_until_connected()
    for token in (town.workspace.bot_token, town.workspace.app_token):
        assert token not in caplog.text
