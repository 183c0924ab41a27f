"""Logs of all shapes with their right values: read, and judged row by row."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from handlers.logs.beside import tables_apart
from handlers.logs.draft import DraftRow, LogAnswers, LogDraft, LogPlan
from handlers.logs.log_answers import Answering
from handlers.logs.log_reader import read_log
from handlers.logs.text_shapes import labelled_blocks
from handlers.reading.normalise import fold
from handlers.reading.vocabulary import OrganisationWords, PlanNames, PostWords, PriorityWords, Vocabulary
from models.errors import Refusal
from models.files.tables import PlainTable, TableRow, pasted_tables
from models.files.tables.table_files import read_tables
from tests.yaml_files import read_yaml

FOLDER = Path(__file__).parent / "golden"
FILES = sorted(FOLDER.glob("*.yaml"))

_ORGANISATIONS = {
    "anyshire-council": ("Anyshire Council", ("the council",)),
    "anyshire-police": ("Anyshire Police", ("police",)),
    "anyshire-ccg": ("Anyshire Clinical Commissioning Group", ("CCG", "NHS")),
    "anyshire-cvs": ("Anyshire CVS", ("CVS",)),
}
_POSTS = {
    "director-of-childrens-services": ("Director of Children's Services", "anyshire-council", ()),
    "head-of-education": ("Head of Education", "anyshire-council", ()),
    "head-of-early-help": ("Head of Early Help", "anyshire-council", ()),
    "head-of-commissioning": ("Head of Commissioning", "anyshire-council", ()),
    "head-of-partnerships": ("Head of Partnerships", "anyshire-council", ()),
    "business-manager": ("Business Manager", "anyshire-council", ()),
    "principal-social-worker": ("Principal Social Worker", "anyshire-council", ("PSW",)),
    "director-of-finance": ("Director of Finance", "anyshire-council", ()),
    "democratic-services-officer": ("Democratic Services Officer", "anyshire-council", ()),
    "independent-chair": ("Independent Chair", "anyshire-council", ()),
    "chief-inspector": ("Chief Inspector", "anyshire-police", ()),
    "designated-nurse": ("Designated Nurse", "anyshire-ccg", ()),
    "chief-officer": ("Chief Officer", "anyshire-cvs", ()),
}
PRIORITIES = ("Early help", "Keeping children safe", "Good schools", "Healthy lives")


@cache
def words_of_plan() -> Vocabulary:
    """The words of the plan that every golden log is read against."""
    organisations = {
        key: OrganisationWords(at, key, name, aliases)
        for at, (key, (name, aliases)) in enumerate(_ORGANISATIONS.items(), 1)
    }
    posts = tuple(
        PostWords(at, key, title, organisations[of], aliases)
        for at, (key, (title, of, aliases)) in enumerate(_POSTS.items(), 1)
    )
    names = PlanNames(posts, tuple(organisations.values()))
    priorities = tuple(PriorityWords(number, title) for number, title in enumerate(PRIORITIES, 1))
    return Vocabulary(priorities=priorities, names=lambda: names)


@dataclass(frozen=True)
class Golden:
    """One log: its tables as a file, and what is right."""

    name: str
    values: dict[str, Any] = field(repr=False)

    @property
    def plan(self) -> LogPlan:
        """What it is read against."""
        meetings = tuple(sorted(self.values["meetings"]))
        return LogPlan(words_of_plan(), "trust", meetings, self.values.get("today", meetings[-1]))

    def tables(self) -> tuple[PlainTable, ...]:
        """Read its file."""
        if "paste" in self.values:
            return pasted_tables(self.values["paste"])
        name, data = self.file()
        return read_tables(data, name)

    def file(self) -> tuple[str, bytes]:
        """Its name and bytes."""
        if "csv" in self.values:
            return f"{self.name}.csv", self.values["csv"].encode(self.values.get("encoding", "utf-8"))
        if "docx" in self.values:
            return f"{self.name}.docx", word_file(self.values["docx"], self.values.get("paragraphs", []))
        return f"{self.name}.xlsx", workbook_file(self.values["xlsx"])

    def read(self) -> LogDraft:
        """Read it as the program does."""
        answers = LogAnswers(meeting=self.values.get("log"))
        return read_log(
            self.tables(), self.plan, answers, self.file()[0] if "paste" not in self.values else "the paste"
        )

    def answered(self, *, last: bool = False) -> LogDraft:
        """Read it with every question answered by what is proposed, or with `last` by the last of few choices."""
        answering = Answering(self.plan, LogAnswers(meeting=self.values.get("log")))
        tables, asked = self.tables(), set[str]()
        draft = read_log(tables, self.plan, answering.answers, self.name)
        while question := next((one for one in draft.questions if one.key not in asked), None):
            asked.add(question.key)
            answering.accept(question, question.choices[-1] if last and question.choices else "")
            draft = read_log(tables, self.plan, answering.answers, self.name)
        return draft


_ONE_WORD = re.compile(r"[^\W_]+")


def lost_words(draft: LogDraft, tables: Sequence[PlainTable]) -> list[str]:
    """Return the words of the rows of actions that stand in no field of theirs, and not as printed either."""
    titles = {one.key: one.label for one in words_of_plan().names().posts}
    rows = {table.place(row): row for table in (*tables_apart(tables), *labelled_blocks(tables)) for row in table.rows}
    lines = [line for table in tables for line in table.above]
    rows |= {f"text, row {number}": TableRow(number, (line,)) for number, line in enumerate(lines, 1)}
    known: defaultdict[str, set[str]] = defaultdict(set)
    for action in (row.action for row in draft.rows):
        days = [one for one in (action.meeting, action.day, action.first_meeting) if one]
        kept = " ".join(
            (action.ref, action.words, action.update, action.evidence, action.source, action.printed,
             titles.get(action.lead, ""), str(action.status), str(action.number or ""))
        )  # fmt: skip
        kept += " ".join(f" {day:%d %m %Y %y %B %b} {day.day} {day.month} {day.isoformat()}" for day in days)
        # Several actions of one cell have its words together.
        known[action.place] |= {word.lstrip("0") for word in _ONE_WORD.findall(fold(kept))}
    # "Ditto" is the cell above, and no word of its own.
    cells = [(place, fold(cell)) for place in known for cell in rows[place].cells if fold(cell) != "ditto"]
    words = [(place, word) for place, cell in cells for word in _ONE_WORD.findall(cell)]
    return [word for place, word in words if word.lstrip("0") not in known[place] and len(word) > 1]


def load(path: Path) -> Golden:
    """Return a golden log."""
    return Golden(path.stem, read_yaml(path))


def workbook_file(sheets: dict[str, list[list[Any]]]) -> bytes:
    """Return an Excel workbook; `!day 2021-11-16` is a real date, `~x~` is x struck out."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([
                date.fromisoformat(cell[5:]) if isinstance(cell, str) and cell.startswith("!day ") else cell
                for cell in row
            ])  # fmt: skip
            for cell in sheet[sheet.max_row]:
                first, *struck = str(cell.value).split("~")
                if struck and not first + "".join(struck[1:]).strip():
                    cell.value, cell.font = struck[0], Font(strike=True)
                elif struck:
                    pieces: list[str | TextBlock] = [first, TextBlock(InlineFont(strike=True), struck[0]), *struck[1:]]
                    cell.value = CellRichText(*[piece for piece in pieces if piece])
            if row and row[0] and not any(row[1:]):
                sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=len(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(tables: list[list[list[Any]]], paragraphs: list[str]) -> bytes:
    """Return a Word file: the paragraphs, then the tables; "^" continues the cell above, `~x~` is x struck out."""

    def runs(line: str) -> str:
        return "".join(
            f"<w:r>{'<w:rPr><w:strike/></w:rPr>' if at % 2 else ''}<w:t>{escape(piece)}</w:t></w:r>"
            for at, piece in enumerate(line.split("~"))
        )

    def cell(text: Any) -> str:
        merged = "<w:vMerge/>" if text == "^" else '<w:vMerge w:val="restart"/>'
        lines = "".join(f"<w:p>{runs(line)}</w:p>" for line in ("" if text in ("^", None) else str(text)).split("\n"))
        return f"<w:tc><w:tcPr>{merged}</w:tcPr>{lines}</w:tc>"

    body = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    for rows in tables:
        lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
        body += f"<w:tbl>{lines}</w:tbl>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>')
    return stream.getvalue()


RIGHT, ASKED, WRONG = "right", "asked about", "wrong"


@dataclass(frozen=True)
class JudgedRow:
    """What became of one row: right, asked about or wrong, and why."""

    verdict: str
    why: str = ""


def judge(golden: Golden) -> list[JudgedRow]:
    """Return what became of each row of a golden log."""
    try:
        draft = golden.read()
    except Refusal as refused:
        wanted = golden.values.get("refused")
        fine = wanted is not None and wanted.split()[0] in str(refused)
        return [JudgedRow(RIGHT if fine else WRONG, str(refused))]
    if "refused" in golden.values:
        return [JudgedRow(WRONG, "it was read, and is no action log")]
    rows = golden.values["rows"]
    judged = [_judge(wanted, got, draft) for wanted, got in zip(rows, draft.rows, strict=False)]
    missing = [JudgedRow(WRONG, f"missing: {one['words']}") for one in rows[len(draft.rows) :]]
    extra = [JudgedRow(WRONG, f"no action: {one.action.words}") for one in draft.rows[len(rows) :]]
    return [*judged, *missing, *extra]


_FIELDS = {
    "ref": {"ref"}, "words": {"words"}, "lead": {"lead"}, "supporting": {"lead"}, "due": {"due"}, "first_due": {"due"},
    "status": {"status"}, "update": {"status", "update"}, "given": {"due"}, "priorities": {"serves"}, "kind": {"due"},
    "source": {"ref"},
}  # fmt: skip
_NOT_COMPARED = ("ref", "given", "kind", "source", "supporting")
"""Fields that are compared only where the right value is written."""


def _judge(wanted: dict[str, Any], got: DraftRow, draft: LogDraft) -> JudgedRow:
    action = got.action
    values: dict[str, Any] = {
        "ref": action.ref,
        "words": action.words,
        "lead": action.lead,
        "supporting": list(action.supporting),
        "due": action.meeting or action.day,
        "first_due": action.first_meeting,
        "status": str(action.status),
        "update": action.update,
        "given": action.given,
        "priorities": list(action.priorities),
        "kind": str(action.kind),
        "source": action.source,
    }
    defaults = {"status": "not started", "update": "", "lead": "", "priorities": []}
    doubted = {str(doubt.field) for doubt in got.doubts}
    doubted |= {"columns"} if any(one.key.startswith("column:") for one in draft.questions) else set()
    silent = set(wanted.get("asked", [])) - doubted
    if silent:
        return JudgedRow(WRONG, f"{action.ref} {action.words}: not asked about {', '.join(sorted(silent))}")
    for name, value in values.items():
        if name not in wanted and name in _NOT_COMPARED:
            continue
        right = wanted.get(name, defaults.get(name))
        if value != right and doubted.isdisjoint(_FIELDS[name]):
            return JudgedRow(WRONG, f"{action.ref} {action.words}: {name} is {value!r}, and right is {right!r}")
    return JudgedRow(ASKED if doubted else RIGHT, ", ".join(sorted(doubted)))


def right_as_proposed(golden: Golden) -> tuple[int, int]:
    """Return how many rows are right once every question is answered by what is proposed, and how many there are."""
    rows = golden.values.get("rows", [])
    try:
        draft = golden.answered()
    except Refusal:
        return 0, len(rows)
    plain = [replace(row, doubts=()) for row in draft.rows]
    judged = [_judge({**one, "asked": []}, row, draft) for one, row in zip(rows, plain, strict=False)]
    return sum(one.verdict != WRONG for one in judged), len(rows)


def shares(paths: list[Path] = FILES) -> tuple[Counter[str], list[str]]:
    """Return how many rows of all golden logs are right, asked about and wrong, and what is wrong."""
    counts: Counter[str] = Counter()
    wrong = []
    for path in paths:
        for row in judge(load(path)):
            counts[row.verdict] += 1
            if row.verdict == WRONG:
                wrong.append(f"{path.stem}: {row.why}")
    return counts, wrong
