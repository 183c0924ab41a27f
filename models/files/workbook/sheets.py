"""Find the sheets of a workbook, their rows of headings, and the rows below."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple, get_column_letter

from models.files.planfile.key_names import same_word
from models.files.planfile.part_names import EXAMPLE_MARK
from models.files.planfile.problems import listing, misspelt, one_part_of, shorten_value
from models.files.workbook.archive import SAVE_AGAIN, NotAWorkbook, SheetScan, unpack
from models.files.workbook.cell_addresses import CellAddresses, SheetProblems
from models.files.workbook.column_kinds import Column, Sheet
from models.files.workbook.columns import ACTIONS, NOTES_SHEET, PLAN, REVISION_SHEET, SHEETS, WORDS_SHEET

MAX_COLUMNS = 80
_HEADING_ROWS = 15
"""How far down the row of headings is looked for: people put titles above it."""

_MOST_COVERED = 1_000


HeadingWords = Callable[[str], Sequence[str]]
"""Return which columns of the actions a heading that is none of theirs may name, the likeliest first."""


@dataclass
class OpenWorkbook:
    """An open workbook: its sheets by our titles, what was seen in each, and the other titles."""

    sheets: dict[str, Any]
    found: dict[str, SheetScan]
    others: list[str]


@dataclass
class Table:
    """The rows of one sheet under its headings. `columns` says where each column is, counted from 0."""

    sheet: Sheet
    columns: dict[int, Column] = field(default_factory=dict)
    rows: Iterator[tuple[int, Sequence[Any]]] = field(default_factory=lambda: iter(()))
    unread: list[str] = field(default_factory=list)
    read_as: list[str] = field(default_factory=list)
    """Headings that are called otherwise, and what they were read as."""
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """The cells that a merged range hides (row, column counted from 0), with the one that has its value."""


def open_workbook(
    data: bytes, places: CellAddresses, problems: SheetProblems, also_called: HeadingWords
) -> OpenWorkbook:
    """Return the sheets of a workbook.

    A sheet that is missing is a problem; one whose title is nearly right is named.

    Raises:
        NotAWorkbook: it cannot be opened.
    """
    by_title = open_sheets(data)
    ours: dict[str, tuple[Any, SheetScan]] = {}
    others = [title for title in by_title if title not in (NOTES_SHEET, REVISION_SHEET, WORDS_SHEET)]

    def is_called(title: str, sheet: Sheet) -> bool:
        return same_word(title) == same_word(sheet.title)

    def is_like(title: str, sheet: Sheet) -> bool:
        first_rows = islice(rows_of(by_title[title][0]), _HEADING_ROWS)
        return _begins_with(title, sheet) and _heading_row(sheet, first_rows, also_called) is not None

    for fits in (is_called, is_like):
        for sheet in (PLAN, *SHEETS):
            title = next((one for one in others if sheet.title not in ours and fits(one, sheet)), None)
            if title is not None:
                ours[sheet.title] = by_title[title]
                places.titles[sheet.title] = title
                others.remove(title)
    if not ours:
        raise NotAWorkbook(
            f"no sheet of it is a plan's ({listing(map(shorten_value, others), 8)})",
            "an action log is imported with --log BOARD; a plan, in the workbook that “cypp template” writes",
        )
    for sheet in (PLAN, *SHEETS):
        if sheet.title in ours:
            continue
        near = next((title for title in others if misspelt(title, [sheet.title.casefold()])), None)
        if near is not None:
            where = f"sheet {shorten_value(near)}"
            problems.add_sheet(where, "no sheet of a plan has this title", f"did you mean {sheet.title}? rename it so")
            others.remove(near)
        elif sheet.needed:
            right = f"add it, or rename the one that holds {'the plan' if sheet is PLAN else f'the {sheet.section}'}"
            has = f"; the workbook has {', '.join(map(shorten_value, others[:8]))}" if others else ""
            problems.add_sheet("the workbook", f"there is no sheet {sheet.title}{has}", right)
        if sheet.needed or near is not None:
            problems.said_already.add((sheet.section, sheet.section))
            problems.said_already.add((sheet.section, ""))
    if REVISION_SHEET in by_title:
        ours[REVISION_SHEET] = by_title[REVISION_SHEET]
    sheets = {title: sheet for title, (sheet, _) in ours.items()}
    return OpenWorkbook(sheets, {title: found for title, (_, found) in ours.items()}, others)


def open_sheets(data: bytes, around_struck: tuple[str, str] | None = None) -> Mapping[str, tuple[Any, SheetScan]]:
    """Return the sheets of any workbook by their titles, each with what was seen in it (`around_struck`: `unpack`).

    Raises:
        NotAWorkbook: it cannot be opened.
    """
    unpacked = unpack(data, around_struck)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it leaves out, such as drawings and conditional formats; none of it is read.
            warnings.simplefilter("ignore")
            book = load_workbook(unpacked.archive, read_only=True, data_only=True, keep_links=False)
        sheets: list[Any] = list(book.worksheets)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, ParseError, SyntaxError) as error:
        raise NotAWorkbook("the workbook cannot be made out", SAVE_AGAIN) from error
    scans = [unpacked.sheets.get(sheet._worksheet_path.lstrip("/"), SheetScan()) for sheet in sheets]
    return {sheet.title: (sheet, scan) for sheet, scan in zip(sheets, scans, strict=True)}


def _begins_with(title: str, sheet: Sheet) -> bool:
    """Return whether a title begins with what a sheet lists: “Post holders”, “ACTION PLAN”."""
    first = next(iter(re.findall(r"\w+", title.casefold())), "")
    return first in (sheet.section, one_part_of(sheet.section))


def rows_of(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the rows of a worksheet: their number and their cells.

    Raises:
        NotAWorkbook: its XML breaks off.
    """
    # The size that a workbook states may be wrong, and would cut rows off or pad each to 16,384 cells.
    sheet.reset_dimensions()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1)
    except (ParseError, SyntaxError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise NotAWorkbook(f"the sheet {shorten_value(sheet.title)} cannot be made out", SAVE_AGAIN) from error


def table_of(
    sheet: Sheet, book: OpenWorkbook, places: CellAddresses, problems: SheetProblems, also_called: HeadingWords
) -> Table:
    """Return one of the sheets that are tables, with its rows under their headings.

    What is wrong with its headings, merged cells and formulas without a result is added to the problems.
    """
    rows = rows_of(book.sheets[sheet.title])
    ahead = list(islice(rows, _HEADING_ROWS))
    found = _heading_row(sheet, ahead, also_called)
    if found is None:
        if any(cell.value not in (None, "") for _, row in ahead for cell in row) or sheet.needed:
            first = ", ".join(column.heading for column in sheet.columns[:4])
            problems.add_sheet(places.titles[sheet.title], "there is no row of headings", f"write {first} … above it")
            problems.said_already |= {(sheet.section, sheet.section), (sheet.section, "")}
        return Table(sheet)
    table = Table(sheet)
    head, headings, named = found
    _headings(table, head, headings, named, problems)
    _merged_and_formulas(table, head, book.found[sheet.title], problems)

    def below() -> Iterator[tuple[int, Sequence[Any]]]:
        yield from ((number, row) for number, row in ahead if number > head)
        yield from rows

    table.rows = below()
    return table


def _heading_row(
    sheet: Sheet, rows: Iterable[tuple[int, Sequence[Any]]], also_called: HeadingWords
) -> tuple[int, Sequence[str], Mapping[int, Column]] | None:
    """Return the row with most headings of a sheet: its number, its texts, the columns that they name."""
    best: tuple[int, Sequence[str], Mapping[int, Column]] | None = None
    most = 0
    for number, row in rows:
        texts = [str(cell.value or "").strip() for cell in row]
        named = _columns_named(sheet, texts, also_called)
        hits = len({column.heading for column in named.values()})
        if hits > most and (hits > 1 or sum(map(bool, texts)) == 1):
            best, most = (number, texts, named), hits
    return best


def _columns_named(sheet: Sheet, headings: Sequence[str], also_called: HeadingWords) -> dict[int, Column]:
    """Return which columns headings name: by a name that each has, then those of the actions by what logs call them."""
    known = {same_word(name): column for column in sheet.columns for name in (column.heading, *column.also)}
    named = {at: known[key] for at, heading in enumerate(headings) if (key := same_word(heading)) in known}
    if sheet is ACTIONS and named:
        others = {at: also_called(heading) for at, heading in enumerate(headings) if heading and at not in named}
        # “Revised date” is the due meeting alone, and makes “Target date” the first one.
        for at, may_be in sorted(others.items(), key=lambda other: len(other[1])):
            column = next((free for one in may_be if (free := known[same_word(one)]) not in named.values()), None)
            if column is not None:
                named[at] = column
    return named


def _headings(
    table: Table, row: int, headings: Sequence[str], named: Mapping[int, Column], problems: SheetProblems
) -> None:
    sheet, places = table.sheet, problems.places
    unknown: dict[int, str] = {}
    for at, heading in enumerate(headings):
        column = named.get(at)
        if column is None:
            if heading:
                unknown[at] = heading
            continue
        letter = get_column_letter(at + 1)
        if column in table.columns.values():
            first = places.letters[(sheet.title, column.heading)]
            where = f"{places.titles[sheet.title]}!{letter}{row}"
            problems.add_sheet(where, f"column {first} is {column.heading} already", "rename one, or take one out")
            continue
        table.columns[at] = column
        if same_word(heading) not in map(same_word, (column.heading, *column.also)):
            table.read_as.append(f"{heading} as {column.heading}")
        places.letters[(sheet.title, column.heading)] = letter
    absent = [column for column in sheet.columns if column not in table.columns.values()]
    for at, heading in unknown.items():
        near = misspelt(heading, [column.heading.casefold() for column in absent])
        meant = next((column for column in absent if column.heading.casefold() == near), None)
        where = f"{places.titles[sheet.title]}!{get_column_letter(at + 1)}{row}"
        if meant is None:
            table.unread.append(heading)
            continue
        problems.add_sheet(
            where,
            f'no column has the heading "{shorten_value(heading)}"',
            f"did you mean {meant.heading}? rename it so",
        )
        problems.said_already.add((sheet.section, meant.path[-1] if meant.path else meant.heading))
        absent.remove(meant)
    for column in absent:
        if column.needed and column.path != ("key",):
            title = places.titles[sheet.title]
            problems.add_sheet(title, f"there is no column {column.heading}", f"add it: {column.note}")
            problems.said_already.add((sheet.section, column.path[-1]))


def _merged_and_formulas(table: Table, head: int, found: SheetScan, problems: SheetProblems) -> None:
    for first, last in found.merged:
        row, column = coordinate_to_tuple(first)
        last_row, last_column = coordinate_to_tuple(last)
        ours = [table.columns[at] for at in range(column - 1, last_column) if at in table.columns]
        if last_row > head and ours:
            for at in range(row, min(last_row, row + _MOST_COVERED) + 1):
                for beside in range(column - 1, min(last_column, MAX_COLUMNS)):
                    table.covered[(at, beside)] = (row, column - 1)
            problems.add_cell(
                table.sheet, row, ours[0], f"the cells {first}:{last} are merged",
                "unmerge them and write the value in each row that has it",
            )  # fmt: skip
    for cell in found.uncached:
        row, column = coordinate_to_tuple(cell)
        if row > head and column - 1 in table.columns:
            problems.add_cell(
                table.sheet, row, table.columns[column - 1], "the formula here has no result in the file",
                "open the workbook in a spreadsheet program and save it, or write the value itself",
            )  # fmt: skip


def is_worked_row(texts: Sequence[str]) -> bool:
    """Return whether a row's texts are those of an example row."""
    return next((text for text in texts if text), "").casefold().startswith(EXAMPLE_MARK)


def too_many_rows(table: Table, count: int, most: int) -> NotAWorkbook:
    """Return the refusal of a sheet with more rows than a plan may have."""
    what = "actions" if table.sheet is ACTIONS else f"rows of {table.sheet.title}"
    return NotAWorkbook(f"the workbook holds {count:,} {what} or more", f"a plan may have at most {most:,}: split it")
