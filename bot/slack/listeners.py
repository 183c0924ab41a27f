"""What Slack tells the bot, and what the bot answers: every listener on one page.

A payload is read by pydantic, the question travels down once (`bot.slack.requests`) and the answer comes up once, as
the acknowledgement itself where Slack allows it. What may write goes through `bot.slack.intake`, which does it at once
or notes it. What need not be waited for is done by `deps.run_in_background`.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from slack_bolt import Ack, App, BoltResponse

from bot.slack.edit_listener import changed_request, on_message_changed
from bot.slack.event_payloads import AppMention, ChangedMessage, MessageEvent, UserChange
from bot.slack.home_tab import HOME_CHANNEL, on_home_opened, publish_home
from bot.slack.intake import Intake
from bot.slack.log_files import log_file, read_log_file
from bot.slack.manifest import SHORTCUT
from bot.slack.mention_listener import mention_request, on_mention
from bot.slack.odd_payloads import UNREADABLE
from bot.slack.payloads import BlockActions, BlockSuggestion, SlashCommand, ViewSubmission
from bot.slack.render import verb_of
from bot.slack.render_form import SEARCH_PREFIX, form_asking, form_errors, form_verb, menu_options, read_form
from bot.slack.requests import Deps, Request, choices_for, note_dealt_with, read_command
from bot.slack.responding import (
    answer_at_url,
    answer_in_conversation,
    give_receipt,
    keep_receipt,
    one_message,
    respond,
    send_whole,
    show_form,
)
from bot.slack.shortcuts import on_turn
from bot.slack.uploads import file_follows
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.conversation.edited_messages import press_answer, read_once
from handlers.conversation.typed_answers import answer_typed
from handlers.dispatch import answer_text
from handlers.press_codec import Ask, OnTicked, OpenLink, Share, TickBox, Typed
from handlers.presses import pressed, said_or_pressed, submitted
from handlers.registry import Replaces
from handlers.responses import Content, Form, FormErrors, Response, say
from models.enums import Way
from models.plan.accounts import Actor
from models.records.said_messages import message_name
from models.storage.tracebacks import log_error

log = logging.getLogger(__name__)

ANY = re.compile("")
CHANGED_OR_DELETED = ("message_changed", "message_deleted")
SLOW_AFTER = 1.5
"""Seconds after which a command is acknowledged without its answer.

Slack gives up after three, which begin before the command is here: half of them are for the way and a busy machine.
"""


def register(app: App, deps: Deps) -> Intake:
    """Attach every listener on the app; return what takes in what may write."""
    intake = Intake(deps, NOTED_KINDS)
    app.command("/cypp")(lambda ack, body: on_command(ack, body, intake))
    app.action(ANY)(lambda ack, body: on_press(ack, body, intake))
    app.message_shortcut(f"cypp:{SHORTCUT}")(lambda ack, body: on_turn(ack, body, deps))
    app.options(ANY)(lambda ack, body: on_search(ack, body, deps))
    app.view(ANY)(lambda ack, body: on_form(ack, body, intake))
    app.event({"type": "message", "subtype": CHANGED_OR_DELETED})(lambda body: on_message_changed(body, intake))
    app.event("message")(lambda body: on_message(body, intake))
    app.event("user_change")(lambda body: on_user_change(body, deps))
    app.event("team_join")(lambda body: on_user_change(body, deps))
    app.event("app_mention")(lambda body: on_mention(body, intake))
    app.event("app_home_opened")(lambda body: on_home_opened(body, deps))
    app.error(on_error)
    return intake


def on_error(error: Exception) -> BoltResponse:
    """Log what no listener caught. Over Socket Mode only a 200 reaches the person."""
    number = log_error(log, error)
    text = f"Something went wrong here and nothing was recorded: please tell the administrator reference {number}."
    return BoltResponse(status=200, body={"text": text, "response_type": "ephemeral"})


def on_command(ack: Ack, body: Mapping[str, Any], intake: Intake) -> None:
    """Answer `/cypp …` to the asker alone: in the acknowledgement, or where that is slow by its response_url."""
    try:
        command = SlashCommand.model_validate(body)
    except ValidationError:
        ack(text=UNREADABLE, response_type="ephemeral")
        return
    deps = intake.deps
    actor = Actor(command.actor_team, command.actor_user)
    words = deps.directory.name_channels(command.words)
    reading = deps.reading.submit(read_command, deps, actor, words)
    try:
        answered = reading.result(SLOW_AFTER)
    except TimeoutError:
        ack()
        reading.add_done_callback(lambda done: answer_late(intake, command, done.result()))
        return
    if answered is None:
        outcome = intake.take(command_request(intake, command))
        answered = outcome.response
    if answered is None or isinstance(answered.content, Form) or is_receipt_here(command, answered):
        ack()
        if answered is not None:
            answer_command(deps, command, answered)
        return
    ack(**deps.blocks.fit(one_message(answered).as_form()), response_type="ephemeral")
    file_follows(deps, actor.user, answered, command.response_url)


def answer_late(intake: Intake, command: SlashCommand, answered: Response | None) -> None:
    """Answer a command that was acknowledged before it was read."""
    if answered is None:
        answered = intake.take(command_request(intake, command)).response
    if answered is not None:
        answer_command(intake.deps, command, answered)


def command_request(intake: Intake, command: SlashCommand) -> Request:
    """Return what a command that may write asks for."""
    words = intake.deps.directory.name_channels(command.words)
    return Request(
        "command",
        command,
        f"command:{command.trigger_id or uuid4()}",
        Actor(command.actor_team, command.actor_user),
        Way.COMMAND,
        lambda ctx: answer_typed(ctx, words),
        lambda answered: answer_command(intake.deps, command, answered),
        text=words,
    )


def answer_command(deps: Deps, command: SlashCommand, answered: Response) -> None:
    """Answer a command after its acknowledgement: as a form, or by its response_url."""
    if isinstance(answered.content, Form):
        show_form(deps, command.trigger_id, command.channel_id, command.response_url, answered.content)
        return
    if is_receipt_here(command, answered):
        deps.run_in_background(keep_receipt, deps, command.channel_id, command.response_url, answered)
    elif command.response_url:
        answer_at_url(
            deps,
            command.response_url,
            one_message(answered),
            given_up=lambda _: answer_in_conversation(deps, command.actor_user, "", answered),
        )
    file_follows(deps, command.actor_user, answered, command.response_url)


def is_receipt_here(command: SlashCommand, answered: Response) -> bool:
    """Return whether a command was typed in a direct conversation and did something: its *Undo* is to stay there."""
    return command.channel_id.startswith("D") and answered.done and isinstance(answered.content, Content)


def on_press(ack: Ack, body: Mapping[str, Any], intake: Intake) -> None:
    """Answer a button: record at once, open a form, or ask the same words again for another page."""
    try:
        payload = BlockActions.model_validate(body)
    except ValidationError:
        ack()
        return
    deps = intake.deps
    verb = verb_of(payload.press.action_id)
    if verb in (OpenLink.verb, TickBox.verb):
        ack()
        return
    request = press_request(intake, payload)
    entry = REGISTRY.presses.get(verb)
    value = entry.value.decode(payload.press.chosen) if entry is not None else None
    answered: Response | None = None
    if isinstance(value, Share | Ask) and payload.trigger_id:
        pressed_in = payload.answer if isinstance(value, Ask) else ""
        if note_dealt_with(deps, f"trigger:{payload.trigger_id}", pressed_in):
            ack()
            return
    if isinstance(value, Typed):
        share = value if isinstance(value, Share) else None
        answered = read_command(deps, request.actor, value.words, Way.BUTTON, value.page, share=share)
    if answered is None:
        answered = intake.take(request).response
    ack()
    if answered is not None:
        request.answer(answered)


def press_request(intake: Intake, payload: BlockActions) -> Request:
    """Return what a press asks for."""
    verb, carried = verb_of(payload.press.action_id), payload.press.chosen
    actor = Actor(payload.actor_team, payload.actor_user)
    entry = REGISTRY.presses.get(verb)
    value = entry.value.decode(carried) if entry is not None else None
    if isinstance(value, OnTicked):
        value = replace(value, ticked=payload.ticked or value.ticked)
        carried = value.encode()
    # What may be pressed again is told from what is delivered again by the press's own id.
    delivery = f"trigger:{payload.trigger_id}" if payload.trigger_id else ""
    once = ""
    if entry is None or not entry.repeatable:
        # The value of *Record for REF* holds what somebody typed, which belongs in no key.
        digest = sha256(carried.encode()).hexdigest()[:16]
        once = f"press:{payload.place}:{verb}:{digest}:{actor.user}"
    words = value.words if isinstance(value, Typed) else ""

    def work(ctx: RequestContext) -> Response:
        return press_answer(
            ctx, payload.answer, lambda: answer_text(ctx, words) if words else pressed(ctx, verb, carried)
        )

    return Request(
        "press",
        payload,
        delivery or once or f"press:{uuid4()}",
        actor,
        Way.BUTTON,
        work,
        lambda answered: answer_press(intake.deps, payload, answered),
        once="" if words else once,
        delivery="" if words else delivery,
        about=getattr(value, "action", 0),
        text=words,
        opens=not getattr(entry, "records", "") or getattr(entry, "asks", False),
    )


def answer_press(deps: Deps, payload: BlockActions, answered: Response) -> None:
    """Answer a press once it is acknowledged."""
    user = payload.actor_user
    entry = REGISTRY.presses.get(verb_of(payload.press.action_id))
    share = entry is not None and entry.value is Share
    if isinstance(answered.content, Form):
        place = HOME_CHANNEL if payload.on_home else payload.answer or payload.channel_id
        show_form(deps, payload.trigger_id, place, payload.response_url, answered.content)
    elif payload.on_home and isinstance(answered.content, Content):
        deps.run_in_background(publish_home, deps, Actor(payload.actor_team, user), answered.content)
    elif answered.message is not None and payload.channel_id.startswith("D"):
        pass  # In the direct conversation the message is the answer.
    elif answered.content is not None and payload.response_url:
        how = entry.replaces if entry is not None else Replaces.NEVER
        replaces = answered.done if how is Replaces.WHEN_DONE else how is Replaces.ALWAYS and not answered.failed
        deps.run_in_background(respond, deps, payload, answered, replaces, share)
    if answered.message is not None:
        deps.run_in_background(send_whole, deps, user, answered.message)
    file_follows(deps, user, answered, payload.response_url)


def on_form(ack: Ack, body: Mapping[str, Any], intake: Intake) -> None:
    """Take in a form: errors at a field keep what was typed; else it closes and a receipt follows."""
    try:
        payload = ViewSubmission.model_validate(body)
    except ValidationError:
        ack()
        return
    request = form_request(intake, payload)
    answered = intake.take(request).response
    if answered is not None and isinstance(answered.content, FormErrors):
        given = answered.content
        ack(**(form_asking(body["view"], given) if given.asks else form_errors(given)))
        return
    ack()
    if answered is not None:
        request.answer(answered)


def form_request(intake: Intake, payload: ViewSubmission) -> Request:
    """Return what a form that was sent asks for."""
    actor = Actor(payload.actor_team, payload.actor_user)
    place, _, value = payload.view.private_metadata.partition("\n")
    channel, asked_in = place.partition("/")[0], place if "/" in place else ""
    fields = read_form(payload.view.model_dump())
    verb = form_verb(payload.view.callback_id)
    key = f"view:{payload.view.id}"
    text = fields.get("words", "") or fields.get("reason", "")
    return Request(
        "form",
        payload,
        key,
        actor,
        Way.FORM,
        lambda ctx: press_answer(ctx, asked_in, lambda: submitted(ctx, verb, value, fields), by_form=True),
        lambda answered: answer_form(intake.deps, actor, channel, answered, text),
        once=key,
        text=text,
        mentions=f"<@{fields['who']}>" if "who" in fields else "",
        opens=True,
    )


def answer_form(deps: Deps, actor: Actor, channel: str, answered: Response, text: str) -> None:
    """Give the receipt of a form; what stood in its way after all is said with what was typed."""
    if isinstance(answered.content, FormErrors):
        answered = say("Nothing was recorded from your form.", *answered.content.errors.values(), typed=text)
    if not isinstance(answered.content, Content):
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


def on_message(body: Mapping[str, Any], intake: Intake) -> None:
    """Answer plain words in the direct conversation with at most one message."""
    try:
        event = MessageEvent.from_body(body)
    except ValidationError:
        return
    if event.channel_type != "im" or not event.from_person:
        return
    request = message_request(intake, event)

    def take(one: Request) -> None:
        answered = intake.take(one).response
        if answered is not None:
            one.answer(answered)

    file = log_file(event, event.words)
    if file is not None:
        intake.deps.run_in_background(read_log_file, intake.deps, event, file, request, take)
    else:
        take(request)


def message_request(intake: Intake, event: MessageEvent) -> Request:
    """Return what a message asks for."""
    deps = intake.deps
    words = deps.directory.name_channels(event.words)
    actor = Actor(event.actor_team, event.actor_user)
    message = message_name(event.channel, event.ts)

    def read(ctx: RequestContext) -> Response:
        return said_or_pressed(ctx, words, event.thread_ts, event.links, event.ts)

    def answer(answered: Response) -> None:
        if isinstance(answered.content, Content):
            deps.run_in_background(answer_in_conversation, deps, event.channel, event.answer_in, answered, message)
        file_follows(deps, actor.user, answered)

    return Request(
        "message",
        event,
        f"event:{event.event_id}",
        actor,
        Way.REPLY,
        lambda ctx: read_once(ctx, message, read),
        answer,
        once=f"event:{event.event_id}",
        text=words,
    )


def on_user_change(body: Mapping[str, Any], deps: Deps) -> None:
    """Update the cached directory after a member joined, changed or left."""
    try:
        UserChange.from_body(body)
    except ValidationError:
        return
    deps.directory.changed(body["event"]["user"])


NOTED_KINDS: Mapping[str, Callable[[Intake, str], Request]] = {
    "command": lambda intake, noted: command_request(intake, SlashCommand.model_validate_json(noted)),
    "press": lambda intake, noted: press_request(intake, BlockActions.model_validate_json(noted)),
    "form": lambda intake, noted: form_request(intake, ViewSubmission.model_validate_json(noted)),
    "message": lambda intake, noted: message_request(intake, MessageEvent.model_validate_json(noted)),
    "change": lambda intake, noted: changed_request(intake, ChangedMessage.model_validate_json(noted)),
    "mention": lambda intake, noted: mention_request(intake, AppMention.model_validate_json(noted)),
}
"""What makes a request again of what was noted of it, by its kind."""
