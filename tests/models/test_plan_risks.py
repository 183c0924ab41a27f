"""Risks of a plan file: stored with their assessments, put right by a new entry, refused where they cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Refusal
from models.files.export import export_plan
from models.files.merging.apply import merge_plan
from models.files.planfile import PlanFileRefused, read_plan
from models.plan.risks import risk_refs, risks_of
from models.records.risk_assessments import record_assessment
from models.rules.risk_scores import RiskScore
from models.storage.history_tables import RiskAssessment
from models.storage.workspaces import LOCAL
from tests.models.plan_in_database import NOW, TODAY, database, signed
from tests.models.planfile.plans import PLAN

RISKS = """
risks:
- {ref: ORG0009, title: Too few foster carers, priority: 1, cause: carers retire, event: no placement is near home,
   effect: children move away, target: 8, treatment: recruit with others, mitigated by: [heard 1],
   owner: Head of Education, board: partnership}
- {ref: ORG0010, title: Records are late}
assessments:
- {risk: ORG0009, day: 2020-03-31, likelihood: 3, impact: 4}
- {risk: org-9, day: 2020-06-30, likelihood: 3, impact: 5, score: 15, because: two carers left}
"""
WHOLE = PLAN.replace("    meetings:", "    risk bands: [high 15-25, '8 to 12: medium']\n    meetings:", 1) + RISKS


@pytest.fixture
def session() -> Iterator[Session]:
    with database(read_plan(WHOLE, "plan.yaml")) as session:
        yield session


def import_again(session: Session, text: str) -> str:
    merge = merge_plan(session, LOCAL, read_plan(text, "plan.yaml"), "plan.yaml", NOW)
    session.expire_all()
    return " ".join(merge.sentences())


def test_a_risk_is_stored_with_its_score_its_band_and_which_way_it_went(session: Session) -> None:
    carers, records = risks_of(session)
    assert carers.now is not None
    assert (carers.now.score.said, carers.band(carers.now.score), carers.moved) == ("3 × 5 = 15", "high", "up from 12")
    assert (carers.target, carers.mitigated_by, carers.now.reason) == (8, ("heard 1",), "two carers left")
    assert (records.now, records.moved, records.owner_post_id) == (None, "", None)
    assert records.board == carers.board
    assert risk_refs(session) == frozenset({"org-9", "org-10"})


def test_the_same_file_again_changes_nothing(session: Session) -> None:
    assert import_again(session, WHOLE).startswith("Nothing to do")
    assert import_again(session, export_plan(session, LOCAL, ".yaml", TODAY).content.decode()).startswith("Nothing")


def test_a_score_put_right_in_the_file_is_a_new_entry_beside_the_old_one(session: Session) -> None:
    text = export_plan(session, LOCAL, ".yaml", TODAY).content.decode().replace("'", "")
    import_again(session, text.replace("impact: 5", "impact: 3").replace("score: 15", "score: 9"))
    rows = session.scalars(select(RiskAssessment).where(RiskAssessment.day == date(2020, 6, 30))).all()
    assert [(row.likelihood, row.impact) for row in rows] == [(3, 5), (3, 3)]
    assert risks_of(session)[0].moved == "down from 12"


def test_an_assessment_that_is_taken_back_leaves_what_stood_before(session: Session) -> None:
    carers = risks_of(session)[0]
    record_assessment(session, carers.id, date(2020, 6, 30), None, "", signed())
    after = risks_of(session, ids=(carers.id,))[0]
    assert after.now is not None
    assert (after.now.score, after.moved) == (RiskScore(3, 4), "")


def test_a_day_that_is_still_to_come_is_refused_and_nothing_is_stored() -> None:
    late = WHOLE.replace("2020-06-30", "2021-06-30")
    with pytest.raises(Refusal, match="still to come"), database(read_plan(late, "plan.yaml")):
        pass


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("impact: 5, score: 15", "impact: 6, score: 18", "this is not such a number"),
        ("likelihood: 3, impact: 4", "likelihood: 0, impact: 4", "this is not such a number"),
        ("score: 15", "score: 16", "3 × 5 = 15, and 16 is given"),
        ("risk: org-9", "risk: org-99", "no risk has this ref"),
        ("day: 2020-06-30", "day: 2020-03-31", "this risk is assessed on that day on line"),
        ("ref: ORG0010", "ref: org 9", "this ref is already used"),
        ("[heard 1]", "[heard 99]", "no action has this ref"),
        ("target: 8", "target: 7", "no likelihood times an impact comes to this"),
        ("owner: Head of Education", "owner: Nobody", "no post has this name"),
        ("high 15-25", "high", "this is no band of scores"),
        ("high 15-25", "high 12-25", "another band holds one of these scores"),
    ],
)
def test_what_is_wrong_with_a_risk_is_one_problem_that_says_so(old: str, new: str, said: str) -> None:
    assert old in WHOLE
    with pytest.raises(PlanFileRefused) as refused:
        read_plan(WHOLE.replace(old, new), "plan.yaml")
    assert [said in str(problem) for problem in refused.value.problems] == [True], refused.value.problems
