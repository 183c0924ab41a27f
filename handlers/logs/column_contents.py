"""What stands in the columns of a log: evidence of what they are, beside the words over them.

Source: docs/explanation/action-logs.md, Which column is which.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.logs.column_headings import LogColumn, heading_evidence, heading_match
from handlers.logs.deed_verbs import DEED_VERBS
from handlers.logs.due_cells import is_whole_day, looks_like_when
from handlers.logs.status_cells import is_figure, looks_like_status, says_yes_or_no
from handlers.reading.matching import PLAIN_RANKS
from models.files.tables import TableRow
from models.rules.refs import ref_parts

IsSomebody = Callable[[str], bool]
"""Whether a cell names a post or an organisation of the plan."""

WORDS_OF_AN_ACTION = 3.0
"""Words that the cells of a column of actions, or of what came of them, have on average."""
_MOST = 0.5
_MOST_ALIKE = 0.7
"""The share of different cells up to which a column is merged down."""
_SOME = 0.3
"""The share of a column's cells that name posts of the plan, where a row of headings is looked for."""
_TOO_MANY = 0.34
"""The share of a row's cells that say when or how something stands from which it is no row of headings."""
_FEWEST_HEADINGS, _LONGEST_HEADING, _FIRST_ROWS, _ROWS_BELOW = 3, 45, 20, 30
_LONGEST_REF, _MOST_MARKS, _WORDS_OF_A_MARK, _WORDS_OF_A_NAME, _WORDS_OF_A_DAY, _LONGEST_NAME = 16, 6, 1.5, 5, 6, 9
_FEWEST_SAYING = 3
"""Cells from which on what stands in a column says as much as it can."""
_PERSON_LIKE = 0.7
"""What a cell that looks like a name counts, beside one that is a name of the plan."""


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NAME_WORD = r"(?:[A-Z][\w’'.-]*|of|for|and|the|&)"
_NAME = re.compile(rf"(?=.*\w\w){_NAME_WORD}(?: {_NAME_WORD})*")
_NOT_FIRST = _words_of(
    "the a an this that these those all no not none it we they he she i there some most one two three four five six "
    "first second in on at of for by with from to as if when where what who which and but or so yet still now next"
)
"""Words that begin sentences and are no verbs."""
_AFTER_A_VERB = _words_of(
    "the a an all each every our their its any how what whether to with for on up out that this these which who "
    "when where two three four both more new at in one from about by"
)
"""Words that often stand behind the verb that a sentence begins with: "Open the drop-in"."""
_AFTER_A_NOUN = _words_of("of is are was were has had have")
_ASKED = re.compile(r"\b(?:to|should|shall|must|will)(?: be)? (?!the\b|a\b|be\b)[a-z]{3,}|^that the\b", re.IGNORECASE)
_CAME = _words_of(
    "is are was were has have had been met sent held done made begun gone got found out back now still awaiting "
    "waiting nothing not no yet ready drafted under underway due since progress ongoing paid given taken seen left "
    "kept told written shown brought bought built sold spent lost won begun chosen drawn spoken agreed"
)
"""Words among the first of a sentence that tells what came of something."""
_VERBS = _words_of(
    "bring ring apply supply comply reply rely multiply embed proceed exceed succeed feed need speed seed"
)
"""Verbs that end as what is no verb does."""
_FIRST_WORDS = 7
_PAST = re.compile(r"[a-z]{2,}(?<!e)ed")
_APART = re.compile(
    r"\s*[\n;,(/|]\s*|\s+[-–—]+\s+|\s+(?:by|due)\s+(?=\w)|\s+(?=\d{1,2}(?:[./-]|(?:st|nd|rd|th)?\s[A-Z]))"
)
"""What may stand between who acts and by when."""
_AMOUNT = re.compile(r"\d+(?:\.\d+)? [a-z]+")
_NUMBERS = re.compile(r"\d{1,3}/\d{2}")
"""A number of a year, or a month of one: the words over it say which."""


def filled_cells(rows: Sequence[TableRow], at: int) -> list[str]:
    """Return what stands in a column, in rows that have more than one cell."""
    return [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at] and len(row.filled) > 1]


def share_of(fits: Callable[[str], bool], cells: Sequence[str]) -> float:
    """Return the share of cells that fit; 0 where there are none."""
    return sum(1 for cell in cells if fits(cell)) / len(cells) if cells else 0.0


@dataclass(frozen=True, slots=True)
class Contents:
    """What the cells of a column look like: how many, words in each, and shares that look like something.

    `counts`: they are numbers, each once. `filled`: of the rows. `bids`: begin with what is to be done. `tells`: say
    what came of it.
    """

    count: int
    filled: float
    words: float
    distinct: float
    days: float
    whole_days: float
    marks: float
    figures: float
    names: float
    refs: float
    counts: bool
    bids: float
    tells: float

    @property
    def sentences(self) -> float:
        """How much the cells are sentences, from 0 to 1."""
        return min(self.words / (WORDS_OF_AN_ACTION + 1), 1.0)

    @property
    def merged_down(self) -> bool:
        """Whether the cells say the same over several rows: what those rows are about."""
        return self.count >= _FEWEST_HEADINGS and self.distinct <= _MOST_ALIKE

    @property
    def few_marks(self) -> bool:
        """Whether the cells are a few short marks, whatever they mean: "High", "Y"."""
        return self.words <= _WORDS_OF_A_MARK and self.distinct * self.count <= _MOST_MARKS and not self.figures

    def fit(self, column: LogColumn) -> float:
        """Return how well the cells fit a column: about 0 where they say nothing, more where they do, else less."""
        return self._fit(column) * min(self.count / _FEWEST_SAYING, 1.0) if self.count else 0.0

    def _fit(self, column: LogColumn) -> float:
        match column:
            case LogColumn.REF:
                return 3 * self.refs + 3 * self.counts - 2 * self.sentences
            case LogColumn.SOURCE:
                return 3 * self.refs + 3 * self.counts
            case LogColumn.DUE | LogColumn.REVISED | LogColumn.CLOSED_ON:
                return 4 * self.days - 2 - 2 * self.bids + self.filled - _MOST
            case LogColumn.RATING:
                says = max(5 * self.marks, 3 * self.figures)
                return says - (1 if self.words < WORDS_OF_AN_ACTION else 2) - 2 * (self.whole_days > _MOST)
            case LogColumn.LEAD:
                return 6 * self.names - 2 - 4 * self.days - 2 * self.bids + self.filled - _MOST
            case LogColumn.ACTION:
                asks = 2 * self.sentences - 1 + 1.5 * (self.bids - self.tells) + 1.5 * (self.filled - 0.5)
                return asks - 2 * self.merged_down - 4 * max(self.days, self.marks, self.figures) - 3 * self.names
            case LogColumn.UPDATE:
                beside = 3 * max(self.days, self.names) + 1.5 * self.marks + 2 * self.figures
                return 2 * self.sentences - 1 + 1.5 * (self.tells - self.bids) - beside
            case _:
                return 0.0


def contents_of(rows: Sequence[TableRow], at: int, is_somebody: IsSomebody) -> Contents:
    """Return what a column of some rows holds."""
    cells = filled_cells(rows, at)
    many = sum(1 for row in rows if len(row.filled) > 1) or 1
    days = share_of(_is_day, cells)
    marks = share_of(_is_mark, cells)
    names = [name_likeness(cell, is_somebody) for cell in cells]
    return Contents(
        count=len(cells),
        filled=len(cells) / many,
        words=words_each(cells),
        distinct=len(set(cells)) / len(cells) if cells else 0.0,
        days=days,
        whole_days=share_of(is_whole_day, cells),
        marks=marks,
        figures=share_of(is_figure, cells),
        names=sum(names) / len(names) if cells and days <= _MOST >= marks else 0.0,
        refs=float(are_refs(cells)),
        counts=all(map(str.isdecimal, cells)) and len(set(cells)) == len(cells) > 1,
        bids=share_of(bids, cells),
        tells=share_of(_tells, cells),
    )


def who_and_when(cell: str) -> tuple[str, str]:
    """Return who stands in a cell, and by when where that stands behind: "Head of Education, 12 May" or two lines."""
    for found in reversed([*_APART.finditer(cell)]):
        who, when = cell[: found.start()].strip(), cell[found.end() :].strip(" )")
        if who and when and _is_day(when) and not looks_like_when(who):
            return who, when
    return cell, ""


def _is_day(cell: str) -> bool:
    return len(cell.split()) <= _WORDS_OF_A_DAY and looks_like_when(cell)


def name_likeness(cell: str, is_somebody: IsSomebody) -> float:
    """Return how surely a cell names somebody: 1 for a name of the plan, less for what looks like one, 0 for none."""
    if cell.count(" ") > _LONGEST_NAME or bids(cell):
        return 0.0
    if is_somebody(cell):
        return 1.0
    words = cell.replace("/", " ").replace(",", " ").split()
    if not 0 < len(words) <= _WORDS_OF_A_NAME or any(map(str.isdigit, cell)):
        return 0.0
    ranked = not PLAIN_RANKS.isdisjoint(map(str.casefold, words))
    return _PERSON_LIKE if ranked or _NAME.fullmatch(" ".join(words)) else 0.0


def bids(cell: str) -> bool:
    """Return whether a cell begins with a verb that says what is to be done, or says who is to do it."""
    words = [word.casefold() for word in _WORD.findall(cell)[:3]]
    if len(words) < 2:
        return False
    first, second = words[:2]
    verb = first in _VERBS or not (first in _NOT_FIRST or first in _CAME or first.endswith(("ed", "ing", "ly")))
    bidden = (first in DEED_VERBS and second not in _AFTER_A_NOUN) or (verb and second in _AFTER_A_VERB)
    return bidden or bool(_ASKED.search(cell[:80]))


def _tells(cell: str) -> bool:
    """Return whether a cell says among its first words what came of something."""
    words = [word.casefold() for word in _WORD.findall(cell)[:_FIRST_WORDS]]
    rated = len(words) > 1 and _is_mark(cell)
    return rated or (any(word in _CAME or _PAST.fullmatch(word) for word in words) and not bids(cell))


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
        says_who = any(LogColumn.LEAD in heading_evidence(cell) for cell in cells) or any(
            share_of(is_somebody, some) > _SOME for some in columns
        )
        if says_who and (says_when or known) and any(words_each(some) >= WORDS_OF_AN_ACTION for some in columns):
            return at
    return None


def _is_mark(cell: str) -> bool:
    """Return whether a cell says how something stands by a word, a letter or a sign; a number alone may be anything."""
    if cell.count(" ") >= _WORDS_OF_A_DAY:
        return False
    sign = unicodedata.category(cell[0]) in ("So", "Sm") or cell[0] in "½¼¾"
    said = says_yes_or_no(cell) or looks_like_status(cell)
    return sign or (said and any(map(str.isalpha, cell)))


def are_refs(cells: Sequence[str]) -> bool:
    """Return whether cells are refs: letters with a number, or numbers with a point or a stroke ("3/23"), each once."""
    parts = [len(ref_parts(cell)) for cell in cells]
    likely = (
        max(parts, default=0) > 1
        and all(parts)
        and all(any(map(str.isdigit, cell)) for cell in cells)
        and len(set(cells)) == len(cells) > 1
    )
    odd = any(len(cell) > _LONGEST_REF or cell.isalpha() or _AMOUNT.fullmatch(cell) for cell in cells)
    return likely and not odd and (all(map(_NUMBERS.fullmatch, cells)) or not any(map(looks_like_when, cells)))


def words_each(cells: Sequence[str]) -> float:
    """Return how many words cells have on average."""
    return sum(len(cell.split()) for cell in cells) / len(cells) if cells else 0.0
