"""Slack as the outbox's messenger: post pages, look them up, change them in place (docs/explanation/delivery.md).

The client must not retry by itself: a retried post is a second message.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Any

from slack_sdk import WebClient

from bot.slack.clients import SlackClient
from bot.slack.meanings import Means, Trouble, call_slack, meaning_of_code, text_in
from bot.slack.picture_blocks import page_versions
from bot.slack.publish_button import without_publish
from bot.slack.refused_blocks import RefusedBlocks
from bot.slack.render import SlackMessage, render
from handlers.responses import Content, FileToCome
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
UPLOAD_TIMEOUT = 60
"""Seconds for each of the three calls of an upload (https://docs.slack.dev/messaging/working-with-files/)."""
EVENT_TYPE = "cypp_message"
A_CHANNEL_EVERY = 1.0
"""Seconds between two posts to one channel (https://docs.slack.dev/apis/web-api/rate-limits/)."""
MOST_REASONS = 200
"""Reasons named in a message's metadata: more would make it longer than Slack keeps."""
HOME_OF = "home:"
"""How the address of somebody's Home tab begins; their account follows."""
_PAGE_SIZE = 200
MOST_PAGES = 20
LOOK_WAIT = 60.0
"""Seconds until what may be asked twice is asked again, where nobody knows what became of it."""


def sending_client(token: str, api_url: str) -> WebClient:
    """Return a client for keyed messages: it never retries, and gives up after five seconds."""
    return SlackClient(token=token, base_url=api_url, timeout=SEND_TIMEOUT, retry_handlers=[])


class SlackMessenger:
    """`schedules.ports.Messenger` for Slack."""

    def __init__(
        self,
        client: WebClient,
        blocks: RefusedBlocks | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        page: int = _PAGE_SIZE,
        look_wait: float = LOOK_WAIT,
    ) -> None:
        self.client, self.page, self.blocks = client, page, blocks or RefusedBlocks()
        self._look_wait = look_wait
        self._clock, self._sleep = clock, sleep
        self._last: dict[str, float] = {}
        self._stopped: dict[tuple[str, str], tuple[str, int]] = {}
        self._lock = Lock()

    def pages(self, content: Content) -> list[str]:
        """Return the messages of a reply, each as JSON."""
        return [page_of(message) for message in render(content)]

    def open(self, account: SlackAccount) -> Sent | Later | Refused:
        """Open the direct conversation with a person."""
        result = _outcome(
            lambda: self.client.conversations_open(users=account.user), lambda data: text_in(data, "channel", "id")
        )
        return Later(self._look_wait, result.why) if isinstance(result, Unknown) else result

    def versions(self, page: str, *, plain: bool = False) -> Iterator[str]:
        """Yield the page as it may be sent, with its picture first; draws and uploads the picture."""
        made = page_versions(self.client, json.loads(page), plain=plain, sleep=self._sleep)
        return (json.dumps(one, ensure_ascii=False) for one in made)

    def send(self, address: str, page: str, mark: str, reasons: Sequence[str] = ()) -> SendOutcome:
        """Post one page, with its opaque marks in the message's metadata, at most one a second to a channel."""
        self._pace(address)
        parts = json.loads(page)
        marks = {"id": mark} | ({"for": " ".join(reasons[:MOST_REASONS])} if reasons else {})
        outcome = self._give(
            parts,
            lambda form: self.client.chat_postMessage(
                channel=address,
                metadata={"event_type": EVENT_TYPE, "event_payload": marks},
                mrkdwn=False,
                unfurl_links=False,
                unfurl_media=False,
                **form,
            ),
            lambda data: text_in(data, "ts"),
        )
        self._answered(address)
        return outcome

    def find(self, address: str, mark: str, since: datetime) -> Looked:
        """Look through the conversation from `since` on for the page with this mark."""
        cursor, looked = self._stopped.pop((address, mark), ("", 0))
        while looked < MOST_PAGES:
            look = partial(
                self.client.conversations_history,
                channel=address,
                oldest=f"{since.timestamp():.6f}",
                limit=self.page,
                include_all_metadata=True,
                cursor=cursor or None,
            )
            page = call_slack(look, lambda data: _HistoryPage.read(data, mark))
            looked += 1
            if isinstance(page, Trouble):
                if page.is_gone or page.means is Means.SCOPE:
                    return NoHistory(page.why, passes=True)
                # A cursor that is not taken any more: the next look begins anew, and has as many pages less.
                again = "" if page.means is Means.MESSAGE else cursor
                self._stopped[address, mark] = again, looked if page.means is Means.MESSAGE else looked - 1
                return Later(page.after if page.means is not Means.UNKNOWN else self._look_wait)
            if page.found:
                return FoundMessage(page.found)
            if not page.cursor:
                return Absent()
            cursor = page.cursor
        # Not all was looked at, and the newest come first: to call it absent would be to send it twice.
        return NoHistory("too much said since")

    def change(self, address: str, ts: str, page: str) -> SendOutcome:
        """Change a posted page, or somebody's Home tab; the same change twice does no harm."""
        if address.startswith(HOME_OF):
            user, view = address.removeprefix(HOME_OF), json.loads(page)["view"]
            return self._give(view, lambda form: self.client.views_publish(user_id=user, view=form), lambda data: ts)
        outcome: SendOutcome = Refused("no page")
        for version in page_versions(self.client, json.loads(page), sleep=self._sleep):
            outcome = self._give(
                version,
                lambda form: self.client.chat_update(channel=address, ts=ts, **form),
                lambda data: text_in(data, "ts"),
            )
            if not isinstance(outcome, Refused):
                break
        return outcome

    def published(self, page: str, said: str, channel: str) -> str:
        """Return a page whose button *Publish* gave way to a sentence that names the channel."""
        return json.dumps(without_publish(json.loads(page), said, channel), ensure_ascii=False)

    def attach(self, address: str, file: FileToCome, content: bytes) -> bool:
        """Upload a file into a conversation, with more patience than a message gets."""
        client = SlackClient(
            token=self.client.token, base_url=self.client.base_url, timeout=UPLOAD_TIMEOUT, retry_handlers=[]
        )
        sent = call_slack(
            lambda: client.files_upload_v2(channel=address, filename=file.name, title=file.title, content=content),
            lambda _: True,
        )
        return sent is True

    def _give(
        self, page: Mapping[str, Any], call: Callable[[dict[str, Any]], Any], ts: Callable[[Any], str]
    ) -> SendOutcome:
        """Give Slack a page in the form that the workspace takes, and return one of four outcomes."""
        return _outcome_of(self.blocks.give(page, lambda form: call_slack(lambda: call(form), ts)))

    def outcome_of(self, why: str) -> Later | Refused | Unknown:
        """Return what Slack's word for a failure means, as it was kept when a message failed."""
        return _as_outcome(Trouble(meaning_of_code(why), why))

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


@dataclass(frozen=True, slots=True)
class _HistoryPage:
    """A page of a conversation's history: the `ts` of what was looked for, and where the next page begins; else ""."""

    found: str
    cursor: str

    @classmethod
    def read(cls, data: Any, mark: str) -> "_HistoryPage":
        """Look for the message with this mark."""
        cursor = (data.get("response_metadata") or {}).get("next_cursor") or ""
        messages = data["messages"]
        if not isinstance(messages, list):
            raise TypeError("no messages in Slack's answer")
        for message in messages:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("id") == mark or mark in _reasons(payload):
                return cls(str(message["ts"]), cursor)
        return cls("", cursor)


def _reasons(payload: Mapping[str, Any]) -> Sequence[str]:
    """Return the reasons in a message's metadata: words of one text; before, a list, which Slack's types have not."""
    reasons = payload.get("for") or ""
    return reasons.split() if isinstance(reasons, str) else reasons


def page_of(message: SlackMessage) -> str:
    """Return one message as it is stored and sent."""
    return json.dumps(message.as_page(), ensure_ascii=False)


def _as_outcome(trouble: Trouble) -> Later | Refused | Unknown:
    """Return what follows from a call that failed, as the outbox knows it."""
    match trouble.means:
        case Means.WAIT:
            return Later(trouble.after, trouble.why)
        case Means.SCOPE | Means.TOKEN:
            return Later(trouble.after, trouble.why, for_all=trouble.means is Means.TOKEN)
        case Means.UNKNOWN:
            return Unknown(trouble.why)
    return Refused(trouble.why, gone=trouble.is_gone, stale=trouble.means is Means.CONVERSATION)


def _outcome(call: Callable[[], Any], ts: Callable[[Any], str]) -> SendOutcome:
    """Call Slack, and return one of four outcomes."""
    return _outcome_of(call_slack(call, ts))


def _outcome_of(result: str | Trouble) -> SendOutcome:
    if not isinstance(result, Trouble):
        return Sent(result)
    if result.means in (Means.SCOPE, Means.TOKEN):
        log.error("Slack does not accept the bot's token (%s): nothing can be sent until it is put right", result.why)
    return _as_outcome(result)
