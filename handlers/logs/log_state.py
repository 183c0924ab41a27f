"""What is known of a log while it is read: its day, what was asked, what was left out, and what stands over a row."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.logs.column_headings import LogColumn
from handlers.logs.draft import LogAnswers, LogDoubt, LogPlan, LogQuestion
from handlers.logs.layout import LogLayout
from handlers.logs.lead_cells import LeadCell, read_lead_cell
from handlers.logs.printed_refs import are_numbered
from handlers.logs.sections import SectionMeaning, read_section
from models.files.log_rows import LogAction
from models.files.tables import PlainTable, TableRow


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
    leads: dict[str, LeadCell] = field(default_factory=dict)
    since: date | None = None
    gave: bool = False

    def know_day(self, titles: Sequence[str]) -> None:
        """Take the day of the log from the first title that names one."""
        for title in titles:
            meaning = read_section(title, self.plan)
            if meaning.day is not None and self.since is None:
                self.since, self.gave = meaning.day, meaning.gave

    def lead_of(self, text: str) -> LeadCell:
        """Return who leads by the words of a cell, read once for a log."""
        if text not in self.leads:
            self.leads[text] = read_lead_cell(text, self.plan.vocabulary, self.answers.who)
        return self.leads[text]

    def ask(self, key: str, say: str, proposed: str = "", choices: tuple[str, ...] = ()) -> None:
        """Ask something once for the whole log, and count the rows that it is about."""
        known = self.questions.get(key)
        self.questions[key] = (
            replace(known, rows=known.rows + 1) if known else LogQuestion(key, say, proposed, 1, choices)
        )

    def ask_columns(self, layout: LogLayout) -> None:
        """Ask what the columns are that may be two things."""
        for one in layout.asked:
            if one.heading not in self.answers.columns:
                choices = tuple(map(str, (*one.others, LogColumn.PRINTED)))
                self.ask(f"column:{one.heading}", f"What is the column “{one.heading}”?", str(one.taken), choices)

    @property
    def day(self) -> date:
        """The day from which days without a year count."""
        held = [day for day in self.plan.meetings if day <= self.plan.today]
        return self.answers.meeting or self.since or (held[-1] if held else self.plan.today)

    @property
    def knows_day(self) -> bool:
        """Whether that day was said."""
        return self.answers.meeting is not None or self.since is not None


@dataclass
class RowSetting:
    """What stands over a row: its table, its columns, the titles, a key of ratings, and the sections it is under."""

    table: PlainTable
    layout: LogLayout
    titles: list[str]
    key: dict[str, str]
    serves: SectionMeaning | None = None
    given: SectionMeaning | None = None
    sections: list[str] = field(default_factory=list)
    known_numbered: dict[int | None, bool] = field(default_factory=dict)

    def numbered(self, at: int | None) -> bool:
        """Return whether every cell of a column begins with a number; looked at once."""
        if at not in self.known_numbered:
            rows = [row for row in self.table.rows if at is not None and at < len(row.cells) and len(row.filled) > 1]
            texts = [row.cells[at or 0] for row in rows if row.cells[at or 0] != self.layout.heading(at or 0)]
            self.known_numbered[at] = are_numbered([*filter(None, texts)])
        return self.known_numbered[at]

    def cell(self, row: TableRow, column: LogColumn) -> str:
        """Return what a row says in a column, or ""."""
        at = self.layout.at(column)
        return row.cells[at] if at is not None and at < len(row.cells) else ""
