"""A clock that jumps, changes between summer and winter time, or stands still while nothing runs: nothing is lost or
said twice."""

from pathlib import Path

import pytest

from models.enums import NotificationState
from tests.schedules.plans import a_plan, action, board, post, said_at
from tests.schedules.world import World, table

PLAN = a_plan(
    boards=[board("partnership", "2020-09-16", "2020-10-23", "2020-12-08")],
    posts=[post("second")],
    actions=[action("healthy-5", due="2020-09-16"), action("healthy-6", due="2020-09-16", lead="second")],
)
LEADS = ("lead", "second")
REQUESTS = ["request healthy-5", "request healthy-6"]


def what(sandbox: World, *ticks: str) -> list[str]:
    """What both leads are sent in ticks at these times."""
    return [words for when in ticks for _, words in table(sandbox.tick(when), *LEADS)]


@pytest.mark.parametrize(
    ("ticks", "expected"),
    [
        pytest.param(["2020-08-17 09:29", "2020-08-17 10:29"], REQUESTS, id="an hour ahead over the hour of speaking"),
        pytest.param(["2020-08-17 09:30", "2020-08-17 08:30", "2020-08-17 09:30"], REQUESTS, id="an hour back"),
        pytest.param(["2020-08-17 09:30", "2020-08-14 12:00", "2020-08-17 09:31"], REQUESTS, id="days back"),
        pytest.param(["2020-08-17 09:30", "2019-08-17 09:30", "2020-08-17 09:31"], REQUESTS, id="a year back"),
        pytest.param(
            ["2020-08-17 08:00", "2021-08-17 12:00", "2020-08-17 09:30"], REQUESTS, id="a year ahead and back"
        ),
        pytest.param(
            ["2020-08-14 18:00", "2021-08-17 12:00", "2020-08-18 11:00"], REQUESTS, id="a year, then back late"
        ),
    ],
)
def test_a_clock_that_jumps_has_everybody_asked_once(tmp_path: Path, ticks: list[str], expected: list[str]) -> None:
    sandbox = World(tmp_path, PLAN)
    assert sorted(what(sandbox, *ticks)) == expected
    later = [words for _, words in table(sandbox.run(ticks[-1], "2020-08-31 12:00"), *LEADS)]
    assert later == ["reminder healthy-5", "reminder healthy-6"]


def test_what_waited_when_the_clock_jumped_a_year_ahead_is_said_once_it_is_right_again(tmp_path: Path) -> None:
    sandbox = World(tmp_path, PLAN)
    sandbox.tick("2020-08-17 18:00")  # planned and held: it is evening
    assert {notification.state for notification in sandbox.notifications()} == {NotificationState.OPEN}
    assert table(sandbox.tick("2021-08-18 11:00"), *LEADS) == []
    assert {notification.state for notification in sandbox.notifications(kind="update")} == {NotificationState.LAPSED}
    assert sorted(what(sandbox, "2020-08-18 09:30", "2020-08-18 09:31")) == REQUESTS


@pytest.mark.parametrize(
    ("meeting", "since", "expected"),
    [
        pytest.param(
            "2021-04-28",
            "2021-03-22 00:00",
            ["2021-03-26 09:30", "2021-04-08 08:30", "2021-04-13 08:30"],
            id="the clocks go forward on Sun 28 Mar 2021",
        ),
        pytest.param(
            "2020-11-18",
            "2020-10-14 00:00",
            ["2020-10-20 08:30", "2020-10-29 09:30", "2020-11-03 09:30"],
            id="the clocks go back on Sun 25 Oct 2020",
        ),
    ],
)
def test_everything_is_said_at_half_past_nine_by_the_wall_on_both_sides_of_a_change(
    tmp_path: Path, meeting: str, since: str, expected: list[str]
) -> None:
    plan = a_plan(boards=[board("partnership", meeting)], actions=[action("healthy-5", due=meeting)])
    asked = [one for one in World(tmp_path, plan).run(since, f"{meeting} 09:00") if one.asked]
    assert [f"{one.now:%Y-%m-%d %H:%M}" for one in asked] == expected  # in UTC
    assert {said_at(one.now)[-5:] for one in asked} == {"09:30"}


def test_after_three_weeks_down_over_two_meetings_only_what_still_has_a_point_is_said_once(tmp_path: Path) -> None:
    sandbox = World(
        tmp_path,
        a_plan(
            boards=[board("partnership", "2020-09-09", "2020-09-30", "2020-12-08")],
            actions=[action("healthy-5", due="2020-09-09"), action("healthy-6", due="2020-09-30")],
        ),
    )
    before = sandbox.run("2020-08-01 00:00", "2020-09-08 12:00")
    assert [words for _, words in table(before, "lead")][-1].startswith("last call healthy-5")
    back = sandbox.run("2020-10-01 11:00", "2020-10-08 12:00")
    # The request and last call for 30 September, and what is said after 9 September, have lost their point.
    assert table(back, "lead") == []
    assert table(back, "clerk") == [("Thu 1 Oct 11:00", "after the meeting"), ("Thu 8 Oct 09:30", "digest")]
