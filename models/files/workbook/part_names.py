"""Translate between what people call the things a plan lists and their keys in a plan file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from models.files.planfile.fields import KEY_PATTERN, MAX_KEY
from models.files.planfile.problems import nearest
from models.files.workbook.cell_lists import split_cell
from models.files.workbook.columns import EXAMPLE_MARK

_JOINED = re.compile(r"\s*[,/&+]\s*|\s+and\s+", re.IGNORECASE)


class PartNames:
    """The keys of each section of a plan, and the names that mean one of them and no other."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {}
        self.names: dict[str, dict[str, str | None]] = {}
        self.labels: dict[str, dict[str, str]] = {}

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> PartNames:
        """Return the names in the raw values of a plan file."""
        names = cls()
        for section in ("themes", "organisations", "posts", "boards"):
            names.learn(section, values.get(section, ()))
        return names

    def learn(self, section: str, parts: Iterable[Mapping[str, Any]]) -> None:
        """Add what a section lists. A name that two parts share means neither."""
        keys = self.keys.setdefault(section, {})
        known = self.names.setdefault(section, {})
        for part in parts:
            key = part.get("key")
            if not isinstance(key, str):
                continue
            keys[_folded(key)] = key
            label = str(part.get("title") or part.get("name") or "")
            said = [label, *part.get("aliases", ())]
            if section == "posts":
                organisation = self.labels.get("organisations", {}).get(str(part.get("organisation")), "")
                said.append(f"{label}, {organisation}")
            for name in {_folded(str(name)) for name in said} - {""}:
                known[name] = key if known.get(name, key) == key else None
            self.labels.setdefault(section, {})[key] = label

    def key(self, section: str, said: str) -> str:
        """Return the key that a cell means; text that means nothing is returned unchanged."""
        folded = _folded(said)
        return self.keys.get(section, {}).get(folded) or self.names.get(section, {}).get(folded) or said

    def knows(self, section: str, said: str) -> bool:
        """Return whether a text means one of a section's parts."""
        folded = _folded(said)
        return folded in self.keys.get(section, {}) or bool(self.names.get(section, {}).get(folded))

    def near(self, section: str, said: str) -> str:
        """Return the name of the section's part most like a text, if any is near enough; else ""."""
        known = {_folded(label): label for label in self.labels.get(section, {}).values()}
        return known.get(nearest(said, known) or "", "")

    def several(self, section: str, said: str) -> list[str]:
        """Return the parts of a text that names several where one belongs; `[]` where it names at most one."""
        if self.knows(section, said):
            return []
        parts = split_cell(said)
        if len(parts) == 1:
            parts = [part for part in _JOINED.split(said) if part]
            parts = parts if sum(self.knows(section, part) for part in parts) > 1 else []
        return parts if len(parts) > 1 else []

    def keys_in(self, section: str, said: str) -> list[str]:
        """Return the keys that a cell with several names means; commas divide it only where every part is known."""
        found: list[str] = []
        for item in split_cell(said):
            parts = [item] if self.knows(section, item) else [part.strip() for part in item.split(",")]
            found += parts if all(self.knows(section, part) for part in parts) else [item]
        return [self.key(section, item) for item in found]

    def said(self, section: str, key: str) -> str:
        """Return the name to write in a cell for a key: one that is read back as this key."""
        label = self.labels.get(section, {}).get(key, "")
        # A name that begins like a worked row would not be imported; one with a line break would become two.
        fits = label and not label.startswith(EXAMPLE_MARK) and self.key(section, label) == key
        return label if fits and self.key(section, " ".join(label.split())) == key else key


def key_from(name: str, taken: Iterable[str] = ()) -> str:
    """Return a key made from a name that is not yet taken; "" where nothing can be made of it."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    key = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[: MAX_KEY - 4].strip("-")
    if not KEY_PATTERN.fullmatch(key):
        return ""
    every = set(taken)
    number = 2
    found = key
    while found in every:
        found, number = f"{key}-{number}", number + 1
    return found


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
