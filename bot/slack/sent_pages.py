"""Answers that stay in a conversation are remembered with what they show, so that words can be redacted in them.

What one person alone is shown goes by itself and is not kept; nor is anything that only gives a writer's words back:
nothing of that was recorded.
"""

import logging
from contextlib import suppress
from queue import Empty
from uuid import uuid4

from sqlalchemy import select

from bot.slack.meanings import Trouble, call_slack, text_in
from bot.slack.messenger import page_of
from bot.slack.render import SlackMessage
from bot.slack.requests import Deps
from handlers.conversation.counting import asks_for_the_rest
from handlers.conversation.edited_messages import fate_of
from handlers.responses import Content, Response
from handlers.safeguarding.confirmation import RecordSurely
from models.enums import Fate
from models.errors import Refusal
from models.records.redaction import OUT_OF_REACH
from models.records.said_messages import message_name, note_answered
from models.storage.notification_tables import Spoken

log = logging.getLogger(__name__)


def is_kept(answered: Response) -> bool:
    """Return whether an answer shows what is recorded, as a receipt, list or card does; errors and questions do not.

    One that asks about words that may identify a child holds them, so it is not kept either.
    """
    content = answered.content
    if not isinstance(content, Content) or any(button.verb == RecordSurely.verb for button in content.buttons):
        return False
    return answered.done or (bool(content.groups) and not content.typed)


def remember_message(deps: Deps, channel: str, ts: str, message: SlackMessage) -> None:
    """Note what a posted message shows now; `ts` "" where Slack does not say which message it became."""
    remember_page(deps, channel, ts or f"{OUT_OF_REACH}{uuid4()}", page_of(message))


def remember_page(deps: Deps, channel: str, name: str, page: str) -> None:
    """Note what a page as the messenger takes it shows now, under its `ts` in that conversation.

    What is shown meanwhile is noted with it: each by itself would wait for its turn to write.
    """
    deps.shown.put((channel, name, page))
    while not deps.shown.empty() and deps.remembering.acquire(blocking=False):
        try:
            _remember_all(deps)
        except Refusal as refusal:
            log.warning("an answer could not be remembered: %s", type(refusal).__name__)
        finally:
            deps.remembering.release()


def _remember_all(deps: Deps) -> None:
    with deps.database.write(workspace=deps.workspace_id, wakes=False) as session:
        pages: dict[tuple[str, str], str] = {}
        with suppress(Empty):
            while True:
                channel, name, page = deps.shown.get_nowait()
                pages[channel, name] = page
        known = session.scalars(select(Spoken).where(Spoken.ts.in_({name for _, name in pages})))
        rows = {(row.channel, row.ts): row for row in known}
        for (channel, name), page in pages.items():
            row = rows.get((channel, name))
            if row is None:
                row = Spoken(workspace_id=deps.workspace_id, channel=channel, ts=name, payload="", at=deps.now())
                session.add(row)
            row.payload, row.stale = page, False


def note_answer(deps: Deps, said: str, answered: Response, channel: str, ts: str) -> None:
    """Note where a message was answered, where the answer has words of it that go when it is edited or deleted.

    What was done in part and asks about the rest is noted too: a press there is about that message.
    """
    if not said or not (fate_of(answered) is Fate.OPEN or asks_for_the_rest(answered)):
        return
    try:
        with deps.database.write(workspace=deps.workspace_id) as session:
            note_answered(session, said, message_name(channel, ts))
    except Refusal as refusal:
        log.warning("where a message was answered could not be noted: %s", type(refusal).__name__)


def post(deps: Deps, channel: str, message: SlackMessage, thread_ts: str = "") -> tuple[str, str] | Trouble:
    """Post a message; return the conversation and the `ts` it has there, or why it was not taken."""
    return deps.blocks.give(
        message.as_form(),
        lambda form: call_slack(
            lambda: deps.client.chat_postMessage(
                channel=channel,
                thread_ts=thread_ts or None,
                mrkdwn=False,
                unfurl_links=False,
                unfurl_media=False,
                **form,
            ),
            lambda answer: (text_in(answer, "channel"), text_in(answer, "ts")),
        ),
    )
