"""Read an action log that `export` wrote as CSV: its rows over the stored plan, to be compared as an import is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.errors import Refusal
from models.files.export import LOG_COLUMNS
from models.files.merging.fingerprints import export_record
from models.files.planfile import PlanFile
from models.files.planfile.problems import Problems
from models.files.planfile.reader import checked_plan
from models.files.planfile.schema import ExportedPart
from models.files.planfile.writer import plan_values
from models.files.planfile.written_dates import normalise_when
from models.files.tables import PlainTable
from models.rules.refs import ref_key

_FIELDS = {
    "Action": "words", "Kind": "kind", "Lead": "lead", "Status": "status", "Last update": "status_words",
    "Updated on": "status_date", "Evidence": "evidence",
}  # fmt: skip


def is_exported_log(tables: Sequence[PlainTable]) -> bool:
    """Return whether the first row is that of an exported log."""
    return bool(tables and tables[0].rows) and set(LOG_COLUMNS) <= set(tables[0].rows[0].cells)


def exported_plan(table: PlainTable, stored: PlanFile, day: date, board: str, label: str) -> PlanFile:
    """Return the stored plan with what the rows of an exported log say, and the fingerprints that they carry.

    `day`: the local day. `board`: the key of the board that keeps actions which are new.

    Raises:
        PlanFileRefused: with every problem.
        Refusal: an action is new, and no board is to keep it.
    """
    values = plan_values(stored)
    known = {ref_key(one["ref"]): one for one in values.get("actions", [])}
    meetings = {
        one["key"]: {str(meeting.get("date") or meeting.get("expected")) for meeting in one.get("meetings", [])}
        for one in values.get("boards", [])
    }
    was: dict[str, str] = {}
    headings = table.rows[0].cells
    for row in table.rows[1:]:
        said = dict(zip(headings, (*row.cells, *[""] * len(headings)), strict=False))
        key = ref_key(said["Ref"])
        action = known.get(key)
        if action is None:
            if not board:
                raise Refusal(f"{label}, {table.place(row)}: {said['Ref']} is new, so say --log BOARD to say whose.")
            action = {"ref": said["Ref"], "board": board}
            values.setdefault("actions", []).append(action)
        elif said["Fingerprints"]:
            was[f"actions {key}"] = said["Fingerprints"]
        _take(action, said, meetings, label)
    record = export_record(stored, day)
    parts = tuple(ExportedPart.model_construct(of=one.of, was=was.get(one.of, one.was)) for one in record.parts)
    return checked_plan(values, Problems({}), label).model_copy(
        update={"exported": record.model_copy(update={"parts": parts})}
    )


def _take(action: dict[str, Any], said: dict[str, str], meetings: dict[str, set[str]], label: str) -> None:
    """Bring an action to what a row says; cells that are empty leave nothing."""
    due = normalise_when(said["Due"])
    held = meetings.get(action.get("board") or next(iter(meetings), ""), set())
    serves = said["Priority or theme"]
    numbers = [one.strip() for one in serves.split(",") if one.strip()]
    listed = all(one.isdecimal() for one in numbers)
    new: dict[str, Any] = {field: said[column] for column, field in _FIELDS.items()}
    new |= {
        "due": due if due in held else "",
        "due_date": "" if due in held else due,
        "priorities": numbers if listed else [],
        "theme": "" if listed else serves,
    }
    if action.get("status", "not started") == new["status"] == "not started":
        del new["status"]
    if due != (action.get("due") or action.get("due_date", "")):
        new["moved_because"] = f"{label} says so"
    source = {**action.get("source", {}), "document": said["Source"]}
    new["source"] = {name: text for name, text in source.items() if text}
    for field, value in new.items():
        if value:
            action[field] = value
        else:
            action.pop(field, None)
