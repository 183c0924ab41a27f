"""Which meeting of a board takes which quarter: its measures, its risks, and once a year the plan itself. Pure.

Source: docs/explanation/boards-and-dates.md, The forward plan.
"""

from collections.abc import Sequence
from datetime import date

from models.measure_enums import PeriodKind
from models.rules.calendar import WorkingDays
from models.rules.periods import MeasurePeriod, last_ended

ASKED_AFTER = 10
"""Working days after a period is over on which its figures, and the scores of risks, are asked for."""
_QUARTERS = 4
"""That end within twelve months."""


def quarters_to_take(today: date) -> tuple[MeasurePeriod, ...]:
    """Return the last quarter that is over, and those that end within the next twelve months."""
    quarters = [last_ended(PeriodKind.QUARTER, today)]
    while len(quarters) <= _QUARTERS:
        quarters.append(quarters[-1].next)
    return tuple(quarters)


def taken_at(
    meetings: Sequence[date], quarters: Sequence[MeasurePeriod], working: WorkingDays
) -> dict[MeasurePeriod, date | None]:
    """Return the day of the meeting that takes each quarter: the first from the day its figures are asked for on."""
    return {
        quarter: min((day for day in meetings if day >= working.shift(quarter.end, ASKED_AFTER)), default=None)
        for quarter in quarters
    }


def ends_year(quarter: MeasurePeriod) -> bool:
    """Return whether a quarter is the last of the council's year, which has the year reported and the plan reviewed."""
    return quarter.end.month == 3
