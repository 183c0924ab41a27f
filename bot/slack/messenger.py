"""Slack as the outbox's messenger: post pages, look them up, change them in place (docs/explanation/delivery.md).

The client must not retry by itself: a retried post is a second message.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from socket import gaierror
from threading import Lock
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.error_codes import SLACK_ERRORS
from bot.slack.picture_blocks import page_versions
from bot.slack.render import SlackMessage, render
from handlers.responses import Content
from schedules.ports import (
    Absent,
    FoundMessage,
    Later,
    Looked,
    NoHistory,
    Refused,
    SendOutcome,
    Sent,
    SlackAccount,
    Unknown,
)

log = logging.getLogger(__name__)

SEND_TIMEOUT = 5
"""Seconds; a lease is this and a minute (docs/explanation/delivery.md)."""
EVENT_TYPE = "cypp_message"
A_CHANNEL_EVERY = 1.0
"""Seconds between two posts to one channel (https://docs.slack.dev/apis/web-api/rate-limits/)."""
UNSURE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
"""Errors after which the message may still have been posted."""
TOKEN_TROUBLE = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "account_inactive",
        "missing_scope",
        "not_allowed_token_type",
        "no_permission",
        "org_login_required",
    }
)
"""Errors about the bot, not about the message, which waits until somebody has put the token right."""
TOKEN_WAIT = 300.0
MOST_REASONS = 200
"""Reasons named in a message's metadata: more would make it longer than Slack keeps."""
HOME_OF = "home:"
"""How the address of somebody's Home tab begins; their account follows."""
_PAGE_SIZE = 200
MOST_PAGES = 20


def sending_client(token: str, api_url: str) -> WebClient:
    """Return a client for keyed messages: it never retries, and gives up after five seconds."""
    return WebClient(token=token, base_url=api_url, timeout=SEND_TIMEOUT, retry_handlers=[])


class SlackMessenger:
    """`schedules.ports.Messenger` for Slack."""

    def __init__(
        self,
        client: WebClient,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        page: int = _PAGE_SIZE,
    ) -> None:
        self.client, self.page = client, page
        self._clock, self._sleep = clock, sleep
        self._last: dict[str, float] = {}
        self._lock = Lock()

    def pages(self, content: Content) -> list[str]:
        """Return the messages of a reply, each as JSON."""
        return [page_of(message) for message in render(content)]

    def open(self, account: SlackAccount) -> Sent | Later | Refused:
        """Open the direct conversation with a person."""
        result = _outcome(
            lambda: self.client.conversations_open(users=account.user), lambda data: data["channel"]["id"]
        )
        return Later(60) if isinstance(result, Unknown) else result

    def versions(self, page: str, *, plain: bool = False) -> Iterator[str]:
        """Yield the page as it may be sent, with its picture first; draws and uploads the picture."""
        made = page_versions(self.client, json.loads(page), plain=plain)
        return (json.dumps(one, ensure_ascii=False) for one in made)

    def send(self, address: str, page: str, mark: str, reasons: Sequence[str] = ()) -> SendOutcome:
        """Post one page, with its opaque marks in the message's metadata, at most one a second to a channel."""
        self._pace(address)
        marks: dict[str, Any] = {"id": mark} | ({"for": list(reasons[:MOST_REASONS])} if reasons else {})
        outcome = _outcome(
            lambda: self.client.chat_postMessage(
                channel=address,
                metadata={"event_type": EVENT_TYPE, "event_payload": marks},
                mrkdwn=False,
                unfurl_links=False,
                unfurl_media=False,
                **json.loads(page),
            ),
            lambda data: data["ts"],
        )
        self._answered(address)
        return outcome

    def find(self, address: str, mark: str, since: datetime) -> Looked:
        """Look through the conversation from `since` on for the page with this mark."""
        cursor = ""
        for _ in range(MOST_PAGES):
            try:
                data: Any = self.client.conversations_history(
                    channel=address,
                    oldest=f"{since.timestamp():.6f}",
                    limit=self.page,
                    include_all_metadata=True,
                    cursor=cursor or None,
                ).data
            except SlackApiError as error:
                wait = _retry_after(error)
                if wait is not None:
                    return Later(wait)
                code = _code(error)
                return Later(60) if code in UNSURE or _status(error) >= 500 else NoHistory(code)
            except SLACK_ERRORS:
                return Later(60)
            for message in data.get("messages", ()):
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("id") == mark or mark in (payload.get("for") or ()):
                    return FoundMessage(message["ts"])
            cursor = (data.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return Absent()
        # Not all was looked at, and the newest come first: to call it absent would be to send it twice.
        return NoHistory("too much said since")

    def change(self, address: str, ts: str, page: str) -> SendOutcome:
        """Change a posted page, or somebody's Home tab; the same change twice does no harm."""
        if address.startswith(HOME_OF):
            user, view = address.removeprefix(HOME_OF), json.loads(page)["view"]
            return _outcome(lambda: self.client.views_publish(user_id=user, view=view), lambda data: ts)
        outcome: SendOutcome = Refused("no page")
        for version in page_versions(self.client, json.loads(page)):
            call = partial(self.client.chat_update, channel=address, ts=ts, **version)
            outcome = _outcome(call, lambda data: data["ts"])
            if not isinstance(outcome, Refused):
                break
        return outcome

    def _pace(self, address: str) -> None:
        """Wait until a channel may be posted to again."""
        while True:
            with self._lock:
                now = self._clock()
                free = self._last.get(address, now - A_CHANNEL_EVERY) + A_CHANNEL_EVERY
                if now >= free:
                    self._last[address] = now
                    return
            self._sleep(free - now)

    def _answered(self, address: str) -> None:
        """Note the time of Slack's answer: a post that took long arrived later than it was sent."""
        with self._lock:
            self._last[address] = self._clock()


def page_of(message: SlackMessage) -> str:
    """Return one message as it is stored and sent."""
    return json.dumps(message.as_page(), ensure_ascii=False)


def _outcome(call: Callable[[], Any], ts: Callable[[Any], str]) -> SendOutcome:
    """Call Slack, and return one of four outcomes."""
    try:
        return Sent(ts(call().data))
    except SlackApiError as error:
        wait = _retry_after(error)
        if wait is not None:
            return Later(wait)
        code = _code(error)
        if code in TOKEN_TROUBLE:
            log.error("Slack does not accept the bot's token (%s): nothing can be sent until it is put right", code)
            return Later(TOKEN_WAIT)
        return Unknown(code) if code in UNSURE or _status(error) >= 500 else Refused(code)
    except URLError as error:
        # Nobody was there to read the request: nothing can have been posted.
        if isinstance(error.reason, ConnectionRefusedError | gaierror):
            return Later(30)
        return Unknown(type(error.reason).__name__)
    except ConnectionRefusedError:
        return Later(30)
    except (*SLACK_ERRORS, KeyError, ValueError) as error:
        return Unknown(type(error).__name__)


def _data(error: SlackApiError) -> dict[str, Any]:
    data = getattr(error.response, "data", error.response)
    return data if isinstance(data, dict) else {}


def _code(error: SlackApiError) -> str:
    return str(_data(error).get("error", "no answer"))


def _status(error: SlackApiError) -> int:
    status = getattr(error.response, "status_code", None) or _data(error).get("status", 200)
    return int(status)


def _retry_after(error: SlackApiError) -> float | None:
    if _status(error) != 429 and _code(error) != "ratelimited":
        return None
    headers = getattr(error.response, "headers", None) or _data(error).get("headers", {})
    for name, value in dict(headers).items():
        if str(name).lower() == "retry-after":
            return float(value[0] if isinstance(value, list) else value)
    return 30.0
