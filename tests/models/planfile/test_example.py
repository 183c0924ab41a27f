"""The example plan: My Sefton 2020–2025."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.enums import Kind, Status
from models.files.planfile import PlanFile, read_plan, report_on
from models.files.planfile.fields import Month, Provenance

FILE = Path(__file__).parents[3] / "bot" / "demo" / "my-sefton-2020-2025.yaml"
BEFORE = datetime(2020, 8, 7, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def plan() -> PlanFile:
    return read_plan(FILE.read_bytes(), FILE.name)


def test_it_has_four_themes_twelve_priorities_and_thirty_three_printed_actions(plan: PlanFile) -> None:
    assert [theme.name for theme in plan.themes] == ["Heard", "Happy", "Healthy", "Achieving"]
    assert [priority.number for priority in plan.priorities] == list(range(1, 13))
    assert Counter(priority.theme for priority in plan.priorities) == dict.fromkeys(
        ("heard", "happy", "healthy", "achieving"), 3
    )
    printed = [action for action in plan.actions if action.number]
    assert Counter(action.theme for action in printed) == {"heard": 12, "happy": 12, "healthy": 9}
    assert [action.ref for action in printed] == [f"{action.theme}-{action.number}" for action in printed]


def test_every_action_has_its_kind_judged(plan: PlanFile) -> None:
    assert all(action.kind_written for action in plan.actions)
    kinds = {action.ref: action.kind for action in plan.actions}
    assert kinds["heard-10"] is Kind.DELIVERABLE
    assert kinds["happy-3"] is Kind.STANDING
    assert kinds["16sep-1"] is Kind.BOARD_ACTION


def test_it_has_something_of_everything_a_report_can_say_about_leads_and_due_meetings(plan: PlanFile) -> None:
    found = report_on(plan, BEFORE)
    assert found.told["Without a lead"] == ("heard-5", "heard-8")
    assert found.told["Without a due meeting"] == ("healthy-7",)
    assert found.told["Leads whose post is vacant"] == ("environmental-health-manager",)
    assert found.told["Leads without an account"] == ("police-superintendent",)
    assert found.told["Themes without actions"] == ()
    assert found.told["Meetings already held"] == ("partnership 2020-06-10",)
    assert found.told["Meetings with the date to be confirmed"] == ("hwb 2020-12",)


def test_september_has_enough_due_for_several_leads_to_be_asked(plan: PlanFile) -> None:
    due = [action for action in plan.actions if action.due == date(2020, 9, 16)]
    leads = Counter(action.lead for action in due)
    assert len(due) == 12
    assert len(leads) == 7
    assert leads["head-of-education"] == 4
    assert len([action for action in plan.actions if action.due == date(2020, 10, 23)]) == 7


def test_the_strategy_is_due_at_the_december_meeting_whose_date_is_not_known(plan: PlanFile) -> None:
    strategy = next(action for action in plan.actions if action.ref == "9sep-3")
    assert (plan.home_board(strategy).key, strategy.due) == ("hwb", Month(2020, 12))


def test_healthy_has_its_nine_printed_actions_alone_in_several_states(plan: PlanFile) -> None:
    healthy = [action for action in plan.actions if action.theme == "healthy" or {7, 8, 9} & set(action.priorities)]
    assert Counter(action.status for action in healthy) == {
        Status.ON_TRACK: 5,
        Status.SOME_ISSUES: 2,
        Status.OFF_TRACK: 1,
        Status.NOT_STARTED: 1,
    }


def test_each_lead_post_date_and_meeting_is_marked_documented_or_illustrative(plan: PlanFile) -> None:
    assert all(isinstance(meeting.source, Provenance) for board in plan.boards for meeting in board.meetings)
    assert all(post.provenance for post in plan.posts)
    for action in plan.actions:
        assert action.source is not None
        assert action.source.document, action.ref
        assert (action.source.lead is None) == (action.lead is None), action.ref
        assert (action.source.due is None) == (action.due is None and action.due_date is None), action.ref


def test_nobody_in_it_can_be_reached_outside_the_example(plan: PlanFile) -> None:
    people = [post.holder for post in plan.posts if post.holder] + list(plan.administrators)
    people += [who for post in plan.posts for who in (*post.contact_officers, *post.deputies)]
    assert all(who.email is None or who.email.endswith("@example.org") for who in people)
    assert sum(len(post.contact_officers) for post in plan.posts) == 1
    assert sum(len(post.deputies) for post in plan.posts) == 1
