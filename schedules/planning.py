"""From reasons to messages: what is due is written into the ledger once, and hung on messages within the limits."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models import deliveries, ledger_reads
from models.calendar import local_day, monday_of
from models.deliveries import NewAsk
from models.enums import AskKind, AskState, MeetingState
from models.facts import ActionFacts
from models.ledger_tables import Ask
from models.owed import is_awaiting, is_open, is_owed
from models.queries import zone_of
from models.renames import apply_renames
from schedules.due import asked_people, due, is_snoozed
from schedules.slots import OpenAsk, Slot, place
from schedules.snapshot import Reason, Snapshot, person

NO_ACCOUNT = "no account"
ANSWERED = "answered"
SNOOZED = "snoozed"
NOT_THEIRS = "somebody else answers for it now"
STOPPED = "reminders were stopped"
UNASKED = (AskKind.UPDATE, AskKind.NO_UPDATE, AskKind.AFTER_MEETING, AskKind.DIGEST, AskKind.OUTCOME)
"""What a board says of itself, and no more once it is quiet."""
CAN_GO_AWAY = (NO_ACCOUNT, ANSWERED, SNOOZED, NOT_THEIRS)
"""Reasons for lapsing that may cease to be; an ask that lapsed for one of them may be opened again."""


def plan_and_hang(session: Session, workspace_id: str, shot: Snapshot, now: datetime) -> None:
    """Writes what is due at `now` into the ledger and hangs it on messages; new names of organisations begin their day.

    1. Every reason that stands is inserted, unless it is there already.
    2. Asks that lapsed for a cause that has gone are opened again.
    3. Asks that came too late lapse, with why they waited.
    4. The open ones are put into slots; the others wait, with the limit that holds them.
    """
    zone = zone_of(session, workspace_id)
    apply_renames(session, workspace_id, local_day(now, zone))
    reasons = due(shot, now) + _undelivered(session, workspace_id, shot, now)
    deliveries.plan(session, workspace_id, [_new_ask(reason, shot) for reason in reasons], now)
    standing = [reason.key for reason in reasons if not _why_not(reason, shot)]
    deliveries.reopen(session, workspace_id, standing, CAN_GO_AWAY)
    deliveries.lapse_late(session, workspace_id, now)
    session.flush()

    loose = []
    for ask in deliveries.loose_asks(session, workspace_id):
        why = still_holds(shot, ask, now)
        if why:
            ask.state, ask.reason = AskState.LAPSED, why
        else:
            loose.append(OpenAsk(ask.id, ask.kind, ask.step, ask.recipient))
    if not loose:
        return
    session.flush()
    monday = monday_of(local_day(now, zone)) - timedelta(days=7)
    taken = {Slot(*slot): free for slot, free in deliveries.slots_since(session, workspace_id, monday).items()}
    placed = place(loose, taken, now, zone)
    # What is published is what the secretary was sent: it waits where that has to wait.
    behind = ledger_reads.published_behind(session, workspace_id, placed.held)
    if behind:
        placed = place([ask for ask in loose if ask.id not in behind], taken, now, zone)
    for slot, ask_ids in placed.into.items():
        deliveries.hang(session, workspace_id, (slot.klass, slot.recipient, slot.day, slot.n), ask_ids, now)
    deliveries.note_held(session, placed.held)


def _why_not(reason: Reason, shot: Snapshot) -> str:
    kind, _, value = reason.recipient.partition(":")
    return NO_ACCOUNT if kind == "person" and int(value) not in shot.reachable else ""


def _new_ask(reason: Reason, shot: Snapshot) -> NewAsk:
    return NewAsk(
        kind=reason.kind,
        subject=reason.subject,
        meeting_id=reason.meeting_id,
        meeting_day=reason.meeting_day,
        step=reason.step,
        recipient=reason.recipient,
        lapses_at=reason.lapses_at,
        reason=_why_not(reason, shot),
    )


def _undelivered(session: Session, workspace_id: str, shot: Snapshot, now: datetime) -> list[Reason]:
    """The secretary is told of messages to others that were refused or are in doubt."""
    told: list[Reason] = []
    told_before = ledger_reads.subjects_of(session, workspace_id, AskKind.FAILED)
    for delivery in ledger_reads.undelivered(session, workspace_id):
        if delivery.id in told_before:
            continue
        asks = deliveries.asks_of(session, delivery.id)
        boards = {board.id for board in (c.board for c in shot.calendars.values())}
        for ask in asks:
            calendar = next((c for c in shot.calendars.values() if ask.meeting_id in c.by_id), None)
            if ask.kind is AskKind.FAILED or calendar is None or calendar.board.id not in boards:
                continue
            others = [who for who in shot.secretaries(calendar) if who != delivery.recipient] or [
                person(one)
                for one in shot.administrators
                if person(one) != delivery.recipient and one in shot.reachable
            ]
            told += [
                Reason(
                    AskKind.FAILED,
                    delivery.id,
                    ask.meeting_id,
                    ask.meeting_day,
                    delivery.state.value,
                    who,
                    now,
                    now + timedelta(days=14),
                )
                for who in others
            ]
            break
    return told


def still_holds(shot: Snapshot, ask: Ask, now: datetime) -> str:
    """Whether an ask still holds at `now`: "" where it does, else why it lapses."""
    if ask.lapses_at is not None and ask.lapses_at <= now:
        return ask.reason or "came too late"
    if ask.kind in (AskKind.IN_QUESTION, AskKind.REPLAN, AskKind.REPORTED, AskKind.OTHER_BOARD):
        return _settled(shot, ask)
    calendar = next((c for c in shot.calendars.values() if ask.meeting_id in c.by_id), None)
    if calendar is None:
        return "the meeting is gone"
    meeting = calendar.by_id[ask.meeting_id]
    if not meeting.dated or calendar.day(meeting) != ask.meeting_day:
        return "the meeting was moved or cancelled"
    if calendar.board.started_at is None and ask.kind in UNASKED:
        return STOPPED
    if ask.kind is AskKind.AFTER_MEETING and meeting.outcomes_recorded_at is not None:
        return "outcomes recorded"
    if ask.kind is not AskKind.UPDATE:
        return ""
    action = next((one for one in shot.actions if one.id == ask.subject), None)
    if action is None or not is_open(action) or is_awaiting(action):
        return ANSWERED
    if ask.step.startswith("to follow"):
        if action.follow_by is None or not ask.step.endswith(action.follow_by.isoformat()):
            return ANSWERED
    elif not is_owed(action, meeting, calendar, now):
        return ANSWERED
    return _not_theirs(shot, action, ask, now)


def _settled(shot: Snapshot, ask: Ask) -> str:
    """Whether what a secretary is told about one action has been settled meanwhile."""
    action = next((one for one in shot.actions if one.id == ask.subject), None)
    if action is None:
        return ""
    if ask.kind is AskKind.IN_QUESTION and not action.lead_in_question:
        return "the lead answers for it after all"
    if ask.kind is AskKind.REPLAN and (not is_open(action) or action.due_meeting_id == ask.meeting_id):
        return "it was moved or closed"
    if ask.kind is AskKind.REPORTED and is_open(action):
        return "it is open again"
    if ask.kind is AskKind.OTHER_BOARD and ask.step.startswith("update "):
        meeting = next((c.by_id[ask.meeting_id] for c in shot.calendars.values() if ask.meeting_id in c.by_id), None)
        moved = not ask.step.endswith(f" {action.due_mark}")
        if moved or not is_open(action) or meeting is None or meeting.state is MeetingState.CANCELLED:
            return "it was moved or closed, or the meeting was cancelled"
    return ""


def _not_theirs(shot: Snapshot, action: ActionFacts, ask: Ask, now: datetime) -> str:
    mine = [who for who in asked_people(shot, action) if person(who.person_id) == ask.recipient]
    if not mine:
        return NOT_THEIRS
    return SNOOZED if is_snoozed(shot, action.id, mine[0].person_id, now) else ""
