"""Work out the days around a meeting: working days, the papers deadline, the steps of asking.

Everything here is pure. Days are local days of the plan's zone; instants are aware and in UTC.
Source: docs/explanation/boards-and-dates.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.enums import Nation, Step

NOTIFY_FROM = time(9, 30)
"""No scheduled message goes out before this local time."""
NOTIFY_UNTIL = time(17, 30)
"""After this local time, what was missed in the day waits for the next working day."""

REQUEST_BEFORE = 10
REMINDER_BEFORE = 3
"""Working days before updates are due."""
REST_DAYS = 2
"""No request before this many working days after the board's previous meeting."""
MEETING_DAYS = 5
"""Working days for which an action is *for this meeting* while no outcome is recorded."""


_SUBDIVISIONS = {Nation.ENGLAND: "ENG", Nation.SCOTLAND: "SCT", Nation.WALES: "WLS", Nation.NORTHERN_IRELAND: "NIR"}


@lru_cache(maxsize=64)
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """Return the bank holidays of a nation in a year."""
    # Imported here, since it brings every country's: a tenth of a second that a question without working days saves.
    from holidays.countries.united_kingdom import UnitedKingdom

    return frozenset(UnitedKingdom(subdiv=_SUBDIVISIONS[nation], years=year))  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Span:
    """A range of days, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days: no weekends, no listed closures, no bank holidays of a nation but those that are opened."""

    closures: tuple[Span, ...] = ()
    nation: Nation = Nation.ENGLAND
    opened: tuple[Span, ...] = ()

    def is_working(self, day: date) -> bool:
        """Return whether `day` is a working day."""
        if day.weekday() > 4 or any(day in closure for closure in self.closures):
            return False
        return day not in bank_holidays(self.nation, day.year) or any(day in span for span in self.opened)

    def shift(self, day: date, count: int) -> date:
        """Return the working day `count` working days after `day`, or before it where negative."""
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            if self.is_working(day):
                left -= 1
        return day

    def on_or_after(self, day: date) -> date:
        """Return `day` itself, or the first working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def on_or_before(self, day: date) -> date:
        """Return `day` itself, or the last working day before it."""
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day


@dataclass(frozen=True, slots=True)
class BoardRules:
    """A board's settings for its dates. `papers_days` are clear days; `updates_days` are working days.

    `opened`: bank holidays on which it works.
    """

    papers_days: int = 5
    papers_working: bool = True
    updates_days: int = 5
    closures: tuple[Span, ...] = ()
    nation: Nation = Nation.ENGLAND
    opened: tuple[Span, ...] = ()

    @property
    def working(self) -> WorkingDays:
        """The board's working days."""
        return WorkingDays(self.closures, self.nation, self.opened)


@dataclass(frozen=True, slots=True)
class StepDates:
    """The days around one meeting. `steps` are the lead's steps in order, merged where they fall on one day."""

    meeting: date
    updates_due: date
    no_update: date
    papers: date
    after: date
    last_day: date
    """The last day on which an action without an outcome is still *for this meeting*."""
    steps: tuple[tuple[Step, date], ...] = field(default=())

    def day_of(self, step: Step) -> date | None:
        """Return the day of a step, or None where it merged into a later one."""
        return next((day for name, day in self.steps if name is step), None)


def merge_steps(steps: list[tuple[Step, date]]) -> tuple[tuple[Step, date], ...]:
    """Keep the last of the steps that fall on one day: one message does for all of them."""
    by_day = {day: step for step, day in steps}
    return tuple((step, day) for day, step in by_day.items())


EarlierMeeting = tuple[date, date | None]
"""The local day of a meeting, and that on which it was added; None where that was with the plan."""


def papers_deadline(meeting: date, rules: BoardRules) -> date:
    """Return the day the papers are published; clear days count neither it nor the day of the meeting.

    A count of calendar days that ends on a day off goes back to the working day before.
    """
    if rules.papers_working:
        return rules.working.shift(meeting, -(rules.papers_days + 1))
    return rules.working.on_or_before(meeting - timedelta(days=rules.papers_days + 1))


def step_dates(
    meeting: date, rules: BoardRules, earlier: Iterable[EarlierMeeting] = (), added: date | None = None
) -> StepDates:
    """Return all days around a meeting.

    Steps that would fall before the second working day after an earlier meeting move there and merge. Where that would
    be after updates are due, which never move, the earlier meeting takes nothing away: the steps are on their days, the
    first not before the working day after either meeting was added.

    Args:
        meeting: the local day of the meeting.
        rules: the board's settings.
        earlier: the board's meetings before it that were not cancelled, the latest first.
        added: the local day on which it was added; None where that was with the plan.
    """
    working = rules.working
    papers = papers_deadline(meeting, rules)
    updates_due = working.shift(papers, -rules.updates_days) if rules.updates_days else papers
    known = [added] if added else []
    floor = date.min
    for day, its_added in earlier:
        rest = working.shift(day, REST_DAYS)
        if rest <= updates_due:
            floor = rest
            break
        known += [its_added] if its_added else []
    after_added = working.shift(max(known), 1) if known else date.min
    floor = max(floor, after_added) if after_added <= updates_due else floor
    steps = [
        (Step.REQUEST, working.shift(updates_due, -REQUEST_BEFORE)),
        (Step.REMINDER, working.shift(updates_due, -REMINDER_BEFORE)),
        (Step.LAST_CALL, updates_due),
    ]
    return StepDates(
        meeting=meeting,
        updates_due=updates_due,
        no_update=working.shift(updates_due, 1),
        papers=papers,
        after=working.shift(meeting, 1),
        last_day=working.shift(meeting, MEETING_DAYS),
        steps=merge_steps([(step, max(day, floor)) for step, day in steps]),
    )


def leaves_time(previous: date, dates: StepDates, rules: BoardRules) -> bool:
    """Return whether the asking for a meeting begins after an earlier one, and not before or around it."""
    return rules.working.shift(previous, REST_DAYS) <= dates.updates_due


def shift_for_closure(dates: StepDates, closed: tuple[Span, ...], rules: BoardRules) -> tuple[tuple[Step, date], ...]:
    """Return the lead's steps for an organisation with closed dates: each on its first open working day.

    Steps that would then come after updates are due have lapsed and are left out.
    """
    if not closed:
        return dates.steps
    open_days = replace(rules.working, closures=rules.closures + closed)
    moved = [(step, open_days.on_or_after(day)) for step, day in dates.steps]
    return merge_steps([(step, day) for step, day in moved if day <= dates.updates_due])


def at_local(day: date, zone: ZoneInfo, clock: time = NOTIFY_FROM) -> datetime:
    """Return the instant, in UTC, of a local clock time on a day."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """Return the local day of an instant."""
    return now.astimezone(zone).date()


def may_notify(now: datetime, zone: ZoneInfo, working: Iterable[WorkingDays]) -> bool:
    """Return whether scheduled messages may go out now: 09:30 to 17:30 local time, on a day on which somebody works."""
    local = now.astimezone(zone)
    return NOTIFY_FROM <= local.time() < NOTIFY_UNTIL and any(one.is_working(local.date()) for one in working)


def monday_of(day: date) -> date:
    """Return the Monday of the week that `day` is in; the weekly limit counts from it."""
    return day - timedelta(days=day.weekday())
