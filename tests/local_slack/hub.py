"""The line to the bot, to be disturbed: deliveries repeated, connections gone deaf or asked to be replaced."""

from __future__ import annotations

import asyncio
import contextlib
import json

from aiohttp import web

from bot.demo.workspace.config import Config
from bot.demo.workspace.sockets import Ack, Delivery, SocketHub
from bot.demo.workspace.state import Json
from tests.local_slack.recorded import record


class DisturbedHub(SocketHub):
    """Every connection of the bot; `times` is how often an event, button or form is delivered, with the same ids."""

    def __init__(self, config: Config, disconnect_grace: float) -> None:
        super().__init__(config)
        self.times = 1
        self.last: Delivery | None = None
        """What somebody did last."""
        self.late_acks = 0
        self._grace = disconnect_grace
        self._deaf: list[web.WebSocketResponse] = []
        self._leaving: list[web.WebSocketResponse] = []
        self._closing: list[asyncio.Task[None]] = []

    # -- repeating ---------------------------------------------------------------------------------------------

    async def deliver(self, delivery: Delivery, *, attempt: int = 0, reason: str = "") -> Ack:
        """Deliver once, and again as often as `times` says: a press at once like a double click, an event later."""
        if attempt or delivery.payload.get("type") == "block_suggestion":
            return await super().deliver(delivery, attempt=attempt, reason=reason)
        self.last = delivery
        if delivery.kind == "interactive":
            acks = await asyncio.gather(*(super(DisturbedHub, self).deliver(delivery) for _ in range(self.times)))
            return next((ack for ack in acks if ack.ok), acks[0])
        ack = await super().deliver(delivery)
        if delivery.kind == "events_api":
            await self._again(delivery, range(1, self.times))
        return ack

    async def deliver_until_acked(self, delivery: Delivery) -> Ack:
        """Deliver what nobody did, the echo of the bot's own message: once."""
        return await self.retry(delivery, await super().deliver(delivery))

    async def redeliver_last(self, times: int) -> list[bool]:
        """Deliver what somebody did last again; return whether each was acknowledged."""
        assert self.last is not None
        return await self._again(self.last, range(1, times + 1))

    async def _again(self, delivery: Delivery, attempts: range) -> list[bool]:
        reason = "timeout" if delivery.kind == "events_api" else ""
        return [(await super(DisturbedHub, self).deliver(delivery, attempt=n, reason=reason)).ok for n in attempts]

    # -- going deaf --------------------------------------------------------------------------------------------

    def set_deaf(self, deaf: bool) -> None:
        """Let the connections there are now look alive and carry nothing, not even pongs; or carry again."""
        self._deaf = self.usable() if deaf else []
        for socket in self.usable():
            socket._autoping = not deaf

    def acknowledge(self, socket: web.WebSocketResponse, data: str) -> bool:
        """Take an acknowledgement, unless its connection is deaf; count those that come too late."""
        awaited = socket not in self._deaf and super().acknowledge(socket, data)
        if awaited:
            record(json.loads(data).get("payload") or {})
        self.late_acks += socket not in self._deaf and not awaited
        return awaited

    async def ping(self, socket: web.WebSocketResponse) -> None:
        """Ping one connection, unless it is deaf."""
        if socket not in self._deaf:
            await super().ping(socket)

    async def send(self, socket: web.WebSocketResponse, envelope: Json) -> None:
        """Send one envelope, unless the connection is deaf."""
        if socket not in self._deaf:
            await super().send(socket, envelope)

    # -- being replaced ----------------------------------------------------------------------------------------

    def usable(self) -> list[web.WebSocketResponse]:
        """The connections that are open; those that are being replaced only where there is no other."""
        return self.staying() or super().usable()

    def staying(self) -> list[web.WebSocketResponse]:
        """The connections that are open and not being replaced."""
        return [socket for socket in super().usable() if socket not in self._leaving]

    async def send_disconnect(self, reason: str) -> None:
        """Tell every connection to leave (`warning`, `refresh_requested`, …), and close it after a while."""
        self._leaving = super().usable()
        for socket in self._leaving:
            with contextlib.suppress(ConnectionError):
                await socket.send_json(
                    {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}
                )
            self._closing.append(asyncio.create_task(self._close_later(socket)))

    async def _close_later(self, socket: web.WebSocketResponse) -> None:
        await asyncio.sleep(self._grace)
        with contextlib.suppress(ConnectionError):
            await socket.close(code=1000)
