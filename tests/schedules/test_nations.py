"""Bank holidays where boards of several nations share people: nobody hears of a board on its nation's holiday alone.

Mon 30 Nov 2020 is St Andrew's Day, a bank holiday of Scotland alone. The Scottish board's request of Wed 25 Nov waits
for the next week's bundle, because the English board's went out on Mon 23 Nov.
"""

from pathlib import Path

import pytest

from schedules.ports import Later
from tests.schedules.messenger import answers
from tests.schedules.plans import a_plan, action, board
from tests.schedules.world import World, table

ENGLISH = board("hwb", "2020-12-22")
SCOTTISH = board("partnership", "2020-12-29", nation="Scotland")
ALSO_ENGLISH = board("forum", "2020-12-31")
ACTIONS = [action("healthy-5", board="hwb", due="2020-12-22"), action("healthy-6", due="2020-12-29")]


def test_what_is_about_a_board_alone_waits_while_its_nation_has_a_holiday(tmp_path: Path) -> None:
    world = World(tmp_path, a_plan(boards=[ENGLISH, SCOTTISH], actions=ACTIONS))
    assert table(world.run("2020-11-20 00:00", "2020-12-02 12:00"), "lead") == [
        ("Mon 23 Nov 09:30", "request healthy-5"),
        ("Tue 1 Dec 09:30", "request healthy-6"),
    ]


def test_it_goes_along_where_another_board_writes_to_the_same_person(tmp_path: Path) -> None:
    actions = [*ACTIONS, action("healthy-7", board="forum", due="2020-12-31")]
    world = World(tmp_path, a_plan(boards=[ENGLISH, SCOTTISH, ALSO_ENGLISH], actions=actions))
    assert table(world.run("2020-11-20 00:00", "2020-12-02 12:00"), "lead") == [
        ("Mon 23 Nov 09:30", "request healthy-5"),
        ("Mon 30 Nov 09:30", "request healthy-6, healthy-7"),
    ]


@pytest.mark.parametrize(("nation", "goes"), [("England", "Mon 30 Nov 09:30"), ("Scotland", "Tue 1 Dec 09:30")])
def test_what_slack_put_off_waits_for_a_day_on_which_its_board_works(tmp_path: Path, nation: str, goes: str) -> None:
    """The request of Fri 27 Nov could not be sent until after hours."""
    day = {"England": "2020-12-30", "Scotland": "2020-12-31"}[nation]
    boards = [board("partnership", day, nation=nation), board("hwb", "2021-03-01")]
    world = World(tmp_path, a_plan(boards=boards, actions=[action("healthy-6", due=day)]))
    world.messenger.script = [answers(Later(60))]
    assert world.tick("2020-11-27 17:29") == []
    world.instant.pass_(60)
    assert table(world.run("2020-11-27 17:31", "2020-12-02 12:00"), "lead") == [(goes, "request healthy-6")]
