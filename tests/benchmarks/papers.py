"""`cypp papers`: the whole command for a board of many actions, and how much memory it takes with its child."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.commands import called, written
from tests.benchmarks.measure import Figure, in_turn
from tests.benchmarks.run import Run

MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss // 1024, round(1000 * (used.ru_utime + used.ru_stime)))
"""
IMPORTS = "import docxtpl, docx, lxml.etree, sqlalchemy, pydantic"


def imported_plan(actions: int, path: Path) -> Path:
    """A database with the example plan and so many actions of one board in it."""
    book = written(actions, path.with_suffix(".xlsx"))
    called(sys.executable, "-m", "bot", "import", str(book), "--db", str(path))
    return path


def papers(run: Run) -> Iterator[Figure]:
    """`cypp papers` as a new process, beside one that imports what it is built on."""
    many = run.sizes.paper_actions
    database = run.databases.get(f"papers-{many}.db", partial(imported_plan, many))
    file = run.databases.folder / "paper.docx"
    command = [sys.executable, "-m", "bot", "papers", "16 Sep 2020 partnership", str(file), "--force"]
    command += ["--now", "2020-09-08 16:00", "--db", str(database)]
    memory: list[int] = []
    processor: list[int] = []

    def mine() -> None:
        used = called(sys.executable, "-c", MEASURED, *command).split()
        memory.append(int(used[0]))
        processor.append(int(used[1]))

    taken, beside = in_turn(run.sizes.rounds, 1, mine, lambda: called(sys.executable, "-c", IMPORTS))
    also = {"processor_ms": max(processor), "memory_mb": max(memory)}
    what = f"cypp papers of {many:,} actions, the whole command"
    yield Figure(
        "papers", what, f'python -c "{IMPORTS}"', "ms", taken, beside, 6, also=also,
        within={"processor_ms": 5_000, "memory_mb": 300},
    )  # fmt: skip
