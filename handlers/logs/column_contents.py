"""What the columns of a log are by what stands in them, where the words over them are none that are known.

Source: docs/explanation/action-logs.md, Which column is which.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence

from handlers.logs.column_headings import RAISED, LogColumn, heading_match
from handlers.logs.due_cells import looks_like_when
from handlers.logs.status_cells import looks_like_status, says_yes_or_no
from handlers.reading.normalise import fold
from models.files.tables import TableRow

IsSomebody = Callable[[str], bool]
"""Whether a cell names a post or an organisation of the plan."""

_MOST = 0.5
"""The share of a column's cells that has to say when, who or how it stands."""
WORDS_OF_AN_ACTION = 3.0
"""Words that the cells of a column of actions, or of what came of them, have on average."""
_MOST_ALIKE = 0.7
"""The share of different cells up to which a column is merged down."""
_SOME = 0.3
"""The share of a column's cells that name posts of the plan, where a row of headings is looked for."""
_TOO_MANY = 0.34
"""The share of a row's cells that say when or how something stands from which it is no row of headings."""
_WORDS_OF_A_SHORT_ONE = 1.5
"""The same where nothing else can be the actions."""
_FEWEST_HEADINGS = 3
_LONGEST_HEADING = 45
_FIRST_ROWS = 20
_ROWS_BELOW = 30
_NOW = frozenset(("now", "new", "revised", "current", "latest", "moved", "extended", "forecast", "present"))
_BEGIN = RAISED | frozenset(
    ("start", "starts", "begin", "begins", "from", "considered", "seen", "visited", "asked", "made")
)
_WHO = frozenset(("who", "whom", "whose"))
_UNTIL = frozenset(("by", "before", "end", "ends", "finish", "until", "due", "deadline", "target", "when", "suspense"))
_FOUND = frozenset(
    ("found", "told", "saw", "said", "notice", "finding", "findings", "weakness", "issue", "concern", "problem", "why",
     "impact", "benefit", "evidence", "proof", "risk", "learned", "learnt", "observed", "outcome", "result")
)  # fmt: skip
"""In a heading over what is not to be done, but was found, or will come of it."""
_CAME = frozenset(("did", "done", "happened", "happening", "progress", "resolution"))
"""In a heading over what came of it."""
_TO_DO = frozenset(("do", "will", "promise", "promised", "doing"))
_WORD = re.compile(r"[^\W\d_]+")


def filled_cells(rows: Sequence[TableRow], at: int) -> list[str]:
    """Return what stands in a column, in rows that have more than one cell."""
    return [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at] and len(row.filled) > 1]


def share_of(fits: Callable[[str], bool], cells: Sequence[str]) -> float:
    """Return the share of cells that fit; 0 where there are none."""
    return sum(1 for cell in cells if fits(cell)) / len(cells) if cells else 0.0


def is_merged_down(cells: Sequence[str]) -> bool:
    """Return whether the cells of a column say the same over several rows: what those rows are about."""
    return len(cells) >= _FEWEST_HEADINGS and len(set(cells)) <= _MOST_ALIKE * len(cells)


def told_by_contents(
    unknown: Sequence[int],
    lacking: Collection[LogColumn],
    headings: Sequence[str],
    below: Sequence[TableRow],
    is_somebody: IsSomebody,
    after: int = 0,
) -> dict[int, LogColumn]:
    """Return what columns are by their contents, for those that the headings do not say.

    Args:
        unknown: the places of columns whose headings say nothing.
        lacking: what no heading says: due, due now, lead, rating, action and update are looked for.
        headings: the words over each place.
        below: the rows under the headings.
        is_somebody: whether a cell names a post or an organisation.
        after: the place of the last column that says what is to be done, who does it or when.
    """
    cells = {at: filled_cells(below, at) for at in unknown}
    left = [at for at in unknown if cells[at]]
    found: dict[int, LogColumn] = {}

    def take(column: LogColumn, best: int | None) -> None:
        if best is not None and column in lacking:
            found[best] = column
            left.remove(best)

    days = [at for at in left if share_of(looks_like_when, cells[at]) > _MOST]
    now = [at for at in days if _says(_NOW, headings[at])] if len(days) > 1 else []
    ends = [at for at in days if at not in now and not _says(_BEGIN, headings[at])] or [
        at for at in days if at not in now
    ]
    take(LogColumn.REVISED, next(iter(now), None))
    ends = [at for at in ends if _says(_UNTIL, headings[at])] or ends
    take(LogColumn.DUE, max(ends, key=lambda at: (len(cells[at]), at), default=None))
    left = [at for at in left if at not in days]
    take(
        LogColumn.RATING,
        _fullest(left, cells, _is_mark),
    )
    others = [at for at in left if not _says(_BEGIN, headings[at])]
    lead = _fullest(others, cells, is_somebody)
    lead = _fullest(left, cells, is_somebody) if lead is None else lead
    take(LogColumn.LEAD, next((at for at in left if _says(_WHO, headings[at])), None) if lead is None else lead)
    least = WORDS_OF_AN_ACTION if len(left) > 1 else _WORDS_OF_A_SHORT_ONE
    told = sorted((at for at in left if words_each(cells[at]) >= least), key=lambda at: -words_each(cells[at]))
    told = [at for at in told if not is_merged_down(cells[at])]
    came = [at for at in told if _says(_CAME, headings[at])]
    if LogColumn.ACTION in lacking and told:
        acts = [at for at in told if not says_found(headings[at]) and at not in came] or told
        # What is to be done stands in every row; what came of it may be longer, and in few.
        action = max(acts, key=lambda at: (len(cells[at]), words_each(cells[at])))
        take(LogColumn.ACTION, action)
    later = [at for at in told if at in left and not says_found(headings[at])]
    later = [at for at in later if LogColumn.ACTION in found.values() or at > after]
    take(LogColumn.UPDATE, next((at for at in (*came, *later) if at in left), None))
    return found


def told_together(cells: Sequence[str]) -> LogColumn | None:
    """Return whether the cells of some columns together are ratings, later due days or updates; None for neither."""
    if share_of(looks_like_when, cells) > _MOST:
        return LogColumn.REVISED
    if share_of(_is_mark, cells) > _MOST:
        return LogColumn.RATING
    return LogColumn.UPDATE if words_each(cells) >= WORDS_OF_AN_ACTION else None


def structural_heading(rows: Sequence[TableRow], is_somebody: IsSomebody) -> int | None:
    """Return the place of a row that stands over columns, whatever its words: short, over days or posts, and texts."""
    for at, row in enumerate(rows[:_FIRST_ROWS]):
        cells = [" ".join(cell.split()) for cell in row.cells if cell.strip()]
        if len(cells) < _FEWEST_HEADINGS or max(map(len, cells)) > _LONGEST_HEADING or len(set(cells)) < len(cells):
            continue
        known = sum(1 for cell in cells if heading_match(cell))
        plain = [cell for cell in cells if not heading_match(cell)]
        if sum(1 for cell in plain if is_somebody(cell) or any(char.isdigit() for char in cell)) > known:
            continue
        if any(looks_like_when(cell) and any(char.isdigit() for char in cell) for cell in cells):
            continue
        if share_of(lambda cell: looks_like_when(cell) or looks_like_status(cell), cells) >= _TOO_MANY:
            continue
        below = [one for one in rows[at + 1 : at + 1 + _ROWS_BELOW] if len(one.filled) > 1]
        columns = [filled_cells(below, place) for place in range(len(row.cells))]
        says_when = any(share_of(looks_like_when, some) > _MOST for some in columns)
        says_who = any(_says(_WHO, cell) for cell in cells) or any(
            share_of(is_somebody, some) > _SOME for some in columns
        )
        if says_who and (says_when or known) and any(words_each(some) >= WORDS_OF_AN_ACTION for some in columns):
            return at
    return None


def _fullest(places: Sequence[int], cells: dict[int, list[str]], fits: Callable[[str], bool]) -> int | None:
    shares = {at: share_of(fits, cells[at]) for at in places}
    best = max(places, key=lambda at: (shares[at], at), default=None)
    return best if best is not None and shares[best] > _MOST else None


def _is_mark(cell: str) -> bool:
    """Return whether a cell says how something stands by a word, a letter or a sign; a number alone may be anything."""
    sign = unicodedata.category(cell[0]) in ("So", "Sm") or cell[0] in "½¼¾"
    said = says_yes_or_no(cell) or looks_like_status(cell)
    return sign or (said and any(map(str.isalpha, cell)))


def says_until(heading: str) -> bool:
    """Return whether a heading has a word such as stands over the days until which something is to be done."""
    return _says(_UNTIL, heading)


def says_found(heading: str) -> bool:
    """Return whether a heading stands over what was found, and not over what is to be done."""
    return _says(_FOUND, heading) and not _says(_TO_DO, heading)


def _says(words: Collection[str], heading: str) -> bool:
    return not set(words).isdisjoint(_WORD.findall(fold(heading)))


def words_each(cells: Sequence[str]) -> float:
    """Return how many words cells have on average."""
    return sum(len(cell.split()) for cell in cells) / len(cells) if cells else 0.0
