"""Fingerprints of a plan's values: what an export carries, so that importing it again can tell who changed what.

The revision of a plan is nothing that is counted and stored: it is worked out from what the plan says. An export
carries a fingerprint of every value of every part. A value whose fingerprint in the file differs from the one that the
export carries was changed in the file; one whose fingerprint in the database differs was changed there; both is a
conflict. So two plans that say the same have the same revision, a restored database keeps its exports good, and nothing
has to be written to the database when somebody exports.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from models.files.merging.beside import beside_of
from models.files.planfile import PlanFile
from models.files.planfile.schema import Exported, ExportedPart
from models.files.planfile.writing import plan_values
from models.rules.refs import ref_key

_BYTES = 3
"""Of each fingerprint: one change in sixteen million goes unseen."""

Parts = dict[str, dict[str, Any]]
"""The values of each part of a plan, by what the part is called: `actions heard-1`, `meetings hwb 2020-12`."""


def parts_of(plan: PlanFile) -> Parts:
    """A plan in, the values of each of its parts out; people's own settings are not among them (`beside_of`)."""
    # A board's meetings are parts of their own.
    return {
        name: {key: value for key, value in part.items() if key != "meetings"}
        for name, part in parts_in(plan_values(plan)).items()
    }


def parts_in(values: Mapping[str, Any]) -> Parts:
    """The raw values of a plan file in, the parts in them (not copies) by what they are called out."""
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


def print_of(value: object) -> str:
    """A value in, its fingerprint out."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return urlsafe_b64encode(sha256(text.encode("utf-8", "surrogatepass")).digest()[:_BYTES]).decode()


def prints_of(part: Mapping[str, Any]) -> str:
    """The values of a part in, their fingerprints as an export carries them out: `lead:Ab3x due:9fQz`."""
    return " ".join(f"{key}:{print_of(value)}" for key, value in part.items())


def read_prints(was: str) -> dict[str, str]:
    """The inverse of `prints_of`."""
    return dict(item.split(":", 1) for item in was.split() if ":" in item)


def revision_of(parts: Parts) -> str:
    """What a plan says in, its revision as people see it out: `3f9a-21c0`."""
    whole = sha256("\n".join(f"{name} {prints_of(part)}" for name, part in parts.items()).encode()).hexdigest()
    return f"{whole[:4]}-{whole[4:8]}"


def exported(plan: PlanFile, day: date) -> Exported:
    """A plan and the day of its export in, what the export carries out."""
    parts = parts_of(plan)
    carried = {**parts, **beside_of(plan)}
    was = tuple(ExportedPart(of=name, was=prints_of(part)) for name, part in carried.items())
    return Exported.model_construct(on=day, revision=revision_of(parts), parts=was)
