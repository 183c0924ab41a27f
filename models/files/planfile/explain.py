"""Turn pydantic's findings into problems in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from models.files.planfile.fields import FIELD_ERROR
from models.files.planfile.key_names import fields_of, likely_key, model_in
from models.files.planfile.problems import Problems, ValuePath, listing
from models.files.planfile.schema import PlanFile


def add_findings(error: ValidationError, values: Mapping[str, Any], problems: Problems) -> None:
    """Add one problem for each of pydantic's findings; a key that is wrong all over a section is one."""
    findings = error.errors(include_url=False)
    alike, said = Counter(map(_key_of_a_part, findings)), set()
    for finding in findings:
        path: ValuePath = tuple(finding["loc"])
        context = finding.get("ctx", {})
        key = _key_of_a_part(finding)
        parts = len(values[key[1]]) if key is not None else 0
        everywhere = alike[key] == parts > 1
        each = f"; so it is in each of the {parts}" if everywhere else f"; so it is in {alike[key]} of the {parts}"
        if key is None or alike[key] == 1 or not (everywhere or finding["type"] == "extra_forbidden"):
            each = ""
        elif key in said:
            continue
        said.add(key)
        if finding["type"] == FIELD_ERROR:
            problems.add(path, context["wrong"], context["right"], _at(values, path))
        elif finding["type"] == "missing":
            problems.add(path, "this is missing", f"write {_description(path)}{each}")
        elif finding["type"] == "extra_forbidden":
            known = _keys(path[:-1])
            word = str(path[-1])
            likely = likely_key(word, known)
            right = f"{f'did you mean {likely}? ' if likely else ''}keys here: {listing(known, 20)}{each}"
            problems.add(path, "no such key is used here", right)
        elif path and isinstance(path[-1], int) and _at(values, path) is None:
            problems.add(path, "this item is empty", "fill it in, or take it out")
        else:
            wanted = "a list" if finding["type"].startswith("tuple") else "keys and values"
            right = f"write {_description(path)}" + (", as a list" if wanted == "a list" else "")
            problems.add(path, f"this should be {wanted}", right, _at(values, path))


def _key_of_a_part(finding: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Return what is wrong with a key of a part, and of which section; None for a finding about anything else."""
    path = finding["loc"]
    if finding["type"] not in ("extra_forbidden", "missing") or len(path) != 3 or not isinstance(path[1], int):
        return None
    return finding["type"], str(path[0]), str(path[2])


def _at(values: Mapping[str, Any], path: ValuePath) -> object:
    at: Any = values
    for step in path:
        try:
            at = at[step]
        except (LookupError, TypeError):
            return None
    return at


def _model(path: ValuePath) -> type[BaseModel] | None:
    """Return the model that describes the mapping at a path."""
    model: type[BaseModel] | None = PlanFile
    for step in path:
        if isinstance(step, int) or model is None:
            continue
        annotation = next((info.annotation for key, info in fields_of(model).items() if key == step), None)
        model = model_in(annotation)
    return model


def _keys(path: ValuePath) -> list[str]:
    model = _model(path)
    return [] if model is None else list(fields_of(model))


def _description(path: ValuePath) -> str:
    """Return what the key of a path stands for."""
    named = [at for at, step in enumerate(path) if isinstance(step, str)]
    if not named:
        return "a value"
    last = named[-1]
    model = _model(path[:last])
    info = None if model is None else fields_of(model).get(str(path[last]))
    return str(info.description) if info is not None and info.description else "a value"
