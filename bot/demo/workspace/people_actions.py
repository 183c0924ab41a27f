"""Act as people in conversations: type commands, write, open the Home tab."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Concatenate, ParamSpec, TypedDict, TypeVar, Unpack

from bot.demo.workspace import deliveries
from bot.demo.workspace.core import Core, SlackError
from bot.demo.workspace.methods_chat import answer_to
from bot.demo.workspace.methods_files import shared_file
from bot.demo.workspace.seen import Answer, CannotDoError, SeenMessage, SeenView, see_message, see_messages, see_view
from bot.demo.workspace.server import Server
from bot.demo.workspace.sockets import Ack
from bot.demo.workspace.state import Conversation, Json, StoredMessage, User
from bot.demo.workspace.typed_emoji import emoji_named

_PAUSE = 0.003
"""How often something awaited is checked, in seconds."""
REPLY_TIMEOUT = 20.0
ANSWER_WAIT = 2.0
"""Seconds that a command acknowledged without words is waited for: its answer comes by a call of the bot's."""


_Acting = TypeVar("_Acting", bound="PeopleActions")
_Given = ParamSpec("_Given")
_T = TypeVar("_T")
UserOrId = User | str
ConversationOrId = Conversation | str


def blocking(
    act: Callable[Concatenate[_Acting, _Given], Coroutine[Any, Any, _T]],
) -> Callable[Concatenate[_Acting, _Given], _T]:
    """Let an act run in the server's event loop, and its caller wait for what it returns."""

    @functools.wraps(act)
    def acted(self: _Acting, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _T:
        return self._server.wait(act(self, *args, **kwargs))

    return acted


class Wait(TypedDict, total=False):
    """What to wait for once the bot has acknowledged: `replies` messages, then `settle` seconds of silence.

    `timeout` seconds bound both; without `settle` the workspace's own counts.
    """

    replies: int
    settle: float | None
    timeout: float


def id_of(thing: User | Conversation | str) -> str:
    """Return the id of a person or channel given either way."""
    return thing if isinstance(thing, str) else thing.id


class PeopleActions:
    """Act as anybody in the workspace. Each act returns once the bot has acknowledged, or has failed to."""

    _core: Core
    _server: Server

    # -- looking -----------------------------------------------------------------------------------------------

    def _person(self, user: UserOrId, *, active: bool = True) -> User:
        """Return an account.

        Raises:
            CannotDoError: it is unknown or, where it must be active, closed.
        """
        user_id = id_of(user)
        found = self._core.state.users.get(user_id)
        if found is None:
            raise CannotDoError(f"there is no user {user_id}")
        if active and found.deleted:
            raise CannotDoError(f"{found.name} ({user_id}) has no account any more")
        return found

    def _conversation(self, user: User, channel: ConversationOrId | None) -> Conversation:
        """Return a conversation, or for None the direct message with the bot.

        Raises:
            CannotDoError: the person is not in it.
        """
        if channel is None:
            return self._core.state.open_dm(user)[0]
        found = self._core.state.find_channel(id_of(channel))
        if found is None or user.id not in found.members:
            raise CannotDoError(f"{user.name} is not in {id_of(channel)}")
        return found

    def _seen_in(self, user: User, channel_id: str | None) -> list[SeenMessage]:
        channel = self._core.state.open_dm(user)[0] if channel_id is None else self._core.state.find_channel(channel_id)
        if channel is None or not self._core.sees(user, channel.id):
            raise CannotDoError(f"{user.name} cannot see {channel_id}")
        there = self._core.state.messages.get(channel.id, ())
        return see_messages(self._core.state, (m for m in there if not m.deleted and m.ephemeral_to in (None, user.id)))

    def _since(self, user_id: str, mark: int) -> tuple[SeenMessage, ...]:
        found = sorted(self._changed_since(user_id, mark), key=lambda message: message.seq)
        return tuple(see_messages(self._core.state, found))

    def _changed_since(self, user_id: str, mark: int) -> list[StoredMessage]:
        user = self._core.state.users[user_id]
        return [
            message
            for channel_id, messages in self._core.state.messages.items()
            if self._core.sees(user, channel_id)
            for message in messages
            if message.seq > mark and message.by_bot and not message.deleted and message.ephemeral_to in (None, user_id)
        ]

    def _has_come(self, user_id: str, mark: int) -> bool:
        """Return whether somebody sees a message, or has a form before them, that was not there at the mark."""
        form = self._core.state.modals.get(user_id)
        return bool(self._changed_since(user_id, mark)) or (form is not None and form.seq > mark)

    # -- waiting -----------------------------------------------------------------------------------------------

    async def _finish(
        self, user: User, mark: int, *, replies: int = 0, settle: float | None = None, timeout: float = REPLY_TIMEOUT
    ) -> tuple[SeenMessage, ...]:
        """Wait for `replies` messages, then for `settle` seconds of silence; `timeout` bounds both."""
        ends = time.monotonic() + timeout
        await _until(lambda: len(self._changed_since(user.id, mark)) >= replies, ends)
        quiet = self._core.config.settle if settle is None else settle
        acted = time.monotonic()

        def silent() -> bool:
            still = time.monotonic() - max(acted, self._core.last_activity)
            return still >= quiet and not self._core.state.in_flight

        if quiet:
            await _until(silent, ends)
        return self._since(user.id, mark)

    # -- commands ----------------------------------------------------------------------------------------------

    @blocking
    async def command(
        self,
        user: UserOrId,
        command: str,
        text: str = "",
        channel: ConversationOrId | None = None,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Type a slash command in a channel, or in the direct message with the bot.

        An acknowledgement with words is a message to that person, held to Slack's limits.
        """
        core = self._core
        user = self._person(user)
        channel = self._conversation(user, channel)
        partner = user.is_partner(core.config)
        known = "commands" in core.config.scopes and command in core.config.commands
        mark = core.state.seq
        if not known or (partner and not core.config.partners_can):
            return Answer(error="not_a_command", delivered=False, mark=mark)
        delivery = deliveries.slash_command(core, user, channel, command, emoji_named(text))
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
        elif not wait:
            # An answer, or a form, comes by a call of the bot's.
            await _until(lambda: self._has_come(user.id, mark), time.monotonic() + ANSWER_WAIT)
        messages = await self._finish(user, mark, **wait)
        return Answer(messages, error, detail, ack.elapsed, mark=mark)

    # -- writing -----------------------------------------------------------------------------------------------

    @blocking
    async def say(
        self,
        user: UserOrId,
        text: str,
        channel: ConversationOrId | None = None,
        *,
        thread_ts: str | None = None,
        files: Sequence[Json | tuple[str, bytes]] = (),
        mention: bool = False,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Write in a channel or in the direct message with the bot; `mention` names the bot in front.

        `files`: file objects, or names and bytes.

        The bot is sent those events of it that it is subscribed to.
        """
        core = self._core
        user = self._person(user)
        channel = self._conversation(user, channel)
        bot = f"<@{core.config.bot_user_id}>"
        if mention and bot not in text:
            text = f"{bot} {text}".strip()
        text = emoji_named(text)
        mark = core.state.seq
        message = core.state.add_message(
            StoredMessage(
                ts=core.state.new_ts(),
                channel=channel.id,
                user=user.id,
                text=text,
                by_bot=False,
                thread_ts=thread_ts,
                files=[shared_file(core, *one, user.id) if isinstance(one, tuple) else one for one in files],
            )
        )
        event = deliveries.message_event(user, channel, message)
        acks = [await self._tell(each) for each in self._events_of(channel, event, bot in text)]
        messages = await self._finish(user, mark, **wait)
        return Answer(
            messages,
            elapsed=max((ack.elapsed for ack in acks), default=0.0),
            delivered=bool(acks) and all(ack.ok for ack in acks),
            said=see_message(core.state, message),
            mark=mark,
        )

    def _events_of(self, channel: Conversation, event: Json, mentioned: bool) -> list[Json]:
        """Return the events of a message; the bot gets none of channels it is not in."""
        core = self._core
        if not channel.bot_is_member:
            return []
        events = [event] if core.subscribed(core.message_event_name(channel)) else []
        if mentioned and channel.kind != "im" and core.subscribed("app_mention"):
            events.append(deliveries.mention_event(event))
        return events

    async def _tell(self, event: Json) -> Ack:
        return await self._core.deliver_event(self._core.event_delivery(event))

    # -- home -------------------------------------------------------------------------------------

    @blocking
    async def open_home(self, user: UserOrId, timeout: float = REPLY_TIMEOUT) -> SeenView | None:
        """Open the Home tab, wait for the bot to publish it anew, and return it, if there is one."""
        core = self._core
        user = self._person(user)
        channel, _ = core.state.open_dm(user)
        mark = core.state.seq
        if core.subscribed("app_home_opened"):
            await self._tell(deliveries.home_opened(core, user, channel))
            published = core.state.homes.get
            await _until(
                lambda: (shown := published(user.id)) is not None and shown.seq > mark, time.monotonic() + timeout
            )
        home = core.state.homes.get(user.id)
        return see_view(core.state, home) if home else None


async def _until(true: Callable[[], bool], ends: float) -> None:
    """Wait until something is true, or to the end of the time, in seconds of the monotonic clock."""
    while not true() and time.monotonic() < ends:
        await asyncio.sleep(_PAUSE)


def failure_code(ack: Ack) -> str:
    """Return what Slack tells a person when the bot did not acknowledge."""
    return "operation_timeout" if ack.outcome == "timeout" else "dispatch_failed"
