"""Deliver answers: by the press's own address, as a form, as a receipt, as words in a conversation.

What stays in a conversation is noted (`bot.slack.sent_pages`), so that words can be redacted in it.
"""

import logging
import time
from dataclasses import replace

from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.slack.error_codes import SLACK_ERRORS
from bot.slack.payloads import BlockActions
from bot.slack.picture_blocks import page_versions
from bot.slack.render import SlackMessage, render, render_one
from bot.slack.render_form import render_form
from bot.slack.requests import Deps
from bot.slack.sent_pages import is_kept, post, remember_message
from handlers.conversation.mentions import for_all
from handlers.press_codec import Share
from handlers.responses import Content, Form, Response, say
from schedules.ports import Refused

log = logging.getLogger(__name__)

ALREADY_OPEN = "exchanged_trigger_id"
"""Slack's error where the same press was delivered before, and opened its form then."""
MOST_ATTEMPTS = 3
LONGEST_WAIT = 30.0
"""Seconds a page of a long message waits at most, where Slack asks to post more slowly."""
BETWEEN_VERSIONS = 1.0
"""Seconds until the next version of a page is tried: Slack may still be checking its picture."""


def one_message(answered: Response) -> SlackMessage:
    """Return an answer as a single message."""
    content = answered.content
    return render_one(content if isinstance(content, Content) else say("Done.").content)  # type: ignore[arg-type]


def show_form(deps: Deps, trigger_id: str, channel_id: str, response_url: str, form: Form) -> None:
    """Open a form; the conversation it was asked for in comes back with it, for the receipt."""
    view = render_form(form)
    view["private_metadata"] = f"{channel_id}\n{form.value}"
    try:
        deps.client.views_open(trigger_id=trigger_id, view=view)
    except SLACK_ERRORS as error:
        if isinstance(error, SlackApiError) and error.response.get("error") == ALREADY_OPEN:
            return
        log.warning("a form could not be opened: %s", type(error).__name__)
        if response_url:
            send_to_url(response_url, one_message(say("The form could not be opened: please press again.")))


def respond(deps: Deps, payload: BlockActions, answered: Response, replaces: bool, share: bool) -> None:
    """Answer a press by its response_url, to the presser alone; what is shared is posted to the conversation.

    Where the bot is no member it cannot post, and Slack's response_url does it: such a message cannot be changed later.
    """
    content = answered.content
    if not isinstance(content, Content):
        return
    # An error is nobody else's business: only what can be shared is.
    share = share and bool(content.shareable)
    if share:
        asked = f"Shared from “/cypp {Share.decode(content.shareable).words}”."
        content = for_all(replace(content, footer=(*content.footer, asked)))
    message = render_one(content)
    if share:
        try:
            posted = post(deps.client, payload.channel_id, message)
        except SlackApiError as error:
            log.info("an answer is shared by its response_url: %s", error.response.get("error"))
        else:
            if posted:
                remember_message(deps, *posted, message)
            return
    if not send_to_url(payload.response_url, message, share=share, replaces=replaces):
        return
    if share:
        remember_message(deps, payload.channel_id, "", message)
    elif replaces and not payload.container.is_ephemeral and is_kept(answered):
        remember_message(deps, payload.channel_id, payload.message_ts, message)


def send_to_url(url: str, message: SlackMessage, *, share: bool = False, replaces: bool = False) -> bool:
    """Post by a response_url; return whether Slack took it."""
    try:
        response = WebhookClient(url, timeout=5).send(
            text=message.text,
            blocks=message.blocks,
            response_type="in_channel" if share else "ephemeral",
            replace_original=replaces and not share,
            delete_original=False,
        )
    except SLACK_ERRORS as error:
        log.warning("an answer to a press could not be given: %s", type(error).__name__)
        return False
    if response.status_code != 200:
        log.warning("an answer to a press was not taken: %s", response.status_code)
    return response.status_code == 200


def give_receipt(deps: Deps, channel: str, user: str, answered: Response, thread_ts: str = "") -> None:
    """Post a receipt where it was asked for, to its writer alone; else in the direct conversation."""
    message = one_message(answered)
    try:
        deps.client.chat_postEphemeral(
            channel=channel, user=user, thread_ts=thread_ts or None, text=message.text, blocks=message.blocks
        )
        return
    except SlackApiError as error:
        # The form may have been opened in a channel the bot is not in.
        log.info("a receipt goes into the direct conversation: %s", error.response.get("error"))
    except SLACK_ERRORS as error:
        log.warning("a receipt could not be given: %s", type(error).__name__)
        return
    answer_in_conversation(deps, user, "", answered)


def send_whole(deps: Deps, user: str, content: Content) -> None:
    """Send a message to somebody's direct conversation, in as many pages as it takes, with its picture.

    A version of a page is tried after Slack has refused the one before, so nothing is posted twice.
    """
    for message in render(content):
        posted = None
        for number, version in enumerate(page_versions(deps.client, message.as_page())):
            if number:
                time.sleep(BETWEEN_VERSIONS)
            message = SlackMessage(version["text"], version["blocks"])
            posted = _sent(deps, user, message)
            if not isinstance(posted, Refused):
                break
        if isinstance(posted, Refused):
            return
        if posted:
            remember_message(deps, *posted, message)


def _sent(deps: Deps, user: str, message: SlackMessage) -> tuple[str, str] | Refused | None:
    """Post one message, waiting where Slack asks to; return None where the outcome is unknown."""
    for attempt in range(MOST_ATTEMPTS):
        try:
            return post(deps.client, user, message)
        except SlackApiError as error:
            wait = error.response.headers.get("Retry-After", "")
            code = str(error.response.get("error"))
            if code == "ratelimited" and attempt + 1 < MOST_ATTEMPTS:
                time.sleep(min(float(wait or 1), LONGEST_WAIT))
                continue
            log.warning("a message could not be sent: %s", code)
            return Refused(code)
    return None


def answer_in_conversation(deps: Deps, channel: str, thread_ts: str, answered: Response) -> None:
    """Answer plain words where they were said."""
    message = one_message(answered)
    try:
        posted = post(deps.client, channel, message, thread_ts)
    except SlackApiError as error:
        log.warning("an answer could not be given: %s", error.response.get("error"))
        return
    if posted and is_kept(answered):
        remember_message(deps, *posted, message)
