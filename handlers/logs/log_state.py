"""What is known of a log while it is read: its day, what was asked, what was left out, and what stands over a row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from handlers.logs.column_choice import columns_under
from handlers.logs.column_contents import are_refs, filled_cells, share_of, who_and_when
from handlers.logs.column_headings import LogColumn, is_heading_row
from handlers.logs.draft import LogAnswers, LogDoubt, LogPlan, LogQuestion
from handlers.logs.due_cells import has_month_first
from handlers.logs.initials import initials_in
from handlers.logs.layout import LogLayout
from handlers.logs.lead_cells import LeadCell, read_lead_cell, with_chair
from handlers.logs.log_questions import (
    BETWEEN_PAIRS,
    COMMENTS,
    DAYS,
    GROUPS,
    IN_PAIR,
    MARKS,
    NAMES,
    PAIRS,
    RULES,
    SEVERAL,
)
from handlers.logs.printed_refs import are_numbered
from handlers.logs.sections import SectionMeaning, read_section
from handlers.logs.status_cells import StatusCell, read_status_cell
from handlers.reading.normalise import fold
from models.enums import Status
from models.files.log_rows import LogAction
from models.files.tables import PlainTable, TableRow

_REPEATED = (LogColumn.LEAD, LogColumn.DUE, LogColumn.REVISED, LogColumn.SOURCE)
_LONGEST_DITTO = 15
_DITTO = frozenset(("as above", "ditto", "do", "same", "same as above", '"', "''", "〃", "as previous", "see above"))
"""What says that a cell is as the one above it."""
_OVER = re.compile(r"(?:\w+ ){0,3}(?:closed|completed?|discharged|done|finished)(?![^\W_])")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NOT_OVER = re.compile(r"\b(?:not|to be|open|outstanding|yet|until|when|by|and|if)\b")
_ACTIONS = frozenset(("action", "actions", "a", "action point"))
NO_ACTION_SORTS = frozenset(
    ("decision", "decisions", "decided", "noted", "note", "notes", "for information", "information", "info", "to note",
     "for info", "for noting", "discussion", "update", "d", "i", "n")
)  # fmt: skip
"""What says of a row that it is no action; a letter only beside others of its sort."""
_SORTS, _MOST_SORTS = _ACTIONS | NO_ACTION_SORTS, 0.7
_LONGEST_SAID, _SAID_SHOWN, _LONGEST_IN_PAIR = 40, 4, 80


@dataclass
class FoundAction:
    """One action before its ref is settled. `printed_ref`: as it stands in the log."""

    action: LogAction
    printed_ref: str
    doubts: list[LogDoubt]
    table: PlainTable
    row: TableRow


@dataclass
class LogState:
    """One reading of one log."""

    plan: LogPlan
    answers: LogAnswers
    label: str
    found: list[FoundAction] = field(default_factory=list)
    questions: dict[str, LogQuestion] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    columns_read: dict[str, None] = field(default_factory=dict)
    """How the columns of each of its tables were read, in sentences."""
    leads: dict[str, LeadCell] = field(default_factory=dict)
    statuses: dict[str, StatusCell] = field(default_factory=dict)
    said: dict[str, dict[str, None]] = field(default_factory=dict)
    spelling: dict[str, str] = field(default_factory=dict)
    """How an unknown name is first printed, by its folded form."""
    pairs: dict[str, dict[str, str]] = field(default_factory=dict)
    key: dict[str, str] = field(default_factory=dict)
    legend: dict[str, tuple[Status | None, bool]] = field(default_factory=dict)
    initials: dict[str, str] = field(default_factory=dict)
    """The posts that initials stand for, by what the log says itself."""
    since: date | None = None
    gave: bool = False

    @cached_property
    def titles(self) -> dict[str, str]:
        """What posts are called, by their keys."""
        return {one.key: one.label for one in self.plan.vocabulary.names().posts}

    def know_day(self, titles: Sequence[str]) -> None:
        """Take the day of the log from the first title that names one."""
        for title in titles:
            meaning = read_section(title, self.plan)
            if meaning.day is not None and self.since is None:
                self.since, self.gave = meaning.day, meaning.gave

    def lead_of(self, text: str) -> LeadCell:
        """Return who leads by the words of a cell, read once for a log."""
        if text not in self.leads:
            last = not self.as_proposed(SEVERAL)
            read = read_lead_cell(text, self.plan.vocabulary, {**self.initials, **self.answers.who}, last=last)
            self.leads[text] = with_chair(read, self.plan.chair)
        return self.leads[text]

    def know_initials(self, lines: Iterable[str]) -> None:
        """Take what initials stand for from lines that say so of posts of the plan: "Head of Education (HoE)"."""
        posts = {fold(name): one.key for one in self.plan.vocabulary.names().posts for name in (one.title, one.label)}
        self.initials |= initials_in(lines, lambda name: posts.get(fold(name), ""))

    def is_somebody(self, text: str) -> bool:
        """Return whether a cell names a post or an organisation, surely or likely."""
        lead = self.lead_of(text)
        return bool(lead.post or lead.supporting)

    def is_heading(self, row: TableRow) -> bool:
        """Return whether a row stands over columns: it has words that do, and names nobody."""
        return is_heading_row(row.cells) and not any(self.lead_of(cell).whole for cell in row.cells)

    def layout(self, rows: Sequence[TableRow], place: int) -> LogLayout:
        """Return the columns under a row of headings, by what was answered."""
        layout = columns_under(rows, place, self.answers.columns, self.is_somebody)
        if layout.many_comments and not self.as_proposed(COMMENTS):
            reverse = layout.series[LogColumn.UPDATE][::-1]
            layout = replace(layout, series={**layout.series, LogColumn.UPDATE: reverse})
        return layout

    def status_of(self, text: str) -> StatusCell:
        """Return how something stands by the words of a cell, read once for a log."""
        if text not in self.statuses:
            self.statuses[text] = read_status_cell(text, self.meanings)
        return self.statuses[text]

    def ask_rule(self, key: str, said: str) -> None:
        """Ask what holds for every row with the same doubt; `said`: what stands in this one."""
        rule = RULES[key]
        if said:
            self.said.setdefault(key, {})[" ".join(said.split())[:_LONGEST_SAID]] = None
        self.ask(key, rule.say, rule.choices[0], rule.choices)

    def ask_pair(self, key: str, name: str, proposed: str) -> str:
        """Ask what a name, a mark or a day is, together with the others of the log; return the question's key."""
        sort, say = PAIRS[key]
        shown = " ".join(name.split())
        if BETWEEN_PAIRS in shown or IN_PAIR in shown or len(shown) > _LONGEST_IN_PAIR:
            self.ask(f"{sort}:{shown}", f"“{shown}”: {say[:1].lower()}{say[1:]}", proposed)
            return f"{sort}:{shown}"
        self.pairs.setdefault(key, {})[shown] = proposed
        printed = ", ".join(f"{mark} = {words}" for mark, words in self.key.items()) if key == MARKS else ""
        self.ask(key, f"{say} The log’s key says {printed}." if printed else say)
        return key

    def chosen(self, key: str) -> str:
        """Return what was chosen for a question, else what is taken without an answer."""
        return self.answers.settled.get(key, RULES[key].choices[0])

    def as_proposed(self, key: str) -> bool:
        """Return whether nothing but the first choice of a question was chosen."""
        return self.chosen(key) == RULES[key].choices[0]

    def asked(self) -> tuple[LogQuestion, ...]:
        """Return what is asked, the columns first, each with the words that it is about."""
        order = {sort: at for at, sort in enumerate(("column", "meeting", "who", NAMES, GROUPS, MARKS, DAYS))}
        every = sorted(self.questions.values(), key=lambda one: order.get(one.key.partition(":")[0], len(order)))
        return tuple(map(self._whole, every))

    def _whole(self, question: LogQuestion) -> LogQuestion:
        """Return a question with the words that it is about, or its pairs as they are proposed."""
        pairs = self.pairs.get(question.key, {}).items()
        if pairs:
            return replace(question, proposed=f"{BETWEEN_PAIRS} ".join(f"{one} {IN_PAIR} {is_}" for one, is_ in pairs))
        said = list(self.said.get(question.key, ()))
        more = ["…"] if len(said) > _SAID_SHOWN else []
        words = ", ".join([*(f"“{one}”" for one in said[:_SAID_SHOWN]), *more])
        return replace(question, say=f"{words}: {question.say}") if words else question

    def ask(self, key: str, say: str, proposed: str = "", choices: tuple[str, ...] = ()) -> None:
        """Ask something once for the whole log, and count the rows that it is about."""
        known = self.questions.get(key)
        self.questions[key] = (
            replace(known, rows=known.rows + 1) if known else LogQuestion(key, say, proposed, 1, choices)
        )

    def ask_columns(self, layout: LogLayout) -> None:
        """Note what the columns are read as, and ask about those that may be two things."""
        self.columns_read[layout.read_as()] = None
        for one in layout.asked:
            choices = tuple(map(str, (*one.others, LogColumn.PRINTED)))
            self.ask(f"column:{one.heading}", f"What is the column “{one.heading}”?", str(one.taken), choices)

    @cached_property
    def meanings(self) -> dict[str, Status | None]:
        """What words and marks mean by the log's own key, and by what was answered."""
        return {mark: status for mark, (status, _) in self.legend.items()} | dict(self.answers.statuses)

    def is_likely(self, mark: str) -> bool:
        """Return whether a mark means something only by the words of the log's key, and nobody was asked yet."""
        return mark not in self.answers.statuses and not self.legend.get(mark, (None, True))[1]

    @property
    def day(self) -> date:
        """The day from which days without a year count."""
        held = [day for day in self.plan.meetings if day <= self.plan.today]
        return self.answers.meeting or self.since or (held[-1] if held else self.plan.today)

    @property
    def last_day(self) -> date:
        """The day after which nothing in the log can have been: its own, unless a title only names who gave it out."""
        return self.answers.meeting or (None if self.gave else self.since) or self.plan.today

    @property
    def knows_day(self) -> bool:
        """Whether that day was said."""
        return self.answers.meeting is not None or self.since is not None


def says_over(text: str) -> bool:
    """Return whether a title says that the actions under it are over: "Completed since the last meeting"."""
    plain = _IN_BRACKETS.sub("", fold(text))
    return bool(_OVER.match(plain)) and not _NOT_OVER.search(plain)


@dataclass
class RowSetting:
    """What stands over a row: its table, its columns, the titles, and the sections it is under."""

    table: PlainTable
    layout: LogLayout
    titles: list[str]
    serves: SectionMeaning | None = None
    given: SectionMeaning | None = None
    sections: list[str] = field(default_factory=list)
    above: dict[LogColumn, str] = field(default_factory=dict)
    known_numbered: dict[int | None, bool] = field(default_factory=dict)

    @cached_property
    def month_first(self) -> bool:
        """Whether days of the table have their month first: some surely do, and none surely has not."""
        told = {has_month_first(cell) for row in self.table.rows for cell in row.cells if "/" in cell}
        return True in told and False not in told

    @property
    def over(self) -> tuple[str, ...]:
        """What stands over a row, the nearest first."""
        return (*self.sections, *reversed(self.titles), self.table.name)

    @property
    def says_over(self) -> str:
        """What stands over a row and says that its actions are over: "Completed since the last meeting"; or ""."""
        return next(filter(says_over, self.over), "")

    @cached_property
    def sorts(self) -> int | None:
        """The place of a column that says of each row whether it is an action, a decision or a note."""
        rows = [row for row in self.table.rows if len(row.filled) > 1]
        for at, column in self.layout.columns.items():
            cells = [fold(cell) for cell in filled_cells(rows, at) if cell != self.layout.heading(at)]
            if (
                column is LogColumn.PRINTED
                and _ACTIONS & {*cells}
                and share_of(_SORTS.__contains__, cells) > _MOST_SORTS
            ):
                return at
        return None

    def numbered(self, at: int | None) -> bool:
        """Return whether every cell of a column begins with a number; looked at once."""
        if at not in self.known_numbered:
            rows = [row for row in self.table.rows if at is not None and at < len(row.cells) and len(row.filled) > 1]
            texts = [row.cells[at or 0] for row in rows if row.cells[at or 0] != self.layout.heading(at or 0)]
            self.known_numbered[at] = are_numbered([*filter(None, texts)])
        return self.known_numbered[at]

    @cached_property
    def minutes_apart(self) -> bool:
        """Whether no column has refs, and each row has a minute's number of its own."""
        at = self.layout.at(LogColumn.SOURCE)
        if at is None or self.layout.at(LogColumn.REF) is not None:
            return False
        rows = [row for row in self.table.rows if len(row.filled) > 1]
        return are_refs([cell for cell in filled_cells(rows, at) if cell != self.layout.heading(at)])

    def cell(self, row: TableRow, column: LogColumn) -> str:
        """Return what a row says in a column, or ""; of who leads and when it is due what "as above" points at."""
        if column is LogColumn.ACTION and self.layout.parts:
            return self.layout.words_over(row)
        at = self.layout.at(column, row)
        if at is None:
            return ""
        said = row.cells[at] if at < len(row.cells) else ""
        if at == self.layout.with_day:
            said = who_and_when(said)[column is LogColumn.DUE]
        if column not in _REPEATED:
            return said
        if len(said) <= _LONGEST_DITTO and fold(said).strip(" .") in _DITTO:
            return self.above.get(column, said)
        if said:
            self.above[column] = said
        return said
