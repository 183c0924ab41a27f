"""Compute fingerprints of a plan's values: an export carries them, so that a later import can tell who changed what.

A plan's revision is not counted or stored: it is computed from what the plan says. An export carries a fingerprint of
every value of every part. A value whose fingerprint in the file differs from the one that the export carries was
changed in the file; one whose fingerprint in the database differs was changed there; both is a conflict. So two plans
that say the same have the same revision, a restored database keeps its exports good, and exporting writes nothing.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from models.files.merging.people_settings import PartValues, people_settings
from models.files.planfile import PlanFile
from models.files.planfile.schema import Exported, ExportedPart
from models.files.planfile.writer import plan_values
from models.rules.refs import ref_key

_BYTES = 3
"""Bytes of each fingerprint: one change in sixteen million goes unseen."""


def plan_parts(plan: PlanFile) -> PartValues:
    """Return the values of each part of a plan, without people's own settings (`people_settings`)."""
    # A board's meetings are parts of their own.
    return {
        name: {key: value for key, value in part.items() if key != "meetings"}
        for name, part in raw_parts(plan_values(plan)).items()
    }


def raw_parts(values: Mapping[str, Any]) -> PartValues:
    """Return the parts in the raw values of a plan file, by name; they are not copies."""
    return dict(_parts(values))


def _parts(values: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "plan", values["plan"]
    for section in ("themes", "organisations", "posts"):
        for part in values.get(section, []):
            yield f"{section} {part['key']}", part
    for part in values.get("priorities", []):
        yield f"priorities {part['number']}", part
    for board in values.get("boards", []):
        yield f"boards {board['key']}", board
        for meeting in board.get("meetings", []):
            yield f"meetings {board['key']} {meeting.get('date') or meeting.get('expected')}", meeting
    for action in values.get("actions", []):
        yield f"actions {ref_key(action['ref'])}", action
    for measure in values.get("measures", []):
        yield f"measures {ref_key(measure['ref'])}", measure
    for value in values.get("values", []):
        yield f"values {ref_key(value['measure'])} {value['period']}", value
    for risk in values.get("risks", []):
        yield f"risks {ref_key(risk['ref'])}", risk
    for assessment in values.get("assessments", []):
        yield f"assessments {ref_key(assessment['risk'])} {assessment['day']}", assessment


def fingerprint(value: object) -> str:
    """Return the fingerprint of a value."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return urlsafe_b64encode(sha256(text.encode("utf-8", "surrogatepass")).digest()[:_BYTES]).decode()


def part_fingerprints(part: Mapping[str, Any]) -> str:
    """Return the fingerprints of a part as an export carries them: `lead:Ab3x due:9fQz`."""
    return " ".join(f"{key}:{fingerprint(value)}" for key, value in part.items())


def parse_fingerprints(was: str) -> dict[str, str]:
    """Parse what `part_fingerprints` wrote."""
    return dict(item.split(":", 1) for item in was.split() if ":" in item)


def revision_of(parts: PartValues) -> str:
    """Return a plan's revision as people see it: `3f9a-21c0`."""
    whole = sha256("\n".join(f"{name} {part_fingerprints(part)}" for name, part in parts.items()).encode()).hexdigest()
    return f"{whole[:4]}-{whole[4:8]}"


def export_record(plan: PlanFile, day: date) -> Exported:
    """Return what an export on a local day carries."""
    parts = plan_parts(plan)
    carried = {**parts, **people_settings(plan)}
    was = tuple(ExportedPart(of=name, was=part_fingerprints(part)) for name, part in carried.items())
    return Exported.model_construct(on=day, revision=revision_of(parts), parts=was)
