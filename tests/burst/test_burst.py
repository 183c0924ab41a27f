"""Many people act within a second: acknowledged, stored once each, nobody told to come again, whatever is killed."""

from __future__ import annotations

import json
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.burst.conftest import CrowdOf

STORED_AFTER: dict[tuple[str, int], float] = {}
"""How long it took in this run, by the database and how many copies there were."""
NO_SLOWER = 1.25
"""Two copies may take so many times as long as one: the people of the burst have the same processor."""
BUSY = ("busy", "nothing was stored", "went wrong", "cannot be used")


@pytest.mark.burst
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("kind", "copies"), [("sqlite", 1), ("postgresql", 1), ("postgresql", 2)], indirect=["kind"])
def test_two_hundred_people_act_within_a_second(
    crowd_of: CrowdOf, kind: str, copies: int, capsys: pytest.CaptureFixture[str]
) -> None:
    crowd = crowd_of(200)
    crowd.start(copies)
    crowd.prepare()
    mark, began, used = crowd.slack.mark(), time.monotonic(), crowd.cpu_seconds()
    done = crowd.act(within=1)
    crowd.until(lambda: crowd.stored() >= 200, 60)
    stored = time.monotonic() - began
    crowd.until(lambda: len(crowd.told(mark)) >= 200, 60)
    answered = time.monotonic() - began
    crowd.slack.settle(0.5)
    told = crowd.told(mark)
    elapsed = sorted(given.elapsed if given.error is None else 3.0 for _, given in done)
    figures = {
        "burst": kind,
        "copies": copies,
        "acknowledged_median_s": round(statistics.median(elapsed), 2),
        "acknowledged_p99_s": round(elapsed[197], 2),
        "late": sum(one >= 3 for one in elapsed),
        "stored": crowd.stored(),
        "stored_after_s": round(stored, 1),
        "answered": len(told),
        "answered_after_s": round(answered, 1),
        "busy": sum(any(word in text for word in BUSY) for text in told),
        "cpu_s": round(crowd.cpu_seconds() - used, 1),
        "load": round(os.getloadavg()[0], 1),
    }
    with capsys.disabled():
        print(json.dumps(figures), flush=True)
    STORED_AFTER[kind, copies] = stored
    assert figures["late"] == 0
    assert elapsed[197] <= 1
    assert stored <= 10
    assert stored <= NO_SLOWER * STORED_AFTER.get((kind, 1), stored)
    assert sorted(crowd.stored_each().values()) == [1] * 200
    assert figures["busy"] == 0


@pytest.mark.parametrize(("kind", "copies", "spared"), [("sqlite", 1, 0), ("postgresql", 3, 1)], indirect=["kind"])
def test_what_was_acknowledged_outlives_a_kill(crowd_of: CrowdOf, copies: int, spared: int) -> None:
    """The kill comes at once; a restart goes on with it, and so does another copy."""
    crowd = crowd_of(25)
    crowd.start(copies)
    crowd.prepare()
    mark = crowd.slack.mark()
    with ThreadPoolExecutor(1) as pool:
        acting = pool.submit(crowd.act, within=0.1)
        while len(crowd.acknowledged) < 10:
            time.sleep(0.001)
        crowd.kill(spared)
        before = crowd.stored()
        if not spared:
            crowd.start()
        acting.result()
    many = len(crowd.acknowledged)
    promised = {one.ref for one in crowd.acknowledged}
    # What was noted and not acknowledged any more is stored as well, perhaps before what was.
    assert crowd.until(lambda: promised <= crowd.stored_each().keys(), 60) < 60
    crowd.until(lambda: len(crowd.told(mark)) >= many - before, 20)
    assert set(crowd.stored_each().values()) == {1}
    assert not [text for text in crowd.told(mark) if any(word in text for word in BUSY)]
