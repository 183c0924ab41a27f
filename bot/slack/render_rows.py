"""Show actions and measures as rows: a table that the reader sorts and filters, or the same of two lines each. Pure.

Source: https://docs.slack.dev/reference/block-kit/blocks/data-table-block.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.plain_text import FACTS_BETWEEN, circled
from bot.slack import limits
from bot.slack.limits import Block, Cost, cost
from bot.slack.render_blocks import Piece, safe_line, text_elements
from handlers.responses import NEVER_DUE, ActionLine, MeasureRow, RowCells

DATA_TABLE = "data_table"
TABLE_COLUMNS = ("Ref", "Action", "Lead", "Due", "Status", "Missed", "Last words")
"""The columns of a table of actions."""
MEASURE_COLUMNS = ("Ref", "Measure", "Figure", "Target", "Status", "Direction")
"""Those of a table of measures, whose plainer form has ref, words and status where that of actions has them."""
_NEWS = "What is new"
"""The heading of the last column where that is what the list is about."""
_COUNT = re.compile(r"(?:: |^)\d+ (?:action|measure)s?$")
_NOTHING = "–"
_REF, _WORDS, _CELL, _LAST = 40, 90, 150, 300
"""Characters of a cell, at most."""


def table_block(rows: Sequence[tuple[ActionLine, RowCells]], caption: str) -> Block:
    """Return actions as a table; `caption` says what they are, "" for nothing more, and must be safe already."""
    last = _NEWS if any(facts.is_news for _, facts in rows) else TABLE_COLUMNS[-1]
    return _table([[*map(_text, TABLE_COLUMNS[:-1]), _text(last)], *(_cells(*row) for row in rows)], caption)


def measure_table(rows: Sequence[MeasureRow], caption: str) -> Block:
    """Return measures as a table; `caption` as of one of actions."""
    return _table([[*map(_text, MEASURE_COLUMNS)], *map(_measure_cells, rows)], caption)


def joined_table(one: Block, other: Block) -> Block | None:
    """Return two tables as one, under the caption of the first; None where that has too many rows."""
    rows = [*one["rows"], *other["rows"][1:]]
    return _table(rows, _COUNT.sub("", one["caption"])) if len(rows) <= limits.TABLE_ROWS + 1 else None


def row_cost(table: Block) -> Cost:
    """Return what the rows of a table count for, in it or out of it, whichever is more."""
    inside, outside = cost([{**table, "rows": table["rows"][1:]}]), cost([two_line_rows(table)])
    characters = max(inside.characters, outside.characters)
    return Cost(0, characters, characters)


def two_line_rows(table: Block) -> Block:
    """Return the rows of a table as a list of two lines each: ref, status, words; lead, due, missed.

    Where rows of the same lead stand together for the most part, what they share is said once over them.
    """
    headings, *rows = table["rows"]
    news = headings[-1]["text"] == _NEWS
    runs = [(facts, list(some)) for facts, some in groupby(rows, _facts_of)]
    shared = 2 * len(runs) <= len(rows)
    elements: list[Block] = []
    for facts, some in runs if shared else [("", rows)]:
        if facts:
            elements.append(_section((facts, "italic")))
        items = [_section(*_pieces_of(row, "" if shared else _facts_of(row)), *_news_of(row, news)) for row in some]
        elements.append({"type": "rich_text_list", "style": "bullet", "elements": items})
    return {"type": "rich_text", "elements": elements}


def _section(*pieces: Piece) -> Block:
    return {"type": "rich_text_section", "elements": text_elements(pieces)}


def row_pieces(ref: str, status: str, words: str, facts: str) -> Iterator[Piece]:
    """Yield the two lines of a row; all must be safe already."""
    yield ref, "bold"
    yield f"{'  ' if ref else ''}{status}{FACTS_BETWEEN if words else ''}{words}", ""
    if facts:
        yield f"\n{facts}", ""


def _pieces_of(row: Sequence[Block], facts: str) -> Iterator[Piece]:
    ref, words, _, _, status, *_ = (cell["text"] for cell in row)
    yield from row_pieces(ref, status, words, facts)


def _facts_of(row: Sequence[Block]) -> str:
    """Return the second line of a row: lead, due, missed; of a measure, figure, target, direction."""
    if len(row) == len(MEASURE_COLUMNS):
        _, _, figure, target, _, moved = (cell["text"].removesuffix(_NOTHING) for cell in row)
        return FACTS_BETWEEN.join(filter(None, (figure, f"target {target}" if target else "", moved)))
    _, _, lead, due, _, missed, _ = (cell["text"] for cell in row)
    due = f"due {due}" if row[3]["value"] < NEVER_DUE else due
    missed = f"{missed} missed" if row[5]["value"] else ""
    return FACTS_BETWEEN.join(filter(None, (lead, due, missed)))


def _news_of(row: Sequence[Block], is_news: bool) -> Iterator[Piece]:
    if is_news:
        yield f"\n{row[-1]['text']}", "italic"


def _table(rows: list[list[Block]], caption: str) -> Block:
    many = len(rows) - 1
    page = max(1, min(limits.TABLE_PAGE, many))
    what = rows[0][1]["text"].lower()
    counted = f"{caption}{': ' if caption else ''}{many} {what}{'' if many == 1 else 's'}"
    return {"type": DATA_TABLE, "caption": counted, "rows": rows, "page_size": page, "row_header_column_index": 0}


def _cells(row: ActionLine, facts: RowCells) -> list[Block]:
    return [
        _text(safe_line(row.ref, _REF)),
        _text(safe_line(row.words, _WORDS)),
        _text(safe_line(facts.lead, _CELL)),
        _number(facts.due_order, safe_line(facts.due_on, _CELL)),
        _text(f"{circled(row.status)}, {safe_line(facts.beside, _REF)}" if facts.beside else circled(row.status)),
        _number(facts.missed, str(facts.missed)),
        _text(safe_line(row.last, _LAST)),
    ]


def _measure_cells(row: MeasureRow) -> list[Block]:
    cells = (row.figure, row.target, row.status, row.moved)
    ends = (safe_line(row.ref, _REF), safe_line(row.words, _WORDS))
    return [*map(_text, ends), *(_text(safe_line(cell, _CELL)) for cell in cells)]


def _text(text: str) -> Block:
    return {"type": "raw_text", "text": text or _NOTHING}


def _number(value: int, text: str) -> Block:
    """Return a cell that sorts by its number and shows its text."""
    return {"type": "raw_number", "value": value, "text": text or _NOTHING}


TABLE_COST = cost([table_block([], _NOTHING)])
"""What a table counts for without its rows."""
