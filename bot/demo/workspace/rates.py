"""Limit how often a method may be called (https://docs.slack.dev/apis/web-api/rate-limits/)."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.demo.workspace.config import Config

TIERS: dict[str, int] = {
    "apps.connections.open": 1,
    "users.list": 20,
    "chat.update": 50,
    "conversations.open": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "views.open": 100,
    "views.publish": 100,
    "chat.postEphemeral": 100,
    "users.info": 100,
    "files.getUploadURLExternal": 100,
    "files.completeUploadExternal": 100,
}
"""Calls a minute, by method."""


@dataclass
class Bucket:
    """A token bucket: `rate` tokens a second, never more than `burst`."""

    rate: float
    burst: float
    tokens: float
    at: float

    def take(self, now: float) -> float:
        """Take one token; return 0 when it was there, else the seconds until it will be."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / self.rate


class Rates:
    """The buckets of one workspace, made when first needed."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._buckets: dict[tuple[str, str], Bucket] = {}

    def wait_for(self, method: str, channel: str = "") -> float:
        """Return the seconds to wait before this call is taken; 0 takes it and counts it."""
        if method == "chat.postMessage":
            return self._take((method, channel), self._config.rate, self._config.burst)
        if self._config.tiers and method in TIERS:
            return self._take((method, ""), TIERS[method] / 60, TIERS[method])
        return 0.0

    def _take(self, key: tuple[str, str], rate: float, burst: float) -> float:
        now = time.monotonic()
        bucket = self._buckets.setdefault(key, Bucket(rate, burst, burst, now))
        return bucket.take(now)
