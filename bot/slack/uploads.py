"""Files that follow an answer: made and uploaded when the answer is out, into the direct conversation of whoever asked.

The content stays in memory; nothing is written to a disk.
"""

import logging
from functools import partial

from bot.slack.clients import SlackClient
from bot.slack.meanings import Trouble, call_slack, text_in
from bot.slack.messenger import UPLOAD_TIMEOUT
from bot.slack.patience import try_until_taken
from bot.slack.requests import Deps
from bot.slack.responding import answer_at_url, answer_in_conversation, one_message
from handlers.responses import Content, FileToCome, Response
from models.errors import Refusal
from models.storage.tracebacks import log_error

log = logging.getLogger(__name__)


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
        _tell(deps, user, file.failed, response_url)
        return
    except Exception as error:  # noqa: BLE001 - the last line before people
        number = log_error(log, error)
        _tell(deps, user, f"{file.failed} (Reference {number}.)", response_url)
        return
    client = SlackClient(
        token=deps.client.token, base_url=deps.client.base_url, timeout=UPLOAD_TIMEOUT, retry_handlers=[]
    )

    def attempt() -> Trouble | None:
        opened = partial(client.conversations_open, users=user)
        channel = call_slack(opened, lambda answer: text_in(answer, "channel", "id"))
        if isinstance(channel, Trouble):
            return channel
        return call_slack(
            lambda: client.files_upload_v2(channel=channel, filename=file.name, title=file.title, content=content),
            lambda _: None,
        )

    try_until_taken(deps, attempt, lambda _: _tell(deps, user, file.failed, response_url))


def _tell(deps: Deps, user: str, sentence: str, response_url: str) -> None:
    """Send one sentence to somebody, where they asked; else in the direct conversation."""
    answered = Response(Content(sentence))

    def directly(_: Trouble | None = None) -> None:
        answer_in_conversation(deps, user, "", answered)

    if response_url:
        answer_at_url(deps, response_url, one_message(answered), given_up=directly)
    else:
        directly()
