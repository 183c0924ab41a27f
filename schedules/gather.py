"""Reads from the database what the rules of this folder look at: no more than can matter, since a plan may be large."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, literal_column, or_, select, union
from sqlalchemy.orm import Session

from handlers.context import PlanRead
from models.enums import ABOUT_ACTIONS, OPEN, Kind, MessageClass, NotificationKind, NotificationState, Status, Step
from models.notifications.messages import Waiting
from models.plan.action_filter import ActionFilter
from models.plan.planning_reads import action_facts, people
from models.plan.queries import action_views, board_calendars, boards_with_calendars, zone_of
from models.plan.serving import leavers, recipients
from models.rules.calendar import WorkingDays, at_local, local_day, may_notify
from models.rules.facts import ActionFacts, BoardCalendar
from models.rules.steps import LeadChange, narrow_step
from models.storage.history_tables import Outcome, Snooze
from models.storage.notification_tables import Notification
from models.storage.tables import Action, Appointment
from schedules.due import NOT_AGAIN_DAYS, is_about_to_be_asked
from schedules.snapshot import AskedBefore, NewLead, Snapshot, Snoozed

_DAY = timedelta(days=1)
OF_ITSELF = tuple(Step)
"""Steps that come for every meeting; the others name a day of their own."""
AT_ANY_HOUR = (MessageClass.PRESSED, MessageClass.CHANNEL)
"""What a press brings about, which waits for no hour."""

_WORKSPACE: BindParameter[str] = bindparam("workspace")
_CHOSEN: BindParameter[Any] = bindparam("chosen", expanding=True)
_OPEN = select(Action.id).where(
    Action.workspace_id == _WORKSPACE,
    Action.board_id.in_(bindparam("started", expanding=True)),
    Action.status.in_(OPEN),
)
_NOTICES = select(Outcome.action_id).where(
    Outcome.workspace_id == _WORKSPACE, Outcome.meeting_id.in_(bindparam("held", expanding=True))
)
_SPOKEN_OF = select(Notification.subject).where(
    Notification.workspace_id == _WORKSPACE,
    Notification.state == NotificationState.OPEN,
    Notification.kind.in_(ABOUT_ACTIONS),
)
_FOLLOWS = _OPEN.where(Action.follow_by.is_not(None))
_DATED = _OPEN.where(Action.due_date >= bindparam("since"))
_DUE = _OPEN.where(Action.due_meeting_id.in_(bindparam("at", expanding=True)))
# Written into the query, not beside it: only so does SQLite find these few by their indexes.
_STANDING = _OPEN.where(Action.kind == literal_column(f"'{Kind.STANDING.value}'"))
# Every ref is longer than "": that one is looked at keeps SQLite from going through another index, which has all the
# other columns and every action of the board.
_PROPOSED = _OPEN.where(
    Action.status == literal_column(f"'{Status.PROPOSED.value}'"), Action.ref != literal_column("''")
)
_LED = _OPEN.where(Action.lead_post_id.in_(bindparam("left", expanding=True)))
_ASKED_ALL = _OPEN.where(Action.board_id.in_(bindparam("all", expanding=True)))
_SORTS = (_NOTICES, _SPOKEN_OF, _FOLLOWS, _DATED, _DUE, _STANDING, _PROPOSED, _LED, _ASKED_ALL, _OPEN)
"""The sorts of actions that are looked at, in the order of `_matter`."""
_ALL_THAT_FOLLOW = and_(Action.follow_by.is_not(None), Action.status.in_(OPEN))
_SNOOZES = (
    select(Snooze.action_id, Snooze.person_id, Snooze.meeting_id, Snooze.until)
    .where(Snooze.workspace_id == _WORKSPACE)
    .order_by(Snooze.id)
)
_SNOOZES_OF = _SNOOZES.where(Snooze.action_id.in_(_CHOSEN))
_SAID: Any = select(
    Notification.subject,
    Notification.recipient,
    Notification.meeting_id,
    Notification.meeting_day,
    Notification.step,
    Notification.said_at,
).where(
    Notification.workspace_id == _WORKSPACE,
    Notification.kind == NotificationKind.UPDATE,
    Notification.state == NotificationState.SENT,
    Notification.said_at.is_not(None),
    or_(Notification.step.not_in(OF_ITSELF), Notification.said_at >= bindparam("since")),
)
_NEW_LEADS = select(Notification.subject, Notification.recipient, Notification.planned_at, Notification.step).where(
    Notification.workspace_id == _WORKSPACE,
    Notification.kind == NotificationKind.NEW_LEAD,
    Notification.state.in_((NotificationState.OPEN, NotificationState.SENT)),
)
_WAITING = (
    select(Notification.kind)
    .where(Notification.workspace_id == _WORKSPACE, Notification.state == NotificationState.OPEN)
    .distinct()
)
_BEGUN = select(Appointment.id, Appointment.first_day).where(Appointment.id.in_(_CHOSEN))


def read_snapshot(session: Session, workspace_id: str, now: datetime, *, whole: bool = False) -> Snapshot:
    """Return one workspace as the rules see it at `now`, without actions that cannot matter then."""
    calendars = board_calendars(session, workspace_id)
    zone = zone_of(session, workspace_id)
    today = local_day(now, zone)
    started = [calendar for calendar in calendars.values() if calendar.board.started_at is not None]
    known = people(session, workspace_id, today)
    left = leavers(session, today, known.closed)
    waiting = frozenset(session.scalars(_WAITING, {"workspace": workspace_id}))
    matter, given = _matter(started, now, [post for posts in left.values() for post in posts], waiting, whole=whole)
    moves = whole or NotificationKind.OTHER_BOARD in waiting
    actions: Sequence[ActionFacts] = ()
    if any(matter):
        actions = action_facts(session, workspace_id, _one_of(matter), given=given, moves=moves)
    asking = [one for one in started if _windows(one, now)]
    follows = any(action.follow_by is not None for action in actions)
    return Snapshot(
        calendars=calendars,
        actions=tuple(actions),
        recipients=recipients(session, today),
        administrators=known.administrators,
        reachable=known.reachable,
        snoozes=_snoozes(session, workspace_id, None),
        # The ledger may have something to say of a board that is quiet, and there nobody is asked what follows.
        said=_said(session, workspace_id, started, now) if started and (asking or follows) else (),
        new_leads=tuple(_new_leads(session, workspace_id, zone)) if asking else (),
        left=left,
        waiting=waiting,
    )


@lru_cache(maxsize=256)
def _one_of(wanted: tuple[bool, ...]) -> ColumnElement[bool]:
    """Return the condition that an action is of one of the sorts wanted; cached, since the same few recur."""
    return Action.id.in_(union(*(sort for sort, is_wanted in zip(_SORTS, wanted, strict=True) if is_wanted)))


def _windows(calendar: BoardCalendar, now: datetime) -> list[int]:
    """Return the coming meetings of a board for which leads are asked at `now`, or the secretary is told who was."""
    return [meeting.id for meeting in calendar.dated if is_about_to_be_asked(calendar, meeting, now)]


def _matter(
    started: Sequence[BoardCalendar],
    now: datetime,
    left: Sequence[int],
    waiting: Collection[NotificationKind],
    *,
    whole: bool,
) -> tuple[tuple[bool, ...], dict[str, Any]]:
    """Return which actions (of `_SORTS`) a rule of this folder may look at; no other makes a difference to any."""
    held = [meeting for calendar in started if (meeting := calendar.latest_held(now)) is not None]
    unrecorded = [meeting for meeting in held if meeting.outcomes_recorded_at is None]
    asking = {calendar.board.id: windows for calendar in started if (windows := _windows(calendar, now))}
    at = {meeting.id for meeting in unrecorded}.union(*asking.values())
    at.update(
        meeting.id
        for calendar in started
        if calendar.board.id in asking
        for meeting in calendar.dated
        if meeting.begun(now)
    )
    since = (
        date.min if asking else min((local_day(now, calendar.zone) for calendar in started), default=date.max) - _DAY
    )
    ask_all = [calendar.board.id for calendar in started if calendar.board.id in asking and calendar.board.ask_all]
    wanted = (
        bool(held),
        not ABOUT_ACTIONS.isdisjoint(waiting),
        bool(started),
        bool(started),
        bool(at),
        bool(asking),
        bool(unrecorded),
        bool(left and started),
        bool(ask_all),
        whole,
    )
    given: dict[str, Any] = {
        "started": [calendar.board.id for calendar in started],
        "held": [meeting.id for meeting in held],
        "at": sorted(at),
        "since": since,
        "left": left,
        "all": ask_all,
    }
    return wanted, given


def read_for_message(
    session: Session, workspace_id: str, notifications: Iterable[Notification], now: datetime
) -> tuple[Snapshot, PlanRead]:
    """Return what decides whether the notifications of one message still hold, and nothing else."""
    notifications = list(notifications)
    boards, calendars = boards_with_calendars(session, workspace_id)
    subjects = {notification.subject for notification in notifications if notification.kind in ABOUT_ACTIONS}
    views = action_views(session, workspace_id, ActionFilter(ids=subjects)) if subjects else []
    today = local_day(now, zone_of(session, workspace_id))
    posts = {view.facts.lead_post_id for view in views if view.facts.lead_post_id is not None}
    kinds = {notification.kind for notification in notifications}
    snapshot = Snapshot(
        calendars=calendars,
        actions=tuple(view.facts for view in views),
        recipients=recipients(session, today, sorted(posts))
        if kinds & {NotificationKind.UPDATE, NotificationKind.NEW_LEAD} and posts
        else {},
        snoozes=_snoozes(session, workspace_id, subjects) if NotificationKind.UPDATE in kinds else (),
        left=leavers(session, today) if NotificationKind.LEFT in kinds else {},
    )
    return snapshot, PlanRead(boards, calendars, {view.facts.id: view for view in views})


def allowed_now(session: Session, workspace_id: str, waiting: Sequence[Waiting], now: datetime) -> list[Waiting]:
    """Return the messages that may go at `now`.

    What was put off until the evening waits for the morning, as every scheduled message does.
    """
    speak = not waiting or may_notify(now, zone_of(session, workspace_id), WorkingDays())
    return [one for one in waiting if speak or one.message_class in AT_ANY_HOUR]


def read_upcoming(session: Session, workspace_id: str, now: datetime) -> Snapshot:
    """Return the part of a snapshot for `boundaries.next_instant`: it reads much faster than the whole."""
    return Snapshot(
        calendars=board_calendars(session, workspace_id),
        actions=tuple(action_facts(session, workspace_id, _ALL_THAT_FOLLOW)),
        recipients=recipients(session, local_day(now, zone_of(session, workspace_id))),
        snoozes=_snoozes(session, workspace_id, None),
    )


def _snoozes(session: Session, workspace_id: str, action_ids: Collection[int] | None) -> tuple[Snoozed, ...]:
    given: dict[str, Any] = {"workspace": workspace_id}
    if action_ids is None:
        return tuple(Snoozed(*row) for row in session.execute(_SNOOZES, given))
    return tuple(Snoozed(*row) for row in session.execute(_SNOOZES_OF, given | {"chosen": list(action_ids)}))


def _said(
    session: Session, workspace_id: str, started: Sequence[BoardCalendar], now: datetime
) -> tuple[AskedBefore, ...]:
    """Return what people were asked at a step that names its own day, and what they were asked lately."""
    since = min(
        at_local(one.board.rules.working.shift(local_day(now, one.zone), -NOT_AGAIN_DAYS), one.zone, time(0))
        for one in started
    )
    given = {"workspace": workspace_id, "since": since}
    return tuple(AskedBefore(*row) for row in session.execute(_SAID, given))


def _new_leads(session: Session, workspace_id: str, zone: ZoneInfo) -> Iterator[NewLead]:
    """Yield who answers for what is new to them, from the day they were told of it."""
    rows = [
        (row, narrow_step(row.step, LeadChange)) for row in session.execute(_NEW_LEADS, {"workspace": workspace_id})
    ]
    numbers = [change.number for _, change in rows if not change.moved_away and not change.by_action]
    begins: dict[int, date | None] = {}
    if numbers:
        begins = {row.id: row.first_day for row in session.execute(_BEGUN, {"chosen": numbers})}
    for row, change in rows:
        if change.moved_away:
            continue
        first = None if change.by_action else begins.get(change.number, date.max)
        if first is None or first <= local_day(row.planned_at, zone):
            yield NewLead(row.subject, row.recipient, row.planned_at)
