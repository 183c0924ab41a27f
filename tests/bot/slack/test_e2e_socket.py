"""The socket to Slack that is refreshed, closed, or goes deaf: what people say meanwhile is answered once."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from tests.bot.slack.e2e import EDUCATION, OpenAt, entries, finish, read, when
from tests.local_slack import Sandbox

Ends = Callable[[Sandbox], None]


def deaf(sandbox: Sandbox) -> None:
    """The socket looks alive and carries nothing, until the bot notices by itself: the SDK's own watch is ended."""
    sandbox.bot.handler.client.current_app_monitor.shutdown()  # type: ignore[no-untyped-call]  # of the Slack SDK
    sandbox.workspace.go_deaf()


SOCKETS: dict[str, Ends] = {
    "refreshed": lambda sandbox: sandbox.workspace.send_disconnect("refresh_requested"),
    "warned": lambda sandbox: sandbox.workspace.send_disconnect("warning"),
    "closed": lambda sandbox: sandbox.workspace.close_sockets(),
    "deaf": deaf,
}


@pytest.fixture
def sandbox(open_at: OpenAt) -> Sandbox:
    """Slack waits for an acknowledgement for half a second, and delivers again after one second and after five."""
    sandbox = open_at(when(8, 17, 9), ack_timeout=0.5, retry_delays=(1.0, 2.0, 2.0))
    sandbox.bot.socket_watchdog.deaf_after = 1.0
    return sandbox


def test_what_is_said_while_the_socket_goes_is_recorded_and_answered_once(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for number, (name, goes) in enumerate(SOCKETS.items(), start=1):
        before = sandbox.bot.socket_watchdog.client.session_id()
        goes(sandbox)
        mark = sandbox.workspace.mark()
        sandbox.workspace.say(EDUCATION, f"healthy-5 on track, the socket was {name}")

        def there(number: int = number) -> bool:
            sandbox.bot.socket_watchdog.reconnect()
            return len(entries(sandbox, "healthy-5")) >= number

        sandbox.workspace.wait_for(there, 20)
        finish(sandbox)
        sandbox.workspace.settle(0.3)
        kept = [entry.words for entry in entries(sandbox, "healthy-5")]
        assert kept == [f"the socket was {one}" for one in list(SOCKETS)[:number]]
        answers = [read(one) for one in sandbox.workspace.since(EDUCATION, mark) if not one.edited]
        assert len(answers) == 1, (name, answers)
        assert "Recorded for healthy-5: on track." in answers[0]
        assert sandbox.bot.socket_watchdog.client.session_id() != before
        sandbox.workspace.wait_until_connected()
    for token in (sandbox.workspace.bot_token, sandbox.workspace.app_token):
        assert token not in caplog.text
