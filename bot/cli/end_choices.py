"""What becomes of each action that is open when a plan ends, as it was typed or stands in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bot.cli.common import as_typed
from models.enums import AtPlanEnd
from models.errors import Refusal
from models.storage.tables import Action

OPEN_WORDS_SHOWN = 70
_HEADINGS = ("Ref", "Action", "Status", "Decision", "Where to, or why")
DECISION_WORDS = {
    **dict.fromkeys(
        ("carry", "carried", "carry on", "carry over", "carry forward", "carried forward"), AtPlanEnd.CARRIED
    ),
    **dict.fromkeys(("close", "closed"), AtPlanEnd.CLOSED),
    **dict.fromkeys(("move", "moved"), AtPlanEnd.MOVED),
}


@dataclass(frozen=True)
class EndChoices:
    """What was typed about the actions that are open: refs with where to or why, and what becomes of all the others."""

    on: str
    carry: tuple[str, ...]
    close: tuple[str, ...]
    move: tuple[str, ...]
    rest: str
    decisions: Path | None
    now_text: str = ""

    def given(self) -> Iterator[tuple[str, AtPlanEnd, str]]:
        """Yield each ref that is decided on, how, and where to or why."""
        for how, typed in zip(AtPlanEnd, (self.carry, self.close, self.move), strict=True):
            for one in typed:
                ref, _, words = as_typed(one).partition("=")
                yield ref.strip(), how, words.strip()
        if self.decisions is not None:
            yield from _in_table(self.decisions)


def choices_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what becomes of what is open when a plan ends."""
    for option in (
        click.option("--decisions", type=click.Path(path_type=Path), help="A table of decisions, as --table wrote it."),
        click.option("--rest", default="", metavar="WHAT", help="What becomes of all others: carry, or close=WHY."),
        click.option("--move", multiple=True, metavar="REF=BOARD", help="Another board keeps it from now on."),
        click.option("--close", multiple=True, metavar="REF=WHY", help="It is closed, not done, because …"),
        click.option("--carry", multiple=True, metavar="REF[=TO]",
                     help="The next plan carries it on: as an action of its file, or under a theme or priority."),
        click.option("--now", "now_text", default="", metavar="TIME", help="End the plan as at this time."),
        click.option("--on", default="", metavar="DATE", help="The last day of the plan that ends; today if left out."),
    ):  # fmt: skip
        function = option(function)
    return function


def write_table(file: Path, rows: Iterable[Action]) -> None:
    """Write what is open into a workbook, to decide on each action in it."""
    from bot.cli.workbook import write_file
    from models.files.tables.review_workbook import review_workbook

    if file.suffix.lower() != ".xlsx":
        raise Refusal(f"The table to decide in is an Excel workbook: call it {file.stem or 'open'}.xlsx.")
    cells = [(row.ref, row.words, str(row.status), "carry", "") for row in rows]
    write_file(file, lambda: review_workbook("Open", _HEADINGS, cells, ("Action", _HEADINGS[-1])), force=False)
    click.echo(
        f"{file} has what is open ({len(cells)}), each to be carried: write close or move, with why or where to, where "
        f"it is not. Then: cypp plan end --decisions {file.name}"
    )


def _in_table(file: Path) -> Iterator[tuple[str, AtPlanEnd, str]]:
    from models.files.tables.table_files import read_tables

    try:
        tables = read_tables(file.read_bytes(), file.name)
    except OSError as error:
        raise Refusal(f"{file} cannot be read ({error.strerror}): check its name and folder.") from None
    for table in tables:
        cells = [[cell.strip() for cell in row.cells] for row in table.rows]
        columns = {text.casefold(): at for at, text in enumerate(cells[0] if cells else ())}
        if not {"ref", "decision"} <= columns.keys():
            continue
        why = columns.get(_HEADINGS[-1].casefold(), -1)
        rows = [(row[columns["ref"]], row[columns["decision"]].casefold(), row) for row in cells[1:]]
        if wrong := [f"{ref}: “{said}”" for ref, said, _ in rows if said and said not in DECISION_WORDS]:
            one = "is no decision" if len(wrong) == 1 else "are no decisions"
            raise Refusal(f"{file.name}, {'; '.join(wrong)} {one}: write carry, close or move.")
        for ref, said, row in rows:
            if said:
                yield ref, DECISION_WORDS[said], row[why] if 0 <= why < len(row) else ""
        return
    raise Refusal(f"{file.name} has no table with the headings Ref and Decision: --table FILE.xlsx writes one.")
