"""Build what Slack sends the bot when somebody acts (https://docs.slack.dev/reference/interaction-payloads/)."""

from __future__ import annotations

import uuid
from typing import Any

from bot.demo.workspace.core import Core
from bot.demo.workspace.form_state import state_values
from bot.demo.workspace.sockets import Delivery
from bot.demo.workspace.state import Conversation, Json, StoredMessage, StoredView, User
from bot.demo.workspace.views import view_json

TOKEN = "local-verification-token"  # noqa: S105 - Socket Mode checks none


def _interaction(core: Core, user: User, kind: str, accepts_payload: bool = False, /, **fields: Any) -> Delivery:
    config = core.config
    payload: Json = {
        "type": kind,
        "token": TOKEN,
        "api_app_id": config.app_id,
        "team": {"id": config.team_id, "domain": config.team_domain},
        "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": user.team_id},
        "enterprise": {"id": user.enterprise_id, "name": "The organisation"} if user.enterprise_id else None,
        "is_enterprise_install": False,
        **fields,
    }
    return Delivery("interactive", payload, accepts_payload)


def _response_url(core: Core, user: User, channel: Conversation, message: StoredMessage | None) -> str:
    key = core.state.new_response_url(user, channel, message)
    return f"{core.base_url}/response/{core.config.team_id}/{key}"


def channel_name(channel: Conversation) -> str:
    """Return the name payloads give a conversation."""
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)


def slash_command(core: Core, user: User, channel: Conversation, command: str, text: str) -> Delivery:
    """Return a slash command (https://docs.slack.dev/interactivity/implementing-slash-commands/)."""
    config = core.config
    payload: Json = {
        "token": TOKEN,
        "team_id": config.team_id,
        "team_domain": config.team_domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.handle,
        "command": command,
        "text": text,
        "api_app_id": config.app_id,
        "is_enterprise_install": "false",
        "response_url": _response_url(core, user, channel, None),
        "trigger_id": core.state.new_trigger(user),
    }
    if user.enterprise_id:
        payload |= {"enterprise_id": user.enterprise_id, "enterprise_name": "The organisation"}
    return Delivery("slash_commands", payload, accepts_payload=True)


def message_action(
    core: Core, user: User, channel: Conversation, message: StoredMessage, blocks: list[Json], action: Json
) -> Delivery:
    """Return a press or choice in a message; `blocks` are the message's as this person saw them."""
    ephemeral = message.ephemeral_to is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    shown: Json = {}
    if not ephemeral:
        shown = message.to_json(core.config) | {"blocks": blocks}
    return _interaction(
        core,
        user,
        "block_actions",
        container=container,
        trigger_id=core.state.new_trigger(user),
        channel={"id": channel.id, "name": channel_name(channel)},
        state={"values": state_values(blocks, message.choices.get(user.id, {}))},
        response_url=_response_url(core, user, channel, message),
        actions=[action],
        **({"message": shown} if shown else {}),
    )


def _view(core: Core, view: StoredView) -> Json:
    return view_json(core, view, state_values(view.blocks, view.typed))


def view_action(core: Core, user: User, view: StoredView, action: Json) -> Delivery:
    """Return a press or choice in a modal or on the Home tab."""
    return _interaction(
        core,
        user,
        "block_actions",
        container={"type": "view", "view_id": view.id},
        trigger_id=core.state.new_trigger(user),
        view=_view(core, view),
        actions=[action],
    )


def message_shortcut(
    core: Core, user: User, channel: Conversation, message: StoredMessage, callback_id: str
) -> Delivery:
    """Return a message shortcut.

    Source: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload/.
    """
    return _interaction(
        core,
        user,
        "message_action",
        action_ts=core.state.new_ts(),
        callback_id=callback_id,
        trigger_id=core.state.new_trigger(user),
        response_url=_response_url(core, user, channel, None),
        message_ts=message.ts,
        channel={"id": channel.id, "name": channel_name(channel)},
        message=message.to_json(core.config),
    )


def view_submission(core: Core, user: User, view: StoredView) -> Delivery:
    """Return a form that was sent."""
    return _interaction(
        core,
        user,
        "view_submission",
        True,
        trigger_id=core.state.new_trigger(user),
        view=_view(core, view),
        response_urls=[],
    )


def block_suggestion(core: Core, user: User, element: Json, block_id: str, typed: str, container: Json) -> Delivery:
    """Return what somebody types into a menu whose options come from the bot.

    `container` has `view`, or message and channel.
    """
    names = {"action_id": element["action_id"], "block_id": block_id}
    return _interaction(core, user, "block_suggestion", True, value=typed, **names, **container)


def message_event(user: User, channel: Conversation, message: StoredMessage) -> Json:
    """Return the inner event of a person's message (https://docs.slack.dev/reference/events/message.im/)."""
    words: Json = {"type": "text", "text": message.text}
    event: Json = {
        "type": "message",
        "channel": channel.id,
        "channel_type": channel.kind,
        "user": user.id,
        "text": message.text,
        "ts": message.ts,
        "event_ts": message.ts,
        "team": user.team_id,
        "client_msg_id": str(uuid.uuid4()),
        "blocks": [
            {
                "type": "rich_text",
                "block_id": message.ts[-4:],
                "elements": [{"type": "rich_text_section", "elements": [words]}],
            }
        ],
    }
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
    if message.files:
        event |= {"files": message.files, "subtype": "file_share"}
    return event


def message_as_changed(user: User, message: StoredMessage) -> Json:
    """Return a person's message as it stands inside the event of a change of it."""
    team = {"team": user.team_id, "source_team": user.team_id, "user_team": user.team_id}
    shown: Json = {"type": "message", "user": user.id, "ts": message.ts, "text": message.text, **team}
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.files:
        shown |= {"files": message.files, "subtype": "file_share"}
    if message.edited_ts:
        shown["edited"] = {"user": user.id, "ts": message.edited_ts}
    return shown


def mention_event(event: Json) -> Json:
    """Return the app_mention event of a message event."""
    left_out = {"channel_type", "subtype"}
    return {k: v for k, v in event.items() if k not in left_out} | {"type": "app_mention"}


def home_opened(core: Core, user: User, channel: Conversation) -> Json:
    """Return the inner event of opening the Home tab."""
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel.id,
        "tab": "home",
        "event_ts": core.state.new_ts(),
    }
    home = core.state.homes.get(user.id)
    return event | ({"view": _view(core, home)} if home else {})
