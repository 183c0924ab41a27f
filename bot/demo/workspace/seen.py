"""What a person sees, as frozen copies: messages, views, and the outcome of what they did."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.demo.workspace import plain
from bot.demo.workspace.state import Json, State, StoredMessage, StoredView, pairs_of


class SeenButton(NamedTuple):
    """One button: its words, its action_id and its value."""

    text: str
    action_id: str
    value: str | None


class _Seen:
    """What messages and views have in common: blocks with something to press or choose."""

    blocks: tuple[Json, ...]

    def buttons(self) -> list[SeenButton]:
        """Return its buttons, in order."""
        return [
            SeenButton(e.get("text", {}).get("text", ""), e["action_id"], e.get("value"))
            for _, e in pairs_of(self.blocks)
            if e.get("type") == "button"
        ]

    def elements(self) -> list[Json]:
        """Return everything in it that can be pressed, chosen or filled in, in order."""
        return [copy.deepcopy(e) for _, e in pairs_of(self.blocks)]


@dataclass(frozen=True)
class SeenMessage(_Seen):
    """One message as it stood when it was looked at; `ephemeral_to` is the one person who sees it."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    from_bot: bool = True
    ephemeral_to: str | None = None
    thread_ts: str | None = None
    metadata: Json | None = None
    files: tuple[Json, ...] = ()
    edited: bool = False
    seq: int = 0
    names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.ephemeral_to is not None

    def plain(self, width: int = 100) -> str:
        """Return what a person reads, as lines for a terminal."""
        return plain.message_text(self.text, self.blocks, self.files, names=self.names, width=width)


@dataclass(frozen=True)
class SeenView(_Seen):
    """One modal or Home tab as it stood when it was looked at."""

    id: str
    kind: str
    title: str
    submit: str | None
    close: str | None
    blocks: tuple[Json, ...]
    typed: Json
    user: str
    seq: int
    names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def plain(self, width: int = 100) -> str:
        """Return what a person reads, as lines for a terminal."""
        return plain.view_text(
            self.title, self.blocks, submit=self.submit, close=self.close, names=self.names, width=width
        )


@dataclass(frozen=True)
class Answer:
    """The outcome of something a person did.

    `messages` are those of the bot that this person could newly see, or saw change, from the moment they acted until
    the call returned; `error` is what Slack shows when it goes wrong (`operation_timeout`, `dispatch_failed`, an
    error code of a refused answer) and `detail` says where; `elapsed` is the seconds to the acknowledgement; `said`
    is the person's own message, where they wrote one; `mark` can be given to `LocalWorkspace.since` later.
    """

    messages: tuple[SeenMessage, ...] = ()
    error: str | None = None
    detail: tuple[str, ...] = ()
    elapsed: float = 0.0
    delivered: bool = True
    said: SeenMessage | None = None
    mark: int = 0

    @property
    def message(self) -> SeenMessage:
        """The only message.

        Raises:
            LookupError: there is none, or more than one.
        """
        if len(self.messages) != 1:
            raise LookupError(f"{len(self.messages)} messages instead of one (error: {self.error})")
        return self.messages[0]


@dataclass(frozen=True)
class SubmitResult:
    """The outcome of sending a form: errors by block_id, and the view then in front (None when all are closed)."""

    errors: dict[str, str] = field(default_factory=dict)
    view_after: SeenView | None = None
    closed: bool = False
    error: str | None = None
    detail: tuple[str, ...] = ()
    messages: tuple[SeenMessage, ...] = ()
    elapsed: float = 0.0
    mark: int = 0

    @property
    def ok(self) -> bool:
        """Whether it was taken."""
        return not self.errors and self.error is None


class CannotDoError(Exception):
    """A person cannot do this: there is no such button, they are not a member, their account is closed."""


def display_names(state: State) -> dict[str, str]:
    """Return the names of people and channels by id, for reading mentions."""
    people = {user.id: user.name for user in state.users.values()}
    return people | {c.id: c.name for c in state.channels.values() if c.kind != "im"}


def see_messages(state: State, messages: Iterable[StoredMessage]) -> list[SeenMessage]:
    """Return frozen copies of messages."""
    names = display_names(state)
    return [_see(message, names) for message in messages]


def see_message(state: State, message: StoredMessage) -> SeenMessage:
    """Return a frozen copy of a message."""
    return _see(message, display_names(state))


def _see(message: StoredMessage, names: Mapping[str, str]) -> SeenMessage:
    return SeenMessage(
        ts=message.ts,
        channel=message.channel,
        user=message.user,
        text=message.text,
        blocks=tuple(copy.deepcopy(message.blocks)),
        from_bot=message.by_bot,
        ephemeral_to=message.ephemeral_to,
        thread_ts=message.thread_ts,
        metadata=copy.deepcopy(message.metadata),
        files=tuple(copy.deepcopy(message.files)),
        edited=message.changed,
        seq=message.seq,
        names=names,
    )


def _words(part: Any) -> str | None:
    return str(part.get("text", "")) if isinstance(part, dict) else None


def see_view(state: State, view: StoredView) -> SeenView:
    """Return a frozen copy of a view."""
    return SeenView(
        id=view.id,
        kind=str(view.spec.get("type")),
        title=_words(view.spec.get("title")) or "",
        submit=_words(view.spec.get("submit")),
        close=_words(view.spec.get("close")),
        blocks=tuple(copy.deepcopy(view.blocks)),
        typed=copy.deepcopy(view.typed),
        user=view.user,
        seq=view.seq,
        names=display_names(state),
    )
