"""Translate between what people call the things a plan lists and their keys in a plan file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from models.files.planfile.fields import KEY_PATTERN, MAX_KEY, WHOLE_NUMBER
from models.files.planfile.problems import nearest

EXAMPLE_MARK = "(example)"
"""How the first cell of an example row of a workbook begins; such a row is not imported."""
LISTED = ("themes", "priorities", "organisations", "posts", "boards")
"""The sections that other parts of a plan name, in an order in which each names only what stands before it."""

_BREAK = re.compile(r"\\([;\\])|[;\n]")
_BETWEEN = re.compile(r"\s*,\s*and\s+|\s*[/&+,]\s*|\s+and\s+", re.IGNORECASE)
"""What may stand between several names in one place, and in a name too."""
_MOST_IN_A_NAME = 12


def split_cell(text: str) -> list[str]:
    r"""Return the items of a cell: a new line or `;` divides them, `\;` is a semicolon of the text."""
    parts: list[str] = []
    at, part = 0, ""
    for found in _BREAK.finditer(text):
        part += text[at : found.start()]
        at = found.end()
        if found[1]:
            part += found[1]
        else:
            parts.append(part)
            part = ""
    parts.append(part + text[at:])
    return [" ".join(item.split()) for item in parts if item.strip()]


class PartNames:
    """The keys of each section of a plan, and the names that mean one of them and no other."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {}
        self.names: dict[str, dict[str, list[str]]] = {}
        self.labels: dict[str, dict[str, str]] = {}
        self.full_titles: dict[str, str] = {}
        """Posts by key, each with its organisation."""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> PartNames:
        """Return the names in the raw values of a plan file."""
        names = cls()
        for section in LISTED:
            names.learn(section, values.get(section, ()))
        return names

    def learn(self, section: str, parts: object) -> None:
        """Add what a section lists; a priority's key is its number. What is not in the form of one is passed over."""
        keys = self.keys.setdefault(section, {})
        known = self.names.setdefault(section, {})
        for part in parts if isinstance(parts, list | tuple) else ():
            key = part.get("number" if section == "priorities" else "key") if isinstance(part, Mapping) else None
            if not isinstance(key, str):
                continue
            key = key.strip()
            if section == "priorities" and (number := WHOLE_NUMBER.fullmatch(key)):
                key = number[1]
            keys[_folded(key)] = key
            label = part.get("title") or part.get("name") or ""
            aliases = part.get("aliases", ())
            said = [label, *(aliases if isinstance(aliases, list | tuple) else ())]
            if section == "posts":
                self.full_titles[key] = self._full_title(part)
                said.append(self.full_titles[key])
            for name in {_folded(name) for name in said if isinstance(name, str)} - {""}:
                same = known.setdefault(name, [])
                same += [key] if key not in same else []
            self.labels.setdefault(section, {})[key] = label if isinstance(label, str) else ""

    def _full_title(self, post: Mapping[str, Any]) -> str:
        said = str(post.get("organisation") or "")
        key = self.key("organisations", said)
        return f"{post.get('title') or ''}, {self.labels.get('organisations', {}).get(key) or said}"

    def meant(self, section: str, said: str) -> list[str]:
        """Return the keys that a text may mean: one, several that share the name, or none."""
        folded = _folded(said)
        if section == "priorities" and (number := WHOLE_NUMBER.fullmatch(folded)):
            folded = number[1]
        key, named = self.keys.get(section, {}).get(folded), self.names.get(section, {}).get(folded, [])
        # “Manager” may be a title that two have and, in small letters, the key of one of them.
        return [key] if key is not None and (len(named) < 2 or said.strip() == key) else named

    def key(self, section: str, said: str) -> str:
        """Return the key that a text means; text that means nothing, or several things, is returned unchanged."""
        meant = self.meant(section, said)
        return meant[0] if len(meant) == 1 else said

    def near(self, section: str, said: str) -> str:
        """Return the name of the section's part most like a text, if any is near enough; else ""."""
        known = {key: key for key in self.keys.get(section, {}).values() if not key.isdecimal()}
        known |= {_folded(label): label for label in self.labels.get(section, {}).values()}
        return known.get(nearest(said, known) or "", "")

    def split(self, section: str, said: str) -> list[str]:
        """Return the names in a text: divided at `;` and lines, between known names at “/”, “&”, “and”, “,” too."""
        return [name for item in split_cell(said) for name in self._divided(section, item) or [item]]

    def _divided(self, section: str, said: str) -> list[str]:
        """Return the names in one item, each as long as can be; [] where any part of it is no name."""
        marks = [found.span() for found in _BETWEEN.finditer(said)]
        starts, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(said)]
        names: dict[int, list[str]] = {len(starts): []}
        for at in reversed(range(len(starts))):
            for to in reversed(range(at, min(at + _MOST_IN_A_NAME, len(ends)))):
                one = said[starts[at] : ends[to]]
                numbered = section == "priorities" and WHOLE_NUMBER.fullmatch(one)
                if to + 1 in names and (numbered or self.meant(section, one)):
                    names[at] = [one, *names[to + 1]]
                    break
        return names.get(0, [])

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
