"""`check`: what is in order and what is not, step by step, with what to do."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli.common import database_option, open_database, real_now, workspace_option
from bot.plain_text import one_line
from handlers.wording import day_said, listed, meeting_said
from models.calendar import local_day
from models.db import Database
from models.enums import OPEN, DeliveryState
from models.errors import Refusal
from models.facts import keepers
from models.ledger_reads import counts, undelivered
from models.queries import board_calendars, plan_of, post_labels, zone_of
from models.serving import administrators, reachable, recipients
from models.tables import Action, Board, Person
from models.workspaces import LOCAL, only_workspace

LONG_AGO = timedelta(minutes=10)
Row = tuple[bool | None, str, str]
"""In order or not (None: for your information), what, and what to do or how it stands."""


@click.command("check")
@database_option
@workspace_option
def check_command(database_url: str, workspace: str) -> None:
    """Say what is in order and what is not: database, plan, people, boards, tokens, messages."""
    database = open_database(database_url, check=False)
    rows: list[Row] = []
    planned_for = ""
    try:
        database.check_revision()
        rows.append((True, "Database", f"{database.name}, up to date"))
        with database.read() as session:
            there = only_workspace(session, workspace)
            rows += list(_plan_rows(session, there.id))
            planned_for = there.id
            last = there.last_tick_at
            rows.append(_last_pass(last, there.is_demo))
    except Refusal as refusal:
        rows.append((False, "Workspace" if rows else "Database", refusal.sentence))
    rows += list(_slack_rows(database_url, planned_for))
    if planned_for and all(fine for fine, what, _ in rows if what == "Slack"):
        rows += list(_channel_rows(database, planned_for, database_url))
    table = Table(show_header=False, box=None, pad_edge=False)
    for fine, what, how in rows:
        # As text: what people wrote may hold what Rich would take for its own marks.
        table.add_row({True: "✓", False: "✗", None: "·"}[fine], Text(one_line(what)), Text(one_line(how)))
    screen = Console(highlight=False)
    (screen if screen.is_terminal else Console(width=140, highlight=False)).print(table)
    wrong = sum(fine is False for fine, _, _ in rows)
    if wrong:
        raise Refusal(f"{wrong} {'thing needs' if wrong == 1 else 'things need'} attention: see ✗ above.")


def _last_pass(last: datetime | None, is_demo: bool) -> Row:
    """When the ledger was last looked at; that is every minute while the bot runs."""
    if last is None:
        return None, "Last pass", "none yet"
    said = f"{last:%Y-%m-%d %H:%M} UTC"
    if not is_demo and real_now() - last > LONG_AGO:
        return False, "Last pass", f"{said}: nothing is said unasked until “cypp serve” runs again"
    return None, "Last pass", said


def _plan_rows(session: Session, workspace_id: str) -> Iterator[Row]:
    plan = plan_of(session, workspace_id)
    if plan is None:
        yield False, "Plan", "none yet: say “cypp import FILE”"
        return
    now, zone = real_now(), zone_of(session, workspace_id)
    actions = session.scalars(select(Action).where(Action.workspace_id == workspace_id).order_by(Action.position)).all()
    open_now = [action for action in actions if action.status in OPEN]
    yield True, "Plan", f"{plan.name}: {len(actions)} actions, {len(open_now)} open"
    without = [action.ref for action in open_now if action.lead_post_id is None]
    if without:
        yield None, "No lead", listed(without)
    can, serving = reachable(session, workspace_id), recipients(session, workspace_id, local_day(now, zone))
    labels = post_labels(session, workspace_id)
    leads = {action.lead_post_id for action in open_now if action.lead_post_id is not None}
    silent = [labels[post] for post in sorted(leads) if not any(one.person_id in can for one in serving.get(post, ()))]
    if silent:
        yield None, "Leads that cannot be written to", f"{listed(silent)}: the secretary gets an e-mail text for them"
    admins = administrators(session, workspace_id, local_day(now, zone))
    if any(one in can for one in admins):
        yield True, "Administrators", str(len(admins))
    else:
        yield False, "Administrators", "nobody can be reached: say “cypp admin add WHO”"
    for calendar in board_calendars(session, workspace_id).values():
        board = calendar.board
        started = f"reminders since {day_said(local_day(board.started_at, zone))}" if board.started_at else "quiet"
        coming = calendar.next(now)
        said = f"{started}; next meeting {meeting_said(coming, calendar) if coming else 'not planned'}"
        told = keepers(board, serving, admins, can)
        secretary = [one.person_id for one in serving.get(board.secretary_post_id or 0, ())]
        if not told:
            yield (
                False,
                board.name,
                f"{said}; neither its secretary nor an administrator can be reached",
            )
        elif not any(one in secretary for one in told):
            yield False, board.name, f"{said}; its secretary cannot be reached, the administrators are told"
        else:
            yield True, board.name, said if board.started_at else f"{said}: say “cypp start {board.key}”"
    unreachable = session.scalars(
        select(Person).where(Person.workspace_id == workspace_id, Person.unreachable != "").order_by(Person.id)
    ).all()
    for someone in unreachable:
        yield None, "Unreachable", f"{someone.name or someone.email}: {someone.unreachable}"
    by_state = counts(session, workspace_id)
    if by_state:
        said = ", ".join(f"{count} {state.value}" for state, count in sorted(by_state.items()))
        doubtful = by_state.get(DeliveryState.UNCERTAIN, 0) + by_state.get(DeliveryState.FAILED, 0)
        yield (False if doubtful else None), "Messages", said
    for delivery in undelivered(session, workspace_id)[:20]:
        yield (
            None,
            f"  {delivery.state.value}",
            f"{delivery.recipient}, {day_said(local_day(delivery.planned_at, zone))}: {delivery.reason}",
        )


def _slack_rows(database_url: str, planned_for: str) -> Iterator[Row]:
    from bot.settings import read_settings

    if not (os.environ.get("SLACK_BOT_TOKEN") or os.environ.get("SLACK_APP_TOKEN")):
        yield None, "Slack", "not connected: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set"
        return
    from bot.app import connection

    try:
        team_id, team, _ = connection(read_settings(database_url))
        yield True, "Slack", f"the tokens of {team} are in order"
        if planned_for not in ("", LOCAL, team_id):
            yield False, "Workspace", f"the plan is of {planned_for}, and the tokens are of {team_id}: set that one’s"
    except Refusal as refusal:
        for sentence in refusal.sentence.splitlines():
            yield False, "Slack", sentence


def _channel_rows(database: Database, workspace_id: str, database_url: str) -> Iterator[Row]:
    """Whether the bot is in each board's channel, where its digest is published and looked up again."""
    from slack_sdk.errors import SlackApiError, SlackClientError

    from bot.settings import read_settings
    from bot.slack.directory import reading_client

    with database.read() as session:
        boards = session.scalars(select(Board).where(Board.workspace_id == workspace_id, Board.channel != "")).all()
    if not boards or not (os.environ.get("SLACK_BOT_TOKEN") and os.environ.get("SLACK_APP_TOKEN")):
        return
    settings = read_settings(database_url)
    client = reading_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    for board in boards:
        what = f"Channel of {board.key}"
        try:
            data: Any = client.conversations_info(channel=board.channel).data
            name, inside = data["channel"]["name"], data["channel"].get("is_member")
        except SlackApiError as error:
            why = error.response.get("error")
            yield False, what, f"{board.channel} cannot be seen ({why}): say “/invite @cypp” in it"
        except (SlackClientError, OSError, KeyError) as error:
            yield None, what, f"{board.channel} could not be looked up ({type(error).__name__}): try again"
        else:
            yield (
                bool(inside),
                what,
                f"the bot is in #{name}" if inside else f"the bot is not in #{name}: say “/invite @cypp” there",
            )
