"""The part of the control API that looks at the workspace, waits, and disturbs the line to the bot."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from bot.demo.workspace.core import Core
from bot.demo.workspace.people import People
from bot.demo.workspace.seen import SeenMessage, SeenView, see_message, see_messages, see_view
from bot.demo.workspace.server import Server
from bot.demo.workspace.state import ApiCall, Channel, User
from bot.demo.workspace.views import front

T = TypeVar("T")
Person = User | str
Place = Channel | str
REPLY_TIMEOUT = 5.0


def id_of(thing: User | Channel | str) -> str:
    """The id of a person or channel given either way."""
    return thing if isinstance(thing, str) else thing.id


class Watching:
    """Looking, waiting and disturbing; `LocalWorkspace` adds life and what people do."""

    _core: Core
    _people: People
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
        """Deliver what was last delivered again; whether each was acknowledged."""
        return self._wait(self._people.redeliver_last(times))

    @property
    def connections(self) -> int:
        """How many Socket Mode connections the bot has open."""
        return self._look(lambda: self._core.hub.connections)

    def wait_until_connected(self, timeout: float = 10.0, *, connections: int = 1) -> None:
        """Wait for the bot to connect. Raises TimeoutError."""
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

    def dm(self, user: Person) -> list[SeenMessage]:
        """The direct message between a person and the bot, oldest first, ephemeral messages flagged."""
        return self.seen(user)

    def seen(self, user: Person, channel: Place | None = None) -> list[SeenMessage]:
        """What a person sees in a conversation, oldest first."""
        place = None if channel is None else id_of(channel)
        return self._look(lambda: self._people.seen(id_of(user), place))

    def messages(self, channel: Place) -> list[SeenMessage]:
        """Everything said in a conversation that everybody there sees, oldest first."""

        def read() -> list[SeenMessage]:
            found = self._core.state.find_channel(id_of(channel))
            said = self._core.state.messages.get(found.id, []) if found else []
            return see_messages(self._core.state, (m for m in said if not m.deleted and not m.ephemeral_to))

        return self._look(read)

    def now(self, message: SeenMessage) -> SeenMessage | None:
        """The same message as it stands now; None when it is gone."""

        def read() -> SeenMessage | None:
            found = self._core.state.find_message(message.channel, message.ts)
            return see_message(self._core.state, found) if found else None

        return self._look(read)

    def places(self, user: Person) -> list[Channel]:
        """The channels a person is in, by name; the direct message with the bot is not among them."""

        def read() -> list[Channel]:
            every = self._core.state.channels.values()
            return sorted((c for c in every if c.kind != "im" and id_of(user) in c.members), key=lambda c: c.name)

        return self._look(lambda: [replace(channel) for channel in read()])

    def mark(self) -> int:
        """A place in the order of things, for `since`."""
        return self._look(lambda: self._core.state.seq)

    def since(self, user: Person, mark: int) -> tuple[SeenMessage, ...]:
        """The bot's messages a person could newly see, or saw change, since a mark."""
        return self._look(lambda: self._people.since(id_of(user), mark))

    def view(self, user: Person) -> SeenView | None:
        """The modal a person has in front."""

        def read() -> SeenView | None:
            found = front(self._core, id_of(user))
            return see_view(self._core.state, found) if found else None

        return self._look(read)

    def home(self, user: Person) -> SeenView | None:
        """The Home tab a person has, if the bot has published one."""

        def read() -> SeenView | None:
            found = self._core.state.homes.get(id_of(user))
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
        """The calls of one method."""
        return tuple(call for call in self.calls if call.method == method)

    def forget_calls(self) -> None:
        """Empty the log of calls."""
        self._look(self._core.state.calls.clear)

    def file(self, name: str) -> bytes:
        """What the bot last uploaded under this name. Raises LookupError."""

        def read() -> bytes | None:
            found = [f for f in self._core.state.files.values() if f.name == name]
            return found[-1].content if found else None

        content = self._look(read)
        if content is None:
            raise LookupError(f"no file {name} has been uploaded")
        return content

    def uploaded(self, file_id: str) -> tuple[str, bytes]:
        """The name and the bytes of a file the bot uploaded. Raises LookupError."""
        found = self._look(lambda: self._core.state.files.get(file_id))
        if found is None or found.content is None:
            raise LookupError(f"there is no file {file_id}")
        return found.name, found.content

    def wait_for_view(
        self,
        user: Person,
        until: Callable[[SeenView], bool] = lambda view: True,
        timeout: float = REPLY_TIMEOUT,
    ) -> SeenView:
        """Wait until a person has a modal in front, one of which `until` holds, and return it. Raises TimeoutError."""

        def there() -> SeenView | None:
            view = self.view(user)
            return view if view is not None and until(view) else None

        found = self.wait_for(there, timeout, what="the form to open")
        if found is None:
            raise TimeoutError("no form opened")
        return found

    def wait_for(
        self, predicate: Callable[[], T], timeout: float = REPLY_TIMEOUT, *, what: str = "what was awaited"
    ) -> T:
        """Look again and again until `predicate` returns something true, and return that. Raises TimeoutError."""
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

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return self._server.wait(work)

    def _look(self, read: Callable[[], T]) -> T:
        return self._server.look(read)
