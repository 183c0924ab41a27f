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


def world(folder: Path) -> World:
    """A meeting that takes a theme, and nothing that is due at it."""
    return World(folder, a_plan(boards=[board("partnership", {"date": "2020-09-16", "focus": "heard"})]))


def test_it_is_asked_for_at_the_same_steps_and_not_before(tmp_path: Path) -> None:
    assert table(world(tmp_path).run("2020-08-01 00:00", "2020-09-16 13:00"), "lead") == STEPS


def test_a_meeting_that_moves_asks_nobody_the_same_within_five_working_days(tmp_path: Path) -> None:
    """The request of the new day is current from Wed 19 Aug; the fifth working day after Mon 17 Aug is the 24th."""
    sandbox = world(tmp_path)
    sandbox.tick("2020-08-17 09:30")
    sandbox.move("partnership", "2020-09-16", "2020-09-18", "2020-08-17 10:00")
    assert table(sandbox.run("2020-08-17 10:01", "2020-09-18 13:00"), "lead") == [
        ("Mon 24 Aug 09:30", "request"),
        ("Tue 1 Sep 09:30", "reminder"),
        ("Thu 3 Sep 09:30", "last call"),
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
