"""Read the tables of a log into a draft: actions, the doubts about them, and what is asked once.

Nothing is guessed without a doubt, and every word of every cell stands in the action: as a field, or as printed.

Source: docs/explanation/action-logs.md.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from handlers.logs.beside import tables_apart
from handlers.logs.column_choice import columns_by_content
from handlers.logs.column_contents import structural_heading
from handlers.logs.draft import DraftRow, LogAnswers, LogDoubt, LogDraft, LogField, LogPlan
from handlers.logs.initials import listed_initials
from handlers.logs.layout import LogLayout, heading_place, is_risk_register
from handlers.logs.log_blocks import read_rows
from handlers.logs.log_questions import TWICE
from handlers.logs.log_state import FoundAction, LogState, RowSetting
from handlers.logs.printed_refs import NextNumbers
from handlers.logs.prose import actions_in_text
from handlers.logs.sections import is_agenda, key_of_ratings, key_table, meant_by_key, read_section, titles_of
from handlers.logs.text_shapes import labelled_blocks, parted_lines
from handlers.reading.normalise import fold
from models.errors import Refusal
from models.files.tables import PlainTable
from models.rules.refs import ref_key

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:[-/–](?:20)?(\d\d))?(?!\d)")
_SHEET_IS_OVER = re.compile(r"\b(?:closed|archived?|old|previous|last year|completed?)\b")
_OTHER_SHEET = re.compile(
    r"(?:risks?|issues?|decisions?|assumptions?|dependenc(?:y|ies)|lessons)(?: (?:log|register))?"
)
"""What a sheet is called that holds no actions, beside one that is called after them."""
_GOES_ON = re.compile(r"\(?\b(?:continued|cont(?:'d|d)?)\b\.?\)?")
_FIRST_ROWS = 5
_ALIKE = 60
"""How alike, of 100, the words of two actions with one ref are to be for one action."""


def read_log(tables: Sequence[PlainTable], plan: LogPlan, answers: LogAnswers, label: str) -> LogDraft:
    """Return a log as it reads.

    Raises:
        Refusal: it is no action log.
    """
    tables = tables_apart(tables)
    registers = [table for table in tables if is_risk_register(table.rows)]
    tables = [table for table in tables if table not in registers]
    if registers and not any(heading_place(table.rows) is not None for table in tables):
        raise Refusal(
            f"{label} is a register of risks, not an action log: nothing was read. Send the table of actions by itself."
        )
    log = LogState(plan, answers, label)
    for table in registers:
        _leave_out(log, table, "a register of risks, not of actions,")
    places = [heading_place(table.rows) for table in tables]
    if all(place is None for place in places):
        places = [structural_heading(table.rows, log.is_somebody) for table in tables]
    if all(place is None for place in places):
        if blocks := labelled_blocks(tables):
            tables, places = blocks, [0] * len(blocks)
        elif (parted := parted_lines(tables)) is not None:
            tables, places = [parted], [None]
    years = [_year_of(table) for table, place in zip(tables, places, strict=True) if place is not None]
    newest = max([log.day.year, *years])
    for table in tables:
        log.know_initials([*table.above, *(row.cells[row.filled[0]] for row in table.rows if len(row.filled) == 1)])
        log.know_initials(listed_initials(table.rows))
        log.key |= key_of_ratings(table.rows) | key_table(table.rows)
    log.legend = meant_by_key(log.key)
    places = _and_those_alike(tables, places)
    known: dict[tuple[str, ...], LogLayout] = {}
    has_actions = any("action" in fold(table.name) for table in tables)
    for table, place in zip(tables, places, strict=True):
        layout = None
        if has_actions and _OTHER_SHEET.fullmatch(fold(table.name)):
            _leave_out(log, table)
            continue
        if 0 < _year_of(table) < newest and _SHEET_IS_OVER.search(fold(table.name)):
            log.notes.append(f"{table.name} is of an earlier year and was left out ({len(table.rows)} rows).")
            continue
        if place is not None:
            headings = _plain_headings(table.rows[place].cells)
            layout = known.get(headings) or log.layout(table.rows, place)
            known[headings] = layout
        elif all(one is None for one in places):
            layout = columns_by_content(table.rows, answers.columns, log.is_somebody)
        if layout is not None and layout.is_of_actions and not is_agenda(table.rows):
            _read_table(log, table, layout, -1 if place is None else place)
        else:
            _leave_out(log, table)
    in_text = not (log.found or answers.columns) and all(place is None for place in places)
    if in_text and (text := actions_in_text(tables, plan.vocabulary, log.day, log.is_somebody)) is not None:
        log.notes[:] = ["Only what is marked or listed as an action in the text was read."]
        log.know_day(text[0].above)
        log.since = answers.meeting or log.since
        log.gave = log.since is not None
        _read_table(log, *text, -1)
    if not log.found:
        raise Refusal(
            f"{label} has no table of actions, and no line that is marked as one: nothing was read. Send a table with "
            "a row of headings, such as Action, Lead and Due, or lines such as “ACTION: Head of Education to write to "
            "schools”."
        )
    rows = tuple(_settled(log))
    if any(doubt.key == "meeting" for row in rows for doubt in row.doubts):
        log.ask("meeting", "Of which meeting is this log? Days without a year count from it.", str(log.day))
    return LogDraft(rows, log.asked(), tuple(log.notes), tuple(log.columns_read))


def _and_those_alike(tables: Sequence[PlainTable], places: Sequence[int | None]) -> list[int | None]:
    """Return the places of headings, with those of tables that have the headings of another: a list over two pages."""
    known = {
        _plain_headings(table.rows[place].cells)
        for table, place in zip(tables, places, strict=True)
        if place is not None
    }
    return [
        next((at for at, row in enumerate(table.rows[:_FIRST_ROWS]) if _plain_headings(row.cells) in known), None)
        if place is None
        else place
        for table, place in zip(tables, places, strict=True)
    ]


def _plain_headings(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a row of headings, without what only says that it goes on."""
    return tuple(" ".join(_GOES_ON.sub(" ", fold(cell)).split()) for cell in cells)


def _year_of(table: PlainTable) -> int:
    """Return the year that the name of a sheet has, of two the later ("2024-25"), or 0."""
    found = _YEAR.search(table.name)
    return int(f"20{found[2]}" if found[2] else found[1]) if found is not None else 0


def _leave_out(log: LogState, table: PlainTable, why: str = "no table of actions") -> None:
    """Note a table that is no table of actions; a day in the lines above it is that of the log all the same."""
    log.know_day([*table.above, *titles_of(table.rows[:1])])
    if table.rows:
        what = table.name[:1].upper() + table.name[1:] or "A table"
        log.notes.append(f"{what} is {why} and was left out ({len(table.rows)} rows).")


def _read_table(log: LogState, table: PlainTable, layout: LogLayout, place: int) -> None:
    """Read one table; `place`: of its headings, -1 for none."""
    second = place > 0 and table.rows[place - 1].number == table.rows[place].number - 1
    above = place - 1 if second and 0 not in table.rows[place - 1].filled else max(place, 0)
    titles = titles_of(table.rows[:above])
    log.know_day([*table.above, *titles, *(cell for row in table.rows[:above] for cell in row.cells)])
    setting = RowSetting(table, layout, titles)
    meanings = [read_section(title, log.plan) for title in titles]
    setting.serves = next((one for one in reversed(meanings) if one.priority is not None), None)
    log.ask_columns(layout)
    read_rows(log, setting, place + 1)


def _settled(log: LogState) -> Iterator[DraftRow]:
    """Yield each action with its ref: as printed, that of the same action in the plan, or a new one."""
    plan = log.plan
    numbers = NextNumbers(plan, (one.action.number for one in log.found))
    by_words = {fold(words): ref for ref, words in plan.actions.values()}
    many = Counter(ref_key(one.action.ref) for one in log.found)
    used: set[str] = set()
    for one in log.found:
        action = one.action
        key = ref_key(action.ref)
        _, there = plan.actions.get(key, ("", ""))
        if key and many[key] > 1 and TWICE not in log.answers.settled:
            one.doubts.append(_ref_doubt(one, "", "this ref stands twice in the log", TWICE))
            log.ask_rule(TWICE, one.printed_ref)
        if key in used:
            key = ""
        elif there and fuzz.token_set_ratio(fold(there), fold(action.words)) < _ALIKE:
            if action.number:
                key = ""
            else:
                why = f"the plan has this ref for “{there[:80]}”: is it the same action?"
                one.doubts.append(_ref_doubt(one, action.ref, why))
        if not key:
            known = by_words.get(fold(action.words), "")
            kept = f"Ref: {one.printed_ref}" if one.printed_ref else ""
            ref = known if known and ref_key(known) not in used else numbers.next()
            action = replace(action, ref=ref, printed=" · ".join(filter(None, (action.printed, kept))))
        used.add(ref_key(action.ref))
        yield DraftRow(action, tuple(one.doubts), ref_key(action.ref) in plan.actions)


def _ref_doubt(one: FoundAction, proposed: str, why: str, key: str = "") -> LogDoubt:
    return LogDoubt(LogField.REF, one.table.place(one.row), one.printed_ref, proposed, why, key)
