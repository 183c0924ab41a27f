"""Measures of a plan file: stored with their figures, put right by a new entry, refused where they cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Refusal
from models.files.export import export_plan
from models.files.merging.apply import merge_plan
from models.files.planfile import PlanFileRefused, read_plan
from models.measure_enums import Attainment, Movement, NoFigure
from models.plan.measures import measure_by_ref, measures_of
from models.records.measure_values import GivenValue, record_value
from models.storage.history_tables import MeasureValue
from models.storage.workspaces import LOCAL
from tests.models.plan_in_database import NOW, TODAY, database, signed
from tests.models.planfile.plans import PLAN

MEASURES = """
measures:
- {ref: m1.1, name: Children whose assessment was Good, said: met Good, priority: 1, target: 75%, floor: 65,
   provider: Head of Education}
- {ref: m1.2, name: Days lost, priority: 1, good is: low, unit: days, period: month, compared with: the year before}
values:
- {measure: m1.1, period: Q4 19/20, figure: 68.50, target: 70}
- {measure: M1.1, period: Q1 2020/21, figure: 72, numerator: 18, denominator: 25, note: a first audit}
- {measure: m1.2, period: June 2020, state: not available}
"""
WHOLE = PLAN + MEASURES


@pytest.fixture
def session() -> Iterator[Session]:
    with database(read_plan(WHOLE, "plan.yaml")) as session:
        yield session


def import_again(session: Session, text: str) -> str:
    merge = merge_plan(session, LOCAL, read_plan(text, "plan.yaml"), "plan.yaml", NOW)
    session.expire_all()
    return " ".join(merge.sentences())


def test_a_measure_is_stored_with_its_figures_and_what_was_wanted_then(session: Session) -> None:
    good, lost = measures_of(session)
    first, last = good.values
    assert (first.name, last.name) == ("Q4 2019/20", "Q1 2020/21")
    assert [str(one.figure) for one in good.values.values()] == ["68.50", "72"]
    assert (good.goal_at(first).target, good.goal_at(last).target) == (Decimal(70), Decimal(75))
    assert good.attained(last) is Attainment.FLOOR
    assert good.moved(last) == (Movement.IMPROVED, first)
    assert good.latest(TODAY) == last
    assert [lost.attained(one) for one in lost.values] == [Attainment.NOT_AVAILABLE]
    assert lost.missing(TODAY) is not None
    assert good.missing(TODAY) is None


def test_the_same_file_again_changes_nothing(session: Session) -> None:
    assert import_again(session, WHOLE).startswith("Nothing to do")
    assert import_again(session, export_plan(session, LOCAL, ".yaml", TODAY).content.decode()).startswith("Nothing")


def test_a_figure_put_right_in_the_file_is_a_new_entry_beside_the_old_one(session: Session) -> None:
    text = export_plan(session, LOCAL, ".yaml", TODAY).content.decode()
    assert "figure: 72" in text.replace("'", "")
    told = import_again(session, text.replace("figure: 72", "figure: 71").replace("figure: '72'", "figure: '71'"))
    assert "72 → 71" in told
    rows = session.scalars(select(MeasureValue).where(MeasureValue.period_end == date(2020, 6, 30))).all()
    assert [row.figure for row in rows if row.absent is None] == ["72", "71"]
    assert str(list(measures_of(session)[0].values.values())[-1].figure) == "71"


def test_a_target_that_changes_leaves_what_was_given_before_as_it_was_rated(session: Session) -> None:
    text = export_plan(session, LOCAL, ".yaml", TODAY).content.decode()
    import_again(session, text.replace("target: 75", "target: 60").replace("target: '75'", "target: '60'"))
    (good, _) = measures_of(session)
    assert good.goal.target == Decimal(60)
    assert good.attained(max(good.values)) is Attainment.FLOOR
    exported = export_plan(session, LOCAL, ".yaml", TODAY).content.decode()
    with database(read_plan(exported, "plan.yaml")) as other:
        assert measures_of(other)[0].attained(max(good.values)) is Attainment.FLOOR


def test_a_period_that_is_not_over_has_no_figure_and_nothing_is_stored() -> None:
    late = WHOLE.replace("Q1 2020/21", "Q3 2020/21")
    with pytest.raises(Refusal, match="that period is not over"), database(read_plan(late, "plan.yaml")):
        pass


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("figure: 72,", "figure: 101,", "101 is more than 100 %"),
        ("figure: 72,", "", "a value has a figure, or is not available"),
        ("period: Q1 2020/21", "period: Q1", "this is no such period"),
        ("period: Q1 2020/21", "period: Q4 2019/20", "this period is given on line"),
        ("period: Q1 2020/21", "period: June 2020", "this is no such period"),
        ("measure: M1.1", "measure: m9.9", "no measure has this ref"),
        ("- {ref: m1.2", "- {ref: M1.1, name: Twice, priority: 1}\n- {ref: m1.2", "this ref is already used"),
        ("priority: 1, target", "priority: 99, target", "no priority has this"),
        ("priority: 1, target", "target", "a measure is of a priority or of a whole theme"),
        ("target: 75%", "target: most", "this is not a figure"),
        ("provider: Head of Education", "provider: Nobody", "no post has this name"),
    ],
)
def test_what_is_wrong_with_a_measure_is_one_problem_that_says_so(old: str, new: str, said: str) -> None:
    assert old in WHOLE
    with pytest.raises(PlanFileRefused) as refused:
        read_plan(WHOLE.replace(old, new), "plan.yaml")
    assert [said in str(problem) for problem in refused.value.problems] == [True], refused.value.problems


def test_a_figure_put_right_is_rated_against_what_was_wanted_when_the_period_was_first_given(session: Session) -> None:
    row = measure_by_ref(session, "M1.1")
    assert row is not None
    row.target = "60"
    for end in (date(2020, 6, 30), date(2019, 12, 31)):
        record_value(session, row, end, GivenValue(figure="61"), signed())
    (good, _) = measures_of(session)
    assert [str(good.goal_at(one).target) for one in sorted(good.values)] == ["60", "70", "75"]


def test_small_numbers_are_withheld_and_nothing_is_worked_out_from_them(session: Session) -> None:
    row = measure_by_ref(session, "m1.1")
    assert row is not None
    record_value(session, row, date(2020, 6, 30), GivenValue("72", 3, 9), signed())
    (good, _) = measures_of(session)
    first, last = sorted(good.values)
    assert good.values[last].is_withheld(good.unit)
    assert list(good.figures) == [first]
    assert good.moved(last) is None


def test_a_figure_taken_back_is_to_be_supplied_again(session: Session) -> None:
    row = measure_by_ref(session, "m1.1")
    assert row is not None
    record_value(session, row, date(2020, 6, 30), GivenValue(absent=NoFigure.TAKEN_BACK), signed())
    (good, _) = measures_of(session)
    last = good.missing(TODAY)
    assert last is not None
    assert (last.name, good.attained(last)) == ("Q1 2020/21", Attainment.TO_SUPPLY)
