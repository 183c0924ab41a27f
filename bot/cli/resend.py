"""`resend`: what failed or is uncertain, by numbers, and those that are named sent again."""

from collections.abc import Sequence

import click

from bot.__main__ import real_now
from bot.cli.common import (
    database_option,
    open_database,
    signed_here,
    workspace_option,
    workspace_read,
    workspace_write,
)
from bot.cli.sent import message_said
from bot.slack.meanings import Means, meaning_of_code
from handlers.formatting import day_said, number_said
from models.enums import MessageState
from models.errors import Refusal
from models.notifications.lookups import list_undelivered
from models.notifications.messages import take_up_again
from models.notifications.summaries import summary_of
from models.plan.queries import zone_of
from models.records.settings_log import record_command
from models.rules.calendar import local_day
from models.storage.notification_tables import Message


@click.command("resend")
@click.argument("numbers", nargs=-1, type=int, metavar="[NUMBER]...")
@click.option("--yes", is_flag=True, help="Do not ask before sending again what may have arrived.")
@database_option
@workspace_option
def resend_command(numbers: Sequence[int], yes: bool, database_url: str, workspace: str) -> None:
    """List what failed or is uncertain, or send those NUMBERs again.

    What may have arrived is asked about first: it would be there twice. The next pass sends them, worded as of
    then; what does not hold any more is left out.
    """
    database = open_database(database_url)
    with workspace_read(database, workspace) as (session, there):
        zone, today = zone_of(session, there.id), local_day(real_now(), zone_of(session, there.id))
        undelivered = {message.id: message for message in list_undelivered(session)}
        if not numbers:
            for message in undelivered.values():
                told = summary_of(session, message, today)
                day = day_said(local_day(told.at, zone))
                click.echo(f"{message.id} · {day} · {message_said(told, zone)}")
            _say_what_to_do(len(undelivered))
            return
    strange = [number for number in numbers if number not in undelivered]
    if strange:
        raise Refusal(
            f"Message {strange[0]} has not failed and is not uncertain, so nothing was sent: “cypp resend” "
            "lists those that are."
        )
    chosen = [number for number in dict.fromkeys(numbers) if yes or _may_go(undelivered[number])]
    with workspace_write(database, workspace) as (session, _):
        again = [number for number in chosen if take_up_again(session, number)]
        if again:
            record_command(session, "messages sent again", again, signed_here("“cypp resend”"))
    if again:
        click.echo(
            f"{number_said(len(again), 'message')} will be sent with the next pass: {', '.join(map(str, again))}."
        )
    left = [number for number in numbers if number not in again]
    if left:
        click.echo(f"Not sent again: {', '.join(map(str, left))}.")


def _say_what_to_do(many: int) -> None:
    if many:
        click.echo("To send some of them again: cypp resend NUMBER …", err=True)
    else:
        click.echo("Nothing failed, and nothing is uncertain.", err=True)


def _may_go(message: Message) -> bool:
    """Return whether a message cannot be out, or whoever runs this wants it sent all the same."""
    if message.state is MessageState.FAILED and meaning_of_code(message.reason) is not Means.UNKNOWN:
        return True
    question = f"Message {message.id} may have arrived: look in its conversation. Send it again?"
    try:
        return click.confirm(question, default=False, err=True)
    except click.Abort:
        raise Refusal(
            f"Message {message.id} may have arrived, so nothing was sent: look in its conversation, then add --yes."
        ) from None
