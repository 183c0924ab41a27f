"""Write a plan as YAML that `read_plan` reads back as the same plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

import yaml
from pydantic import BaseModel

from models.files.planfile.schema import PlanFile

_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDTH = 116
_TEXT = "tag:yaml.org,2002:str"
_WHOLE = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)


def plan_values(plan: BaseModel) -> dict[str, Any]:
    """Return the values of a plan, or a part of one, as `read_document` gives them: text, lists and mappings.

    Empty values and defaults are left out.
    """
    found: dict[str, Any] = {}
    for name, info in type(plan).model_fields.items():
        value = getattr(plan, name)
        if value is None or value == info.default:
            continue
        raw = _raw(value)
        if raw not in ("", [], {}):
            found[info.alias or name] = raw
    return found


def _raw(value: object) -> Any:
    if isinstance(value, BaseModel):
        return plan_values(value)
    if isinstance(value, tuple):
        return [_raw(item) for item in value]
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def write_plan(plan: PlanFile, heading: str = "") -> str:
    """Return a plan as YAML, with a comment at the top of the file."""
    return "".join(f"# {line}\n" for line in heading.splitlines()) + dump(plan_values(plan))


def dump(values: Mapping[str, Any]) -> str:
    """Return values as YAML that `read_document` reads back as these values."""
    return str(yaml.dump(values, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=_WIDTH))


class _Plain(_DUMPER):  # type: ignore[misc]  # the parent is chosen by what is installed
    """Quote what another YAML program would take for something else than its text: `on`, `14:00`, `7.10`."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """Return the tag that a value would have without quotes; a date and a whole number stay as they are written."""
        if kind is yaml.ScalarNode and isinstance(value, str) and (_WHOLE.fullmatch(value) or _is_date(value)):
            return _TEXT
        return str(super().resolve(kind, value, implicit))

    def ignore_aliases(self, data: object) -> bool:
        """Write every value out: the reader takes no aliases."""
        return True


def _is_date(value: str) -> bool:
    try:
        return len(value) == len("2020-09-16") and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
