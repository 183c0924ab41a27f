"""A log of many rows: read into a draft, beside openpyxl reading the same file."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from openpyxl import load_workbook

from handlers.logs.draft import LogAnswers, LogPlan
from handlers.logs.log_reader import read_log
from models.files.tables.table_files import read_tables
from schedules.partitions import gc_paused
from tests.benchmarks.commands import called
from tests.benchmarks.measure import Figure, in_turn
from tests.benchmarks.papers import MEASURED
from tests.benchmarks.run import Run
from tests.logs.golden import words_of_plan, workbook_file

MEETINGS = (date(2023, 1, 17), date(2023, 3, 14), date(2023, 5, 16))
LEADS = ("Head of Education", "MW", "Head of Early Help / PSW", "Designated Nurse", "All", "Chief Officer")
DUES = ("!day 2023-03-14", "14/3/23", "May", "Q3", "TBC", "!day 2023-07-31", "next meeting")
STATUSES = ("Green", "Amber – waits for a venue", "In progress", "Closed", "R", "On track")


def written_log(rows: int, path: Path) -> Path:
    """A workbook with a log of so many actions."""
    table: list[list[object]] = [
        ["Action log as at 17 January 2023"],
        ["Ref", "Action", "Lead", "Due date", "Status", "Progress since last meeting", "Notes"],
    ]
    for at in range(1, rows + 1):
        said = (f"BOD {at // 40}/{at % 40}(a)", f"Have two advisors in every school of area {at}", LEADS[at % 6])
        stands = (STATUSES[at % 6], f"Two advisors recruited for number {at}; the third starts in May")
        table.append([*said, DUES[at % 7], *stands, f"of week {at % 52}"])
    path.write_bytes(workbook_file({"Log": table}))
    return path


def action_logs(run: Run) -> Iterator[Figure]:
    """Reading a log beside openpyxl reading the same file, by the processor; its memory as a process of its own."""
    rows = run.sizes.imported
    book = run.databases.get(f"log-{rows}.xlsx", partial(written_log, rows))
    used = called(sys.executable, "-c", MEASURED, sys.executable, "-m", __name__, str(book)).split()

    def through() -> None:
        for sheet in load_workbook(book, read_only=True, data_only=True).worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass

    taken, beside = in_turn(run.sizes.rounds, 1, lambda: read_whole(book, rows), through, clock=time.process_time)
    what = f"reading a log of {rows:,} rows from .xlsx, by the processor"
    also = {"memory_mb": int(used[0])}
    yield Figure(
        "log", what, "openpyxl reading the same file", "ms", taken, beside, 3, also=also, within={"memory_mb": 400}
    )


def read_whole(path: Path, rows: int = 0) -> None:
    """Reads the log in a file as `cypp import --log` does, and fails where it is not all there."""
    plan = LogPlan(words_of_plan(), "trust", MEETINGS, MEETINGS[0])
    with gc_paused():
        draft = read_log(read_tables(path.read_bytes(), path.name), plan, LogAnswers(), path.name)
    assert len(draft.rows) == (rows or len(draft.rows)) > 0


if __name__ == "__main__":
    read_whole(Path(sys.argv[1]))
