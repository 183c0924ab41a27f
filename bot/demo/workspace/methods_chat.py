"""Answer chat.* and response_url (https://docs.slack.dev/reference/methods/chat.postMessage/)."""

from __future__ import annotations

import time
from typing import Any

from bot.demo.workspace.calls import Call, Method
from bot.demo.workspace.core import Core, SlackError
from bot.demo.workspace.refusals import POST_TEXT, UPDATE_TEXT, check_metadata
from bot.demo.workspace.state import Conversation, Json, StoredMessage


def _content(call: Call) -> Json:
    return {
        "text": call.args.get("text"),
        "blocks": call.structure("blocks", "invalid_blocks_format"),
        "attachments": call.args.get("attachments"),
    }


def _metadata(call: Call) -> Json | None:
    metadata: Json | None = call.structure("metadata", "invalid_metadata_format")
    refusal = check_metadata(metadata)
    if refusal:
        raise SlackError.of(refusal)
    return metadata


def _target(call: Call) -> Conversation:
    """Return the conversation to write to; a person's id stands for the direct message with them."""
    call.require("channel")
    state = call.core.state
    named = call.text("channel")
    if named in state.users:
        user = state.users[named]
        if user.deleted or user.is_stranger or user.is_bot:
            raise SlackError("channel_not_found")
        return state.open_dm(user)[0]
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_archived")
    if not channel.bot_is_member:
        raise SlackError("not_in_channel")
    return channel


def find_thread(call: Call, channel: Conversation) -> str | None:
    """Return the message a call replies to, the first of its thread; None for a message of its own."""
    ts = call.text("thread_ts")
    if not ts:
        return None
    parent = call.core.state.find_message(channel.id, ts)
    if parent is None or parent.ephemeral_to:
        raise SlackError("cannot_reply_to_message")
    return parent.thread_ts or parent.ts


def post_message(call: Call) -> Json:
    """Answer chat.postMessage. It works in the direct message of a closed account (python-slack-sdk #1156)."""
    channel = _target(call)
    wait = call.core.rates.wait_for(channel.id)
    if wait:
        raise SlackError("ratelimited", retry_after=wait)
    message = call.core.post(channel, _content(call), thread_ts=find_thread(call, channel), metadata=_metadata(call))
    return {"channel": channel.id, "ts": message.ts, "message": message.to_json(call.core.config)}


def _own_message(call: Call, channel: Conversation, refused: str) -> StoredMessage:
    message = call.core.state.find_message(channel.id, call.text("ts"))
    if message is None or message.ephemeral_to:
        raise SlackError("message_not_found")
    if not message.by_bot:
        raise SlackError(refused)
    return message


def update_message(call: Call) -> Json:
    """Answer chat.update: blocks left out stay only where text is left out too; metadata left out stays."""
    call.require("channel", "ts")
    channel = call.channel()
    message = _own_message(call, channel, "cant_update_message")
    content = _content(call)
    text_given = content["text"] is not None
    if content["blocks"] is None and not text_given:
        content["blocks"] = message.blocks
    if not text_given:
        content["text"] = message.text
    metadata = _metadata(call)
    mark = not content["blocks"]
    call.core.change(channel, message, content, longest_text=UPDATE_TEXT, mark_edited=mark)
    if "metadata" in call.args:
        message.metadata = metadata or None
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message.to_json(call.core.config),
    }


def post_ephemeral(call: Call) -> Json:
    """Answer chat.postEphemeral: seen by one person, kept nowhere."""
    call.require("channel", "user")
    channel = call.channel()
    if not channel.bot_is_member:
        raise SlackError("not_in_channel")
    user = call.core.state.users.get(call.text("user"))
    if user is None or user.deleted or user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    message = call.core.post(channel, _content(call), ephemeral_to=user.id, thread_ts=find_thread(call, channel))
    return {"message_ts": message.ts}


def get_permalink(call: Call) -> Json:
    """Answer chat.getPermalink."""
    call.require("channel", "message_ts")
    channel = call.channel()
    ts = call.text("message_ts")
    if call.core.state.find_message(channel.id, ts) is None:
        raise SlackError("message_not_found")
    link = f"https://{call.core.config.team_domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


METHODS: dict[str, Method] = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.update": Method(update_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.getPermalink": Method(get_permalink),
}


def respond_to_url(core: Core, key: str, body: Any) -> None:
    """Take a message to a response_url: five uses in thirty minutes.

    Source: https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses.

    Raises:
        SlackError: it is used up, expired, or sent what Slack refuses.
    """
    handle = core.state.response_urls.get(key)
    if handle is None or time.monotonic() - handle.issued > core.config.response_url_lifetime:
        raise SlackError("expired_url")
    if handle.uses >= core.config.response_url_uses:
        raise SlackError("used_url")
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    channel = core.state.channels[handle.channel]
    original = handle.message
    if body.get("delete_original"):
        raise SlackError("invalid_payload")
    if body.get("replace_original") and original is not None and not original.deleted:
        core.change(channel, original, body, longest_text=POST_TEXT, mark_edited=False)
    else:
        shown = answer_to(core, body, handle.user, channel)
        handle.message = original or shown
    handle.uses += 1


def answer_to(core: Core, body: Json, user_id: str, channel: Conversation) -> StoredMessage:
    """Show an answer to a command or button, only to the person who acted unless it says `in_channel`.

    Raises:
        SlackError: Slack refuses the message.
    """
    public = body.get("response_type") == "in_channel"
    thread_ts = body.get("thread_ts")
    return core.post(
        channel,
        body,
        ephemeral_to=None if public else user_id,
        thread_ts=str(thread_ts) if thread_ts else None,
    )
