"""What several commands share: the database option, the workspace, and times as people write them."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.__main__ import real_now, system_account
from models.enums import Way
from models.errors import Refusal
from models.records.history import Signed, command_line_signature
from models.records.settings_log import record_command
from models.rules.lengths import FIRST_YEAR, LAST_YEAR
from models.storage.engine import Database
from models.storage.restored import check_not_moved
from models.storage.scope import ALL, scope_to
from models.storage.tables import Workspace
from models.storage.workspaces import only_workspace

SLACK_ID = re.compile(r"[UW][A-Z0-9]{4,20}")


def database_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--db`: else CYPP_DATABASE_URL, else cypp.db in this folder."""
    return click.option("--db", "database_url", default="", metavar="URL", help="The database: a file, or a URL.")(
        function
    )


def workspace_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--workspace`; a single one is implied."""
    return click.option("--workspace", default="", metavar="ID", help="Which workspace, where there are several.")(
        function
    )


def open_database(url: str, *, check: bool = True, moved: bool = False) -> Database:
    """Return the database that is meant; `moved` allows one whose plan was moved away.

    Raises:
        Refusal: it cannot be used as it is.
    """
    database = Database(url or _named_by_settings())
    if check:
        database.check_revision()
    if check and not moved:
        with database.read() as session:
            check_not_moved(session, database.name)
    return database


def _named_by_settings() -> str:
    # pydantic-settings takes a tenth of a second to import, which a command that names its database need not wait for.
    from bot.settings import CommandSettings

    return CommandSettings().cypp_database_url


@contextmanager
def workspace_read(database: Database, workspace: str) -> Iterator[tuple[Session, Workspace]]:
    """Yield a transaction that reads in the workspace that is meant, and that workspace.

    Raises:
        Refusal: it is not clear which is meant.
    """
    with database.read() as session:
        yield session, _scoped(session, workspace)


@contextmanager
def workspace_write(database: Database, workspace: str) -> Iterator[tuple[Session, str]]:
    """Yield a transaction that writes in the workspace that is meant, and its id.

    Raises:
        Refusal: it is not clear which is meant.
    """
    with database.write() as session:
        yield session, _scoped(session, workspace).id


def _scoped(session: Session, workspace: str) -> Workspace:
    there = only_workspace(session, workspace)
    scope_to(session, there.id)
    return there


def plan_time(there: Workspace) -> datetime:
    """Return the plan's time: a demonstration's is where its clock was last moved to."""
    return there.last_tick_at if there.is_demo and there.last_tick_at else real_now()


def signed_here(what: str) -> Signed:
    """Return the signature of what a command writes by itself (`what`): it knows nobody of the plan."""
    signature = command_line_signature(system_account(), what)
    return Signed(None, None, signature, Way.COMMAND_LINE, real_now())


def record_everywhere(database: Database, what: str, about: Any, command: str) -> None:
    """Record in each workspace of a database what a command did to all of it."""
    with database.read(ALL) as session:
        workspaces = session.scalars(select(Workspace.id)).all()
    for workspace_id in workspaces:
        with database.write(workspace=workspace_id) as session:
            record_command(session, what, about, signed_here(command))


_SQLITE = b"SQLite format 3\0"
"""What every SQLite file begins with."""


def refuse_taken(file: Path, *, force: bool, over_databases: bool = False) -> None:
    """Refuse where a file cannot be written.

    Raises:
        Refusal: its place is a folder's, a device's or a database's (unless `over_databases`), or taken (unless
            `force`).
    """
    if file.is_dir():
        raise Refusal(f"{file} is a folder: name a file in it.")
    if file.exists() and not file.is_file():
        raise Refusal(f"{file} is no file that can be written over: name another.")
    if file.exists() and not force:
        raise Refusal(f"{file} is there already: name another file, or add --force to write over it.")
    if file.exists() and not over_databases and _is_database(file):
        raise Refusal(f"{file} is a database or a backup of one, which nothing else writes over: name another file.")


def _is_database(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def refuse_same(file: Path, database: Database) -> None:
    """Refuse a backup that is the database itself.

    Raises:
        Refusal: they are one file.
    """
    if database.path is not None and database.path.exists() and file.exists() and file.samefile(database.path):
        raise Refusal(f"{file} is the database itself, so nothing was changed: name another file.")


def as_typed(text: str) -> str:
    """Return an argument as text; bytes that are not UTF-8 are marked, since they cannot be stored."""
    return os.fsencode(text).decode("utf-8", "replace")


def read_time(text: str, zone: ZoneInfo) -> datetime:
    """Return a time as typed: `2020-08-17`, `2020-08-17 09:30`, `2020-08-17T09:30+01:00`.

    Without an offset it is local time of the plan; a day alone is 09:30, when scheduled messages go out.

    Raises:
        Refusal: it is no time, or too far off.
    """
    words = text.strip()
    try:
        if len(words) == 10:
            given = datetime.combine(date.fromisoformat(words), time(9, 30))
        else:
            given = datetime.fromisoformat(words)
        found = (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refusal(f"“{text}” is no time: write it like 2020-08-17 or “2020-08-17 09:30”.") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal(f"“{text}” is too far off: a plan’s dates are from {FIRST_YEAR} to {LAST_YEAR}.")
    return found
