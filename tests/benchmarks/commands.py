"""Whole commands: an import beside reading the same file, a question from cold beside importing what it is built on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from models.files.workbook import ExportExtras, plan_workbook
from tests.benchmarks.answering import ASKED, small
from tests.benchmarks.databases import example_of
from tests.benchmarks.measure import Figure, in_turn
from tests.benchmarks.run import Run

CYPP = (sys.executable, "-m", "bot")
READ_THROUGH = """
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True).worksheets:
    for row in sheet.iter_rows(values_only=True):
        pass
"""
IMPORTS = "import slack_bolt, sqlalchemy, pydantic"
CHAIR = "Chair of the partnership board"


def called(*words: str) -> str:
    """Runs a command to its end and gives what it printed; raises where it fails."""
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def written(actions: int, path: Path) -> Path:
    """A workbook with the example plan and so many deliverables in it."""
    rows = [
        {
            "ref": f"work-{number}",
            "theme": ("heard", "happy", "healthy", "achieving")[number % 4],
            "kind": "deliverable",
            "board": "partnership",
            "lead": ("head-of-education", "public-health-lead", "active-sefton-manager")[number % 3],
            "due": date(2020, 9, 16) if number % 2 else date(2020, 12, 8),
            "status": "on track",
            "status_words": f"Two advisors recruited for the work of number {number}",
            "words": f"Have two advisors in every school of area {number}",
        }
        for number in range(1, actions + 1)
    ]
    plan = example_of(actions=rows)
    path.write_bytes(plan_workbook(plan, ExportExtras()))
    return path


def importing(run: Run) -> Iterator[Figure]:
    """`cypp import` of a workbook into an empty database, beside a process in which openpyxl reads the same file."""
    book = run.databases.get(f"{run.sizes.imported}.xlsx", partial(written, run.sizes.imported))
    database = run.databases.folder / "imported.db"

    def mine() -> None:
        for left in database.parent.glob(f"{database.name}*"):
            left.unlink()
        said = called(*CYPP, "import", str(book), "--db", str(database))
        if f"{run.sizes.imported:,} actions" not in said and f"{run.sizes.imported} actions" not in said:
            raise AssertionError(f"imported: {said}")

    taken, beside = in_turn(run.sizes.rounds, 1, mine, lambda: called(sys.executable, "-c", READ_THROUGH, str(book)))
    what = f"cypp import of {run.sizes.imported:,} actions from .xlsx, the whole command"
    yield Figure("import", what, "a process in which openpyxl reads the same file", "ms", taken, beside, 3)


def cold(run: Run) -> Iterator[Figure]:
    """`cypp ask` as a new process, beside one that imports what it is built on."""
    path = small(run)

    def mine() -> None:
        said = called(*CYPP, "ask", "--as", CHAIR, "--now", "2020-08-10", "--db", str(path), *ASKED.split())
        if not said.startswith("Priority 7"):
            raise AssertionError(f"answered: {said}")

    taken, beside = in_turn(run.sizes.rounds, 1, mine, lambda: called(sys.executable, "-c", IMPORTS))
    yield Figure("cold", f"cypp ask {ASKED}, from cold", f'python -c "{IMPORTS}"', "ms", taken, beside, 2)
