"""Hear that a message was edited or deleted, and answer it with at most one message.

Slack tells of changes that nobody made: it shows where a link leads, the bot changes its own messages. Those have the
same words, or no person who wrote them. Sources: https://docs.slack.dev/reference/events/message/message_changed; of a
mention in a channel Slack sends the event again, with `edited` (bolt-js #960).
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from bot.slack.event_payloads import AppMention, ChangedMessage, EditStamp
from bot.slack.intake import Intake
from bot.slack.requests import Request
from bot.slack.responding import answer_in_conversation, change_answer
from handlers.context import RequestContext
from handlers.conversation.direct_messages import said_in_words
from handlers.conversation.edited_messages import EditedWords, message_deleted, message_edited
from handlers.conversation.incoming_words import IncomingWords
from handlers.responses import Content, Response
from models.enums import Way
from models.plan.accounts import Actor
from models.records.said_messages import message_name


def on_message_changed(body: Mapping[str, Any], intake: Intake) -> None:
    """Answer a change or a deletion of what somebody wrote."""
    try:
        event = ChangedMessage.from_body(body)
    except ValidationError:
        return
    if event.was_written.from_person and event.written_at and (event.is_deleted or _says_something_else(event)):
        request = changed_request(intake, event)
        answered = intake.take(request).response
        if answered is not None:
            request.answer(answered)


def _says_something_else(event: ChangedMessage) -> bool:
    """Return whether its writer changed the words of a message."""
    said, before = event.was_written, event.previous_message
    same = before is not None and before.words.split() == said.words.split()
    by_another = said.edited is not None and said.edited.user not in ("", said.user)
    return bool(said.words) and not same and not by_another


def changed_request(intake: Intake, event: ChangedMessage) -> Request:
    """Return what a changed or deleted message asks for."""
    deps, said, ts = intake.deps, event.was_written, event.written_at
    message = message_name(event.channel, ts)
    words = "" if event.is_deleted else deps.directory.name_channels(said.words)
    actor = Actor(event.actor_team, said.user)
    in_place_of = ""

    def read(ctx: RequestContext) -> Response:
        return said_in_words(ctx, words, said.thread_ts, said.links, ts)

    def work(ctx: RequestContext) -> Response:
        nonlocal in_place_of
        if event.is_deleted:
            given, in_place_of = message_deleted(ctx, message)
        else:
            incoming = IncomingWords(ctx, words, said.thread_ts, said.links, ts)
            edited = EditedWords(incoming, read, _age(ts, said.edited))
            given, in_place_of = message_edited(ctx, message, edited)
        return given

    def answer(answered: Response) -> None:
        if not isinstance(answered.content, Content):
            return
        if in_place_of:
            deps.run_in_background(change_answer, deps, in_place_of, said.thread_ts, answered, message)
        else:
            deps.run_in_background(answer_in_conversation, deps, event.channel, said.thread_ts, answered, message)

    key = f"deleted:{message}" if event.is_deleted else change_key(message, said.edited, words)
    return Request("change", event, key, actor, Way.REPLY, work, answer, once=key, text=words)


def change_key(message: str, edited: EditStamp | None, words: str) -> str:
    """Return what is the same each time Slack tells of one change, without anything that somebody typed."""
    return f"changed:{message}:{edited.ts if edited else ''}:{sha256(words.encode()).hexdigest()[:16]}"


def edited_mention(
    ctx: RequestContext, event: AppMention, words: str, read: Callable[[RequestContext], Response]
) -> Response:
    """Return the answer to a mention that was changed, or that came with the change."""
    edited = EditedWords(IncomingWords(ctx, words, ts=event.ts), read, _age(event.ts, event.edited))
    return message_edited(ctx, message_name(event.channel, event.ts), edited)[0]


def _age(ts: str, edited: EditStamp | None) -> timedelta:
    """Return how long after it was written a message was changed."""
    return timedelta(seconds=max(float(edited.ts) - float(ts), 0.0)) if edited and edited.ts else timedelta()
