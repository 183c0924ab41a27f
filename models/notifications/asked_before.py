"""What the ledger says people were asked and told, as planning reads it: plain rows."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.enums import NotificationKind, NotificationState, Step
from models.rules.steps import Chased, LeadChange, LedgerStep, narrow_step
from models.storage.history_tables import Snooze
from models.storage.notification_tables import Notification
from models.storage.tables import Appointment


class Snoozed(NamedTuple):
    """One person is not asked about one action until an instant."""

    action_id: int
    person_id: int
    meeting_id: int
    until: datetime


class AskedBefore(NamedTuple):
    """That a person was asked for an update or a return, for which meeting and day, at which step, when.

    `subject`: the action, or the post that gives the return.
    """

    kind: NotificationKind
    subject: int
    recipient: str
    meeting_id: int
    meeting_day: date
    step: LedgerStep
    at: datetime


class ToldNew(NamedTuple):
    """That a person is told that an action is new for them; `first_day`: from when, where the post changed hands."""

    action_id: int
    recipient: str
    at: datetime
    first_day: date | None


def kinds_waiting(session: Session) -> frozenset[NotificationKind]:
    """Return the kinds of what is still to be said."""
    waiting = select(Notification.kind).where(Notification.state == NotificationState.OPEN)
    return frozenset(session.scalars(waiting.distinct()))


def snoozes_of(session: Session, action_ids: Collection[int] | None = None) -> tuple[Snoozed, ...]:
    """Return how people put actions off: some actions, or all."""
    wanted = select(Snooze.action_id, Snooze.person_id, Snooze.meeting_id, Snooze.until)
    if action_ids is not None:
        wanted = wanted.where(Snooze.action_id.in_(action_ids))
    return tuple(Snoozed(*row) for row in session.execute(wanted.order_by(Snooze.id)))


def asked_since(session: Session, since: datetime) -> tuple[AskedBefore, ...]:
    """Return what people were asked at a step that names its own day, and whatever they were asked since an instant."""
    wanted: Any = select(
        Notification.kind,
        Notification.subject,
        Notification.recipient,
        Notification.meeting_id,
        Notification.meeting_day,
        Notification.step,
        Notification.said_at,
    ).where(
        Notification.kind.in_((NotificationKind.UPDATE, NotificationKind.CONTRIBUTION)),
        Notification.state == NotificationState.SENT,
        Notification.said_at.is_not(None),
        or_(Notification.step.not_in(tuple(Step)), Notification.said_at >= since),
    )
    return tuple(AskedBefore(*row) for row in session.execute(wanted))


def people_asked_since(session: Session, since: datetime) -> dict[int, bool]:
    """Return who was asked since an instant for an update or a return, or is about to be by a chase; and if by one."""
    waits, sent = Notification.state == NotificationState.OPEN, Notification.state == NotificationState.SENT
    wanted = select(Notification.recipient, Notification.step, Notification.state).where(
        Notification.kind.in_((NotificationKind.UPDATE, NotificationKind.CONTRIBUTION)),
        or_(waits, and_(sent, Notification.said_at >= since)),
    )
    found: dict[int, bool] = {}
    for recipient, step, state in session.execute(wanted):
        chased, number = isinstance(step, Chased), int(recipient.partition(":")[2])
        if chased or state is NotificationState.SENT:
            found[number] = chased or found.get(number, False)
    return found


def told_new(session: Session) -> list[ToldNew]:
    """Return who is told, or is to be, that an action is new for them."""
    wanted = select(Notification.subject, Notification.recipient, Notification.planned_at, Notification.step).where(
        Notification.kind == NotificationKind.NEW_LEAD,
        Notification.state.in_((NotificationState.OPEN, NotificationState.SENT)),
    )
    changes = [(row, narrow_step(row.step, LeadChange)) for row in session.execute(wanted)]
    numbers = [change.number for _, change in changes if not (change.moved_away or change.by_action)]
    begun = select(Appointment.id, Appointment.first_day).where(Appointment.id.in_(numbers))
    begins = {row.id: row.first_day for row in session.execute(begun)} if numbers else {}
    return [
        ToldNew(
            row.subject,
            row.recipient,
            row.planned_at,
            None if change.by_action else begins.get(change.number, date.max),
        )
        for row, change in changes
        if not change.moved_away
    ]
