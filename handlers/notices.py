"""Things for other people that a round brings about: planned in its transaction, sent by the next tick."""

import logging
from collections.abc import Sequence
from datetime import date

from handlers.context import RequestContext
from handlers.responses import NoticeOut
from models.enums import NotificationKind, NotificationState
from models.notifications.lookups import list_open_about
from models.notifications.messages import NewNotification, add_notifications
from models.plan.serving import administrators, reachable, recipients
from models.rules.facts import BoardCalendar, board_contacts
from models.rules.steps import OPPOSITE, LeadChange, narrow_step

log = logging.getLogger(__name__)

NO_ACCOUNT = "no account"


_ASKING = (NotificationKind.UPDATE, NotificationKind.CONTRIBUTION)
"""What has lost its point once its meeting has begun."""


def plan_notices(ctx: RequestContext, notices: Sequence[NoticeOut]) -> None:
    """Write notices into the ledger: for a board's channel, its secretary, or those who act for a post."""
    notifications: list[NewNotification] = []
    for notice in notices:
        kind = notice.kind
        board_id = notice.board_id
        if board_id is None:
            action = ctx.action_by_id(notice.subject)
            board_id = notice.subject if kind is NotificationKind.PUBLISH else action.board_id if action else None
        calendar = ctx.calendar(board_id)
        if calendar is None:
            continue
        at = ctx.where(notice.meeting_id)
        meeting = at.by_id[notice.meeting_id or 0] if at else None
        day = at.day(meeting) if at and meeting and meeting.starts_at else ctx.today
        if kind is NotificationKind.NEW_LEAD:
            notifications += _new_lead(ctx, notice, calendar, meeting.id if meeting else 0, day)
            continue
        if kind is NotificationKind.PUBLISH:
            to = [f"channel:{calendar.board.channel}"]
        elif kind is NotificationKind.MEETING:
            # What is quiet says nothing unasked, and who pressed knows.
            people = _people(ctx, calendar, notice.post_id) if calendar.board.started_at is not None else ()
            to = [f"person:{one}" for one in people if one != ctx.roles.person_id]
        elif notice.person_id is not None:
            to = [f"person:{notice.person_id}"]
        else:
            to = [f"person:{one}" for one in _people(ctx, calendar, notice.post_id)]
        if kind in (NotificationKind.OTHER_BOARD, NotificationKind.KEEPER):
            # It goes to several posts, which one person may hold; and who pressed knows.
            told = {notification.recipient for notification in notifications} | {f"person:{ctx.roles.person_id}"}
            to = [who for who in to if who not in told]
        meeting_id = meeting.id if meeting else 0
        lapses = meeting.start if meeting and kind in _ASKING else None
        notifications += [
            NewNotification(
                kind, notice.subject, meeting_id, day, notice.step, who, lapses, fingerprint=notice.fingerprint
            )
            for who in to
        ]
    add_notifications(ctx.session, notifications, ctx.now)


def _new_lead(
    ctx: RequestContext, notice: NoticeOut, calendar: BoardCalendar, meeting_id: int, day: date
) -> list[NewNotification]:
    """Return notices to those who answer for an action from now on, or did until now, except the one who acted.

    Nobody is told of a change of which they never heard the beginning: what was given away and came back at once.
    """
    if calendar.board.started_at is None:
        return []
    change = narrow_step(notice.step, LeadChange)
    if notice.person_id is not None:
        people = [notice.person_id]
    else:
        serving = recipients(ctx.session, ctx.today).get(notice.post_id or 0, ())
        people = [one.person_id for one in serving]
    unsaid = {
        (other.side, other.post_id, notification.recipient)
        for notification in list_open_about(ctx.session, NotificationKind.NEW_LEAD, notice.subject)
        for other in [narrow_step(notification.step, LeadChange)]
    }
    can = reachable(ctx.session)
    notifications = []
    for one in people:
        who = f"person:{one}"
        if one == ctx.roles.person_id or (OPPOSITE[change.side], change.post_id, who) in unsaid:
            continue
        why = "" if one in can else NO_ACCOUNT
        state = NotificationState.LAPSED if why else NotificationState.OPEN
        notifications.append(
            NewNotification(
                NotificationKind.NEW_LEAD, notice.subject, meeting_id, day, notice.step, who, None, why, state=state
            )
        )
    return notifications


def contacts_of(ctx: RequestContext, calendar: BoardCalendar) -> tuple[int, ...]:
    """Return who is written to for a board: its secretary, or else the administrators; nobody who cannot be reached."""
    today, session = ctx.today, ctx.session
    return board_contacts(
        calendar.board, recipients(session, today), administrators(session, today), reachable(session)
    )


def _people(ctx: RequestContext, calendar: BoardCalendar, post_id: int | None) -> tuple[int, ...]:
    """Return who is told: those who act for a post, or keep a board, and can be reached."""
    if post_id is not None:
        serving, can = recipients(ctx.session, ctx.today), reachable(ctx.session)
        return tuple(one.person_id for one in serving.get(post_id, ()) if one.person_id in can)
    people = contacts_of(ctx, calendar)
    if not people:
        log.warning("nobody can be told about the %s: no secretary has an account (cypp people)", calendar.board.name)
    return people
