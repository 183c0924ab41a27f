"""`tidy`: what is kept only for a time is taken out, and its space in the file given back."""

import click

from bot.__main__ import real_now
from bot.cli.common import database_option, open_database, workspace_option, workspace_write
from handlers.formatting import number_said
from models.notifications.retention import PAGES_DAYS, RECEIVED_DAYS, tidy


@click.command("tidy")
@click.option("--pages", "pages_days", type=click.IntRange(1), default=PAGES_DAYS, show_default=True, metavar="DAYS",
              help="How long after their meeting messages and answers are kept for redaction.")  # fmt: skip
@click.option("--received", "received_days", type=click.IntRange(1), default=RECEIVED_DAYS, show_default=True,
              metavar="DAYS", help="How long marks of what Slack delivered are kept.")  # fmt: skip
@database_option
@workspace_option
def tidy_command(pages_days: int, received_days: int, database_url: str, workspace: str) -> None:
    """Take out what is kept only for a time. The plan, its history and what was sent to whom stay."""
    database = open_database(database_url)
    with workspace_write(database, workspace) as (session, _):
        gone = tidy(session, real_now(), pages_days, received_days)
    click.echo(
        f"{number_said(gone.pages, 'page')} of messages emptied, {number_said(gone.answers, 'answer')} and "
        f"{number_said(gone.received, 'mark')} of deliveries taken out."
    )
    if any((gone.pages, gone.answers, gone.received)) and not database.give_space_back():
        click.echo("The file keeps its size for now, since others use it: say it again when the bot is stopped.")
