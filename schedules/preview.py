"""What a pass would send: for `cypp tick --dry-run` and the trial before reminders are started."""

from collections.abc import Callable
from datetime import datetime

from handlers.notifications.wording import write_message
from models.notifications import messages
from models.storage.notification_tables import Message
from models.storage.sessions import Session
from schedules.gather import allowed_now, read_for_message, read_snapshot
from schedules.lapsing import lapse_settled
from schedules.log_lines import Line, make_line
from schedules.outbox import Outbox
from schedules.planning import plan_notifications
from schedules.registry import WRITERS


def preview_pass(outbox: Outbox, now: datetime, prepare: Callable[[Session], None] | None = None) -> list[Line]:
    """Return what a pass at `now` would send; nothing is sent, nothing is stored. `prepare`: what is supposed first."""
    workspace_id = outbox.workspace_id
    with outbox.database.write(workspace=workspace_id) as session:
        if prepare is not None:
            prepare(session)
        plan_notifications(session, workspace_id, read_snapshot(session, workspace_id, now), now)
        lines: list[Line] = []
        claimable, _ = messages.list_claimable(session, outbox.instant())
        for waiting in allowed_now(session, workspace_id, claimable, now):
            message = session.get_one(Message, waiting.id)
            notifications = messages.notifications_of(session, waiting.id)
            snapshot, seen = read_for_message(session, workspace_id, notifications, now)
            notifications = lapse_settled(notifications, snapshot, now)
            if notifications and write_message(session, workspace_id, notifications, now, WRITERS, seen) is not None:
                lines.append(make_line(message, notifications))
        session.rollback()
    return lines
