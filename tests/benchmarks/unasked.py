"""What is said unasked in one very large plan: a pass with nothing due, and one that plans many messages at once."""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.demo.sandbox import TEAM
from tests.benchmarks.databases import FIRST_DAY, copy_of, one_plan
from tests.benchmarks.measure import Figure, seconds
from tests.benchmarks.one_pass import Passes
from tests.benchmarks.run import Run
from tests.benchmarks.sending import REQUEST

QUIET = FIRST_DAY + timedelta(days=12, hours=2)
"""Weeks before anything is due."""
DUE_EACH = 2
"""Actions of each lead that are due at the coming meeting."""
TICKS = 5
MOST_TICK_MS = 20
MOST_MB = 250


def open_many(run: Run) -> Path:
    """The plan with a million open actions."""
    sizes = run.sizes
    due = sizes.bundles * DUE_EACH
    make = partial(one_plan, leads=sizes.bundles, due=due, later=sizes.open_many - due)
    return run.databases.get("open-many.db", make)


def quiet_tick(run: Run) -> Iterator[Figure]:
    """A tick that finds nothing to say, over very many open actions and over few."""
    sizes = run.sizes
    leads = max(1, sizes.open_few // 100)
    few = run.databases.get(
        "open-few.db", partial(one_plan, leads=leads, due=leads * DUE_EACH, later=sizes.open_few - leads * DUE_EACH)
    )
    passes = [
        Passes(path, TEAM, sizes.most_memory, sizes.longest) for path in (copy_of(open_many(run), "tick.db"), few)
    ]
    taken: list[list[float]] = [[], []]
    memory = None
    # The first round is the processes' own beginning, and does not count.
    begins = 1 if sizes.rounds > 1 else 0
    for number in range(begins + sizes.rounds):
        for at, one in enumerate(passes):
            some = []
            for tick in range(TICKS if sizes.rounds > 1 else 1):
                seen = one.at(QUIET + timedelta(minutes=number * TICKS + tick))
                if seen is None:
                    break
                if seen["planned"]:
                    raise AssertionError("something was due in a tick with nothing due")
                some.append(seen["seconds"] * 1000)
                memory = seen["peak_mb"] if at == 0 else memory
            if number >= begins and some:
                taken[at].append(statistics.median(some))
    for one in passes:
        one.close()
    many_ms = taken[0] if len(taken[0]) == sizes.rounds else None
    yield Figure(
        "quiet-tick",
        f"a tick with nothing due, {sizes.open_many:,} open actions",
        f"itself at {sizes.open_few:,}",
        "ms",
        many_ms,
        taken[1],
        2,
        also={"median_ms": round(statistics.median(many_ms), 2) if many_ms else None, "peak_mb": memory}
        | _unended(run, many_ms is None),
        within={"median_ms": MOST_TICK_MS},
    )


def planning(run: Run) -> Iterator[Figure]:
    """A pass that plans a message for each of very many leads, beside one INSERT … SELECT a table for the same rows.

    What it is beside follows no foreign key, as the product does for each row: what it takes with them is told as well.
    """
    sizes = run.sizes
    mine: list[float] = []
    keyed: list[float] = []
    beside: list[float] = []
    peaks: list[int] = []
    for _ in range(sizes.rounds):
        path = copy_of(open_many(run), "planning.db")
        passes = Passes(path, TEAM, sizes.most_memory, sizes.longest)
        seen = passes.at(REQUEST)
        passes.close()
        if seen is None:
            break
        if seen["planned"] != sizes.bundles:
            raise AssertionError(f"{seen['planned']} messages were planned instead of {sizes.bundles}")
        mine.append(seen["seconds"] * 1000)
        peaks.append(seen["peak_mb"])
        beside.append(seconds(partial(_insert_same, copy_of(open_many(run), "insert.db"), path)) * 1000)
        with_keys = partial(_insert_same, copy_of(open_many(run), "insert.db"), path, follows_keys=True)
        keyed.append(seconds(with_keys) * 1000)
    ended = len(mine) == sizes.rounds
    yield Figure(
        "planning",
        f"planning {sizes.bundles:,} bundles of {DUE_EACH} actions each among {sizes.open_many:,} open actions",
        "one INSERT … SELECT a table that writes the same rows",
        "ms",
        mine if ended else None,
        beside or None,
        12,
        also={
            "peak_mb": max(peaks) if ended else None,
            "beside_with_foreign_keys_ms": round(statistics.median(keyed), 1) if keyed else None,
        }
        | _unended(run, not ended),
        within={"peak_mb": MOST_MB},
    )


def _unended(run: Run, unended: bool) -> dict[str, object]:
    sizes = run.sizes
    return {"ended": f"by {sizes.most_memory:,} MB or {sizes.longest:g} s"} if unended else {}


def _insert_same(path: Path, planned: Path, *, follows_keys: bool = False) -> None:
    """Writes the rows that another database has in its ledger, with the product's own durability."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        if follows_keys:
            connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("ATTACH ? AS other", (str(planned),))
        connection.execute("BEGIN IMMEDIATE")
        for table in ("message", "notification"):
            connection.execute(f"INSERT INTO {table} SELECT * FROM other.{table}")
        connection.execute("COMMIT")
