"""`template` and `export`, and what `import` shares with them: plans as files of every sort."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from bot.__main__ import real_now
from bot.cli.common import database_option, open_database, refuse_taken, signed_here, workspace_option, workspace_read
from handlers.formatting import number_said
from handlers.papers.own_templates import DOCUMENTS
from models.errors import Refusal
from models.files.planfile import PlanFile, PlanFileRefused
from models.plan.queries import plan_of, zone_of
from models.rules.calendar import local_day
from models.storage.private_files import written_beside

MOST_PROBLEMS = 1_000
"""Every problem is listed, but a file in which everything is wrong does not fill the terminal for ever."""
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".docx")
"""Names of files that are read as workbooks, if only to say what they are instead."""
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

ProgressTick = Callable[[str, int, int], object]
"""Called with what is being done, how many actions of it are done, and how many there are."""


@dataclass(frozen=True)
class FileRead:
    """A plan file of any sort: the plan, what was not read, and where in the file a value is."""

    plan: PlanFile
    notes: tuple[str, ...]
    place: Callable[[tuple[str | int, ...]], str]


def read_file(source: bytes, name: str, tick: ProgressTick) -> FileRead:
    """Return the plan in a file (YAML or a workbook).

    Raises:
        Refusal: with all problems.
    """
    try:
        if Path(name).suffix.lower() in WORKBOOKS or source.startswith(_ARCHIVES):
            from handlers.logs.plan_headings import plan_headings
            from models.files.workbook import read_workbook

            read = read_workbook(source, name, lambda done, total: tick(f"Reading {name}", done, total), plan_headings)
            return FileRead(read.plan, read.notes, read.cell)
        from models.files.planfile import read_plan

        return FileRead(read_plan(source, name), (), lambda path: "")
    except PlanFileRefused as refused:
        raise refusal_of_file(refused) from None


def refusal_of_file(refused: PlanFileRefused) -> Refusal:
    """Return the refusal that lists every problem of a file."""
    shown = [str(problem) for problem in refused.problems[:MOST_PROBLEMS]]
    left = len(refused.problems) - len(shown)
    return Refusal("\n".join([str(refused), *shown, *([f"… and {left:,} more."] if left else [])]))


@dataclass(frozen=True)
class TakenIn:
    """The outcome of importing a plan over a plan: sentences, and whether anything was stored."""

    said: tuple[str, ...]
    stored: bool


def take_in(
    session: Session, workspace_id: str, read: FileRead, name: str, now: datetime, tick: ProgressTick, *, dry_run: bool
) -> TakenIn | None:
    """Store a plan in a workspace, or merge it into the one that is there.

    Return what was done over a plan; None where there was no plan. With `dry_run` nothing is stored.

    Raises:
        Refusal: with all problems; then nothing is stored.
    """
    from models.files.import_plan import store_plan
    from models.files.merging.apply import merge_plan

    if plan_of(session, workspace_id) is None:
        if not dry_run:
            total = len(read.plan.actions)
            signed = signed_here(f"import of {name}")
            store_plan(
                session, workspace_id, read.plan, now, lambda done: tick("Storing", done, total), signed.signature
            )
        return None
    tick("Comparing", 0, 0)
    try:
        signature = signed_here(f"import of {name}").signature
        merge = merge_plan(
            session, workspace_id, read.plan, name, now, place=read.place, signature=signature, dry_run=dry_run
        )
    except PlanFileRefused as refused:
        raise refusal_of_file(refused) from None
    return TakenIn(tuple(merge.sentences()), stored=not (dry_run or merge.nothing_to_do))


@contextmanager
def progress_shown() -> Iterator[ProgressTick]:
    """Show a progress bar on a terminal, and nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    screen = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        tasks: dict[str, int] = {}

        def tick(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total or None)
            progress.update(tasks[what], completed=done, total=total or None)  # type: ignore[arg-type]

        yield tick


@click.command("template")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--front", is_flag=True, help="The template of a report's front sheet, to FILE.docx.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def template_command(file: Path, front: bool, force: bool) -> None:
    """Write the workbook to fill in to FILE.xlsx, or the template of a board's paper to FILE.docx."""
    if file.suffix.lower() == ".docx":
        from models.files.papers.templates import TEMPLATES

        of = "front" if front else "paper"
        write_file(file, TEMPLATES[of], force=force)
        changed = f"cypp papers MEETING --template {file.name}{DOCUMENTS[of].option}"
        click.echo(f"{file} is the template of the {DOCUMENTS[of].one}. Changed: {changed}")
        return
    from models.files.workbook import template_workbook

    if file.suffix.lower() != ".xlsx":
        raise Refusal(
            f"The workbook to fill in is an Excel workbook: call it {file.stem or 'plan'}.xlsx; the template of the "
            f"paper is a Word file: {file.stem or 'paper'}.docx."
        )
    write_file(file, template_workbook, force=force)
    click.echo(f"{file} is ready to fill in; its sheet Notes says how. Then: cypp import {file.name} --dry-run")


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@database_option
@workspace_option
def export_command(file: Path, force: bool, database_url: str, workspace: str) -> None:
    """Write the plan and its action log to FILE: .xlsx, .yaml or .csv."""
    from models.files.export import export_plan

    database = open_database(database_url)
    with progress_shown() as tick, workspace_read(database, workspace) as (session, there):
        day = local_day(real_now(), zone_of(session, there.id))
        made = export_plan(
            session, there.id, file.suffix, day, lambda done, total: tick(f"Writing {file.name}", done, total)
        )
        write_file(file, lambda: made.content, force=force)
    click.echo(f"{file}: {number_said(made.actions, 'action')}, revision {made.revision}.")


def write_file(file: Path, content: Callable[[], bytes], *, force: bool) -> None:
    """Write a file whole or not at all.

    Raises:
        Refusal: there is one already (unless `force`) or it cannot be written.
    """
    refuse_taken(file, force=force)
    try:
        with written_beside(file) as part:
            part.write_bytes(content())
    except FileNotFoundError:
        raise Refusal(f"There is no folder {file.parent}: make it, or name another.") from None
    except OSError as error:
        raise Refusal(f"{file} cannot be written ({error.strerror}): check its name and who may write there.") from None
