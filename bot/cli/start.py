"""`start`: a board's reminders begin; with `--dry-run` what the first request would say and to whom."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.__main__ import real_now
from bot.cli.common import (
    database_option,
    open_database,
    read_time,
    signed_here,
    workspace_option,
    workspace_write,
)
from bot.cli.tick import NowhereMessenger, line_said
from handlers.boards.reminders import begun_said
from handlers.formatting import day_said
from handlers.reading.board_names import BoardAsk, read_board
from handlers.reading.vocabulary import BoardWords, Vocabulary
from models.errors import Refusal
from models.plan.queries import board_calendars, zone_of
from models.records.settings_log import record_setting_changes
from models.rules.calendar import at_local, local_day
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.engine import Database
from models.storage.tables import Board
from schedules.log_lines import Line
from schedules.outbox import Outbox
from schedules.preview import preview_pass


@click.command("start")
@click.argument("board")
@click.argument("day", required=False, metavar="[DATE]")
@click.option("--dry-run", is_flag=True, help="Say what the first request would be and to whom; store nothing.")
@database_option
@workspace_option
def start_command(board: str, day: str | None, dry_run: bool, database_url: str, workspace: str) -> None:
    """Begin BOARD's reminders, from today or from DATE (2020-08-07) on; nothing earlier counts."""
    database = open_database(database_url)
    with workspace_write(database, workspace) as (session, there):
        zone = zone_of(session, there)
        found = read_board(board, _boards(session))
        if isinstance(found, BoardAsk):
            raise Refusal(found.say)
        row = session.scalars(select(Board).where(Board.key == found.key)).one()
        start = at_local(local_day(read_time(day, zone), zone), zone, time(0)) if day else real_now()
        record_setting_changes(session, row, {"started_at": start}, signed_here("“cypp start”"))
        board_id, calendar = row.id, board_calendars(session, there)[row.id]
        if dry_run:
            session.rollback()
    for sentence in begun_said(calendar, start):
        click.echo(sentence, err=dry_run)
    if dry_run:
        _say_first(database, there, board_id, calendar, start)


def _boards(session: Session) -> Vocabulary:
    rows = session.scalars(select(Board).order_by(Board.id))
    return Vocabulary(boards=tuple(BoardWords(row.key, row.name, tuple(row.aliases)) for row in rows))


def _say_first(database: Database, workspace_id: str, board_id: int, calendar: BoardCalendar, start: datetime) -> None:
    """Print the first messages that beginning now would bring, a line each; their days go to stderr."""
    found = False
    for day, lines in _first(database, workspace_id, board_id, calendar, start):
        click.echo(f"{'Later, on' if found else 'Nothing is stored. On'} {day_said(day)} this would be said:", err=True)
        found = True
        with database.read(workspace_id) as session:
            for line in lines:
                click.echo(line_said(session, line))
    if not found:
        click.echo("Nothing is stored, and nothing would be said before the next meeting.", err=True)


def _first(
    database: Database, workspace_id: str, board_id: int, calendar: BoardCalendar, start: datetime
) -> Iterator[tuple[date, list[Line]]]:
    """Yield the days on which actions are first asked about for a meeting, as if this board alone had begun."""

    def supposed(session: Session) -> None:
        for row in session.scalars(select(Board)):
            row.started_at = start if row.id == board_id else None
        session.flush()

    outbox = Outbox(database, workspace_id, NowhereMessenger(), real_now)
    for meeting in calendar.dated:
        asked: set[int] = set()
        for day in _days(calendar, meeting, start):
            lines = preview_pass(outbox, at_local(day, calendar.zone), supposed)
            new = [line for line in lines if not asked.issuperset(line.subjects)]
            asked.update(*(line.subjects for line in new))
            if new:
                yield day, new
        if asked:
            return


def _days(calendar: BoardCalendar, meeting: MeetingFacts, start: datetime) -> Iterator[date]:
    """Yield the days from the first step after the start until updates are due.

    Days between two steps too: what falls in an organisation's closed days is sent on its first open one.
    """
    dates = calendar.dates(meeting)
    ahead = [on for _, on in dates.steps if at_local(on, calendar.zone) >= start]
    day = min(ahead, default=dates.updates_due + timedelta(days=1))
    while day <= dates.updates_due:
        yield day
        day += timedelta(days=1)
