"""Limit how often a channel may be written to, and looked at (https://docs.slack.dev/apis/web-api/rate-limits/)."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.demo.workspace.config import Config


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
    """The buckets of the channels, made when first needed."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._buckets: dict[str, Bucket] = {}

    def wait_for(self, channel: str) -> float:
        """Return the seconds to wait before a message to a channel is taken; 0 takes it and counts it."""
        return self._take(channel, self._config.rate, self._config.burst)

    def wait_for_history(self) -> float:
        """Return the same of a look at any history."""
        seconds = self._config.limited_history
        return self._take("history", 1 / seconds, 1) if seconds else 0.0

    def _take(self, what: str, rate: float, burst: int) -> float:
        now = time.monotonic()
        return self._buckets.setdefault(what, Bucket(rate, burst, burst, now)).take(now)
