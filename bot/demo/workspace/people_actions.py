"""Act as people in conversations: type commands, write, open the Home tab. Runs in the server's event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any, TypedDict, Unpack

from bot.demo.workspace import deliveries
from bot.demo.workspace.core import Core, SlackError
from bot.demo.workspace.methods_chat import answer_to
from bot.demo.workspace.seen import Answer, CannotDoError, SeenMessage, SeenView, see_message, see_messages, see_view
from bot.demo.workspace.sockets import Ack
from bot.demo.workspace.state import Conversation, Json, StoredMessage, User

_PAUSE = 0.003
"""How often something awaited is checked, in seconds."""
REPLY_TIMEOUT = 5.0


class Wait(TypedDict, total=False):
    """What to wait for once the bot has acknowledged: `replies` messages, then `settle` seconds of silence.

    `timeout` seconds bound both; without `settle` the workspace's own counts.
    """

    replies: int
    settle: float | None
    timeout: float


class PeopleActions:
    """Act as anybody in the workspace. Each method takes ids and returns once the bot has acknowledged."""

    def __init__(self, core: Core) -> None:
        self.core = core

    # -- looking -----------------------------------------------------------------------------------------------

    def person(self, user_id: str, *, active: bool = True) -> User:
        """Return the account of this id.

        Raises:
            CannotDoError: it is unknown or, where it must be active, closed.
        """
        user = self.core.state.users.get(user_id)
        if user is None:
            raise CannotDoError(f"there is no user {user_id}")
        if active and user.deleted:
            raise CannotDoError(f"{user.name} ({user_id}) has no account any more")
        return user

    def place(self, user: User, channel_id: str | None) -> Conversation:
        """Return a conversation, or for None the direct message with the bot.

        Raises:
            CannotDoError: the person is not in it.
        """
        if channel_id is None:
            return self.core.state.open_dm(user)[0]
        channel = self.core.state.find_channel(channel_id)
        if channel is None or user.id not in channel.members:
            raise CannotDoError(f"{user.name} is not in {channel_id}")
        return channel

    def seen(self, user_id: str, channel_id: str | None = None) -> list[SeenMessage]:
        """Return what a person sees in a conversation, oldest first, with ephemeral messages to them.

        Raises:
            CannotDoError: they cannot see it.
        """
        user = self.person(user_id, active=False)
        channel = self.core.state.open_dm(user)[0] if channel_id is None else self.core.state.find_channel(channel_id)
        if channel is None or not self.core.sees(user, channel.id):
            raise CannotDoError(f"{user.name} cannot see {channel_id}")
        there = self.core.state.messages.get(channel.id, ())
        return see_messages(self.core.state, (m for m in there if not m.deleted and m.ephemeral_to in (None, user.id)))

    def since(self, user_id: str, mark: int) -> tuple[SeenMessage, ...]:
        """Return the bot's messages this person could newly see, or saw change, after `mark`, in that order."""
        found = sorted(self._changed_since(user_id, mark), key=lambda message: message.seq)
        return tuple(see_messages(self.core.state, found))

    def _changed_since(self, user_id: str, mark: int) -> list[StoredMessage]:
        user = self.core.state.users[user_id]
        return [
            message
            for channel_id, messages in self.core.state.messages.items()
            if self.core.sees(user, channel_id)
            for message in messages
            if message.seq > mark and message.by_bot and not message.deleted and message.ephemeral_to in (None, user_id)
        ]

    # -- waiting -----------------------------------------------------------------------------------------------

    async def finish(
        self, user: User, mark: int, *, replies: int = 0, settle: float | None = None, timeout: float = REPLY_TIMEOUT
    ) -> tuple[SeenMessage, ...]:
        """Wait for `replies` messages, then for `settle` seconds of silence; `timeout` bounds both."""
        ends = time.monotonic() + timeout
        await _until(lambda: len(self._changed_since(user.id, mark)) >= replies, ends)
        quiet = self.core.config.settle if settle is None else settle
        acted = time.monotonic()

        def silent() -> bool:
            still = time.monotonic() - max(acted, self.core.last_activity)
            return still >= quiet and not self.core.state.in_flight

        if quiet:
            await _until(silent, ends)
        return self.since(user.id, mark)

    # -- commands ----------------------------------------------------------------------------------------------

    async def command(
        self,
        user_id: str,
        command: str,
        text: str,
        channel_id: str | None,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Type a slash command. An acknowledgement with words is a message to that person, held to Slack's limits."""
        core = self.core
        user = self.person(user_id)
        channel = self.place(user, channel_id)
        partner = user.team_id != core.config.team_id
        known = "commands" in core.config.scopes and command in core.config.commands
        mark = core.state.seq
        if not known or (partner and not core.config.partners_can):
            return Answer(error="not_a_command", delivered=False, mark=mark)
        delivery = deliveries.slash_command(core, user, channel, command, text)
        ack = await core.hub.deliver(delivery)
        if not ack.ok:
            return Answer(error=failure_code(ack), elapsed=ack.elapsed, delivered=False, mark=mark)
        error: str | None = None
        detail: tuple[str, ...] = ()
        if ack.payload is not None:
            try:
                message = answer_to(core, ack.payload, user.id, channel)
            except SlackError as refused:
                error, detail = refused.error, refused.messages
            else:
                key = str(delivery.payload["response_url"]).rpartition("/")[2]
                core.state.response_urls[key].message = message
        messages = await self.finish(user, mark, **wait)
        return Answer(messages, error, detail, ack.elapsed, mark=mark)

    # -- writing -----------------------------------------------------------------------------------------------

    async def say(
        self,
        user_id: str,
        text: str,
        channel_id: str | None,
        *,
        thread_ts: str | None,
        files: Sequence[str | Json],
        mention: bool,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Write a message, and send the bot those of its events that it is subscribed to."""
        core = self.core
        user = self.person(user_id)
        channel = self.place(user, channel_id)
        bot = f"<@{core.config.bot_user_id}>"
        if mention and bot not in text:
            text = f"{bot} {text}".strip()
        mark = core.state.seq
        message = core.state.add_message(
            StoredMessage(
                ts=core.state.new_ts(),
                channel=channel.id,
                user=user.id,
                text=text,
                by_bot=False,
                thread_ts=thread_ts,
                files=[_file(each, number, user) for number, each in enumerate(files)],
            )
        )
        event = deliveries.message_event(user, channel, message)
        acks = [await self._tell(each) for each in self._events_of(channel, event, bot in text)]
        messages = await self.finish(user, mark, **wait)
        return Answer(
            messages,
            elapsed=max((ack.elapsed for ack in acks), default=0.0),
            delivered=bool(acks) and all(ack.ok for ack in acks),
            said=see_message(core.state, message),
            mark=mark,
        )

    def _events_of(self, channel: Conversation, event: Json, mentioned: bool) -> list[Json]:
        """Return the events of a message; the bot gets none of channels it is not in."""
        core = self.core
        if not channel.bot_is_member:
            return []
        events = [event] if core.subscribed(core.message_event_name(channel)) else []
        if mentioned and channel.kind != "im" and core.subscribed("app_mention"):
            events.append(deliveries.mention_event(event))
        return events

    async def _tell(self, event: Json) -> Ack:
        return await self.core.deliver_event(self.core.event_delivery(event))

    # -- home -------------------------------------------------------------------------------------

    async def open_home(self, user_id: str, timeout: float) -> SeenView | None:
        """Open the Home tab, wait for the bot to publish it anew, and return it, if there is one."""
        core = self.core
        user = self.person(user_id)
        channel, _ = core.state.open_dm(user)
        mark = core.state.seq
        if core.subscribed("app_home_opened"):
            await self._tell(deliveries.home_opened(core, user, channel))
            published = core.state.homes.get
            await _until(
                lambda: (shown := published(user_id)) is not None and shown.seq > mark, time.monotonic() + timeout
            )
        home = core.state.homes.get(user_id)
        return see_view(core.state, home) if home else None


async def _until(true: Callable[[], bool], ends: float) -> None:
    """Wait until something is true, or to the end of the time, in seconds of the monotonic clock."""
    while not true() and time.monotonic() < ends:
        await asyncio.sleep(_PAUSE)


def failure_code(ack: Ack) -> str:
    """Return what Slack tells a person when the bot did not acknowledge."""
    return "operation_timeout" if ack.outcome == "timeout" else "dispatch_failed"


def _file(given: str | Json, number: int, user: User) -> Json:
    """Return a file object for a name, or one given as a whole."""
    if not isinstance(given, str):
        return dict(given)
    described: dict[str, Any] = {
        "id": f"F{number:03d}{user.id[1:]}",
        "name": given,
        "title": given,
        "mimetype": "application/octet-stream",
        "filetype": given.rpartition(".")[2],
        "user": user.id,
        "size": 1024,
        "mode": "hosted",
        "permalink": f"https://{user.team_id.lower()}.example.slack.com/files/{user.id}/F{number:03d}/{given}",
    }
    return described
