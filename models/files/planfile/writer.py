"""Write a plan as YAML that `read_plan` reads back as the same plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

import yaml
from pydantic import BaseModel

from models.files.planfile.schema import PlanFile

_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDTH = 116


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
    """Quote no more than our own reader needs, which takes every value but an empty one as text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own shape
        first: [(tag, pattern) for tag, pattern in found if tag == "tag:yaml.org,2002:null"]
        for first, found in _DUMPER.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: object) -> bool:
        """Write every value out: the reader takes no aliases."""
        return True
