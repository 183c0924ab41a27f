"""One file that holds a plan as it was at a moment: made while the bot runs, checked before it takes a plan's place.

SQLite's own online backup (https://www.sqlite.org/backup.html) gives a whole copy while others write.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.errors import DatabaseFull, Refusal
from models.storage.database_errors import FULL, is_full
from models.storage.engine import Database, known_revisions, migrate
from models.storage.private_files import written_beside
from models.storage.restored import mark_restored
from models.storage.scope import ALL

_APPLICATION_ID = 0x43595050
"""SQLite's application id of a backup: "CYPP"."""


@dataclass(frozen=True, slots=True)
class BackupFile:
    """What a backup holds: when it was made (real time), its revision, the plans' names, how many actions."""

    made_at: datetime
    revision: str
    plans: tuple[str, ...]
    actions: int


def back_up(database: Database, target: Path, instant: datetime) -> BackupFile:
    """Write a whole copy of a database into one file, which appears only once it is complete.

    Raises Refusal where the database is no SQLite file, or the target cannot be written.
    """
    if database.path is None:
        raise Refusal(
            f"{database.name} is no SQLite file: back it up with PostgreSQL’s own pg_dump, and after a restore say "
            "“cypp restored TIME” with the time of the dump."
        )
    wrong = f"{target} cannot be written ({{}}): name a file in another folder."
    try:
        with written_beside(target) as part:
            wrong = f"{target} could not be written ({{}}): check the disk and its free space."
            with closing(sqlite3.connect(database.path)) as source, closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
                copy.execute(f"PRAGMA application_id={_APPLICATION_ID}")
                copy.execute("UPDATE workspace SET backup_at = ?", (_stored(instant),))
                copy.commit()
            return read_backup(part)
    except (OSError, sqlite3.Error) as error:
        raise Refusal(wrong.format(getattr(error, "strerror", None) or error)) from None


def read_backup(file: Path) -> BackupFile:
    """Return what a backup holds.

    Raises:
        Refusal: in one sentence, for anything that is not a whole backup this code knows.
    """
    if not file.is_file():
        raise Refusal(f"There is no file {file}: check its name and folder.")
    no_backup = f"{file} is not a backup of this program, so nothing was changed: name a file that “cypp backup” made."
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            if opened.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
                raise Refusal(no_backup)
            if opened.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise Refusal(f"{file} is damaged, so nothing was changed: take an older backup.")
            revision = str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])
            made = opened.execute("SELECT max(backup_at) FROM workspace").fetchone()[0]
            plans = tuple(row[0] for row in opened.execute("SELECT name FROM plan ORDER BY id"))
            actions = int(opened.execute("SELECT count(*) FROM action").fetchone()[0])
    except (sqlite3.Error, TypeError) as error:
        raise Refusal(no_backup) from error
    if revision not in known_revisions():
        raise Refusal(
            f"{file} was made by a newer version of this program (revision {revision}), so nothing was changed: "
            "install that version first."
        )
    return BackupFile(datetime.fromisoformat(made).replace(tzinfo=UTC), revision, plans, actions)


def restore(file: Path, database: Database, now: datetime, note: Callable[[Database], object]) -> Path | None:
    """Put a backup in a database's place; return where the plan that was there is kept, None where there was none.

    `note`: called with the restored database before it takes its place, to write who did it.
    """
    held = read_backup(file)
    if database.path is None:
        raise Refusal(f"{database.name} is no SQLite file: restore into a file, then “cypp copy --to” PostgreSQL.")
    target = database.path
    kept = None
    try:
        with written_beside(target, target.resolve().parent) as part:
            with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA application_id=0")
            fresh = Database(str(part))
            migrate(fresh)
            with fresh.write(workspace=ALL) as session:
                mark_restored(session, held.made_at, now)
            note(fresh)
            fresh.dispose()
            with closing(sqlite3.connect(part)) as copy:
                copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                copy.execute("PRAGMA journal_mode=DELETE")
            if target.exists():
                kept = _kept_aside(target, now)
    except (OSError, sqlite3.Error) as error:
        if is_full(error):
            raise DatabaseFull(FULL) from None
        raise Refusal(f"{target} could not be written ({error}): check the disk and its free space.") from None
    return kept


def _kept_aside(target: Path, now: datetime) -> Path:
    """Move the plan that is there out of the way, with what its log still holds."""
    with closing(sqlite3.connect(target)) as there, suppress(sqlite3.Error):
        there.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}")
    os.replace(target, aside)
    for more in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.replace(f"{target}{more}", f"{aside}{more}")
    return aside


def _stored(instant: datetime) -> str:
    """Return an instant as SQLite keeps it here: UTC without its zone."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None):%Y-%m-%d %H:%M:%S.%f}"
