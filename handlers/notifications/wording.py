"""What is said unasked, in words: bundles to leads, notices to the secretary, the digest.

`write_message` is called when a message is claimed, and again when a delivered one is to be changed in place.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.actions.board_transfers import write_other_board
from handlers.boards.secretary_change import write_secretary_change
from handlers.context import PlanRead, RequestContext
from handlers.notifications.bundle import write_bundle
from handlers.notifications.outcome_notices import write_outcomes
from handlers.notifications.secretary_notices import (
    write_after_meeting,
    write_decided_by_chair,
    write_in_question,
    write_no_update,
    write_replan_request,
    write_undelivered,
)
from handlers.people.lead_changes import write_new_for_you
from handlers.people.leavers import write_somebody_left
from handlers.registry import Registry
from handlers.responses import Content, Group
from handlers.status.digest import make_digest, with_head
from handlers.status.digest_snapshot import restored_digest, same, shown_in
from models.enums import NotificationKind, NotificationState
from models.notifications.lookups import last_fingerprint, sent_digest
from models.plan.accounts import Actor, Membership, Roles, roles_of_person
from models.plan.people_reads import person_by_id
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.rules.steps import FirstDigest, WeeklyDigest
from models.storage.notification_tables import Notification
from models.storage.sessions import Session
from models.storage.tables import Board

_NOBODY = Roles(Actor("", ""), Membership.MEMBER)


@dataclass(frozen=True, slots=True)
class Worded:
    """A message in words; what each digest in it said, by notification; the notifications with nothing new to say."""

    content: Content
    fingerprints: Mapping[int, str] = field(default_factory=dict)
    unsaid: frozenset[int] = frozenset()


def write_message(
    session: Session,
    workspace_id: str,
    notifications: Sequence[Notification],
    now: datetime,
    seen: PlanRead | None = None,
) -> Worded | None:
    """Write the notifications assigned to one message; None where nothing is left to say."""
    boards = seen.boards if seen else None
    reader = _reader(session, workspace_id, notifications, now, boards)
    ctx = RequestContext(session, workspace_id, reader, now, board_rows=boards, seen=seen, registry=Registry())
    updates = [notification for notification in notifications if notification.kind is NotificationKind.UPDATE]
    told = [notification for notification in notifications if notification.kind is NotificationKind.OUTCOME]
    moved = [notification for notification in notifications if notification.kind is NotificationKind.NEW_LEAD]
    replies: list[Content] = []
    fingerprints: dict[int, str] = {}
    unsaid: set[int] = set()
    if updates:
        replies.append(write_bundle(ctx, updates))
    if told:
        replies.append(write_outcomes(ctx, told))
    if moved:
        reply_or_none, unsaid = write_new_for_you(ctx, moved)
        replies += [reply_or_none] if reply_or_none else []
    for notification in notifications:
        if notification.kind in (NotificationKind.UPDATE, NotificationKind.OUTCOME, NotificationKind.NEW_LEAD):
            continue
        if notification.kind in (NotificationKind.DIGEST, NotificationKind.PUBLISH):
            made = _digest(ctx, notification)
            if made is None:
                unsaid.add(notification.id)
            else:
                content, fingerprints[notification.id] = made
                replies.append(content)
            continue
        reply_or_none = _notice(ctx, notification)
        if reply_or_none is None:
            unsaid.add(notification.id)
        else:
            replies.append(reply_or_none)
    return Worded(join_contents(replies), fingerprints, frozenset(unsaid)) if replies else None


def _reader(
    session: Session,
    workspace_id: str,
    notifications: Sequence[Notification],
    now: datetime,
    boards: Sequence[Board] | None,
) -> Roles:
    """Return the roles of the recipient: held words are whole for those who may see them."""
    kind, _, value = notifications[0].recipient.partition(":") if notifications else ("", "", "")
    someone = person_by_id(session, int(value)) if kind == "person" else None
    if someone is None:
        return _NOBODY
    today = local_day(now, zone_of(session, workspace_id))
    return roles_of_person(session, someone, _NOBODY.actor, Membership.MEMBER, today, boards)


def _notice(ctx: RequestContext, notification: Notification) -> Content | None:
    match notification.kind:
        case NotificationKind.NO_UPDATE:
            return write_no_update(ctx, notification.subject, notification.meeting_id)
        case NotificationKind.AFTER_MEETING:
            return write_after_meeting(ctx, notification.subject, notification.meeting_id)
        case NotificationKind.IN_QUESTION:
            return write_in_question(ctx, notification.subject, notification.step)
        case NotificationKind.REPLAN:
            return write_replan_request(ctx, notification.subject, notification.meeting_id, notification.step)
        case NotificationKind.REPORTED:
            return write_decided_by_chair(ctx, notification.subject, notification.meeting_id)
        case NotificationKind.LEFT:
            return write_somebody_left(ctx, notification)
        case NotificationKind.OTHER_BOARD:
            return write_other_board(ctx, notification.subject, notification.meeting_id, notification.step)
        case NotificationKind.KEEPER:
            return write_secretary_change(ctx, notification)
        case NotificationKind.FAILED:
            return write_undelivered(ctx, notification.subject)
    return None


def _digest(ctx: RequestContext, notification: Notification) -> tuple[Content, str] | None:
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
            return with_head(ctx, restored_digest(ctx, shown)), settled
    before = last_fingerprint(ctx.session, ctx.workspace_id, notification.kind, notification.subject)
    made = make_digest(ctx, calendar, public=public, since=before, sent_as=notification.id)
    if notification.state is NotificationState.OPEN and isinstance(notification.step, FirstDigest | WeeklyDigest):
        unchanged = same(made.fingerprint, before) and isinstance(notification.step, WeeklyDigest)
        still_none = not made.overdue and not (before and json.loads(before)["overdue"])
        if unchanged or still_none:
            return None
    return made.content, made.fingerprint


def join_contents(replies: Sequence[Content]) -> Content:
    """Return several replies as one message: the first one's headline leads, the others follow as groups."""
    if len(replies) == 1:
        return replies[0]
    first = replies[0]
    groups: list[Group] = [*first.groups]
    if first.buttons:
        groups.append(Group(buttons=first.buttons))
    for content in replies[1:]:
        groups.append(Group(content.headline, texts=content.intro))
        groups += content.groups
        if content.buttons:
            groups.append(Group(buttons=content.buttons))
    return Content(
        first.headline,
        intro=(*first.intro, *(f"Also below: {content.headline}" for content in replies[1:])),
        groups=tuple(groups),
        footer=tuple(dict.fromkeys(line for content in replies for line in content.footer)),
        key=any(content.key for content in replies),
        picture=next((content.picture for content in replies if content.picture), None),
    )
