"""The bot was mentioned in a channel: answered in a thread for all to see, or to the writer alone."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.slack.answering import answer_in_conversation, give_receipt
from bot.slack.payloads import AppMention
from bot.slack.rounds import Deps, write_round
from bot.slack.uploading import send_file
from handlers.context import Round
from handlers.mentions import answer_mention
from handlers.replies import Answer, Reply
from models.accounts import Actor
from models.enums import Way


def on_mention(body: Mapping[str, Any], deps: Deps) -> None:
    """One mention in, at most one answer out."""
    try:
        event = AppMention.from_body(body)
    except ValidationError:
        return
    if not event.from_person:
        return
    words = event.words.replace(f"<@{deps.bot_user}>", " ").strip(" ,:")
    public = False

    def work(asked: Round) -> Answer:
        nonlocal public
        given, public = answer_mention(asked, words, event.ts)
        return given

    actor = Actor(event.actor_team, event.actor_user)
    answered = write_round(deps, actor, Way.REPLY, work, once=f"event:{event.event_id}", text=words)
    if answered is None or not isinstance(answered.reply, Reply):
        return
    if public and not answered.failed:
        deps.afterwards(answer_in_conversation, deps, event.channel, event.thread_ts or event.ts, answered)
    else:
        deps.afterwards(give_receipt, deps, event.channel, actor.user, answered, event.thread_ts)
    if answered.file is not None:
        deps.afterwards(send_file, deps, actor.user, answered.file, "")
