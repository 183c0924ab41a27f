"""What a plan file that is in order becomes, and what the report says about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from models.enums import Status
from models.files.planfile import PlanFile, meeting_start, read_plan, report_on, was_held
from models.files.planfile.fields import AskFor, DayCount, Month, PublishWhen
from models.files.planfile.report import ODD_DAYS
from models.files.planfile.schema import FileBoard
from tests.models.planfile.plans import PLAN, changed

NOW = datetime(2020, 9, 16, 9, 0, tzinfo=UTC)


def read(source: str | bytes) -> PlanFile:
    return read_plan(source, "plan.yaml")


def test_what_is_left_out_takes_its_default() -> None:
    plan = read(PLAN)
    board = plan.boards[0]
    assert plan.plan.zone == "Europe/London"
    assert (board.papers.days, board.papers.count, board.updates_due.days) == (5, DayCount.WORKING, 5)
    assert (board.ask_for, board.publish) == (AskFor.DUE, PublishWhen.ON_PRESS)
    assert (board.meetings[0].time, board.meetings[1].time) == (time(14), time(10))
    assert plan.actions[0].status is Status.NOT_STARTED


def test_a_board_may_have_other_intervals() -> None:
    more = "\n    papers: {days: 7, count: calendar}\n    updates_due: {days: 3}"
    more += "\n    ask_for: all open\n    publish: at once"
    board = read(changed("name: Partnership Board", "name: Partnership Board" + more)).boards[0]
    assert (board.papers.days, board.papers.count, board.updates_due.days) == (7, DayCount.CALENDAR, 3)
    assert (board.ask_for, board.publish) == (AskFor.ALL_OPEN, PublishWhen.AT_ONCE)


def test_due_meetings_are_dates_or_months() -> None:
    assert read(PLAN).actions[0].due == date(2020, 9, 16)
    assert read(changed("due: 2020-09-16", "due: 2020-12")).actions[0].due == Month(2020, 12)
    assert read(changed("due: 2020-09-16", "due: '2020-09-16'")).actions[0].due == date(2020, 9, 16)


@pytest.mark.parametrize(
    ("written", "ref"), [("1.10", "1.10"), ("'1.10'", "1.10"), ("0x1f", "0x1f"), ("7_3", "7_3"), ("16sep-3", "16sep-3")]
)
def test_a_ref_is_kept_as_it_was_written_and_not_as_yaml_would_read_it(written: str, ref: str) -> None:
    assert read(changed("ref: heard-1", f"ref: {written}")).actions[0].ref == ref


@pytest.mark.parametrize("word", ["no", "yes", "on", "1.10", "2020-09-16", "14:00", ".inf"])
def test_words_are_words_whatever_yaml_would_make_of_them(word: str) -> None:
    assert read(changed("words: Write it", f"words: {word}")).actions[0].words == word


def test_a_time_needs_no_quotes() -> None:
    assert read(changed('time: "14:00"', "time: 14:00")).boards[0].meetings[0].time == time(14)


def test_words_are_trimmed_put_on_one_line_and_in_one_unicode_form() -> None:
    plan = read(changed("words: Write it", 'words: "  cafe\\u0301\\n  au   lait "'))
    assert plan.actions[0].words == "café au lait"


def test_bytes_with_a_byte_order_mark_and_other_line_ends_are_read() -> None:
    assert read(b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode()) == read(PLAN)


def test_an_empty_key_is_a_key_left_out() -> None:
    assert read(changed("lead: head-of-education", "lead: ~")).actions[0].lead is None


def test_a_plan_without_themes_actions_or_priorities_is_a_plan() -> None:
    text = PLAN[: PLAN.index("actions:")].replace("themes: [{key: heard, name: Heard, aliases: [voice]}]\n", "")
    text = text.replace(", theme: heard}", "}").replace(", focus: heard", "")
    plan = read(text)
    assert plan.themes == ()
    assert plan.actions == ()
    assert report_on(plan, NOW).sentences()[0] == "Our plan: 0 themes, 2 priorities, 0 actions."


def test_actions_without_a_lead_or_a_due_meeting_are_read_and_reported() -> None:
    plan = read(changed(", lead: head-of-education, due: 2020-09-16", ""))
    found = report_on(plan, NOW)
    assert found.told["Without a lead"] == ("heard-1", "heard-2", "heard-3")
    assert found.told["Without a due meeting"] == ("heard-1",)


def test_posts_without_a_holder_or_an_account_are_reported_when_they_lead() -> None:
    holder = "    holder: {name: Head, email: head@example.org, slack: U0HEADEDU}\n"
    assert report_on(read(changed(holder, "")), NOW).told["Leads whose post is vacant"] == ("head-of-education",)
    named = read(changed(holder, "    holder: {name: Head}\n"))
    assert report_on(named, NOW).told["Leads without an account"] == ("head-of-education",)


def test_a_meeting_is_held_from_the_minute_it_begins_in_the_plans_zone() -> None:
    plan = read(PLAN)
    september = plan.boards[0].meetings[1]
    start = meeting_start(plan, september)
    assert start == datetime(2020, 9, 16, 9, 0, tzinfo=UTC)
    assert was_held(plan, september, start)
    assert not was_held(plan, september, start - timedelta(minutes=1))


def test_cancelled_and_expected_meetings_are_never_held() -> None:
    plan = read(PLAN)
    later = datetime(2030, 1, 1, tzinfo=UTC)
    assert [was_held(plan, meeting, later) for meeting in plan.boards[0].meetings] == [True, True, False, False]
    assert report_on(plan, later).told["Meetings with the date to be confirmed"] == ("partnership 2020-12",)


def test_the_report_counts_by_kind() -> None:
    assert report_on(read(PLAN), NOW).sentences() == (
        "Our plan: 1 theme, 2 priorities, 3 actions (1 deliverable, 1 standing commitment and 1 board action).",
        "Without a lead (2): heard-2 and heard-3.",
        "Meetings already held (2): partnership 2020-06-10 and partnership 2020-09-16.",
        "Meetings with the date to be confirmed (1): partnership 2020-12.",
    )


@pytest.mark.parametrize(
    "status",
    [
        "status: on track",
        "status: On Track",
        "status: some issues, status_words: late",
        "status: proposed for closure, evidence: https://example.org/minutes",
        "status: complete, agreed: {meeting: 2020-06-10}",
        "status: complete, agreed: {meeting: 2020-06-10, board: partnership, minute: 4.2}",
        "status: 'closed, not done', status_words: now everyday work",
    ],
)
def test_a_status_with_what_it_needs_is_read(status: str) -> None:
    assert read(changed("due: 2020-09-16}", f"due: 2020-09-16, {status}}}")).actions[0].ref == "heard-1"


def test_the_home_board_is_the_only_one_when_none_is_written() -> None:
    plan = read(PLAN)
    assert plan.home_board(plan.actions[0]).key == "partnership"


def test_a_meeting_on_a_day_on_which_nobody_works_is_remarked_on() -> None:
    dates = ("2020-09-06", "2020-08-31", "2020-11-30", "2021-01-04")
    board = FileBoard.model_validate(
        {
            "key": "partnership",
            "name": "Partnership",
            "nation": "Scotland",
            "opened": [{"from": "2020-11-30", "to": "2020-11-30"}],
            "meetings": [{"date": one, "time": "14:00"} for one in dates],
        }
    )
    plan = read(PLAN)
    said = report_on(plan.model_copy(update={"boards": (board,)}), NOW).about(ODD_DAYS)
    # A Sunday, and Scotland's second of January, which was on a Saturday; St Andrew's Day is opened.
    assert said == (f"{ODD_DAYS} (2): partnership 2020-09-06 and partnership 2021-01-04.",)
