"""Read a file that somebody who keeps a board sends in the direct conversation: an action log.

The bytes are fetched, and its tables made out, before any transaction and off the threads that answer people.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from sqlalchemy.orm import Session

from bot.slack.clients import NotSlacks, SlackClient
from bot.slack.event_payloads import MessageEvent, SharedFile
from bot.slack.requests import Deps, Request, read_for, request_context
from handlers.actions.new_actions import kept_boards
from handlers.context import RequestContext
from handlers.conversation.attachments import without_words
from handlers.logs.shown_log import show_log
from handlers.papers.own_templates import DOCUMENTS, check_own_template, keep_own_template, template_named
from handlers.reading.normalise import plain
from handlers.responses import Response, response_of, say
from models.enums import Way
from models.errors import Refusal
from models.files.papers.rendering import MOST_BYTES
from models.plan.accounts import Asker
from models.storage.tracebacks import log_error

log = logging.getLogger(__name__)

_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".docx")
_OTHERS = (".doc", ".xls", ".xlsb", ".ods", ".odt", ".numbers", ".pages", ".pdf", ".rtf", ".txt", ".png", ".jpg")
_NAMES_A_LOG = frozenset(("log", "tracker", "actions", "import", "add"))
_TIMEOUT = 30
_OTHER_WAYS = "Paste its table here, or have it read with “cypp import FILE --log BOARD”."


def log_file(event: MessageEvent, words: str) -> SharedFile | None:
    """Return the file to be read: a table without words about an action, one that is called a log, or a template."""
    if len(event.files) != 1:
        return None
    file = event.files[0]
    ending = PurePath(file.name.lower()).suffix
    if template_named(words) is not None:
        return file
    called = bool(_NAMES_A_LOG & set(plain(words).split()))
    fits = (ending in _TABLES and (called or without_words(words))) or (ending in _OTHERS and called)
    return file if fits else None


def read_log_file(
    deps: Deps, event: MessageEvent, file: SharedFile, request: Request, take: Callable[[Request], object]
) -> None:
    """Have a log shown to whoever keeps a board; for anybody else the file is what it was before."""

    def keeps(session: Session, asker: Asker) -> bool:
        return bool(kept_boards(request_context(deps, session, asker, Way.REPLY, deps.now(), reads=True)))

    if not read_for(deps, request.actor, keeps):
        take(request)
        return
    named = template_named(event.words)
    take(replace(request, work=_template(deps, file, *named) if named is not None else _work(deps, file)))


def _template(deps: Deps, file: SharedFile, board: str, document: str) -> Callable[[RequestContext], Response]:
    """Fetch and check a template; return what is done about it in a transaction."""
    of = DOCUMENTS[document]
    try:
        content = _content(deps, file, MOST_BYTES)
        checked = check_own_template(document, content)
    except (NotSlacks, OSError) as error:
        log.warning("a file could not be read: %s", type(error).__name__)
        other = f"Ask the administrator for “cypp papers MEETING --template {file.name}{of.option}”."
        return lambda ctx: say(f"{file.name} cannot be read from Slack here: nothing was changed.", other)
    except Refusal as refused:
        sentence = refused.sentence
        return lambda ctx: say(sentence, f"Nothing was changed: “/cypp template {of.typed}” sends one that works.")
    return lambda ctx: response_of(keep_own_template, ctx, board, document, file.name, content, checked)


def _content(deps: Deps, file: SharedFile, most: int) -> bytes:
    """Return the bytes of a file. Raises NotSlacks or OSError where it cannot be had."""
    client = SlackClient(token=deps.client.token, base_url=deps.client.base_url, timeout=_TIMEOUT, retry_handlers=[])
    if not file.url_private_download:
        raise NotSlacks(file.name)
    return client.private_file(file.url_private_download, most)


def _work(deps: Deps, file: SharedFile) -> Callable[[RequestContext], Response]:
    """Fetch and make out the file; return what is done about it in a transaction."""
    name = file.name
    try:
        from models.files.tables.table_files import MAX_FILE, read_tables  # reads workbooks, which few messages need

        tables = read_tables(_content(deps, file, MAX_FILE), name)
    except (NotSlacks, OSError) as error:
        log.warning("a file could not be read: %s", type(error).__name__)
        return lambda ctx: say(f"{name} cannot be read from Slack here: nothing was added.", _OTHER_WAYS)
    except Refusal as refused:
        sentence = refused.sentence
        return lambda ctx: say(sentence)
    except Exception as error:  # noqa: BLE001 - the last line before people: whatever stands in a file, they are told
        number = log_error(log, error)
        return lambda ctx: say(f"{name} cannot be read: nothing was added. (Reference {number}.)", _OTHER_WAYS)
    return lambda ctx: show_log(ctx, tables, name)
