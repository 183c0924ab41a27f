"""The lines of a message as a list or a table has them: where the mark of a list ends, and the cells of a row."""

import re
from dataclasses import dataclass
from itertools import pairwise

from handlers.reading.lazy_regex import lazy_regex
from handlers.reading.written_lines import words_of

_MARK = lazy_regex(
    r"(?:[0-9]{1,2}|[a-z]|[ivx]{2,4})[.)](?= )|[-*•·◦▪‣–—o☐☑☒✓](?= )|\([0-9a-z]\)(?= )", flags=re.IGNORECASE
)
_LETTERS = lazy_regex(r"[^\W_]+")
_HEADING = words_of(
    "ref|reference|no|number|action|actions|rag|brag|status|rating|comment|comments|note|notes|update|updates|progress",
    "lead|owner|due|date|reason|why|evidence|next|steps|step|last|previous|current|now|time|this|latest|board",
    "meeting|outcome|decision|minute|minutes|post|organisation|priority|theme|detail|details|description|position",
    "colour|with|of|and|by|deadline|issues|narrative|commentary|id|item|what|who",
)
"""The words that stand over columns; a row is a heading where each of its cells has no others."""
_SEPARATORS = ("\t", "|", ",", ";")
_LEAST_CELLS = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of one cell of a row in a text, without what separates it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a text: its place, the mark of a list before its words, and its cells (one where it is no row).

    `heading`: what each cell of the rows under it is. Its words say nothing of an action.
    """

    start: int
    end: int
    mark: str
    cells: tuple[Cell, ...]
    heading: bool = False

    @property
    def is_row(self) -> bool:
        """Whether the line is a row of a table."""
        return len(self.cells) > 1


def lines_of(text: str) -> tuple[TextLine, ...]:
    """Return the lines of a text with their list marks and cells.

    Tabs and bars part cells wherever they stand; commas and semicolons only under a heading, in as many cells.
    """
    lines: list[TextLine] = []
    start, listed = 0, ("", 0)
    for words in text.split("\n"):
        line = _row(words, start, listed)
        if line.heading:
            separator = next(one for one in _SEPARATORS if one in words)
            listed = (separator, len(line.cells)) if separator in ",;" else ("", 0)
        elif not line.is_row:
            listed = ("", 0)
        lines.append(line)
        start += len(words) + 1
    return tuple(lines)


def _row(words: str, start: int, listed: tuple[str, int]) -> TextLine:
    end = start + len(words)
    mark = _MARK().match(words)
    first = mark.end() + 1 if mark else 0
    for separator in _SEPARATORS:
        if separator not in words:
            continue
        cells = _cells(words, start, separator)
        sure = separator in "\t|" and len(cells) >= _LEAST_CELLS
        heading = len(cells) > _LEAST_CELLS - (separator == "\t") and _is_heading(words, start, cells)
        if sure or heading or (separator == listed[0] and len(cells) >= listed[1]):
            return TextLine(start, end, "", cells, heading)
    return TextLine(start + first, end, mark[0] if mark else "", (Cell(start + first, end),))


def _cells(words: str, start: int, separator: str) -> tuple[Cell, ...]:
    """Return the cells of a row; bars may frame it, and quotes keep a comma inside a cell."""
    places = [-1]
    inside = False
    for at, char in enumerate(words):
        inside ^= char == '"' and separator in ",;"
        if char == separator and not inside:
            places.append(at)
    places.append(len(words))
    if separator == "|":
        places = places[1:] if words.startswith("|") else places
        places = places[:-1] if words.endswith("|") else places
    cells = []
    for before, after in pairwise(places):
        bare = words[before + 1 : after]
        left = before + 1 + len(bare) - len(bare.lstrip(' "'))
        cells.append(Cell(start + left, start + max(left, after - (len(bare) - len(bare.rstrip(' "'))))))
    return tuple(cells)


def _is_heading(words: str, start: int, cells: tuple[Cell, ...]) -> bool:
    typed = [_LETTERS().findall(words[cell.start - start : cell.end - start].lower()) for cell in cells]
    return any(typed) and all(word in _HEADING for cell in typed for word in cell)
