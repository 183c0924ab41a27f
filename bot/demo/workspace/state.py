"""Hold the workspace's data: people, conversations, messages, views, and the handles Slack gives out for a while.

Only the server's own thread touches this; others see the frozen copies of `seen`.
"""

from __future__ import annotations

import copy
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.demo.workspace.config import Config

Json = dict[str, Any]
SLACKBOT = "USLACKBOT"
"""Listed among the users of every workspace; Slack does not call it a bot, yet nobody can write to it for us."""
ChannelKind = Literal["channel", "group", "im"]


@dataclass
class User:
    """One account, as `users.info` shows it (https://docs.slack.dev/reference/objects/user-object/).

    On Enterprise Grid `team_id` is where somebody is at home, and `teams` are all workspaces they are a member of.
    """

    id: str
    name: str
    team_id: str
    email: str | None = None
    title: str = ""
    handle: str = ""
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    is_bot: bool = False
    is_stranger: bool = False
    enterprise_id: str = ""
    teams: tuple[str, ...] = ()
    updated: int = 0

    def is_partner(self, config: Config) -> bool:
        """Return whether they are of another organisation: neither at home here nor, on Enterprise Grid, a member."""
        return self.is_stranger or config.team_id not in (self.team_id, *self.teams)

    def to_json(self, *, with_email: bool) -> Json:
        """Return the user object; `with_email` follows the scope users:read.email."""
        profile: Json = {
            "real_name": self.name,
            "real_name_normalized": self.name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "title": self.title,
            "team": self.team_id,
            "image_48": "",
        }
        if with_email and self.email:
            profile["email"] = self.email
        body: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.handle,
            "deleted": self.deleted,
            "profile": profile,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
        }
        if self.enterprise_id:
            body["enterprise_user"] = {
                "id": self.id,
                "enterprise_id": self.enterprise_id,
                "enterprise_name": "The organisation",
                "is_admin": False,
                "is_owner": False,
                "teams": list(self.teams),
            }
        if self.deleted:
            return body
        return body | {
            "real_name": self.name,
            "tz": "Europe/London",
            "tz_label": "Greenwich Mean Time",
            "tz_offset": 0,
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_stranger": self.is_stranger,
            "is_email_confirmed": True,
        }


@dataclass
class Conversation:
    """One conversation; `user` is the other side of a direct message with the bot."""

    id: str
    name: str
    kind: ChannelKind
    members: list[str] = field(default_factory=list)
    bot_is_member: bool = True
    user: str | None = None
    archived: bool = False
    created: int = 0

    def to_json(self, config: Config) -> Json:
        """Return the conversation object (https://docs.slack.dev/reference/objects/conversation-object/)."""
        common: Json = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.archived,
            "is_im": self.kind == "im",
            "is_mpim": False,
            "is_org_shared": False,
            "context_team_id": config.team_id,
        }
        if self.kind == "im":
            return common | {"user": self.user, "is_user_deleted": False}
        return common | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_private": self.kind == "group",
            "is_member": self.bot_is_member,
            "is_general": False,
            "is_shared": False,
            "num_members": len(self.members) + self.bot_is_member,
        }


@dataclass
class StoredMessage:
    """One message; `ephemeral_to` names the only person who sees it, `seq` grows with every change."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    by_bot: bool = True
    ephemeral_to: str | None = None
    thread_ts: str | None = None
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    edited_ts: str | None = None
    deleted: bool = False
    changed: bool = False
    choices: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    seq: int = 0

    def to_json(self, config: Config, *, with_metadata: bool = True) -> Json:
        """Return the message object, as the Web API and payloads give it."""
        body: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": config.team_id}
        if self.by_bot:
            body |= {"bot_id": config.bot_id, "app_id": config.app_id}
        if self.blocks:
            body["blocks"] = copy.deepcopy(self.blocks)
        if self.files:
            body |= {"files": copy.deepcopy(self.files), "subtype": "file_share"}
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if self.edited_ts:
            body["edited"] = {"user": self.user, "ts": self.edited_ts}
        if self.metadata and with_metadata:
            body["metadata"] = copy.deepcopy(self.metadata)
        return body


@dataclass
class StoredView:
    """A modal or Home tab somebody has before them; `typed` is what they have entered, by block and action."""

    id: str
    user: str
    spec: Json
    hash: str
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)
    seq: int = 0

    @property
    def blocks(self) -> list[Json]:
        """Its blocks as the bot sent them, ids filled in."""
        return list(self.spec.get("blocks") or ())


@dataclass
class StoredTrigger:
    """A trigger_id: good once, for three seconds (https://docs.slack.dev/interactivity/handling-user-interaction/)."""

    user: str
    issued: float
    used: bool = False


@dataclass
class ResponseUrl:
    """A response_url: five uses in thirty minutes, for one person in one conversation."""

    user: str
    channel: str
    issued: float
    message: StoredMessage | None = None
    uses: int = 0


PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
"""How files begin that a block may show: png, jpg and gif."""


@dataclass
class StoredFile:
    """A file the bot uploads; `content` is None until its bytes have come, `ready_at` until the upload is completed."""

    id: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    alt_text: str = ""
    ready_at: float | None = None

    def is_picture(self, now: float) -> bool:
        """Return whether a block may show it: uploaded fully, checked, and of a kind that is shown."""
        looked_over = self.ready_at is not None and now >= self.ready_at
        return looked_over and (self.content or b"").startswith(PICTURE_STARTS)

    def to_json(self, config: Config) -> Json:
        """Return the file object (https://docs.slack.dev/reference/objects/file-object/)."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "filetype": self.name.rpartition(".")[2],
            "user": config.bot_user_id,
            "size": len(self.content or b""),
            "mode": "hosted",
        } | ({"alt_txt": self.alt_text} if self.alt_text else {})


class State:
    """Everything the workspace remembers, with the few rules about ids and stamps."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.users: dict[str, User] = {}
        self.channels: dict[str, Conversation] = {}
        self.messages: dict[str, list[StoredMessage]] = {}
        self.modals: dict[str, StoredView] = {}
        self.homes: dict[str, StoredView] = {}
        self.triggers: dict[str, StoredTrigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.files: dict[str, StoredFile] = {}
        self.in_flight = 0
        self.seq = 0
        self._last_stamp = 0
        self.users[config.bot_user_id] = User(
            config.bot_user_id, config.bot_name, config.team_id, handle="cypp", is_bot=True
        )
        self.users[SLACKBOT] = User(SLACKBOT, "Slackbot", config.team_id, handle="slackbot")

    def new_ts(self) -> str:
        """Return a message stamp no other message has, greater than the one before."""
        micros = int(self.config.now().timestamp() * 1_000_000)
        self._last_stamp = max(self._last_stamp + 1, micros)
        return f"{self._last_stamp // 1_000_000}.{self._last_stamp % 1_000_000:06d}"

    def next_seq(self) -> int:
        """Return the next number in the order in which things became visible."""
        self.seq += 1
        return self.seq

    def open_dm(self, user: User) -> tuple[Conversation, bool]:
        """Return the direct message between a person and the bot, and whether it is new."""
        channel_id = "D" + user.id[1:]
        if found := self.channels.get(channel_id):
            return found, False
        channel = Conversation(
            channel_id, "directmessage", "im", [user.id], user=user.id, created=int(self.config.now().timestamp())
        )
        self.channels[channel_id] = channel
        return channel, True

    def find_channel(self, name: str) -> Conversation | None:
        """Return a conversation by id, `#name` or name."""
        if found := self.channels.get(name):
            return found
        bare = name.removeprefix("#")
        return next((c for c in self.channels.values() if c.kind != "im" and c.name == bare), None)

    def add_message(self, message: StoredMessage) -> StoredMessage:
        """Put a message into its conversation."""
        message.blocks = with_ids(message.blocks)
        message.seq = self.next_seq()
        self.messages.setdefault(message.channel, []).append(message)
        return message

    def change_message(self, message: StoredMessage, *, text: str, blocks: list[Json], mark_edited: bool) -> None:
        """Replace a message's words."""
        message.changed = True
        message.text = text
        message.blocks = with_ids(blocks)
        if mark_edited:
            message.edited_ts = self.new_ts()
        message.seq = self.next_seq()

    def find_message(self, channel: str, ts: str) -> StoredMessage | None:
        """Return a message that is still there, ephemeral ones included."""
        return next((m for m in self.messages.get(channel, ()) if m.ts == ts and not m.deleted), None)

    def new_trigger(self, user: User) -> str:
        """Return a fresh trigger_id for something a person has just done."""
        trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**13)}.{secrets.token_hex(16)}"
        self.triggers[trigger_id] = StoredTrigger(user.id, time.monotonic())
        return trigger_id

    def new_response_url(self, user: User, channel: Conversation, message: StoredMessage | None) -> str:
        """Return the secret part of a fresh response_url."""
        key = secrets.token_urlsafe(18)
        self.response_urls[key] = ResponseUrl(user.id, channel.id, time.monotonic(), message)
        return key

    def view_by_id(self, view_id: str) -> StoredView | None:
        """Return an open modal or a Home tab."""
        return next((v for v in (*self.modals.values(), *self.homes.values()) if v.id == view_id), None)


def with_ids(blocks: list[Json]) -> list[Json]:
    """Return a copy of the blocks with every block_id and action_id filled in, as Slack does."""
    filled = copy.deepcopy(blocks)
    for block in filled:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            element.setdefault("action_id", secrets.token_urlsafe(4))
        if "child_blocks" in block:
            block["child_blocks"] = with_ids(block["child_blocks"])
    return filled


def pairs_of(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each interactive element of some blocks, with its block."""
    for block in blocks:
        yield from ((block, element) for element in elements_of(block))
        yield from pairs_of(block.get("child_blocks") or ())


def elements_of(block: Json) -> list[Json]:
    """Return the interactive elements of one block."""
    found = {"actions": block.get("elements"), "input": [block.get("element")]}.get(str(block.get("type")))
    return [each for each in found or () if isinstance(each, dict)]
