"""Text that is a table without its lines: blocks in which every line has its label, lines parted by dashes.

Source: docs/explanation/action-logs.md, Actions in text.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from handlers.logs.column_headings import LogColumn, heading_match, is_heading_row
from handlers.logs.due_cells import looks_like_when
from handlers.logs.minutes import ACTION_MARK
from models.files.tables import PlainTable, TableRow

_LABELLED = re.compile(r"\W*(?P<label>\w[^:\n]{0,40}?)\s*:\s*(?P<value>.*)")
_FEWEST_LABELS = 3
_WHOSE = frozenset((LogColumn.LEAD, LogColumn.DUE))
_PARTED = re.compile(r"\s+[-–—|/;]+\s+")
_FEWEST_PARTS, _FEWEST_LINES, _MOST_OTHERS = 3, 3, 0.5
_Block = list[tuple[str, str]]


def text_lines(tables: Sequence[PlainTable]) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their numbers; what a comma parted is put together again."""
    number = 0
    for table in tables:
        for line in table.above:
            number += 1
            yield number, line
        for row in table.rows:
            number = max(number + 1, row.number)
            yield number, ", ".join(filter(None, row.cells)).replace("\n", " ")


def labelled_blocks(tables: Sequence[PlainTable]) -> list[PlainTable]:
    """Return each block of a text as headings over one row; none where it has no such blocks."""
    above: list[str] = []
    found: list[PlainTable] = []
    for number, block in _blocks(tables, above):
        labels, values = zip(*block, strict=True)
        whose = any(_WHOSE & {*heading_match(label)} for label in labels)
        if len(block) >= _FEWEST_LABELS and whose and is_heading_row(labels):
            rows = (TableRow(number, labels), TableRow(number + 1, values))
            found.append(PlainTable("", rows, tuple(above)))
    return found


def _blocks(tables: Sequence[PlainTable], above: list[str]) -> Iterator[tuple[int, _Block]]:
    """Yield runs of labelled lines with the number of the first; what stands over the first is added to `above`.

    A run ends where a label comes again, or a line that has none does not stand right below: that goes on a value.
    """
    block: _Block = []
    first = last = 0
    for number, line in text_lines(tables):
        read = _LABELLED.fullmatch(line)
        label = read["label"] if read is not None and heading_match(read["label"]) else ""
        if block and not label and number == last + 1:
            block[-1] = (block[-1][0], f"{block[-1][1]} {line.strip()}".strip())
        elif block and (not label or label in dict(block)):
            yield first, block
            block = []
        if not label and not block:
            above.append(line)
        elif label and read is not None:
            first = first if block else number
            block.append((label, read["value"].strip()))
        last = number
    if block:
        yield first, block


def parted_lines(tables: Sequence[PlainTable]) -> PlainTable | None:
    """Return the lines of a text as rows, where most are parted by dashes into as many parts or more; else None.

    What a line has more of belongs to its last part. Lines with fewer stand above the table.
    """
    lines = [*text_lines(tables)]
    parts = [_PARTED.split(line.strip()) for _, line in lines]
    several = [len(one) for one in parts if len(one) >= _FEWEST_PARTS]
    if len(several) < _FEWEST_LINES or len(several) <= len(lines) * _MOST_OTHERS:
        return None
    width = max(several, key=several.count)
    rows: list[TableRow] = []
    others: list[str] = []
    for (number, line), cells in zip(lines, parts, strict=True):
        if len(cells) < _FEWEST_PARTS:
            others.append(line)
        else:
            apart = _PARTED.split(line.strip(), maxsplit=width - 1)
            rows.append(TableRow(number, tuple(apart)))
    return PlainTable("", tuple(rows), tuple(others))


def holds_actions(tables: Sequence[PlainTable], is_ref: Callable[[str], object]) -> bool:
    """Return whether a text marks actions, is blocks of labelled lines, or lines parted by dashes that say when.

    Lines that name an action of the plan say how it stands, and are no log.
    """
    if sum(len(ACTION_MARK.findall(line)) for _, line in text_lines(tables)) > 1 or labelled_blocks(tables):
        return True
    table = parted_lines(tables)
    if table is None or any(is_ref(cell) for row in table.rows for cell in row.cells):
        return False
    return sum(any(map(looks_like_when, row.cells)) for row in table.rows) * 2 > len(table.rows)
