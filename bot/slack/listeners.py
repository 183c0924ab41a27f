"""What Slack tells the bot, and what the bot answers: every listener on one page.

A payload is read by pydantic, the question travels down once (`bot.slack.requests`) and the answer comes up once, as
the acknowledgement itself where Slack allows it. What need not be waited for is done by `deps.run_in_background`.
"""

import logging
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pydantic import ValidationError
from slack_bolt import Ack, App, BoltResponse

from bot.slack.home_tab import HOME_CHANNEL, on_home_opened, publish_home
from bot.slack.manifest import SHORTCUT
from bot.slack.mention_listener import on_mention
from bot.slack.payloads import BlockActions, BlockSuggestion, MessageEvent, SlashCommand, UserChange, ViewSubmission
from bot.slack.render import verb_of
from bot.slack.render_form import SEARCH_PREFIX, form_asking, form_errors, form_verb, menu_options, read_form
from bot.slack.requests import Deps, answer_command, choices_for, note_dealt_with, write_request
from bot.slack.responding import answer_in_conversation, give_receipt, one_message, respond, send_whole, show_form
from bot.slack.shortcuts import on_turn
from bot.slack.uploads import file_follows
from handlers.catalogue import REGISTRY
from handlers.conversation.direct_messages import said_in_words
from handlers.press_codec import Ask, OpenLink, Share, Typed
from handlers.presses import pressed, submitted
from handlers.registry import Replaces
from handlers.responses import Content, Form, FormErrors, Response
from models.enums import Way
from models.plan.accounts import Actor
from models.storage.tracebacks import log_error

log = logging.getLogger(__name__)

OURS = re.compile(r"^cypp:")
UNREADABLE = "Slack sent something this bot cannot read, so nothing was recorded: please try again."


def register(app: App, deps: Deps) -> None:
    """Attach every listener on the app."""
    app.command("/cypp")(lambda ack, body: on_command(ack, body, deps))
    app.action(OURS)(lambda ack, body: on_press(ack, body, deps))
    app.message_shortcut(f"cypp:{SHORTCUT}")(lambda ack, body: on_turn(ack, body, deps))
    app.options(OURS)(lambda ack, body: on_search(ack, body, deps))
    app.view(OURS)(lambda ack, body: on_form(ack, body, deps))
    app.event("message")(lambda body: on_message(body, deps))
    app.event("user_change")(lambda body: on_user_change(body, deps))
    app.event("team_join")(lambda body: on_user_change(body, deps))
    app.event("app_mention")(lambda body: on_mention(body, deps))
    app.event("app_home_opened")(lambda body: on_home_opened(body, deps))
    app.error(on_error)


def on_error(error: Exception) -> BoltResponse:
    """Log what no listener caught. Over Socket Mode only a 200 reaches the person."""
    number = log_error(log, error)
    text = f"Something went wrong here and nothing was recorded: please tell the administrator reference {number}."
    return BoltResponse(status=200, body={"text": text, "response_type": "ephemeral"})


def on_command(ack: Ack, body: Mapping[str, Any], deps: Deps) -> None:
    """Answer `/cypp …` in the acknowledgement, to the asker alone."""
    try:
        command = SlashCommand.model_validate(body)
    except ValidationError:
        ack(text=UNREADABLE, response_type="ephemeral")
        return
    actor = Actor(command.actor_team, command.actor_user)
    answered = answer_command(deps, actor, deps.directory.name_channels(command.words))
    if isinstance(answered.content, Form):
        ack()
        show_form(deps, command.trigger_id, command.channel_id, command.response_url, answered.content)
        return
    message = one_message(answered)
    ack(text=message.text, blocks=message.blocks, response_type="ephemeral")
    file_follows(deps, actor.user, answered, command.response_url)


def on_press(ack: Ack, body: Mapping[str, Any], deps: Deps) -> None:
    """Answer a button: record at once, open a form, or ask the same words again for another page."""
    try:
        payload = BlockActions.model_validate(body)
    except ValidationError:
        ack()
        return
    actor = Actor(payload.actor_team, payload.actor_user)
    verb, carried = verb_of(payload.press.action_id), payload.press.chosen
    if verb == OpenLink.verb:
        ack()
        return
    entry = REGISTRY.presses.get(verb)
    value = entry.value.decode(carried) if entry is not None else None
    share = isinstance(value, Share)
    answered: Response | None
    # What may be pressed again is told from what is delivered again by the press's own id.
    delivery = f"trigger:{payload.trigger_id}" if payload.trigger_id else ""
    if isinstance(value, Share | Ask) and delivery and note_dealt_with(deps, delivery):
        ack()
        return
    if isinstance(value, Typed):
        answered = answer_command(deps, actor, value.words, Way.BUTTON, value.page, shared=share)
    else:
        once = ""
        if entry is None or not entry.repeatable:
            # The value of *Record for REF* holds what somebody typed, which belongs in no key.
            digest = sha256(carried.encode()).hexdigest()[:16]
            once = f"press:{payload.place}:{verb}:{digest}:{actor.user}"
        answered = write_request(
            deps,
            actor,
            Way.BUTTON,
            lambda ctx: pressed(ctx, verb, carried),
            once=once,
            delivery=delivery,
            about=getattr(value, "action", 0),
        )
    ack()
    if answered is None:
        return
    if isinstance(answered.content, Form):
        place = HOME_CHANNEL if payload.on_home else payload.channel_id
        show_form(deps, payload.trigger_id, place, payload.response_url, answered.content)
    elif payload.on_home and isinstance(answered.content, Content):
        deps.run_in_background(publish_home, deps, actor, answered.content)
    elif answered.message is not None and payload.channel_id.startswith("D"):
        pass  # In the direct conversation the message is the answer.
    elif answered.content is not None and payload.response_url:
        how = entry.replaces if entry is not None else Replaces.NEVER
        replaces = answered.done if how is Replaces.WHEN_DONE else how is Replaces.ALWAYS and not answered.failed
        deps.run_in_background(respond, deps, payload, answered, replaces, share)
    if answered.message is not None:
        deps.run_in_background(send_whole, deps, actor.user, answered.message)
    file_follows(deps, actor.user, answered, payload.response_url)


def on_form(ack: Ack, body: Mapping[str, Any], deps: Deps) -> None:
    """Take in a form: errors at a field keep what was typed; else it closes and a receipt follows."""
    try:
        payload = ViewSubmission.model_validate(body)
    except ValidationError:
        ack()
        return
    actor = Actor(payload.actor_team, payload.actor_user)
    channel, _, value = payload.view.private_metadata.partition("\n")
    fields = read_form(payload.view.model_dump())
    verb = form_verb(payload.view.callback_id)
    answered = write_request(
        deps,
        actor,
        Way.FORM,
        lambda ctx: submitted(ctx, verb, value, fields),
        once=f"view:{payload.view.id}",
        text=fields.get("words", "") or fields.get("reason", ""),
        mentions=f"<@{fields['who']}>" if "who" in fields else "",
    )
    if answered is not None and isinstance(answered.content, FormErrors):
        given = answered.content
        ack(**(form_asking(body["view"], given) if given.asks else form_errors(given)))
        return
    ack()
    if answered is None or not isinstance(answered.content, Content):
        return
    if channel == HOME_CHANNEL:
        deps.run_in_background(publish_home, deps, actor, answered.content)
    else:
        deps.run_in_background(give_receipt, deps, channel, actor.user, answered)


def on_search(ack: Ack, body: Mapping[str, Any], deps: Deps) -> None:
    """Offer what fits while somebody types into a menu."""
    try:
        payload = BlockSuggestion.model_validate(body)
    except ValidationError:
        ack(options=[])
        return
    source = payload.action_id.removeprefix(SEARCH_PREFIX) if payload.action_id.startswith(SEARCH_PREFIX) else ""
    entry = REGISTRY.presses.get(verb_of(payload.action_id))
    source = source or (entry.value.searches if entry is not None else "")
    ack(**menu_options(choices_for(deps, Actor(payload.actor_team, payload.actor_user), source, payload.value)))


def on_message(body: Mapping[str, Any], deps: Deps) -> None:
    """Answer plain words in the direct conversation with at most one message."""
    try:
        event = MessageEvent.from_body(body)
    except ValidationError:
        return
    if event.channel_type != "im" or not event.from_person:
        return
    actor = Actor(event.actor_team, event.actor_user)
    words = deps.directory.name_channels(event.words)
    answered = write_request(
        deps,
        actor,
        Way.REPLY,
        lambda ctx: said_in_words(ctx, words, event.thread_ts, event.links, event.ts),
        once=f"event:{event.event_id}",
        text=words,
    )
    if answered is not None and isinstance(answered.content, Content):
        deps.run_in_background(answer_in_conversation, deps, event.channel, event.answer_in, answered)
    file_follows(deps, actor.user, answered)


def on_user_change(body: Mapping[str, Any], deps: Deps) -> None:
    """Update the cached directory after a member joined, changed or left."""
    try:
        UserChange.from_body(body)
    except ValidationError:
        return
    deps.directory.changed(body["event"]["user"])
