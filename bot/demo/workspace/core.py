"""Hold the parts of one running workspace together, with what the Web API methods and people's actions share."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

from bot.demo.workspace.blocks import placed_blocks
from bot.demo.workspace.config import Config
from bot.demo.workspace.rates import Rates
from bot.demo.workspace.refusals import POST_TEXT, SlackRefusal, check_message
from bot.demo.workspace.sockets import Ack, Delivery, SocketHub
from bot.demo.workspace.state import Conversation, Json, State, StoredMessage, User


class SlackError(Exception):
    """A call refused: Slack's error code, and what else stands in the answer."""

    def __init__(self, error: str, messages: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages
        self.more = more

    @classmethod
    def of(cls, refusal: SlackRefusal) -> SlackError:
        """Return the same refusal, as an answer to a call."""
        return cls(refusal.error, refusal.messages)

    def to_json(self) -> Json:
        """Return the body of the answer."""
        body: Json = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
            body["errors"] = [m.removeprefix("[ERROR] ") for m in self.messages]
        return body


class Core:
    """State, sockets and rates of one workspace; used only in the server's event loop."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.state = State(config)
        self.hub = SocketHub(config)
        self.rates = Rates(config)
        self.refused_kinds = frozenset(config.refused_blocks)
        self.base_url = ""
        self.last_activity = 0.0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._events = 0

    def busy(self) -> None:
        """Note that the bot has just done something."""
        self.last_activity = time.monotonic()

    def in_background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run something nobody waits for; it ends with the workspace at the latest."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end_tasks(self) -> None:
        """Cancel what still runs in the background."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # -- events ------------------------------------------------------------------------------------------------

    def subscribed(self, name: str) -> bool:
        """Return whether the app receives this event."""
        return name in self.config.events

    def event_delivery(self, event: Json) -> Delivery:
        """Return the outer envelope of an event, with an event_id of its own."""
        config = self.config
        self._events += 1
        payload: Json = {
            "token": "local-verification-token",
            "team_id": config.team_id,
            "context_team_id": config.team_id,
            "context_enterprise_id": None,
            "api_app_id": config.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{self._events:09d}",
            "event_time": int(config.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": config.team_id,
                    "user_id": config.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{self._events:09d}",
        }
        return Delivery("events_api", payload, accepts_payload=False)

    async def deliver_event(self, delivery: Delivery) -> Ack:
        """Send an event; one that is not acknowledged is sent again later."""
        ack = await self.hub.deliver(delivery)
        if not ack.ok:
            self.in_background(self.hub.retry(delivery, ack))
        return ack

    def message_event_name(self, channel: Conversation) -> str:
        """Return the subscription that covers messages of this conversation."""
        return {"im": "message.im", "channel": "message.channels", "group": "message.groups"}[channel.kind]

    def echo(self, channel: Conversation, event: Json) -> None:
        """Send the bot the event of its own message, as Slack does (Bolt leaves most of them out by itself)."""
        if self.subscribed(self.message_event_name(channel)):
            delivery = self.event_delivery(event | {"channel": channel.id, "channel_type": channel.kind})
            self.in_background(self.hub.deliver_until_acked(delivery))

    # -- messages ----------------------------------------------------------------------------------------------

    def post(
        self,
        channel: Conversation,
        content: Json,
        *,
        ephemeral_to: str | None = None,
        thread_ts: str | None = None,
        metadata: Json | None = None,
    ) -> StoredMessage:
        """Put a message of the bot into a conversation; `content` has text and blocks. Raises SlackError."""
        self._check(content)
        message = StoredMessage(
            ts=self.state.new_ts(),
            channel=channel.id,
            user=self.config.bot_user_id,
            **_words(content),
            ephemeral_to=ephemeral_to,
            thread_ts=thread_ts,
            metadata=metadata or None,
        )
        return self._put(channel, message)

    def _put(self, channel: Conversation, message: StoredMessage) -> StoredMessage:
        self.state.add_message(message)
        self.busy()
        if message.ephemeral_to is None:
            self.echo(channel, message.to_json(self.config) | {"event_ts": message.ts})
        return message

    def _check(self, content: Json, longest_text: int = POST_TEXT) -> None:
        if content.get("attachments"):
            raise SlackError("invalid_attachments")
        text, blocks = content.get("text"), content.get("blocks")
        refusal = check_message(text, blocks, longest_text=longest_text) or self.refuses_types(blocks)
        refusal = refusal or self.check_files(blocks)
        if refusal:
            raise SlackError.of(refusal)

    def refuses_types(self, blocks: Any, where: str = "/blocks") -> SlackRefusal | None:
        """Return what is refused of well-formed blocks for a type, of a block or an element, that is not taken here.

        `where`: how the pointers begin; of a view Slack answers with another code.
        """
        for at, block in placed_blocks(blocks):
            inside = [(f"/elements/{number}", one) for number, one in enumerate(block.get("elements") or ())]
            inside += [(f"/{name}", block[name]) for name in ("element", "accessory") if block.get(name)]
            for place, part in (("", block), *inside):
                if (kind := part.get("type")) in self.refused_kinds:
                    code = "invalid_arguments" if where.startswith("/view") else "invalid_blocks"
                    pointer = f"[json-pointer:{where}{at}{place}/type]"
                    return SlackRefusal(code, (f"[ERROR] unsupported type: {kind} {pointer}",))
        return None

    def check_files(self, blocks: Any) -> SlackRefusal | None:
        """Return what Slack refuses in the pictures of a well-formed message, if anything.

        Refused are a file it does not know, one still being checked, and one of a kind it does not show
        (python-slack-sdk #1658, java-slack-sdk #1349).
        """
        for index, block in enumerate(blocks or ()):
            if block["type"] == "image":
                file = self.state.files.get(block["slack_file"]["id"])
                if file is None or not file.is_picture(time.monotonic()):
                    where = f"/blocks/{index}/slack_file"
                    return SlackRefusal("invalid_blocks", (f"[ERROR] invalid slack file [json-pointer:{where}]",))
        return None

    def share(self, channel: Conversation, text: str, files: list[Json], thread_ts: str | None) -> StoredMessage:
        """Put files of the bot into a conversation, with or without words."""
        message = StoredMessage(
            ts=self.state.new_ts(),
            channel=channel.id,
            user=self.config.bot_user_id,
            text=text,
            files=files,
            thread_ts=thread_ts,
        )
        return self._put(channel, message)

    def change(
        self,
        channel: Conversation,
        message: StoredMessage,
        content: Json,
        *,
        longest_text: int,
        mark_edited: bool = True,
    ) -> None:
        """Give a message of the bot new words. Raises SlackError."""
        self._check(content, longest_text)
        before = message.to_json(self.config)
        self.state.change_message(message, **_words(content), mark_edited=mark_edited)
        self.busy()
        if message.ephemeral_to is None:
            self.echo(channel, self.change_event(channel, message, before))

    def change_event(self, channel: Conversation, message: StoredMessage, before: Json) -> Json:
        """Return the inner event of a message that was changed; `before` is what it was."""
        stamp = self.state.new_ts()
        return {
            "type": "message",
            "hidden": True,
            "channel": channel.id,
            "channel_type": channel.kind,
            "ts": stamp,
            "event_ts": stamp,
            "subtype": "message_changed",
            "message": message.to_json(self.config),
            "previous_message": before,
        }

    # -- who sees what -----------------------------------------------------------------------------------------

    def sees(self, user: User, channel_id: str) -> bool:
        """Return whether a person can see this conversation."""
        channel = self.state.channels.get(channel_id)
        if channel is None:
            return False
        return user.id in channel.members or (channel.kind == "channel" and not user.is_restricted)


def _words(content: Json) -> Json:
    """Return the text and blocks of a message as they are stored."""
    return {"text": content.get("text") or "", "blocks": list(content.get("blocks") or ())}
