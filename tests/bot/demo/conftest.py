"""A workspace with three people and two channels, a real client, and a real Bolt app on Socket Mode."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.demo.workspace import Conversation, User
from tests.bot.demo.sample_bot import register
from tests.local_slack import LocalWorkspace

QUICK: dict[str, Any] = {
    "ack_timeout": 2.0,
    "retry_delays": (0.0, 0.05, 0.1),
    "ping_interval": 0.05,
    "disconnect_grace": 0.1,
}


def hang_up(handler: SocketModeHandler) -> None:
    """Close a bot's connection at once.

    The SDK's client waits up to a second for its empty queue before it ends, so the queue is given something.
    """
    closing = threading.Thread(target=handler.close)
    closing.start()
    while closing.is_alive():
        handler.client.enqueue_message("{}")
        closing.join(0.01)


@dataclass
class LocalSlack:
    """The workspace and who is in it."""

    ws: LocalWorkspace
    client: WebClient
    head: User
    secretary: User
    partner: User
    board: Conversation
    closed: Conversation


def populate(ws: LocalWorkspace) -> LocalSlack:
    """Put people and channels into a started workspace."""
    head = ws.add_user("U0HEADED", "Head of Education", email="head@sefton.example")
    secretary = ws.add_user("U0SECRET", "Democratic Services", email="democratic@sefton.example", is_admin=True)
    partner = ws.add_user("U0POLICE", "Superintendent", team_id="T0POLICE", email="super@police.example")
    board = ws.add_channel("C0BOARD", "cypp-board", members=[head, secretary, partner])
    closed = ws.add_channel("C0OTHER", "somewhere-else", members=[head], bot_is_member=False)
    client = WebClient(token=ws.bot_token, base_url=ws.api_url, retry_handlers=[], timeout=5)
    return LocalSlack(ws, client, head, secretary, partner, board, closed)


@pytest.fixture
def make_slack() -> Iterator[Callable[..., LocalSlack]]:
    """Start workspaces with any options; all are stopped afterwards."""
    started: list[LocalWorkspace] = []

    def make(**options: Any) -> LocalSlack:
        ws = LocalWorkspace(**{**QUICK, **options}).start()
        started.append(ws)
        return populate(ws)

    yield make
    for ws in started:
        ws.stop()


@pytest.fixture
def slack(make_slack: Callable[..., LocalSlack]) -> LocalSlack:
    """A workspace as it comes."""
    return make_slack()


@pytest.fixture
def serve() -> Iterator[Callable[..., App]]:
    """Connect a Bolt app, given a function that registers listeners; disconnected afterwards."""
    handlers: list[SocketModeHandler] = []

    def start(
        slack: LocalSlack, register: Callable[[App], None], *, connections: int = 1, ping_interval: float = 5
    ) -> App:
        app = App(client=WebClient(token=slack.ws.bot_token, base_url=slack.ws.api_url, timeout=5))
        register(app)
        for _ in range(connections):
            handler = SocketModeHandler(app, slack.ws.app_token, ping_interval=ping_interval)
            handlers.append(handler)
            handler.connect()  # type: ignore[no-untyped-call]  # of the Slack SDK
        slack.ws.wait_until_connected(connections=connections)
        return app

    yield start
    for handler in handlers:
        hang_up(handler)


@pytest.fixture
def peopled(slack: LocalSlack, serve: Callable[..., App]) -> LocalSlack:
    """A workspace with the sample bot connected."""
    serve(slack, register)
    return slack
