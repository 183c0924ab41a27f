"""When figures of measures are asked for: ten working days after a period, once more, and of whom."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from models.enums import NotificationKind, Step
from models.measure_enums import PeriodKind
from models.plan.owed_figures import OwedFigure
from models.rules.calendar import Span, at_local
from models.rules.facts import BoardCalendar, BoardFacts, Recipient
from models.rules.periods import MeasurePeriod
from schedules.figure_reminders import ask_for_figures, periods_asked, wake_for_figures
from schedules.snapshot import Snapshot

LONDON = ZoneInfo("Europe/London")
STARTED = at_local(date(2020, 8, 7), LONDON)
BOARD = BoardCalendar(BoardFacts(1, "partnership", "Board", started_at=STARTED, secretary_post_id=3), (), LONDON)
OTHER = BoardCalendar(BoardFacts(2, "hwb", "Other", started_at=STARTED, secretary_post_id=3), (), LONDON)
Q2 = MeasurePeriod(PeriodKind.QUARTER, date(2020, 9, 30))
SCHOOL = Span(date(2020, 10, 12), date(2020, 10, 16))


def at(month: int, day: int, year: int = 2020) -> datetime:
    return at_local(date(year, month, day), LONDON)


def snapshot(*who: Recipient, reachable: tuple[int, ...] = (1, 9)) -> Snapshot:
    return Snapshot(
        calendars={1: BOARD, 2: OTHER},
        recipients={7: who, 3: (Recipient(9),)},
        reachable=frozenset(reachable),
        figures=(OwedFigure(5, 7, Q2),),
        periods=(Q2, Q2.next),
    )


def asked(now: datetime, some: Snapshot, calendar: BoardCalendar = BOARD) -> list[tuple[str, Step]]:
    return [(one.recipient, one.step) for one in ask_for_figures(some, calendar, now)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("now", "step"),
    [
        pytest.param(at(10, 13), None, id="nine working days after"),
        pytest.param(at(10, 14), Step.REQUEST, id="ten"),
        pytest.param(at(10, 20), Step.REQUEST, id="the day before the reminder"),
        pytest.param(at(10, 21), Step.REMINDER, id="fifteen"),
    ],
)
def test_a_figure_is_asked_for_ten_working_days_after_its_period_and_once_more(now: datetime, step: Step) -> None:
    assert asked(now, snapshot(Recipient(1))) == ([("person:1", step)] if step else [])


@pytest.mark.parametrize(
    ("now", "is_asked"),
    [(at(10, 13), False), (at(10, 14), True), (at(10, 28), True), (at(10, 29), False)],
    ids=["before", "from the tenth", "to the twentieth", "after it"],
)
def test_asking_is_over_twenty_working_days_after_a_period(now: datetime, *, is_asked: bool) -> None:
    assert periods_asked([BOARD], (Q2, Q2.next), now) == ((Q2,) if is_asked else ())


def test_one_reason_is_the_same_for_ever_and_lapses_when_asking_is_over() -> None:
    (reason,) = ask_for_figures(snapshot(Recipient(1)), BOARD, at(10, 14))
    assert reason.key == (NotificationKind.FIGURE, 5, 0, Q2.end, Step.REQUEST, "person:1")
    assert reason.lapses_at == at_local(date(2020, 10, 29), LONDON, time(0))


def test_the_board_that_was_started_first_asks_alone() -> None:
    assert asked(at(10, 14), snapshot(Recipient(1)), OTHER) == []


def test_closed_days_of_an_organisation_are_no_working_days() -> None:
    closed = snapshot(Recipient(1, (SCHOOL,)))
    assert asked(at(10, 14), closed) == []
    assert asked(at(10, 21), closed) == [("person:1", Step.REQUEST)]


def test_whoever_keeps_the_board_is_asked_where_nobody_of_the_post_can_be_reached() -> None:
    assert asked(at(10, 14), snapshot()) == [("person:9", Step.REQUEST)]
    assert asked(at(10, 14), snapshot(Recipient(1), reachable=(9,))) == [("person:9", Step.REQUEST)]


def test_a_pass_wakes_for_each_step_and_when_asking_is_over() -> None:
    wakes = set(wake_for_figures(snapshot(Recipient(1)), BOARD))
    assert {at(10, 14), at(10, 21), at_local(date(2020, 10, 29), LONDON, time(0))} <= wakes
    assert at(1, 15, 2021) in wakes
