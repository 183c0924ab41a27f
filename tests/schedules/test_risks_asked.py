"""When risks are to be assessed: after each quarter, once more, and of whom; not where that was done since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from models.enums import NotificationKind, Step
from models.files.planfile import read_plan
from models.measure_enums import PeriodKind
from models.plan.owed_figures import OwedFigure, owed_scores, periods_measured
from models.plan.risks import risks_of
from models.records.risk_assessments import record_assessment
from models.rules.facts import Recipient
from models.rules.periods import MeasurePeriod
from models.rules.risk_scores import RiskScore
from schedules.figure_reminders import ask_for_figures, ask_for_scores
from schedules.snapshot import Snapshot
from tests.models.plan_in_database import database, signed
from tests.models.test_plan_risks import WHOLE
from tests.schedules.test_figures import BOARD, Q2, at

Q1 = MeasurePeriod(PeriodKind.QUARTER, date(2020, 6, 30))
Q4 = Q1.before


@pytest.fixture
def session() -> Iterator[Session]:
    with database(read_plan(WHOLE, "plan.yaml")) as session:
        yield session


def owed(session: Session, *quarters: MeasurePeriod) -> list[tuple[str, str]]:
    refs = {one.id: one.ref for one in risks_of(session)}
    return [(refs[one.subject], one.period.name) for one in owed_scores(session, quarters)]


def test_a_risk_that_nobody_assessed_since_the_quarter_ended_is_owed_by_its_post(session: Session) -> None:
    assert periods_measured(session) == frozenset({PeriodKind.QUARTER})
    assert owed(session, Q1) == [("ORG0009", "Q1 2020/21")]  # the last day of the quarter is still in it
    assert owed(session, Q4) == []
    assert owed(session, MeasurePeriod(PeriodKind.MONTH, Q1.end)) == []


def test_what_was_assessed_since_is_not_owed_until_that_is_taken_back(session: Session) -> None:
    number = risks_of(session)[0].id
    record_assessment(session, number, date(2020, 7, 1), RiskScore(3, 5), "", signed())
    assert owed(session, Q1) == []
    record_assessment(session, number, date(2020, 7, 1), None, "", signed())
    assert owed(session, Q1) == [("ORG0009", "Q1 2020/21")]


@pytest.mark.parametrize(
    ("now", "step"),
    [
        pytest.param(at(10, 13), None, id="nine working days after"),
        pytest.param(at(10, 14), Step.REQUEST, id="ten"),
        pytest.param(at(10, 21), Step.REMINDER, id="fifteen"),
    ],
)
def test_it_is_asked_for_on_the_days_of_figures_as_a_kind_of_its_own(now: datetime, step: Step | None) -> None:
    some = Snapshot(
        calendars={1: BOARD},
        recipients={7: (Recipient(1),)},
        reachable=frozenset({1}),
        figures=(OwedFigure(5, 7, Q2, NotificationKind.RISK),),
        periods=(Q2, Q2.next),
    )
    asked = [one.key for one in ask_for_scores(some, BOARD, now)]
    assert asked == ([(NotificationKind.RISK, 5, 0, Q2.end, step, "person:1")] if step else [])
    assert list(ask_for_figures(some, BOARD, now)) == []
