"""Export the plan and its action log as a workbook, YAML or CSV. What is exported imports again as the same plan."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.errors import Refusal
from models.files.action_log import LogLine
from models.files.merging.fingerprints import export_record, part_fingerprints, plan_parts
from models.files.planfile import PlanFile
from models.files.planfile.part_names import PartNames
from models.files.planfile.writer import plan_values, write_plan
from models.files.stored_plan import stored_plan
from models.files.workbook import ExportExtras, plan_workbook
from models.rules.refs import ref_key

FORMATS = (".xlsx", ".yaml", ".yml", ".csv")
LOG_COLUMNS = (
    "Ref", "Priority or theme", "Source", "Action", "Kind", "Lead", "First due", "Due", "Re-planned", "Status",
    "Direction", "Last update", "Updated on", "By", "Evidence", "Proposed", "Plan's revision", "Fingerprints",
)  # fmt: skip
"""The columns of the action log as CSV."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"
"""Without it Excel reads a CSV file in another encoding and shows Â£ for £."""


@dataclass(frozen=True)
class Export:
    """A file to be written, and what it holds."""

    content: bytes
    actions: int
    revision: str


def export_plan(
    session: Session,
    workspace_id: str,
    suffix: str,
    day: date,
    tick: Callable[[int, int], object] = lambda done, total: None,
) -> Export:
    """Return a workspace's plan as a file in one of `FORMATS`; `tick` is called with (done, total).

    Raises:
        Refusal: the format is another, or there is no plan.
    """
    if suffix.lower() not in FORMATS:
        raise Refusal(f"A plan is exported as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}: end the file's name so.")
    plan, lines = stored_plan(session, workspace_id, day)
    carried = export_record(plan, day)
    marked, revision = plan.model_copy(update={"exported": carried}), carried.revision
    if suffix.lower() == ".csv":
        content = log_csv(plan, lines, revision).encode()
    elif suffix.lower() == ".xlsx":
        footer = f"Exported {day:%d %b %Y} · revision {revision}"
        content = plan_workbook(marked, ExportExtras(_shown(lines), plan.plan.name, footer, tick))
    else:
        content = write_plan(marked, f"{plan.plan.name}, exported {day:%d %b %Y}, revision {revision}.").encode()
    return Export(content, len(plan.actions), revision)


def _shown(lines: Sequence[LogLine]) -> dict[str, dict[str, str]]:
    return {line.ref: {"Direction": line.direction, "By": line.by, "Proposed": line.proposed} for line in lines}


def log_csv(plan: PlanFile, lines: Sequence[LogLine], revision: str) -> str:
    """Return the action log as CSV."""
    values = plan_values(plan)
    names = PartNames.of(values)
    labels = {post["key"]: _lead(post, names) for post in values.get("posts", [])}
    parts = plan_parts(plan)
    by_ref = {line.ref: line for line in lines}
    whole = io.StringIO(newline="")
    table = csv.writer(whole)
    table.writerow(LOG_COLUMNS)
    for action in values.get("actions", []):
        line = by_ref[action["ref"]]
        due = action.get("due") or action.get("due_date", "")
        row = (
            action["ref"],
            names.said("themes", action["theme"]) if "theme" in action else ", ".join(action.get("priorities", [])),
            action.get("source", {}).get("document", ""),
            action["words"],
            action["kind"],
            labels.get(action.get("lead"), ""),
            action.get("first_due") or due,
            due,
            str(line.replans or ""),
            action.get("status", "not started"),
            line.direction,
            action.get("status_words", ""),
            action.get("status_date", ""),
            line.by,
            action.get("evidence", ""),
            line.proposed,
            revision,
            part_fingerprints(parts[f"actions {ref_key(action['ref'])}"]),
        )
        table.writerow([escape_formula(cell) for cell in row])
    return _BOM + whole.getvalue()


def _lead(post: Mapping[str, Any], names: PartNames) -> str:
    return f"{post['title']}, {names.said('organisations', post['organisation'])}"


def escape_formula(cell: str) -> str:
    """Return a cell's text, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
