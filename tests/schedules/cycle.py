"""One board and one action before it: the plan on which scheduled notifications are followed."""

from pathlib import Path
from typing import Any

from tests.schedules.plans import a_plan, action, board
from tests.schedules.world import World

PARTNERSHIP = board("partnership", "2020-09-16", "2020-10-23", "2020-12-08")
PLAN = a_plan(boards=[PARTNERSHIP], actions=[action("healthy-5", due="2020-09-16")])

ASKED_THRICE = [
    ("Mon 17 Aug 09:30", "request healthy-5"),
    ("Wed 26 Aug 09:30", "reminder healthy-5"),
    ("Tue 1 Sep 09:30", "last call healthy-5"),
]


def world(tmp_path: Path, plan: str = PLAN, **more: Any) -> World:
    return World(tmp_path, plan, **more)
