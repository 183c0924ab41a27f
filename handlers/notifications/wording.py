"""What is said unasked, in words: bundles to leads, notices to the secretary, the digest (design, section 6).

`word` is called when a message is claimed, and again when a delivered one is to be changed in place.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.actions.board_transfers import other_board_said
from handlers.boards.secretary_change import keeper_said
from handlers.context import RequestContext, Seen
from handlers.notifications.bundle import bundle
from handlers.notifications.outcome_notices import outcomes_told
from handlers.notifications.secretary_notices import (
    after_meeting,
    decided_by_chair,
    in_question,
    no_update,
    replan_asked,
    undelivered,
)
from handlers.people.lead_changes import new_for_you
from handlers.people.leavers import somebody_left
from handlers.registry import Registry
from handlers.responses import Content, Group
from handlers.status.digest import make_digest, with_head
from handlers.status.digest_snapshot import restored_digest, same, shown_in
from models.enums import DIGEST_FIRST, DIGEST_WEEKLY, NotificationKind, NotificationState
from models.notifications.lookups import digest_said, last_fingerprint
from models.plan.accounts import Actor, Membership, Roles, roles_of_person
from models.plan.queries import zone_of
from models.rules.calendar import local_day
from models.storage.notification_tables import Notification
from models.storage.sessions import Session
from models.storage.tables import Board, Person

NOBODY = Roles(Actor("", ""), Membership.MEMBER)


@dataclass(frozen=True, slots=True)
class Worded:
    """A message in words, what each digest in it said, by ask, and the asks that had nothing new to say."""

    content: Content
    fingerprints: Mapping[int, str] = field(default_factory=dict)
    unsaid: frozenset[int] = frozenset()


def word(
    session: Session, workspace_id: str, asks: Sequence[Notification], now: datetime, seen: Seen | None = None
) -> Worded | None:
    """The words for the asks that hang on one message; None where nothing is left to say.

    `seen`: what was read for them already in this transaction.
    """
    boards = seen.boards if seen else None
    reader = _reader(session, workspace_id, asks, now, boards)
    ctx = RequestContext(session, workspace_id, reader, now, board_rows=boards, seen=seen, registry=Registry())
    updates = [ask for ask in asks if ask.kind is NotificationKind.UPDATE]
    told = [ask for ask in asks if ask.kind is NotificationKind.OUTCOME]
    moved = [ask for ask in asks if ask.kind is NotificationKind.NEW_LEAD]
    replies: list[Content] = []
    fingerprints: dict[int, str] = {}
    unsaid: set[int] = set()
    if updates:
        replies.append(bundle(ctx, updates))
    if told:
        replies.append(outcomes_told(ctx, told))
    if moved:
        reply_or_none, unsaid = new_for_you(ctx, moved)
        replies += [reply_or_none] if reply_or_none else []
    for ask in asks:
        if ask.kind in (NotificationKind.UPDATE, NotificationKind.OUTCOME, NotificationKind.NEW_LEAD):
            continue
        if ask.kind in (NotificationKind.DIGEST, NotificationKind.PUBLISH):
            made = _digest(ctx, ask)
            if made is None:
                unsaid.add(ask.id)
            else:
                content, fingerprints[ask.id] = made
                replies.append(content)
            continue
        reply_or_none = _notice(ctx, ask)
        if reply_or_none is None:
            unsaid.add(ask.id)
        else:
            replies.append(reply_or_none)
    return Worded(together(replies), fingerprints, frozenset(unsaid)) if replies else None


def _reader(
    session: Session, workspace_id: str, asks: Sequence[Notification], now: datetime, boards: Sequence[Board] | None
) -> Roles:
    """The roles of whoever gets the message: what is not for publication is whole for those who may see it."""
    kind, _, value = asks[0].recipient.partition(":") if asks else ("", "", "")
    someone = session.get(Person, int(value)) if kind == "person" else None
    if someone is None or someone.workspace_id != workspace_id:
        return NOBODY
    today = local_day(now, zone_of(session, workspace_id))
    return roles_of_person(session, workspace_id, someone, NOBODY.actor, Membership.MEMBER, today, boards)


def _notice(ctx: RequestContext, ask: Notification) -> Content | None:
    match ask.kind:
        case NotificationKind.NO_UPDATE:
            return no_update(ctx, ask.subject, ask.meeting_id)
        case NotificationKind.AFTER_MEETING:
            return after_meeting(ctx, ask.subject, ask.meeting_id)
        case NotificationKind.IN_QUESTION:
            return in_question(ctx, ask.subject, ask.step)
        case NotificationKind.REPLAN:
            return replan_asked(ctx, ask.subject, ask.meeting_id, ask.step)
        case NotificationKind.REPORTED:
            return decided_by_chair(ctx, ask.subject, ask.meeting_id)
        case NotificationKind.LEFT:
            return somebody_left(ctx, ask)
        case NotificationKind.OTHER_BOARD:
            return other_board_said(ctx, ask.subject, ask.meeting_id, ask.step)
        case NotificationKind.KEEPER:
            return keeper_said(ctx, ask)
        case NotificationKind.FAILED:
            return undelivered(ctx, ask.subject)
    return None


def _digest(ctx: RequestContext, ask: Notification) -> tuple[Content, str] | None:
    """A digest; None where nothing in it has changed since the last, or where nothing is overdue again.

    What is published is what the secretary was sent, as it was then.
    """
    calendar = ctx.calendars.get(ask.subject)
    if calendar is None:
        return None
    public = ask.kind is NotificationKind.PUBLISH
    if public:
        settled = ask.fingerprint or digest_said(ctx.session, ask)
        if settled is None:
            return None
        if shown := shown_in(settled):
            return with_head(ctx, restored_digest(ctx, shown)), settled
    before = last_fingerprint(ctx.session, ctx.workspace_id, ask.kind, ask.subject)
    made = make_digest(ctx, calendar, public=public, since=before, sent_as=ask.id)
    if ask.state is NotificationState.OPEN and ask.step.startswith((DIGEST_FIRST, DIGEST_WEEKLY)):
        unchanged = same(made.fingerprint, before) and ask.step.startswith(DIGEST_WEEKLY)
        still_none = not made.overdue and not (before and json.loads(before)["overdue"])
        if unchanged or still_none:
            return None
    return made.content, made.fingerprint


def together(replies: Sequence[Content]) -> Content:
    """Several replies as one message: the first one's headline leads, the others follow as groups."""
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
