"""Where a table of a log begins, the words over its columns, and what they are taken as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from handlers.logs.column_headings import LogColumn, heading_match, is_heading_row, is_sub_heading, risk_words
from models.files.tables import TableRow

_RISKS_OF_A_REGISTER = 3
_FIRST_ROWS = 40
_ELLIPSIS = " .…"
_LONGEST_SUB_HEADING = 30


@dataclass(frozen=True)
class ColumnQuestion:
    """A column that may be two things, or two columns that may be the same: which was taken, which may be meant."""

    heading: str
    at: int
    taken: LogColumn
    others: tuple[LogColumn, ...]


@dataclass(frozen=True)
class LogLayout:
    """The columns of a table, by place, and their headings as printed.

    `series`: the places of a column that stands once for each month or meeting, the latest one last. `parts`: those of
    the columns over which the words of an action go on, where they are several. `many_comments`: the series of updates
    is several columns of comments, of which it is not said which is later. `partners`: columns that are called after
    somebody each, in which marks say who leads and who supports. `is_of_actions`: it is a table of actions.
    `with_day`: the place of the column of leads, where it says behind each by when. `months`: columns that are called
    after a month each and hold a mark where work goes on.
    """

    columns: Mapping[int, LogColumn]
    headings: tuple[str, ...]
    asked: tuple[ColumnQuestion, ...] = field(default=())
    series: Mapping[LogColumn, tuple[int, ...]] = field(default_factory=dict)
    parts: tuple[int, ...] = ()
    many_comments: bool = False
    partners: tuple[int, ...] = ()
    is_of_actions: bool = True
    with_day: int | None = None
    months: tuple[int, ...] = ()

    @cached_property
    def taken(self) -> frozenset[int | None]:
        """The places of columns that every row is read from, those of a series left out."""
        kept = (LogColumn.PRINTED, *self.series)
        return frozenset((*self.parts, *(at for at, one in self.columns.items() if one not in kept)))

    @cached_property
    def _places(self) -> dict[LogColumn, int]:
        return {one: place for place, one in reversed(list(self.columns.items()))}

    def at(self, column: LogColumn, row: TableRow | None = None) -> int | None:
        """Return the place of a column, or None; in a `row` that of the latest of a series that says something."""
        if column is LogColumn.DUE and column not in self._places:
            return self.with_day
        if row is None or column not in self.series:
            return self._places.get(column)
        return next((at for at in reversed(self.series[column]) if at in row.filled), self._places.get(column))

    def last_marked(self, row: TableRow) -> str:
        """Return what the last column of a plan by months is called in which a row has its mark; else ""."""
        return next((self.headings[at] for at in reversed(self.months) if at in row.filled), "")

    def words_over(self, row: TableRow) -> str:
        """Return the words of an action that stand over several columns of a row, and in their headings."""
        pieces = []
        for at in (one for one in self.parts if one in row.filled):
            heading = self.headings[at] if goes_on(self.headings[at]) else ""
            pieces += [heading.strip(_ELLIPSIS), row.cells[at].strip(_ELLIPSIS)]
        return " ".join(filter(None, pieces))

    def read_as(self) -> str:
        """Return in a sentence what each column was read as."""
        read: dict[LogColumn, list[str]] = {}
        for at, column in sorted(self.columns.items()):
            column = next((one for one, places in self.series.items() if at in places), column)
            if at in self.parts or self.heading(at):
                read.setdefault(LogColumn.ACTION if at in self.parts else column, []).append(self.heading(at))
                if at == self.with_day:
                    read.setdefault(LogColumn.DUE, []).append(self.heading(at))
        kept = read.pop(LogColumn.PRINTED, [])
        said = " · ".join(f"{', '.join(headings)} → {column}" for column, headings in read.items())
        return f"Read as: {said}" + (f"; kept as printed: {', '.join(kept)}." if kept else ".")

    def heading(self, at: int) -> str:
        """Return the heading of a place, or ""."""
        return self.headings[at] if at < len(self.headings) else ""


def is_risk_register(rows: Sequence[TableRow]) -> bool:
    """Return whether a table is a register of risks."""
    return any(risk_words(row.cells) >= _RISKS_OF_A_REGISTER for row in rows[:_FIRST_ROWS])


def heading_place(rows: Sequence[TableRow]) -> int | None:
    """Return the place in `rows` of the first row that says by its words what columns it stands over, or None.

    Of two that are merged downwards it is the second.
    """
    place = next((at for at, row in enumerate(rows) if is_heading_row(row.cells)), None)
    if place is not None and place + 1 < len(rows) and is_merged_heading(rows[place], rows[place + 1]):
        return place + 1
    return place


def is_merged_heading(above: TableRow, row: TableRow) -> bool:
    """Return whether two rows are one row of headings, some of which are merged downwards over both."""
    pairs = list(zip(above.cells, row.cells, strict=False))
    merged = sum(1 for one, other in pairs if one and one == other)
    return (
        merged > 1
        and pairs[0][0] == pairs[0][1] != ""
        and merged < len(row.filled)
        and is_heading_row(row.cells[: len(above.cells)])
    )


def has_sub_heading(rows: Sequence[TableRow], place: int) -> bool:
    """Return whether the row below a row of headings belongs to it."""
    below = rows[place + 1] if place + 1 < len(rows) else None
    if below is None or 0 in below.filled:
        return False
    return is_sub_heading(below.cells) or _is_under_spans(rows[place], below)


def _is_under_spans(row: TableRow, below: TableRow) -> bool:
    """Return whether a row has nothing but words under headings that are over several columns, whatever it says."""
    spans = {at for at in row.filled if at + 1 not in row.filled and at + 1 in below.filled}
    under = [at for at in below.filled if at in spans or at not in row.filled]
    return (
        len(below.filled) > 1
        and under == list(below.filled)
        and all(len(cell) <= _LONGEST_SUB_HEADING for cell in below.cells)
    )


def headings_at(rows: Sequence[TableRow], place: int) -> tuple[str, ...]:
    """Return the headings of a row, each with what a row of headings above or below it says as well."""
    cells = rows[place].cells
    if has_sub_heading(rows, place):
        return _over_and_under(cells, rows[place + 1].cells)
    above = rows[place - 1] if place and rows[place - 1].number == rows[place].number - 1 else None
    merged = above is not None and is_merged_heading(above, rows[place])
    if above is None or (not merged and (0 in above.filled or is_heading_row(above.cells))):
        return tuple(" ".join(cell.split()) for cell in cells)
    return _over_and_under(above.cells, cells)


def _over_and_under(above: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    """Return each heading with the one over it, which may be over several."""
    carried, found = "", []
    for at in range(max(len(cells), len(above))):
        over = above[at] if at < len(above) else ""
        carried = over or carried
        own = cells[at] if at < len(cells) else ""
        alone = not own or own == over or (heading_match(own) and not over)
        own = "" if own == over else own
        found.append(" ".join(f"{over if alone else carried} {own}".split()))
    return tuple(found)


def goes_on(text: str) -> bool:
    """Return whether words go on elsewhere: "That the Cabinet be asked to…"."""
    plain = text.replace("...", "…").strip()
    return plain.startswith("…") or plain.endswith("…")
