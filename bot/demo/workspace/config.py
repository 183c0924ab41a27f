"""Configure one stand-in workspace: its names, tokens, scopes, and the intervals that tests shorten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

GRANTED_SCOPES: tuple[str, ...] = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
    "users:read.email",
)
"""The bot scopes an ordinary install of a board's bot holds."""

BOT_EVENTS: tuple[str, ...] = ("app_home_opened", "app_mention", "message.im", "team_join", "user_change")
"""The events it is subscribed to; an event not named here is never sent."""


def real_time() -> datetime:
    """Return the real time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Config:
    """Everything about the workspace that does not change while it runs.

    `rate` and `burst` are the token bucket of one channel for chat.postMessage: about one a second, short bursts let
    through (https://docs.slack.dev/apis/web-api/rate-limits/). `ack_timeout` is Slack's three seconds; `retry_delays`
    its three redeliveries of an event (at once, after a minute, after five). `partners_can` lets members of other
    organisations use commands and forms, which Slack may refuse them (bolt-python #767). `settle` is how long the
    control API waits for the bot to fall silent after each thing a person does. `ping_interval` is how often Slack
    pings: the SDK's client notices that it is to close only when something arrives (3 s at the latest), so tests and
    demonstrations that are to end promptly set it to 0.05. `now` stamps messages and measures nothing. `commands` and
    `shortcuts` (callback ids of message shortcuts, with their names) are those that the app was installed with.
    `refused_blocks` are types of blocks and elements that this workspace does not take yet: they came in by stages.
    `looking_over` is how many seconds a file that was uploaded cannot be shown in a block yet (slack-github-action
    #413). `limited_history` is how many seconds lie between looks at a history, of 15 messages each: a minute for an
    app that is sold outside Slack's Marketplace, 0 for one that a council installs for itself
    (https://docs.slack.dev/apis/web-api/rate-limits/).
    """

    team_id: str = "T0DEMO"
    team_name: str = "Children and Young People's Partnership"
    team_domain: str = "cypp-demo"
    app_id: str = "A0CYPP"
    bot_id: str = "B0CYPP"
    bot_user_id: str = "U0CYPPBOT"
    bot_name: str = "CYPP actions"
    bot_token: str = field(default="xoxb-local-workspace", repr=False)
    app_token: str = field(default="xapp-1-local-workspace", repr=False)
    scopes: tuple[str, ...] = GRANTED_SCOPES
    app_scopes: tuple[str, ...] = ("connections:write",)
    events: tuple[str, ...] = BOT_EVENTS
    commands: tuple[str, ...] = ("/cypp",)
    shortcuts: Mapping[str, str] = field(default_factory=lambda: {"cypp:turn": "Turn into action"})
    refused_blocks: tuple[str, ...] = ()
    looking_over: float = 0.1
    limited_history: float = 0.0
    rate: float = 1.0
    burst: int = 5
    ack_timeout: float = 3.0
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    trigger_lifetime: float = 3.0
    response_url_uses: int = 5
    response_url_lifetime: float = 1800.0
    ping_interval: float = 10.0
    partners_can: bool = False
    settle: float = 0.0
    now: Callable[[], datetime] = real_time
