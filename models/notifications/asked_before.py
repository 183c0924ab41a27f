"""What the ledger says people were asked and told, as planning reads it: plain rows."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlalchemy.orm import Session

from models.enums import NotificationKind, NotificationState, Step
from models.rules.steps import LeadChange, LedgerStep, narrow_step
from models.storage.history_tables import Snooze
from models.storage.notification_tables import Notification
from models.storage.tables import Appointment

_WORKSPACE: BindParameter[str] = bindparam("workspace")
_CHOSEN: BindParameter[Any] = bindparam("chosen", expanding=True)
_SNOOZES = (
    select(Snooze.action_id, Snooze.person_id, Snooze.meeting_id, Snooze.until)
    .where(Snooze.workspace_id == _WORKSPACE)
    .order_by(Snooze.id)
)
_SNOOZES_OF = _SNOOZES.where(Snooze.action_id.in_(_CHOSEN))
_ASKED: Any = select(
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
    or_(Notification.step.not_in(tuple(Step)), Notification.said_at >= bindparam("since")),
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


class Snoozed(NamedTuple):
    """One person is not asked about one action until an instant."""

    action_id: int
    person_id: int
    meeting_id: int
    until: datetime


class AskedBefore(NamedTuple):
    """That a person was asked for an update, for which meeting and day, at which step, when."""

    action_id: int
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


def kinds_waiting(session: Session, workspace_id: str) -> frozenset[NotificationKind]:
    """Return the kinds of what is still to be said."""
    return frozenset(session.scalars(_WAITING, {"workspace": workspace_id}))


def snoozes_of(session: Session, workspace_id: str, action_ids: Collection[int] | None = None) -> tuple[Snoozed, ...]:
    """Return how people put actions off: some actions, or all."""
    given: dict[str, Any] = {"workspace": workspace_id}
    if action_ids is None:
        return tuple(Snoozed(*row) for row in session.execute(_SNOOZES, given))
    return tuple(Snoozed(*row) for row in session.execute(_SNOOZES_OF, given | {"chosen": list(action_ids)}))


def asked_since(session: Session, workspace_id: str, since: datetime) -> tuple[AskedBefore, ...]:
    """Return what people were asked at a step that names its own day, and whatever they were asked since an instant."""
    given = {"workspace": workspace_id, "since": since}
    return tuple(AskedBefore(*row) for row in session.execute(_ASKED, given))


def told_new(session: Session, workspace_id: str) -> list[ToldNew]:
    """Return who is told, or is to be, that an action is new for them."""
    found = session.execute(_NEW_LEADS, {"workspace": workspace_id})
    rows = [(row, narrow_step(row.step, LeadChange)) for row in found]
    new = [(row, change) for row, change in rows if not change.moved_away]
    numbers = [change.number for _, change in new if not change.by_action]
    begins: dict[int, date | None] = {}
    if numbers:
        begins = {row.id: row.first_day for row in session.execute(_BEGUN, {"chosen": numbers})}
    return [
        ToldNew(
            row.subject,
            row.recipient,
            row.planned_at,
            None if change.by_action else begins.get(change.number, date.max),
        )
        for row, change in new
    ]
