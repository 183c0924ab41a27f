"""`sent`: a day's messages, each with when, why, about how many actions, to which post, and how it went."""

import json
from zoneinfo import ZoneInfo

import click

from bot.cli.common import database_option, open_database, plan_time, read_time, workspace_option, workspace_read
from bot.plain_text import one_line
from handlers.formatting import day_said, number_said
from models.enums import MessageState
from models.notifications.summaries import FINAL_STATES, MessageSummary, RecipientRole, messages_of_day
from models.plan.queries import zone_of
from models.rules.calendar import local_day


@click.command("sent")
@click.argument("day", default="", metavar="[DAY]")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, with the fields of the log.")
@database_option
@workspace_option
def sent_command(day: str, as_json: bool, database_url: str, workspace: str) -> None:
    """List a day's messages, like “2020-08-17”; today's if left out. Nobody's words or names are in it."""
    database = open_database(database_url)
    with workspace_read(database, workspace) as (session, there):
        zone = zone_of(session, there.id)
        meant = local_day(read_time(day, zone) if day else plan_time(there), zone)
        told = messages_of_day(session, meant, zone, moved_clock=there.is_demo)
    if as_json:
        rows = [{"at": one.at.isoformat(), **one.fields(), "posts": list(one.posts)} for one in told]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in told:
        click.echo(message_said(one, zone))
    if not told:
        click.echo(f"Nothing was sent on {day_said(meant)}.", err=True)


def message_said(one: MessageSummary, zone: ZoneInfo) -> str:
    """Return one message in one line: "09:30 · update · 2 actions · lead: Head of Education, Council · sent"."""
    to = f"{one.role} {one.channel}" if one.role is RecipientRole.CHANNEL else one.role.value
    waits = "in doubt" if one.state is MessageState.UNKNOWN else "waiting"
    state = FINAL_STATES.get(one.state, waits)
    parts = [
        f"{one.at.astimezone(zone):%H:%M}",
        " + ".join(one.kinds),
        *([] if one.actions is None else [number_said(one.actions, "action")]),
        f"{to}: {'; '.join(one.posts)}" if one.posts else to,
        f"{state} ({one.reason})" if one.reason else state,
    ]
    return one_line(" · ".join(parts))
