"""The part of the control API that looks at the workspace, waits, and disturbs the line to the bot."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from bot.demo.workspace.core import Core
from bot.demo.workspace.people_actions import REPLY_TIMEOUT, PeopleActions
from bot.demo.workspace.seen import SeenMessage, SeenView, see_message, see_messages, see_view
from bot.demo.workspace.server import Server
from bot.demo.workspace.state import ApiCall, Conversation, StoredView, User

_T = TypeVar("_T")
UserOrId = User | str
ConversationOrId = Conversation | str


def id_of(thing: User | Conversation | str) -> str:
    """Return the id of a person or channel given either way."""
    return thing if isinstance(thing, str) else thing.id


class Watching:
    """Look, wait and disturb; `LocalWorkspace` adds starting, stopping and what people do."""

    _core: Core
    _people: PeopleActions
    _server: Server

    # -- delivery ----------------------------------------------------------------------------------------------

    @property
    def deliver_times(self) -> int:
        """How often each event, button and form is delivered, with the same ids (a command is never repeated)."""
        return self._core.deliver_times

    @deliver_times.setter
    def deliver_times(self, times: int) -> None:
        self._core.deliver_times = times

    def redeliver_last(self, times: int = 1) -> list[bool]:
        """Deliver the last delivery again; return whether each was acknowledged."""
        return self._wait(self._people.redeliver_last(times))

    @property
    def connections(self) -> int:
        """How many Socket Mode connections the bot has open."""
        return self._look(lambda: self._core.hub.connections)

    def wait_until_connected(self, timeout: float = 10.0, *, connections: int = 1) -> None:
        """Wait for the bot to connect.

        Raises:
            TimeoutError: it did not.
        """
        self.wait_for(lambda: self.connections >= connections, timeout, what="the bot to connect")

    def send_disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to be replaced (`warning`, `refresh_requested`, `link_disabled`)."""
        self._wait(self._core.hub.send_disconnect(reason))

    def close_sockets(self) -> None:
        """Close every connection from Slack's end."""
        self._wait(self._core.hub.close_all())

    def go_deaf(self) -> None:
        """Let the connections there are now look alive and carry nothing: no events, no pings, no pongs."""
        self._look(lambda: self._core.hub.set_deaf(True))

    def hear_again(self) -> None:
        """Let those connections carry again."""
        self._look(lambda: self._core.hub.set_deaf(False))

    # -- looking -----------------------------------------------------------------------------------------------

    def dm(self, user: UserOrId) -> list[SeenMessage]:
        """Return the direct message between a person and the bot, oldest first, ephemeral messages flagged."""
        return self.seen(user)

    def seen(self, user: UserOrId, channel: ConversationOrId | None = None) -> list[SeenMessage]:
        """Return what a person sees in a conversation, oldest first."""
        place = None if channel is None else id_of(channel)
        return self._look(lambda: self._people.seen(id_of(user), place))

    def messages(self, channel: ConversationOrId) -> list[SeenMessage]:
        """Return everything said in a conversation that everybody there sees, oldest first."""

        def read() -> list[SeenMessage]:
            found = self._core.state.find_channel(id_of(channel))
            said = self._core.state.messages.get(found.id, []) if found else []
            return see_messages(self._core.state, (m for m in said if not m.deleted and not m.ephemeral_to))

        return self._look(read)

    def now(self, message: SeenMessage) -> SeenMessage | None:
        """Return the same message as it stands now; None when it is gone."""

        def read() -> SeenMessage | None:
            found = self._core.state.find_message(message.channel, message.ts)
            return see_message(self._core.state, found) if found else None

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
        return self._look(lambda: self._people.since(id_of(user), mark))

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

    @property
    def calls(self) -> tuple[ApiCall, ...]:
        """Every call of the bot so far, `response_url` ones among them, as they stand now."""
        return self._look(lambda: tuple(replace(call) for call in self._core.state.calls))

    @property
    def late_acks(self) -> int:
        """How many acknowledgements came after their time."""
        return self._look(lambda: self._core.hub.late_acks)

    def calls_of(self, method: str) -> tuple[ApiCall, ...]:
        """Return the calls of one method."""
        return tuple(call for call in self.calls if call.method == method)

    def forget_calls(self) -> None:
        """Empty the log of calls."""
        self._look(self._core.state.calls.clear)

    def file(self, name: str) -> bytes:
        """Return what the bot last uploaded under this name.

        Raises:
            LookupError: there is no such file.
        """

        def read() -> bytes | None:
            found = [f for f in self._core.state.files.values() if f.name == name]
            return found[-1].content if found else None

        content = self._look(read)
        if content is None:
            raise LookupError(f"no file {name} has been uploaded")
        return content

    def uploaded(self, file_id: str) -> tuple[str, bytes]:
        """Return the name and the bytes of a file the bot uploaded.

        Raises:
            LookupError: there is no such file.
        """
        found = self._look(lambda: self._core.state.files.get(file_id))
        if found is None or found.content is None:
            raise LookupError(f"there is no file {file_id}")
        return found.name, found.content

    def wait_for_view(
        self,
        user: UserOrId,
        until: Callable[[SeenView], bool] = lambda view: True,
        timeout: float = REPLY_TIMEOUT,
    ) -> SeenView:
        """Wait until a person has a modal in front for which `until` holds, and return it.

        Raises:
            TimeoutError: none opened.
        """

        def there() -> SeenView | None:
            view = self.view(user)
            return view if view is not None and until(view) else None

        return self.wait_for(there, timeout, what="the form to open")

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

    def settle(self, quiet: float = 0.1, timeout: float = REPLY_TIMEOUT) -> None:
        """Wait until the bot has been silent for `quiet` seconds, `timeout` at most."""
        began = time.monotonic()

        def silent() -> bool:
            core = self._core
            return not core.state.in_flight and time.monotonic() - max(began, core.last_activity) >= quiet

        self.wait_for(lambda: self._look(silent), timeout, what="the bot to fall silent")

    # -- inside ------------------------------------------------------------------------------------------------

    def _wait(self, work: Coroutine[Any, Any, _T]) -> _T:
        return self._server.wait(work)

    def _look(self, read: Callable[[], _T]) -> _T:
        return self._server.look(read)
