"""The control API: start a workspace, add people and channels, act as people, and look at what they see."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.demo.workspace.config import Config
from bot.demo.workspace.core import Core
from bot.demo.workspace.editing import EditActions
from bot.demo.workspace.people_actions import REPLY_TIMEOUT, ConversationOrId, UserOrId, id_of
from bot.demo.workspace.pressing import PressActions
from bot.demo.workspace.seen import SeenMessage, SeenView, see_messages, see_view
from bot.demo.workspace.server import Server
from bot.demo.workspace.state import ChannelKind, Conversation, StoredView, User

_T = TypeVar("_T")


class LocalWorkspace(PressActions, EditActions):
    """A small Slack on this machine. Safe to use from any thread; every wait is bounded.

    Give a `Config`, or its fields by name (`LocalWorkspace(rate=1.0, burst=1)`), or both; `port` 0 takes any free one;
    `routes` are served beside Slack's, and `middlewares` stand before all. What people do blocks until the bot has
    acknowledged or has failed to; then `replies=n` waits for that many messages, `settle=s` until the bot has been
    silent for s seconds, both for `timeout` seconds at most.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        port: int = 0,
        routes: Sequence[web.AbstractRouteDef] = (),
        middlewares: Sequence[Middleware] = (),
        **options: Any,
    ) -> None:
        self.config = replace(config or Config(), **options)
        self._core = Core(self.config)
        self._server = Server(self._core, port, routes, middlewares)

    # -- life --------------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Serve, on the same port again after a stop."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Stop serving, as Slack in an outage; `start` brings it back with all its data."""
        self._server.stop()

    def __enter__(self) -> Self:
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

    # -- looking and waiting --------------------------------------------------------------------------------

    def wait_until_connected(self, timeout: float = 10.0) -> None:
        """Wait for the bot to connect.

        Raises:
            TimeoutError: it did not.
        """
        self.wait_for(lambda: self._look(self._core.hub.usable), timeout, what="the bot to connect")

    def dm(self, user: UserOrId) -> list[SeenMessage]:
        """Return the direct message between a person and the bot, oldest first, ephemeral messages flagged."""
        return self.seen(user)

    def seen(self, user: UserOrId, channel: ConversationOrId | None = None) -> list[SeenMessage]:
        """Return what a person sees in a conversation, oldest first, with ephemeral messages to them.

        Raises:
            CannotDoError: they cannot see it.
        """
        place = None if channel is None else id_of(channel)
        return self._look(lambda: self._seen_in(self._person(user, active=False), place))

    def messages(self, channel: ConversationOrId) -> list[SeenMessage]:
        """Return everything said in a conversation that everybody there sees, oldest first."""

        def read() -> list[SeenMessage]:
            found = self._core.state.find_channel(id_of(channel))
            said = self._core.state.messages.get(found.id, []) if found else []
            return see_messages(self._core.state, (m for m in said if not m.deleted and not m.ephemeral_to))

        return self._look(read)

    def places(self, user: UserOrId) -> list[Conversation]:
        """Return the channels a person is in, by name, without the direct message with the bot."""

        def read() -> list[Conversation]:
            every = self._core.state.channels.values()
            return sorted((c for c in every if c.kind != "im" and id_of(user) in c.members), key=lambda c: c.name)

        return self._look(lambda: [replace(channel) for channel in read()])

    def mark(self) -> int:
        """Return the present position in the order of things, for `since`."""
        return self._look(lambda: self._core.state.seq)

    def since(self, user: UserOrId, mark: int) -> tuple[SeenMessage, ...]:
        """Return the bot's messages a person could newly see, or saw change, since a mark."""
        return self._look(lambda: self._since(id_of(user), mark))

    def view(self, user: UserOrId) -> SeenView | None:
        """Return the modal a person has in front."""
        return self._see(lambda: self._core.state.modals.get(id_of(user)))

    def home(self, user: UserOrId) -> SeenView | None:
        """Return the Home tab a person has, if the bot has published one."""
        return self._see(lambda: self._core.state.homes.get(id_of(user)))

    def _see(self, find: Callable[[], StoredView | None]) -> SeenView | None:
        def read() -> SeenView | None:
            found = find()
            return see_view(self._core.state, found) if found else None

        return self._look(read)

    def uploaded(self, file_id: str) -> tuple[str, bytes]:
        """Return the name and the bytes of a file the bot uploaded.

        Raises:
            LookupError: there is no such file.
        """
        found = self._look(lambda: self._core.state.files.get(file_id))
        if found is None or found.content is None:
            raise LookupError(f"there is no file {file_id}")
        return found.name, found.content

    def wait_for(
        self, predicate: Callable[[], _T | None], timeout: float = REPLY_TIMEOUT, *, what: str = "what was awaited"
    ) -> _T:
        """Poll until `predicate` returns something true, and return that.

        Raises:
            TimeoutError: it did not.
        """
        ends = time.monotonic() + timeout
        while True:
            found = predicate()
            if found:
                return found
            if time.monotonic() > ends:
                raise TimeoutError(f"waited {timeout} s for {what}")
            time.sleep(0.005)

    def _look(self, read: Callable[[], _T]) -> _T:
        return self._server.look(read)
