"""What an answer of Slack's means: one table, tried as pure examples and with the SDK against real pages."""

from __future__ import annotations

import ast
import gzip
import ssl
from collections.abc import Iterator
from http.client import IncompleteRead
from pathlib import Path
from socket import gaierror
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack import meanings
from bot.slack.clients import SlackClient
from bot.slack.meanings import Means, Trouble, call_slack, meaning, meaning_of_body, meaning_of_code, text_in
from tests.local_slack import Fault, LocalWorkspace
from tests.local_slack.faults import SIGN_IN

POST = "chat.postMessage"
WAIT, ADDRESS, MESSAGE, SCOPE, TOKEN, UNKNOWN = (
    Means.WAIT,
    Means.ADDRESS,
    Means.MESSAGE,
    Means.SCOPE,
    Means.TOKEN,
    Means.UNKNOWN,
)

CODES = {
    "ratelimited": WAIT,
    "message_limit_exceeded": WAIT,
    "team_added_to_org": WAIT,
    "channel_not_found": Means.CONVERSATION,
    "is_archived": ADDRESS,
    "not_in_channel": ADDRESS,
    "user_disabled": ADDRESS,
    "restricted_action_read_only_channel": ADDRESS,
    "invalid_blocks": MESSAGE,
    "msg_blocks_too_long": MESSAGE,
    "metadata_too_large": MESSAGE,
    "message_not_found": MESSAGE,
    "a_code_of_next_year": MESSAGE,
    "missing_scope": SCOPE,
    "unknown_method": SCOPE,
    "invalid_auth": TOKEN,
    "token_revoked": TOKEN,
    "ekm_access_denied": TOKEN,
    "internal_error": UNKNOWN,
    "fatal_error": UNKNOWN,
    "Received a response in a non-JSON format: <html>": UNKNOWN,
    "": UNKNOWN,
}


@pytest.mark.parametrize(("code", "means"), CODES.items())
def test_what_a_code_means(code: str, means: Means) -> None:
    assert meaning_of_code(code) is means


def refused(**body: Any) -> Any:
    return {"ok": False} | body


BODIES: list[tuple[int, dict[str, str], Any, Trouble]] = [
    (200, {}, refused(error="invalid_blocks"), Trouble(MESSAGE, "invalid_blocks")),
    (403, {}, refused(error="not_in_channel"), Trouble(ADDRESS, "not_in_channel")),
    (200, {}, refused(error="ratelimited"), Trouble(WAIT, "ratelimited")),
    (429, {}, refused(error="ratelimited"), Trouble(WAIT, "ratelimited")),
    (429, {}, SIGN_IN, Trouble(WAIT, "ratelimited")),
    (503, {}, refused(error="service_unavailable"), Trouble(UNKNOWN, "service_unavailable")),
    (500, {}, refused(error="invalid_blocks"), Trouble(UNKNOWN, "invalid_blocks")),
    (200, {}, refused(), Trouble(UNKNOWN, "no answer of Slack's (HTTP 200)")),
    (200, {}, refused(error=""), Trouble(UNKNOWN, "no answer of Slack's (HTTP 200)")),
    (200, {}, refused(error=None), Trouble(UNKNOWN, "no answer of Slack's (HTTP 200)")),
    (403, {}, refused(error="forbidden"), Trouble(UNKNOWN, "no answer of Slack's (HTTP 403)")),
    (407, {}, refused(error="proxy_auth_required"), Trouble(UNKNOWN, "no answer of Slack's (HTTP 407)")),
    (302, {}, refused(error="sign_in"), Trouble(UNKNOWN, "no answer of Slack's (HTTP 302)")),
    (404, {}, refused(error="used_url"), Trouble(ADDRESS, "used_url")),
    (200, {}, refused(error="a_code_of_next_year"), Trouble(MESSAGE, "a_code_of_next_year")),
    (200, {}, refused(error="Access denied by policy"), Trouble(UNKNOWN, "no answer of Slack's (HTTP 200)")),
    (403, {}, {"error": "forbidden"}, Trouble(UNKNOWN, "no answer of Slack's (HTTP 403)")),
    (200, {}, {"ok": "false", "error": "forbidden"}, Trouble(UNKNOWN, "no answer of Slack's (HTTP 200)")),
    (302, {}, {"ok": True}, Trouble(UNKNOWN, "no answer of Slack's (HTTP 302)")),
    (200, {}, None, Trouble(UNKNOWN, "no answer of Slack's (HTTP 200)")),
    (200, {}, [], Trouble(UNKNOWN, "no answer of Slack's (HTTP 200)")),
]


@pytest.mark.parametrize(("status", "headers", "body", "trouble"), BODIES)
def test_what_a_body_means(status: int, headers: dict[str, str], body: Any, trouble: Trouble) -> None:
    assert meaning_of_body(status, headers, body) == trouble


WAITS = [("7", 7.0), ("0.5", 0.5), ("Wed, 21 Oct 2026 07:28:00 GMT", 30.0), ("", 30.0), ("-5", 0.0), ("nan", 30.0)]


@pytest.mark.parametrize(("said", "after"), [*WAITS, ("1e9", 3600.0), ("inf", 30.0)])
def test_how_long_to_wait_is_read_within_reason(said: str, after: float) -> None:
    assert meaning_of_body(429, {"retry-after": said}, None).after == after
    assert meaning_of_body(429, {}, None).after == 30.0


EXCEPTIONS = [
    (URLError(ConnectionRefusedError(111, "refused")), WAIT),
    (URLError(gaierror(-2, "Name or service not known")), WAIT),
    (URLError(ssl.SSLCertVerificationError(1, "self-signed certificate in certificate chain")), WAIT),
    (URLError(OSError("Tunnel connection failed: 407 Proxy Authentication Required")), WAIT),
    (ConnectionRefusedError(), WAIT),
    (URLError(ssl.SSLError(1, "decryption failed or bad record mac")), UNKNOWN),
    (URLError(TimeoutError()), UNKNOWN),
    (TimeoutError(), UNKNOWN),
    (ConnectionResetError(), UNKNOWN),
    (IncompleteRead(b"{"), UNKNOWN),
    (KeyError("ts"), UNKNOWN),
    (UnicodeDecodeError("utf-8", b"\x8b", 0, 1, "invalid start byte"), UNKNOWN),
    (SlackApiError("x", {"ok": False, "error": "is_archived"}), ADDRESS),  # type: ignore[no-untyped-call]
]


@pytest.mark.parametrize(("raised", "means"), EXCEPTIONS, ids=lambda value: repr(value)[:60])
def test_what_an_exception_means(raised: Exception, means: Means) -> None:
    assert meaning(raised).means is means


# -- with the SDK: what it makes of each page

PAGES = {
    "a sign-in page": Fault.page(),
    "a sign-in page, 403": Fault.page(status=403),
    "a sign-in page, 407": Fault.page(status=407),
    "a sign-in page, 404": Fault.page(status=404),
    "a sign-in page, 511": Fault.page(status=511),
    "a redirect to a page": Fault.page("", 302, location="/healthz"),
    "a redirect to nowhere": Fault.page("", 302, location="http://login.invalid/"),
    "a redirect to a closed port": Fault.page("", 302, location="http://127.0.0.1:9/"),
    "a redirect that keeps the method": Fault.page("", 307, location="/healthz"),
    "a redirect without an address": Fault.page("", 302),
    "nothing": Fault.page(b""),
    "half of an answer": Fault.page(b'{"ok": true, "chan', content_type="application/json"),
    "a list": Fault.page("[1, 2]", content_type="application/json"),
    "an empty list": Fault.page("[]", content_type="application/json"),
    "a string": Fault.page('"ok"', content_type="application/json"),
    "null": Fault.page("null", content_type="application/json"),
    "a number": Fault.page("1", content_type="application/json"),
    "a hundred thousand brackets": Fault.page("[" * 100_000, content_type="application/json"),
    "no ok": Fault.page('{"error": "forbidden"}', content_type="application/json"),
    "ok, and no ts": Fault.page('{"ok": true}', content_type="application/json"),
    "ok, and a list for ts": Fault.page('{"ok": true, "ts": []}', content_type="application/json"),
    "ok, and nothing for ts": Fault.page('{"ok": true, "ts": ""}', content_type="application/json"),
    "ok, and a number for ts": Fault.page('{"ok": true, "ts": 1}', content_type="application/json"),
    "ok in words": Fault.page('{"ok": "yes", "ts": "1.1"}', content_type="application/json"),
    "one for ok": Fault.page('{"ok": 1, "ts": "1.1"}', content_type="application/json"),
    "a refusal of somebody else's": Fault.page('{"ok": false, "error": "forbidden"}', 403, content_type="text/json"),
    "a sentence for a code": Fault.page('{"ok": false, "error": "Blocked by policy"}', content_type="application/json"),
    "bytes": Fault.page(b"\x1f\x8b\x08\x00broken", content_encoding="gzip"),
    "a compressed page": Fault.page(gzip.compress(b"<html>"), content_encoding="gzip"),
    "a compressed file": Fault.page(gzip.compress(b"{}"), content_type="application/gzip"),
    "an unknown coding": Fault.page("{}", content_type="text/html; charset=klingon"),
    "an unknown coding, 403": Fault.page("{}", 403, content_type="text/html; charset=klingon"),
}


@pytest.fixture(scope="module")
def slack() -> Iterator[LocalWorkspace]:
    with LocalWorkspace(burst=10_000, rate=10_000.0) as workspace:
        workspace.add_channel("C0BOARD", "board")
        yield workspace


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_somebody_elses_is_never_a_refusal(slack: LocalWorkspace, page: str) -> None:
    client = SlackClient(slack.bot_token, slack.api_url, timeout=5, retry_handlers=[])
    slack.faults.add(POST, PAGES[page])
    result = call_slack(lambda: client.chat_postMessage(channel="C0BOARD", text="x"), lambda data: text_in(data, "ts"))
    assert isinstance(result, Trouble)
    assert result.means is UNKNOWN, result
    assert "Bloggs" not in result.why
    assert isinstance(call_slack(lambda: client.chat_postMessage(channel="C0BOARD", text="x"), lambda d: d["ts"]), str)


def test_a_certificate_that_nobody_vouches_for_keeps_everything_back(slack: LocalWorkspace) -> None:
    client = SlackClient(slack.bot_token, slack.api_url.replace("http://", "https://"), timeout=5, retry_handlers=[])
    result = call_slack(lambda: client.chat_postMessage(channel="C0BOARD", text="x"), lambda data: data["ts"])
    assert isinstance(result, Trouble)
    assert result.means in (WAIT, UNKNOWN)


def test_nothing_else_in_the_bot_decides_from_a_code() -> None:
    """Only the table names Slack's codes, and only it looks into what the SDK raises."""
    folder = Path(meanings.__file__).parent
    for path in sorted((*folder.glob("*.py"), *folder.parent.glob("*.py"), *folder.parent.glob("cli/*.py"))):
        if path.name == "meanings.py":
            continue
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        # `is_bot` is also a field of a user object, `is_archived` of a conversation object.
        assert not words & (set(meanings._MEANS) - {"is_bot", "is_archived"}), path.name
        froms = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
        assert "slack_sdk.errors" not in froms, path.name
