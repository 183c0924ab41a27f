"""One row of a log while it is read: its cells, what is kept as printed, and what is not plain."""

from datetime import date

from handlers.logs.column_headings import LogColumn
from handlers.logs.draft import LogDoubt, LogField
from handlers.logs.log_questions import (
    RULES,
)
from handlers.logs.log_state import LogState, RowSetting
from models.errors import Refusal
from models.files.tables import TableRow
from models.rules.lengths import MAX_PRINTED

_FEW_WORDS = 3


class RowNotes:
    """What is noted of a row. `row`: its cells."""

    def __init__(self, log: LogState, setting: RowSetting, row: TableRow) -> None:
        self.log, self.setting, self.row, self.plan = log, setting, row, log.plan
        self.words = ""
        """What is to be done, once that is read."""
        self.status_in: tuple[LogColumn, str] | None = None
        """What says in another column how the action stands: "DN - done" among leads, "Done" among due days."""
        self.raised: date | None = None
        """The day on which the row says that it was given out."""
        self.updated: date | None = None
        """The day of the last update, where it is said."""
        self.doubts: list[LogDoubt] = []
        self.printed: list[str] = []

    def cell(self, column: LogColumn) -> str:
        """Return what the row says in a column, or ""."""
        return self.setting.cell(self.row, column)

    def short_cells(self) -> list[str]:
        """Return what stands in a word or two in the columns that are no field."""
        columns = self.setting.layout.columns
        cells = [self.row.cells[at] for at in self.row.filled if columns.get(at) is LogColumn.PRINTED]
        return [cell for cell in cells if cell.count(" ") < _FEW_WORDS]

    def doubt(
        self, about: LogField, column: LogColumn | None, said: str, proposed: str, why: str, key: str = ""
    ) -> None:
        """Note that something is not plain, unless the question `key`, asked once for the whole log, settled it."""
        if key in self.log.answers.settled:
            return
        at = self.setting.layout.at(column, self.row) if column is not None else None
        self.doubts.append(LogDoubt(about, self.setting.table.place(self.row, at), said, proposed, why, key))
        if key in RULES:
            self.log.ask_rule(key, said)

    def keep(self, column: LogColumn, text: str) -> None:
        """Keep a cell as printed, under its heading."""
        at = self.setting.layout.at(column, self.row)
        heading = self.setting.layout.heading(at) if at is not None else ""
        self.keep_text(heading, text)

    def keep_text(self, heading: str, text: str) -> None:
        """Keep words as printed."""
        line = " ".join(text.split())
        if line:
            self.printed.append(f"{heading}: {line}" if heading else line)

    def struck(self, column: LogColumn) -> tuple[str, ...]:
        """Return what is struck out in a column."""
        at = self.setting.layout.at(column, self.row)
        return tuple(text for place, text in self.row.struck if place == at)

    def whole_printed(self) -> str:
        """Return all that is kept as printed.

        Raises:
            Refusal: it is more than is kept.
        """
        printed = " · ".join(dict.fromkeys(self.printed))
        if len(printed) > MAX_PRINTED:
            raise Refusal(
                f"{self.log.label}, {self.setting.table.place(self.row)} has more than {MAX_PRINTED:,} characters "
                "beside its action, which cannot be kept: shorten it."
            )
        return printed
