"""Reads what is still owed for a period that is over, figures of measures and scores of risks: a statement each."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from models.enums import NotificationKind
from models.measure_enums import NoFigure, PeriodKind
from models.rules.periods import MeasurePeriod
from models.storage.bulk import QUIETLY
from models.storage.history_tables import MeasureValue, RiskAssessment
from models.storage.notification_tables import MessagePart, Notification
from models.storage.rare_rows import none_yet
from models.storage.tables import PlanMeasure, PlanRisk


class OwedFigure(NamedTuple):
    """A measure's figure, or a risk's score, that is wanted: by its number, of whom, and for which period."""

    subject: int
    post_id: int
    period: MeasurePeriod
    kind: NotificationKind = NotificationKind.FIGURE


def periods_measured(session: Session) -> frozenset[PeriodKind]:
    """Return the kinds of period of the measures that somebody gives figures for; quarters where a risk has a post."""
    wanted = select(PlanMeasure.period).where(PlanMeasure.provider_post_id.is_not(None)).distinct()
    is_owned = select(PlanRisk.owner_post_id.is_not(None)).where(PlanRisk.owner_post_id.is_not(None)).limit(1)
    return frozenset((*session.scalars(wanted), *([PeriodKind.QUARTER] if session.scalar(is_owned) else [])))


def owed_scores(session: Session, periods: Collection[MeasurePeriod]) -> tuple[OwedFigure, ...]:
    """Return which risks were not assessed since a quarter ended, of those that somebody is to assess."""
    quarters = [one for one in periods if one.kind is PeriodKind.QUARTER]
    if not quarters:
        return ()
    latest = select(func.max(RiskAssessment.id)).group_by(RiskAssessment.risk_id, RiskAssessment.day)
    assessed = select(func.max(RiskAssessment.day)).where(
        RiskAssessment.risk_id == PlanRisk.id,
        RiskAssessment.id.in_(latest),
        RiskAssessment.likelihood.is_not(None),
    )
    owned = select(PlanRisk.id, PlanRisk.owner_post_id, assessed.scalar_subquery())
    owned = owned.where(PlanRisk.owner_post_id.is_not(None)).order_by(PlanRisk.position, PlanRisk.id)
    return tuple(
        OwedFigure(number, post_id, quarter, NotificationKind.RISK)
        for number, post_id, last in session.execute(owned)
        for quarter in quarters
        if post_id is not None and (last is None or last <= quarter.end)
    )


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
    return _asked(session, NotificationKind.FIGURE, PlanMeasure, PlanMeasure.provider_post_id.in_(posts))


def scores_asked(session: Session, posts: Collection[int]) -> list[tuple[int, date]]:
    """Return the risks that some posts were asked to assess, done since or not, with the last day of the quarter."""
    return _asked(session, NotificationKind.RISK, PlanRisk, PlanRisk.owner_post_id.in_(posts))


def _asked(
    session: Session, kind: NotificationKind, table: type[PlanMeasure] | type[PlanRisk], theirs: ColumnElement[bool]
) -> list[tuple[int, date]]:
    if none_yet(session, table):
        return []
    asked = select(table.id, table.position, Notification.meeting_day)
    asked = asked.join(Notification, Notification.subject == table.id)
    asked = asked.where(Notification.kind == kind, Notification.message_id.is_not(None), theirs)
    found = session.execute(asked.distinct().order_by(table.position, table.id, Notification.meeting_day))
    return [(number, day) for number, _, day in found if day is not None]


def mark_figure_asks_stale(
    session: Session, subject: int, period_end: date, kind: NotificationKind = NotificationKind.FIGURE
) -> None:
    """Have the delivered messages changed in place that ask for a figure, or for a score."""
    asks = select(Notification.message_id).where(
        Notification.message_id.is_not(None),
        Notification.kind == kind,
        Notification.subject == subject,
        Notification.meeting_day == period_end,
    )
    shown = update(MessagePart).where(MessagePart.message_id.in_(asks))
    session.execute(shown.values(stale=MessagePart.stale + 1), execution_options=QUIETLY)
