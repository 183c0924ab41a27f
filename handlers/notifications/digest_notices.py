"""The digest as it is sent to a secretary, and as it is published."""

import json

from handlers.context import RequestContext
from handlers.responses import Written
from handlers.safeguarding.publication import CLEARED, leave_out_doubtful
from handlers.status.digest import make_digest, with_head
from handlers.status.digest_snapshot import restored_digest, same, shown_in
from models.enums import NotificationKind, NotificationState
from models.notifications.lookups import last_fingerprint, sent_digest
from models.rules.steps import FirstDigest, WeeklyDigest
from models.storage.notification_tables import Notification


def write_digest(ctx: RequestContext, notification: Notification) -> Written | None:
    """Return a digest; None where nothing in it has changed since the last, or where nothing is overdue again.

    What is published is what the secretary was sent, as it was then.
    """
    calendar = ctx.calendars.get(notification.subject)
    if calendar is None:
        return None
    public = notification.kind is NotificationKind.PUBLISH
    if public:
        settled = notification.fingerprint or sent_digest(ctx.session, notification)
        if settled is None:
            return None
        if shown := shown_in(settled):
            restored, _ = leave_out_doubtful(
                ctx, restored_digest(ctx, shown, calendar.board.key), shown.get(CLEARED, ())
            )
            return Written(with_head(ctx, restored), settled)
    before = last_fingerprint(ctx.session, notification.kind, notification.subject)
    made = make_digest(ctx, calendar, public=public, since=before, sent_as=notification.id)
    if notification.state is NotificationState.OPEN and isinstance(notification.step, FirstDigest | WeeklyDigest):
        unchanged = same(made.fingerprint, before) and isinstance(notification.step, WeeklyDigest)
        still_none = not made.overdue and not (before and json.loads(before)["overdue"])
        if unchanged or still_none:
            return None
    content = leave_out_doubtful(ctx, made.content)[0] if public else made.content
    return Written(content, made.fingerprint)
