"""The local workspace with what only tests need: calls that go wrong, lines that break, accounts that change."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.demo import workspace
from bot.demo.workspace import Answer, Config, SeenMessage, SeenView
from bot.demo.workspace.people_actions import REPLY_TIMEOUT, ConversationOrId, UserOrId, id_of
from bot.demo.workspace.seen import see_message
from bot.demo.workspace.sockets import Ack, Delivery, EnvelopeKind
from bot.demo.workspace.state import Conversation, Json, User
from tests.local_slack.faults import ApiCall, CallLog, Faults
from tests.local_slack.hub import DisturbedHub


class LocalWorkspace(workspace.LocalWorkspace):
    """A local workspace whose line to the bot can be disturbed.

    `disconnect_grace` is how long an old connection stays after its `disconnect`, in seconds.
    """

    def __init__(self, config: Config | None = None, *, disconnect_grace: float = 10.0, **options: Any) -> None:
        self.log = CallLog()
        super().__init__(config, middlewares=[self.log.middleware], **options)
        self.hub = DisturbedHub(self.config, disconnect_grace)
        self._core.hub = self.hub
        self.log.core = self._core
        self.event_team = ""
        """The team that messages name as their writer's, where it is not their home."""

    # -- the bot's calls ---------------------------------------------------------------------------------------

    @property
    def faults(self) -> Faults:
        """The planned faults: `ws.faults.add("chat.postMessage", Fault.dropped_applied(), times=2)`."""
        return self.log.faults

    @property
    def calls(self) -> tuple[ApiCall, ...]:
        """Every call of the bot so far, `response_url` ones among them, as they stand now."""
        return self._look(lambda: tuple(replace(call) for call in self.log.calls))

    def calls_of(self, method: str) -> tuple[ApiCall, ...]:
        """The calls of one method."""
        return tuple(call for call in self.calls if call.method == method)

    def forget_calls(self) -> None:
        """Empties the log of calls."""
        self._look(self.log.calls.clear)

    def refuse_blocks(self, *kinds: str) -> None:
        """Takes no block or element of these kinds from now on, and all others."""
        self._look(lambda: setattr(self._core, "refused_kinds", frozenset(kinds)))

    def close_channel(self, channel: str, *, archived: bool = False, left: bool = False) -> None:
        """Archives a channel, or takes the bot out of it; neither: opens it again."""

        def close() -> None:
            found = self._core.state.channels[channel]
            found.archived, found.bot_is_member = archived, not left

        self._look(close)

    # -- the line to the bot -----------------------------------------------------------------------------------

    @property
    def deliver_times(self) -> int:
        """How often each event, button and form is delivered, with the same ids (a command is never repeated)."""
        return self.hub.times

    @deliver_times.setter
    def deliver_times(self, times: int) -> None:
        self.hub.times = times

    def redeliver_last(self, times: int = 1) -> list[bool]:
        """Delivers the last delivery again; whether each was acknowledged."""
        return self._server.wait(self.hub.redeliver_last(times))

    @property
    def connections(self) -> int:
        """How many Socket Mode connections the bot has open that are not being replaced."""
        return len(self._look(self.hub.staying))

    @property
    def late_acks(self) -> int:
        """How many acknowledgements came after their time."""
        return self._look(lambda: self.hub.late_acks)

    def wait_until_connected(self, timeout: float = 10.0, *, connections: int = 1) -> None:
        """Waits for the bot to have so many connections, and none that it is about to close."""
        self.wait_for(lambda: self.connections == connections, timeout, what="the bot to connect")

    def send_disconnect(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to be replaced (`warning`, `refresh_requested`, `link_disabled`)."""
        self._server.wait(self.hub.send_disconnect(reason))

    def close_sockets(self) -> None:
        """Closes every connection from Slack's end."""
        self._server.wait(self.hub.close_all())

    def go_deaf(self) -> None:
        """Lets the connections there are now look alive and carry nothing: no events, no pings, no pongs."""
        self._look(lambda: self.hub.set_deaf(True))

    def hear_again(self) -> None:
        """Lets those connections carry again."""
        self._look(lambda: self.hub.set_deaf(False))

    # -- looking and waiting -----------------------------------------------------------------------------------

    def now(self, message: SeenMessage) -> SeenMessage | None:
        """The same message as it stands now; None when it is gone."""

        def read() -> SeenMessage | None:
            found = self._core.state.find_message(message.channel, message.ts)
            return see_message(self._core.state, found) if found else None

        return self._look(read)

    def file(self, name: str) -> bytes:
        """What the bot last uploaded under this name."""
        found = self._look(lambda: [one for one in self._core.state.files.values() if one.name == name])
        return self.uploaded(found[-1].id)[1]

    def wait_for_view(
        self, user: UserOrId, until: Callable[[SeenView], bool] = lambda view: True, timeout: float = REPLY_TIMEOUT
    ) -> SeenView:
        """The modal that a person has in front, once there is one for which `until` holds."""

        def there() -> SeenView | None:
            view = self.view(user)
            return view if view is not None and until(view) else None

        return self.wait_for(there, timeout, what="the form to open")

    def settle(self, quiet: float = 0.1, timeout: float = REPLY_TIMEOUT) -> None:
        """Waits until the bot has been silent for `quiet` seconds, `timeout` at most."""
        began = time.monotonic()

        def silent() -> bool:
            core = self._core
            return not core.state.in_flight and time.monotonic() - max(began, core.last_activity) >= quiet

        self.wait_for(lambda: self._look(silent), timeout, what="the bot to fall silent")

    # -- accounts and places -----------------------------------------------------------------------------------

    def join(self, channel: ConversationOrId, *people: UserOrId) -> None:
        """Puts people (or the bot, by its user id) into a channel."""

        def change() -> None:
            found = self._core.state.channels[id_of(channel)]
            for person in map(id_of, people):
                if person == self.config.bot_user_id:
                    found.bot_is_member = True
                elif person not in found.members:
                    found.members.append(person)

        self._look(change)

    def leave(self, channel: ConversationOrId, *people: UserOrId) -> None:
        """Takes people (or the bot, by its user id) out of a channel."""

        def change() -> None:
            found = self._core.state.channels[id_of(channel)]
            gone = set(map(id_of, people))
            found.bot_is_member &= self.config.bot_user_id not in gone
            found.members[:] = [one for one in found.members if one not in gone]

        self._look(change)

    def reload(self, user: UserOrId) -> None:
        """Somebody opens Slack anew: what only they could see is gone.

        https://docs.slack.dev/reference/methods/chat.postEphemeral
        """

        def gone() -> None:
            for message in itertools.chain.from_iterable(self._core.state.messages.values()):
                message.deleted |= message.ephemeral_to == id_of(user)

        self._look(gone)

    def change_user(self, user: UserOrId, **changes: Any) -> bool:
        """Changes an account's fields; the bot gets a user_change event. Whether it acknowledged."""
        return self._server.wait(self._changed_user(id_of(user), changes))

    def deactivate(self, user: UserOrId) -> bool:
        """Closes an account; the bot gets a user_change event. Whether it acknowledged."""
        return self.change_user(user, deleted=True)

    def join_workspace(self, user_id: str, name: str, **about: Any) -> bool:
        """Somebody joins while the bot runs; the bot gets a team_join event. Whether it acknowledged."""
        user = self.add_user(user_id, name, **about)

        async def told() -> bool:
            core = self._core
            shown = user.to_json(with_email="users:read.email" in core.config.scopes)
            event = {"type": "team_join", "user": shown, "cache_ts": user.updated, "event_ts": core.state.new_ts()}
            return not core.subscribed("team_join") or (await core.deliver_event(core.event_delivery(event))).ok

        return self._server.wait(told())

    async def _changed_user(self, user_id: str, changes: Json) -> bool:
        core = self._core
        user = self._person(user_id, active=False)
        vars(user).update(vars(replace(user, **changes, updated=int(core.config.now().timestamp()))))
        if user.deleted:
            core.state.modals.pop(user.id, None)
        stamp = core.state.new_ts()
        shown = user.to_json(with_email="users:read.email" in core.config.scopes)
        event = {"type": "user_change", "user": shown, "cache_ts": int(float(stamp)), "event_ts": stamp}
        return not core.subscribed("user_change") or (await core.deliver_event(core.event_delivery(event))).ok

    def send_event(self, event: Json, **envelope: Any) -> bool:
        """Sends the bot an event, whatever it is, with what is named of its envelope; whether it acknowledged."""

        async def sent() -> bool:
            delivery = self._core.event_delivery(event)
            return (await self._core.hub.deliver(replace(delivery, payload=delivery.payload | envelope))).ok

        return self._server.wait(sent())

    def send_payload(self, kind: EnvelopeKind, payload: Json) -> Ack:
        """Sends the bot an envelope of any kind with any payload; how it was acknowledged."""
        return self._server.wait(self._core.hub.deliver(Delivery(kind, payload, accepts_payload=True)))

    def response_url(self, user: UserOrId) -> str:
        """An address that answers in somebody's direct conversation."""

        def make() -> str:
            state = self._core.state
            person = self._person(user)
            key = state.new_response_url(person, state.open_dm(person)[0], None)
            return f"{self._core.base_url}/response/{self.config.team_id}/{key}"

        return self._look(make)

    def _events_of(self, channel: Conversation, event: Json, mentioned: bool) -> list[Json]:
        named = {"team": self.event_team, "user_team": self.event_team} if self.event_team else {}
        return super()._events_of(channel, event | named, mentioned)

    # -- what people write -----------------------------------------------------------------------------------

    def say(
        self,
        user: UserOrId,
        text: str,
        channel: ConversationOrId | None = None,
        *,
        files: Sequence[str | Json | tuple[str, bytes]] = (),
        **rest: Any,
    ) -> Answer:
        """Writes to the bot, with files that are given by name or as a whole."""
        writer = self._person(user)
        given = [_file(one, number, writer) if isinstance(one, str) else one for number, one in enumerate(files)]
        return super().say(user, text, channel, files=given, **rest)


def _file(name: str, number: int, user: User) -> Json:
    """The file object of a file that somebody sends."""
    return {
        "id": f"F{number:03d}{user.id[1:]}",
        "name": name,
        "title": name,
        "mimetype": "application/octet-stream",
        "filetype": name.rpartition(".")[2],
        "user": user.id,
        "size": 1024,
        "mode": "hosted",
        "permalink": f"https://{user.team_id.lower()}.example.slack.com/files/{user.id}/F{number:03d}/{name}",
    }
