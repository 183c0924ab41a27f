"""What is said unasked, in words: bundles to leads, notices to the secretary, the digest (design, section 6).

`word` is called when a message is claimed, and again when a delivered one is to be changed in place.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.board_keeper import keeper_said
from handlers.bundle import bundle
from handlers.context import Round, Seen
from handlers.digest import make_digest, with_head
from handlers.for_secretary import after_meeting, decided_by_chair, in_question, no_update, replan_asked, undelivered
from handlers.frozen_digest import same, shown_in, thawed
from handlers.leavers import somebody_left
from handlers.new_for_you import new_for_you
from handlers.other_board import other_board_said
from handlers.replies import Group, Reply
from handlers.told import outcomes_told
from models.accounts import Actor, Membership, Roles, roles_of_person
from models.calendar import local_day
from models.enums import DIGEST_FIRST, DIGEST_WEEKLY, AskKind, AskState
from models.ledger_reads import digest_said, last_fingerprint
from models.ledger_tables import Ask
from models.queries import zone_of
from models.tables import Board, Person

NOBODY = Roles(Actor("", ""), Membership.MEMBER)


@dataclass(frozen=True, slots=True)
class Worded:
    """A message in words, what each digest in it said, by ask, and the asks that had nothing new to say."""

    reply: Reply
    fingerprints: Mapping[int, str] = field(default_factory=dict)
    unsaid: frozenset[int] = frozenset()


def word(
    session: Session, workspace_id: str, asks: Sequence[Ask], now: datetime, seen: Seen | None = None
) -> Worded | None:
    """The words for the asks that hang on one message; None where nothing is left to say.

    `seen`: what was read for them already in this transaction.
    """
    boards = seen.boards if seen else None
    reader = _reader(session, workspace_id, asks, now, boards)
    round_ = Round(session, workspace_id, reader, now, board_rows=boards, seen=seen)
    updates = [ask for ask in asks if ask.kind is AskKind.UPDATE]
    told = [ask for ask in asks if ask.kind is AskKind.OUTCOME]
    moved = [ask for ask in asks if ask.kind is AskKind.NEW_LEAD]
    replies: list[Reply] = []
    fingerprints: dict[int, str] = {}
    unsaid: set[int] = set()
    if updates:
        replies.append(bundle(round_, updates))
    if told:
        replies.append(outcomes_told(round_, told))
    if moved:
        reply_or_none, unsaid = new_for_you(round_, moved)
        replies += [reply_or_none] if reply_or_none else []
    for ask in asks:
        if ask.kind in (AskKind.UPDATE, AskKind.OUTCOME, AskKind.NEW_LEAD):
            continue
        if ask.kind in (AskKind.DIGEST, AskKind.PUBLISH):
            made = _digest(round_, ask)
            if made is None:
                unsaid.add(ask.id)
            else:
                reply, fingerprints[ask.id] = made
                replies.append(reply)
            continue
        reply_or_none = _notice(round_, ask)
        if reply_or_none is None:
            unsaid.add(ask.id)
        else:
            replies.append(reply_or_none)
    return Worded(together(replies), fingerprints, frozenset(unsaid)) if replies else None


def _reader(
    session: Session, workspace_id: str, asks: Sequence[Ask], now: datetime, boards: Sequence[Board] | None
) -> Roles:
    """The roles of whoever gets the message: what is not for publication is whole for those who may see it."""
    kind, _, value = asks[0].recipient.partition(":") if asks else ("", "", "")
    someone = session.get(Person, int(value)) if kind == "person" else None
    if someone is None or someone.workspace_id != workspace_id:
        return NOBODY
    today = local_day(now, zone_of(session, workspace_id))
    return roles_of_person(session, workspace_id, someone, NOBODY.actor, Membership.MEMBER, today, boards)


def _notice(round_: Round, ask: Ask) -> Reply | None:
    match ask.kind:
        case AskKind.NO_UPDATE:
            return no_update(round_, ask.subject, ask.meeting_id)
        case AskKind.AFTER_MEETING:
            return after_meeting(round_, ask.subject, ask.meeting_id)
        case AskKind.IN_QUESTION:
            return in_question(round_, ask.subject, ask.step)
        case AskKind.REPLAN:
            return replan_asked(round_, ask.subject, ask.meeting_id, ask.step)
        case AskKind.REPORTED:
            return decided_by_chair(round_, ask.subject, ask.meeting_id)
        case AskKind.LEFT:
            return somebody_left(round_, ask)
        case AskKind.OTHER_BOARD:
            return other_board_said(round_, ask.subject, ask.meeting_id, ask.step)
        case AskKind.KEEPER:
            return keeper_said(round_, ask)
        case AskKind.FAILED:
            return undelivered(round_, ask.subject)
    return None


def _digest(round_: Round, ask: Ask) -> tuple[Reply, str] | None:
    """A digest; None where nothing in it has changed since the last, or where nothing is overdue again.

    What is published is what the secretary was sent, as it was then.
    """
    calendar = round_.calendars.get(ask.subject)
    if calendar is None:
        return None
    public = ask.kind is AskKind.PUBLISH
    if public:
        settled = ask.fingerprint or digest_said(round_.session, ask)
        if settled is None:
            return None
        if shown := shown_in(settled):
            return with_head(round_, thawed(round_, shown)), settled
    before = last_fingerprint(round_.session, round_.workspace_id, ask.kind, ask.subject)
    made = make_digest(round_, calendar, public=public, since=before, sent_as=ask.id)
    if ask.state is AskState.OPEN and ask.step.startswith((DIGEST_FIRST, DIGEST_WEEKLY)):
        unchanged = same(made.fingerprint, before) and ask.step.startswith(DIGEST_WEEKLY)
        still_none = not made.overdue and not (before and json.loads(before)["overdue"])
        if unchanged or still_none:
            return None
    return made.reply, made.fingerprint


def together(replies: Sequence[Reply]) -> Reply:
    """Several replies as one message: the first one's headline leads, the others follow as groups."""
    if len(replies) == 1:
        return replies[0]
    first = replies[0]
    groups: list[Group] = [*first.groups]
    if first.buttons:
        groups.append(Group(buttons=first.buttons))
    for reply in replies[1:]:
        groups.append(Group(reply.headline, texts=reply.intro))
        groups += reply.groups
        if reply.buttons:
            groups.append(Group(buttons=reply.buttons))
    return Reply(
        first.headline,
        intro=(*first.intro, *(f"Also below: {reply.headline}" for reply in replies[1:])),
        groups=tuple(groups),
        footer=tuple(dict.fromkeys(line for reply in replies for line in reply.footer)),
        key=any(reply.key for reply in replies),
        picture=next((reply.picture for reply in replies if reply.picture), None),
    )
