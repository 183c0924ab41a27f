"""`backup` and `restore`: the plan in one file, while the bot runs, and back again without saying anything twice."""

from datetime import datetime, timedelta
from pathlib import Path

import click
from sqlalchemy import select

from bot.__main__ import real_now
from bot.cli.common import database_option, open_database, read_time, record_everywhere, refuse_same, refuse_taken
from handlers.formatting import number_said
from models.errors import Refusal
from models.plan.queries import zone_of
from models.storage.backups import BackupFile, back_up, read_backup, restore
from models.storage.engine import Database
from models.storage.restored import mark_restored
from models.storage.scope import ALL
from models.storage.tables import Workspace

RUNNING = timedelta(minutes=2)
"""A bot that looked at the ledger so lately is still running."""


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@database_option
def backup_command(file: Path, force: bool, database_url: str) -> None:
    """Write the whole plan, its history and the ledger into FILE, while the bot runs."""
    database = open_database(database_url)
    refuse_taken(file, force=force, over_databases=True)
    refuse_same(file, database)
    click.echo(f"{file}: {_what_is_in(back_up(database, file, real_now()))}.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--replace", is_flag=True, help="Take the place of a plan that is there; that one is kept aside.")
@database_option
def restore_command(file: Path, replace: bool, database_url: str) -> None:
    """Put the backup FILE in the database's place. What may have been said since is looked up, not said again."""
    held = read_backup(file)
    database = open_database(database_url, check=False)
    refuse_same(file, database)
    if database.path is not None and database.path.exists():
        _refuse_while_in_use(database, replace)
    made = held.made_at.isoformat()
    kept = restore(
        file,
        database,
        real_now(),
        lambda restored: record_everywhere(restored, "restored from a backup", made, "“cypp restore”"),
    )
    click.echo(f"{database.name}: {_what_is_in(held)}. What was answered since is not in it.")
    if kept is not None:
        click.echo(f"The plan that was there is kept in {kept}.")
    click.echo("What may have been said since is looked up in Slack before it is said: start “cypp serve”.")


@click.command("restored")
@click.argument("time")
@database_option
def restored_command(time: str, database_url: str) -> None:
    """Say that the database was restored by its own tools from a dump made at TIME, like “2026-11-20 03:00”."""
    database = open_database(database_url)
    with database.read() as session:
        workspaces = session.scalars(select(Workspace.id)).all()
    if not workspaces:
        raise Refusal("There is no plan in this database yet, so there is nothing to look up.")
    with database.read(workspaces[0]) as session:
        zone = zone_of(session, workspaces[0])
    with database.write(workspace=ALL) as session:
        made, now = read_time(time, zone), real_now()
        if made > now:
            raise Refusal(f"“{time}” is still to come: give the time at which the dump was made.")
        mark_restored(session, made, now)
    record_everywhere(database, "restored from a dump", made.isoformat(), "“cypp restored”")
    click.echo(f"What may have been said since {_said(made)} is looked up in Slack before it is said.")


def _refuse_while_in_use(database: Database, replace: bool) -> None:
    try:
        revision = database.revision()
    except Refusal:
        # Whatever is there, it is kept aside.
        revision = ""
    if not replace:
        raise Refusal(f"{database.name} is there already: add --replace to take its place; it is kept aside.")
    if not revision:
        return
    with database.read() as session:
        last = session.scalars(select(Workspace.last_tick_at).order_by(Workspace.last_tick_at.desc())).first()
    if last is not None and timedelta(0) <= real_now() - last < RUNNING:
        raise Refusal(
            f"The bot looked at {database.name} at {last:%H:%M:%S} UTC, so it is running: end “cypp serve”, wait two "
            "minutes, then restore."
        )


def _what_is_in(held: BackupFile) -> str:
    plans = ", ".join(held.plans) or "no plan yet"
    return f"{plans}, {number_said(held.actions, 'action')}, as of {_said(held.made_at)}"


def _said(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
