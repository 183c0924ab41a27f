"""An action log that `export` wrote as CSV, given back to `import`."""

from collections.abc import Sequence
from pathlib import Path

from bot.__main__ import real_now
from bot.cli.common import workspace_read
from bot.cli.workbook import FileRead, refusal_of_file
from models.errors import Refusal
from models.files.exported_log import exported_plan, is_exported_log
from models.files.planfile import PlanFileRefused
from models.files.stored_plan import stored_plan
from models.files.tables import PlainTable
from models.files.tables.table_files import read_tables
from models.plan.queries import plan_of, zone_of
from models.rules.calendar import local_day
from models.storage.engine import Database


def exported_tables(source: bytes, name: str, board: str) -> Sequence[PlainTable] | None:
    """Return the rows of a file that `export` wrote as CSV, or None for any other file. `board`: whose log it is.

    Raises:
        Refusal: it is another table, and nobody said whose log it is.
    """
    tables = read_tables(source, name) if Path(name).suffix.lower() in (".csv", ".tsv") else ()
    if is_exported_log(tables):
        return tables
    if tables and not board:
        raise Refusal(
            f"{name} is a table and no plan file, nor an action log as “cypp export” writes it: nothing was stored. "
            "Another action log is imported with --log BOARD."
        )
    return None


def read_exported(tables: Sequence[PlainTable], name: str, database: Database, workspace: str, board: str) -> FileRead:
    """Return the stored plan with what the rows of an exported log say. `board`: which keeps those that are new.

    Raises:
        Refusal: there is no plan yet, or with all problems.
    """
    with workspace_read(database, workspace) as (session, there):
        if plan_of(session, there.id) is None:
            raise Refusal(f"{name} is the log of a plan, and this database has none yet: import the plan first.")
        day = local_day(real_now(), zone_of(session, there.id))
        try:
            plan = exported_plan(tables[0], stored_plan(session, there.id, day)[0], day, board, name)
        except PlanFileRefused as refused:
            raise refusal_of_file(refused) from None
    return FileRead(plan, (), lambda path: "")
