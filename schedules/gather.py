"""Reads from the database what the rules of this folder look at."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.calendar import local_day
from models.enums import OPEN, AskKind, AskState
from models.history_tables import Outcome, Snooze
from models.ledger_reads import planned
from models.ledger_tables import Ask
from models.queries import action_views, administrators, board_calendars, reachable, recipients, zone_of
from models.serving import leavers
from models.tables import Action, Appointment
from models.told import told_of
from schedules.snapshot import NewLead, Said, Snapshot, Snoozed


def snapshot(session: Session, workspace_id: str, now: datetime, action_ids: Collection[int] | None = None) -> Snapshot:
    """One workspace as the rules see it at `now`; of the actions only those named, where some are.

    Only boards that were started have their actions read: the open ones, and those with an outcome at the latest
    meeting, whose leads are still to be told.
    """
    calendars = board_calendars(session, workspace_id)
    started = [board_id for board_id, calendar in calendars.items() if calendar.board.started_at is not None]
    held = [meeting.id for board_id in started if (meeting := calendars[board_id].latest_held(now)) is not None]
    told = select(Outcome.action_id).where(Outcome.workspace_id == workspace_id, Outcome.meeting_id.in_(held))
    actions = (
        action_views(
            session,
            workspace_id,
            *(
                [Action.board_id.in_(started), or_(Action.status.in_(OPEN), Action.id.in_(told))]
                if action_ids is None
                else [Action.id.in_(action_ids)]
            ),
        )
        if started or action_ids
        else []
    )
    zone = zone_of(session, workspace_id)
    today = local_day(now, zone)
    return Snapshot(
        calendars=calendars,
        actions=tuple(view.facts for view in actions),
        recipients=recipients(session, workspace_id, today),
        administrators=administrators(session, workspace_id, today),
        reachable=frozenset(reachable(session, workspace_id)),
        snoozes=_snoozes(session, workspace_id, action_ids),
        said=_said(session, workspace_id, action_ids),
        new_leads=tuple(
            NewLead(ask.subject, ask.recipient, ask.planned_at)
            for ask in planned(session, workspace_id, AskKind.NEW_LEAD)
            if ask.state in (AskState.OPEN, AskState.SENT) and _begun(session, ask, local_day(ask.planned_at, zone))
        ),
        left=leavers(session, workspace_id, today),
    )


def what_comes(session: Session, workspace_id: str, now: datetime) -> Snapshot:
    """The part of a snapshot that `boundaries.next_instant` looks at: it is read far sooner than the whole."""
    awaited = action_views(session, workspace_id, Action.follow_by.is_not(None), open_only=True)
    return Snapshot(
        calendars=board_calendars(session, workspace_id),
        actions=tuple(view.facts for view in awaited),
        recipients=recipients(session, workspace_id, local_day(now, zone_of(session, workspace_id))),
        snoozes=_snoozes(session, workspace_id, None),
    )


def _snoozes(session: Session, workspace_id: str, action_ids: Collection[int] | None) -> tuple[Snoozed, ...]:
    rows = select(Snooze).where(Snooze.workspace_id == workspace_id).order_by(Snooze.id)
    if action_ids is not None:
        rows = rows.where(Snooze.action_id.in_(action_ids))
    return tuple(Snoozed(row.action_id, row.person_id, row.meeting_id, row.until) for row in session.scalars(rows))


def _said(session: Session, workspace_id: str, action_ids: Collection[int] | None) -> tuple[Said, ...]:
    """What people were asked; read as plain rows, since there is one for every action, person and step."""
    rows = select(Ask.subject, Ask.recipient, Ask.meeting_id, Ask.meeting_day, Ask.step, Ask.said_at).where(
        Ask.workspace_id == workspace_id, Ask.kind == AskKind.UPDATE, Ask.state == AskState.SENT
    )
    if action_ids is not None:
        rows = rows.where(Ask.subject.in_(action_ids))
    return tuple(
        Said(action_id, recipient, meeting_id, meeting_day, step, at)
        for action_id, recipient, meeting_id, meeting_day, step, at in session.execute(rows)
        if at is not None
    )


def _begun(session: Session, ask: Ask, day: date) -> bool:
    """Whether somebody answered for what is new to them from the day they were told of it."""
    told = told_of(ask.step)
    if told.moved_away:
        return False
    row = None if told.by_action else session.get(Appointment, told.number)
    return told.by_action or (row is not None and (row.first_day is None or row.first_day <= day))
