"""Reads which measures still want a figure for a period that is over: in one statement, however many there are."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.enums import NotificationKind
from models.measure_enums import NoFigure, PeriodKind
from models.rules.periods import MeasurePeriod
from models.storage.bulk import QUIETLY
from models.storage.history_tables import MeasureValue
from models.storage.notification_tables import MessagePart, Notification
from models.storage.tables import PlanMeasure


class OwedFigure(NamedTuple):
    """A figure that is wanted: of which measure, of whom, and for which period."""

    measure_id: int
    post_id: int
    period: MeasurePeriod


def periods_measured(session: Session) -> frozenset[PeriodKind]:
    """Return the kinds of period of the measures that somebody gives figures for."""
    wanted = select(PlanMeasure.period).where(PlanMeasure.provider_post_id.is_not(None)).distinct()
    return frozenset(session.scalars(wanted))


def owed_figures(session: Session, periods: Collection[MeasurePeriod]) -> tuple[OwedFigure, ...]:
    """Return which figures for some periods were not given, of those that somebody is to give."""
    if not periods:
        return ()
    latest = select(func.max(MeasureValue.id)).where(MeasureValue.period_end.in_({one.end for one in periods}))
    given = select(MeasureValue.measure_id, MeasureValue.period_end).where(
        MeasureValue.id.in_(latest.group_by(MeasureValue.measure_id, MeasureValue.period_end)),
        MeasureValue.absent.is_distinct_from(NoFigure.TAKEN_BACK),
    )
    there = {(number, end) for number, end in session.execute(given)}
    wanted = select(PlanMeasure.id, PlanMeasure.provider_post_id, PlanMeasure.period).where(
        PlanMeasure.provider_post_id.is_not(None), PlanMeasure.period.in_({one.kind for one in periods})
    )
    return tuple(
        OwedFigure(number, post_id, period)
        for number, post_id, kind in session.execute(wanted.order_by(PlanMeasure.position, PlanMeasure.id))
        for period in periods
        if period.kind is kind and post_id is not None and (number, period.end) not in there
    )


def figures_asked(session: Session, posts: Collection[int]) -> list[tuple[int, date]]:
    """Return the figures that some posts were asked for, given since or not, by measure and last day of the period."""
    asked = select(PlanMeasure.id, PlanMeasure.position, Notification.meeting_day).join(
        Notification, Notification.subject == PlanMeasure.id
    )
    asked = asked.where(
        Notification.kind == NotificationKind.FIGURE,
        Notification.message_id.is_not(None),
        PlanMeasure.provider_post_id.in_(posts),
    )
    found = session.execute(asked.distinct().order_by(PlanMeasure.position, PlanMeasure.id, Notification.meeting_day))
    return [(number, day) for number, _, day in found if day is not None]


def mark_figure_asks_stale(session: Session, measure_id: int, period_end: date) -> None:
    """Have the delivered messages changed in place that ask for a figure."""
    asks = select(Notification.message_id).where(
        Notification.message_id.is_not(None),
        Notification.kind == NotificationKind.FIGURE,
        Notification.subject == measure_id,
        Notification.meeting_day == period_end,
    )
    shown = update(MessagePart).where(MessagePart.message_id.in_(asks))
    session.execute(shown.values(stale=MessagePart.stale + 1), execution_options=QUIETLY)
