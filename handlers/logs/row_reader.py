"""Read one row of a log into an action, field by field, with what is not plain."""

from dataclasses import replace
from datetime import date

from handlers.logs.column_headings import LogColumn, says_when_raised
from handlers.logs.draft import LogDoubt, LogField
from handlers.logs.due_cells import (
    DueCell,
    is_next_meeting,
    read_due_cell,
    read_due_in_words,
    read_looking_back,
    read_struck_cell,
)
from handlers.logs.lead_cells import LeadCell
from handlers.logs.log_state import FoundAction, LogState, RowSetting
from handlers.logs.printed_refs import NOT_IN_REFS, leading_ref
from handlers.logs.review import AS_PRINTED, TO_BE_LOOKED_AT
from handlers.logs.sections import proposed_by_key, read_section
from handlers.logs.status_cells import StatusCell, read_status_cell
from handlers.reading.normalise import fold
from models.enums import Kind, Status
from models.errors import Refusal
from models.files.log_rows import LogAction
from models.files.tables import TableRow
from models.rules.lengths import MAX_PRINTED, MAX_TITLE, MAX_WORDS
from models.rules.refs import MAX_REF, ref_key, ref_parts

_NO_ACTION = ("", "none", "no action", "no actions", "n/a", "na", "nil", "noted", "total")


class RowReader:
    """One row, read field by field."""

    def __init__(self, log: LogState, setting: RowSetting, row: TableRow) -> None:
        self.log, self.setting, self.row, self.plan = log, setting, row, log.plan
        self.doubts: list[LogDoubt] = []
        self.printed: list[str] = []

    def action(self) -> FoundAction | None:
        """Return the action that the row is."""
        words, ref, number, printed_ref = self._words_and_ref()
        if fold(words).strip(" .-") in _NO_ACTION or not any(char.isalpha() for char in words):
            self.log.notes.append(f"{self.setting.table.place(self.row)} says nothing to be done and was left out: "
                                  f"“{' '.join(filter(None, self.row.cells))[:80]}”.")  # fmt: skip
            return None
        lead = self._lead()
        due, first = self._due()
        status, update = self._status()
        priorities = self._priorities()
        source = self._source()
        given = self._given()
        kind, meeting, day, first_meeting = self._when(due, first, bool(priorities), status)
        given = self._checked(given, meeting, day)
        self._keep_rest()
        printed = self._whole_printed()
        action = LogAction(
            ref=ref,
            words=words,
            kind=kind,
            place=self.setting.table.place(self.row),
            number=number,
            priorities=priorities,
            lead=lead.post,
            supporting=lead.supporting,
            meeting=meeting,
            day=day,
            first_meeting=first_meeting,
            given=given,
            status=status,
            update=update,
            evidence=self._evidence(status, update),
            source=source,
            printed=printed,
        )
        return FoundAction(action, printed_ref, self.doubts, self.setting.table, self.row)

    def _cell(self, column: LogColumn) -> str:
        return self.setting.cell(self.row, column)

    def doubt(self, about: LogField, column: LogColumn | None, said: str, proposed: str, why: str) -> None:
        """Note that something is not plain."""
        at = self.setting.layout.at(column) if column is not None else None
        self.doubts.append(LogDoubt(about, self.setting.table.place(self.row, at), said, proposed, why))

    def keep(self, column: LogColumn, text: str) -> None:
        """Keep a cell as printed, under its heading."""
        at = self.setting.layout.at(column)
        heading = self.setting.layout.heading(at) if at is not None else ""
        self._keep(heading, text)

    def _keep(self, heading: str, text: str) -> None:
        line = " ".join(text.split())
        if line:
            self.printed.append(f"{heading}: {line}" if heading else line)

    def _words_and_ref(self) -> tuple[str, str, int | None, str]:
        said = self._cell(LogColumn.ACTION)
        words = " ".join(said.split())
        cell = self._cell(LogColumn.REF).strip()
        if not words:
            words = self._other_words()
        leading = leading_ref(words, numbered=self.setting.numbered(self.setting.layout.at(LogColumn.ACTION)))
        printed = cell
        if leading is not None and (not cell or ref_key(leading[1]) == ref_key(cell)) and words[leading.end() :]:
            printed, words = cell or leading[1], words[leading.end() :]
        elif not cell:
            printed = self._ref_elsewhere()
        if len(words) > MAX_WORDS:
            self._keep("Action", words)
            self.doubt(LogField.WORDS, LogColumn.ACTION, words[:60], "", f"it has more than {MAX_WORDS:,} characters")
            words = words[: MAX_WORDS - 1] + "…"
        ref, number = self._ref(printed)
        return words, ref, number, printed

    def _other_words(self) -> str:
        """Return the words of another column that may say what is to be done, where the one that should is empty."""
        for question in self.setting.layout.asked:
            at = question.at
            if LogColumn.ACTION in question.others and at < len(self.row.cells) and self.row.cells[at]:
                words = " ".join(self.row.cells[at].split())
                why = f"“{self.setting.layout.heading(self.setting.layout.at(LogColumn.ACTION) or 0)}” is empty"
                self.doubt(LogField.WORDS, None, words, words, why)
                return words
        return ""

    def _ref_elsewhere(self) -> str:
        for question in self.setting.layout.asked:
            if LogColumn.ACTION in question.others and question.at < len(self.row.cells):
                found = leading_ref(self.row.cells[question.at])
                if found is not None:
                    return found[1]
        return ""

    def _ref(self, printed: str) -> tuple[str, int | None]:
        """Return a ref as it is stored, and its number where it is nothing but a number."""
        plain = " ".join(NOT_IN_REFS.sub(" ", printed).split()).strip(".:- ")[:MAX_REF]
        parts = ref_parts(plain)
        if len(parts) == 1 and isinstance(parts[0], int):
            number = parts[0] if 0 < parts[0] < 10_000 else None
            return f"{self.plan.board}-{parts[0]}", number
        if not any(isinstance(part, int) for part in parts):
            if printed:
                self.keep(LogColumn.REF, printed)
            return "", None
        if plain != printed.strip().rstrip(".:)"):
            self.keep(LogColumn.REF, printed)
        return plain, None

    def _lead(self) -> LeadCell:
        said = self._cell(LogColumn.LEAD)
        cell = self.log.lead_of(said)
        titles = {one.key: one.label for one in self.plan.vocabulary.names().posts}
        if not cell.whole:
            self.keep(LogColumn.LEAD, said)
        for name, post in cell.unknown:
            self.log.ask(f"who:{fold(name)}", f"Who is “{name}”?", titles.get(post, ""))
        if cell.doubt:
            self.doubt(LogField.LEAD, LogColumn.LEAD, said, titles.get(cell.post, ""), cell.doubt)
        elif said in self._struck(LogColumn.LEAD):
            self.doubt(LogField.LEAD, LogColumn.LEAD, said, titles.get(cell.post, ""), "it is struck out")
        elif not said:
            self.doubt(LogField.LEAD, LogColumn.LEAD, "", "", "nobody leads it")
        support = self._cell(LogColumn.SUPPORT)
        if support:
            self.keep(LogColumn.SUPPORT, support)
        return cell

    def _due(self) -> tuple[DueCell, DueCell]:
        """Return when it is due now, and when it was first."""
        raised = self._raised()
        since = raised or self._since()
        sure = self.log.knows_day or self.setting.given is not None or raised is not None
        forward = raised is not None or (self.setting.given.gave if self.setting.given is not None else self.log.gave)
        read = read_due_cell if forward else read_looking_back
        said = self._cell(LogColumn.DUE)
        later = self._cell(LogColumn.REVISED)
        struck = self._struck(LogColumn.DUE)
        due = (
            read_struck_cell(said, struck, since, sure_of_year=sure) if struck else read(said, since, sure_of_year=sure)
        )
        if later:
            revised = read(later, since, sure_of_year=sure)
            if not revised.whole:
                self.keep(LogColumn.REVISED, later)
            self._due_doubt(revised, later, LogColumn.REVISED)
            if not due.whole:
                self.keep(LogColumn.DUE, said)
            return (revised, due) if revised.day else (replace(due, doubt=revised.doubt), DueCell())
        if not said:
            return self._due_in_words(since, sure), DueCell()
        if is_next_meeting(said):
            due = DueCell(next((day for day in self.plan.meetings if day > since), None), doubt="the next meeting")
        if not due.whole:
            self.keep(LogColumn.DUE, said)
        self._due_doubt(due, said, LogColumn.DUE)
        return due, DueCell(due.first)

    def _due_in_words(self, since: date, sure: bool) -> DueCell:
        has_column = self.setting.layout.at(LogColumn.DUE) is not None
        said, cell = read_due_in_words(self._cell(LogColumn.ACTION), since, has_column=has_column, sure_of_year=sure)
        self._due_doubt(cell, said, LogColumn.ACTION)
        return replace(cell, doubt="")

    def _due_doubt(self, due: DueCell, said: str, column: LogColumn) -> None:
        if due.doubt:
            self.doubt(LogField.DUE, column, said, str(due.day) if due.day else "", due.doubt)

    def _struck(self, column: LogColumn) -> tuple[str, ...]:
        at = self.setting.layout.at(column)
        return tuple(text for place, text in self.row.struck if place == at)

    def _raised(self) -> date | None:
        """Return the day on which the row says that it was raised, from which its days without a year count."""
        for at in self.row.filled:
            column = self.setting.layout.columns.get(at, LogColumn.PRINTED)
            if column is LogColumn.SOURCE or (
                column is LogColumn.PRINTED and says_when_raised(self.setting.layout.heading(at))
            ):
                cell = read_due_cell(self.row.cells[at], self.log.day)
                if cell.whole and cell.day is not None and cell.day <= self.log.day:
                    return cell.day
        return None

    def _since(self) -> date:
        given = self.setting.given
        return given.day if given is not None and given.day is not None else self.log.day

    def _status(self) -> tuple[Status, str]:
        meanings = self.log.answers.statuses
        said = self._cell(LogColumn.RATING)
        update = " ".join(self._cell(LogColumn.UPDATE).split())
        rating = read_status_cell(said, meanings)
        column = LogColumn.RATING
        if said and not rating.said:
            self.keep(LogColumn.RATING, said)
            self.doubt(LogField.STATUS, LogColumn.RATING, said, "", "it is no status that is known")
        if not said and update:
            said, rating, column = update, read_status_cell(update, meanings), LogColumn.UPDATE
            if rating.said and not rating.rest and rating.status is not None:
                update = ""
        elif rating.rest:
            update = f"{rating.rest} {update}".strip()
        status = self._rated(rating, said, column) if rating.said else Status.NOT_STARTED
        proposed = read_status_cell(self._cell(LogColumn.PROPOSED), meanings)
        if proposed.status is Status.PROPOSED:
            status = Status.PROPOSED
        if text := self._cell(LogColumn.PROPOSED):
            self.keep(LogColumn.PROPOSED, text)
        closed = self._cell(LogColumn.CLOSED_ON)
        if closed:
            self.keep(LogColumn.CLOSED_ON, closed)
            if status is not Status.PROPOSED:
                self.doubt(
                    LogField.STATUS, LogColumn.CLOSED_ON, closed, str(Status.PROPOSED), "it has a day of closing"
                )
                status = Status.PROPOSED
        if self._cell(LogColumn.ACTION) in self._struck(LogColumn.ACTION):
            self.doubt(LogField.STATUS, LogColumn.ACTION, "", str(Status.PROPOSED), "its words are struck out")
        if len(update) > MAX_WORDS:
            self.keep(LogColumn.UPDATE, update)
            update = update[: MAX_WORDS - 1] + "…"
        return status, update

    def _rated(self, rating: StatusCell, said: str, column: LogColumn) -> Status:
        by_key = proposed_by_key(self.setting.key)
        status = by_key.get(rating.ask, rating.status) if rating.ask else rating.status
        if rating.ask:
            says = self.setting.key.get(rating.ask, "")
            here = f" The log’s key says “{says}”." if says else ""
            self.log.ask(f"status:{rating.ask}", f"What does “{rating.ask}” mean?{here}", str(status or "not started"))
            self.keep(column, said)
            self.doubt(LogField.STATUS, column, said, str(status or ""), "councils mean different things by it")
        elif rating.doubt:
            self.keep(column, said)
            self.doubt(LogField.STATUS, column, said, str(status or ""), rating.doubt)
        elif len(said) > 1 and fold(said) != (status or Status.NOT_STARTED).value:
            self.keep(column, said)
        return status or Status.NOT_STARTED

    def _evidence(self, status: Status, update: str) -> str:
        if status is not Status.PROPOSED:
            return ""
        said = self._cell(LogColumn.RATING) or self._cell(LogColumn.UPDATE)
        return update or f"“{' '.join(said.split()) or 'closed'}” in {self.log.label}"

    def _priorities(self) -> tuple[int, ...]:
        said = self._cell(LogColumn.PRIORITY)
        standing = read_section(f"priority {said}", self.plan) if said else self.setting.serves
        if said:
            self.keep(LogColumn.PRIORITY, said)
        if standing is None or standing.priority is None:
            return ()
        if standing.doubt:
            self.doubt(
                LogField.SERVES, LogColumn.PRIORITY, standing.text, f"priority {standing.priority}", standing.doubt
            )
        return (standing.priority,)

    def _source(self) -> str:
        cell = " ".join(self._cell(LogColumn.SOURCE).split())
        title = ", ".join(self.setting.titles)
        said = cell or title or self.log.label
        if cell and title:
            self._keep("", title)
        if len(said) > MAX_TITLE:
            self._keep("", said)
            return said[: MAX_TITLE - 1] + "…"
        return said

    def _given(self) -> date | None:
        given = self.setting.given
        if given is not None:
            return given.day if given.gave and given.day in self.plan.meetings else None
        return self.log.since if self.log.gave and self.log.since in self.plan.meetings else None

    def _when(
        self, due: DueCell, first: DueCell, serves: bool, status: Status
    ) -> tuple[Kind, date | None, date | None, date | None]:
        """Return the kind, the meeting it is due at, else the date, and the meeting it was first due at."""
        meetings = self.plan.meetings
        if due.day is None:
            standing = due.standing and serves and status is not Status.PROPOSED
            return (Kind.STANDING if standing else Kind.DELIVERABLE if serves else Kind.BOARD_ACTION), None, None, None
        there = self._meeting(due)
        first_there = self._meeting(first) if first.day is not None else None
        if there is not None:
            return (Kind.DELIVERABLE if serves else Kind.BOARD_ACTION), there, None, first_there
        if serves:
            following = next((day for day in meetings if day > due.day), None)
            if following is not None:
                self.doubt(LogField.DUE, LogColumn.DUE, str(due.day), str(following), "no meeting is on that day")
                self.keep(LogColumn.DUE, self._cell(LogColumn.DUE))
                return Kind.DELIVERABLE, following, None, first_there
            self.doubt(
                LogField.DUE, LogColumn.DUE, str(due.day), str(due.day), "no meeting is planned from that day on"
            )
        if due.month and not due.doubt:
            self.doubt(LogField.DUE, LogColumn.DUE, f"{due.day:%B %Y}", str(due.day), "no one meeting is in that month")
        return Kind.BOARD_ACTION, None, due.day, None

    def _meeting(self, due: DueCell) -> date | None:
        """Return the board's meeting on a day, or the only one in its month."""
        if due.day in self.plan.meetings:
            return due.day
        if not due.month or due.day is None:
            return None
        there = [day for day in self.plan.meetings if (day.year, day.month) == (due.day.year, due.day.month)]
        return there[0] if len(there) == 1 else None

    def _checked(self, given: date | None, meeting: date | None, day: date | None) -> date | None:
        due = meeting or day
        if given is not None and due is not None and due <= given:
            self.doubt(
                LogField.DUE, LogColumn.DUE, str(due), str(due), "it is not after the meeting that gave the action"
            )
            return None
        return given

    def _keep_rest(self) -> None:
        for at in self.row.filled:
            heading = self.setting.layout.heading(at)
            if (
                self.setting.layout.columns.get(at, LogColumn.PRINTED) is LogColumn.PRINTED
                and heading != TO_BE_LOOKED_AT
            ):
                self._keep("" if heading == AS_PRINTED else heading, self.row.cells[at])
        for section in self.setting.sections:
            self._keep("Under", section)

    def _whole_printed(self) -> str:
        printed = " · ".join(dict.fromkeys(self.printed))
        if len(printed) > MAX_PRINTED:
            raise Refusal(
                f"{self.log.label}, {self.setting.table.place(self.row)} has more than {MAX_PRINTED:,} characters "
                "beside its action, which cannot be kept: shorten it."
            )
        return printed
