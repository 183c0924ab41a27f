"""History costs nothing to a question: SQLite's steps for it, which no other work of the machine changes, are counted.

`make bench` measures the same by the clock, at ten times the size.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.answering import opened
from tests.benchmarks.databases import Databases
from tests.benchmarks.history import ASKED_AT, with_history
from tests.benchmarks.history_figures import questions
from tests.benchmarks.run import SMALLEST, Run
from tests.benchmarks.stand_in import StandIn
from tests.steps import steps_counted

ACTIONS, FEW, MANY = 100, 3, 100
SHOWN, COUNTED = 25, 6
"""Of the actions on a page each entry is counted, in an index: so many steps. Nothing else of the history is read."""
ASKED = ("status", "priority", "overdue", "owing", "mine", "digest", "home", "home-lead")


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, int]]:
    """What each question takes, by how many entries each action has."""
    folder, found, stand_in = tmp_path_factory.mktemp("history"), dict[int, dict[str, int]](), StandIn(1)
    run = Run(replace(SMALLEST, asked_actions=ACTIONS), Databases(folder, lambda what: None), stand_in)
    try:
        for entries in (FEW, MANY):
            path = with_history(Path(folder / f"{entries}.db"), ACTIONS, entries)
            with opened(run, path, ASKED_AT) as bot, steps_counted(bot.deps.database) as so_far:
                asked = questions(bot)
                found[entries] = {}
                for name in ASKED:
                    before = so_far()
                    asked[name]()
                    found[entries][name] = so_far() - before
    finally:
        stand_in.close()
    return found


@pytest.mark.parametrize("name", ASKED)
def test_a_question_looks_at_no_history_but_that_it_counts(steps: dict[int, dict[str, int]], name: str) -> None:
    assert steps[FEW][name] > 2_000, "it reads the plan"
    assert steps[MANY][name] - steps[FEW][name] <= SHOWN * COUNTED * (MANY - FEW)
