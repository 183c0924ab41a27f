"""Add figures of measures. An entry is never edited: what puts one right, or takes it back, is a new one."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.measure_enums import NoFigure
from models.records.history import Signed
from models.records.redaction import RedactionCounts, redact_everywhere
from models.storage.history_tables import MeasureValue
from models.storage.tables import PlanMeasure


@dataclass(frozen=True, slots=True)
class GivenValue:
    """What is given for a period: a figure as text, or that there is none; `target`, `floor` where they differ."""

    figure: str = ""
    numerator: int | None = None
    denominator: int | None = None
    provisional: bool = False
    absent: NoFigure | None = None
    note: str = ""
    target: str | None = None
    floor: str | None = None


def record_value(
    session: Session, measure: PlanMeasure, period_end: date, given: GivenValue, signed: Signed
) -> MeasureValue:
    """Add what is given for a period of a measure, with what was wanted when that period was first given."""
    first = next(iter(value_entries(session, measure.id, period_end)), None)
    wanted = first or measure
    row = MeasureValue(
        measure_id=measure.id,
        period_end=period_end,
        figure=given.figure,
        numerator=given.numerator,
        denominator=given.denominator,
        target=wanted.target if given.target is None else given.target,
        floor=wanted.floor if given.floor is None else given.floor,
        provisional=given.provisional,
        absent=given.absent,
        note=given.note,
        **signed.columns(),
    )
    session.add(row)
    session.flush()
    return row


def value_entries(session: Session, measure_id: int, period_end: date) -> list[MeasureValue]:
    """Return every entry of a period of a measure, the first entry first."""
    of_period = select(MeasureValue).where(MeasureValue.measure_id == measure_id, MeasureValue.period_end == period_end)
    return list(session.scalars(of_period.order_by(MeasureValue.id)))


def noted_entries(session: Session, measure_id: int, period_end: date | None = None) -> list[MeasureValue]:
    """Return the entries of a measure that have a note, of all periods or of one."""
    noted = select(MeasureValue).where(MeasureValue.measure_id == measure_id, MeasureValue.note != "")
    if period_end is not None:
        noted = noted.where(MeasureValue.period_end == period_end)
    return list(session.scalars(noted.order_by(MeasureValue.id)))


def redact_value(session: Session, entry: MeasureValue, instead: str, why: str, now: datetime) -> RedactionCounts:
    """Put other words in place of a figure's note, and empty it wherever the bot wrote it; the figure stays."""
    words, entry.note = entry.note, instead
    emptied = redact_everywhere(session, 0, words, why, now)
    session.flush()
    return emptied


def value_by_id(session: Session, number: int) -> MeasureValue | None:
    """Return an entry by its number."""
    return session.get(MeasureValue, number)


def given_in(row: MeasureValue) -> GivenValue:
    """Return what an entry gives, to be given again."""
    return GivenValue(
        row.figure, row.numerator, row.denominator, row.provisional, row.absent, row.note, row.target, row.floor
    )
