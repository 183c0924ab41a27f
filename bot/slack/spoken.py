"""Answers that stay in a conversation are remembered with what they show, so that words can be redacted in them.

What one person alone is shown goes by itself and is not kept; nor is anything that only gives a writer's words back:
nothing of that was recorded.
"""

import logging
from uuid import uuid4

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import select

from bot.slack.messenger import page_of
from bot.slack.render import SlackMessage
from bot.slack.rounds import Deps
from bot.slack.trouble import TROUBLE
from handlers.replies import Answer, Reply
from models.errors import Refusal
from models.ledger_tables import Spoken
from models.redaction import OUT_OF_REACH

log = logging.getLogger(__name__)


def is_kept(answered: Answer) -> bool:
    """Whether an answer shows what is recorded: a receipt, a list, a card; not an error, not a question about words."""
    reply = answered.reply
    return isinstance(reply, Reply) and (answered.done or (bool(reply.groups) and not reply.typed))


def remember(deps: Deps, channel: str, ts: str, message: SlackMessage) -> None:
    """Notes what a posted message shows now; `ts` "" where Slack does not say which message it became."""
    remember_page(deps, channel, ts or f"{OUT_OF_REACH}{uuid4()}", page_of(message))


def remember_page(deps: Deps, channel: str, name: str, page: str) -> None:
    """The same for a page as the messenger takes it, under the name it has in that conversation."""
    try:
        with deps.database.write(workspace=deps.workspace_id) as session:
            row = session.scalars(
                select(Spoken).where(
                    Spoken.workspace_id == deps.workspace_id, Spoken.channel == channel, Spoken.ts == name
                )
            ).first()
            if row is None:
                row = Spoken(workspace_id=deps.workspace_id, channel=channel, ts=name, payload="", at=deps.now())
                session.add(row)
            row.payload, row.stale = page, False
    except Refusal as refusal:
        log.warning("an answer could not be remembered: %s", type(refusal).__name__)


def post(client: WebClient, channel: str, message: SlackMessage, thread_ts: str = "") -> tuple[str, str] | None:
    """Posts a message; the conversation and the `ts` it has there, or None where nobody knows.

    Raises SlackApiError where Slack refuses.
    """
    try:
        given = client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts or None,
            text=message.text,
            blocks=message.blocks,
            mrkdwn=False,
            unfurl_links=False,
            unfurl_media=False,
        )
    except SlackApiError:
        raise
    except TROUBLE as error:
        log.warning("an answer could not be given: %s", type(error).__name__)
        return None
    return str(given["channel"]), str(given["ts"])
