"""What Slack tells the bot, and what the bot answers: every listener on one page.

A payload is read by pydantic, the question travels down once (`bot.slack.rounds`) and the answer comes up once, as the
acknowledgement itself where Slack allows it. What need not be waited for is done by `deps.later`.
"""

import logging
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pydantic import ValidationError
from slack_bolt import Ack, App, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.slack.payloads import BlockActions, MessageEvent, SlashCommand, UserChange, ViewSubmission
from bot.slack.render import SlackMessage, render_one, verb_of
from bot.slack.render_form import form_errors, form_verb, read_form, render_form
from bot.slack.rounds import Deps, ask_in_words, write_round
from handlers.presses import pressed, submitted
from handlers.replies import Answer, Form, FormErrors, Reply, say
from handlers.words import said_in_words
from models.accounts import Actor
from models.enums import Way
from models.traces import frames, reference

log = logging.getLogger(__name__)

OURS = re.compile(r"^cypp:")
ALWAYS_REPLACES = frozenset({"page", "notupdate"})
"""Presses whose answer takes the place of the message they were in."""
REPLACES = frozenset({"record", "undo"})
"""The same, where something was done."""
UNREADABLE = "Slack sent something this bot cannot read, so nothing was recorded: please try again."
MANY_PRESSES = frozenset({"page", "ask", "share", "more", "snooze"})
"""Presses that may well be repeated: they record nothing, or the same again."""


def register(app: App, deps: Deps) -> None:
    """Hangs every listener on the app."""
    app.command("/cypp")(lambda ack, body: on_command(ack, body, deps))
    app.action(OURS)(lambda ack, body: on_press(ack, body, deps))
    app.view(OURS)(lambda ack, body: on_form(ack, body, deps))
    app.event("message")(lambda body: on_message(body, deps))
    app.event("user_change")(lambda body: on_user_change(body, deps))
    app.event("app_mention")(lambda: None)
    app.event("app_home_opened")(lambda: None)
    app.error(on_error)


def on_error(error: Exception) -> BoltResponse:
    """Whatever a listener did not catch. Over Socket Mode only a 200 reaches the person."""
    number = reference()
    log.error("reference %s: %s", number, frames(error))
    text = f"Something went wrong here and nothing was recorded: please tell the administrator reference {number}."
    return BoltResponse(status=200, body={"text": text, "response_type": "ephemeral"})


def on_command(ack: Ack, body: Mapping[str, Any], deps: Deps) -> None:
    """`/cypp …`: the answer is the acknowledgement, for the asker alone."""
    try:
        command = SlashCommand.model_validate(body)
    except ValidationError:
        ack(text=UNREADABLE, response_type="ephemeral")
        return
    answered = ask_in_words(deps, Actor(command.actor_team, command.actor_user), command.words)
    message = one_message(answered)
    ack(text=message.text, blocks=message.blocks, response_type="ephemeral")


def one_message(answered: Answer) -> SlackMessage:
    """An answer where there is room for one message."""
    reply = answered.reply
    return render_one(reply if isinstance(reply, Reply) else say("Done.").reply)  # type: ignore[arg-type]


def on_press(ack: Ack, body: Mapping[str, Any], deps: Deps) -> None:
    """A button: it records at once, or opens a form, or asks the same words again for another page."""
    try:
        payload = BlockActions.model_validate(body)
    except ValidationError:
        ack()
        return
    actor = Actor(payload.actor_team, payload.actor_user)
    verb, value = verb_of(payload.press.action_id), payload.press.chosen
    share = verb == "share"
    answered: Answer | None
    if verb in ("page", "share", "ask"):
        page, _, words = value.partition("|") if verb != "ask" else ("0", "", value)
        answered = ask_in_words(deps, actor, words, Way.BUTTON, int(page) if page.isdecimal() else 0)
    else:
        once = ""
        if verb not in MANY_PRESSES:
            # The value of *Record for REF* holds what somebody typed, which belongs in no key.
            digest = sha256(value.encode()).hexdigest()[:16]
            once = f"press:{payload.channel_id}:{payload.message_ts}:{verb}:{digest}:{actor.user}"
        about = value.partition("|")[0]
        answered = write_round(
            deps,
            actor,
            Way.BUTTON,
            lambda asked: pressed(asked, verb, value),
            once=once,
            about=int(about) if about.isdecimal() and len(about) < 10 else 0,
        )
    ack()
    if answered is None:
        return
    if isinstance(answered.reply, Form):
        _open_form(deps.client, payload, answered.reply)
    elif answered.reply is not None and payload.response_url:
        replaces = (verb in ALWAYS_REPLACES and not answered.failed) or (verb in REPLACES and answered.done)
        deps.later.submit(_respond, payload.response_url, answered, replaces, share)


def _open_form(client: WebClient, payload: BlockActions, form: Form) -> None:
    """Opens a form; the conversation it was asked for in comes back with it, for the receipt."""
    view = render_form(form)
    view["private_metadata"] = f"{payload.channel_id}\n{form.value}"
    try:
        client.views_open(trigger_id=payload.trigger_id, view=view)
    except (SlackApiError, SlackClientError, OSError) as error:
        log.warning("a form could not be opened: %s", type(error).__name__)
        if payload.response_url:
            _respond(payload.response_url, say("The form could not be opened: please press again."), False, False)


def _respond(url: str, answered: Answer, replaces: bool, share: bool) -> None:
    """Answers a press by its response_url: to the presser alone, or, shared, to the conversation."""
    reply = answered.reply
    if not isinstance(reply, Reply):
        return
    # An error is nobody else's business: only what can be shared is.
    share = share and bool(reply.shareable)
    if share:
        asked = f"Shared from “/cypp {reply.shareable.partition('|')[2]}”."
        reply = Reply(reply.headline, reply.intro, reply.groups, (*reply.footer, asked), key=reply.key)
    message = render_one(reply)
    try:
        response = WebhookClient(url, timeout=5).send(
            text=message.text,
            blocks=message.blocks,
            response_type="in_channel" if share else "ephemeral",
            replace_original=replaces and not share,
            delete_original=False,
        )
        if response.status_code != 200:
            log.warning("an answer to a press was not taken: %s", response.status_code)
    except (OSError, SlackClientError) as error:
        log.warning("an answer to a press could not be given: %s", type(error).__name__)


def on_form(ack: Ack, body: Mapping[str, Any], deps: Deps) -> None:
    """A form that was sent in: errors at the field keep what was typed; else it closes and a receipt follows."""
    try:
        payload = ViewSubmission.model_validate(body)
    except ValidationError:
        ack()
        return
    actor = Actor(payload.actor_team, payload.actor_user)
    channel, _, value = payload.view.private_metadata.partition("\n")
    fields = read_form(payload.view.model_dump())
    verb = form_verb(payload.view.callback_id)
    answered = write_round(
        deps,
        actor,
        Way.FORM,
        lambda asked: submitted(asked, verb, value, fields),
        once=f"view:{payload.view.id}",
        text=fields.get("words", "") or fields.get("reason", ""),
    )
    if answered is not None and isinstance(answered.reply, FormErrors):
        ack(**form_errors(answered.reply))
        return
    ack()
    if answered is not None and isinstance(answered.reply, Reply):
        deps.later.submit(_receipt, deps.client, channel, actor.user, answered.reply)


def _receipt(client: WebClient, channel: str, user: str, reply: Reply) -> None:
    """A receipt for a form, where it was asked for, to its writer alone; else in the direct conversation."""
    message = render_one(reply)
    try:
        client.chat_postEphemeral(channel=channel, user=user, text=message.text, blocks=message.blocks)
        return
    except SlackApiError as error:
        # The form may have been opened in a channel the bot is not in.
        log.info("a receipt goes into the direct conversation: %s", error.response.get("error"))
    except (SlackClientError, OSError) as error:
        log.warning("a receipt could not be given: %s", type(error).__name__)
        return
    _answer_words(client, user, "", reply)


def on_message(body: Mapping[str, Any], deps: Deps) -> None:
    """Plain words in the direct conversation. One message in, at most one out."""
    try:
        event = MessageEvent.from_body(body)
    except ValidationError:
        return
    if event.channel_type != "im" or not event.from_person:
        return
    actor = Actor(event.actor_team, event.actor_user)
    words = event.words
    answered = write_round(
        deps,
        actor,
        Way.REPLY,
        lambda asked: said_in_words(asked, words, event.thread_ts),
        once=f"event:{event.event_id}",
        text=words,
    )
    if answered is not None and isinstance(answered.reply, Reply):
        deps.later.submit(_answer_words, deps.client, event.channel, event.thread_ts, answered.reply)


def _answer_words(client: WebClient, channel: str, thread_ts: str, reply: Reply) -> None:
    message = render_one(reply)
    try:
        client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts or None,
            text=message.text,
            blocks=message.blocks,
            mrkdwn=False,
            unfurl_links=False,
            unfurl_media=False,
        )
    except (SlackApiError, SlackClientError, OSError) as error:
        log.warning("an answer could not be given: %s", type(error).__name__)


def on_user_change(body: Mapping[str, Any], deps: Deps) -> None:
    """A member changed or left: the cached directory follows."""
    try:
        event = UserChange.from_body(body)
    except ValidationError:
        return
    deps.directory.changed(body["event"]["user"], event.team_id)
