"""Reads from the database what the rules of this folder look at: no more than can matter, since a plan may be large."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from handlers.context import PlanRead
from models.enums import MessageClass, NotificationKind
from models.notifications.asked_before import AskedBefore, asked_since, kinds_waiting, snoozes_of, told_new
from models.notifications.lookups import list_planned
from models.notifications.messages import Waiting
from models.plan.action_filter import ActionFilter
from models.plan.candidates import ActionSort, Candidates, read_candidates, read_following
from models.plan.contributors import owed_contributions
from models.plan.owed_figures import owed_figures, owed_scores, periods_measured
from models.plan.queries import action_views, board_calendars, plan_of, zone_of
from models.plan.serving import administrators, leavers, reachable, recipients
from models.records.report_entries import WaitingClearance, waiting_clearances
from models.rules.calendar import at_local, local_day, may_notify
from models.rules.contributions import Contributor, takes_contributions
from models.rules.facts import BoardCalendar, message_days
from models.rules.periods import MeasurePeriod, last_ended
from models.storage.notification_tables import Notification
from models.storage.sessions import Session
from schedules.due import NOT_AGAIN_DAYS, is_about_to_be_asked
from schedules.figure_reminders import periods_asked
from schedules.reads import is_asking
from schedules.registry import NOTIFICATIONS, Need, Subject
from schedules.snapshot import NewLead, Snapshot

AT_ANY_HOUR = (MessageClass.PRESSED, MessageClass.CHANNEL)
"""What a press brings about, which waits for no hour."""


def read_snapshot(session: Session, workspace_id: str, now: datetime, *, whole: bool = False) -> Snapshot:
    """Return one workspace as the rules see it at `now`, without actions that cannot matter then."""
    calendars = _calendars(session, workspace_id)
    zone = zone_of(session, workspace_id)
    today = local_day(now, zone)
    started = [calendar for calendar in calendars.values() if calendar.board.started_at is not None]
    bare = Snapshot(
        calendars=calendars,
        recipients=recipients(session, today),
        administrators=administrators(session, today),
        reachable=reachable(session),
        snoozes=snoozes_of(session),
        left=leavers(session, today),
        waiting=kinds_waiting(session),
        clearances=_clearances(session, started, now),
        contributions=_contributions(session, started, now),
        **_figures(session, started, now),
    )
    actions = read_candidates(
        session,
        _matter(bare, started, now) | ({Candidates(ActionSort.ANY)} if whole else set()),
        [calendar.board.id for calendar in started],
    )
    asking = any(is_asking(calendar, now) for calendar in started)
    follows = any(action.follow_by is not None for action in actions)
    told = list_planned(session, NotificationKind.LEFT) if bare.left else ()
    return replace(
        bare,
        actions=actions,
        # The ledger may have something to say of a board that is quiet, and there nobody is asked what follows.
        said=_said(session, started, now) if started and (asking or follows) else (),
        told_left={(one.subject, one.step): (one.meeting_day, one.recipient) for one in told},
        new_leads=tuple(_new_leads(session, zone)) if asking else (),
    )


def _calendars(session: Session, workspace_id: str) -> dict[int, BoardCalendar]:
    """Return every board with its meetings; between a plan that has ended and the next all of them are quiet."""
    calendars = board_calendars(session, workspace_id)
    if plan_of(session, workspace_id) is not None:
        return calendars
    return {
        number: BoardCalendar(replace(one.board, started_at=None), one.meetings, one.zone)
        for number, one in calendars.items()
    }


def _matter(snapshot: Snapshot, started: Sequence[BoardCalendar], now: datetime) -> set[Candidates]:
    """Return which actions a kind of notification may look at; no other makes a difference to any."""
    wanted = {
        candidates
        for entry in NOTIFICATIONS.values()
        if entry.reads is not None
        for calendar in started
        for candidates in entry.reads(snapshot, calendar, now)
    }
    if any(NOTIFICATIONS[kind].about is Subject.ACTION for kind in snapshot.waiting):
        wanted.add(Candidates(ActionSort.SPOKEN_OF))
    return wanted


def read_for_message(
    session: Session, workspace_id: str, notifications: Iterable[Notification], now: datetime
) -> tuple[Snapshot, PlanRead]:
    """Return what decides whether the notifications of one message still hold, and nothing else."""
    notifications = list(notifications)
    calendars = _calendars(session, workspace_id)
    subjects = {
        notification.subject
        for notification in notifications
        if NOTIFICATIONS[notification.kind].about is Subject.ACTION
    }
    views = action_views(session, workspace_id, ActionFilter(ids=subjects)) if subjects else []
    today = local_day(now, zone_of(session, workspace_id))
    posts = {view.facts.lead_post_id for view in views if view.facts.lead_post_id is not None}
    needs = {need for notification in notifications for need in NOTIFICATIONS[notification.kind].needs}
    asks = bool(needs & {Need.RECIPIENTS, Need.CLEARANCES, Need.CONTRIBUTIONS, Need.FIGURES})
    clearances: Mapping[int, tuple[WaitingClearance, ...]] = {}
    if Need.CLEARANCES in needs:
        clearances = _clearances(session, calendars.values(), now)
        posts |= {one.facts.post_id for some in clearances.values() for one in some if one.facts.post_id is not None}
    contributions: Mapping[int, tuple[Contributor, ...]] = {}
    if Need.CONTRIBUTIONS in needs:
        contributions = _contributions(session, calendars.values(), now)
        posts |= {one.post_id for some in contributions.values() for one in some}
    figures: dict[str, Any] = {}
    if Need.FIGURES in needs:
        started = [one for one in calendars.values() if one.board.started_at is not None]
        figures = _figures(session, started, now)
        figures |= {"reachable": reachable(session), "administrators": administrators(session, today)}
        posts |= {one.post_id for one in figures["figures"]} | {one.board.secretary_post_id or 0 for one in started}
    snapshot = Snapshot(
        calendars=calendars,
        clearances=clearances,
        contributions=contributions,
        **figures,
        actions=tuple(view.facts for view in views),
        recipients=recipients(session, today, sorted(posts)) if asks and posts else {},
        snoozes=snoozes_of(session, subjects) if Need.SNOOZES in needs else (),
        left=leavers(session, today) if Need.LEAVERS in needs else {},
    )
    return snapshot, PlanRead(calendars, {view.facts.id: view for view in views})


def allowed_now(session: Session, workspace_id: str, waiting: Sequence[Waiting], now: datetime) -> list[Waiting]:
    """Return the messages that may go at `now`.

    What was put off until the evening waits for the morning, as every scheduled message does.
    """
    if not waiting:
        return []
    working = message_days(board_calendars(session, workspace_id).values())
    speak = may_notify(now, zone_of(session, workspace_id), working)
    return [one for one in waiting if speak or one.message_class in AT_ANY_HOUR]


def read_upcoming(session: Session, workspace_id: str, now: datetime) -> Snapshot:
    """Return the part of a snapshot for `boundaries.next_instant`: it reads much faster than the whole.

    A clock stops between two plans as well: leads are told then what became of their actions.
    """
    calendars = board_calendars(session, workspace_id)
    return Snapshot(
        calendars=calendars,
        clearances=_clearances(session, calendars.values(), now),
        actions=read_following(session),
        recipients=recipients(session, local_day(now, zone_of(session, workspace_id))),
        snoozes=snoozes_of(session),
        periods=_periods(session, local_day(now, zone_of(session, workspace_id))),
    )


def _periods(session: Session, today: date) -> tuple[MeasurePeriod, ...]:
    over = [last_ended(kind, today) for kind in sorted(periods_measured(session))]
    return tuple(one for period in over for one in (period, period.next))


def _figures(session: Session, started: Sequence[BoardCalendar], now: datetime) -> dict[str, Any]:
    """Return which figures of measures are asked for, and the periods in question, as a snapshot has them."""
    if not started:
        return {"figures": (), "periods": ()}
    periods = _periods(session, local_day(now, started[0].zone))
    asked = periods_asked(started, periods, now)
    return {"figures": (*owed_figures(session, asked), *owed_scores(session, asked)), "periods": periods}


def _clearances(
    session: Session, calendars: Iterable[BoardCalendar], now: datetime
) -> dict[int, tuple[WaitingClearance, ...]]:
    """Return which clearances of coming meetings' reports wait for an answer."""
    ahead = [meeting.id for calendar in calendars for meeting in calendar.dated if meeting.start > now]
    return waiting_clearances(session, ahead)


def _contributions(
    session: Session, calendars: Iterable[BoardCalendar], now: datetime
) -> dict[int, tuple[Contributor, ...]]:
    """Return who still owes a return on the focus theme of each meeting that partners are asked about."""
    asking = [
        (calendar, meeting)
        for calendar in calendars
        for meeting in calendar.dated
        if takes_contributions(meeting) and is_about_to_be_asked(calendar, meeting, now)
    ]
    if not asking:
        return {}
    return owed_contributions(session, [meeting for _, meeting in asking], local_day(now, asking[0][0].zone))


def _said(session: Session, started: Sequence[BoardCalendar], now: datetime) -> tuple[AskedBefore, ...]:
    """Return what people were asked at a step that names its own day, and what they were asked lately."""
    since = min(
        at_local(one.board.rules.working.shift(local_day(now, one.zone), -NOT_AGAIN_DAYS), one.zone, time(0))
        for one in started
    )
    return asked_since(session, since)


def _new_leads(session: Session, zone: ZoneInfo) -> Iterator[NewLead]:
    """Yield who answers for what is new to them, from the day they were told of it."""
    for told in told_new(session):
        if told.first_day is None or told.first_day <= local_day(told.at, zone):
            yield NewLead(told.action_id, told.recipient, told.at)
