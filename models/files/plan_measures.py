"""Measures and their figures between a plan file and the database, both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Refusal
from models.files.planfile import PlanFile
from models.files.planfile.fields import ComparedWith
from models.files.planfile.schema import FileMeasure, FileValue
from models.measure_enums import NoFigure, ValueState
from models.plan.measures import measures_of
from models.records.history import Signed
from models.records.measure_values import GivenValue, record_value
from models.rules.periods import period_in_full
from models.rules.refs import ref_key
from models.storage.rare_rows import one_more
from models.storage.tables import PlanMeasure

MeasureColumns = tuple[FileMeasure, dict[str, Any], dict[str, Any]]


def measure_columns(
    file: PlanFile, priorities: Mapping[int, int], themes: Mapping[str, int], posts: Mapping[str, int]
) -> Iterator[MeasureColumns]:
    """Yield each measure of a file with the columns by which it is known, and those that may change."""
    for position, one in enumerate(file.measures):
        values = {
            "ref": one.ref,
            "name": one.name,
            "short_name": one.said or "",
            "theme_id": themes.get(one.theme or ""),
            "priority_id": priorities.get(one.priority or 0),
            "good_is": one.good_is,
            "unit": one.unit,
            "period": one.period,
            "target": one.target or "",
            "floor": one.floor or "",
            "unchanged": one.unchanged or "",
            "seasonal": one.compared_with is ComparedWith.YEAR_BEFORE,
            "baseline": one.baseline or "",
            "provider_post_id": posts.get(one.provider or ""),
            "source": one.source or "",
            "benchmarks": list(one.benchmarks),
        }
        yield one, {"ref_key": ref_key(one.ref), "position": position}, values


def value_part(value: FileValue) -> str:
    """Return what a figure is called among the parts of a plan file."""
    return f"values {ref_key(value.measure)} {value.period}"


def in_full(file: PlanFile) -> tuple[FileValue, ...]:
    """Return the figures of a file, each with its measure's ref and its period as they are printed."""
    measures = {ref_key(one.ref): one for one in file.measures}
    found = []
    for value in file.values:
        measure = measures[ref_key(value.measure)]
        period = period_in_full(value.period, measure.period)
        name = period.name if period is not None else value.period
        found.append(value.model_copy(update={"measure": measure.ref, "period": name}))
    return tuple(found)


def add_values(session: Session, file: PlanFile, wanted: Callable[[str], bool], signed: Signed, today: date) -> None:
    """Add the figures of a file whose part is wanted; its measures are stored already.

    Raises:
        Refusal: a period is not over.
    """
    one_more(session, PlanMeasure)
    rows = {row.ref_key: row for row in session.scalars(select(PlanMeasure))}
    for value in in_full(file):
        if not wanted(value_part(value)):
            continue
        measure = rows[ref_key(value.measure)]
        period = period_in_full(value.period, measure.period)
        if period is None or not period.has_ended(today):
            raise Refusal(f"{measure.ref}, {value.period}: that period is not over, so it has no figure yet.")
        given = GivenValue(
            value.figure or "",
            value.numerator,
            value.denominator,
            value.state is ValueState.PROVISIONAL,
            NoFigure.NOT_AVAILABLE if value.state is ValueState.NOT_AVAILABLE else None,
            value.note or "",
            value.target,
            value.floor,
        )
        record_value(session, measure, period.end, given, signed)


def stored_measures(
    session: Session, priorities: Mapping[int, int], themes: Mapping[int, str], posts: Mapping[int, str]
) -> dict[str, list[dict[str, Any]]]:
    """Return the raw values of the sections `measures:` and `values:` of a plan file, as the database has them."""
    measures: list[dict[str, Any]] = []
    values: dict[int, dict[str, Any]] = {}
    for row in measures_of(session):
        goal = row.goal
        measures.append({
            "ref": row.ref, "name": row.name, "said": row.short_name,
            "priority": text_of(priorities.get(row.priority_id or 0)), "theme": themes.get(row.theme_id or 0),
            "good_is": str(goal.good_is), "unit": str(row.unit), "period": str(row.period),
            "target": text_of(goal.target), "floor": text_of(goal.floor), "unchanged": text_of(goal.unchanged or None),
            "compared_with": str(ComparedWith.YEAR_BEFORE if row.seasonal else ComparedWith.LAST),
            "baseline": row.baseline, "provider": posts.get(row.provider_post_id or 0), "source": row.source,
            "benchmarks": list(row.benchmarks),
        })  # fmt: skip
        for period, one in row.values.items():
            state = ValueState.PROVISIONAL if one.provisional else ValueState.FINAL
            values[one.id] = {
                "measure": row.ref, "period": period.name, "figure": text_of(one.figure),
                "numerator": text_of(one.numerator), "denominator": text_of(one.denominator),
                "state": str(state if one.available else ValueState.NOT_AVAILABLE),
                "target": text_of(one.target) if one.target != goal.target else None,
                "floor": text_of(one.floor) if one.floor != goal.floor else None,
                "note": " ".join(one.note.split()),
            }  # fmt: skip
    in_order = [values[number] for number in sorted(values)]
    return {"measures": [filled(one) for one in measures], "values": [filled(one) for one in in_order]}


def text_of(value: object) -> str | None:
    """Return a value as a plan file has it; None for none."""
    return None if value is None else str(value)


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return what of a part's values is there."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
