"""Words of a plan file that may identify a child: listed with where they stand, and asked about before it is stored."""

from __future__ import annotations

from collections.abc import Sequence

import click
from sqlalchemy import select

from bot.cli.workbook import FileRead
from handlers.formatting import number_said
from handlers.safeguarding.plan_files import FoundInFile, personal_data_in
from models.errors import Refusal
from models.records.entry_reads import words_on_record
from models.storage.engine import Database
from models.storage.scope import scope_to
from models.storage.tables import Workspace
from models.storage.workspaces import only_workspace
from schedules.partitions import gc_paused

_MOST_PLACES = 200


def ask_about_children(
    read: FileRead, name: str, database: Database, workspace: str, *, sure: bool, dry_run: bool
) -> None:
    """List what may identify a child in the words that a file brings, and ask whether it may be stored.

    Words that are on record already were asked about when they came.

    Args:
        read: the file.
        name: the file's name.
        database: where it is stored.
        workspace: which workspace, "" for the only one.
        sure: whoever imports it has said that it identifies nobody.
        dry_run: nothing is stored, so nothing is asked.

    Raises:
        Refusal: with every place, where a number stands for one person, or nobody says that the rest identifies nobody.
    """
    with gc_paused():
        found = list(personal_data_in(read.plan))
    if not found:
        return
    there = _on_record(database, workspace, {one.words for one in found})
    new = [one for one in found if one.words not in there]
    lines = [f"{_place(read, one)}: {one.why}" for one in new]
    numbers = [line for line, one in zip(lines, new, strict=True) if one.refused]
    if numbers and not dry_run:
        asks = "leave each out, here and in the file’s copies."
        raise Refusal("\n".join((f"{name} was not imported, nothing was stored: {asks}", *numbers)))
    ask_whether_none(lines, f"{name} was not imported", "Import it", sure=sure, dry_run=dry_run)


def ask_whether_none(lines: Sequence[str], undone: str, do: str, *, sure: bool, dry_run: bool) -> None:
    """List what may identify a child, with its places, and ask whether none of it does.

    Args:
        lines: what was found, and where.
        undone: what did not happen, where it does or nobody says: "FILE was not imported".
        do: what happens otherwise: "Import it".
        sure: somebody has said already that it identifies nobody.
        dry_run: nothing is stored, so nothing is asked.

    Raises:
        Refusal: nobody says that it identifies nobody.
    """
    if not lines or sure:
        return
    listed = [
        *lines[:_MOST_PLACES],
        *([f"… and {len(lines) - _MOST_PLACES:,} more."] if len(lines) > _MOST_PLACES else []),
    ]
    click.echo(
        "\n".join((f"{number_said(len(lines), 'piece')} may tell a reader which child is meant:", *listed)), err=True
    )
    if dry_run:
        return
    try:
        agreed = click.confirm(f"Does none of it identify a child or a family? {do}", default=False, err=True)
        again = f"reword it and {do[0].lower()}{do[1:]} again."
    except click.Abort:
        agreed, again = False, "reword it; where none of it does, add --identifies-nobody."
    if not agreed:
        raise Refusal(f"{undone}, nothing was stored: {again}")


def _place(read: FileRead, one: FoundInFile) -> str:
    cell = read.place(one.path)
    said = f"{one.ref}, {one.field.replace('_', ' ')}"
    return f"{cell} ({said})" if cell else said


def _on_record(database: Database, workspace: str, words: set[str]) -> frozenset[str]:
    if not database.revision():
        return frozenset()
    with database.read() as session:
        if session.scalars(select(Workspace.id)).first() is None:
            return frozenset()
        scope_to(session, workspace or only_workspace(session).id)
        return words_on_record(session, words)
