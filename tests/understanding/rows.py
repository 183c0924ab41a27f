"""The rows of the corpus, each with where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.test_utterances import MOMENTS, OTHERS, listed
from tests.yaml_files import LOADER

FOLDER = Path(__file__).parent
NOT_ROWS = frozenset({"shares"})
FILES = tuple(path for path in sorted(FOLDER.glob("*.yaml")) if path.stem not in NOT_ROWS)
ROLES = {
    "Democratic Services Officer": "secretary",
    "Chair of the partnership board": "chair",
    "Chair of the Health and Wellbeing Board": "chair",
    "ICT Support": "administrator",
    "a member": "member",
    "a guest": "stranger",
    "a stranger of a partner organisation": "stranger",
}
"""The role of a writer; everybody else leads something, or stands in for who does."""


@dataclass(frozen=True)
class Row:
    """One row: its file without `.yaml`, the line it begins on, its moment, and its keys as they are written."""

    file: str
    line: int
    moment: str
    keys: dict[str, Any]

    @property
    def place(self) -> str:
        """Where it stands: "answers:47"."""
        return f"{self.file}:{self.line}"

    @property
    def who(self) -> str:
        """Who writes."""
        return str(self.keys["who"])

    @property
    def role(self) -> str:
        """In which role."""
        return ROLES.get(self.who, "lead")

    @property
    def kind(self) -> str:
        """What is right."""
        return str(self.keys.get("kind", ""))

    @property
    def says(self) -> list[str]:
        """The messages, one after the other."""
        return listed(self.keys["says"])

    @property
    def name(self) -> str:
        """What tells it from every other row, wherever it stands: its file, its writer, its way and its words."""
        way = f" ({self.keys['way']})" if "way" in self.keys else ""
        return f"{self.file} | {self.who}{way}: " + " / ".join(self.says)

    def several(self, key: str) -> list[str]:
        """The lines or phrases of a key."""
        return listed(self.keys.get(key))


def read_rows(paths: Sequence[Path] = FILES) -> list[Row]:
    """Return the rows of these files, in the order of the moments."""
    found = [row for path in paths for row in _rows_in(path)]
    return sorted(found, key=lambda row: MOMENTS[row.moment])


def _rows_in(path: Path) -> list[Row]:
    text = path.read_text(encoding="utf-8")
    values: dict[str, list[dict[str, Any]]] = yaml.load(text, Loader=LOADER)
    tree: Any = yaml.compose(text, Loader=LOADER)
    lines = [[one.start_mark.line + 1 for one in rows.value] for _, rows in tree.value]
    return [
        Row(path.stem, line, moment, keys)
        for (moment, rows), begins in zip(values.items(), lines, strict=True)
        for keys, line in zip(rows, begins, strict=True)
    ]


assert set(OTHERS) <= set(ROLES)
