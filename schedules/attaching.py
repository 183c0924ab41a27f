"""Files that follow a message, once it is on record as sent.

A file is no part of what is sent once and only once: nobody can look it up. Where it was not taken, or the program
ended in between, the message has a button for it.
"""

import logging
from datetime import datetime

from handlers.notifications.wording import reader_context
from models.notifications.messages import notifications_of
from models.storage.engine import Database
from models.storage.tracebacks import format_traceback
from schedules.ports import Messenger
from schedules.registry import NOTIFICATIONS

log = logging.getLogger(__name__)


def attach_files(
    database: Database, workspace_id: str, messenger: Messenger, address: str, message_id: int, now: datetime
) -> None:
    """Send the files that follow a message."""
    try:
        with database.read(workspace_id) as session:
            ctx = reader_context(session, workspace_id, now)
            files = [
                made
                for notification in notifications_of(session, message_id)
                if (file := NOTIFICATIONS[notification.kind].file) and (made := file(ctx, notification))
            ]
            contents = [one.make(session) for one in files]
    except Exception as error:  # noqa: BLE001 - the message is out, and has a button for it
        log.error("a file that follows a message could not be made: %s", format_traceback(error))
        return
    for one, content in zip(files, contents, strict=True):
        if not messenger.attach(address, one, content):
            log.warning("a file that follows a message was not taken")
