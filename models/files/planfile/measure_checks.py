"""Check the measures of a plan file and their figures: what each is of, its period, that a figure can be one."""

from __future__ import annotations

from decimal import Decimal

from models.files.planfile.problems import Problems
from models.files.planfile.readable import Item, Readable
from models.files.planfile.schema import FileMeasure, FileValue
from models.measure_enums import ValueState
from models.rules.attainment import refused_figure
from models.rules.periods import period_in_full
from models.rules.refs import ref_key


def check_measures(read: Readable, problems: Problems) -> None:
    """Add a problem for everything the measures and their figures get wrong."""
    by_ref: dict[str, Item[FileMeasure]] = {}
    for item in read.of(FileMeasure):
        one = item.value
        if "ref" not in item.broken and by_ref.setdefault(ref_key(one.ref), item) is not item:
            used = problems.where(by_ref[ref_key(one.ref)].path("ref"))
            problems.add(item.path("ref"), f"this ref is already used on {used}", "give each its own", one.ref)
        if not item.broken & {"priority", "theme"} and (one.priority is None) is (one.theme is None):
            problems.add(item.at, "a measure is of a priority or of a whole theme", "write one of the two")
    first: dict[tuple[str, str], Item[FileValue]] = {}
    for value in read.of(FileValue):
        measure = by_ref.get(ref_key(value.value.measure or ""))
        if measure is not None:
            _check_value(value, measure, first, problems)
        elif "measure" not in value.broken:
            said = value.value.measure
            problems.add(value.path("measure"), "no measure has this ref", "list it under `measures:`", said)


def _check_value(
    item: Item[FileValue],
    measure: Item[FileMeasure],
    first: dict[tuple[str, str], Item[FileValue]],
    problems: Problems,
) -> None:
    value = item.value
    if "period" not in item.broken and "period" not in measure.broken:
        period = period_in_full(value.period, measure.value.period)
        if period is None:
            right = f"write a {measure.value.period} with its year, such as Q2 2020/21, September 2020 or 2019/20"
            problems.add(item.path("period"), "this is no such period", right, value.period)
        else:
            other = first.setdefault((ref_key(measure.value.ref), period.name), item)
            if other is not item:
                where = problems.where(other.path("period"))
                problems.add(item.path("period"), f"this period is given on {where} already", "keep one of the two")
    if item.broken & {"figure", "state"}:
        return
    if (value.figure is None) is not (value.state is ValueState.NOT_AVAILABLE):
        problems.add(item.at, "a value has a figure, or is not available", "write one of the two")
    elif value.figure is not None and (wrong := refused_figure(measure.value.unit, Decimal(value.figure))):
        problems.add(item.path("figure"), wrong.rstrip("."), "put the figure right", value.figure)
