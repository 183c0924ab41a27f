"""Answer a mention of the bot in a channel: in a thread for all to see, or to the writer alone."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.slack.edit_listener import change_key, edited_mention
from bot.slack.event_payloads import AppMention
from bot.slack.intake import Intake
from bot.slack.requests import Request
from bot.slack.responding import answer_in_conversation, give_receipt
from bot.slack.uploads import file_follows
from handlers.context import RequestContext
from handlers.conversation.edited_messages import read_once
from handlers.conversation.mentions import answer_mention
from handlers.responses import Content, Response
from models.enums import Way
from models.plan.accounts import Actor
from models.records.said_messages import message_name


def on_mention(body: Mapping[str, Any], intake: Intake) -> None:
    """Answer one mention with at most one message."""
    try:
        event = AppMention.from_body(body)
    except ValidationError:
        return
    if not event.from_person:
        return
    request = mention_request(intake, event)
    answered = intake.take(request).response
    if answered is not None:
        request.answer(answered)


def mention_request(intake: Intake, event: AppMention) -> Request:
    """Return what a mention asks for."""
    deps = intake.deps
    words = deps.directory.name_channels(event.words.replace(f"<@{deps.bot_user}>", " ").strip(" ,:"))
    actor = Actor(event.actor_team, event.actor_user)
    message = message_name(event.channel, event.ts)
    public = False

    def read(ctx: RequestContext) -> Response:
        nonlocal public
        given, public = answer_mention(ctx, words, event.ts)
        return given

    def work(ctx: RequestContext) -> Response:
        return edited_mention(ctx, event, words, read) if event.edited else read_once(ctx, message, read)

    def answer(answered: Response) -> None:
        if not isinstance(answered.content, Content):
            return
        if public and not answered.failed:
            deps.run_in_background(answer_in_conversation, deps, event.channel, event.thread_ts or event.ts, answered)
        else:
            deps.run_in_background(give_receipt, deps, event.channel, actor.user, answered, event.thread_ts, message)
        file_follows(deps, actor.user, answered)

    key = change_key(message, event.edited, words) if event.edited else f"event:{event.event_id}"
    return Request("mention", event, key, actor, Way.REPLY, work, answer, once=key, text=words)
