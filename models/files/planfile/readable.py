"""Find what can be read of a plan file that has something wrong with it, so that the rest is checked all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, cast

from pydantic import BaseModel, Field, ValidationError, create_model

from models.files.planfile.key_names import model_in
from models.files.planfile.problems import ValuePath
from models.files.planfile.schema import PlanFile, PlanPart

_PartT = TypeVar("_PartT", bound=PlanPart)


@dataclass(frozen=True)
class Item(Generic[_PartT]):
    """One part of the file. `broken` names its keys that are missing or could not be read in whole.

    What is broken is None, or its default, in `value`. `kept` says, for a broken list, which of its items the part
    still has.
    """

    at: ValuePath
    value: _PartT
    broken: frozenset[str] = frozenset()
    kept: Mapping[str, list[int]] = field(default_factory=dict)

    def path(self, key: str, index: int | None = None) -> ValuePath:
        """Return the path in the file of a key of this part, or of an item in it."""
        if index is None:
            return (*self.at, key)
        return (*self.at, key, self.kept[key][index] if key in self.kept else index)


@dataclass(frozen=True)
class Readable:
    """The parts that could be read, by section, beside the raw values of the file."""

    values: Mapping[str, Any]
    parts: Mapping[str, list[Item[Any]]]

    def of(self, model: type[_PartT]) -> list[Item[_PartT]]:
        """Return the readable parts of one model."""
        return self.parts[_SECTIONS[model]]


_MODELS = {section: model_in(info.annotation) for section, info in PlanFile.model_fields.items()}
_SECTIONS = {model: section for section, model in _MODELS.items()}


def readable(values: Mapping[str, Any], plan: PlanFile | None) -> Readable:
    """Return what can be cross-checked of the values of a file, and of the plan in it where every value is right.

    Else each part is read by itself. One that cannot be read is tried once more without the keys and list items
    that stopped it, and with nothing in it required.
    """
    parts: dict[str, list[Item[Any]]] = {}
    for section, model in _MODELS.items():
        held = values.get(section, [])
        if model is None:
            continue
        if section == "plan":
            tried = [_part(model, (section,), held)]
        elif plan is not None:
            whole = getattr(plan, section)
            tried = [Item((section, at), part) for at, part in enumerate(whole if isinstance(whole, tuple) else ())]
        else:
            tried = [_part(model, (section, at), raw) for at, raw in enumerate(held if isinstance(held, list) else [])]
        parts[section] = [found for found in tried if found]
    return Readable(values, parts)


def _part(model: type[BaseModel], at: ValuePath, raw: object) -> Item[Any] | None:
    try:
        return Item(at, model.model_validate(raw))
    except ValidationError as error:
        if not isinstance(raw, dict):
            return None
        stopped = [finding["loc"] for finding in error.errors(include_url=False, include_input=False)]
    rest, kept = dict(raw), {}
    for key in {str(where[0]) for where in stopped}:
        bad = {where[1] if len(where) > 1 else None for where in stopped if where[0] == key}
        if isinstance(raw.get(key), list) and all(isinstance(step, int) for step in bad):
            kept[key] = [index for index in range(len(raw[key])) if index not in bad]
            rest[key] = [raw[key][index] for index in kept[key]]
        else:
            rest.pop(key, None)
    try:
        return Item(at, _lenient(model).model_validate(rest), frozenset(str(where[0]) for where in stopped), kept)
    except ValidationError:
        return None


@cache
def _lenient(model: type[BaseModel]) -> type[BaseModel]:
    """Return a model like `model` in which nothing is required: what is missing is None."""
    wanted = {
        name: (Annotated[(info.annotation, *info.metadata)], Field(default=None, alias=info.alias))
        for name, info in model.model_fields.items()
        if info.is_required()
    }
    return cast(type[BaseModel], create_model(f"Partial{model.__name__}", __base__=model, **cast(Any, wanted)))
