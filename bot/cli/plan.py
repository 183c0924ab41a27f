"""`import`, `migrate`, `start` and `admin add`: what puts a plan in place."""

import re
from datetime import time
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli.common import database_option, open_database, read_time, real_now, workspace_option
from handlers.said.boards import BoardAsk, read_board
from handlers.said.vocabulary import BoardWords, Vocabulary
from handlers.wording import day_said, meeting_said
from models.calendar import at_local, local_day
from models.db import Database, migrate
from models.errors import Refusal
from models.queries import board_calendars, zone_of
from models.tables import Board, Person, Workspace
from models.workspaces import LOCAL, ensure_workspace, only_workspace

MOST_PROBLEMS = 50
SLACK_ID = re.compile(r"[UW][A-Z0-9]{4,20}")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and store nothing.")
@click.option("--demo", is_flag=True, help="Mark the database as a demonstration's: its clock may be moved.")
@database_option
@workspace_option
def import_command(file: Path, dry_run: bool, demo: bool, database_url: str, workspace: str) -> None:
    """Read the plan in FILE into the database: all of it or nothing."""
    from rich.console import Console
    from rich.progress import Progress

    from models.importing import store_plan
    from models.planfile import PlanFileRefused, read_plan, report

    screen = Console(stderr=True)
    try:
        source = file.read_bytes()
    except IsADirectoryError:
        raise Refusal(f"{file} is a folder: name the plan file in it.") from None
    except FileNotFoundError:
        raise Refusal(f"There is no file {file}: check its name and folder.") from None
    except OSError as error:
        raise Refusal(f"{file} cannot be read ({error.strerror}): check who may read it.") from None
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        progress.add_task(f"Reading {file.name}", total=None)
        try:
            plan = read_plan(source, file.name)
        except PlanFileRefused as refused:
            shown = [str(problem) for problem in refused.problems[:MOST_PROBLEMS]]
            left = len(refused.problems) - len(shown)
            more = [f"… and {left:,} more."] if left else []
            raise Refusal("\n".join([str(refused), *shown, *more])) from None
        now = real_now()
        said = report(plan, now).sentences()
        if dry_run:
            _check_room(database_url)
        else:
            database = open_database(database_url, check=False)
            if not database.revision():
                migrate(database)
            database.check_revision()
            with database.write() as session:
                there = _workspace_id(session, workspace)
                ensure_workspace(session, there, now, is_demo=demo)
                store_plan(session, there, plan, now)
    for sentence in said:
        click.echo(sentence)
    click.echo("Checked; nothing was stored." if dry_run else f"Stored in {database.name}.")
    if not dry_run:
        click.echo("Reminders are quiet until “cypp start BOARD”.")


def _check_room(database_url: str) -> None:
    """A dry run says too when the database could not take the plan."""
    from models.queries import plan_of

    database = open_database(database_url, check=False)
    if not database.revision():
        return
    database.check_revision()
    with database.read() as session:
        workspaces = session.scalars(select(Board.workspace_id).distinct()).all()
        for workspace_id in workspaces:
            plan = plan_of(session, workspace_id)
            if plan is not None:
                click.echo(
                    f"{database.name} holds a plan already, “{plan.name}”: an import would be refused.", err=True
                )


def _workspace_id(session: Session, named: str) -> str:
    if named:
        return named
    rows = session.scalars(select(Workspace.id)).all()
    return rows[0] if len(rows) == 1 else LOCAL


@click.command("migrate")
@database_option
def migrate_command(database_url: str) -> None:
    """Bring the database to this version; an empty one gets its tables."""
    database = open_database(database_url, check=False)
    before, after = migrate(database)
    if before == after:
        click.echo(f"{database.name} is up to date (revision {after}).")
    else:
        click.echo(f"{database.name}: from {f'revision {before}' if before else 'empty'} to revision {after}.")


@click.command("start")
@click.argument("board")
@click.argument("day", required=False, metavar="[DATE]")
@database_option
@workspace_option
def start_command(board: str, day: str | None, database_url: str, workspace: str) -> None:
    """Begin BOARD's reminders, from today or from DATE (2020-08-07) on; nothing earlier counts."""
    database = open_database(database_url)
    with database.write() as session:
        there = only_workspace(session, workspace)
        zone = zone_of(session, there.id)
        found = read_board(board, _boards(database, there.id))
        if isinstance(found, BoardAsk):
            raise Refusal(found.say)
        row = session.scalars(select(Board).where(Board.workspace_id == there.id, Board.key == found.key)).one()
        start = at_local(local_day(read_time(day, zone), zone), zone, time(0)) if day else real_now()
        row.started_at = start
        session.flush()
        calendar = board_calendars(session, there.id)[row.id]
        coming = calendar.next(start)
    click.echo(f"Reminders of the {row.name} begin on {day_said(local_day(start, zone))}.")
    if coming is None:
        click.echo("No meeting with a date comes after that yet.")
        return
    dates = calendar.dates(coming)
    steps = ", ".join(f"{step.value} {day_said(on)}" for step, on in dates.steps)
    click.echo(f"Next meeting {meeting_said(coming, calendar)}: {steps}; papers {day_said(dates.papers)}.")


def _boards(database: Database, workspace_id: str) -> Vocabulary:
    with database.read() as session:
        rows = session.scalars(select(Board).where(Board.workspace_id == workspace_id).order_by(Board.id))
        return Vocabulary(boards=tuple(BoardWords(row.key, row.name, tuple(row.aliases)) for row in rows))


@click.group("admin")
def admin_command() -> None:
    """Name the administrators."""


@admin_command.command("add")
@click.argument("who")
@database_option
@workspace_option
def add_command(who: str, database_url: str, workspace: str) -> None:
    """Make WHO (a Slack ID or an e-mail address) an administrator."""
    database = open_database(database_url, check=False)
    if not database.revision():
        migrate(database)
    database.check_revision()
    is_id = bool(SLACK_ID.fullmatch(who))
    if not is_id and "@" not in who[1:-1]:
        raise Refusal(f"“{who}” is neither a Slack ID (like U0ICTADMIN) nor an e-mail address.")
    with database.write() as session:
        there = _workspace_id(session, workspace)
        ensure_workspace(session, there, real_now())
        people = session.scalars(select(Person).where(Person.workspace_id == there)).all()
        someone = next(
            (
                one
                for one in people
                if who in (one.slack_user,) or (one.email and one.email.casefold() == who.casefold())
            ),
            None,
        )
        if someone is None:
            someone = Person(workspace_id=there, slack_user=who if is_id else "", email="" if is_id else who)
            session.add(someone)
        already = someone.is_administrator
        someone.is_administrator = True
    click.echo(f"{who} {'is an administrator already' if already else 'is an administrator now'}.")
