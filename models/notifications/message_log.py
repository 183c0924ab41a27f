"""One line in the log for each message that was sent, refused, or is uncertain: what and to which role, no words."""

import logging
from datetime import datetime

from sqlalchemy import event
from sqlalchemy.orm import Session

from models.enums import MessageState
from models.notifications.summaries import FINAL_STATES, summary_of
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.storage.notification_tables import Message

log = logging.getLogger(__name__)


def log_when_stored(session: Session, message: Message, now: datetime) -> None:
    """Log how a message ended, once that is committed; nothing where it has not ended.

    Args:
        session: the transaction that recorded it.
        message: the message, with its new state.
        now: the plan's time; the recipient's role is that of its day.
    """
    if message.state not in FINAL_STATES:
        return
    day = local_day(now, zone_of(session, message.workspace_id))
    told = summary_of(session, message, day, titles=False)
    kinds = " + ".join(told.kinds)
    about = "" if told.actions is None else f", {told.actions} action{'' if told.actions == 1 else 's'}"
    to = f"{told.role.value} {told.channel}".rstrip()
    why = f" ({told.reason})" if told.reason else ""
    line = f"message {FINAL_STATES[told.state]}: {kinds}{about}, to {to}{why}"
    level = logging.INFO if told.state is MessageState.SENT else logging.WARNING
    extra = {"event": "message", "workspace": message.workspace_id, **told.fields()}
    event.listen(session, "after_commit", lambda _: log.log(level, "%s", line, extra=extra), once=True)
