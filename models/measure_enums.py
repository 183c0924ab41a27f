"""The closed lists of words that measures are kept in (docs/explanation/measures.md, Words)."""

from enum import StrEnum

from models.enums import Word


class GoodIs(Word):
    """Which way a measure is wanted to go."""

    HIGH = "high"
    LOW = "low"
    NEAR = "near the target"


class MeasureUnit(Word):
    """What a measure counts."""

    PERCENT = "%"
    RATE = "rate per 10,000"
    NUMBER = "number"
    DAYS = "days"


class PeriodKind(Word):
    """How often a measure is taken, and over what."""

    MONTH = "month"
    QUARTER = "quarter"
    ACADEMIC_YEAR = "academic year"
    FINANCIAL_YEAR = "financial year"
    YEAR_TO_DATE = "year to date"
    ROLLING_YEAR = "rolling 12 months"


class Attainment(Word):
    """How a figure stands to its target and floor standard, in the words that are printed."""

    TARGET = "target achieved"
    FLOOR = "floor standard achieved, target not met"
    BELOW_FLOOR = "floor standard not achieved"
    MISSED = "target not met"
    """Where no floor standard is set."""
    NO_TARGET = "no target set"
    TO_SUPPLY = "data to be supplied"
    NOT_AVAILABLE = "data not available"
    WITHHELD = "withheld as a small number"
    """Where its words would narrow down a figure that is not shown."""


class NoFigure(Word):
    """Why a measure has no figure for a period, in an entry that says so."""

    NOT_AVAILABLE = "not available"
    TAKEN_BACK = "taken back"


class Movement(Word):
    """Which way a measure has gone."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCLEAR = "no clear change"


class Signal(Word):
    """Why a monthly figure is out of the usual."""

    OUTSIDE = "outside the limits"
    NEAR_LIMIT = "two of three near a limit"
    SHIFT = "seven or more in a row on one side of the mean"
    TREND = "seven or more in a row that went one way"


class ValueState(StrEnum):
    """How a measure's figure stands."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    NOT_AVAILABLE = "not available"
