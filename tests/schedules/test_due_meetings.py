"""What changes who is asked when: downtime, moved and cancelled meetings, a board's start.

Source: docs/explanation/boards-and-dates.md, Scheduled notifications.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from models.enums import NotificationState
from tests.schedules.cycle import ASKED_THRICE, world
from tests.schedules.plans import a_plan, action, board, local
from tests.schedules.world import table

# Downtime


@pytest.mark.parametrize(
    ("down_until", "expected"),
    [
        pytest.param("2020-08-21 11:00", "request healthy-5", id="only the request was missed"),
        pytest.param("2020-08-28 11:00", "reminder healthy-5", id="request and reminder: the reminder"),
        pytest.param("2020-09-01 17:29", "last call healthy-5", id="all three: the last call"),
        pytest.param("2020-09-01 17:30", None, id="all three, after hours on the last day: lapsed"),
        pytest.param("2020-09-02 09:30", None, id="all three, the day after: lapsed"),
    ],
)
def test_after_downtime_only_the_latest_missed_step_is_sent(
    tmp_path: Path, down_until: str, expected: str | None
) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-03 12:00")
    seen = table(sandbox.tick(down_until), "lead")
    assert [what for _, what in seen] == ([expected] if expected else [])
    later = [what for _, what in table(sandbox.run(down_until, "2020-09-16 13:00"), "lead")]
    steps = [what for _, what in ASKED_THRICE]
    assert later == (steps[steps.index(expected) + 1 :] if expected else [])


def test_what_was_missed_in_the_day_waits_for_the_next_working_day(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-03 12:00")
    assert sandbox.tick("2020-08-28 18:00") == []
    assert table(sandbox.run("2020-08-28 18:00", "2020-09-01 12:00"), "lead") == [ASKED_THRICE[2]]


@pytest.mark.parametrize(
    ("down_until", "expected"),
    [
        pytest.param("2020-09-15 11:00", ["no update received"], id="no update received, until the meeting begins"),
        pytest.param("2020-09-16 13:59", ["no update received"], id="…to its first minute"),
        pytest.param("2020-09-16 14:00", [], id="…and not after"),
        pytest.param("2020-09-22 11:00", ["after the meeting"], id="after the meeting"),
        pytest.param("2020-09-29 11:00", ["after the meeting"], id="…and the digest waits a day"),
        pytest.param("2020-10-23 13:59", ["no update received"], id="…until the next meeting begins"),
        pytest.param("2020-10-23 14:00", [], id="then they are superseded"),
    ],
)
def test_what_the_secretary_missed_lapses_when_its_meeting_has_begun_or_the_next_one_has(
    tmp_path: Path, down_until: str, expected: list[str]
) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-03 12:00")
    seen = sandbox.tick(down_until)
    assert [what for _, what in table(seen, "clerk")] == expected
    tomorrow = local(down_until) + timedelta(days=1)
    waited = [what for _, what in table(sandbox.tick(tomorrow), "clerk")]
    assert ("digest" in waited) == down_until.startswith("2020-09-29")


# Moved and cancelled meetings


def test_a_meeting_moved_later_re_arms_only_the_steps_still_ahead(tmp_path: Path) -> None:
    """16 Sep moves to 7 Oct on 27 August: request 8 Sep, reminder 17 Sep and last call 22 Sep are all ahead."""
    sandbox = world(tmp_path)
    early = table(sandbox.run("2020-08-01 00:00", "2020-08-27 12:00"), "lead")
    assert early == ASKED_THRICE[:2]
    sandbox.move("partnership", "2020-09-16", "2020-10-07", "2020-08-27 12:00")
    assert table(sandbox.run("2020-08-27 12:01", "2020-10-07 13:00"), "lead") == [
        ("Tue 8 Sep 09:30", "request healthy-5"),
        ("Thu 17 Sep 09:30", "reminder healthy-5"),
        ("Tue 22 Sep 09:30", "last call healthy-5"),
    ]


def test_a_meeting_moved_by_a_day_arms_no_step_that_is_past(tmp_path: Path) -> None:
    """On 27 August request and reminder of the new day, too, are past; the last call is ahead."""
    sandbox = world(tmp_path)
    sandbox.run("2020-08-01 00:00", "2020-08-27 12:00")
    sandbox.move("partnership", "2020-09-16", "2020-09-17", "2020-08-27 12:00")
    seen = sandbox.run("2020-08-27 12:01", "2020-09-17 13:00")
    assert table(seen, "lead") == [("Wed 2 Sep 09:30", "last call healthy-5")]


def test_nobody_asked_within_five_working_days_is_asked_the_same_again(tmp_path: Path) -> None:
    """The request went on Mon 17 Aug; that day the meeting moves by two days, to have its request on Wed 19 Aug.

    Working days after the 17th: 18, 19, 20, 21, 24. So the request that is current from the 19th comes on the 24th; the
    reminder of Fri 28 Aug waits for the next week, which begins on a bank holiday.
    """
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.move("partnership", "2020-09-16", "2020-09-18", "2020-08-17 10:00")
    seen = sandbox.run("2020-08-17 10:01", "2020-09-18 13:00")
    assert table(seen, "lead") == [
        ("Mon 24 Aug 09:30", "request healthy-5"),
        ("Tue 1 Sep 09:30", "reminder healthy-5"),
        ("Thu 3 Sep 09:30", "last call healthy-5"),
    ]


def test_a_meeting_moved_back_and_forth_asks_nothing_twice(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.move("partnership", "2020-09-16", "2020-09-17", "2020-08-17 10:00")
    sandbox.tick("2020-08-17 10:01")
    sandbox.move("partnership", "2020-09-17", "2020-09-16", "2020-08-17 10:02")
    assert table(sandbox.run("2020-08-17 10:03", "2020-09-16 13:00"), "lead") == ASKED_THRICE[1:]


def test_a_meeting_moved_earlier_arms_no_step_that_is_past(tmp_path: Path) -> None:
    """8 Dec → 10 Nov, on 20 Oct: its updates-due day, 26 Oct, is ahead; its request and reminder are not."""
    plan = a_plan(boards=[board("partnership", "2020-12-08")], actions=[action("healthy-5", due="2020-12-08")])
    sandbox = world(tmp_path, plan)
    sandbox.move("partnership", "2020-12-08", "2020-11-10", "2020-10-22 10:00")
    seen = sandbox.run("2020-10-22 10:01", "2020-11-10 13:00")
    assert table(seen, "lead") == [("Mon 26 Oct 09:30", "last call healthy-5")]


def test_a_cancelled_meetings_actions_are_asked_for_at_the_next_one(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.cancel("partnership", "2020-09-16", "2020-08-18 10:00")
    seen = sandbox.run("2020-08-18 10:01", "2020-10-23 13:00")
    assert table(seen, "lead") == [
        ("Thu 24 Sep 09:30", "request healthy-5"),
        ("Mon 5 Oct 09:30", "reminder healthy-5"),
        ("Thu 8 Oct 09:30", "last call healthy-5"),
    ]
    assert [when for when, what in table(seen, "clerk") if what == "no update received"] == ["Fri 9 Oct 09:30"]
    assert "after the meeting" not in [what for _, what in table(seen, "clerk")]


def test_an_ask_that_waits_when_its_meeting_is_cancelled_lapses_with_that_reason(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 07:00")
    assert sandbox.asks_on("healthy-5") == []
    sandbox.tick("2020-08-17 17:45")
    assert sandbox.asks_on("healthy-5") == [("request", NotificationState.OPEN, "out of hours")]
    sandbox.cancel("partnership", "2020-09-16", "2020-08-17 18:00")
    assert table(sandbox.tick("2020-08-18 09:30"), "lead") == []
    assert sandbox.asks_on("healthy-5") == [("request", NotificationState.LAPSED, "the meeting was moved or cancelled")]


# The start of a board


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2020-08-17 09:30", ASKED_THRICE),
        ("2020-08-17 09:31", ASKED_THRICE[1:]),
        ("2020-08-26 10:00", ASKED_THRICE[2:]),
        ("2020-09-01 09:31", []),
    ],
)
def test_when_a_board_is_started_nothing_earlier_counts(
    tmp_path: Path, started: str, expected: list[tuple[str, str]]
) -> None:
    sandbox = world(tmp_path, started=None)
    sandbox.start("partnership", started)
    assert table(sandbox.run("2020-08-01 00:00", "2020-09-16 13:00"), "lead") == expected


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2020-09-02 09:30", ["no update received", "after the meeting", "digest"]),
        ("2020-09-02 09:31", ["after the meeting", "digest"]),
        ("2020-09-17 09:31", ["digest"]),
        ("2020-09-25 09:31", []),
    ],
)
def test_when_a_board_is_started_its_secretary_hears_of_nothing_earlier(
    tmp_path: Path, started: str, expected: list[str]
) -> None:
    sandbox = world(tmp_path, started=None)
    sandbox.start("partnership", started)
    seen = table(sandbox.run("2020-08-01 00:00", "2020-09-30 13:00"), "clerk")
    assert [what for _, what in seen] == expected
