"""Act as people who change or delete what they wrote, and as Slack, which shows where a link leads."""

from __future__ import annotations

from typing import Unpack

from bot.demo.workspace import deliveries
from bot.demo.workspace.people_actions import PeopleActions, UserOrId, Wait, blocking
from bot.demo.workspace.seen import Answer, CannotDoError, SeenMessage, see_message
from bot.demo.workspace.state import Conversation, Json, StoredMessage, User
from bot.demo.workspace.typed_emoji import emoji_named

TOMBSTONE = {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted.", "hidden": True}
"""What Slack leaves where a message with replies was deleted (slack-edge #10)."""


class EditActions(PeopleActions):
    """Change and delete messages. The bot is sent what Slack sends, where it is subscribed to it.

    Sources: https://docs.slack.dev/reference/events/message/message_changed and message_deleted.
    """

    @blocking
    async def edit(self, user: UserOrId, message: SeenMessage, text: str, **wait: Unpack[Wait]) -> Answer:
        """Change one's own message."""
        person = self._person(user)
        channel, own = self._own(person, message)
        before, text = deliveries.message_as_changed(person, own), emoji_named(text)
        self._core.state.change_message(own, text=text, blocks=[], mark_edited=True)
        # Slack gives whole seconds here.
        own.edited_ts = f"{int(float(str(own.edited_ts)))}.000000"
        event = self._core.change_event(channel, own, before) | {"message": deliveries.message_as_changed(person, own)}
        return await self._told(person, channel, own, event, **wait)

    @blocking
    async def delete(self, user: UserOrId, message: SeenMessage, **wait: Unpack[Wait]) -> Answer:
        """Delete one's own message; one with replies leaves a mark, and Slack calls that a change."""
        person = self._person(user)
        channel, own = self._own(person, message)
        before = deliveries.message_as_changed(person, own)
        replies = any(
            one.thread_ts == own.ts and one is not own and not one.deleted and one.ephemeral_to is None
            for one in self._core.state.messages[channel.id]
        )
        own.deleted, own.seq = True, self._core.state.next_seq()
        event = self._core.change_event(channel, own, before)
        if replies:
            event["message"] = {"type": "message", "ts": own.ts, "thread_ts": own.ts, **TOMBSTONE}
        else:
            event |= {"subtype": "message_deleted", "deleted_ts": own.ts}
            del event["message"]
        return await self._told(person, channel, own, event, **wait)

    @blocking
    async def unfurl(self, user: UserOrId, message: SeenMessage, **wait: Unpack[Wait]) -> Answer:
        """Have Slack show where a link in somebody's message leads: a change whose words are the same."""
        person = self._person(user)
        channel, own = self._own(person, message)
        before = deliveries.message_as_changed(person, own)
        preview: Json = {"attachments": [{"id": 1, "title": "The page", "from_url": "https://example.org/page"}]}
        event = self._core.change_event(channel, own, before) | {"message": before | preview}
        return await self._told(person, channel, own, event, **wait)

    def _own(self, user: User, seen: SeenMessage) -> tuple[Conversation, StoredMessage]:
        message = self._core.state.find_message(seen.channel, seen.ts)
        if message is None or message.user != user.id:
            raise CannotDoError(f"{user.name} wrote no message {seen.ts} in {seen.channel}")
        return self._core.state.channels[seen.channel], message

    async def _told(
        self, user: User, channel: Conversation, own: StoredMessage, event: Json, **wait: Unpack[Wait]
    ) -> Answer:
        """Send the bot the event; a changed mention is sent as a new one too, with `edited` (bolt-js #960)."""
        core = self._core
        mark = core.state.seq
        mentioned = f"<@{core.config.bot_user_id}>" in own.text and event["subtype"] == "message_changed"
        events = self._events_of(channel, event, False)
        if own.edited_ts and not own.deleted and "attachments" not in event["message"]:
            said = deliveries.message_event(user, channel, own) | {"edited": {"user": user.id, "ts": own.edited_ts}}
            events += [one for one in self._events_of(channel, said, mentioned) if one["type"] == "app_mention"]
        acks = [await self._tell(each) for each in events]
        return Answer(
            await self._finish(user, mark, **wait),
            elapsed=max((ack.elapsed for ack in acks), default=0.0),
            delivered=bool(acks) and all(ack.ok for ack in acks),
            said=see_message(core.state, own),
            mark=mark,
        )
