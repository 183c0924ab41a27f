"""From reasons to messages: what is due is written into the ledger once, and hung on messages within the limits."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.notices import NO_ACCOUNT
from models.enums import ABOUT_ACTIONS, MeetingState, NotificationKind, NotificationState
from models.notifications import assignment, lookups, messages
from models.notifications.assignment import Key, Unassigned
from models.notifications.lead_steps import told_of
from models.notifications.messages import NewAsk
from models.plan.queries import zone_of
from models.plan.renames import apply_renames
from models.rules.calendar import local_day, monday_of
from models.rules.facts import ActionFacts, BoardCalendar
from models.rules.owed import is_awaiting, is_open, is_owed
from models.storage.notification_tables import Notification, left_step
from models.storage.tables import Action, Workspace
from schedules.due import asked_people, due, is_snoozed
from schedules.slots import HELD_DAILY, HELD_HOURS, HELD_WEEKLY, Slot, place
from schedules.snapshot import Reason, Snapshot, person

ANSWERED = "answered"
SNOOZED = "snoozed"
NOT_THEIRS = "somebody else answers for it now"
AWAY = "away"
STOPPED = "reminders were stopped"
UNASKED = (
    NotificationKind.UPDATE,
    NotificationKind.NO_UPDATE,
    NotificationKind.AFTER_MEETING,
    NotificationKind.DIGEST,
    NotificationKind.OUTCOME,
)
"""What a board says of itself, and no more once it is quiet."""
CAN_GO_AWAY = (NO_ACCOUNT, ANSWERED, SNOOZED, NOT_THEIRS, AWAY)
"""Reasons for lapsing that may cease to be; an ask that lapsed for one of them may be opened again."""
WAITED = (messages.TOO_LATE, HELD_WEEKLY, HELD_DAILY, HELD_HOURS)
"""Why an ask lapses that has waited for too long."""

LEFT_COUNTS_DAYS = 28
"""That somebody left has lost its point after so many days in which nobody could be told."""


def plan_and_hang(session: Session, workspace_id: str, shot: Snapshot, now: datetime) -> None:
    """Writes what is due at `now` into the ledger and hangs it on messages; new names of organisations begin their day.

    1. Asks that lapsed for a cause that has gone are opened again.
    2. What waits since an earlier day or week gives its slot up.
    3. Asks that do not hold any more, or came too late, lapse with why they waited.
    4. Those that are left, and every reason that stands and is not in the ledger yet, are put into slots; what has none
       waits, with the limit that holds it. What arose before the plan was restored from a backup may have been said by
       the database that is gone: it is looked up first.
    5. What is new is written once, as it stands then, with the message it hangs on.
    """
    zone = zone_of(session, workspace_id)
    today = local_day(now, zone)
    apply_renames(session, workspace_id, today)
    stand: dict[Key, Reason] = {}
    for reason in (
        *due(shot, now),
        *_undelivered(session, workspace_id, shot, now),
        *_left(session, workspace_id, shot, now),
    ):
        stand.setdefault(reason.key, reason)
    if not stand and not shot.waiting:
        return
    reachable = {person(one) for one in shot.reachable}

    def stands(key: Key) -> bool:
        return key in stand and _is_reachable(stand[key], reachable)

    new, never = _new(session, workspace_id, shot, stand, reachable, now)
    loose, lapsed = [], {}
    reopened = bool(stand) and assignment.reopen(session, workspace_id, stands, CAN_GO_AWAY, WAITED, now)
    if shot.waiting:
        assignment.release_late(session, workspace_id, today, monday_of(today))
    for ask in assignment.unassigned(session, workspace_id) if shot.waiting or reopened else ():
        why = _lapses(shot, ask, now, seen=stands(ask.key))
        if why:
            lapsed[ask.id] = why
        else:
            loose.append(ask)
    assignment.lapse(session, lapsed)
    loose += new
    on, held = _placed(session, workspace_id, stand, loose, now, zone) if loose else ({}, {})
    placed = (_new_ask(ask, held.get(ask.id, ""), NotificationState.OPEN, on.get(ask.id)) for ask in new)
    messages.plan(session, workspace_id, (*never, *placed), now)
    old = loose[: len(loose) - len(new)]
    assignment.assign_to_message(session, ((ask.id, on[ask.id]) for ask in old if ask.id in on))
    assignment.note_held(session, {ask.id: held[ask.id] for ask in old if held.get(ask.id, ask.reason) != ask.reason})


def _new(
    session: Session,
    workspace_id: str,
    shot: Snapshot,
    stand: Mapping[Key, Reason],
    reachable: Collection[str],
    now: datetime,
) -> tuple[list[Unassigned], list[NewAsk]]:
    """Of the reasons that stand those that were never planned, numbered downwards from -1; and those that cannot be
    said at all, which are kept as lapsed, for the record."""
    known = assignment.known_of(session, workspace_id, stand) if stand else set()
    new, never = [], []
    for number, (key, reason) in enumerate(stand.items(), start=1):
        if key in known:
            continue
        ask = Unassigned(-number, *key, reason.lapses_at, "")
        why = _lapses(shot, ask, now, seen=True) if _is_reachable(reason, reachable) else NO_ACCOUNT
        if why:
            never.append(_new_ask(ask, why, NotificationState.LAPSED, None))
        else:
            new.append(ask)
    return new, never


def _new_ask(ask: Unassigned, reason: str, state: NotificationState, message: int | None) -> NewAsk:
    _, kind, subject, meeting_id, meeting_day, step, recipient, lapses_at, _ = ask
    return NewAsk(kind, subject, meeting_id, meeting_day, step, recipient, lapses_at, reason, "", state, message)


def _lapses(shot: Snapshot, ask: Unassigned, now: datetime, *, seen: bool) -> str:
    """Why an ask lapses, "" where it holds; an answer that was `seen` to be owed a moment ago is looked at no more."""
    if seen and ask.kind is NotificationKind.UPDATE and (ask.lapses_at is None or ask.lapses_at > now):
        return ""
    return still_holds(shot, ask, now)


def _placed(
    session: Session,
    workspace_id: str,
    stand: Mapping[Key, Reason],
    loose: Sequence[Unassigned],
    now: datetime,
    zone: ZoneInfo,
) -> tuple[dict[int, int], Mapping[int, str]]:
    """Finds a message for each ask, which is made where there is none: its number by that of the ask; and why the
    others wait."""
    since, doubtful = _in_doubt(session, workspace_id, stand, loose)
    known = assignment.slots_since(session, workspace_id, monday_of(local_day(now, zone)) - timedelta(days=7))
    taken = {Slot(*slot): standing.free for slot, standing in known.items()}
    placed = place(loose, taken, now, zone)
    # What is published is what the secretary was sent: it waits where that has to wait.
    behind = _published_behind(loose, placed.held) if placed.held else ()
    if behind:
        placed = place((ask for ask in loose if ask.id not in behind), taken, now, zone)
    numbers: dict[assignment.Place, int] = {slot: standing.id for slot, standing in known.items()}
    for unsure in (False, True) if doubtful else (False,):
        fresh = [
            slot
            for slot, ask_ids in placed.into.items()
            if slot not in known and (not doubtful or bool(doubtful.intersection(ask_ids)) is unsure)
        ]
        numbers |= assignment.new_messages(session, workspace_id, fresh, now, doubt_since=since if unsure else None)
    on = {ask_id: numbers[slot] for slot, ask_ids in placed.into.items() for ask_id in ask_ids}
    return on, placed.held


def _published_behind(loose: Sequence[Unassigned], held: Collection[int]) -> set[int]:
    """The asks to publish a digest that is still to go to a secretary; `held`: asks that wait."""
    waits = {
        (ask.subject, ask.meeting_id, ask.step)
        for ask in loose
        if ask.kind is NotificationKind.DIGEST and ask.id in held
    }
    publishes = (ask for ask in loose if ask.kind is NotificationKind.PUBLISH)
    return {ask.id for ask in publishes if (ask.subject, ask.meeting_id, ask.step) in waits}


def _in_doubt(
    session: Session, workspace_id: str, stand: Mapping[Key, Reason], loose: Sequence[Unassigned]
) -> tuple[datetime | None, set[int]]:
    """Since when (real time), and which open asks may have been said by a database that this one took the place of."""
    workspace = session.get_one(Workspace, workspace_id)
    if workspace.restored_at is None:
        return None, set()
    before = {key for key, reason in stand.items() if reason.due_at <= workspace.restored_at}
    return workspace.backup_at, {ask.id for ask in loose if ask.key in before}


def _is_reachable(reason: Reason, reachable: Collection[str]) -> bool:
    return reason.recipient in reachable or not reason.recipient.startswith("person:")


def _undelivered(session: Session, workspace_id: str, shot: Snapshot, now: datetime) -> list[Reason]:
    """The secretary is told of messages to others that were refused or are in doubt."""
    told: list[Reason] = []
    for delivery in lookups.untold(session, workspace_id):
        for ask in messages.asks_of(session, delivery.id):
            calendar = _board_of(session, shot, ask)
            if ask.kind is NotificationKind.FAILED or calendar is None:
                continue
            others = [who for who in shot.secretaries(calendar) if who != delivery.recipient] or [
                person(one)
                for one in shot.administrators
                if person(one) != delivery.recipient and one in shot.reachable
            ]
            told += [
                Reason(
                    NotificationKind.FAILED,
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


def _board_of(session: Session, shot: Snapshot, ask: Notification) -> BoardCalendar | None:
    """The board whose secretary looks after what an ask is about: that of its meeting, else of its action."""
    calendar = shot.calendar_of(ask.meeting_id)
    if calendar is None and ask.kind in ABOUT_ACTIONS:
        return shot.calendars.get(session.get_one(Action, ask.subject).board_id or 0)
    return shot.calendars.get(ask.subject) if calendar is None and ask.kind is NotificationKind.KEEPER else calendar


def _left(session: Session, workspace_id: str, shot: Snapshot, now: datetime) -> list[Reason]:
    """A board's secretary is told once of somebody who left while their posts lead open actions of it."""
    if not shot.left:
        return []
    told = {(ask.subject, ask.step): ask for ask in lookups.planned(session, workspace_id, NotificationKind.LEFT)}
    reasons: list[Reason] = []
    for calendar in shot.calendars.values():
        if calendar.board.started_at is None:
            continue
        leads = {action.lead_post_id for action in shot.actions_of(calendar.board.id) if is_open(action)}
        for person_id, posts in shot.left.items():
            if not leads & set(posts):
                continue
            step = left_step(calendar.board.id)
            before = told.get((person_id, step))
            day = before.meeting_day if before else local_day(now, calendar.zone)
            for who in [before.recipient] if before else shot.secretaries(calendar):
                reasons.append(
                    Reason(
                        NotificationKind.LEFT, person_id, 0, day, step, who, now, now + timedelta(days=LEFT_COUNTS_DAYS)
                    )
                )
    return reasons


def recheck(asks: list[Notification], shot: Snapshot, now: datetime) -> list[Notification]:
    """Gives the asks that still hold; the others lapse, and may be opened again."""
    kept: list[Notification] = []
    for ask in asks:
        if ask.state is not NotificationState.OPEN:
            continue
        why = still_holds(shot, ask, now)
        if why:
            ask.state, ask.reason, ask.delivery_id = NotificationState.LAPSED, why, None
        else:
            kept.append(ask)
    return kept


def still_holds(shot: Snapshot, ask: Notification | Unassigned, now: datetime) -> str:
    """Whether an ask still holds at `now`: "" where it does, else why it lapses."""
    if ask.lapses_at is not None and ask.lapses_at <= now:
        return ask.reason or messages.TOO_LATE
    if ask.kind is NotificationKind.FAILED:
        return ""
    if ask.kind in (
        NotificationKind.IN_QUESTION,
        NotificationKind.REPLAN,
        NotificationKind.REPORTED,
        NotificationKind.OTHER_BOARD,
    ):
        return _settled(shot, ask)
    if ask.kind is NotificationKind.NEW_LEAD:
        return _changed_again(shot, ask)
    if ask.kind is NotificationKind.KEEPER:
        return _kept_again(shot, ask)
    if ask.kind is NotificationKind.LEFT:
        return "" if ask.subject in shot.left else "they are back"
    calendar = shot.calendar_of(ask.meeting_id)
    if calendar is None:
        return "the meeting is gone"
    meeting = calendar.by_id[ask.meeting_id]
    if not meeting.dated or calendar.day(meeting) != ask.meeting_day:
        return "the meeting was moved or cancelled"
    if calendar.board.started_at is None and ask.kind in UNASKED:
        return STOPPED
    if ask.kind is NotificationKind.AFTER_MEETING and meeting.outcomes_recorded_at is not None:
        return "outcomes recorded"
    if ask.kind is not NotificationKind.UPDATE:
        return ""
    action = shot.action(ask.subject)
    if action is None or not is_open(action) or is_awaiting(action):
        return ANSWERED
    if ask.step.startswith("to follow"):
        if action.follow_by is None or not ask.step.endswith(action.follow_by.isoformat()):
            return ANSWERED
    elif not is_owed(action, meeting, calendar, now):
        return ANSWERED
    return _not_theirs(shot, action, ask, now, calendar)


def _changed_again(shot: Snapshot, ask: Notification | Unassigned) -> str:
    """Whether what the old and the new lead of an action are told has been overtaken."""
    action = shot.action(ask.subject)
    if action is None:
        return ""
    told = told_of(ask.step)
    if told.moved_away:
        return "they lead it again" if told.by_action and action.lead_post_id == told.post_id else ""
    if action.lead_post_id != told.post_id:
        return "the lead has changed again"
    if not is_open(action):
        return "it is closed"
    serving = shot.recipients.get(told.post_id, ())
    return NOT_THEIRS if told.by_action and ask.recipient not in {person(one.person_id) for one in serving} else ""


def _kept_again(shot: Snapshot, ask: Notification | Unassigned) -> str:
    """Whether what the old and the new secretary of a board are told has been overtaken."""
    told, calendar = told_of(ask.step), shot.calendars.get(ask.subject)
    keeps = calendar is not None and calendar.board.secretary_post_id == told.post_id
    return "" if keeps is not told.moved_away else "the secretary has changed again"


def _settled(shot: Snapshot, ask: Notification | Unassigned) -> str:
    """Whether what a secretary is told about one action has been settled meanwhile."""
    action = shot.action(ask.subject)
    if action is None:
        return ""
    if ask.kind is NotificationKind.IN_QUESTION and not action.lead_in_question:
        return "the lead answers for it after all"
    if ask.kind is NotificationKind.REPLAN and (not is_open(action) or action.due_meeting_id == ask.meeting_id):
        return "it was moved or closed"
    if ask.kind is NotificationKind.REPORTED and is_open(action):
        return "it is open again"
    if ask.kind is NotificationKind.OTHER_BOARD and ask.step.startswith("update "):
        meeting = next((c.by_id[ask.meeting_id] for c in shot.calendars.values() if ask.meeting_id in c.by_id), None)
        moved = not ask.step.endswith(f" {action.due_mark}")
        if moved or not is_open(action) or meeting is None or meeting.state is MeetingState.CANCELLED:
            return "it was moved or closed, or the meeting was cancelled"
    return ""


def _not_theirs(
    shot: Snapshot, action: ActionFacts, ask: Notification | Unassigned, now: datetime, calendar: BoardCalendar
) -> str:
    mine = [who for who in asked_people(shot, action) if person(who.person_id) == ask.recipient]
    if not mine:
        return NOT_THEIRS
    if mine[0].is_away(local_day(now, calendar.zone)):
        return AWAY
    return SNOOZED if is_snoozed(shot, action.id, mine[0].person_id, now) else ""
