"""The periods of measures: where they begin and end, what they are called, and what people write for them.

A period is known by its kind and its last day. Quarters are the council's: Q1 is April to June.

Source: docs/explanation/measures.md, Periods.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from models.measure_enums import PeriodKind

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ENDS: dict[PeriodKind, tuple[int, ...]] = {
    PeriodKind.MONTH: tuple(range(1, 13)),
    PeriodKind.QUARTER: (3, 6, 9, 12),
    PeriodKind.ACADEMIC_YEAR: (8,),
    PeriodKind.FINANCIAL_YEAR: (3,),
    PeriodKind.YEAR_TO_DATE: (3, 6, 9, 12),
    PeriodKind.ROLLING_YEAR: (3, 6, 9, 12),
}
"""The months with which periods of a kind end."""
_MONTHS_OF = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3}
_FAR_AHEAD = date(2099, 12, 31)
_YEAR_BEGINS = 4
"""The month with which a council's year begins."""


@total_ordering
@dataclass(frozen=True, slots=True)
class MeasurePeriod:
    """One period: its kind and its last day."""

    kind: PeriodKind
    end: date

    def __lt__(self, other: MeasurePeriod) -> bool:
        """Return whether it ends before another."""
        return self.end < other.end

    @property
    def start(self) -> date:
        """Its first day."""
        if self.kind is PeriodKind.YEAR_TO_DATE:
            return date(_year_of(self.end), _YEAR_BEGINS, 1)
        return _month_end(self.end, -_MONTHS_OF.get(self.kind, 12)) + timedelta(days=1)

    @property
    def next(self) -> MeasurePeriod:
        """The period after it."""
        return period_containing(self.kind, self.end + timedelta(days=1))

    @property
    def before(self) -> MeasurePeriod:
        """The period before it."""
        step = 12 // len(_ENDS[self.kind])
        return MeasurePeriod(self.kind, _month_end(self.end, -step))

    @property
    def year_before(self) -> MeasurePeriod:
        """The same period a year before."""
        return MeasurePeriod(self.kind, _month_end(self.end, -12))

    @property
    def name(self) -> str:
        """What it is called in print: "Q2 2020/21"."""
        month = f"{_MONTHS[self.end.month - 1]} {self.end.year}"
        match self.kind:
            case PeriodKind.MONTH:
                return month
            case PeriodKind.QUARTER:
                return f"Q{_quarter_of(self.end)} {_year_said(_year_of(self.end))}"
            case PeriodKind.ACADEMIC_YEAR:
                return f"academic year {_year_said(self.end.year - 1)}"
            case PeriodKind.FINANCIAL_YEAR:
                return _year_said(self.end.year - 1)
            case PeriodKind.YEAR_TO_DATE:
                return f"year to {month}"
            case PeriodKind.ROLLING_YEAR:
                return f"12 months to {month}"

    @property
    def short_name(self) -> str:
        """What it is called under a chart, in twenty characters at most: "Q2 2020/21", "Jun 2020", "to Jun 2020"."""
        month = f"{_MONTHS[self.end.month - 1][:3]} {self.end.year}"
        match self.kind:
            case PeriodKind.MONTH:
                return month
            case PeriodKind.YEAR_TO_DATE | PeriodKind.ROLLING_YEAR:
                return f"to {month}"
            case PeriodKind.ACADEMIC_YEAR:
                return _year_said(self.end.year - 1)
        return self.name

    def has_ended(self, today: date) -> bool:
        """Return whether its last day is over."""
        return self.end < today

    def said_on(self, today: date) -> str:
        """Return what it is called on a day: the last that is over without its year ("Q2"), as words without one."""
        if self != last_ended(self.kind, today):
            return self.name
        match self.kind:
            case PeriodKind.QUARTER:
                return f"Q{_quarter_of(self.end)}"
            case PeriodKind.MONTH:
                return _MONTHS[self.end.month - 1]
        return self.name


@dataclass(frozen=True, slots=True)
class PeriodAsk:
    """What is asked where words name no one period: a sentence, and the periods that they may mean."""

    say: str
    choices: tuple[MeasurePeriod, ...] = ()


def period_containing(kind: PeriodKind, day: date) -> MeasurePeriod:
    """Return the period of a kind in which a day falls; of those that overlap, the first that ends with it or after."""
    month = next((one for one in _ENDS[kind] if one >= day.month), None)
    year = day.year if month is not None else day.year + 1
    return MeasurePeriod(kind, _month_end(date(year, month or _ENDS[kind][0], 1)))


def last_ended(kind: PeriodKind, today: date) -> MeasurePeriod:
    """Return the last period of a kind that is over."""
    return period_containing(kind, today).before


_YEARS = r"(?P<from>20[0-9]{2}|[0-9]{2})\s?[/–-]\s?(?P<to>20[0-9]{2}|[0-9]{2})"
_YEAR = r"(?P<year>20[0-9]{2})"
_MONTH = "(?P<month>" + "|".join(f"{name[:3].lower()}(?:{name[3:].lower()})?" for name in _MONTHS) + r"|sept)\.?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?:q|quarter |qtr )\s?(?P<quarter>[1-4])(?:[ ,of]*(?:{_YEARS}|{_YEAR}))?",
        rf"(?:{_YEARS}|{_YEAR})[ ,]*q(?P<quarter>[1-4])",
        rf"(?:(?:year to date|ytd|year|12 months|twelve months|rolling 12 months)(?: to| ending| ended)? |"
        rf"(?:april|apr) (?:to|-|–) )?(?:the end of )?{_MONTH}(?:[ ,]*(?:{_YEAR}|(?P<short>[0-9]{{2}})))?",
        r"(?P<iso>20[0-9]{2})-(?P<number>0[1-9]|1[0-2])(?:-[0-9]{2})?",
        rf"(?:academic year |school year |financial year |the year |fy ?)?(?:{_YEARS}|{_YEAR})",
        r"(?:the )?(?:last|previous) (?P<last>month|quarter|(?:academic |financial |school )?year)",
    )
)


def names_a_period(words: str) -> bool:
    """Return whether some words are written as a period of any kind is."""
    return _shape_of(words) is not None


def _shape_of(words: str) -> re.Match[str] | None:
    text = " ".join(words.lower().strip(" .,:;").split())
    return next((match for shape in _SHAPES if (match := shape.fullmatch(text))), None)


def read_period(words: str, kind: PeriodKind, today: date, what: str = "What this is of") -> MeasurePeriod | PeriodAsk:
    """Return the period of a kind that some words name, or what is asked.

    Without a year they name the last period that is over; any other is asked about. One that is not over is refused.
    `what`: what has periods of that kind, as a sentence begins with it.
    """
    found = _shape_of(words)
    if found is None:
        return PeriodAsk(f"I do not read “{words}” as a period: write {_example(kind, today)}.")
    said = {name: value for name, value in found.groupdict().items() if value}
    if "last" in said:
        last = last_ended(kind, today)
        if kind.value.endswith(said["last"].replace("school", "academic")):
            return last
        return PeriodAsk(f"{what} is given each {_kind_said(kind)}, so which is “{words}”?", (last, last.before))
    if "from" in said and int(said["to"]) % 100 != (int(said["from"]) + 1) % 100:
        return PeriodAsk(f"“{words}” is not one year after the other: write {_example(kind, today)}.")
    candidates = tuple(_candidates(kind, said, today))
    ended = tuple(one for one in candidates if one.has_ended(today))
    last = last_ended(kind, today)
    if kind in (PeriodKind.ACADEMIC_YEAR, PeriodKind.FINANCIAL_YEAR) and _month_in(said) is not None:
        return PeriodAsk(f"{what} is given each {kind}, so which is “{words}” in?", (last, last.before))
    if len(candidates) == 1 and not ended:
        return PeriodAsk(_not_over(candidates[0]))
    exact = _is_exact(kind, said)
    if exact and len(ended) == 1 and len(candidates) == 1:
        return ended[0]
    if exact and "year" not in said and last in ended:
        return last
    if not ended:
        return PeriodAsk(f"No such {kind.value} is over: write {_example(kind, today)}.")
    coming = MeasurePeriod(kind, _month_end(candidates[0].end, 12))
    undated = not {"from", "year", "iso", "short"} & said.keys()
    first = f"{_not_over(coming)} " if undated and _year_of(coming.end) == _year_of(today) else ""
    return PeriodAsk(f"{first}Which {_kind_said(kind)} is “{words}”?", ended)


def period_in_full(words: str, kind: PeriodKind) -> MeasurePeriod | None:
    """Return the period of a kind that words name with its year, over or not; None for any other words."""
    found = read_period(words, kind, _FAR_AHEAD)
    return found if isinstance(found, MeasurePeriod) and found.end.year < _FAR_AHEAD.year - 1 else None


def _is_exact(kind: PeriodKind, said: dict[str, str]) -> bool:
    """Return whether words are of a period's own kind: a quarter for quarters, a year for years."""
    if kind is PeriodKind.QUARTER:
        return "quarter" in said
    if kind in (PeriodKind.ACADEMIC_YEAR, PeriodKind.FINANCIAL_YEAR):
        return "from" in said and "quarter" not in said
    return "month" in said or "iso" in said or ("quarter" in said and kind is not PeriodKind.MONTH)


def _candidates(kind: PeriodKind, said: dict[str, str], today: date) -> Sequence[MeasurePeriod]:
    """Return the periods that words may mean, the latest first."""
    month = _month_in(said)
    if month is None:
        first = int(said.get("from") or said["year"]) % 100 + 2000
        begins = (first,) if "from" in said else (first, first - 1)
        if kind in (PeriodKind.ACADEMIC_YEAR, PeriodKind.FINANCIAL_YEAR):
            return [MeasurePeriod(kind, _month_end(date(one + 1, _ENDS[kind][0], 1))) for one in begins]
        of_year = MeasurePeriod(PeriodKind.FINANCIAL_YEAR, date(first + 1, 3, 31))
        return [one for one in _back_from(kind, of_year.end, 12) if one.end >= of_year.start]
    if "from" in said:
        first = int(said["from"]) % 100 + 2000
        ends = [date(first + (month < _YEAR_BEGINS), month, 1)]
    elif year := said.get("year") or said.get("iso") or said.get("short"):
        named = int(year) % 100 + 2000
        both = "quarter" in said and month < _YEAR_BEGINS
        ends = [date(named + 1, month, 1), date(named, month, 1)] if both else [date(named, month, 1)]
    else:
        latest = last_ended(PeriodKind.MONTH, today)
        first = latest.end.year - (month > latest.end.month)
        ends = [date(first - back, month, 1) for back in range(2)]
    return list(dict.fromkeys(period_containing(kind, one) for one in ends))


def _month_in(said: dict[str, str]) -> int | None:
    """Return the last month that words name; None where they name a whole year."""
    if "quarter" in said:
        return (int(said["quarter"]) * 3 + _YEAR_BEGINS - 2) % 12 + 1
    if "number" in said:
        return int(said["number"])
    if "month" in said:
        return next(at for at, name in enumerate(_MONTHS, 1) if name.lower().startswith(said["month"][:3]))
    return None


def _back_from(kind: PeriodKind, end: date, most: int) -> list[MeasurePeriod]:
    found = [period_containing(kind, end)]
    while len(found) < most:
        found.append(found[-1].before)
    return found


def _not_over(period: MeasurePeriod) -> str:
    """Return that a period is not over, as a sentence."""
    ends = f"{period.end.day} {_MONTHS[period.end.month - 1]} {period.end.year}"
    return f"{period.name} is not over: it ends on {ends}."


def _kind_said(kind: PeriodKind) -> str:
    return {PeriodKind.YEAR_TO_DATE: "period", PeriodKind.ROLLING_YEAR: "period"}.get(kind, kind.value)


def _example(kind: PeriodKind, today: date) -> str:
    return f"“{last_ended(kind, today).name}”"


def _month_end(day: date, months: int = 0) -> date:
    """Return the last day of a month, some months on."""
    at = day.year * 12 + day.month - 1 + months
    return date((at + 1) // 12, (at + 1) % 12 + 1, 1) - timedelta(days=1)


def _year_of(day: date) -> int:
    """Return the year in which the council's year of a day begins."""
    return day.year - (day.month < _YEAR_BEGINS)


def _quarter_of(day: date) -> int:
    return (day.month - _YEAR_BEGINS) % 12 // 3 + 1


def _year_said(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02}"
