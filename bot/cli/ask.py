"""`ask`: the path a slash command takes, from the command line."""

import json
from datetime import datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.__main__ import real_now, system_account
from bot.cli.common import as_typed, database_option, open_database, read_time, workspace_option, workspace_read
from bot.plain_text import as_text
from handlers.catalogue import REGISTRY
from handlers.commands.questions import Find
from handlers.context import RequestContext
from handlers.conversation.typed_answers import answer_typed, only_reads
from handlers.dispatch import answer_text
from handlers.notices import plan_notices
from handlers.responses import Content
from models.enums import Way
from models.errors import Refusal
from models.plan.accounts import Actor, Membership, find_person, roles_of_person
from models.plan.queries import zone_of
from models.records.settings_log import newest_signatures, record_command
from models.rules.calendar import local_day
from models.storage.engine import Database
from models.storage.tables import Person, Post


@click.command("ask")
@click.option("--as", "who", required=True, metavar="WHO", help="A Slack ID, an e-mail address or a post.")
@click.option("--now", "now_text", default="", metavar="TIME", help="Answer as at this time, like “2020-09-17 09:30”.")
@click.option("--json", "as_json", is_flag=True, help="Print the exact payload that Slack would get.")
@click.option("--dry-run", is_flag=True, help="Store nothing.")
@click.argument("text", nargs=-1)
@database_option
@workspace_option
def ask_command(
    who: str, now_text: str, as_json: bool, dry_run: bool, text: tuple[str, ...], database_url: str, workspace: str
) -> None:
    """Ask what follows /cypp, as WHO: cypp ask --as "Head of Education" status priority 7."""
    database = open_database(database_url)
    words = as_typed(" ".join(text))
    content, fine = ask(database, workspace, as_typed(who), words, now_text, system_account(), dry_run=dry_run)
    if not fine:
        click.echo(as_text(content), err=True)
    elif not as_json:
        click.echo(as_text(content))
    if as_json:
        from bot.slack.render import render_one

        message = render_one(content)
        payload = {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
        click.echo(json.dumps(payload, ensure_ascii=False, indent=2))
    if not fine:
        raise click.exceptions.Exit(1)


def ask(
    database: Database, workspace: str, who: str, words: str, now_text: str, account: str, *, dry_run: bool
) -> tuple[Content, bool]:
    """Return the answer to some words, and whether what they ask was done: written, or the question answered.

    In a dry run nothing is stored. `account`: the operating system's, by which it is signed.

    Raises:
        Refusal: nobody is WHO, or the time may not be set here.
    """
    with workspace_read(database, workspace) as (session, there):
        zone = zone_of(session, there.id)
        now = read_time(now_text, zone) if now_text else real_now()
        someone = find_person(session, who, local_day(now, zone))
        if someone is None:
            raise Refusal(_nobody(session, who))
        ctx = _context(session, there.id, someone, now, zone, account)
        if only_reads(ctx, words):
            given = answer_text(ctx, words)
            assert isinstance(given.content, Content)  # noqa: S101 - reads answer with a reply
            # What was typed comes back with an error, and with a search that found nothing, which is an answer.
            return given.content, not given.content.typed or isinstance(ctx.parsed(words).command, Find)
    if now_text and not there.is_demo and not dry_run:
        raise Refusal(
            "--now moves the clock, and that words are written at another time than they were is only for a "
            "demonstration: leave --now out, or add --dry-run."
        )
    with database.write(workspace=there.id) as session:
        someone = find_person(session, who, local_day(now, zone))
        assert someone is not None  # noqa: S101 - found above
        ctx = _context(session, there.id, someone, now, zone, account)
        before = newest_signatures(session)
        given = answer_typed(ctx, words)
        plan_notices(ctx, given.notices)
        if given.done and newest_signatures(session) == before:
            # Quiet days, a snooze: in Slack the row itself says whose they are, here somebody else wrote them.
            spelled = REGISTRY.command(ctx.parsed(words).command).spellings
            record_command(session, spelled[0].name if spelled else "ask", {"of": someone.id}, ctx.signed())
        if dry_run:
            session.rollback()
    assert isinstance(given.content, Content)  # noqa: S101 - commands answer with a reply
    return given.content, given.done


def _nobody(session: Session, who: str) -> str:
    titles = session.scalars(select(Post.title)).all()
    known = {title.casefold(): title for title in titles}
    meant = "".join(f" Did you mean {known[near]}?" for near in get_close_matches(who.casefold(), known, 1))
    return f"Nobody in the plan is “{who}”: give a Slack ID, an e-mail address or a post’s title.{meant}"


def _context(
    session: Session, workspace_id: str, someone: Person, now: datetime, zone: ZoneInfo, account: str
) -> RequestContext:
    actor = Actor(someone.slack_team or workspace_id, someone.slack_user)
    roles = roles_of_person(session, someone, actor, Membership.MEMBER, local_day(now, zone))
    return RequestContext(session, workspace_id, roles, now, Way.COMMAND_LINE, account=account, registry=REGISTRY)
