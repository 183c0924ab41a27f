"""When a partner's contributor is asked for a return on a focus theme, through the ledger.

Source: docs/explanation/boards-and-dates.md, Contributions to a focus theme.
"""

from __future__ import annotations

from pathlib import Path

from tests.schedules.plans import a_plan, board
from tests.schedules.world import World, table

STEPS = [
    ("Mon 17 Aug 09:30", "request"),
    ("Wed 26 Aug 09:30", "reminder"),
    ("Tue 1 Sep 09:30", "last call"),
]


def world(folder: Path, day: str = "2020-09-16") -> World:
    """A meeting that takes a theme, and nothing that is due at it."""
    return World(folder, a_plan(boards=[board("partnership", {"date": day, "focus": "heard"})]))


def test_it_is_asked_for_at_the_same_steps_and_not_before(tmp_path: Path) -> None:
    assert table(world(tmp_path).run("2020-08-01 00:00", "2020-09-16 13:00"), "lead") == STEPS


def test_a_meeting_that_moves_asks_nobody_the_same_within_five_working_days(tmp_path: Path) -> None:
    """Asked on Thu 20 Aug; the request of the new day is current from Mon 24 Aug, in another week.

    Working days after the 20th: 21, 24, 25, 26, 27. So it comes on the 27th.
    """
    sandbox = world(tmp_path, "2020-09-21")
    assert table(sandbox.tick("2020-08-20 09:30"), "lead") == [("Thu 20 Aug 09:30", "request")]
    sandbox.move("partnership", "2020-09-21", "2020-09-23", "2020-08-20 10:00")
    assert table(sandbox.run("2020-08-20 10:01", "2020-09-23 13:00"), "lead") == [
        ("Thu 27 Aug 09:30", "request"),
        ("Thu 3 Sep 09:30", "reminder"),
        ("Tue 8 Sep 09:30", "last call"),
    ]


def test_a_meeting_that_moves_back_asks_nothing_twice(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.move("partnership", "2020-09-16", "2020-09-17", "2020-08-17 10:00")
    sandbox.tick("2020-08-17 10:01")
    sandbox.move("partnership", "2020-09-17", "2020-09-16", "2020-08-17 10:02")
    assert table(sandbox.run("2020-08-17 10:03", "2020-09-16 13:00"), "lead") == STEPS[1:]


def test_a_meeting_that_is_cancelled_asks_no_more(tmp_path: Path) -> None:
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.cancel("partnership", "2020-09-16", "2020-08-18 10:00")
    assert table(sandbox.run("2020-08-18 10:01", "2020-09-16 13:00"), "lead") == []
