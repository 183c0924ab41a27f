"""From reasons to messages: what is due is written into the ledger once, and assigned to messages within the limits."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.context import RequestContext
from handlers.notices import NO_ACCOUNT
from handlers.notifications.wording import reader_context
from models.enums import NotificationKind, NotificationState
from models.notifications import assignment, lookups, messages
from models.notifications.assignment import Key, Unassigned
from models.notifications.messages import NewNotification
from models.plan.queries import zone_of
from models.plan.renames import apply_renames
from models.rules.calendar import local_day, monday_of
from models.rules.facts import BoardCalendar, message_days, shut_meetings
from models.rules.steps import Undelivered
from models.storage.notification_tables import Notification
from models.storage.sessions import Session
from models.storage.tables import Action, Workspace
from schedules.due import paper_to_come
from schedules.holding import ANSWERED, NOT_THEIRS, REASON_AWAY, SNOOZED
from schedules.lapsing import why_lapses
from schedules.registry import NOTIFICATIONS, Subject, find_reasons
from schedules.slots import HELD_DAILY, HELD_HOURS, HELD_WEEKLY, Slot, place_notifications
from schedules.snapshot import Reason, Snapshot, person

CAN_GO_AWAY = (NO_ACCOUNT, ANSWERED, SNOOZED, NOT_THEIRS, REASON_AWAY)
"""Reasons for lapsing that may cease to be; a notification that lapsed for one of them may be opened again."""
WAITED = (messages.TOO_LATE, HELD_WEEKLY, HELD_DAILY, HELD_HOURS)
"""Why a notification lapses that has waited for too long."""


def plan_notifications(session: Session, workspace_id: str, snapshot: Snapshot, now: datetime) -> None:
    """Write what is due at `now` into the ledger, assign it to messages, and begin organisations' new names of the day.

    1. Asks that lapsed for a cause that has gone are opened again.
    2. What waits since an earlier day or week gives its slot up.
    3. Asks that do not hold any more, or came too late, lapse with why they waited.
    4. Those that are left, and every reason that stands and is not in the ledger yet, are put into slots; what has none
       waits, with the limit that holds it. What arose before the plan was restored from a backup may have been said by
       the database that is gone: it is looked up first.
    5. What is new is written once, as it stands then, with the message it is assigned to.
    """
    zone = zone_of(session, workspace_id)
    today = local_day(now, zone)
    apply_renames(session, today)
    stand: dict[Key, Reason] = {}
    for reason in (*find_reasons(snapshot, now), *_undelivered(session, snapshot, now)):
        stand.setdefault(reason.key, reason)
    if not stand and not snapshot.waiting:
        return
    reachable = {person(one) for one in snapshot.reachable}

    def stands(key: Key) -> bool:
        return key in stand and _is_reachable(stand[key], reachable)

    new, never = _new(session, workspace_id, snapshot, stand, reachable, now)
    unassigned, lapsed = [], {}
    reopened = bool(stand) and assignment.reopen_notification(session, stands, CAN_GO_AWAY, WAITED, now)
    if snapshot.waiting:
        assignment.release_late(session, today, monday_of(today))
    for notification in assignment.list_unassigned(session) if snapshot.waiting or reopened else ():
        why = _lapses(snapshot, notification, now, seen=stands(notification.key))
        if why:
            lapsed[notification.id] = why
        else:
            unassigned.append(notification)
    assignment.lapse(session, lapsed)
    unassigned += new
    on, held = _placed(session, workspace_id, snapshot, stand, unassigned, now, zone) if unassigned else ({}, {})
    placed = (NewNotification(*one.key, one.lapses_at, held.get(one.id, ""), message_id=on.get(one.id)) for one in new)
    messages.add_notifications(session, (*never, *placed), now)
    old = unassigned[: len(unassigned) - len(new)]
    assignment.assign_to_message(session, ((one.id, on[one.id]) for one in old if one.id in on))
    assignment.note_held(session, {one.id: held[one.id] for one in old if held.get(one.id, one.reason) != one.reason})


def _begin(session: Session, workspace_id: str, fresh: Sequence[Reason], now: datetime) -> None:
    """Do what goes with reasons that were never planned before, once for each meeting."""
    ctx: RequestContext | None = None
    for kind, meeting_id in dict.fromkeys((reason.kind, reason.meeting_id) for reason in fresh):
        if (begins := NOTIFICATIONS[kind].begins) is not None:
            ctx = ctx or reader_context(session, workspace_id, now)
            begins(ctx, meeting_id)


def _new(
    session: Session,
    workspace_id: str,
    snapshot: Snapshot,
    stand: Mapping[Key, Reason],
    reachable: Collection[str],
    now: datetime,
) -> tuple[list[Unassigned], list[NewNotification]]:
    """Return reasons never planned before, numbered from -1 down, and those that can only lapse, for the record."""
    known = assignment.list_known(session, stand) if stand else set()
    new, never = [], []
    _begin(session, workspace_id, [reason for key, reason in stand.items() if key not in known], now)
    for number, (key, reason) in enumerate(stand.items(), start=1):
        if key in known:
            continue
        notification = Unassigned(-number, *key, reason.lapses_at, "")
        why = _lapses(snapshot, notification, now, seen=True) if _is_reachable(reason, reachable) else NO_ACCOUNT
        if why:
            never.append(NewNotification(*key, reason.lapses_at, why, state=NotificationState.LAPSED))
        else:
            new.append(notification)
    return new, never


def _lapses(snapshot: Snapshot, notification: Unassigned, now: datetime, *, seen: bool) -> str:
    """Return why a notification lapses, "" where it holds; one `seen` to be owed just now is not looked at again."""
    in_time = notification.lapses_at is None or notification.lapses_at > now
    owed = seen and notification.kind is NotificationKind.UPDATE and in_time
    return "" if owed else why_lapses(snapshot, notification, now)


def _placed(
    session: Session,
    workspace_id: str,
    snapshot: Snapshot,
    stand: Mapping[Key, Reason],
    unassigned: Sequence[Unassigned],
    now: datetime,
    zone: ZoneInfo,
) -> tuple[dict[int, int], Mapping[int, str]]:
    """Find or make a message for each notification: its number by that of the notification; and why the others wait."""
    since, doubtful = _in_doubt(session, workspace_id, stand, unassigned)
    known = assignment.slots_since(session, monday_of(local_day(now, zone)) - timedelta(days=7))
    taken = {Slot(*slot): standing.free for slot, standing in known.items()}
    papers = paper_to_come(snapshot, now)
    boards = snapshot.calendars.values()
    days = message_days(boards), shut_meetings(boards, local_day(now, zone))
    placed = place_notifications(unassigned, taken, now, zone, papers, *days)
    # A channel's message repeats the secretary's, and waits where that one has to wait.
    behind = _published_behind(unassigned, placed.held) if placed.held else ()
    if behind:
        before = (one for one in unassigned if one.id not in behind)
        placed = place_notifications(before, taken, now, zone, papers, *days)
    numbers: dict[assignment.Place, int] = {slot: standing.id for slot, standing in known.items()}
    for unsure in (False, True) if doubtful else (False,):
        fresh = [
            slot
            for slot, notification_ids in placed.into.items()
            if slot not in known and (not doubtful or bool(doubtful.intersection(notification_ids)) is unsure)
        ]
        numbers |= assignment.add_messages(session, fresh, now, doubt_since=since if unsure else None)
    on = {
        notification_id: numbers[slot]
        for slot, notification_ids in placed.into.items()
        for notification_id in notification_ids
    }
    return on, placed.held


def _published_behind(unassigned: Sequence[Unassigned], held: Collection[int]) -> set[int]:
    """Return notifications to publish a digest that must go to a secretary first; `held`: those that wait."""
    digests = {one.id: (one.subject, one.meeting_id, one.step) for one in unassigned}
    waits = {digests[one.id] for one in unassigned if one.kind is NotificationKind.DIGEST and one.id in held}
    return {one.id for one in unassigned if one.kind is NotificationKind.PUBLISH and digests[one.id] in waits}


def _in_doubt(
    session: Session, workspace_id: str, stand: Mapping[Key, Reason], unassigned: Sequence[Unassigned]
) -> tuple[datetime | None, set[int]]:
    """Return since when, in real time, and which open notifications the replaced database may have sent."""
    workspace = session.get_one(Workspace, workspace_id)
    if workspace.restored_at is None:
        return None, set()
    before = {key for key, reason in stand.items() if reason.due_at <= workspace.restored_at}
    return workspace.backup_at, {notification.id for notification in unassigned if notification.key in before}


def _is_reachable(reason: Reason, reachable: Collection[str]) -> bool:
    return reason.recipient in reachable or not reason.recipient.startswith("person:")


def _undelivered(session: Session, snapshot: Snapshot, now: datetime) -> list[Reason]:
    """Return notifications to the secretary about messages to others that were refused or are in doubt."""
    told: list[Reason] = []
    for message in lookups.list_undelivered(session, untold=True):
        for notification in messages.notifications_of(session, message.id):
            calendar = _board_of(session, snapshot, notification)
            if notification.kind is NotificationKind.FAILED or calendar is None:
                continue
            administrators = (person(one) for one in snapshot.administrators if one in snapshot.reachable)
            others = [who for who in snapshot.secretaries(calendar) if who != message.recipient]
            others = others or [who for who in administrators if who != message.recipient]
            meeting_id, day, step = notification.meeting_id, notification.meeting_day, Undelivered(message.state)
            told += [
                Reason(NotificationKind.FAILED, message.id, meeting_id, day, step, who, now, now + timedelta(days=14))
                for who in others
            ]
            break
    return told


def _board_of(session: Session, snapshot: Snapshot, notification: Notification) -> BoardCalendar | None:
    """Return the board whose secretary handles a notification: its meeting's, else its action's."""
    calendar = snapshot.calendar_of(notification.meeting_id)
    if calendar is None and NOTIFICATIONS[notification.kind].about is Subject.ACTION:
        action = session.get(Action, notification.subject)
        return snapshot.calendars.get(action.board_id or 0) if action is not None else None
    if calendar is None and notification.kind in (NotificationKind.FIGURE, NotificationKind.RISK):
        return snapshot.first_board
    if calendar is None and notification.kind is NotificationKind.KEEPER:
        return snapshot.calendars.get(notification.subject)
    return calendar
