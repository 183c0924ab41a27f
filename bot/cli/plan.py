"""`import`, `migrate` and `admin add`: what puts a plan in place."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.__main__ import real_now
from bot.cli.common import SLACK_ID, as_typed, database_option, open_database, signed_here, workspace_option
from bot.cli.end_choices import EndChoices, choices_options
from handlers.formatting import day_said
from handlers.reading.dates import NoDay
from handlers.reading.days import read_day
from models.errors import Refusal
from models.plan.queries import plan_of
from models.records.settings_log import record_person_setting
from models.rules.calendar import local_day
from models.storage.engine import migrate
from models.storage.scope import scope_to
from models.storage.tables import Person, Workspace
from models.storage.workspaces import LOCAL, ensure_workspace, only_workspace

WORKSPACE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--dry-run", is_flag=True, help="Check the file and store nothing.")
@click.option("--identifies-nobody", is_flag=True, help="Do not ask about words that may identify a child.")
@click.option("--demo", is_flag=True, help="Mark the database as a demonstration's: its clock may be moved.")
@click.option("--log", "board", default="", metavar="BOARD", help="FILE is an action log of BOARD, of any shape.")
@click.option("--meeting", default="", metavar="DATE", help="With --log: the meeting that the log is of.")
@click.option("--who", multiple=True, metavar="NAME=POST", help="With --log: the post that a name stands for.")
@click.option("--answer", multiple=True, metavar="KEY=TEXT", help="With --log: the answer to a question it asks.")
@click.option("--review", type=click.Path(path_type=Path), help="With --log: write what was read to FILE.xlsx instead.")
@click.option("--next", "follows", is_flag=True, help="FILE is the plan that follows the one that is there.")
@choices_options
@click.option("--yes", is_flag=True, help="With --log or --next: store everything as it is shown.")
@database_option
@workspace_option
def import_command(
    file: Path,
    dry_run: bool,
    identifies_nobody: bool,
    demo: bool,
    board: str,
    meeting: str,
    who: tuple[str, ...],
    answer: tuple[str, ...],
    review: Path | None,
    follows: bool,
    yes: bool,
    database_url: str,
    workspace: str,
    **choices: Any,
) -> None:
    """Read the plan in FILE into the database, all of it or nothing; or, with --log, an action log into the plan.

    With --next it is the plan that follows: the one before ends, and what is open in it goes on, is closed or moved.
    """
    from bot.cli.exported_log import exported_tables, read_exported
    from bot.cli.personal_data import ask_about_children
    from bot.cli.workbook import TakenIn, progress_shown, read_file, take_in
    from models.files.planfile.report import ODD_DAYS, report_on
    from schedules.partitions import gc_paused

    try:
        source = file.read_bytes()
    except IsADirectoryError:
        raise Refusal(f"{file} is a folder: name the plan file in it.") from None
    except FileNotFoundError:
        raise Refusal(f"There is no file {file}: check its name and folder.") from None
    except OSError as error:
        raise Refusal(f"{file} cannot be read ({error.strerror}): check who may read it.") from None
    exported = exported_tables(source, file.name, board)
    if board and exported is None:
        from bot.cli.log_import import import_log

        said = [_answer(one, "who:") for one in who] + [_answer(one) for one in answer]
        said += [("meeting", meeting)] if meeting else []
        import_log(
            file, source, as_typed(board), said, database_url, workspace,
            yes=yes, sure=identifies_nobody, dry_run=dry_run, review=review,
        )  # fmt: skip
        return
    merged: TakenIn | None = None
    database = open_database(database_url, check=False)
    with gc_paused(), progress_shown() as tick:
        tick(f"Reading {file.name}", 0, 0)
        if exported is None:
            read = read_file(source, file.name, tick)
        else:
            read = read_exported(exported, file.name, database, workspace, as_typed(board))
    # Outside any transaction: whoever is asked may take their time.
    ask_about_children(read, file.name, database, workspace, sure=identifies_nobody, dry_run=dry_run)
    if follows:
        from bot.cli.plan_end import import_next

        decided = EndChoices(**choices)
        import_next(
            read.plan, file.name, read.place, database, workspace,
            choices=decided, sure=identifies_nobody, dry_run=dry_run, yes=yes,
        )  # fmt: skip
        return
    with gc_paused(), progress_shown() as tick:
        now = real_now()
        if dry_run and database.revision():
            database.check_revision()
            with database.read() as session:
                there_id = _workspace_id(session, workspace)
                scope_to(session, there_id)
                merged = take_in(session, there_id, read, file.name, now, tick, dry_run=True)
        elif not dry_run:
            if not database.revision():
                migrate(database)
            database.check_revision()
            with database.write() as session:
                there = ensure_workspace(session, _workspace_id(session, workspace), now)
                scope_to(session, there.id)
                if demo and not there.is_demo and plan_of(session, there.id) is not None:
                    raise Refusal(
                        f"{database.name} holds a plan that is no demonstration’s, so nothing was stored: leave --demo "
                        "out, or name another database with --db."
                    )
                there.is_demo = there.is_demo or demo
                merged = take_in(session, there.id, read, file.name, now, tick, dry_run=False)
    report = report_on(read.plan, now)
    told = report.sentences() if merged is None else (*merged.said, *report.about(ODD_DAYS))
    for sentence in (*told, *read.notes):
        click.echo(sentence)
    stored = not dry_run if merged is None else merged.stored
    click.echo(f"Stored in {database.name}." if stored else "Checked; nothing was stored.")
    if merged is None and stored:
        click.echo("Reminders are quiet until “cypp start BOARD”.")


def _answer(text: str, sort: str = "") -> tuple[str, str]:
    """Return the key of a question and its answer: `who:MW`, `Head of Education`."""
    name, equals, said = as_typed(text).partition("=")
    if not equals or not name.strip():
        raise Refusal(f"“{text}” answers nothing: write it like “MW=Head of Education”.")
    return f"{sort}{name.strip()}", said.strip()


def _workspace_id(session: Session, named: str) -> str:
    """Return the id of the workspace that is meant, even where it is still to be created."""
    if not named:
        return only_workspace(session).id if session.scalars(select(Workspace.id)).first() else LOCAL
    if not WORKSPACE_ID.fullmatch(named):
        raise Refusal(f"“{named}” is no workspace: give its ID in Slack (like T012AB3CD), or leave --workspace out.")
    return named


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


@click.group("admin")
def admin_command() -> None:
    """Name the administrators."""


@admin_command.command("add")
@click.argument("who")
@click.option("--until", default="", metavar="DATE", help="The last day, like 2026-12-31; without it there is no end.")
@database_option
@workspace_option
def add_command(who: str, until: str, database_url: str, workspace: str) -> None:
    """Make WHO (a Slack ID or an e-mail address) an administrator."""
    who = as_typed(who.strip())
    is_id = bool(SLACK_ID.fullmatch(who))
    if not is_id and not EMAIL.fullmatch(who):
        raise Refusal(f"“{who}” is neither a Slack ID (like U0ICTADMIN) nor an e-mail address: give one of the two.")
    last = _last_day(until) if until else None
    database = open_database(database_url, check=False)
    if not database.revision():
        migrate(database)
    database.check_revision()
    with database.write() as session:
        there = ensure_workspace(session, _workspace_id(session, workspace), real_now()).id
        scope_to(session, there)
        people = session.scalars(select(Person).order_by(Person.id)).all()
        someone = next(
            (one for one in people if who == one.slack_user or one.email.casefold() == who.casefold()),
            None,
        )
        if someone is None:
            someone = Person(workspace_id=there, slack_user=who if is_id else "", email="" if is_id else who.lower())
            session.add(someone)
        already = someone.is_administrator and someone.administrator_until == last
        if not already:
            session.flush()
            before = someone.administrator_until if someone.is_administrator else "no administrator"
            record_person_setting(session, someone, "administrator", before, last, signed_here("“cypp admin add”"))
        someone.is_administrator, someone.administrator_until = True, last
    until_when = f", until {day_said(last)}" if last else ""
    click.echo(f"{who} {'is an administrator already' if already else 'is an administrator now'}{until_when}.")


def _last_day(text: str) -> date:
    today = local_day(real_now(), ZoneInfo("Europe/London"))
    day = read_day(text, today)
    if isinstance(day, NoDay):
        raise Refusal(f"{day.say} Nothing was changed.")
    if day < today:
        raise Refusal(f"{day_said(day)} is past, so nothing was changed: name a coming day, with its year.")
    return day
