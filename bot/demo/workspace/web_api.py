"""The Web API's front door: read a call, check its token, let it fail where asked, run it, answer.

Source: https://docs.slack.dev/apis/web-api/.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from typing import Any, Literal

from aiohttp import web

from bot.demo.workspace import methods_app, methods_chat, methods_files, methods_people
from bot.demo.workspace.calls import Call, Method
from bot.demo.workspace.core import Core, SlackError
from bot.demo.workspace.faults import Fault
from bot.demo.workspace.methods_chat import respond_to_url
from bot.demo.workspace.state import ApiCall, Json

METHODS: dict[str, Method] = {
    **methods_app.METHODS,
    **methods_chat.METHODS,
    **methods_people.METHODS,
    **methods_files.METHODS,
}


async def handle_method(core: Core, request: web.Request) -> web.StreamResponse:
    """Answer one Web API call."""
    method = request.match_info["method"]
    return await _handle(core, request, method, lambda args, token: _run(core, method, args, token))


async def handle_response_url(core: Core, request: web.Request) -> web.StreamResponse:
    """Answer one message to a response_url."""
    key = request.match_info["key"]
    return await _handle(core, request, "response_url", lambda args, _: _respond(core, key, args))


async def _handle(core: Core, request: web.Request, method: str, apply: Any) -> web.StreamResponse:
    logged = ApiCall(method, {}, time.time())
    core.state.calls.append(logged)
    core.busy()
    if core.faults.take_unread(method):
        logged.fault = "dropped_unread"
        return _drop(request)
    core.state.in_flight += 1
    try:
        try:
            args, token = await _read(request)
        except SlackError as refused:
            return _answer(core, logged, 200, refused.to_json())
        logged.args = {k: v for k, v in args.items() if k != "token"}
        fault = core.faults.take(method, args)
        if fault is None:
            return _answer(core, logged, *apply(args, token))
        logged.fault = fault.kind
        return await _go_wrong(core, request, logged, fault, lambda: apply(args, token))
    finally:
        core.state.in_flight -= 1
        core.busy()


async def _go_wrong(core: Core, request: web.Request, logged: ApiCall, fault: Fault, apply: Any) -> web.StreamResponse:
    if fault.kind in ("late", "hang"):
        await asyncio.sleep(fault.seconds)
    if fault.kind == "hang":
        return _drop(request)
    status, body = apply() if fault.applied else (200, {})
    logged.result = body if fault.applied else None
    match fault.kind:
        case "dropped_applied":
            return _drop(request)
        case "cut_short":
            return await _break_off(request)
        case "late_answer":
            await asyncio.sleep(fault.seconds)
            return _answer(core, logged, status, body)
        case "late":
            return _answer(core, logged, status, body)
        case "ratelimited":
            return _answer(core, logged, 429, {"ok": False, "error": "ratelimited", "retry_after": fault.seconds})
        case "error":
            return _answer(core, logged, 200, {"ok": False, "error": fault.name})
    logged.status = fault.status
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


def _answer(core: Core, logged: ApiCall, status: int, body: Json) -> web.StreamResponse:
    """Return the response; Slack writes its header names in lower case, and the SDK passes them on unchanged."""
    headers = {"x-oauth-scopes": ",".join(core.config.scopes), "x-slack-req-id": f"{id(logged):x}"}
    if status == 429 or body.get("error") == "ratelimited":
        status = 429
        headers["retry-after"] = str(math.ceil(body.pop("retry_after", 1)))
    logged.status, logged.result = status, body
    if logged.method == "response_url" and body == {"ok": True}:
        return web.Response(text="ok")
    return web.json_response(body, status=status, headers=headers)


async def _read(request: web.Request) -> tuple[Json, str | None]:
    """Return the arguments of a call and its token, from the query, a form or JSON; the header wins."""
    args: Json = dict(request.query)
    kind = request.content_type
    if request.method == "POST":
        if kind == "application/json":
            try:
                body = json.loads(await request.text() or "{}")
            except ValueError:
                raise SlackError("invalid_json") from None
            if not isinstance(body, dict):
                raise SlackError("json_not_object")
            args |= body
        elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            args |= {k: v for k, v in (await request.post()).items() if isinstance(v, str)}
    authorization = request.headers.get("Authorization", "")
    token = authorization.partition(" ")[2].strip() if authorization.lower().startswith("bearer ") else None
    if token is None and kind != "application/json":
        token = str(args["token"]) if args.get("token") else None
    return args, token


def _opened_with(core: Core, method: Method, token: str | None) -> Literal["bot", "app"]:
    if not token:
        raise SlackError("not_authed")
    kinds: dict[str, Literal["bot", "app"]] = {core.config.bot_token: "bot", core.config.app_token: "app"}
    if token not in kinds:
        raise SlackError("invalid_auth")
    kind = kinds[token]
    if method.opens not in (kind, "either"):
        raise SlackError("not_allowed_token_type")
    return kind


def _run(core: Core, name: str, args: Json, token: str | None) -> tuple[int, Json]:
    """Return status and body of one call."""
    method = METHODS.get(name)
    try:
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        call = Call(core, args, _opened_with(core, method, token))
        wait = core.rates.wait_for(name) if name != "chat.postMessage" else 0.0
        if wait:
            raise SlackError("ratelimited", retry_after=wait)
        for scope in method.scopes:
            call.need_scope(scope)
        return 200, {"ok": True, **method.run(call)}
    except SlackError as refused:
        return 200, refused.to_json()


def _respond(core: Core, key: str, body: Json) -> tuple[int, Json]:
    try:
        respond_to_url(core, key, body)
    except SlackError as refused:
        status = 404 if refused.error in ("used_url", "expired_url") else 400
        return status, refused.to_json()
    return 200, {"ok": True}
