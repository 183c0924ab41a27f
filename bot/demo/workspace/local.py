"""The control API: start a workspace, add people and channels, act as people, and look at what they see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Unpack

from aiohttp import web

from bot.demo.workspace.config import Config
from bot.demo.workspace.core import Core
from bot.demo.workspace.faults import Faults
from bot.demo.workspace.people_actions import REPLY_TIMEOUT, PeopleActions, Wait
from bot.demo.workspace.pressing import PressActions, PressTarget, WantedElement
from bot.demo.workspace.seen import Answer, SeenMessage, SeenView, SubmitResult
from bot.demo.workspace.server import Server
from bot.demo.workspace.state import ChannelKind, Conversation, Json, User
from bot.demo.workspace.watching import ConversationOrId, UserOrId, Watching, id_of


class LocalWorkspace(Watching):
    """A small Slack on this machine. Safe to use from any thread; every wait is bounded.

    Give a `Config`, or its fields by name (`LocalWorkspace(rate=1.0, burst=1)`), or both; `port` 0 takes any free one;
    `routes` are served beside Slack's. What people do blocks until the bot has acknowledged or has failed to; then
    `replies=n` waits for that many messages, `settle=s` until the bot has been silent for s seconds, both for
    `timeout` seconds at most.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        port: int = 0,
        routes: Sequence[web.AbstractRouteDef] = (),
        **options: Any,
    ) -> None:
        self.config = replace(config or Config(), **options)
        self._core = Core(self.config)
        self._people = PeopleActions(self._core)
        self._pressing = PressActions(self._core, self._people)
        self._server = Server(self._core, self._people, self._pressing, port, routes)

    # -- life --------------------------------------------------------------------------------------------------

    def start(self) -> LocalWorkspace:
        """Serve, on the same port again after a stop."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Stop serving, as Slack in an outage; `start` brings it back with all its data."""
        self._server.stop()

    def __enter__(self) -> LocalWorkspace:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        """`http://127.0.0.1:PORT`, known once started."""
        return self._core.base_url

    @property
    def api_url(self) -> str:
        """The `base_url` to give a WebClient."""
        return f"{self._core.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token."""
        return self.config.bot_token

    @property
    def app_token(self) -> str:
        """The app's token, for Socket Mode."""
        return self.config.app_token

    @property
    def faults(self) -> Faults:
        """The planned faults: `ws.faults.add("chat.postMessage", Fault.dropped_applied(), times=2)`."""
        return self._core.faults

    # -- people and places -------------------------------------------------------------------------------------

    def add_user(self, user_id: str, name: str, **about: Any) -> User:
        """Add an account; `about` names other fields of `User`.

        A `team_id` other than the workspace's makes a member of a partner organisation.
        """
        usual = {
            "team_id": self.config.team_id,
            "handle": name.lower().replace(" ", "."),
            "updated": int(self.config.now().timestamp()),
        }
        user = User(user_id, name, **{**usual, **about})
        self._look(lambda: self._core.state.users.update({user.id: user}))
        return user

    def add_channel(
        self,
        channel_id: str,
        name: str,
        *,
        members: Sequence[UserOrId] = (),
        bot_is_member: bool = True,
        private: bool = False,
        archived: bool = False,
    ) -> Conversation:
        """Add a channel with these members."""
        kind: ChannelKind = "group" if private else "channel"
        created = int(self.config.now().timestamp())
        channel = Conversation(
            channel_id, name, kind, [id_of(m) for m in members], bot_is_member, None, archived, created
        )
        self._look(lambda: self._core.state.channels.update({channel.id: channel}))
        return channel

    def join(self, channel: ConversationOrId, *people: UserOrId) -> None:
        """Put people (or the bot, by its user id) into a channel."""
        self._member(channel, people, joins=True)

    def leave(self, channel: ConversationOrId, *people: UserOrId) -> None:
        """Take people (or the bot, by its user id) out of a channel."""
        self._member(channel, people, joins=False)

    def _member(self, channel: ConversationOrId, people: Sequence[UserOrId], *, joins: bool) -> None:
        def change() -> None:
            found = self._core.state.channels[id_of(channel)]
            for person in map(id_of, people):
                if person == self.config.bot_user_id:
                    found.bot_is_member = joins
                elif joins and person not in found.members:
                    found.members.append(person)
                elif not joins and person in found.members:
                    found.members.remove(person)

        self._look(change)

    def change_user(self, user: UserOrId, **changes: Any) -> bool:
        """Change an account's fields; the bot gets a user_change event. Returns whether it acknowledged."""
        return self._wait(self._people.change_user(id_of(user), changes))

    def deactivate(self, user: UserOrId) -> bool:
        """Close an account; the bot gets a user_change event. Returns whether it acknowledged."""
        return self.change_user(user, deleted=True)

    # -- what people do ----------------------------------------------------------------------------------------

    def command(
        self,
        user: UserOrId,
        command: str,
        text: str = "",
        channel: ConversationOrId | None = None,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Type a slash command in a channel, or in the direct message with the bot."""
        place = None if channel is None else id_of(channel)
        return self._wait(self._people.command(id_of(user), command, text, place, **wait))

    def press(
        self,
        user: UserOrId,
        target: PressTarget,
        *,
        action_id: str | None = None,
        value: str | None = None,
        block_id: str | None = None,
        text: str | None = None,
        stale: bool = False,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Press a button in a message, a modal or the Home tab.

        Any of action_id, value, block_id and the visible text choose it. It must still be there now; `stale` presses it
        as
        it was when `target` was looked at.

        Raises:
            CannotDoError: unless just one button fits.
        """
        wanted = WantedElement(action_id, value, block_id, text)
        return self._wait(self._pressing.press(id_of(user), target, wanted, stale=stale, **wait))

    def choose(
        self,
        user: UserOrId,
        target: PressTarget,
        value: Any,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Choose in a menu, tick boxes or pick a date, in a message, a modal or the Home tab.

        `value` is as in `form_state.state_for`: an option's value or words, a list of them, a date.
        """
        wanted = WantedElement(action_id, None, block_id)
        return self._wait(self._pressing.choose(id_of(user), target, wanted, value, **wait))

    def shortcut(
        self,
        user: UserOrId,
        message: SeenMessage,
        callback_id: str,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Take a message shortcut of the app on a message, by the shortcut's callback id."""
        return self._wait(self._pressing.shortcut(id_of(user), message, callback_id, **wait))

    def suggest(
        self,
        user: UserOrId,
        target: PressTarget,
        typed: str,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
    ) -> list[Json]:
        """Type into a menu whose options come from the bot; return the options it offers."""
        wanted = WantedElement(action_id, None, block_id)
        return self._wait(self._pressing.suggest(id_of(user), target, wanted, typed))

    def fill(self, user: UserOrId, view: SeenView, values: Mapping[str, Any]) -> SeenView:
        """Fill in parts of a form without sending it."""
        return self._wait(self._pressing.fill(id_of(user), view, values))

    def submit(
        self,
        user: UserOrId,
        view: SeenView,
        values: Mapping[str, Any] | None = None,
        **wait: Unpack[Wait],
    ) -> SubmitResult:
        """Fill in a form (by action_id or block_id, over what stands there) and send it."""
        return self._wait(self._pressing.submit(id_of(user), view, values or {}, **wait))

    def close_view(self, user: UserOrId, view: SeenView) -> None:
        """Close a form."""
        self._wait(self._pressing.close_view(id_of(user), view))

    def say(
        self,
        user: UserOrId,
        text: str,
        channel: ConversationOrId | None = None,
        *,
        thread_ts: str | None = None,
        files: Sequence[str | Json] = (),
        mention: bool = False,
        **wait: Unpack[Wait],
    ) -> Answer:
        """Write in a channel or in the direct message with the bot; `mention` names the bot in front."""
        place = None if channel is None else id_of(channel)
        return self._wait(
            self._people.say(
                id_of(user),
                text,
                place,
                thread_ts=thread_ts,
                files=files,
                mention=mention,
                **wait,
            )
        )

    def edit(self, user: UserOrId, message: SeenMessage, text: str) -> bool:
        """Change one's own message."""
        return self._wait(self._people.edit(id_of(user), message.channel, message.ts, text))

    def take_back(self, user: UserOrId, message: SeenMessage) -> bool:
        """Delete one's own message."""
        return self._wait(self._people.take_back(id_of(user), message.channel, message.ts))

    def open_home(self, user: UserOrId, timeout: float = REPLY_TIMEOUT) -> SeenView | None:
        """Open the Home tab, wait for the bot to publish it, and return it."""
        return self._wait(self._people.open_home(id_of(user), timeout))
