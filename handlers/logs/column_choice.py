"""What each column of a table is: the words over it, what stands in it and what the others are, weighed together.

Source: docs/explanation/action-logs.md, Which column is which.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from handlers.logs.column_contents import (
    IsSomebody,
    contents_of,
    filled_cells,
    name_likeness,
    share_of,
    told_together,
    who_and_when,
)
from handlers.logs.column_headings import LogColumn, heading_evidence, heading_match, is_of_decisions
from handlers.logs.column_series import names_time, series_of
from handlers.logs.due_cells import looks_like_when
from handlers.logs.layout import ColumnQuestion, LogLayout, goes_on, has_sub_heading, headings_at
from handlers.logs.status_cells import read_status_cell
from handlers.reading.normalise import fold
from models.files.tables import TableRow, column_letter

_SCALE = re.compile(r"\(\s*\d\s*[-–]\s*\d\s*\)")
"""What says of a column of numbers that they are a scale: "Priority (1-3)"."""
_MARK = re.compile(r"x{1,3}|[^\w\s]{1,3}")
"""What fills the months of a plan in which work goes on."""
_FEWEST_MONTHS = 3
_LEVELS = frozenset(("high", "medium", "low", "h", "m", "l", "urgent", "normal"))
_SHOWN = 40
"""Rows below a heading that say what it stands over."""
_MOST = 0.5
_BY_HEADING = {
    LogColumn.SOURCE, LogColumn.SUPPORT, LogColumn.PROPOSED, LogColumn.CLOSED_ON, LogColumn.PRIORITY, LogColumn.REVISED,
}  # fmt: skip
"""What stands in these may stand in others as well: a heading has to speak of them."""
_NEVER_ASKED = _BY_HEADING - {LogColumn.REVISED} | {LogColumn.REF}
_FOLLOWS = 0.5
"""What counts for a ref that it is the first column, and for an update that it is behind the action."""
_KEPT = 1.0
"""What has to be exceeded for a column to be more than kept as printed."""
_SURE, _MARGIN = 3.0, 1.0
"""How much has to speak for a column, and how much more than for anything else, for no question."""
_LATER = 0.01
"""What counts for the first of several columns for which as much speaks."""
_UNSPOKEN = 1.0
"""What speaks against a column of which a heading says nothing, though it speaks of another."""
_SAID, _AGAINST = 2.0, 1.0
"""How much a heading has to say by itself, and how much what stands below may speak against it."""
_NEAR = 2.0
"""How near what speaks for a second column has to be to what speaks for the first for a question."""
_MOST_SAID = 5.0
_SOME_BID = 0.5
"""The share of cells that begin with what is to be done from which a table is one of actions."""
_CHOSEN = 100.0
_ASKED_ALWAYS = (LogColumn.ACTION, LogColumn.LEAD, LogColumn.DUE)
"""Of several of these each that is not taken is asked about."""

_Score = Mapping[LogColumn, float]


def columns_under(
    rows: Sequence[TableRow],
    place: int,
    chosen: Mapping[str, LogColumn] = {},
    is_somebody: IsSomebody = lambda cell: False,
) -> LogLayout:
    """Return what the columns under the row at `place` are.

    `chosen`: what somebody said a heading is. `is_somebody`: whether a cell names a post or an organisation.
    """
    return _Choice(rows, place, chosen, is_somebody).layout()


def columns_by_content(
    rows: Sequence[TableRow], chosen: Mapping[str, LogColumn], is_somebody: IsSomebody
) -> LogLayout | None:
    """Return the columns of rows that have no headings, by what they hold; None where nothing tells."""
    width = max((len(row.cells) for row in rows), default=0)
    letters = TableRow(0, tuple(f"column {column_letter(at)}" for at in range(width)))
    choice = _Choice([letters, *rows], 0, chosen, is_somebody)
    if sum(1 for one in choice.contents.values() if one.figures > _MOST) * 2 > len(choice.contents):
        # A scorecard.
        return None
    layout = choice.layout()
    told = {*layout.columns.values()}
    return layout if layout.is_of_actions and told & {LogColumn.LEAD, LogColumn.DUE} else None


class _Choice:
    """The columns of one table while they are chosen. `fits`: what each may be by the words over it."""

    def __init__(
        self, rows: Sequence[TableRow], place: int, chosen: Mapping[str, LogColumn], is_somebody: IsSomebody
    ) -> None:
        self.headings, self.is_somebody = headings_at(rows, place), is_somebody
        said = {fold(one): column for one, column in chosen.items()}
        self.chosen = {one: said[fold(one)] for one in self.headings if fold(one) in said}
        under = place + has_sub_heading(rows, place)
        own = rows[under].cells
        # The headings may stand over each part again.
        self.below = [row for row in rows[under + 1 : under + 1 + _SHOWN] if row.cells != own]
        self.evidence = {at: self._evidence(own, at, one) for at, one in enumerate(self.headings)}
        self.fits = {at: self._fitting(own, at, one) for at, one in enumerate(self.headings)}
        self.contents = {at: contents_of(self.below, at, is_somebody) for at in self.fits}
        for at in (one for one, holds in self.contents.items() if holds.refs and self.headings[one] not in self.chosen):
            self._of_refs(at)
        self._of_what_bids()
        self.columns: dict[int, LogColumn] = {}
        self.asked: list[ColumnQuestion] = []

    def layout(self) -> LogLayout:
        months = self._months()
        series, parts, partners, with_day = self._series(), self._parts(), self._partners(), self._with_day()
        scores = {at: self._scores(at) for at in self.fits}
        self.columns = _best(scores)
        self._action_elsewhere(scores)
        self._ask_about(scores)
        comments = self._comments(scores)
        series |= {LogColumn.UPDATE: comments} if comments and LogColumn.UPDATE not in series else {}
        partners = partners if LogColumn.LEAD not in self.columns.values() else ()
        of_actions = self._is_of_actions(partners)
        many = bool(comments) and series.get(LogColumn.UPDATE) == comments
        asked = tuple(self.asked)
        return LogLayout(
            self.columns, self.headings, asked, series, parts, many, partners, of_actions, with_day, months
        )

    def _evidence(self, under: Sequence[str], at: int, heading: str) -> _Score:
        if heading in self.chosen:
            return {self.chosen[heading]: _CHOSEN}
        return (heading_evidence(under[at]) if at < len(under) else {}) or heading_evidence(heading)

    def _fitting(self, under: Sequence[str], at: int, heading: str) -> tuple[LogColumn, ...]:
        if heading in self.chosen:
            return (self.chosen[heading],)
        return heading_match(under[at] if at < len(under) else "") or heading_match(heading)

    def _of_refs(self, at: int) -> None:
        """Take "Action" over nothing but refs for what numbers the actions."""
        said = dict(self.evidence[at])
        if LogColumn.ACTION in said and LogColumn.REF not in said:
            self.evidence[at] = {LogColumn.REF: said[LogColumn.ACTION]}
            self.fits[at] = (LogColumn.REF,)

    def _of_what_bids(self) -> None:
        """Let a column that bids be of actions where no heading speaks of any: "Title", beside "Notes"."""
        if any(LogColumn.ACTION in one for one in self.evidence.values()):
            return
        at = max(self.contents, key=lambda one: self.contents[one].bids, default=None)
        if at is not None and self.contents[at].bids > _SOME_BID and {*self.evidence[at]} == {LogColumn.PRINTED}:
            self.evidence[at], self.fits[at] = {}, ()

    def _cells(self, at: int) -> list[str]:
        return filled_cells(self.below, at)

    def _ask(self, at: int, taken: LogColumn, *others: LogColumn) -> None:
        if self.headings[at] not in self.chosen:
            self.asked.append(ColumnQuestion(self.headings[at], at, taken, others))

    def _scores(self, at: int) -> dict[LogColumn, float]:
        """Return what speaks for each column that a place may be, the words over it and what stands in it together."""
        said, holds = self.evidence[at], self.contents[at]
        if self.headings[at] in self.chosen:
            return dict(said)
        found = {LogColumn.PRINTED: min(said.get(LogColumn.PRINTED, 0.0), _MOST_SAID) + _KEPT}
        for column in LogColumn:
            weight = min(said.get(column, 0.0), _MOST_SAID)
            if column is LogColumn.PRINTED or (column in _BY_HEADING and weight < _KEPT):
                continue
            told = {LogColumn.RATING, LogColumn.UPDATE}
            spoken = weight or max(said.values(), default=0.0) <= _KEPT or (column in told and told & said.keys())
            unspoken = 0.0 if spoken else _UNSPOKEN
            found[column] = weight + holds.fit(column) + self._place(column, at) - unspoken - at * _LATER
        if LogColumn.PRIORITY in found and (
            _SCALE.search(self.headings[at]) or share_of(lambda one: one.casefold() in _LEVELS, self._cells(at)) > _MOST
        ):
            del found[LogColumn.PRIORITY]
        return found

    def _place(self, column: LogColumn, at: int) -> float:
        """Return what the place of a column among the others says."""
        match column:
            case LogColumn.REF:
                return _FOLLOWS * (at == 0)
            case LogColumn.UPDATE:
                # What is hoped for stands before who does it, what came of it behind.
                return _FOLLOWS * (at > self._first_sentences) - 2 * _FOLLOWS * (at < self._first_whose)
            case LogColumn.RATING:
                return -_FOLLOWS * names_time(self.headings[at])
            case LogColumn.DUE if self.headings[at].casefold() == "date" and at < self._first_sentences:
                # A "Date" before the action says rather when that was given out.
                return -2 * _KEPT
        return 0.0

    @cached_property
    def _first_sentences(self) -> int:
        """The place of the first column of sentences."""
        return next((at for at, one in self.contents.items() if one.sentences > _MOST), len(self.contents))

    @cached_property
    def _first_whose(self) -> int:
        """The place of the first column whose heading says who or by when."""
        whose = {LogColumn.LEAD, LogColumn.DUE}
        return next((at for at, one in self.fits.items() if whose & {*one}), 0)

    def _ask_about(self, scores: Mapping[int, _Score]) -> None:
        """Ask about each column for which not enough speaks, or almost as much for something else."""
        taken = {column: at for at, column in self.columns.items()}
        for at, column in self.columns.items():
            if self.headings[at] in self.chosen or not self.contents[at].count:
                continue
            score = scores[at]
            if column is LogColumn.PRINTED:
                rivals = [one for one in _ASKED_ALWAYS if one in taken and self._rivals(scores, at, taken[one], one)]
                if rivals:
                    self._ask(at, LogColumn.PRINTED, rivals[0])
            elif column not in _NEVER_ASKED and not self._is_plain(at, column, score, taken):
                self._ask(at, column)

    def _rivals(self, scores: Mapping[int, _Score], at: int, other: int, column: LogColumn) -> bool:
        """Return whether a place that is not taken may be a column as well as the place that is."""
        said, taken = (self.evidence[one].get(column, 0.0) for one in (at, other))
        near = taken < _SAID or scores[other][column] - scores[at].get(column, 0.0) < _NEAR
        known = self.headings[other] in self.chosen or said < self.evidence[at].get(LogColumn.PRINTED, 0.0)
        as_said = said >= (_SAID if column is LogColumn.ACTION else max(_SAID, taken))
        return as_said and near and not known and scores[at][column] >= _KEPT

    def _is_plain(self, at: int, column: LogColumn, score: _Score, taken: Mapping[LogColumn, int]) -> bool:
        """Return whether the words over a place and what stands in it agree, or one is sure and alone."""
        said = self.evidence[at].get(column, 0.0)
        told = {LogColumn.RATING, LogColumn.UPDATE}
        left = [
            weight
            for one, weight in score.items()
            if one is LogColumn.PRINTED or not (one in taken or {one, column} == told)
        ]
        enough = score[column] >= _SURE or (
            said >= _SAID and score[column] >= said - _AGAINST and self._place(column, at) >= 0
        )
        if column is LogColumn.RATING and said and self.contents[at].figures > _MOST:
            # What each figure means is asked about.
            return True
        if column is LogColumn.UPDATE and LogColumn.PRINTED not in self.evidence[at] and self._alone(at):
            return score[column] - max(left) >= _FOLLOWS
        return enough and score[column] - max(left) >= _MARGIN

    def _alone(self, at: int) -> bool:
        """Return whether no other column of sentences is left behind the actions whose heading says nothing."""
        left = [
            one
            for one, column in self.columns.items()
            if column is LogColumn.PRINTED and self.contents[one].sentences > _MOST and not self.evidence[one]
        ]
        return not left and at > self._first_sentences

    def _is_of_actions(self, partners: tuple[int, ...]) -> bool:
        """Return whether it is a table of actions: by a heading, or by cells that bid what somebody does."""
        told = {LogColumn.LEAD, LogColumn.DUE, LogColumn.REVISED} & {*self.columns.values()}
        action = next((at for at, one in self.columns.items() if one is LogColumn.ACTION), None)
        if action is None:
            return False
        holds = self.contents[action]
        led = any(self.evidence[at].get(LogColumn.LEAD, 0.0) >= _SAID for at in self.evidence)
        if is_of_decisions(self.headings[action]) and holds.tells > holds.bids and not led:
            return False
        said = self.evidence[action].get(LogColumn.ACTION, 0.0) >= _KEPT
        # Who, by when and what came of it, beside what is asked for: "Governors asked for".
        news = [at for at, one in self.columns.items() if one is LogColumn.UPDATE]
        came = any(self.evidence[at].get(LogColumn.UPDATE, 0.0) >= _KEPT for at in news)
        said = said or (led and came and LogColumn.DUE in told)
        return said or bool(partners) or (bool(told) and holds.bids >= _SOME_BID)

    def _action_elsewhere(self, scores: Mapping[int, _Score]) -> None:
        """Take the likeliest sentences as the actions where nothing else is: "Our response", beside what was found."""
        if LogColumn.ACTION in self.columns.values():
            return
        sentences = [
            at
            for at, one in self.contents.items()
            if one.sentences > _MOST
            and self.headings[at] not in self.chosen
            and self.columns[at] in (LogColumn.UPDATE, LogColumn.PRINTED)
        ]
        plain = [at for at in sentences if self.evidence[at].get(LogColumn.PRINTED, 0.0) < _SURE]
        # "What we want" is what is hoped for, where another column says what is to be done.
        wanted = [at for at in sentences if LogColumn.ACTION in self.evidence[at]]
        if texts := plain or wanted:
            likely = max(texts, key=lambda at: scores[at].get(LogColumn.ACTION, -_CHOSEN))
            self.columns[likely] = LogColumn.ACTION
            self._ask(likely, LogColumn.ACTION)

    def _comments(self, scores: Mapping[int, _Score]) -> tuple[int, ...]:
        """Return the columns of comments, where they are several and it is not said which is later."""
        there = [
            at
            for at, score in scores.items()
            if self.columns[at] in (LogColumn.UPDATE, LogColumn.PRINTED)
            and LogColumn.UPDATE in self.fits[at]
            and score.get(LogColumn.UPDATE, 0.0) >= _SURE
            and self.contents[at].count
        ]
        return tuple(there) if len(there) > 1 and LogColumn.UPDATE in {self.columns[at] for at in there} else ()

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
            self._take(dict.fromkeys(places, LogColumn.PRINTED) | {places[-1]: column})
        return found

    def _take(self, columns: Mapping[int, LogColumn]) -> None:
        self.evidence |= {at: {column: _CHOSEN} for at, column in columns.items()}

    def _parts(self) -> tuple[int, ...]:
        """Return two columns over which one sentence goes on: the one ends in "…", or the other begins so."""
        may_be = [at for at, one in self.fits.items() if {*one} <= {LogColumn.ACTION, LogColumn.PRINTED}]
        for at in (one for one in may_be if one + 1 in may_be):
            pair = (at, at + 1)
            if any(goes_on(self.headings[one]) or share_of(goes_on, self._cells(one)) > _MOST for one in pair):
                self._take({at: LogColumn.ACTION, at + 1: LogColumn.PRINTED})
                self._ask(at + 1, LogColumn.ACTION)
                return pair
        return ()

    def _with_day(self) -> int | None:
        """Return the column that says who acts and by when in one cell, where no other says when."""
        if any(one.whole_days > _MOST for at, one in self.contents.items() if LogColumn.DUE in self.fits[at]):
            return None
        for at, cells in ((at, [who_and_when(cell) for cell in self._cells(at)]) for at in self.fits):
            named = [who for who, when in cells if when and name_likeness(who, self.is_somebody)]
            if self.headings[at] not in self.chosen and not self.contents[at].refs and len(named) > len(cells) * _MOST:
                self._take({at: LogColumn.LEAD})
                return at
        return None

    def _partners(self) -> tuple[int, ...]:
        """Return the columns that are called after somebody each and hold marks."""
        named = [at for at, said in self.evidence.items() if not said and self.is_somebody(self.headings[at])]
        if len(named) < 2 or not all(self.contents[at].few_marks for at in named):
            return ()
        self._take(dict.fromkeys(named, LogColumn.PRINTED))
        return tuple(named)

    def _months(self) -> tuple[int, ...]:
        """Return the columns that are called after a month each and hold one mark that says nothing else."""
        named = [at for at, said in self.evidence.items() if not said and looks_like_when(self.headings[at])]
        marks = {fold(cell) for at in named for cell in self._cells(at)}
        is_one = len(marks) == 1 and all(_MARK.fullmatch(one) and not read_status_cell(one).said for one in marks)
        if len(named) < _FEWEST_MONTHS or not is_one:
            return ()
        self.fits |= dict.fromkeys(named, (LogColumn.PRINTED,))
        self._take(dict.fromkeys(named, LogColumn.PRINTED))
        return tuple(named)


def _best(scores: Mapping[int, _Score]) -> dict[int, LogColumn]:
    """Return the columns for which most speaks taken together, each at one place only, but for what is kept."""
    ways: dict[frozenset[LogColumn], tuple[float, tuple[LogColumn, ...]]] = {frozenset(): (0.0, ())}
    for score in scores.values():
        printed = score.get(LogColumn.PRINTED, 0.0)
        likely = [
            (column, weight) for column, weight in score.items() if weight > printed or column is LogColumn.PRINTED
        ]
        further: dict[frozenset[LogColumn], tuple[float, tuple[LogColumn, ...]]] = {}
        for used, (total, columns) in ways.items():
            for column, weight in likely or [(LogColumn.PRINTED, 0.0)]:
                if column in used:
                    continue
                key = used if column is LogColumn.PRINTED else used | {column}
                if key not in further or total + weight > further[key][0]:
                    further[key] = (total + weight, (*columns, column))
        ways = further
    _, columns = max(ways.values(), key=lambda way: way[0])
    return dict(zip(scores, columns, strict=True))
