"""Files that follow an answer: made and uploaded when the answer is out, into the direct conversation of whoever asked.

The content stays in memory; nothing is written to a disk.
"""

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.clients import SlackClient
from bot.slack.error_codes import SLACK_ERRORS
from bot.slack.render import render_one
from bot.slack.requests import Deps
from bot.slack.responding import send_to_url
from handlers.responses import Content, FileToCome, Response
from models.errors import Refusal
from models.storage.tracebacks import log_error

log = logging.getLogger(__name__)

UPLOAD_TIMEOUT = 60
"""Seconds for each of the three calls of an upload (https://docs.slack.dev/messaging/working-with-files/)."""


def file_follows(deps: Deps, user: str, answered: Response | None, response_url: str = "") -> None:
    """Send the file that an answer announces, once the answer is out."""
    if answered is not None and answered.file is not None:
        deps.run_in_background(send_file, deps, user, answered.file, response_url)


def send_file(deps: Deps, user: str, file: FileToCome, response_url: str = "") -> None:
    """Make a file and send it to somebody; tell them in one sentence what goes wrong."""
    try:
        with deps.database.read(deps.workspace_id) as session:
            content = file.make(session)
    except Refusal as refusal:
        log.warning("a file could not be made: %s", type(refusal).__name__)
        _tell(deps.client, user, file.failed, response_url)
        return
    except Exception as error:  # noqa: BLE001 - the last line before people
        number = log_error(log, error)
        _tell(deps.client, user, f"{file.failed} (Reference {number}.)", response_url)
        return
    client = SlackClient(
        token=deps.client.token, base_url=deps.client.base_url, timeout=UPLOAD_TIMEOUT, retry_handlers=[]
    )
    try:
        channel = client.conversations_open(users=user)["channel"]["id"]
        client.files_upload_v2(channel=channel, filename=file.name, title=file.title, content=content)
    except SLACK_ERRORS as error:
        code = error.response.get("error") if isinstance(error, SlackApiError) else type(error).__name__
        log.warning("a file could not be sent: %s", code)
        _tell(deps.client, user, file.failed, response_url)


def _tell(client: WebClient, user: str, sentence: str, response_url: str) -> None:
    """Send one sentence to somebody, where they asked; else in the direct conversation."""
    message = render_one(Content(sentence))
    if response_url and send_to_url(response_url, message):
        return
    try:
        client.chat_postMessage(channel=user, text=message.text, blocks=message.blocks, mrkdwn=False)
    except SLACK_ERRORS as error:
        log.warning("nobody could be told that a file did not come: %s", type(error).__name__)
