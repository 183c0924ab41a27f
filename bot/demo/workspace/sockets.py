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
from dataclasses import dataclass
from typing import Literal

from aiohttp import WSMsgType, web

from bot.demo.workspace.config import Config
from bot.demo.workspace.state import Json

EnvelopeKind = Literal["slash_commands", "interactive", "events_api"]


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
        self._sockets: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}

    def new_ticket(self) -> str:
        """Return a ticket that opens one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return ticket

    def usable(self) -> list[web.WebSocketResponse]:
        """Return the connections that are open."""
        return [socket for socket in self._sockets if not socket.closed]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one WebSocket from its handshake to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="invalid ticket")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.usable()) + 1,
                "connection_info": {"app_id": self._config.app_id},
                "debug_info": {"host": "applink-local", "build_number": 1, "approximate_connection_time": 18060},
            }
        )
        self._sockets.append(socket)
        pings = asyncio.create_task(self._ping_often(socket))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self.acknowledge(socket, message.data)
        finally:
            pings.cancel()
            self._sockets.remove(socket)
        return socket

    def acknowledge(self, socket: web.WebSocketResponse, data: str) -> bool:
        """Take an acknowledgement; return whether it was still awaited."""
        body = json.loads(data)
        waiting = self._waiting.get(str(body.get("envelope_id")))
        if waiting is None or waiting.done():
            return False
        waiting.set_result(body.get("payload") or None)
        return True

    async def _ping_often(self, socket: web.WebSocketResponse) -> None:
        while not socket.closed:
            await asyncio.sleep(self._config.ping_interval)
            with contextlib.suppress(ConnectionError):
                await self.ping(socket)

    async def ping(self, socket: web.WebSocketResponse) -> None:
        """Ping one connection."""
        await socket.ping(b"Ping from applink-local")

    async def send(self, socket: web.WebSocketResponse, envelope: Json) -> None:
        """Send one envelope to one connection."""
        await socket.send_json(envelope)

    async def deliver(self, delivery: Delivery, *, attempt: int = 0, reason: str = "") -> Ack:
        """Send one envelope to one connection and wait for its acknowledgement, three seconds at most."""
        began = time.monotonic()
        sockets = self.usable()
        if not sockets:
            return Ack("not_connected", None, 0.0)
        self._turn += 1
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
            await self.send(sockets[self._turn % len(sockets)], envelope)
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

    async def close_all(self) -> None:
        """Close every connection from this end."""
        for socket in self.usable():
            with contextlib.suppress(ConnectionError, asyncio.TimeoutError):
                await asyncio.wait_for(socket.close(code=1001), 1.0)
