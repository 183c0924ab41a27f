"""What the secretary is sent, digests, and when the next thing happens."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.enums import AnswerKind, MessageClass, NotificationKind, NotificationState, OutcomeKind
from schedules.boundaries import list_boundaries, next_instant
from schedules.gather import read_snapshot
from tests.schedules.cycle import PARTNERSHIP, world
from tests.schedules.plans import LONDON, WORKSPACE, a_plan, action, board, local, person, post, slack_id
from tests.schedules.world import is_of_papers, table, to

# The secretary


def test_a_secretarys_cycle_around_one_meeting(tmp_path: Path) -> None:
    seen = world(tmp_path).run("2020-08-01 00:00", "2020-10-08 12:00")
    assert table(seen, "clerk") == [
        ("Wed 2 Sep 09:30", "no update received"),
        ("Thu 17 Sep 09:30", "after the meeting"),
        ("Thu 24 Sep 09:30", "digest"),
    ]


def test_an_action_whose_lead_is_in_question_since_the_meeting_before_is_not_called_answered(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.answer("healthy-5", "2020-07-01 10:00", AnswerKind.NOT_OURS)
    seen = sandbox.run("2020-08-20 10:00", "2020-09-03 12:00")
    (received,) = [one for one in seen if "Wed 16 Sep 2020" in one.headline]
    assert received.headline.endswith("lead in question on 1 of 1 action, no other answer is missing.")


def test_no_update_received_comes_when_everybody_has_answered_too_and_not_for_a_meeting_that_concerns_nobody(
    tmp_path: Path,
) -> None:
    sandbox = world(tmp_path)
    sandbox.answer("healthy-5", "2020-08-20 10:00")
    seen = sandbox.run("2020-08-20 10:00", "2020-09-03 12:00")
    assert table(seen, "clerk") == [("Wed 2 Sep 09:30", "no update received")]
    assert "the one action is answered" in seen[-1].headline
    (tmp_path / "idle").mkdir()
    idle = world(tmp_path / "idle", a_plan(boards=[PARTNERSHIP], actions=[action("healthy-5", due="2020-12-08")]))
    (paper,) = idle.run("2020-08-01 00:00", "2020-09-30 12:00")
    assert is_of_papers(paper), "a meeting has a paper, whoever was asked"


def test_leads_without_an_account_are_named_to_the_secretary_and_asked_once_they_have_one(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("head", holder="no account")],
        actions=[action("healthy-5", due="2020-09-16", lead="head")],
    )
    sandbox = world(tmp_path, plan)
    seen = sandbox.run("2020-08-01 00:00", "2020-08-27 12:00")
    assert seen == []
    assert sandbox.asks_on("healthy-5") == [
        ("request", NotificationState.LAPSED, "no account"),
        ("reminder", NotificationState.LAPSED, "no account"),
    ]
    sandbox.link("head", slack_id("head"))
    assert table(sandbox.tick("2020-08-27 12:01"), "head") == [("Thu 27 Aug 12:01", "reminder healthy-5")]
    sandbox.link("head", "")
    listed = sandbox.run("2020-08-31 12:00", "2020-09-02 12:00")
    assert table(listed, "clerk") == [("Wed 2 Sep 09:30", "no update received")]
    assert any("ready to copy" in heading for heading in listed[-1].page["headings"])


@pytest.mark.parametrize(
    ("secretary", "who"),
    [({"holder": True}, "clerk"), ({"holder": False}, "admin"), ({"holder": "no account"}, "admin")],
)
def test_without_a_secretary_who_can_be_reached_the_administrators_are_told(
    tmp_path: Path, secretary: dict[str, Any], who: str
) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("clerk", **secretary)],
        actions=[action("healthy-5", due="2020-09-16")],
    )
    seen = world(tmp_path, plan).run("2020-09-01 12:00", "2020-09-02 12:00")
    assert [one.address for one in seen if "no update received" in one.headline] == [to(who)]


def test_where_nobody_can_be_told_of_a_board_the_log_says_so_once_a_day_at_most(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("clerk", holder=False)],
        actions=[action("healthy-5", due="2020-09-16")],
        administrators=[],
    )
    sandbox = world(tmp_path, plan)
    for now in ("2020-09-02 09:30", "2020-09-02 09:31", "2020-09-17 09:30"):
        sandbox.tick(now)
    said = [record.getMessage() for record in caplog.records if "nobody can be told" in record.getMessage()]
    assert said == ["nobody can be told about the Partnership Board: no secretary has an account (cypp people)"] * 2


def test_outcomes_recorded_brings_the_digest_at_once_even_at_night_and_tells_the_leads_in_the_morning(
    tmp_path: Path,
) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-09-17 09:30")
    sandbox.outcome("healthy-5", "2020-09-16", OutcomeKind.NOT_AGREED, "2020-09-17 21:00")
    sandbox.recorded("partnership", "2020-09-16", "2020-09-17 21:00")
    night = sandbox.tick("2020-09-17 21:00")
    assert table(night, "clerk", "lead") == [("Thu 17 Sep 21:00", "digest")]
    assert sandbox.class_of(night[0]) is MessageClass.PRESSED
    assert table(sandbox.run("2020-09-17 21:01", "2020-09-30 12:00"), "lead", "clerk") == [
        ("Fri 18 Sep 09:30", "outcomes"),
        ("Thu 24 Sep 09:30", "request healthy-5"),
    ]


def test_outcomes_recorded_before_the_morning_after_leaves_nothing_to_ask_the_secretary(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.outcome("healthy-5", "2020-09-16", OutcomeKind.CLOSED, "2020-09-16 18:00")
    sandbox.recorded("partnership", "2020-09-16", "2020-09-16 18:00")
    seen = table(sandbox.run("2020-09-16 18:00", "2020-10-22 12:00"), "clerk", "lead")
    assert seen == [("Wed 16 Sep 18:00", "nothing overdue"), ("Thu 17 Sep 09:30", "outcomes")]


def test_where_outcomes_are_never_recorded_the_leads_hear_of_those_there_are_on_the_sixth_working_day(
    tmp_path: Path,
) -> None:
    sandbox = world(tmp_path)
    sandbox.outcome("healthy-5", "2020-09-16", OutcomeKind.CARRIED_FORWARD, "2020-09-17 12:00", to="2020-12-08")
    seen = sandbox.run("2020-09-17 12:00", "2020-09-30 12:00")
    assert table(seen, "lead") == [("Thu 24 Sep 09:30", "outcomes")]


def test_a_digest_goes_weekly_only_if_something_in_it_changed_and_once_says_nothing_overdue(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[board("partnership", "2020-09-16", "2020-12-08")],
        actions=[action("healthy-5", due="2020-09-16"), action("healthy-6", due="2020-09-16")],
    )
    sandbox = world(tmp_path, plan)
    sandbox.tick("2020-09-17 09:30")
    seen = sandbox.run("2020-09-17 10:00", "2020-10-06 12:00")
    sandbox.answer("healthy-5", "2020-10-06 12:00", status=None)
    seen += sandbox.run("2020-10-06 12:01", "2020-10-13 12:00")
    sandbox.replan("healthy-5", "2020-12-08", "2020-10-13 12:00")
    seen += sandbox.run("2020-10-13 12:01", "2020-10-20 12:00")
    sandbox.replan("healthy-6", "2020-12-08", "2020-10-20 12:00")
    seen += sandbox.run("2020-10-20 12:01", "2020-11-20 12:00")
    assert table(seen, "clerk") == [
        ("Thu 24 Sep 09:30", "digest"),
        ("Thu 15 Oct 09:30", "digest"),
        ("Thu 22 Oct 09:30", "nothing overdue"),
    ]


def test_the_first_digest_of_a_board_with_nothing_overdue_and_none_before_is_left_out(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.replan("healthy-5", "2020-12-08", "2020-09-15 12:00")
    assert table(sandbox.run("2020-09-15 12:01", "2020-10-07 12:00"), "clerk") == []


def test_nothing_overdue_is_said_once_whatever_else_changes(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[board("partnership", "2020-09-16", "2020-12-08")],
        actions=[action("healthy-5", due="2020-09-16"), action("healthy-6", due="2020-12-08")],
    )
    sandbox = world(tmp_path, plan)
    sandbox.run("2020-09-17 09:30", "2020-09-25 12:00")
    sandbox.replan("healthy-5", "2020-12-08", "2020-09-25 12:00")
    seen = sandbox.run("2020-09-25 12:01", "2020-10-02 12:00")
    sandbox.answer("healthy-6", "2020-10-02 12:00", AnswerKind.PROPOSED)
    seen += sandbox.run("2020-10-02 12:01", "2020-10-30 12:00")
    assert table(seen, "clerk") == [("Thu 1 Oct 09:30", "nothing overdue")]


def test_after_the_next_meeting_the_digest_comes_again_even_where_the_same_is_overdue(tmp_path: Path) -> None:
    seen = table(world(tmp_path).run("2020-09-23 09:30", "2020-11-13 12:00"), "clerk")
    assert [when for when, what in seen if what == "digest"] == ["Thu 24 Sep 09:30", "Mon 2 Nov 09:30"]


def test_every_secretary_of_a_board_gets_its_digest(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[PARTNERSHIP],
        posts=[post("clerk", contact_officers=[person("second-clerk")])],
        actions=[action("healthy-5", due="2020-09-16")],
    )
    seen = world(tmp_path, plan).run("2020-09-17 09:30", "2020-09-25 12:00")
    assert (
        table(seen, "clerk")
        == table(seen, "second-clerk")
        == [("Thu 17 Sep 09:30", "after the meeting"), ("Thu 24 Sep 09:30", "digest")]
    )


def test_a_board_may_have_its_digest_published_at_once_to_its_channel(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[{**PARTNERSHIP, "channel": "C0PARTNER", "publish": "at once"}],
        actions=[action("healthy-5", due="2020-09-16")],
    )
    sandbox = world(tmp_path, plan)
    seen = sandbox.run("2020-09-16 12:00", "2020-09-25 12:00")
    assert [(one.now.astimezone(LONDON).day, one.headline) for one in seen if one.address == "C0PARTNER"] == [
        (24, "Partnership Board: 1 action overdue.")
    ]


def test_a_digest_that_publishes_itself_is_not_published_at_night_after_downtime(tmp_path: Path) -> None:
    plan = a_plan(
        boards=[{**PARTNERSHIP, "channel": "C0PARTNER", "publish": "at once"}],
        actions=[action("healthy-5", due="2020-09-16")],
    )
    sandbox = world(tmp_path, plan)
    assert sandbox.tick("2020-09-25 03:00") == []
    # The secretary gets one message that day, *After the meeting*; what is published waits for the secretary's digest.
    assert [one.address for one in sandbox.tick("2020-09-25 09:30") if one.address == "C0PARTNER"] == []
    digest, published = sandbox.tick("2020-09-28 09:30")
    assert published.address == "C0PARTNER"
    assert digest.headline == published.headline == "Partnership Board: 1 action overdue."


# When the next thing happens


def test_the_local_workspace_comes_past_every_instant_at_which_something_may_be_said(tmp_path: Path) -> None:
    """Ticking only at `next_instant` says the same, at the same minute, as ticking all day."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    leapt = world(tmp_path / "a").run("2020-08-30 00:00", "2020-09-19 12:00")
    walking, walked = world(tmp_path / "b"), []
    for number in range(21):
        day = local("2020-08-30 00:00") + timedelta(days=number)
        for hours in (0, 9, 9.5, 11, 14, 16, 17.5, 20):
            walked += walking.tick(day + timedelta(hours=hours))
    assert [(one.now, one.address, one.headline) for one in leapt] == [
        (one.now, one.address, one.headline) for one in walked
    ]


def test_every_step_is_a_boundary_and_the_next_morning_is_the_latest_next_instant(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    with sandbox.database.read(WORKSPACE) as session:
        snapshot = read_snapshot(session, WORKSPACE, local("2020-08-01 00:00"))
    known = set(list_boundaries(snapshot))
    for text in ("08-17 09:30", "08-26 09:30", "09-01 09:30", "09-02 00:00", "09-02 09:30", "09-16 14:00"):
        assert local(f"2020-{text}") in known
    assert next_instant(snapshot, local("2020-08-17 09:29")) == local("2020-08-17 09:30")
    assert next_instant(snapshot, local("2020-08-17 09:30")) == local("2020-08-18 09:30")
    assert next_instant(snapshot, local("2020-08-28 12:00")) == local("2020-09-01 09:30")


def test_there_is_no_next_instant_while_no_board_is_started(tmp_path: Path) -> None:
    sandbox = world(tmp_path, started=None)
    with sandbox.database.read(WORKSPACE) as session:
        assert (
            next_instant(read_snapshot(session, WORKSPACE, local("2020-08-01 00:00")), local("2020-08-01 00:00"))
            is None
        )


def test_a_question_about_a_lead_goes_to_the_secretary_with_the_days_message(tmp_path: Path) -> None:
    """Notices planned by a handler wait for the hours and join what else the secretary gets that day."""
    sandbox = world(tmp_path)
    sandbox.answer("healthy-5", "2020-09-01 20:00", AnswerKind.NOT_OURS)
    sandbox.notice(NotificationKind.IN_QUESTION, "healthy-5", "clerk", "2020-09-01 20:00")
    assert sandbox.tick("2020-09-01 20:01") == []
    (one,) = sandbox.tick("2020-09-02 09:30")
    assert one.address == to("clerk")
    assert {notification.kind for notification in sandbox.notifications(state="sent")} == {
        NotificationKind.NO_UPDATE,
        NotificationKind.IN_QUESTION,
    }
