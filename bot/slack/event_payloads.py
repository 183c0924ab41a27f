"""The events that Slack sends, out of their envelopes, as far as the bot reads them (`bot.slack.payloads`)."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BeforeValidator

from bot.slack.payloads import (
    ChannelId,
    EventId,
    MaybeChannel,
    MaybeStamp,
    MaybeTeam,
    MaybeUser,
    Payload,
    ShortText,
    Stamp,
    TeamId,
    TypedText,
    UserId,
    clipped_text,
)
from bot.slack.typed_text import typed_words

_LINK_LIMIT = 1000
"""A longer address is dropped: words hold 3,000 characters."""
_NAME_LIMIT = 255
_ADDRESS = re.compile(r"https?://[^\s<>|]+")


class _Event(Payload):
    """An event out of its envelope; `event_id` identifies a redelivery (https://docs.slack.dev/apis/events-api)."""

    event_id: EventId
    team_id: TeamId

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """Return the event with what is read of its envelope; the envelope wins where both have a value."""
        event = body.get("event")
        inner = dict(event) if isinstance(event, Mapping) else {}
        outer = {name: body[name] for name in ("event_id", "team_id") if name in body}
        return cls.model_validate(inner | outer)


class SharedFile(Payload):
    """A file that came with a message, where it is, and where its bytes are.

    https://docs.slack.dev/reference/objects/file-object
    """

    permalink: Annotated[str, clipped_text(_LINK_LIMIT)] = ""
    name: Annotated[str, clipped_text(_NAME_LIMIT)] = ""
    url_private_download: Annotated[str, clipped_text(_LINK_LIMIT)] = ""


def _objects(value: object) -> list[Any]:
    """Return what of a list is an object; nothing of anything else."""
    return [one for one in value if isinstance(one, Mapping | Payload)] if isinstance(value, list | tuple) else []


class EditStamp(Payload):
    """Who changed a message, and when: in whole seconds."""

    user: MaybeUser = ""
    ts: MaybeStamp = ""


class _Said(_Event):
    """What a message and a mention share. A message may have no user: a bot's, an edit, a notice of Slack's."""

    channel: ChannelId
    ts: Stamp
    user: MaybeUser = ""
    text: TypedText = ""
    thread_ts: MaybeStamp = ""
    bot_id: ShortText = ""
    subtype: ShortText = ""
    files: Annotated[tuple[SharedFile, ...], BeforeValidator(_objects)] = ()
    team: MaybeTeam = ""
    user_team: MaybeTeam = ""
    source_team: MaybeTeam = ""
    edited: EditStamp | None = None

    @property
    def words(self) -> str:
        """What the person typed."""
        return typed_words(self.text)

    @property
    def actor_team(self) -> str:
        """The team of the person."""
        return self.user_team or self.source_team or self.team or self.team_id

    @property
    def actor_user(self) -> str:
        """The person; "" for a message that is nobody's."""
        return self.user

    @property
    def links(self) -> tuple[str, ...]:
        """Where the files are that came with it; "" for one that Slack gives no address of."""
        return tuple(file.permalink if _ADDRESS.fullmatch(file.permalink) else "" for file in self.files)

    @property
    def from_person(self) -> bool:
        """Whether a person wrote this just now: not a bot, an edit, a deletion or a notice."""
        return (
            bool(self.user) and not self.bot_id and self.subtype in {"", "file_share", "thread_broadcast", "me_message"}
        )


class MessageEvent(_Said):
    """A message; `channel_type` "im" is the direct conversation.

    https://docs.slack.dev/reference/events/message
    """

    channel_type: ShortText = ""

    @property
    def answer_in(self) -> str:
        """The thread its answer belongs in: its own, or, for a file without words, the file's; "" for none."""
        return self.thread_ts or (self.ts if self.files and not self.words else "")


class AppMention(_Said):
    """A mention of the bot (https://docs.slack.dev/reference/events/app_mention)."""


class _SaidNow(_Said):
    """A message inside the event of its change: it has no envelope of its own, and may be a mark without a writer."""

    event_id: str = ""
    team_id: MaybeTeam = ""
    channel: MaybeChannel = ""
    ts: MaybeStamp = ""


class ChangedMessage(_Event):
    """A message that was changed or deleted: what it is now, and what it was.

    https://docs.slack.dev/reference/events/message/message_changed and message_deleted
    """

    channel: ChannelId
    subtype: ShortText = ""
    message: _SaidNow | None = None
    previous_message: _SaidNow | None = None
    deleted_ts: MaybeStamp = ""

    @property
    def is_deleted(self) -> bool:
        """Whether it is gone: of one with replies Slack leaves a mark, and calls that a change."""
        return self.subtype == "message_deleted" or (self.message is not None and self.message.subtype == "tombstone")

    @property
    def was_written(self) -> _SaidNow:
        """The message as its writer left it; nobody's where Slack does not say."""
        return (self.previous_message if self.is_deleted else self.message) or _SaidNow()

    @property
    def written_at(self) -> str:
        """The stamp of the message."""
        return self.was_written.ts or self.deleted_ts

    @property
    def actor_team(self) -> str:
        """The team of the message's writer."""
        said = self.was_written
        return said.user_team or said.source_team or said.team or self.team_id


class HomeOpened(_Event):
    """The app was opened (https://docs.slack.dev/reference/events/app_home_opened)."""

    user: UserId
    tab: ShortText = ""


class ChangedUser(Payload):
    """Which member it is; what Slack now says of them is read where the member list is (`account_seen`)."""

    id: UserId
    team_id: MaybeTeam = ""


class UserChange(_Event):
    """A member joined, changed or left.

    https://docs.slack.dev/reference/events/user_change and team_join, which look the same
    """

    user: ChangedUser
