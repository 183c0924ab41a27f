"""What people call the things a plan lists, and their keys in a plan file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from models.files.planfile.fields import KEY, MAX_KEY
from models.files.planfile.problems import nearest
from models.files.workbook.columns import EXAMPLE
from models.files.workbook.lists import split

_JOINED = re.compile(r"\s*[,/&+]\s*|\s+and\s+", re.IGNORECASE)


class Names:
    """The keys of each section of a plan, and the names that mean one of them and no other."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {}
        self.names: dict[str, dict[str, str | None]] = {}
        self.labels: dict[str, dict[str, str]] = {}

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Names:
        """The raw values of a plan file in, its names out."""
        names = cls()
        for section in ("themes", "organisations", "posts", "boards"):
            names.learn(section, values.get(section, ()))
        return names

    def learn(self, section: str, parts: Iterable[Mapping[str, Any]]) -> None:
        """Takes in what a section lists. A name that two parts share means neither."""
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
        """What a cell says in, the key it means out; what means nothing comes back as it is."""
        folded = _folded(said)
        return self.keys.get(section, {}).get(folded) or self.names.get(section, {}).get(folded) or said

    def knows(self, section: str, said: str) -> bool:
        """Whether a text means one of a section's parts."""
        folded = _folded(said)
        return folded in self.keys.get(section, {}) or bool(self.names.get(section, {}).get(folded))

    def near(self, section: str, said: str) -> str:
        """The name of a section's part that is most like a text, if any is near enough; else ""."""
        known = {_folded(label): label for label in self.labels.get(section, {}).values()}
        return known.get(nearest(said, known) or "", "")

    def several(self, section: str, said: str) -> list[str]:
        """The parts of a text that names several where one belongs; `[]` where it names no more than one."""
        if self.knows(section, said):
            return []
        parts = split(said)
        if len(parts) == 1:
            parts = [part for part in _JOINED.split(said) if part]
            parts = parts if sum(self.knows(section, part) for part in parts) > 1 else []
        return parts if len(parts) > 1 else []

    def keys_in(self, section: str, said: str) -> list[str]:
        """The keys that a cell with several names means; commas divide it where every part is then known."""
        found: list[str] = []
        for item in split(said):
            parts = [item] if self.knows(section, item) else [part.strip() for part in item.split(",")]
            found += parts if all(self.knows(section, part) for part in parts) else [item]
        return [self.key(section, item) for item in found]

    def said(self, section: str, key: str) -> str:
        """A key in, the name to write in a cell out: one that is read back as this key."""
        label = self.labels.get(section, {}).get(key, "")
        # What begins like a worked row would not be imported; what is broken over lines would be two.
        fits = label and not label.startswith(EXAMPLE) and self.key(section, label) == key
        return label if fits and self.key(section, " ".join(label.split())) == key else key


def key_from(name: str, taken: Iterable[str] = ()) -> str:
    """A name in, a key made from it that is not taken out; "" where there is nothing to make one from."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    key = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[: MAX_KEY - 4].strip("-")
    if not KEY.fullmatch(key):
        return ""
    every = set(taken)
    number = 2
    found = key
    while found in every:
        found, number = f"{key}-{number}", number + 1
    return found


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
