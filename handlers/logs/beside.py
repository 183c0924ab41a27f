"""Tables of other shapes as rows under headings: lists beside each other, cards, and sheets that lie on their side."""

from collections.abc import Iterator, Sequence

from handlers.logs.column_headings import is_heading_row
from handlers.logs.sections import key_table
from models.files.tables import PlainTable, TableRow, column_letter

_FIRST_ROWS = 20
_NARROWEST = 2


def tables_apart(tables: Sequence[PlainTable]) -> list[PlainTable]:
    """Return the tables, each that is several beside each other as those several, and each card as a row."""
    return [turned for table in tables for part in _parts(table) for turned in _turned(part)]


def _turned(table: PlainTable) -> Iterator[PlainTable]:
    """Yield each card of a table that is nothing but cards, headings in its first column, as headings and a row.

    A table that lies on its side, one action a column, is yielded upright.
    """
    if upright := _upright(table):
        yield upright
        return
    cards: list[list[TableRow]] = []
    for row in table.rows:
        if not cards or row.number != cards[-1][-1].number + 1 or row.cells[0] == cards[-1][0].cells[0]:
            cards.append([])
        cards[-1].append(row)
    if not cards or not all(map(_is_card, cards)):
        yield table
        return
    for card in cards:
        headings, values = (tuple(row.cells[at] if at < len(row.cells) else "" for row in card) for at in (0, 1))
        number = card[0].number
        yield PlainTable(
            table.name, (TableRow(number, headings), TableRow(number + 1, values)), table.above, table.first
        )


def _upright(table: PlainTable) -> PlainTable | None:
    """Return a table whose headings stand in its first column beside several actions, with each as a row; else None."""
    first = next((at for at, row in enumerate(table.rows) if 0 in row.filled and len(row.filled) > _NARROWEST), 0)
    rows = table.rows[first:]
    width = max((len(row.cells) for row in rows), default=0)
    labels = [row.cells[0] for row in rows]
    if width <= _NARROWEST or not is_heading_row(labels) or any(is_heading_row(row.cells) for row in rows):
        return None
    columns = [tuple(row.cells[at] if at < len(row.cells) else "" for row in rows) for at in range(width)]
    number = rows[0].number
    above = (*table.above, *(" ".join(filter(None, row.cells)) for row in table.rows[:first]))
    turned = tuple(TableRow(number + at, cells) for at, cells in enumerate(columns) if any(cells))
    return PlainTable(table.name, turned, above, table.first)


def _is_card(rows: Sequence[TableRow]) -> bool:
    firsts = [row.cells[0] for row in rows]
    return max(len(row.cells) for row in rows) == _NARROWEST and len(rows) > _NARROWEST and is_heading_row(firsts)


def _parts(table: PlainTable) -> Iterator[PlainTable]:
    cuts = _cuts(table.rows)
    if not cuts:
        yield table
        return
    width = max(len(row.cells) for row in table.rows)
    for first, end in zip((0, *cuts), (*cuts, width), strict=True):
        columns = f"columns {column_letter(first)} to {column_letter(end - 1)}"
        rows = tuple(filter(lambda row: row.filled, (_slice(row, first, end) for row in table.rows)))
        yield PlainTable(f"{table.name}, {columns}".removeprefix(", "), rows, table.above, first)


def _cuts(rows: Sequence[TableRow]) -> tuple[int, ...]:
    """Return the places at which a list begins beside another: where headings come again, or behind an empty column."""
    for at, row in enumerate(rows[:_FIRST_ROWS]):
        cells = row.cells
        half, odd = divmod(len(cells), 2)
        if not odd and half >= _NARROWEST and cells[:half] == cells[half:] and is_heading_row(cells[:half]):
            return (half,)
        if not is_heading_row(cells):
            continue
        filled = {place for one in rows[at:] for place in one.filled}
        begins = [place for place in sorted(filled) if place and place - 1 not in filled]
        ends = (*begins[1:], max(filled) + 1)
        cuts = [
            first
            for first, end in zip(begins, ends, strict=False)
            if end - first >= _NARROWEST and _is_list([_slice(one, first, end) for one in rows[at:]])
        ]
        if cuts:
            return tuple(cuts)
    return ()


def _is_list(rows: Sequence[TableRow]) -> bool:
    """Return whether rows are a list of their own, or a key: they begin with a row of headings."""
    return is_heading_row(rows[0].cells) or bool(key_table([row for row in rows if row.filled]))


def _slice(row: TableRow, first: int, end: int) -> TableRow:
    cells = list(row.cells[first:end])
    while cells and not cells[-1]:
        cells.pop()
    struck = tuple((at - first, text) for at, text in row.struck if first <= at < end)
    return TableRow(row.number, tuple(cells), struck)
