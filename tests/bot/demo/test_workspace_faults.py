"""Calls that go wrong on the way, response_urls that run out, and pages served beside Slack's."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import IncompleteRead
from typing import Any

import pytest
from aiohttp import web
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.bot.demo.conftest import LocalSlack, populate
from tests.local_slack import Fault, LocalWorkspace

Json = dict[str, Any]
Serve = Callable[..., App]


def post(slack: LocalSlack, **options: Any) -> Any:
    client = WebClient(token=slack.ws.bot_token, base_url=slack.ws.api_url, retry_handlers=[], **options)
    return client.chat_postMessage(channel="C0BOARD", text="x")


def test_any_status_and_any_error_can_be_answered_so_many_times(slack: LocalSlack) -> None:
    slack.ws.faults.add("chat.postMessage", Fault.http(503), times=2)
    slack.ws.faults.add("chat.postMessage", Fault.error("internal_error", applied=True))
    for status in (503, 503):
        with pytest.raises(SlackApiError) as caught:
            post(slack)
        assert caught.value.response.status_code == status
    assert slack.ws.messages("C0BOARD") == []
    with pytest.raises(SlackApiError, match="internal_error"):
        post(slack)
    assert len(slack.ws.messages("C0BOARD")) == 1, "it may have taken effect all the same"
    assert post(slack)["ok"]
    assert [call.fault for call in slack.ws.calls_of("chat.postMessage")] == ["status", "status", "error", None]


def test_a_fault_may_be_meant_for_some_calls_only(slack: LocalSlack) -> None:
    slack.ws.faults.add("chat.postMessage", Fault.ratelimited(7), when=lambda args: args["channel"] == "C0BOARD")
    slack.client.chat_postMessage(channel=slack.head.id, text="x")
    with pytest.raises(SlackApiError) as caught:
        post(slack)
    assert caught.value.response.headers["Retry-After"] == "7"
    assert slack.ws.faults.left("chat.postMessage") == 0


def test_a_line_may_break_before_or_after_the_call_took_effect(slack: LocalSlack) -> None:
    slack.ws.faults.add("chat.postMessage", Fault.dropped_unread())
    with pytest.raises(OSError):  # noqa: PT011 - whichever way the line breaks
        post(slack)
    assert slack.ws.messages("C0BOARD") == []
    slack.ws.faults.add("chat.postMessage", Fault.dropped_applied())
    with pytest.raises(OSError):  # noqa: PT011
        post(slack)
    assert len(slack.ws.messages("C0BOARD")) == 1


def test_a_line_may_break_in_the_middle_of_an_answer(slack: LocalSlack) -> None:
    slack.ws.faults.add("chat.postMessage", Fault.cut_short())
    with pytest.raises(IncompleteRead):
        post(slack)
    assert len(slack.ws.messages("C0BOARD")) == 1


def test_the_default_client_posts_twice_when_a_line_breaks_after_the_post(slack: LocalSlack) -> None:
    slack.ws.faults.add("chat.postMessage", Fault.dropped_applied())
    WebClient(token=slack.ws.bot_token, base_url=slack.ws.api_url).chat_postMessage(channel="C0BOARD", text="x")
    assert len(slack.ws.messages("C0BOARD")) == 2


def test_an_answer_or_the_effect_itself_may_come_late(slack: LocalSlack) -> None:
    slack.ws.faults.add("chat.postMessage", Fault.answers_late(1.5))
    with pytest.raises(TimeoutError):
        post(slack, timeout=1)
    assert len(slack.ws.messages("C0BOARD")) == 1
    slack.ws.faults.add("chat.postMessage", Fault.arrives_late(1.2))
    with pytest.raises(TimeoutError):
        post(slack, timeout=1)
    assert len(slack.ws.messages("C0BOARD")) == 1
    slack.ws.wait_for(lambda: len(slack.ws.messages("C0BOARD")) == 2, 3)


def test_stopping_does_not_wait_for_a_call_that_hangs() -> None:
    ws = LocalWorkspace().start()
    slack = populate(ws)
    ws.faults.add("chat.postMessage", Fault.hangs())
    with pytest.raises(TimeoutError):
        post(slack, timeout=1)
    began = time.monotonic()
    ws.stop()
    assert time.monotonic() - began < 10


# -- response_url


def respond(url: str, body: Json) -> tuple[int, str]:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())["error"]


def response_url(slack: LocalSlack, serve: Serve) -> str:
    found: list[str] = []

    def listen(app: App) -> None:
        @app.command("/cypp")
        def command(ack: Any, command: Json) -> None:
            ack("first")
            found.append(command["response_url"])

    serve(slack, listen)
    slack.ws.command(slack.head, "/cypp", channel=slack.closed)
    return str(slack.ws.wait_for(lambda: found and found[0]))


def test_a_response_url_works_five_times(slack: LocalSlack, serve: Serve) -> None:
    url = response_url(slack, serve)
    assert respond(url, {"text": "second"}) == (200, "ok")
    assert respond(url, {"text": "changed", "replace_original": True}) == (200, "ok")
    assert [m.text for m in slack.ws.seen(slack.head, slack.closed)] == ["changed", "second"]
    assert respond(url, {"text": "all", "response_type": "in_channel"})[0] == 200
    assert [m.text for m in slack.ws.messages(slack.closed)] == ["all"]
    assert respond(url, {"blocks": [{"type": "section"}]}) == (400, "invalid_blocks")
    assert respond(url, {"delete_original": True}) == (400, "invalid_payload")
    assert respond(url, {"text": "fourth"})[0] == 200
    assert respond(url, {"text": "fifth"})[0] == 200
    assert respond(url, {"text": "sixth"}) == (404, "used_url")


def test_a_response_url_ends_after_its_time(make_slack: Callable[..., LocalSlack], serve: Serve) -> None:
    slack = make_slack(response_url_lifetime=0.0)
    assert respond(response_url(slack, serve), {"text": "late"}) == (404, "expired_url")


# -- extra routes


def test_other_pages_can_be_served_beside_slacks() -> None:
    async def who(request: web.Request) -> web.Response:
        return web.json_response(request.path)

    with (
        LocalWorkspace(routes=[web.get("/who", who)]) as ws,
        urllib.request.urlopen(ws.base_url + "/who", timeout=5) as answer,
    ):
        assert json.load(answer) == "/who"
