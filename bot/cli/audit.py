"""`audit`: whether the record is as it was written, action by action, and where it is not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

from bot.cli.common import database_option, open_database, workspace_option, workspace_read
from bot.plain_text import one_line, paragraphs
from handlers.formatting import day_said, listed, number_said
from models.errors import Refusal
from models.plan.queries import zone_of
from models.records.audit import AuditCounts, HeadMoment, audit, find_head
from models.records.audit_state import written_on_command_line
from models.records.chain_form import format_head, parse_head
from models.records.findings import Finding
from models.rules.calendar import local_day
from models.storage.scope import EVERY_PLAN, in_plan

MOST_SHOWN = 20
"""Of what one account wrote as one post: the others are counted."""
SHOWS = (
    "This shows what was changed after it was written, not whether it was true. Whoever can write to the database can "
    "also work out its chains anew: compare with a head that a digest printed, with --head."
)


@click.command("audit")
@click.option(
    "--head", "typed", default="", metavar="HEAD", help="A head that a digest printed, such as “3f2a 90bc …”."
)
@database_option
@workspace_option
def audit_command(typed: str, database_url: str, workspace: str) -> None:
    """Say where an action's history was changed or cut after it was written.

    With --head, say too whether the whole record once was as when that head was printed.
    """
    from bot.cli.workbook import progress_shown

    head = parse_head(typed)
    if typed and not head:
        raise click.BadParameter(
            f"“{typed}” is no head: give it as the digest has it, four groups of four, such as “3f2a 90bc 41de 07c5”.",
            param_hint="--head",
        )
    # A plan that was moved may be looked at where it was, too.
    database = open_database(database_url, moved=True)
    counted, wrong = AuditCounts(), 0
    with workspace_read(database, workspace) as (session, there):
        zone = zone_of(session, there.id)
        with in_plan(session, EVERY_PLAN), progress_shown() as tick:
            for finding in audit(session, counted, lambda done, total: tick("Checking", done, total)):
                wrong += 1
                click.echo(one_line(_said(finding, zone)))
        with in_plan(session, EVERY_PLAN):
            moment = find_head(session, head) if head else None
            by_account = written_on_command_line(session)
    entries = number_said(counted.entries, "entry", "entries")
    click.echo(f"{entries} of {number_said(counted.actions, 'action')} checked.")
    if counted.upgraded_at is not None:
        were = number_said(counted.upgraded, "action was", "actions were")
        click.echo(
            f"{were} there before anything was chained: what became of their entries before "
            f"{_day(counted.upgraded_at, zone)} is not shown."
        )
    for signature, what in by_account.items():
        more = f" and {len(what) - MOST_SHOWN:,} more" if len(what) > MOST_SHOWN else ""
        click.echo(one_line(f"Written by {signature}: {listed(what[:MOST_SHOWN])}{more}."))
    if moment is not None:
        click.echo(_had(head, moment, zone))
    click.echo(paragraphs(SHOWS))
    problems = []
    if wrong:
        problems.append(f"{number_said(wrong, 'thing is', 'things are')} not as written: see above.")
    if head and moment is None:
        problems.append(
            f"The record never had the head {format_head(head)}: it was changed or cut since that was printed, or "
            "came back from an older backup, or the head is another plan’s."
        )
    if problems:
        raise Refusal(" ".join(problems))


def _said(finding: Finding, zone: ZoneInfo) -> str:
    where = finding.ref
    if finding.entry is not None:
        where += f", entry {finding.entry}"
    if finding.at is not None:
        where += f" of {_day(finding.at, zone)}"
    return f"{where}: {finding.wrong}."


def _had(head: str, moment: HeadMoment, zone: ZoneInfo) -> str:
    on = f" on {_day(moment.at, zone)}" if moment.at is not None else ""
    since = f"{number_said(moment.later, 'link')} since" if moment.later else "nothing since"
    return (
        f"The record had the head {format_head(head)} once {moment.ref} had been written to{on}; "
        f"{since}. Nothing before that was changed but what is listed above."
    )


def _day(at: datetime, zone: ZoneInfo) -> str:
    return day_said(local_day(at, zone))
