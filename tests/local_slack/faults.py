"""The log of the bot's calls, and things planned to go wrong on the way, each for a number of calls."""

from __future__ import annotations

import asyncio
import json
import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.demo.workspace.core import Core, SlackError
from bot.demo.workspace.state import Json
from bot.demo.workspace.web_api import read_arguments
from tests.local_slack.recorded import record

FaultKind = Literal[
    "status",
    "ratelimited",
    "error",
    "dropped_unread",
    "dropped_applied",
    "cut_short",
    "late_answer",
    "late",
    "hang",
    "page",
]

SIGN_IN = "<!DOCTYPE html><title>Sign in</title><p>Your council's network asks who you are, Jo Bloggs.</p>"
"""What a proxy shows in the place of whatever was asked for."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with one call; make it with the class methods below."""

    kind: FaultKind
    status: int = 200
    seconds: float = 0.0
    name: str = ""
    applied: bool = False
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def page(cls, body: str | bytes = SIGN_IN, status: int = 200, *, applied: bool = False, **headers: str) -> Fault:
        """Return a fault that answers with a page of somebody else's, with the call applied before it or not.

        `headers`: the page's, with `_` for `-` in their names; `text/html` is its type if none is given.
        """
        named = {"content-type": "text/html"} | {name.replace("_", "-").lower(): one for name, one in headers.items()}
        raw = body.encode() if isinstance(body, str) else body
        return cls("page", status=status, applied=applied, body=raw, headers=tuple(named.items()))

    @classmethod
    def http(cls, status: int = 500, *, applied: bool = False) -> Fault:
        """Return a fault that answers with this HTTP status; with `applied`, the call takes effect all the same."""
        return cls("status", status=status, applied=applied)

    @classmethod
    def ratelimited(cls, retry_after: float = 1) -> Fault:
        """Return a fault that answers 429 with Retry-After, in seconds."""
        return cls("ratelimited", status=429, seconds=retry_after)

    @classmethod
    def error(cls, name: str, *, applied: bool = False) -> Fault:
        """Return a fault that answers `ok: false`; an `internal_error` may have taken effect (`applied`)."""
        return cls("error", name=name, applied=applied)

    @classmethod
    def dropped_unread(cls) -> Fault:
        """Return a fault that breaks the line before the request is read: nothing happens."""
        return cls("dropped_unread")

    @classmethod
    def dropped_applied(cls) -> Fault:
        """Return a fault that lets the request take effect, then breaks the line without an answer."""
        return cls("dropped_applied", applied=True)

    @classmethod
    def cut_short(cls) -> Fault:
        """Return a fault that lets the request take effect, then breaks the line in the middle of the answer."""
        return cls("cut_short", applied=True)

    @classmethod
    def answers_late(cls, seconds: float) -> Fault:
        """Return a fault that lets the request take effect at once and answers after some seconds."""
        return cls("late_answer", seconds=seconds, applied=True)

    @classmethod
    def arrives_late(cls, seconds: float) -> Fault:
        """Return a fault that lets the request take effect only after some seconds, still awaited or not."""
        return cls("late", seconds=seconds, applied=True)

    @classmethod
    def hangs(cls, seconds: float = 60.0) -> Fault:
        """Return a fault without answer or effect: the line stays open until the caller, or `seconds`, gives up."""
        return cls("hang", seconds=seconds)


@dataclass
class _Planned:
    fault: Fault
    times: int
    when: Callable[[Mapping[str, Any]], bool] | None


class Faults:
    """The faults still to come, by method; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: dict[str, list[_Planned]] = {}

    def add(
        self, method: str, fault: Fault, times: int = 1, *, when: Callable[[Mapping[str, Any]], bool] | None = None
    ) -> None:
        """Let the next `times` calls of `method` (`*` for any, `response_url` for those) go wrong.

        `when` looks at the arguments of a call and says whether it is meant; it cannot be had with `dropped_unread`,
        which reads none.
        """
        if when is not None and fault.kind == "dropped_unread":
            raise ValueError("dropped_unread reads no arguments, so `when` has nothing to look at")
        with self._lock:
            self._planned.setdefault(method, []).append(_Planned(fault, times, when))

    def clear(self) -> None:
        """Remove all planned faults."""
        with self._lock:
            self._planned.clear()

    def left(self, method: str) -> int:
        """Return how many calls of this method are still to fail."""
        with self._lock:
            return sum(planned.times for planned in self._planned.get(method, ()))

    def take_unread(self, method: str) -> bool:
        """Return whether this call's line breaks before it is read, and count it off."""
        return self._take(method, lambda planned: planned.fault.kind == "dropped_unread") is not None

    def take(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        """Return what goes wrong with this call, if anything, and count it off."""
        return self._take(
            method,
            lambda planned: planned.fault.kind != "dropped_unread" and (planned.when is None or planned.when(args)),
        )

    def _take(self, method: str, fits: Callable[[_Planned], bool]) -> Fault | None:
        with self._lock:
            for name in (method, "*"):
                for planned in self._planned.get(name, ()):
                    if planned.times > 0 and fits(planned):
                        planned.times -= 1
                        return planned.fault
        return None


@dataclass
class ApiCall:
    """One call of the bot, as it came and as it was answered (`result` is None while it is under way, or unread)."""

    method: str
    args: Json
    at: float
    status: int | None = None
    result: Json | None = None
    fault: str | None = None


class CallLog:
    """Log the bot's calls, and let those go wrong that are planned to."""

    core: Core

    def __init__(self) -> None:
        self.faults = Faults()
        self.calls: list[ApiCall] = []

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Stands before every call of the bot; whatever else is served is let through."""
        if not request.path.startswith(("/api/", "/response/")):
            return await handler(request)
        self.core.state.in_flight += 1
        try:
            return await self._log(request, handler)
        finally:
            self.core.state.in_flight -= 1
            self.core.busy()

    async def _log(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        logged = ApiCall(request.match_info.get("method", "response_url"), {}, time.time())
        self.calls.append(logged)
        if self.faults.take_unread(logged.method):
            logged.fault = "dropped_unread"
            return _drop(request)
        try:
            args, _ = await read_arguments(request)
        except SlackError:
            return await handler(request)
        logged.args = {k: v for k, v in args.items() if k != "token"}
        fault = self.faults.take(logged.method, args)
        logged.fault = fault.kind if fault else None
        response = await (_go_wrong(request, handler, logged, fault) if fault else _applied(request, handler, logged))
        logged.status = response.status
        return response


async def _applied(request: web.Request, handler: Handler, logged: ApiCall) -> web.StreamResponse:
    """Let a call take effect, and note what it comes to."""
    response = await handler(request)
    assert isinstance(response, web.Response)
    logged.result = {"ok": True} if response.text == "ok" else json.loads(response.text or "{}")
    if logged.result.get("ok") and logged.method != "blocks.validate":
        record(logged.args)
    return response


async def _go_wrong(request: web.Request, handler: Handler, logged: ApiCall, fault: Fault) -> web.StreamResponse:
    if fault.kind in ("late", "hang"):
        await asyncio.sleep(fault.seconds)
    if fault.kind == "hang":
        return _drop(request)
    response = await _applied(request, handler, logged) if fault.applied else web.Response()
    match fault.kind:
        case "dropped_applied":
            return _drop(request)
        case "cut_short":
            return await _break_off(request)
        case "late_answer":
            await asyncio.sleep(fault.seconds)
            return response
        case "late":
            return response
        case "ratelimited":
            retry = {"retry-after": str(math.ceil(fault.seconds))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=retry)
        case "error":
            return web.json_response({"ok": False, "error": fault.name})
        case "page":
            return web.Response(body=fault.body, status=fault.status, headers=dict(fault.headers))
    return web.Response(status=fault.status, text="Oops! Our servers could not answer.")


def _drop(request: web.Request) -> web.StreamResponse:
    """Cut the line without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _break_off(request: web.Request) -> web.StreamResponse:
    """Begin an answer and cut the line in the middle of it."""
    answer = web.StreamResponse(headers={"Content-Length": "1000"})
    await answer.prepare(request)
    await answer.write(b'{"ok": true,')
    if request.transport is not None:
        request.transport.close()
    return answer
