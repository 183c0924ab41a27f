"""A browser without a screen: pages fetched and forms posted over HTTP, as one without script would."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any

from bot.demo.page import DemoPage
from bot.demo.page.text import escape_typed
from tests.bot.slack.e2e import CHAIR, EDUCATION, bot_client
from tests.local_slack import LocalWorkspace

PLAIN = {"type": "plain_text", "text": "words"}


@dataclass(frozen=True)
class Got:
    """An answer: its status, headers, text, and the address it came from in the end."""

    status: int
    headers: Message
    text: str
    url: str


def fetch(
    page: DemoPage,
    path: str,
    posted: Mapping[str, str | Sequence[str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Got:
    """Gets an address of the page, or posts a form to it and follows where it leads."""
    data = None if posted is None else urllib.parse.urlencode(posted, doseq=True).encode()
    request = urllib.request.Request(page.address.rstrip("/") + path, data, dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Got(answer.status, answer.headers, answer.read().decode(), answer.url)
    except urllib.error.HTTPError as error:
        with error:
            return Got(error.code, error.headers, error.read().decode(), path)


def slack_of(page: DemoPage) -> LocalWorkspace:
    """The workspace of a page, to be disturbed."""
    assert isinstance(page.sandbox.workspace, LocalWorkspace)
    return page.sandbox.workspace


def post_blocks(page: DemoPage, user: str, blocks: list[dict[str, Any]]) -> None:
    """Has the bot send somebody a message of these blocks."""
    bot_client(page.sandbox).chat_postMessage(channel=user, text=escape_typed("fallback"), blocks=blocks)


def publish_home(page: DemoPage, user: str, blocks: list[dict[str, Any]]) -> None:
    """Has the bot publish somebody a Home tab."""
    bot_client(page.sandbox).views_publish(user_id=user, view={"type": "home", "blocks": blocks})


HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(1)>\"'>&amp;{{7*7}}"
CHAIRS = f"/as/{CHAIR}/messages"
LEADS = f"/as/{EDUCATION}/messages"


def words(got: Got) -> str:
    """What stands on a page, without its mark-up."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", got.text)).split())


def text(said: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": said}


def picks(got: Got, label: str) -> list[str]:
    """The values of the page's buttons with this label."""
    found = re.findall(r'<button[^>]*name="(?:press|choose)" value="([^"]*)"[^>]*>([\s\S]*?)</button>', got.text)
    return [html.unescape(value) for value, inside in found if re.sub(r"<[^>]+>", "", inside).strip() == label]


def stamps(got: Got) -> list[str]:
    return list(dict.fromkeys(re.findall(r'name="ts" value="([^"]+)"', got.text)))
