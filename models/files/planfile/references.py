"""Give the parts of a plan file the keys and numbers they leave out, and turn what they name into keys.

It works on raw values, before any of them is checked, so that a YAML file and a workbook may name things alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from models.files.planfile.fields import KEY_PATTERN, MAX_NUMBER, WHOLE_NUMBER
from models.files.planfile.part_names import LISTED, PartNames, key_from
from models.files.planfile.problems import Problems, ValuePath, one_part_of

_REFERENCES: dict[str, tuple[tuple[ValuePath, str], ...]] = {
    "priorities": ((("theme",), "themes"),),
    "organisations": ((("contributors",), "posts"),),
    "posts": ((("organisation",), "organisations"),),
    "boards": ((("secretary",), "posts"), (("chair",), "posts"), (("meetings", "focus"), "themes")),
    "actions": (
        (("theme",), "themes"),
        (("priorities",), "priorities"),
        (("lead",), "posts"),
        (("supporting",), "organisations"),
        (("board",), "boards"),
        (("first_due_board",), "boards"),
        (("given", "board"), "boards"),
        (("agreed", "board"), "boards"),
        (("part", "partner"), "organisations"),
    ),
    "risks": ((("priority",), "priorities"), (("owner",), "posts"), (("board",), "boards")),
    "measures": ((("priority",), "priorities"), (("theme",), "themes"), (("provider",), "posts")),
}
"""What a part of each section names, and the section that lists it."""
_SEVERAL = frozenset({"priorities", "supporting", "contributors"})
"""Keys that may name several things."""


def name_parts(section: str, parts: object) -> None:
    """Give a section's parts the keys they leave out, made from their names, and priorities their numbers, by order."""
    every = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    if section == "priorities":
        _number(every)
        return
    taken = {str(part["key"]).strip() for part in every if "key" in part}
    titles = Counter(_label(part).casefold() for part in every)
    for at, part in enumerate(every, 1):
        label = _label(part)
        if "key" in part:
            lowered = str(part["key"]).lower()
            if not KEY_PATTERN.fullmatch(str(part["key"])) and KEY_PATTERN.fullmatch(lowered):
                part["key"] = lowered
        elif label:
            shared = f"{label} {part.get('organisation', '')}" if titles[label.casefold()] > 1 else label
            part["key"] = key_from(shared, taken) or key_from(f"{one_part_of(section)} {at}", taken)
            taken.add(part["key"])


def _label(part: Mapping[str, Any]) -> str:
    label = part.get("title") or part.get("name")
    return label.strip() if isinstance(label, str) else ""


def _number(priorities: list[dict[str, Any]]) -> None:
    written = [WHOLE_NUMBER.fullmatch(str(one.get("number", "")).strip()) for one in priorities]
    taken = {said[1] for said in written if said}
    last = 0
    for one, said in zip(priorities, written, strict=True):
        if "number" in one:
            last = int(said[1]) if said and int(said[1]) <= MAX_NUMBER else last
            continue
        last = next(number for number in range(last + 1, last + len(taken) + 2) if str(number) not in taken)
        one["number"] = str(last)
        taken.add(str(last))


def resolve_references(values: Mapping[str, Any], problems: Problems) -> None:
    """Turn every name in the raw values of a plan file into its key, in place; add a problem for each that is none."""
    for section in LISTED:
        name_parts(section, values.get(section))
    names = PartNames.of(values)
    for section, references in _REFERENCES.items():
        parts = values.get(section)
        for at, part in enumerate(parts if isinstance(parts, list) else []):
            for path, listed in references:
                if isinstance(values.get(listed, []), list):
                    for where, holder in _holders(part, path[:-1], (section, at)):
                        _resolve(holder, str(path[-1]), listed, (*where, path[-1]), names, problems)


def _holders(part: object, steps: ValuePath, at: ValuePath) -> Iterator[tuple[ValuePath, dict[str, Any]]]:
    """Yield the mappings inside a part that hold a reference, each with its path."""
    if isinstance(part, list):
        for index, item in enumerate(part):
            yield from _holders(item, steps, (*at, index))
    elif isinstance(part, dict) and steps:
        yield from _holders(part.get(str(steps[0])), steps[1:], (*at, steps[0]))
    elif isinstance(part, dict):
        yield at, part


def _resolve(
    holder: dict[str, Any], key: str, listed: str, at: ValuePath, names: PartNames, problems: Problems
) -> None:
    said = holder.get(key)
    if key in _SEVERAL:
        if isinstance(said, str):
            said = holder[key] = names.split(listed, said)
        if isinstance(said, list):
            holder[key] = [
                _key(listed, one, (*at, index), names, problems) if isinstance(one, str) else one
                for index, one in enumerate(said)
            ]
    elif isinstance(said, str):
        several = names.split(listed, said) if key == "lead" and not names.meant(listed, said) else []
        if len(several) > 1:
            right = "name one; the other goes under supporting organisations"
            many = "two leads" if len(several) == 2 else f"{len(several)} leads"
            problems.add_once(at, f"this names {many}", right, said)
        else:
            holder[key] = _key(listed, said, at, names, problems)


def _key(section: str, said: str, at: ValuePath, names: PartNames, problems: Problems) -> str:
    """Return the key of what a text names; add a problem where that is nothing, or several things."""
    meant = names.meant(section, said)
    if len(meant) == 1 or not said.strip():
        return meant[0] if meant else said
    what = "number" if section == "priorities" else "key"
    if meant:
        labels = names.labels[section]
        full = {key: names.full_titles.get(key, labels[key]) for key in meant}
        right = f"write {' or '.join(sorted(full.values()))}, or the {what}"
        problems.add_once(at, f"{len(meant)} {section} have this name", right, said)
        return said
    if not problems.has_names(section) or (section,) in problems.said:
        problems.said.add(at)
        return said
    near = names.near(section, said)
    where = f"{section} are listed under `{section}:`"
    if not names.keys[section]:
        where = f"this file lists nothing under `{section}:`"
        problems.said.add((section,))
    right = f"did you mean {near}? {where}" if near else where
    problems.add_once(at, f"no {one_part_of(section)} has this name or {what}", right, said)
    return said
