"""The message shortcut *Turn into action*: the form opens with the message's words, and its address as the source."""

import logging
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from slack_bolt import Ack

from bot.slack.answering import by_address, one_message, open_form
from bot.slack.payloads import MessageShortcut
from bot.slack.rounds import Deps, read_round
from bot.slack.trouble import TROUBLE
from handlers.replies import Form
from handlers.turning import turn_into_action
from models.accounts import Actor
from models.enums import Way

log = logging.getLogger(__name__)


def on_turn(ack: Ack, body: Mapping[str, Any], deps: Deps) -> None:
    """Somebody wants an action made of a message."""
    ack()
    try:
        payload = MessageShortcut.model_validate(body)
    except ValidationError:
        return
    link = _address(deps, payload)
    answered = read_round(
        deps,
        Actor(payload.actor_team, payload.actor_user),
        Way.FORM,
        lambda asked: turn_into_action(asked, payload.words, link),
    )
    if isinstance(answered.reply, Form):
        open_form(deps, payload.trigger_id, payload.channel.id, payload.response_url, answered.reply)
    elif payload.response_url:
        deps.afterwards(by_address, payload.response_url, one_message(answered))


def _address(deps: Deps, payload: MessageShortcut) -> str:
    """The message's address; "" where Slack gives none: the form opens without it, and somebody waits."""
    try:
        given = deps.directory.quick.chat_getPermalink(channel=payload.channel.id, message_ts=payload.message.ts)
        return str(given.get("permalink") or "")
    except TROUBLE as error:
        log.info("a message has no address: %s", type(error).__name__)
        return ""
