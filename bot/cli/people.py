"""`people`: who of the plan has a Slack account; linked by e-mail address, and by hand what is left."""

import os

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.__main__ import real_now
from bot.cli.common import (
    SLACK_ID,
    as_typed,
    database_option,
    open_database,
    signed_here,
    workspace_option,
    workspace_read,
    workspace_write,
)
from bot.plain_text import one_line
from handlers.formatting import number_said
from handlers.people.leavers import has_left
from handlers.people.lookup import name_of
from models.enums import Capacity
from models.errors import Refusal
from models.plan.accounts import UNLINKED, find_person
from models.plan.queries import post_labels, zone_of
from models.plan.serving import appointments, in_force, to_come
from models.records.settings_log import record_person_setting
from models.rules.calendar import local_day
from models.storage.engine import Database
from models.storage.scope import ALL
from models.storage.tables import Account, Person
from models.storage.workspaces import adopt, only_workspace


@click.group("people", invoke_without_command=True)
@database_option
@workspace_option
@click.pass_context
def people_command(context: click.Context, database_url: str, workspace: str) -> None:
    """Link people of the plan to Slack accounts by e-mail address, and list who is left."""
    if context.invoked_subcommand is not None:
        context.obj = (database_url, workspace)
        return
    database = open_database(database_url)
    if os.environ.get("SLACK_BOT_TOKEN"):
        seen = _read_slack(database, database_url, workspace)
        click.echo(f"{number_said(seen, 'account')} in Slack.")
    else:
        click.echo("Slack was not asked: SLACK_BOT_TOKEN is not set.")
    with workspace_read(database, workspace) as (session, there):
        for sentence in left_over(session, there.id):
            click.echo(one_line(sentence))


def _read_slack(database: Database, database_url: str, workspace: str) -> int:
    """Read the member list into the cached directory, which links by address; return the number of accounts."""
    from bot.app import connection
    from bot.settings import read_settings
    from bot.slack.directory import Directory, reading_client
    from bot.slack.meanings import meaning

    settings = read_settings(database_url)
    team_id, *_ = connection(settings)
    with database.write(workspace=ALL) as session:
        adopt(session, team_id, real_now())
        there = only_workspace(session, workspace).id
        if there != team_id:
            raise Refusal(
                f"SLACK_BOT_TOKEN is of workspace {team_id}, and the plan is of {there}: set that one’s token."
            )
    client = reading_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        return Directory(client, database, team_id, real_now).read_all()
    except Refusal:
        raise
    except Exception as error:  # noqa: BLE001 - the SDK raises what a page brings about: of JSON, of coding, of anything
        raise Refusal(
            f"The member list could not be read ({meaning(error).why}), so nobody was linked: try again in a minute."
        ) from None


def linked_of_all(session: Session, workspace_id: str) -> tuple[int, int]:
    """Return how many of those who act in the plan have an account that can be written to, and how many act."""
    acting = _acting(session, workspace_id)
    return sum(map(_is_linked, acting)), len(acting)


def _acting(session: Session, workspace_id: str) -> dict[Person, list[str]]:
    """Return everybody who acts for a post now or later, or is an administrator, with what they act as."""
    today = local_day(real_now(), zone_of(session, workspace_id))
    labels = post_labels(session)
    people = {row.id: row for row in session.scalars(select(Person))}
    found: dict[Person, list[str]] = {}
    for row in appointments(session):
        if to_come(row, today):
            what = "" if row.capacity is Capacity.HOLDER else f"{row.capacity.value} for "
            found.setdefault(people[row.person_id], []).append(f"{what}{labels[row.post_id]}")
    for someone in people.values():
        if someone.is_administrator:
            found.setdefault(someone, []).append("administrator")
    return found


def _is_linked(someone: Person) -> bool:
    return bool(someone.slack_user and not someone.unreachable)


def left_over(session: Session, workspace_id: str) -> list[str]:
    """List everybody who acts for a post and has no usable account, with what to do; then vacant posts."""
    today = local_day(real_now(), zone_of(session, workspace_id))
    labels = post_labels(session)
    posts_of = _acting(session, workspace_id)
    serving = [row for row in appointments(session) if to_come(row, today)]
    linked = [one for one in posts_of if _is_linked(one)]
    said = [f"{len(linked)} of {number_said(len(posts_of), 'person', 'people')} of the plan linked to accounts."]
    for someone, posts in posts_of.items():
        if someone not in linked:
            said.append(f"  {name_of(someone)} ({'; '.join(posts)}): {_why(someone)}")
    held = {row.post_id for row in serving if row.capacity is Capacity.HOLDER and in_force(row, today)}
    said += [f"  {label}: vacant" for post, label in labels.items() if post not in held]
    if len(said) > 1:
        said.append("By hand: cypp people link WHO SLACK_ID. A new holder: “/cypp handover POST to @person”.")
    return said


def _why(someone: Person) -> str:
    if has_left(someone):
        return "the account was closed"
    if someone.unreachable:
        return someone.unreachable.replace("_", " ")
    return f"no account with the address {someone.email}" if someone.email else "no e-mail address on record"


def _somebody(session: Session, workspace_id: str, who: str) -> Person:
    today = local_day(real_now(), zone_of(session, workspace_id))
    someone = find_person(session, who, today)
    if someone is None:
        raise Refusal(f"Nobody in the plan is “{who}”: give an e-mail address, a name or a post’s title.")
    return someone


def _places(context: click.Context, database_url: str, workspace: str) -> tuple[Database, str]:
    """Return the database and workspace, named after the subcommand or before it."""
    above = context.obj or ("", "")
    return open_database(database_url or above[0]), workspace or above[1]


@people_command.command("link")
@click.argument("who")
@click.argument("slack_id", metavar="SLACK_ID")
@database_option
@workspace_option
@click.pass_context
def link_command(context: click.Context, who: str, slack_id: str, database_url: str, workspace: str) -> None:
    """Link WHO (a post, an e-mail address or a name) to the account SLACK_ID."""
    who, slack_id = as_typed(who.strip()), as_typed(slack_id.strip())
    if not SLACK_ID.fullmatch(slack_id):
        raise Refusal(f"“{slack_id}” is no Slack ID (like U0HEADEDU): it stands in the account’s profile in Slack.")
    database, workspace = _places(context, database_url, workspace)
    with workspace_write(database, workspace) as (session, there):
        someone = _somebody(session, there, who)
        other = session.scalars(select(Person).where(Person.slack_user == slack_id, Person.id != someone.id)).first()
        if other is not None:
            raise Refusal(f"{slack_id} is linked to {name_of(other)}: say “cypp people unlink {slack_id}” first.")
        account = session.scalars(select(Account).where(Account.user == slack_id)).first()
        if account is not None and (account.is_deleted or account.is_bot):
            raise Refusal(f"{slack_id} is {'a closed account' if account.is_deleted else 'an app'}: give another one.")
        if someone.slack_user != slack_id:
            someone.channel = ""
            signed = signed_here("“cypp people link”")
            record_person_setting(session, someone, "account", someone.slack_user, slack_id, signed)
        someone.slack_user, someone.slack_team = slack_id, account.team if account else ""
        someone.unreachable = ""
        name = name_of(someone)
    click.echo(f"{name} is linked to {slack_id} now.")
    if account is None:
        click.echo("That account was not seen in Slack yet: “cypp people” or “cypp serve” looks.")


@people_command.command("unlink")
@click.argument("who")
@database_option
@workspace_option
@click.pass_context
def unlink_command(context: click.Context, who: str, database_url: str, workspace: str) -> None:
    """Take the account away from WHO; no e-mail address links them again until “link” does."""
    database, workspace = _places(context, database_url, workspace)
    with workspace_write(database, workspace) as (session, there):
        someone = _somebody(session, there, as_typed(who.strip()))
        if not someone.slack_user:
            raise Refusal(f"{name_of(someone)} is linked to no account.")
        was = someone.slack_user
        record_person_setting(session, someone, "account", was, "", signed_here("“cypp people unlink”"))
        someone.slack_user, someone.slack_team, someone.channel, someone.unreachable = "", "", "", UNLINKED
        name = name_of(someone)
    click.echo(f"{name} is not linked to {was} any more.")
