"""`figures`: how well messages were read, and how many leads answered before papers, without a word or a name."""

import csv
import io
from datetime import timedelta

import click
from sqlalchemy.orm import Session

from bot.cli.common import database_option, open_database, plan_time, read_time, workspace_option, workspace_read
from handlers.reading.board_names import BoardAsk, read_board
from handlers.reading.vocabulary import BoardWords, Vocabulary
from handlers.status.figures import FIGURE_DAYS, FigureDays, figure_rows, figures_said, read_figures
from models.errors import Refusal
from models.plan.queries import board_calendars, zone_of
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar


@click.command("figures")
@click.option("--since", default="", metavar="DATE", help=f"The first day; if left out, {FIGURE_DAYS} days back.")
@click.option("--until", default="", metavar="DATE", help="The last day; today if left out.")
@click.option("--board", default="", help="One board's leads alone. Messages are counted for the whole plan.")
@click.option("--format", "form", type=click.Choice(["text", "csv"]), default="text", help="Sentences, or rows.")
@database_option
@workspace_option
def figures_command(since: str, until: str, board: str, form: str, database_url: str, workspace: str) -> None:
    """Say how many messages were right at once, shown, asked about, given up and undone, and who answered in time.

    Of leads it says how many answered before papers, and how long an answer took. Nobody's words or names are in it.
    """
    database = open_database(database_url)
    with workspace_read(database, workspace) as (session, there):
        zone, now = zone_of(session, there.id), plan_time(there)
        today = local_day(now, zone)
        last = local_day(read_time(until, zone), zone) if until else today
        period = FigureDays(
            local_day(read_time(since, zone), zone) if since else last - timedelta(FIGURE_DAYS - 1), last
        )
        if period.since > period.until:
            raise Refusal(f"“--since {since}” is after “--until {until or today}”: give the earlier day first.")
        boards = _boards(session, there.id, board)
        rows, meetings = read_figures(session, boards, period, now, leads_only=bool(board))
    if form == "csv":
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(
            [("about", "of", "figure", "number"), *figure_rows(rows, meetings)]
        )
        click.echo(written.getvalue(), nl=False)
    else:
        click.echo("\n".join(figures_said(rows, meetings, period)))


def _boards(session: Session, workspace_id: str, board: str) -> dict[int, BoardCalendar]:
    """Return the boards that are meant: the one that is named, else all.

    Raises:
        Refusal: no board is called that.
    """
    calendars = board_calendars(session, workspace_id)
    if not board:
        return calendars
    words = (BoardWords(one.board.key, one.board.name, one.board.aliases) for one in calendars.values())
    found = read_board(board, Vocabulary(boards=tuple(words)))
    if isinstance(found, BoardAsk):
        raise Refusal(found.say)
    return {number: one for number, one in calendars.items() if one.board.key == found.key}
