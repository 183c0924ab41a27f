"""The message shortcut *Turn into action*: the form opens with the message's words, and its address as the source."""

import logging
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from slack_bolt import Ack

from bot.slack.meanings import Trouble, call_slack, text_in
from bot.slack.payloads import MessageShortcut
from bot.slack.requests import Deps, read_request
from bot.slack.responding import answer_at_url, one_message, show_form
from handlers.actions.message_shortcut import turn_into_action
from handlers.responses import Form
from models.enums import Way
from models.plan.accounts import Actor

log = logging.getLogger(__name__)


def on_turn(ack: Ack, body: Mapping[str, Any], deps: Deps) -> None:
    """Open the form to make an action of a message."""
    ack()
    try:
        payload = MessageShortcut.model_validate(body)
    except ValidationError:
        return
    link = _address(deps, payload)
    answered = read_request(
        deps,
        Actor(payload.actor_team, payload.actor_user),
        Way.FORM,
        lambda ctx: turn_into_action(ctx, payload.words, link),
    )
    if isinstance(answered.content, Form):
        show_form(deps, payload.trigger_id, payload.channel.id, payload.response_url, answered.content)
    elif payload.response_url:
        deps.run_in_background(answer_at_url, deps, payload.response_url, one_message(answered))


def _address(deps: Deps, payload: MessageShortcut) -> str:
    """Return the message's address; "" where Slack gives none: somebody waits, so the form opens without it."""
    quick, channel, ts = deps.directory.quick, payload.channel.id, payload.message.ts
    link = call_slack(
        lambda: quick.chat_getPermalink(channel=channel, message_ts=ts), lambda answer: text_in(answer, "permalink")
    )
    if isinstance(link, Trouble):
        log.info("a message has no address: %s", link.why)
        return ""
    return link
