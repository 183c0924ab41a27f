"""Years of a plan's life: nothing is sent twice or lost, and answers, passes and the file grow by what is new alone.

`make soak` lives two years of three boards and five years of one; `make test` four months of a small one.
"""

from __future__ import annotations

import itertools
import json
import logging
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.demo.sandbox import TEAM
from models.records.audit import AuditCounts, audit
from models.storage.scope import ALL
from tests.crash.history import check_history
from tests.soak.life import Life, Year

log = logging.getLogger(__name__)
MOST = 1.5
"""The last year's answers and passes may take so many times as long as the first's."""
LEAST = 0.02
"""Seconds of the processor under which a clock says little."""


def lived(path: Path, years: int, boards: int, actions: int, leads: int, days: int = 365) -> list[Year]:
    """Lives so many years, and looks that nothing came twice or is lost, and that the record adds up."""
    life = Life(path / "plan.db", boards, actions, leads)
    try:
        found = []
        for year in life.years(years, days):
            found.append(year)
            log.info("%s", json.dumps(asdict(year)))
        with life.sandbox.database.read(TEAM) as session:
            verdict = check_history(session, life.received())
        assert verdict.received > years * boards * leads
        assert (verdict.twice, verdict.lost) == ([], [])
        with life.sandbox.database.read(ALL) as session:
            assert list(audit(session, AuditCounts())) == []
    finally:
        life.close()
    return found


def assert_no_dearer(first: Year, last: Year) -> None:
    """What an answer and a pass take of the processor does not grow with the years."""
    for name, seconds in (last.asked | {"a quiet pass": last.quiet_pass}).items():
        before = first.asked.get(name, first.quiet_pass)
        assert seconds <= MOST * max(before, LEAST), f"{name}: {seconds:.3f} s after {before:.3f} s"


def test_four_months_of_a_small_board(tmp_path: Path) -> None:
    (stretch,) = lived(tmp_path, 1, boards=1, actions=3, leads=2, days=120)
    assert stretch.entries > 10


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_two_years_of_three_boards(tmp_path: Path) -> None:
    first, last = lived(tmp_path, 2, boards=3, actions=20, leads=8)
    assert_no_dearer(first, last)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_five_years_of_a_board_with_sixty_actions(tmp_path: Path) -> None:
    years = lived(tmp_path, 5, boards=1, actions=60, leads=12)
    assert_no_dearer(years[0], years[-1])
    grown = [after.size - before.size for before, after in itertools.pairwise(years)]
    entries = [after.entries - before.entries for before, after in itertools.pairwise(years)]
    each = [size / max(many, 1) for size, many in zip(grown, entries, strict=True)]
    assert each[-1] <= MOST * each[0], f"bytes an entry in each year: {each}"
