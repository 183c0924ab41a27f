"""Where a table of a log begins, and what each of its columns is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from handlers.logs.column_contents import (
    IsSomebody,
    filled_cells,
    is_merged_down,
    share_of,
    told_by_contents,
    told_together,
)
from handlers.logs.column_headings import LogColumn, heading_match, is_heading_row, is_sub_heading, risk_words
from handlers.logs.column_series import series_of
from handlers.logs.due_cells import looks_like_when
from handlers.logs.status_cells import is_figure, looks_like_status
from models.files.tables import TableRow, column_letter
from models.rules.refs import ref_parts

_RISKS_OF_A_REGISTER = 3
_SHOWN = 40
"""Rows below a heading that say what it stands over."""
_LONGEST_REF = 16
_ELLIPSIS = " .…"
_MOST = 0.5
_LONGEST_SUB_HEADING = 30
_MOST_ARE_DAYS = 0.5
_WORDS_OF_A_DAY = 6
_WORDS_OF_A_MARK, _MOST_MARKS = 1.5, 6
_ONE_ONLY = (
    LogColumn.REF, LogColumn.ACTION, LogColumn.LEAD, LogColumn.DUE, LogColumn.REVISED, LogColumn.RATING,
    LogColumn.PROPOSED, LogColumn.CLOSED_ON, LogColumn.PRIORITY, LogColumn.UPDATE, LogColumn.SOURCE,
)  # fmt: skip


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
    the columns over which the words of an action go on, where they are several.
    """

    columns: Mapping[int, LogColumn]
    headings: tuple[str, ...]
    asked: tuple[ColumnQuestion, ...] = field(default=())
    series: Mapping[LogColumn, tuple[int, ...]] = field(default_factory=dict)
    parts: tuple[int, ...] = ()

    @cached_property
    def _places(self) -> dict[LogColumn, int]:
        return {one: place for place, one in reversed(list(self.columns.items()))}

    def at(self, column: LogColumn, row: TableRow | None = None) -> int | None:
        """Return the place of a column, or None; in a `row` that of the latest of a series that says something."""
        latest = reversed(self.series.get(column, ())) if row is not None else ()
        return next((at for at in latest if row is not None and at in row.filled), self._places.get(column))

    def words_over(self, row: TableRow) -> str:
        """Return the words of an action that stand over several columns of a row, and in their headings."""
        pieces = []
        for at in (one for one in self.parts if one in row.filled):
            heading = self.headings[at] if _goes_on(self.headings[at]) else ""
            pieces += [heading.strip(_ELLIPSIS), row.cells[at].strip(_ELLIPSIS)]
        return " ".join(filter(None, pieces))

    def heading(self, at: int) -> str:
        """Return the heading of a place, or ""."""
        return self.headings[at] if at < len(self.headings) else ""


def is_risk_register(rows: Sequence[TableRow]) -> bool:
    """Return whether a table is a register of risks."""
    return any(risk_words(row.cells) >= _RISKS_OF_A_REGISTER for row in rows[:_SHOWN])


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


def columns_under(
    rows: Sequence[TableRow],
    place: int,
    chosen: Mapping[str, LogColumn] = {},
    is_somebody: IsSomebody = lambda cell: False,
) -> LogLayout:
    """Return what the columns under the row at `place` are.

    `chosen`: what somebody said a heading is. `is_somebody`: whether a cell names a post or an organisation.
    """
    headings = _headings(rows, place)
    below = rows[place + 1 : place + 1 + _SHOWN]
    fits: dict[int, tuple[LogColumn, ...]] = {}
    for at, heading in enumerate(headings):
        under = rows[place + 1].cells if has_sub_heading(rows, place) else rows[place].cells
        own = under[at] if at < len(under) else ""
        match = heading_match(own) if heading_match(own).columns else heading_match(heading)
        fits[at] = (chosen[heading],) if heading in chosen else match.columns
    columns: dict[int, LogColumn] = dict.fromkeys(fits, LogColumn.PRINTED)
    asked: list[ColumnQuestion] = []
    series = _series(headings, fits, below)
    for column, places in series.items():
        asked += [] if fits[places[-1]] else [ColumnQuestion(headings[places[-1]], places[-1], column, ())]
        fits |= {**dict.fromkeys(places, (LogColumn.PRINTED,)), places[-1]: (column,)}
    parts = _parts(headings, fits, below)
    if parts:
        fits |= {**dict.fromkeys(parts, (LogColumn.PRINTED,)), parts[0]: (LogColumn.ACTION,)}
        asked.append(ColumnQuestion(headings[parts[1]], parts[1], LogColumn.ACTION, ()))
    for at, several in fits.items():
        if several:
            columns[at] = _by_content(several, headings, at, below, fits)
    columns |= {places[-1]: column for column, places in series.items()}
    if LogColumn.REF not in columns.values():
        refs = next(
            (at for at, one in columns.items() if one is LogColumn.PRINTED and _are_refs(filled_cells(below, at))), None
        )
        columns |= {refs: LogColumn.REF} if refs is not None else {}
    for column in _ONE_ONLY:
        same = [at for at, one in columns.items() if one is column]
        if len(same) < 2:
            continue
        kept = _kept(column, same, below, headings)
        for at in same:
            if at != kept:
                columns[at] = LogColumn.PRINTED
        if column in (LogColumn.ACTION, LogColumn.LEAD, LogColumn.DUE) and not any(
            headings[at] in chosen for at in same
        ):
            asked += [ColumnQuestion(headings[at], at, LogColumn.PRINTED, (column,)) for at in same if at != kept]
    again = {one.at for one in asked}
    asked += _dates_before(columns, headings, chosen)
    unknown = [at for at in columns if headings[at] not in chosen and (at in again or not fits[at])]
    unknown = [at for at in unknown if columns[at] is LogColumn.PRINTED]
    lacking = set(LogColumn) - set(columns.values())
    for at, column in told_by_contents(unknown, lacking, headings, below, is_somebody).items():
        columns[at] = column
        asked = [one for one in asked if one.at != at]
        asked.append(ColumnQuestion(headings[at], at, column, ()))
    updates = [at for at, one in columns.items() if one is LogColumn.UPDATE and filled_cells(below, at)]
    if LogColumn.ACTION not in columns.values() and updates:
        # "Our response", beside what was found: nothing else is there to be done.
        fullest = max(updates, key=lambda at: len(filled_cells(below, at)))
        columns[fullest] = LogColumn.ACTION
        asked.append(ColumnQuestion(headings[fullest], fullest, LogColumn.ACTION, (LogColumn.UPDATE,)))
    return LogLayout(columns, headings, tuple(asked), series, parts)


def _parts(
    headings: Sequence[str], fits: Mapping[int, tuple[LogColumn, ...]], below: Sequence[TableRow]
) -> tuple[int, ...]:
    """Return two columns over which one sentence goes on: the one ends in "…", or the other begins so."""
    may_be = [at for at in fits if set(fits[at]) <= {LogColumn.ACTION, LogColumn.PRINTED}]
    for at in (one for one in may_be if one + 1 in may_be):
        texts = ([headings[at], *filled_cells(below, at)], [headings[at + 1], *filled_cells(below, at + 1)])
        if (
            _goes_on(headings[at])
            or _goes_on(headings[at + 1])
            or all(share_of(_goes_on, some) > _MOST for some in texts)
        ):
            return at, at + 1
    return ()


def _goes_on(text: str) -> bool:
    """Return whether words go on elsewhere: "That the Cabinet be asked to…"."""
    return text.replace("...", "…").strip()[:1] == "…" or text.replace("...", "…").strip()[-1:] == "…"


def _series(
    headings: Sequence[str], fits: Mapping[int, tuple[LogColumn, ...]], below: Sequence[TableRow]
) -> dict[LogColumn, tuple[int, ...]]:
    """Return the columns that stand once for each time, unless another column says the same in more rows."""

    def told(places: Sequence[int]) -> LogColumn | None:
        return told_together([cell for at in places for cell in filled_cells(below, at)])

    found = series_of(headings, fits, told)
    for column, places in list(found.items()):
        others = [at for at, several in fits.items() if at not in places and several[:1] == (column,)]
        rows = sum(1 for row in below if not set(places).isdisjoint(row.filled))
        if any(len(filled_cells(below, at)) >= rows for at in others):
            del found[column]
    return found


def _dates_before(
    columns: dict[int, LogColumn], headings: Sequence[str], chosen: Mapping[str, LogColumn]
) -> list[ColumnQuestion]:
    """Ask about a "Date" that stands before the action: it says rather when that was given out than when it is due."""
    due = next((at for at, one in columns.items() if one is LogColumn.DUE), None)
    action = next((at for at, one in columns.items() if one is LogColumn.ACTION), None)
    if due is None or action is None or due > action or headings[due].casefold() != "date" or headings[due] in chosen:
        return []
    columns[due] = LogColumn.PRINTED
    return [ColumnQuestion(headings[due], due, LogColumn.PRINTED, (LogColumn.DUE,))]


def columns_by_content(rows: Sequence[TableRow], chosen: Mapping[str, LogColumn]) -> LogLayout | None:
    """Return the columns of rows that have no headings, by what they hold; None where nothing tells."""
    width = max((len(row.cells) for row in rows), default=0)
    if width < 2:
        return None
    columns: dict[int, LogColumn] = {}
    longest = max(range(width), key=lambda at: sum(map(len, filled_cells(rows, at))))
    for at in range(width):
        cells = filled_cells(rows, at)
        if at == longest:
            columns[at] = LogColumn.ACTION
        elif cells and share_of(looks_like_when, cells) > 0.6:
            columns[at] = LogColumn.DUE
        elif cells and share_of(looks_like_status, cells) > 0.6:
            columns[at] = LogColumn.RATING
        else:
            columns[at] = LogColumn.PRINTED
    left = [at for at, one in columns.items() if one is LogColumn.PRINTED and filled_cells(rows, at)]
    if LogColumn.DUE not in columns.values() or len(left) != 1:
        return None
    columns[left[0]] = LogColumn.LEAD
    letters = tuple(f"column {column_letter(at)}" for at in range(width))
    columns |= {at: chosen[letter] for at, letter in enumerate(letters) if letter in chosen}
    asked = tuple(ColumnQuestion(letters[at], at, one, ()) for at, one in columns.items())
    return LogLayout(columns, letters, asked)


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


def _headings(rows: Sequence[TableRow], place: int) -> tuple[str, ...]:
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
        alone = not own or own == over or (heading_match(own).columns and not over)
        own = "" if own == over else own
        found.append(" ".join(f"{over if alone else carried} {own}".split()))
    return tuple(found)


def _by_content(
    several: tuple[LogColumn, ...],
    headings: Sequence[str],
    at: int,
    below: Sequence[TableRow],
    fits: Mapping[int, tuple[LogColumn, ...]],
) -> LogColumn:
    """Return which of the columns that a heading may be it is."""
    cells = filled_cells(below, at)
    taken = several[0]
    others = {one for place, columns in fits.items() if place != at for one in columns[:1]}
    if len(several) > 1:
        taken = next((one for one in several if one not in others), taken)
    of_actions = "action" in headings[at].casefold()
    if taken is LogColumn.ACTION and not of_actions and _are_days(cells):
        return LogColumn.DUE if LogColumn.DUE not in others else LogColumn.PRINTED
    if taken is LogColumn.ACTION and not of_actions and is_merged_down(cells):
        return LogColumn.PRINTED
    if taken is LogColumn.RATING and cells and share_of(looks_like_status, cells) <= 0.4 and not _are_marks(cells):
        return LogColumn.UPDATE if LogColumn.UPDATE not in others else LogColumn.PRINTED
    if taken is LogColumn.REVISED and cells and share_of(looks_like_when, cells) <= 0.4:
        return LogColumn.UPDATE if LogColumn.UPDATE not in others else LogColumn.PRINTED
    if taken is LogColumn.UPDATE and "outcome" in headings[at].casefold():
        due = next((place for place, columns in fits.items() if LogColumn.DUE in columns), None)
        late = due is not None and at > due
        return LogColumn.UPDATE if late and LogColumn.UPDATE not in others else LogColumn.PRINTED
    if taken is LogColumn.DUE and headings[at].casefold() == "date" and LogColumn.DUE in others:
        return LogColumn.PRINTED
    if taken is LogColumn.PRIORITY and cells and not any(any(char.isdigit() for char in cell) for cell in cells):
        return LogColumn.PRINTED if share_of(_is_level, cells) > 0.5 else taken
    return taken


def _are_days(cells: Sequence[str]) -> bool:
    """Return whether most cells say when, and little else: "Milestone" may stand over when, or over what."""
    short = sum(len(cell.split()) for cell in cells) <= _WORDS_OF_A_DAY * len(cells)
    return short and share_of(looks_like_when, cells) > _MOST_ARE_DAYS


def _are_marks(cells: Sequence[str]) -> bool:
    """Return whether cells are a few short marks, whatever they mean: "High", "Y"."""
    short = sum(len(cell.split()) for cell in cells) <= _WORDS_OF_A_MARK * len(cells)
    return short and len(set(cells)) <= _MOST_MARKS and not any(any(map(str.isdigit, cell)) for cell in cells)


def _is_level(text: str) -> bool:
    return text.strip().casefold() in ("high", "medium", "low", "h", "m", "l", "urgent", "normal")


def _kept(column: LogColumn, same: Sequence[int], below: Sequence[TableRow], headings: Sequence[str]) -> int:
    """Return which of the columns with the same heading is taken: the fullest, of those the one with the most words."""
    if column is LogColumn.ACTION:
        plans = [at for at in same if "what" in headings[at].casefold() or "action" in headings[at].casefold()]
        same = plans or list(same)
        return max(same, key=lambda at: (sum(map(len, filled_cells(below, at))), -at))
    if column is LogColumn.LEAD:
        exact = [at for at in same if "directorate" not in headings[at].casefold()]
        same = exact or list(same)
    if column is LogColumn.RATING:
        # How far it is in per cent says less than a rating.
        same = [at for at in same if share_of(is_figure, filled_cells(below, at)) < _MOST_ARE_DAYS] or list(same)
    if column is LogColumn.REF:
        return max(same, key=lambda at: (len(set(filled_cells(below, at))), -at))
    return max(same, key=lambda at: (len(filled_cells(below, at)), -at))


def _are_refs(cells: Sequence[str]) -> bool:
    """Return whether cells are refs: letters with a number or numbers with a point, each once."""
    fits = sum(1 for cell in cells if len(ref_parts(cell)) > 1 and len(cell) <= _LONGEST_REF)
    return len(cells) > 1 and fits == len(cells) == len(set(cells)) and not any(map(looks_like_when, cells))
