"""A table as plain rows of text, with the place of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MAX_TABLE_ROWS = 20_000
"""As many as a plan may have actions."""
MAX_TABLE_COLUMNS = 80
MAX_CELL_TEXT = 8_000
"""Characters of one cell: more than three pages."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What turns text around or hides in it; left out without a space."""
STRUCK, STRUCK_END = "\ufdd0", "\ufdd1"
"""Stand around text that is struck out, while a file is read; no text has them."""
_STRUCK = re.compile(f"{STRUCK}([^{STRUCK}{STRUCK_END}]*){STRUCK_END}")
_UNTIDY = re.compile(r"[^\S ]|  |^ | $|" + _CONTROL.pattern + "|" + _UNSEEN.pattern)
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in its file, counted from 1, and its cells; lines inside a cell end in a line feed.

    `struck`: the pieces that are struck out, each with the place of its cell. `filled`: where something stands.
    """

    number: int
    cells: tuple[str, ...]
    struck: tuple[tuple[int, str], ...] = ()
    filled: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "filled", tuple(at for at, cell in enumerate(self.cells) if cell))


@dataclass(frozen=True, slots=True)
class PlainTable:
    """Rows that stand together. `name`: its sheet, or which table it is; "" where there is one only.

    `above`: the lines of text before it, in a file that is not a table as a whole. `first`: the place of its first
    column, where it stands beside another.
    """

    name: str
    rows: tuple[TableRow, ...]
    above: tuple[str, ...] = ()
    first: int = 0

    def place(self, row: TableRow, at: int | None = None) -> str:
        """Return where a cell, or without `at` a row, is: `Actions!B5`, `row 5, column B`."""
        if at is None:
            return f"{self.name}, row {row.number}" if self.name else f"row {row.number}"
        where = f"row {row.number}, column {column_letter(self.first + at)}"
        return f"{self.name}, {where}" if self.name else where


def column_letter(at: int) -> str:
    """Return the letter of a column that is counted from 0: 0 is A, 26 is AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain_text(text: str) -> str:
    """Return a cell's text without control characters and needless spaces, its lines kept."""
    if not _UNTIDY.search(text):
        return text
    lines = _CONTROL.sub(
        " ", _UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    ).split("\n")
    return "\n".join(filter(None, (_SPACES.sub(" ", line).strip() for line in lines)))


def table_rows(rows: Iterable[tuple[int, Iterable[str]]]) -> tuple[TableRow, ...]:
    """Return numbered rows without their empty ends; rows that say nothing are left out."""
    found = []
    for number, cells in rows:
        texts, struck = [], []
        for at, cell in enumerate(cells):
            if STRUCK in cell:
                struck += [(at, text) for piece in _STRUCK.findall(cell) if (text := plain_text(piece))]
                cell = _STRUCK.sub(r"\1", cell)
            texts.append(plain_text(cell))
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            found.append(TableRow(number, tuple(texts), tuple(struck)))
    return tuple(found)
