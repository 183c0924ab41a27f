"""`papers`: a board's paper for a meeting, written to a Word file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy.orm import Session

from bot.__main__ import system_account
from bot.cli.common import (
    as_typed,
    database_option,
    open_database,
    plan_time,
    read_time,
    refuse_taken,
    signed_here,
    workspace_option,
    workspace_read,
    workspace_write,
)
from bot.cli.workbook import write_file
from bot.plain_text import as_text
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.dispatch import answer_text
from handlers.formatting import listed
from handlers.notices import plan_notices
from handlers.papers.brief import brief_file
from handlers.papers.commands import freeze as freeze_paper
from handlers.papers.exempt import exempt_file
from handlers.papers.files import current_paper, paper_file, since_file
from handlers.papers.front_commands import front_file
from handlers.papers.meetings import meeting_of_paper, paper_named
from handlers.papers.own_templates import DOCUMENTS, check_own_template, said_of_template
from handlers.papers.since import standing_paper
from handlers.responses import Content, NotDone
from handlers.safeguarding.publication import Withheld
from models.enums import Verb, Way
from models.errors import Refusal
from models.plan.accounts import Actor, Membership, Roles
from models.plan.queries import zone_of
from models.records.frozen_papers import keep_template, thaw_figures
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.engine import Database
from models.storage.tables import Workspace

_FRONT, _SINCE = "the front sheet", "what has changed since the paper"
_BRIEF = "the chair’s brief"
_EXEMPT = "the exempt items of the paper"
WHOEVER_RUNS_IT = Roles(Actor("", ""), Membership.MEMBER, is_administrator=True)


@click.command("papers")
@click.argument("meeting", default="next")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--now",
    "now_text",
    default="",
    metavar="TIME",
    help="As at this time, where the figures do not stand yet; writing only in a demonstration.",
)
@click.option("--front", is_flag=True, help="The front sheet of the meeting's report, or its template.")
@click.option("--since", is_flag=True, help="What has changed since the paper was frozen.")
@click.option("--exempt", is_flag=True, help="What the paper holds back as not for publication.")
@click.option("--brief", is_flag=True, help="The chair's brief: a page.")
@click.option("--freeze", is_flag=True, help="Let the figures of the paper stand from now on; write no paper.")
@click.option("--thaw", is_flag=True, help="Let the figures of the paper change again; write no paper.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Keep this Word file as the template of the board that meets; write no paper.",
)
@click.option(
    "--clearance",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="WORDS",
    help="Record who cleared its report, like “finance cleared FD6114/20”; without WORDS say how that stands.",
)
@click.option("--our-template", is_flag=True, help="Make that board's papers from our template again; write no paper.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@database_option
@workspace_option
def papers_command(
    meeting: str,
    file: Path | None,
    now_text: str,
    front: bool,
    since: bool,
    exempt: bool,
    brief: bool,
    freeze: bool,
    thaw: bool,
    template: Path | None,
    clearance: str | None,
    our_template: bool,
    force: bool,
    database_url: str,
    workspace: str,
) -> None:
    """Write the paper for MEETING ("16 Sep", "next partnership") to FILE.docx, or to a file with its name."""
    if file is not None and file.suffix.lower() != ".docx":
        raise Refusal(f"The paper is a Word file: call it {file.stem or 'paper'}.docx.")
    database = open_database(database_url)
    if freeze or thaw:
        click.echo(_freeze_or_thaw(database, workspace, as_typed(meeting), now_text, thaw=thaw))
        return
    if clearance is not None:
        click.echo(_clearance(database, workspace, as_typed(meeting), as_typed(clearance), now_text))
        return
    if our_template or template is not None:
        document = "front" if front else "paper"
        click.echo(_keep_template(database, workspace, as_typed(meeting), document, None if our_template else template))
        return
    with workspace_read(database, workspace) as (session, there):
        ctx = _context(session, there, now_text)
        calendar, found = _meeting(ctx, as_typed(meeting))
        named = f"the {paper_named(calendar, found)}"
        held: tuple[Withheld, ...] = ()
        lacking: Sequence[str] = ()
        doubt = ""
        if front:
            made, printed = front_file(ctx, calendar, found)
            lacking, held, doubt = printed.lacking, tuple(printed.held_said), printed.doubt
        elif since:
            frozen = standing_paper(ctx, calendar, found)
            if frozen is None:
                raise Refusal(f"The paper for {named} is not frozen yet, so nothing has changed since.")
            made = since_file(ctx, calendar, found, frozen)
        elif brief:
            made = brief_file(ctx, calendar, found)
        elif exempt:
            found_items, _ = exempt_file(ctx, calendar, found)
            if found_items is None:
                raise Refusal(f"Nothing in the paper for {named} is not for publication, so there is no file of it.")
            made = found_items
        else:
            made, held, *_ = paper_file(ctx, calendar, found, *current_paper(ctx, calendar, found))
        file = file or Path(made.name)
        refuse_taken(file, force=force)
        write_file(file, lambda: made.make(session), force=force)
    what = next(
        (said for given, said in ((front, _FRONT), (since, _SINCE), (exempt, _EXEMPT), (brief, _BRIEF)) if given),
        "the paper",
    )
    click.echo(f"{file}: {what} for {named}.")
    if lacking:
        click.echo(f"Not filled in yet: {listed(lacking)}.")
    if doubt:
        click.echo(doubt)
    for one in held:
        click.echo(f"Held in it: {one.ref} ({one.why}). The secretary can have it printed from Slack.")


def _writing(session: Session, workspace_id: str, now_text: str) -> RequestContext:
    there = session.get_one(Workspace, workspace_id)
    if now_text and not there.is_demo:
        raise Refusal("Writing at another time than now is only for a demonstration: leave --now out.")
    return _context(session, there, now_text)


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


def _freeze_or_thaw(database: Database, workspace: str, meeting: str, now_text: str, *, thaw: bool) -> str:
    with workspace_write(database, workspace) as (session, workspace_id):
        ctx = _writing(session, workspace_id, now_text)
        calendar, found = _meeting(ctx, meeting)
        day, named = calendar.day(found), f"the {paper_named(calendar, found)}"
        stands = standing_paper(ctx, calendar, found) is not None
        if stands is not thaw:
            raise Refusal(f"The paper for {named} is {'' if stands else 'not '}frozen{' already' if stands else ''}.")
        if not thaw and found.begun(ctx.now):
            raise Refusal(f"The {paper_named(calendar, found)} has begun, so its paper was not frozen.")
        signed = replace(signed_here(f"papers {day.isoformat()}"), at=ctx.now)
        if thaw:
            thaw_figures(session, found.id, signed)
        else:
            freeze_paper(ctx, calendar, found, signed)
    return f"{'Thawed' if thaw else 'Frozen'}: the figures of the paper for {named}."


def _clearance(database: Database, workspace: str, meeting: str, words: str, now_text: str) -> str:
    """Record, or show, what is said of the clearances of a meeting's report; return the answer.

    Raises:
        Refusal: nothing was recorded.
    """
    with workspace_write(database, workspace) as (session, workspace_id):
        ctx = replace(_writing(session, workspace_id, now_text), account=system_account())
        given = answer_text(ctx, f"clearance {'' if meeting == 'next' else meeting} {words}")
        plan_notices(ctx, given.notices)
    assert isinstance(given.content, Content)  # noqa: S101 - commands answer with a reply
    if words and not given.done:
        raise Refusal(as_text(given.content))
    return as_text(given.content)


def _keep_template(database: Database, workspace: str, meeting: str, document: str, template: Path | None) -> str:
    content, name = (template.read_bytes(), template.name) if template is not None else (b"", "")
    checked = check_own_template(document, content) if template is not None else None
    with workspace_write(database, workspace) as (session, workspace_id):
        there = session.get_one(Workspace, workspace_id)
        calendar, _ = _meeting(_context(session, there, ""), meeting)
        keep_template(session, calendar.board.id, document, name, content, signed_here(f"template {name}"))
    of = f"the {DOCUMENTS[document].many} of the {calendar.board.name}"
    if checked is None:
        return f"T{of[1:]} are made from our template from now on."
    return " ".join((f"{name} is the template of {of} from now on.", *said_of_template(checked)))
