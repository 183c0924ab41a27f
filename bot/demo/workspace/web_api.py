"""The Web API's front door: read a call, check its token, run it, answer.

Source: https://docs.slack.dev/apis/web-api/.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Literal

from aiohttp import web

from bot.demo.workspace import methods_app, methods_blocks, methods_chat, methods_files, methods_people
from bot.demo.workspace.calls import Call, Method
from bot.demo.workspace.core import Core, SlackError
from bot.demo.workspace.methods_chat import respond_to_url
from bot.demo.workspace.state import Json

METHODS: dict[str, Method] = {
    **methods_app.METHODS,
    **methods_blocks.METHODS,
    **methods_chat.METHODS,
    **methods_people.METHODS,
    **methods_files.METHODS,
}


async def handle_method(core: Core, request: web.Request) -> web.StreamResponse:
    """Answer one Web API call."""
    method = request.match_info["method"]
    return await _handle(core, request, lambda args, token: _run(core, method, args, token))


async def handle_response_url(core: Core, request: web.Request) -> web.StreamResponse:
    """Answer one message to a response_url."""
    key = request.match_info["key"]
    return await _handle(core, request, lambda args, _: _respond(core, key, args))


async def _handle(
    core: Core, request: web.Request, apply: Callable[[Json, str | None], tuple[int, Json]]
) -> web.StreamResponse:
    """Answer a call; Slack writes its header names in lower case, and the SDK passes them on unchanged."""
    core.state.in_flight += 1
    try:
        try:
            status, body = apply(*await read_arguments(request))
        except SlackError as refused:
            status, body = 200, refused.to_json()
    finally:
        core.state.in_flight -= 1
        core.busy()
    headers = {"x-oauth-scopes": ",".join(core.config.scopes), "x-slack-req-id": f"{id(request):x}"}
    if body.get("error") == "ratelimited":
        status = 429
        headers["retry-after"] = str(math.ceil(body.pop("retry_after", 1)))
    if body == {"ok": True} and request.path.startswith("/response/"):
        return web.Response(text="ok")
    return web.json_response(body, status=status, headers=headers)


async def read_arguments(request: web.Request) -> tuple[Json, str | None]:
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
