"""Read one row of a log into an action, field by field, with what is not plain."""

import re
from datetime import date

from handlers.logs.column_headings import LogColumn
from handlers.logs.draft import LogDoubt, LogField
from handlers.logs.lead_cells import NO_SUCH_POST, LeadCell, is_group, organisations_in
from handlers.logs.log_questions import COMMENTS, GROUPS, LEAD_LEFT_OUT, MINUTES, NAMES, NOBODY, WHO_IN_WORDS
from handlers.logs.log_state import NO_ACTION_SORTS, FoundAction
from handlers.logs.minutes import NO_ACTION, action_said, has_action, is_of_minutes
from handlers.logs.printed_refs import NOT_IN_REFS, leading_ref
from handlers.logs.review import AS_PRINTED, TO_BE_LOOKED_AT
from handlers.logs.row_due import check_given, due_of_row, raised_on, settle_due
from handlers.logs.row_notes import RowNotes
from handlers.logs.row_status import evidence_said, status_of_row
from handlers.logs.sections import SectionMeaning, read_section
from handlers.logs.who_acts import who_acts
from handlers.reading.normalise import fold
from models.files.log_rows import LogAction
from models.rules.lengths import MAX_TITLE, MAX_WORDS
from models.rules.refs import MAX_REF, ref_key, ref_parts

_LISTED = re.compile(r"\s*(?:[,;/&\n]|\band\b)\s*(?:priorit(?:y|ies)\s*)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2}")
_FIELDS = {
    LogColumn.ACTION: LogField.WORDS, LogColumn.LEAD: LogField.LEAD, LogColumn.DUE: LogField.DUE,
    LogColumn.REVISED: LogField.DUE, LogColumn.RATING: LogField.STATUS, LogColumn.CLOSED_ON: LogField.STATUS,
    LogColumn.UPDATE: LogField.UPDATE, LogColumn.REF: LogField.REF,
}  # fmt: skip
"""What of an action a column is about."""
_BESIDE_LEAD = re.compile(r"(.+?)\s+[-–—]\s+(.+)", re.DOTALL)
_LEADS = ("l", "r", "a")
"""What a mark of one who leads begins with: lead, responsible, accountable."""
_LETTER = re.compile(r"(?<!\w)\(?(?:[a-z]|[ivx]{1,4})\)\s+")
"""The letter of an action in its list: "a) Open the night line"."""
_DECIDED = re.compile(
    r"(?:decisions?|decided|resolved|notes?|noted|to note|for (?:noting|info|information))(?: ?[:–—-] | that )"
)
"""Words that begin what was decided or noted: "DECISION: the strategy was endorsed", "RESOLVED that it be approved"."""


class RowReader(RowNotes):
    """One row, read field by field."""

    def action(self) -> FoundAction | None:
        """Return the action that the row is."""
        words, ref, number, printed_ref = self._words_and_ref()
        self.words = words
        if self._is_decided() or fold(words).strip(" .-") in NO_ACTION or not any(char.isalpha() for char in words):
            self.log.notes.append(f"{self.setting.table.place(self.row)} says nothing to be done and was left out: "
                                  f"“{' '.join(filter(None, self.row.cells))[:80]}”.")  # fmt: skip
            return None
        self.raised = raised_on(self)
        self.lead_said = self.cell(LogColumn.LEAD) or self._partners(lead=True) or self._who_in_words()
        lead, support = self._lead(), self._support()
        due, first = due_of_row(self)
        status, update = status_of_row(self)
        priorities = self._priorities()
        source = self._source()
        kind, meeting, day, first_meeting = settle_due(self, due, first, bool(priorities), status)
        given = check_given(self, self._given(meeting or day), meeting, day)
        self._doubt_columns()
        self._keep_rest()
        printed = self.whole_printed()
        action = LogAction(
            ref=ref,
            words=self.words,
            kind=kind,
            place=self.setting.table.place(self.row),
            number=number,
            priorities=priorities,
            lead=lead.post,
            supporting=tuple(dict.fromkeys((*lead.supporting, *support))),
            meeting=meeting,
            day=day,
            first_meeting=first_meeting,
            given=given,
            status=status,
            update=update,
            evidence=evidence_said(self, status, update),
            source=source,
            printed=printed,
            updated=self.updated,
        )
        return FoundAction(action, printed_ref, self.doubts, self.setting.table, self.row)

    def _words_and_ref(self) -> tuple[str, str, int | None, str]:
        said = self.cell(LogColumn.ACTION)
        words = self._words_of_minutes(said) if self._of_minutes() else " ".join(said.split())
        cell = self.cell(LogColumn.REF).strip()
        if not words:
            words = self._other_words()
        letter = _LETTER.match(words)
        if letter is not None and not _LETTER.search(words, letter.end()):
            self.keep_text("", letter[0])
            words = words[letter.end() :]
        leading = leading_ref(words, numbered=self.setting.numbered(self.setting.layout.at(LogColumn.ACTION)))
        printed = cell
        if leading is not None and (not cell or ref_key(leading[1]) == ref_key(cell)) and words[leading.end() :]:
            printed, words = cell or leading[1], words[leading.end() :]
        elif not cell:
            printed = self._ref_elsewhere() or self._minute_of_its_own()
        if len(words) > MAX_WORDS:
            self.keep_text("Action", words)
            self.doubt(LogField.WORDS, LogColumn.ACTION, words[:60], "", f"it has more than {MAX_WORDS:,} characters")
            words = words[: MAX_WORDS - 1] + "…"
        ref, number = self._ref(printed)
        return words, ref, number, printed

    def _of_minutes(self) -> bool:
        at = self.setting.layout.at(LogColumn.ACTION)
        return at is not None and is_of_minutes(self.setting.layout.heading(at))

    def _words_of_minutes(self, said: str) -> str:
        """Return the action in what was said; "" where there is none."""
        lead = self.cell(LogColumn.LEAD)
        if not lead and not has_action(said):
            return ""
        names = [lead, *re.split(r"\W+", lead), self.log.titles.get(self.log.lead_of(lead).post, "").partition(",")[0]]
        words = action_said(said, names)
        self.doubt(LogField.WORDS, LogColumn.ACTION, said[:80], words, "it stands in what was discussed", MINUTES)
        if self.log.as_proposed(MINUTES):
            self.keep(LogColumn.ACTION, said)
            return words
        return " ".join(said.split())

    def _is_decided(self) -> bool:
        """Return whether a row is a decision or a note: its sort says so, or a short cell where nobody does it."""
        sorts = self.setting.sorts
        if sorts is not None and sorts in self.row.filled:
            return fold(self.row.cells[sorts]) in NO_ACTION_SORTS
        if self.cell(LogColumn.LEAD) or self.cell(LogColumn.DUE):
            return False
        if _DECIDED.match(fold(self.words)):
            return True
        cells = map(fold, self.short_cells())
        return any(fold(self.log.key.get(cell, cell)) in NO_ACTION_SORTS and len(cell) > 1 for cell in cells)

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

    def _minute_of_its_own(self) -> str:
        """Return the minute's number where nothing else numbers the actions, and each has its own: "62/17(l)"."""
        at = self.setting.layout.at(LogColumn.SOURCE)
        return self.row.cells[at] if at is not None and at in self.row.filled and self.setting.minutes_apart else ""

    def _ref(self, printed: str) -> tuple[str, int | None]:
        """Return a ref as it is stored, and its number where it is nothing but a number."""
        said = printed if printed.count("(") == printed.count(")") else printed.replace("(", " ").replace(")", " ")
        plain = " ".join(NOT_IN_REFS.sub(" ", said).split()).strip(".:- ")[:MAX_REF]
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

    def _partners(self, *, lead: bool) -> str:
        """Return those in whose columns a mark says that they lead, or that they do anything else."""
        layout = self.setting.layout
        if not layout.partners:
            return ""
        marked = [(at, fold(self.row.cells[at])) for at in layout.partners if at in self.row.filled]
        leads = [at for at, mark in marked if fold(self.log.key.get(mark, mark)).startswith(_LEADS)]
        return ", ".join(layout.heading(at) for at, _ in marked if (at in leads) is lead)

    def _lead(self) -> LeadCell:
        said = self.lead_said
        cell = self.log.lead_of(said)
        beside = _BESIDE_LEAD.fullmatch(said)
        if beside is not None and not cell.whole and self.log.status_of(beside[2]).said:
            self.status_in, cell = (LogColumn.LEAD, beside[2]), self.log.lead_of(beside[1])
        title = self.log.titles.get(cell.post, "")
        if not cell.whole:
            self.keep(LogColumn.LEAD, said)
        for name, post in cell.unknown:
            self._ask_who(name, post, cell.doubt if name == said else NO_SUCH_POST)
        if cell.key or not said:
            key = cell.key or LEAD_LEFT_OUT
            self.doubt(LogField.LEAD, LogColumn.LEAD, said, title, cell.doubt or "nobody leads it", key)
            if key == LEAD_LEFT_OUT and self.log.found and not self.log.as_proposed(LEAD_LEFT_OUT):
                cell = LeadCell(self.log.found[-1].action.lead)
        elif said in self.struck(LogColumn.LEAD):
            self.doubt(LogField.LEAD, LogColumn.LEAD, said, title, "it is struck out")
        return cell

    def _who_in_words(self) -> str:
        """Return who acts by the action's words, which then begin with what is to be done; "" for nobody."""
        who, deed = who_acts(self.words, self.log.is_somebody)
        if not who:
            return ""
        for about, proposed in ((LogField.LEAD, who), (LogField.WORDS, deed)):
            self.doubt(about, LogColumn.ACTION, self.words[:80], proposed, "who acts stands in its words", WHO_IN_WORDS)
        if not self.log.as_proposed(WHO_IN_WORDS):
            return ""
        self.keep(LogColumn.ACTION, self.words)
        self.words = deed
        return who

    def _support(self) -> tuple[str, ...]:
        """Return the organisations of those who support it."""
        said = self.cell(LogColumn.SUPPORT) or self._partners(lead=False)
        if not said:
            return ()
        self.keep(LogColumn.SUPPORT, self.cell(LogColumn.SUPPORT))
        return organisations_in(said, self.plan.vocabulary)

    def _ask_who(self, name: str, post: str, why: str) -> None:
        label = self.log.titles.get(post, "")
        key = f"who:{self.log.spelling.setdefault(fold(name), name)}"
        if is_group(name):
            key = self.log.ask_pair(GROUPS, name, NOBODY)
        elif label:
            key = self.log.ask_pair(NAMES, name, label)
        else:
            self.log.ask(key, f"Who is “{name}”?")
        self.doubt(LogField.LEAD, LogColumn.LEAD, name, label, why, key)

    def _priorities(self) -> tuple[int, ...]:
        said = self.cell(LogColumn.PRIORITY)
        read = [self.setting.serves]
        if said:
            self.keep(LogColumn.PRIORITY, said)
            several = [read_section(f"priority {one}", self.plan) for one in _LISTED.split(said)]
            each = all(one.priority is not None for one in several)
            read = [*several] if each else [read_section(f"priority {said}", self.plan)]
        return tuple(dict.fromkeys(number for one in read if one is not None for number in self._priority(one)))

    def _priority(self, standing: SectionMeaning) -> tuple[int, ...]:
        """Return the priority that some words name, which may be in doubt; none for others."""
        if standing.priority is None:
            return ()
        if standing.doubt:
            key = f"serves:{fold(standing.text)}"
            settled = self.log.answers.settled.get(key)
            if settled is not None:
                return (int(settled),) if settled else ()
            self.log.ask(key, f"Which priority is “{standing.text[:80]}”?", f"priority {standing.priority}")
            self.doubt(
                LogField.SERVES, LogColumn.PRIORITY, standing.text, f"priority {standing.priority}", standing.doubt, key
            )
        return (standing.priority,)

    def _source(self) -> str:
        cell = " ".join(self.cell(LogColumn.SOURCE).split())
        if cell and not _WORD.search(cell):
            cell = f"{self.setting.layout.heading(self.setting.layout.at(LogColumn.SOURCE) or 0)} {cell}"
        title = ", ".join(self.setting.titles)
        said = cell or title or self.log.label
        if cell and title:
            self.keep_text("", title)
        if len(said) > MAX_TITLE:
            self.keep_text("", said)
            return said[: MAX_TITLE - 1] + "…"
        return said

    def _given(self, due: date | None) -> date | None:
        raised = self.raised
        if raised in self.plan.meetings:
            return raised
        given = self.setting.given
        if given is not None:
            return given.day if given.gave and given.day in self.plan.meetings else None
        since = self.log.since if self.log.gave and self.log.since in self.plan.meetings else None
        # A title is over actions of earlier meetings too.
        return since if since is not None and (due is None or since < due) else None

    def _doubt_columns(self) -> None:
        """Note that a column may be another, where the row says something in it."""
        layout = self.setting.layout
        for question in layout.asked:
            column = next((one for one in (question.taken, *question.others) if one in _FIELDS), None)
            said = self.row.cells[question.at] if question.at in self.row.filled else ""
            if column is None or not said:
                continue
            if question.taken is column or said != self.cell(column):
                place = self.setting.table.place(self.row, question.at)
                why = f"“{question.heading}” may be another column"
                self.doubts.append(LogDoubt(_FIELDS[column], place, said, "", why, f"column:{question.heading}"))
        if layout.many_comments and (said := self.cell(LogColumn.UPDATE)):
            self.doubt(LogField.UPDATE, LogColumn.UPDATE, said, said, "several columns hold comments", COMMENTS)

    def _keep_rest(self) -> None:
        layout = self.setting.layout
        read = layout.taken.union(layout.at(column, self.row) for column in layout.series)
        for at in self.row.filled:
            heading = layout.heading(at)
            if at not in read and heading != TO_BE_LOOKED_AT:
                self.keep_text("" if heading == AS_PRINTED else heading, self.row.cells[at])
        for section in self.setting.sections:
            self.keep_text("Under", section)
