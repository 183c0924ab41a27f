"""Answer a mention of the bot in a channel: in a thread for all to see, or to the writer alone."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.slack.intake import Intake
from bot.slack.payloads import AppMention
from bot.slack.requests import Request
from bot.slack.responding import answer_in_conversation, give_receipt
from bot.slack.uploads import file_follows
from handlers.context import RequestContext
from handlers.conversation.mentions import answer_mention
from handlers.responses import Content, Response
from models.enums import Way
from models.plan.accounts import Actor


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
    public = False

    def work(ctx: RequestContext) -> Response:
        nonlocal public
        given, public = answer_mention(ctx, words, event.ts)
        return given

    def answer(answered: Response) -> None:
        if not isinstance(answered.content, Content):
            return
        if public and not answered.failed:
            deps.run_in_background(answer_in_conversation, deps, event.channel, event.thread_ts or event.ts, answered)
        else:
            deps.run_in_background(give_receipt, deps, event.channel, actor.user, answered, event.thread_ts)
        file_follows(deps, actor.user, answered)

    key = f"event:{event.event_id}"
    return Request("mention", event, key, actor, Way.REPLY, work, answer, once=key, text=words)
