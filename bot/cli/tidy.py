"""`tidy`: what is kept only for a time is taken out, and its space in the file given back."""

from dataclasses import asdict, replace

import click

from bot.__main__ import real_now
from bot.cli.common import database_option, open_database, signed_here, workspace_option, workspace_write
from bot.settings import LONGEST_KEPT, read_kept_days
from handlers.formatting import number_said
from models.notifications.retention import LEDGER_DAYS, TidyCounts, tidy
from models.plan.queries import zone_of
from models.records.settings_log import record_command
from models.rules.calendar import local_day

SOME, LONG = click.IntRange(1, LONGEST_KEPT), click.IntRange(LEDGER_DAYS, LONGEST_KEPT)


@click.command("tidy")
@click.option("--pages", type=SOME, metavar="DAYS", help="How long messages and answers are kept for redaction.")
@click.option("--ledger", type=LONG, metavar="DAYS", help="How long the record of what went to whom is kept.")
@click.option("--received", type=SOME, metavar="DAYS", help="How long marks of what Slack delivered are kept.")
@click.option("--names", type=SOME, metavar="DAYS", help="How long names of people outside the plan are kept.")
@database_option
@workspace_option
def tidy_command(
    pages: int | None,
    ledger: int | None,
    received: int | None,
    names: int | None,
    database_url: str,
    workspace: str,
) -> None:
    """Take out what is kept only for a time; without options for as long as the settings say.

    The plan and its history stay.
    """
    given = {"pages": pages, "ledger": ledger, "received": received, "names": names}
    keep = replace(read_kept_days(), **{name: days for name, days in given.items() if days is not None})
    database = open_database(database_url)
    gone, now = TidyCounts(), real_now()
    while True:
        with workspace_write(database, workspace) as (session, there):
            some = tidy(session, now, local_day(now, zone_of(session, there)), keep)
            gone += some
            if not some:
                if gone:
                    record_command(session, "tidied", asdict(gone), signed_here("“cypp tidy”"))
                break
    click.echo(
        f"{number_said(gone.pages, 'page')} of messages and {number_said(gone.names, 'account')} emptied; "
        f"{number_said(gone.answers, 'answer')}, {number_said(gone.ledger, 'row')} of the ledger and "
        f"{number_said(gone.received, 'mark')} of deliveries taken out."
    )
    if gone and not database.give_space_back():
        click.echo("The file keeps its size for now, since others use it: say it again when the bot is stopped.")
