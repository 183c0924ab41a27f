"""`papers`: a board's paper for a meeting, written to a Word file."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from bot.cli.common import (
    as_typed,
    database_option,
    open_database,
    plan_time,
    read_time,
    refuse_taken,
    workspace_option,
    workspace_read,
)
from bot.cli.workbook import write_file
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.papers.commands import meeting_of_paper, paper_named
from handlers.papers.files import current_paper, paper_file, since_file
from handlers.papers.since import standing_paper
from handlers.responses import Content, NotDone
from models.enums import Verb, Way
from models.errors import Refusal
from models.plan.accounts import Actor, Membership, Roles
from models.plan.queries import zone_of
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.tables import Workspace

WHOEVER_RUNS_IT = Roles(Actor("", ""), Membership.MEMBER, is_administrator=True)


@click.command("papers")
@click.argument("meeting", default="next")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--now", "now_text", default="", metavar="TIME", help="As at this time, where the figures do not stand yet."
)
@click.option("--since", is_flag=True, help="What has changed since the paper was frozen.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@database_option
@workspace_option
def papers_command(
    meeting: str, file: Path | None, now_text: str, since: bool, force: bool, database_url: str, workspace: str
) -> None:
    """Write the paper for MEETING ("16 Sep", "next partnership") to FILE.docx, or to a file with its name."""
    if file is not None and file.suffix.lower() != ".docx":
        raise Refusal(f"The paper is a Word file: call it {file.stem or 'paper'}.docx.")
    database = open_database(database_url)
    with workspace_read(database, workspace) as (session, there):
        ctx = _context(session, there, now_text)
        calendar, found = _meeting(ctx, as_typed(meeting))
        named = f"the {paper_named(calendar, found)}"
        if since:
            frozen = standing_paper(ctx, calendar, found)
            if frozen is None:
                raise Refusal(f"The paper for {named} is not frozen yet, so nothing has changed since.")
            made = since_file(ctx, calendar, found, frozen)
        else:
            made = paper_file(ctx, calendar, found, *current_paper(ctx, calendar, found))
        file = file or Path(made.name)
        refuse_taken(file, force=force)
        write_file(file, lambda: made.make(session), force=force)
    click.echo(f"{file}: {'what has changed since the paper' if since else 'the paper'} for {named}.")


def _context(session: Session, there: Workspace, now_text: str) -> RequestContext:
    now = read_time(now_text, zone_of(session, there.id)) if now_text else plan_time(there)
    return RequestContext(session, there.id, WHOEVER_RUNS_IT, now, Way.COMMAND_LINE, registry=REGISTRY)


def _meeting(ctx: RequestContext, typed: str) -> tuple[BoardCalendar, MeetingFacts]:
    """Return the meeting that is meant.

    Raises:
        Refusal: it is not clear which.
    """
    try:
        return meeting_of_paper(ctx, typed, "papers", Verb.PAPERS)
    except NotDone as ended:
        said = ended.response.content
        raise Refusal(said.headline if isinstance(said, Content) else "") from None
