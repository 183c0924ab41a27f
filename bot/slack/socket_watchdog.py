"""Whether the socket still hears Slack: it can go deaf without an error (slackapi/bolt-python #417, #470, #675).

The SDK pings Slack every few seconds and Slack answers each; a socket that has brought nothing for a minute, not even
that, is deaf. The SDK itself notices this only where it was answered at least once.
"""

import logging
import time
from collections.abc import Callable

from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.slack.meanings import call_slack

log = logging.getLogger(__name__)

DEAF_AFTER = 60.0
"""Seconds without a frame, answers to pings included."""


class SocketWatchdog:
    """Watches one socket client. Times are seconds since the epoch, as the SDK keeps them."""

    def __init__(
        self, client: SocketModeClient, deaf_after: float = DEAF_AFTER, clock: Callable[[], float] = time.time
    ) -> None:
        self.client, self.deaf_after, self._clock = client, deaf_after, clock
        self._since = 0.0
        self._frame = 0.0
        self.last_event = 0.0
        """When something that a person did last came in; 0 for never."""
        client.on_message_listeners.append(self._came_in)

    def begin(self) -> None:
        """Start counting silence: the socket was opened."""
        self._since = self._clock()

    def silence(self) -> float:
        """Return the seconds since the last frame, or since the socket was opened."""
        session = self.client.current_session
        answered = (session.last_ping_pong_time or 0.0) if session is not None else 0.0
        return self._clock() - max(self._since, self._frame, answered)

    def is_stale(self) -> bool:
        """Return whether nothing has been heard for too long."""
        return self.silence() > self.deaf_after

    def reconnect(self) -> None:
        """Replace a socket that is deaf; Slack sends again what it could not deliver meanwhile."""
        if self.client.closed or not self.is_stale():
            return
        log.warning("the socket has brought nothing for %d seconds: opening another", self.silence())
        self._since = self._clock()
        # A deaf socket still counts as connected.
        opened = call_slack(lambda: self.client.connect_to_new_endpoint(force=True), lambda _: None)
        if opened is not None:
            log.warning("no other socket could be opened (%s): trying again", opened.why)

    def _came_in(self, message: str) -> None:
        self._frame = self._clock()
        if '"envelope_id"' in message:
            self.last_event = self._frame
