"""Which board a log is of, by its name or by what stands over it.

Source: docs/explanation/action-logs.md.
"""

import re
from collections.abc import Sequence

from handlers.context import RequestContext
from handlers.logs.layout import heading_place
from handlers.reading.likeness import Likeness
from handlers.reading.matching import find_name
from handlers.reading.plan_names import NameKind
from models.files.tables import PlainTable
from models.rules.facts import BoardCalendar

LINES_ABOVE = 12
"""Lines over a pasted table: the head of a mail and its greeting."""
_BETWEEN_NAMES = re.compile(r"[:,;–—()\n]|(?i:\b(?:action|actions|log|tracker|minutes|of|for|as at)\b)")
"""What stands beside a board's name in a title: "Partnership Board: action log", "Actions of the partnership"."""


def named_board(
    ctx: RequestContext, tables: Sequence[PlainTable], label: str, kept: Sequence[BoardCalendar]
) -> BoardCalendar | None:
    """Return the only board that the asker keeps, or the one that the log's name or a line over it names."""
    if len(kept) == 1:
        return kept[0]
    lines = [label.rpartition(".")[0].replace("_", " ").replace("-", " ")]
    for table in tables:
        place = heading_place(table.rows)
        titles = 1 if place is None else place
        lines += table.above[:LINES_ABOVE]
        lines += [
            ", ".join(filter(None, row.cells))
            for at, row in enumerate(table.rows[:LINES_ABOVE])
            if at < titles or len(row.filled) == 1
        ]
    for part in (one for line in lines for one in _BETWEEN_NAMES.split(line) if one.strip()):
        found = find_name(part, ctx.vocabulary, NameKind.BOARD)
        if found.one is not None and found.likeness >= Likeness.SHORT:
            return next((one for one in kept if one.board.key == found.one.key), None)
    return None
