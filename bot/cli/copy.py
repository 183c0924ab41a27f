"""`copy`: the plan moves to another database, from SQLite to PostgreSQL above all."""

import click

from bot.cli.common import database_option, open_database, record_everywhere
from models.storage.engine import Database


@click.command("copy")
@click.option("--to", "to_url", required=True, metavar="URL", help="Where it goes: an empty database.")
@database_option
def copy_command(to_url: str, database_url: str) -> None:
    """Move everything to another database, compared table by table: all of it or nothing. This one is served no more.

    Stop “cypp serve” first; one that still runs stops saying and storing anything by itself.
    """
    from bot.cli.workbook import progress_shown
    from models.storage.database_copy import move_database

    source, target = open_database(database_url, moved=True), Database(to_url)
    with progress_shown() as tick:
        rows = move_database(source, target, tick)
    record_everywhere(target, "moved here", source.name, "“cypp copy”")
    click.echo(f"{rows:,} rows copied to {target.name} and compared.")
    click.echo(f"{source.name} is not served any more: set CYPP_DATABASE_URL to the new one, or name it with --db.")
