"""What each column of a table is: by the words over it, by what stands in it, and by what the others are."""

import re
from collections.abc import Mapping, Sequence

from handlers.logs.column_contents import (
    WORDS_OF_AN_ACTION,
    IsSomebody,
    filled_cells,
    is_merged_down,
    says_found,
    says_until,
    share_of,
    told_by_contents,
    told_together,
    words_each,
)
from handlers.logs.column_headings import LogColumn, heading_match
from handlers.logs.column_series import names_time, series_of
from handlers.logs.due_cells import is_whole_day, looks_like_when
from handlers.logs.layout import ColumnQuestion, LogLayout, goes_on, has_sub_heading, headings_at
from handlers.logs.status_cells import is_figure, looks_like_status
from models.files.tables import TableRow, column_letter
from models.rules.refs import ref_parts

_SCALE = re.compile(r"\(\s*\d\s*[-–]\s*\d\s*\)")
"""What says of a column of numbers that they are a scale: "Priority (1-3)"."""
_PREVIOUS = re.compile(r"\b(?:previous|prior|former|old)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\d+(?:\.\d+)? [a-z]+")
_SHOWN = 40
"""Rows below a heading that say what it stands over."""
_LONGEST_REF = 16
_MOST = 0.5
_WORDS_OF_A_DAY, _WORDS_OF_AN_UPDATE = 6, 1.7
_WORDS_OF_A_MARK, _MOST_MARKS = 1.5, 6
_ASKED_ALWAYS = (LogColumn.ACTION, LogColumn.LEAD, LogColumn.DUE)
"""Of several of these each that is not taken is asked about."""
_ONE_ONLY = (
    LogColumn.REF, LogColumn.ACTION, LogColumn.LEAD, LogColumn.DUE, LogColumn.REVISED, LogColumn.RATING,
    LogColumn.PROPOSED, LogColumn.CLOSED_ON, LogColumn.PRIORITY, LogColumn.UPDATE, LogColumn.SOURCE,
)  # fmt: skip


def columns_under(
    rows: Sequence[TableRow],
    place: int,
    chosen: Mapping[str, LogColumn] = {},
    is_somebody: IsSomebody = lambda cell: False,
) -> LogLayout:
    """Return what the columns under the row at `place` are.

    `chosen`: what somebody said a heading is. `is_somebody`: whether a cell names a post or an organisation.
    """
    return _Choice(rows, place, chosen).layout(is_somebody)


class _Choice:
    """The columns of one table while they are chosen, step by step. `fits`: what each may be by the words over it."""

    def __init__(self, rows: Sequence[TableRow], place: int, chosen: Mapping[str, LogColumn]) -> None:
        self.chosen, self.headings = chosen, headings_at(rows, place)
        under = place + has_sub_heading(rows, place)
        self.below = rows[under + 1 : under + 1 + _SHOWN]
        self.fits = {at: self._fitting(rows[under].cells, at, one) for at, one in enumerate(self.headings)}
        self.columns = dict.fromkeys(self.fits, LogColumn.PRINTED)
        self.asked: list[ColumnQuestion] = []

    def layout(self, is_somebody: IsSomebody) -> LogLayout:
        series = self._series()
        parts = self._parts()
        for at, several in self.fits.items():
            if several:
                self.columns[at] = _by_content(several, self.headings, at, self.below, self.fits)
                if self.columns[at] is LogColumn.CLOSED_ON not in several:
                    self._ask(at, LogColumn.CLOSED_ON)
                elif self.columns[at] is LogColumn.PRINTED and several[0] is LogColumn.RATING and self._cells(at):
                    self._ask(at, LogColumn.PRINTED, LogColumn.RATING)
        self.columns |= {places[-1]: column for column, places in series.items()}
        self._find_refs()
        comments = self._keep_one_each(is_somebody)
        self.asked += self._date_before()
        self._tell_the_rest(is_somebody)
        self._action_elsewhere()
        if LogColumn.UPDATE in series or len(comments) < 2:
            comments = ()
        series |= {LogColumn.UPDATE: comments} if comments else {}
        partners = () if LogColumn.LEAD in self.columns.values() else self._partners(is_somebody)
        return LogLayout(self.columns, self.headings, tuple(self.asked), series, parts, bool(comments), partners)

    def _fitting(self, under: Sequence[str], at: int, heading: str) -> tuple[LogColumn, ...]:
        if heading in self.chosen:
            return (self.chosen[heading],)
        return heading_match(under[at] if at < len(under) else "") or heading_match(heading)

    def _cells(self, at: int) -> list[str]:
        return filled_cells(self.below, at)

    def _ask(self, at: int, taken: LogColumn, *others: LogColumn) -> None:
        self.asked.append(ColumnQuestion(self.headings[at], at, taken, others))

    def _series(self) -> dict[LogColumn, tuple[int, ...]]:
        """Return the columns that stand once for each time, unless another column says the same in more rows."""
        found = series_of(
            self.headings, self.fits, lambda places: told_together([cell for at in places for cell in self._cells(at)])
        )
        for column, places in list(found.items()):
            others = [at for at, several in self.fits.items() if at not in places and several[:1] == (column,)]
            rows = sum(1 for row in self.below if not set(places).isdisjoint(row.filled))
            if any(len(self._cells(at)) >= rows for at in others):
                del found[column]
                continue
            if not self.fits[places[-1]]:
                self._ask(places[-1], column)
            self.fits |= {**dict.fromkeys(places, (LogColumn.PRINTED,)), places[-1]: (column,)}
        return found

    def _parts(self) -> tuple[int, ...]:
        """Return two columns over which one sentence goes on: the one ends in "…", or the other begins so."""
        may_be = [at for at, one in self.fits.items() if {*one} <= {LogColumn.ACTION, LogColumn.PRINTED}]
        for at in (one for one in may_be if one + 1 in may_be):
            pair = (at, at + 1)
            if any(goes_on(self.headings[one]) or share_of(goes_on, self._cells(one)) > _MOST for one in pair):
                self.fits |= {at: (LogColumn.ACTION,), at + 1: (LogColumn.PRINTED,)}
                self._ask(at + 1, LogColumn.ACTION)
                return pair
        return ()

    def _find_refs(self) -> None:
        """Take what are refs by their looks, or numbers beside a heading that is not the action's: "Rec."."""
        if LogColumn.REF in self.columns.values():
            return
        for at, column in self.columns.items():
            cells = self._cells(at)
            numbers = column is LogColumn.ACTION and all(map(str.isdecimal, cells)) and len(set(cells)) == len(cells)
            if (column is LogColumn.PRINTED and _are_refs(cells)) or (numbers and len(cells) > 1):
                self.columns[at] = LogColumn.REF
                return

    def _keep_one_each(self, is_somebody: IsSomebody) -> tuple[int, ...]:
        """Take one of the columns that are the same; return those with comments, where they are several."""
        comments: tuple[int, ...] = ()
        for column in _ONE_ONLY:
            same = [at for at, one in self.columns.items() if one is column]
            if len(same) < 2:
                continue
            likely = _likely(column, same, self.below, self.headings)
            if column is LogColumn.LEAD:
                most = max(share_of(is_somebody, self._cells(at)) for at in likely)
                likely = [at for at in likely if share_of(is_somebody, self._cells(at)) == most]
            kept = max(likely, key=lambda at: _fullness(column, self._cells(at), at))
            if column is LogColumn.UPDATE:
                comments = tuple(at for at in likely if self._cells(at))
            for at in same:
                if at != kept:
                    self.columns[at] = LogColumn.PRINTED
                    if column in _ASKED_ALWAYS and not any(self.headings[one] in self.chosen for one in same):
                        self._ask(at, LogColumn.PRINTED, column)
        return comments

    def _at(self, column: LogColumn) -> int | None:
        return next((at for at, one in self.columns.items() if one is column), None)

    def _date_before(self) -> list[ColumnQuestion]:
        """Ask about a "Date" before the action: it says rather when that was given out than when it is due."""
        due, action = self._at(LogColumn.DUE), self._at(LogColumn.ACTION)
        if due is None or action is None or due > action:
            return []
        if self.headings[due].casefold() != "date" or self.headings[due] in self.chosen:
            return []
        self.columns[due] = LogColumn.PRINTED
        return [ColumnQuestion(self.headings[due], due, LogColumn.PRINTED, (LogColumn.DUE,))]

    def _tell_the_rest(self, is_somebody: IsSomebody) -> None:
        """Tell columns by what stands in them, where the words over them say nothing; each is asked about."""
        again = {one.at for one in self.asked}
        unknown = [at for at in self.columns if self.headings[at] not in self.chosen]
        unknown = [at for at in unknown if (at in again or not self.fits[at]) and self.columns[at] is LogColumn.PRINTED]
        self._longer_action([at for at in unknown if not self.fits[at]])
        lacking = set(LogColumn) - set(self.columns.values())
        after = max((at for at, one in self.columns.items() if one in _ASKED_ALWAYS), default=len(self.columns))
        for at, column in told_by_contents(unknown, lacking, self.headings, self.below, is_somebody, after).items():
            self.columns[at] = column
            self.asked = [one for one in self.asked if one.at != at]
            self._ask(at, column)

    def _partners(self, is_somebody: IsSomebody) -> tuple[int, ...]:
        """Return the columns that are called after somebody each and hold marks."""
        named = [at for at, one in self.columns.items() if one is LogColumn.PRINTED and is_somebody(self.headings[at])]
        return tuple(named) if len(named) > 1 and all(_are_marks(self._cells(at)) for at in named) else ()

    def _longer_action(self, unknown: Sequence[int]) -> None:
        """Take sentences beside a column of short titles as the actions: "Action title", "Description"."""
        title = self._at(LogColumn.ACTION)
        if title is None or self.headings[title] in self.chosen or words_each(self._cells(title)) >= WORDS_OF_AN_ACTION:
            return
        titles = self._cells(title)
        for at in unknown:
            cells = self._cells(at)
            if (
                len(cells) == len(titles)
                and words_each(cells) >= 2 * words_each(titles)
                and not (is_merged_down(cells) or says_found(self.headings[at]))
            ):
                self.columns |= {title: LogColumn.PRINTED, at: LogColumn.ACTION}
                self._ask(title, LogColumn.PRINTED, LogColumn.ACTION)
                return

    def _action_elsewhere(self) -> None:
        """Take the fullest update as the action where nothing else is: "Our response", beside what was found."""
        updates = [at for at, one in self.columns.items() if one is LogColumn.UPDATE and self._cells(at)]
        if LogColumn.ACTION not in self.columns.values() and updates:
            fullest = max(updates, key=lambda at: len(self._cells(at)))
            self.columns[fullest] = LogColumn.ACTION
            self._ask(fullest, LogColumn.ACTION, LogColumn.UPDATE)


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


def _by_content(
    several: Sequence[LogColumn],
    headings: Sequence[str],
    at: int,
    below: Sequence[TableRow],
    fits: Mapping[int, Sequence[LogColumn]],
) -> LogColumn:
    """Return which of the columns that a heading may be it is."""
    cells = filled_cells(below, at)
    taken = several[0]
    others = {one for place, columns in fits.items() if place != at for one in columns[:1]}
    if len(several) > 1:
        taken = next((one for one in several if one not in others), taken)
    if taken in (LogColumn.RATING, LogColumn.UPDATE) and says_until(headings[at]) and _are_days(cells):
        return LogColumn.DUE if LogColumn.DUE not in others else LogColumn.PRINTED
    if taken is LogColumn.UPDATE and cells and all(map(str.isdecimal, cells)):
        return LogColumn.PRINTED
    of_actions = "action" in headings[at].casefold()
    if taken is LogColumn.ACTION and not of_actions and _are_days(cells):
        return LogColumn.DUE if LogColumn.DUE not in others else LogColumn.PRINTED
    if taken is LogColumn.ACTION and not of_actions and is_merged_down(cells):
        return LogColumn.PRINTED
    if taken in (LogColumn.RATING, LogColumn.UPDATE) and share_of(is_whole_day, cells) > _MOST:
        return LogColumn.CLOSED_ON if LogColumn.CLOSED_ON not in others else LogColumn.PRINTED
    if taken is LogColumn.RATING and cells and share_of(looks_like_status, cells) <= 0.4 and not _are_marks(cells):
        return LogColumn.UPDATE if LogColumn.UPDATE not in others else LogColumn.PRINTED
    if taken is LogColumn.REVISED and cells and share_of(looks_like_when, cells) <= 0.4:
        return LogColumn.UPDATE if LogColumn.UPDATE not in others else LogColumn.PRINTED
    if taken is LogColumn.UPDATE and "outcome" in headings[at].casefold():
        if len(headings[at].split()) > 1 and "action" not in headings[at].casefold():
            return LogColumn.PRINTED
        late = any(place < at and {LogColumn.DUE, LogColumn.CLOSED_ON} & {*columns} for place, columns in fits.items())
        return LogColumn.UPDATE if late and LogColumn.UPDATE not in others else LogColumn.PRINTED
    if taken is LogColumn.DUE and headings[at].casefold() == "date" and LogColumn.DUE in others:
        return LogColumn.PRINTED
    if taken is LogColumn.PRIORITY and _SCALE.search(headings[at]):
        return LogColumn.PRINTED
    if taken is LogColumn.PRIORITY and cells and not any(any(char.isdigit() for char in cell) for cell in cells):
        return LogColumn.PRINTED if share_of(_is_level, cells) > 0.5 else taken
    return taken


def _are_days(cells: Sequence[str]) -> bool:
    """Return whether most cells say when, and little else: "Milestone" may stand over when, or over what."""
    short = sum(len(cell.split()) for cell in cells) <= _WORDS_OF_A_DAY * len(cells)
    return short and share_of(looks_like_when, cells) > _MOST


def _are_marks(cells: Sequence[str]) -> bool:
    """Return whether cells are a few short marks, whatever they mean: "High", "Y"."""
    short = sum(len(cell.split()) for cell in cells) <= _WORDS_OF_A_MARK * len(cells)
    return short and len(set(cells)) <= _MOST_MARKS and not any(any(map(str.isdigit, cell)) for cell in cells)


def _is_level(text: str) -> bool:
    return text.strip().casefold() in ("high", "medium", "low", "h", "m", "l", "urgent", "normal")


def _likely(
    column: LogColumn, same: Sequence[int], below: Sequence[TableRow], headings: Sequence[str]
) -> Sequence[int]:
    """Return which of the columns with the same heading may be taken; how it was before is no more."""
    same = [at for at in same if not _PREVIOUS.search(headings[at])] or same
    likely: list[int] = []
    match column:
        case LogColumn.ACTION:
            likely = [at for at in same if "what" in headings[at].casefold() or "action" in headings[at].casefold()]
        case LogColumn.LEAD:
            likely = [at for at in same if "directorate" not in headings[at].casefold()]
        case LogColumn.UPDATE:
            # "Accepted", "Agreed": what somebody answered once.
            likely = [at for at in same if words_each(filled_cells(below, at)) >= _WORDS_OF_AN_UPDATE]
        case LogColumn.RATING:
            # How far it is in per cent says less than a rating.
            same = [at for at in same if share_of(is_figure, filled_cells(below, at)) < _MOST] or same
            # One of a quarter or a month was before the one of no time.
            likely = [at for at in same if not names_time(headings[at])]
    return likely or same


def _fullness(column: LogColumn, cells: Sequence[str], at: int) -> tuple[int, int]:
    """Return by what the fullest column is taken, of those the first; of actions the one with the most words."""
    if column is LogColumn.ACTION:
        return sum(map(len, cells)), -at
    return len(set(cells)) if column is LogColumn.REF else len(cells), -at


def _are_refs(cells: Sequence[str]) -> bool:
    """Return whether cells are refs: letters with a number or numbers with a point, each once."""
    parts = [len(ref_parts(cell)) for cell in cells]
    likely = max(parts, default=0) > 1 and all(parts) and len(set(cells)) == len(cells) > 1
    odd = any(len(cell) > _LONGEST_REF or cell.isalpha() or _AMOUNT.fullmatch(cell) for cell in cells)
    return likely and not odd and not any(map(looks_like_when, cells))
