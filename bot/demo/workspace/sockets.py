"""Socket Mode: connections, envelopes and their acknowledgements.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode/.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import WSMsgType, web

from bot.demo.workspace.config import Config
from bot.demo.workspace.state import Json

EnvelopeKind = Literal["slash_commands", "interactive", "events_api"]
TICKET_LIFETIME = 30.0


@dataclass(frozen=True)
class Ack:
    """How a delivery ended: acknowledged (with what it carried), too late, or with nobody connected."""

    outcome: Literal["acked", "timeout", "not_connected"]
    payload: Json | None
    elapsed: float

    @property
    def ok(self) -> bool:
        """Whether it was acknowledged in time."""
        return self.outcome == "acked"


@dataclass(eq=False)
class SocketLink:
    """One connection of the bot; a deaf one looks alive to both ends and carries nothing."""

    socket: web.WebSocketResponse
    deaf: bool = False
    leaving: bool = False
    tasks: list[asyncio.Task[None]] = field(default_factory=list)


@dataclass(frozen=True)
class Delivery:
    """One envelope as it was sent, kept so that it can be sent again."""

    kind: EnvelopeKind
    payload: Json
    accepts_payload: bool


class SocketHub:
    """Every connection of the bot; runs in the server's loop."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._links: list[SocketLink] = []
        self._tickets: dict[str, float] = {}
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}
        self.late_acks = 0

    def new_ticket(self) -> str:
        """Return a ticket that opens one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = time.monotonic()
        return ticket

    @property
    def connections(self) -> int:
        """How many connections are open and not being replaced."""
        return sum(not link.leaving and not link.socket.closed for link in self._links)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one WebSocket from its handshake to its end."""
        issued = self._tickets.pop(request.query.get("ticket", ""), None)
        if issued is None or time.monotonic() - issued > TICKET_LIFETIME:
            raise web.HTTPForbidden(text="invalid ticket")
        socket = web.WebSocketResponse(autoping=False, max_msg_size=0)
        await socket.prepare(request)
        if self.connections >= self._config.max_connections:
            await socket.send_str(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            await socket.close()
            return socket
        link = SocketLink(socket)
        await socket.send_str(json.dumps(self._hello()))
        self._links.append(link)
        link.tasks.append(asyncio.create_task(self._ping(link)))
        try:
            async for message in socket:
                await self._received(link, message.type, message.data)
        finally:
            for task in link.tasks:
                task.cancel()
            if link in self._links:
                self._links.remove(link)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.connections + 1,
            "connection_info": {"app_id": self._config.app_id},
            "debug_info": {"host": "applink-local", "build_number": 1, "approximate_connection_time": 18060},
        }

    async def _received(self, link: SocketLink, kind: WSMsgType, data: Any) -> None:
        if link.deaf:
            return
        if kind is WSMsgType.PING:
            with contextlib.suppress(ConnectionError):
                await link.socket.pong(data)
        elif kind is WSMsgType.TEXT:
            self._acknowledged(data)

    def _acknowledged(self, data: str) -> None:
        try:
            body = json.loads(data)
        except ValueError:
            return
        if not isinstance(body, dict):
            return
        waiting = self._waiting.get(str(body.get("envelope_id")))
        if waiting is None or waiting.done():
            self.late_acks += 1
            return
        payload = body.get("payload")
        waiting.set_result(payload if isinstance(payload, dict) and payload else None)

    async def _ping(self, link: SocketLink) -> None:
        while not link.socket.closed:
            await asyncio.sleep(self._config.ping_interval)
            if not link.deaf:
                with contextlib.suppress(ConnectionError):
                    await link.socket.ping(b"Ping from applink-local")

    def _next_link(self) -> SocketLink | None:
        usable = [link for link in self._links if not link.leaving and not link.socket.closed]
        usable = usable or [link for link in self._links if not link.socket.closed]
        if not usable:
            return None
        self._turn += 1
        return usable[self._turn % len(usable)]

    async def deliver(self, delivery: Delivery, *, attempt: int = 0, reason: str = "") -> Ack:
        """Send one envelope to one connection and wait for its acknowledgement, three seconds at most."""
        began = time.monotonic()
        link = self._next_link()
        if link is None:
            return Ack("not_connected", None, 0.0)
        envelope_id = str(uuid.uuid4())
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.accepts_payload,
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        waiting: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            if not link.deaf:
                await link.socket.send_str(json.dumps(envelope))
            payload = await asyncio.wait_for(waiting, self._config.ack_timeout)
        except (TimeoutError, ConnectionError):
            return Ack("timeout", None, time.monotonic() - began)
        finally:
            del self._waiting[envelope_id]
        return Ack("acked", payload if delivery.accepts_payload else None, time.monotonic() - began)

    async def deliver_until_acked(self, delivery: Delivery) -> Ack:
        """Send an event, and again after each of the retry delays until it is acknowledged."""
        return await self.retry(delivery, await self.deliver(delivery))

    async def retry(self, delivery: Delivery, ack: Ack) -> Ack:
        """Send an event again after each of the retry delays, unless `ack` or a later one took it."""
        for attempt, delay in enumerate(self._config.retry_delays, start=1):
            if ack.ok:
                break
            await asyncio.sleep(delay)
            reason = "timeout" if ack.outcome == "timeout" else "connection_failed"
            ack = await self.deliver(delivery, attempt=attempt, reason=reason)
        return ack

    async def send_disconnect(self, reason: str) -> None:
        """Tell every connection to leave (`warning`, `refresh_requested`, …), and close it after a while."""
        for link in list(self._links):
            link.leaving = True
            frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}
            with contextlib.suppress(ConnectionError):
                await link.socket.send_str(json.dumps(frame))
            link.tasks.append(asyncio.create_task(self._close_later(link)))

    async def _close_later(self, link: SocketLink) -> None:
        await asyncio.sleep(self._config.disconnect_grace)
        with contextlib.suppress(ConnectionError):
            await link.socket.close(code=1000)

    async def close_all(self, code: int = 1001) -> None:
        """Close every connection from this end."""
        for link in list(self._links):
            with contextlib.suppress(ConnectionError, asyncio.TimeoutError):
                await asyncio.wait_for(link.socket.close(code=code), 1.0)

    def set_deaf(self, deaf: bool) -> None:
        """Make the connections there are now carry nothing either way, or carry again."""
        for link in self._links:
            link.deaf = deaf
