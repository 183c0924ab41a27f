"""What is exported imports again as the same plan, and reads as an action log."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.enums import AnswerKind, OutcomeKind, Status
from models.errors import Refusal
from models.files.action_log import board_proposal, rating_direction
from models.files.export import LOG_COLUMNS, escape_formula, export_plan
from models.files.merging.fingerprints import part_fingerprints, plan_parts
from models.files.merging.stored_form import as_stored
from models.files.planfile import PlanFile, read_plan
from models.files.stored_plan import stored_plan
from models.files.workbook import read_workbook
from models.records.history import record_outcome, record_replan, record_undo, record_update
from models.storage.tables import Meeting
from models.storage.workspaces import LOCAL
from tests.conftest import examples
from tests.models.plan_in_database import NOW, TODAY, action, database, signed
from tests.models.planfile.plans import PLAN
from tests.models.workbook.drawn import PLANS
from tests.models.workbook.test_round_trip import differences

EXAMPLE = Path(__file__).parents[2] / "bot" / "demo" / "my-sefton-2020-2025.yaml"
BEFORE, NOT_BEGUN, GREEN, AMBER, RED = "", Status.NOT_STARTED, Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK


def read_back(session: Session, suffix: str) -> PlanFile:
    made = export_plan(session, LOCAL, suffix, TODAY)
    if suffix == ".xlsx":
        return read_workbook(made.content, "plan.xlsx").plan
    return read_plan(made.content, "plan.yaml")


def bare(plan: PlanFile) -> PlanFile:
    return plan.model_copy(update={"exported": None})


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(PLANS)
def test_any_plan_is_kept_field_by_field_and_is_the_same_after_another_round(plan: PlanFile) -> None:
    with database(plan) as session:
        stored, _ = stored_plan(session, LOCAL, TODAY)
        assert differences(stored, as_stored(plan, TODAY)) == []
        exported = read_back(session, ".yaml")
    assert differences(bare(exported), stored) == []
    with database(exported) as session:
        assert differences(stored_plan(session, LOCAL, TODAY)[0], stored) == []
        assert read_back(session, ".yaml") == exported


@pytest.mark.parametrize("suffix", [".xlsx", ".yaml"])
def test_the_example_plan_comes_back_field_by_field(suffix: str) -> None:
    example = read_plan(EXAMPLE.read_bytes(), EXAMPLE.name)
    with database(example) as session:
        assert differences(bare(read_back(session, suffix)), as_stored(example, TODAY)) == []


@pytest.mark.parametrize("status", ["on track", "some issues"])
def test_evidence_in_the_same_words_as_the_status_is_in_both_places_again(status: str) -> None:
    line = f"  - {{ref: heard-9, words: Say it, theme: heard, status: {status}, status_words: Said, evidence: Said}}\n"
    with database(read_plan(PLAN + line, "plan.yaml")) as session:
        again = read_back(session, ".yaml").actions[-1]
    assert (again.ref, again.status_words, again.evidence) == ("heard-9", "Said", "Said")


def a_history(session: Session) -> None:
    """What a summer brings: ratings, one of them taken back; a re-plan; a closure that the board agreed."""
    first, second = action(session, "heard-1"), action(session, "heard-3")
    meetings = session.query(Meeting).order_by(Meeting.id).all()
    record_update(session, first, AnswerKind.UPDATE, signed(), status=GREEN, words="Begun")
    record_update(
        session, first, AnswerKind.UPDATE, signed(NOW + timedelta(days=1)), status=AMBER, words="Two\nposts vacant"
    )
    wrong = record_update(session, first, AnswerKind.UPDATE, signed(NOW + timedelta(days=2)), status=GREEN, words="No")
    record_undo(session, first, wrong, signed(NOW + timedelta(days=2)))
    record_replan(session, first, meetings[3].id, "posts vacant", signed())
    record_update(session, second, AnswerKind.PROPOSED, signed(), words="Shown on 16 September")
    record_outcome(session, second, meetings[1].id, OutcomeKind.CLOSED, signed(), minute="4.1")


@pytest.mark.parametrize("suffix", [".xlsx", ".yaml"])
def test_a_plan_with_a_history_imports_again(suffix: str) -> None:
    with database(read_plan(PLAN, "plan.yaml")) as session:
        a_history(session)
        plan = read_back(session, suffix)
        stored, _ = stored_plan(session, LOCAL, TODAY)
    first, _, third = plan.actions
    assert (str(first.first_due), str(first.due)) == ("2020-09-16", "2020-12")
    assert (first.status, first.status_words, str(first.status_date)) == (AMBER, "Two posts vacant", "2020-08-11")
    assert (third.status, third.evidence) == (Status.COMPLETE, "Shown on 16 September")
    assert third.agreed is not None
    assert (str(third.agreed.meeting), third.agreed.minute) == ("2020-09-16", "4.1")
    with database(plan) as session:
        assert differences(stored_plan(session, LOCAL, TODAY)[0], stored) == []


def test_the_csv_is_the_action_log() -> None:
    with database(read_plan(PLAN, "plan.yaml")) as session:
        a_history(session)
        made = export_plan(session, LOCAL, ".csv", TODAY)
        stored = stored_plan(session, LOCAL, TODAY)[0]
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == LOG_COLUMNS
    assert rows[0] == {
        "Ref": "heard-1", "Priority or theme": "Heard", "Source": "", "Action": "Write it", "Kind": "deliverable",
        "Lead": "Head of Education, The Council", "First due": "2020-09-16", "Due": "2020-12", "Re-planned": "1",
        "Status": "some issues", "Direction": "worse", "Last update": "Two posts vacant", "Updated on": "2020-08-11",
        "By": "Head of Education, The Council", "Evidence": "", "Proposed": "keep open",
        "Plan's revision": made.revision,
        "Fingerprints": part_fingerprints(plan_parts(stored)["actions heard-1"]),
    }  # fmt: skip
    assert (rows[2]["Status"], rows[2]["Evidence"], rows[2]["Proposed"]) == (
        "complete", "Shown on 16 September", "closed",
    )  # fmt: skip
    assert made.actions == 3


def test_the_workbook_shows_the_log_and_carries_the_revision() -> None:
    with database(read_plan(PLAN, "plan.yaml")) as session:
        a_history(session)
        made = export_plan(session, LOCAL, ".xlsx", TODAY)
    book = load_workbook(io.BytesIO(made.content))
    page = book["Actions"]
    shown = {page.cell(1, at).value: page.cell(2, at).value for at in range(1, page.max_column + 1)}
    assert (shown["Direction"], shown["By"], shown["Proposed"]) == (
        "worse", "Head of Education, The Council", "keep open",
    )  # fmt: skip
    assert shown["Status"] == "some issues"
    assert page.oddFooter is not None
    assert page.oddHeader is not None
    assert page.oddFooter.left.text == f"Exported 10 Aug 2020 · revision {made.revision}"
    assert page.oddHeader.left.text == "Our plan · Actions"
    assert book["Revision"].sheet_state == "hidden"
    assert book["Revision"]["C1"].value == made.revision


def test_the_revision_is_what_the_plan_says_and_nothing_else() -> None:
    with database(read_plan(PLAN, "plan.yaml")) as session:
        before = [export_plan(session, LOCAL, suffix, TODAY).revision for suffix in (".xlsx", ".yaml", ".csv")]
        later = export_plan(session, LOCAL, ".csv", TODAY + timedelta(days=9)).revision
        action(session, "heard-1").words = "Write it twice"
        after = export_plan(session, LOCAL, ".csv", TODAY).revision
    assert {*before, later} == {before[0]}
    assert after != before[0]


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@x", "\t=1", "\r=1", " =1", "\u00a0=1"])
def test_what_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    assert escape_formula(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "heard-1", "2020-09-16", "a=b", "'=1"])
def test_what_is_harmless_stays_as_it_is(cell: str) -> None:
    assert escape_formula(cell) == cell


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ([], ""), ([GREEN], ""), ([GREEN, GREEN], "same"), ([AMBER, GREEN], "better"), ([GREEN, RED], "worse"),
        ([NOT_BEGUN, GREEN], "better"), ([RED, AMBER], "better"), ([GREEN, AMBER, AMBER], "same"),
    ],
)  # fmt: skip
def test_the_direction_is_against_the_rating_before(ratings: list[Status], words: str) -> None:
    assert rating_direction(ratings) == words


def test_what_is_proposed_to_the_board() -> None:
    assert [board_proposal(status) for status in Status] == [*["keep open"] * 4, "close", "closed", "closed"]


def test_another_format_and_no_plan_are_refused() -> None:
    with database() as session:
        with pytest.raises(Refusal, match=r"exported as \.xlsx, \.yaml, \.yml or \.csv"):
            export_plan(session, LOCAL, ".doc", TODAY)
        with pytest.raises(Refusal, match="no plan in this database"):
            export_plan(session, LOCAL, ".csv", TODAY)
