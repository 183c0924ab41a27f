"""`check`: which steps of `cypp guide` are done, what is not in order, and what to do about it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib.metadata import version

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.__main__ import real_now
from bot.cli.check_rows import CheckRow, GuideStep, Mark, step_left, with_what_is_not_begun
from bot.cli.check_slack import app_rows, channel_rows, made_rows
from bot.cli.common import database_option, open_database, workspace_option
from bot.cli.extras import DISTRIBUTION, missing_for_demo
from bot.cli.guide import FILES, GUIDE
from bot.cli.people import linked_of_all
from bot.cli.tick import recipient_said
from bot.plain_text import one_line
from bot.slack.meanings import token_troubles
from handlers.formatting import day_said, listed, meeting_said, number_said
from handlers.people.lookup import name_of
from models.enums import OPEN, MessageState
from models.errors import Refusal
from models.notifications.lookups import count_by_state, list_undelivered, reasons_to_wait
from models.plan.queries import board_calendars, plan_of, post_labels, zone_of
from models.plan.serving import administrators, reachable, recipients
from models.rules.calendar import local_day
from models.rules.facts import board_contacts
from models.storage.restored import check_not_moved
from models.storage.scope import scope_to
from models.storage.tables import Action, Person, Workspace
from models.storage.workspaces import only_workspace

LONG_AGO = timedelta(minutes=10)
ALL_DONE = "Every step of the guide is done."


@click.command("check")
@database_option
@workspace_option
def check_command(database_url: str, workspace: str) -> None:
    """Say which steps of the guide are done, and what is not in order."""
    database = open_database(database_url, check=False)
    rows = list(_program_rows())
    planned_for = ""
    try:
        database.check_revision()
        with database.read() as session:
            check_not_moved(session, database.name)
            there = only_workspace(session, workspace)
            scope_to(session, there.id)
            planned_for = there.id
            rows.append(CheckRow(Mark.DONE, GuideStep.PLAN, "Database", f"{database.name}, up to date"))
            rows += _plan_rows(session, there)
            rows.append(_last_pass(there.last_tick_at, there.is_demo))
    except Refusal as refusal:
        rows.append(CheckRow(Mark.WRONG, GuideStep.PLAN, "Database", refusal.sentence))
    rows += app_rows(database_url, planned_for)
    if planned_for:
        in_order = all(row.mark is Mark.DONE for row in rows if row.step is GuideStep.APP)
        rows += channel_rows(database, planned_for, database_url, ask=in_order)
        rows += made_rows(database, planned_for, database_url, real_now()) if in_order else ()
    _show(sorted(with_what_is_not_begun(rows), key=lambda row: row.step.value))
    wrong = sum(row.mark is Mark.WRONG for row in rows)
    if wrong:
        raise Refusal(f"{number_said(wrong, 'thing needs', 'things need')} attention: see ✗ above.")


def _program_rows() -> Iterator[CheckRow]:
    """Yield what is installed: the program, its guide with the files beside it, and the optional demo."""
    yield CheckRow(Mark.DONE, GuideStep.PROGRAM, "Program", f"cypp {version(DISTRIBUTION)}")
    files = listed([file.name for file in FILES if file != GUIDE])
    how = f"“cypp guide” prints it; “cypp guide --files FOLDER” writes it there with {files}"
    yield CheckRow(Mark.DONE, GuideStep.PROGRAM, "Guide", how)
    if missing := missing_for_demo():
        how = f"not installed ({listed(missing)}); the bot does without"
        yield CheckRow(Mark.NOTE, GuideStep.PROGRAM, "Demo", how)
    else:
        yield CheckRow(Mark.DONE, GuideStep.PROGRAM, "Demo", "installed: say “cypp demo”")


def _show(rows: Sequence[CheckRow]) -> None:
    """Print the table, each row with its step of the guide, and which step comes next."""
    table = Table(show_header=False, box=None, pad_edge=False)
    for row in rows:
        # As text: what people wrote may hold what Rich would take for its own marks.
        table.add_row(row.mark.value, row.step.number, Text(one_line(row.what)), Text(one_line(row.how)))
    left = step_left(rows)
    next_step = f"Next: step {left.value[0]} of “cypp guide”, “{left.title}”." if left else ALL_DONE
    screen = Console(highlight=False)
    screen = screen if screen.is_terminal else Console(width=140, highlight=False)
    screen.print(table)
    screen.print(Text(next_step))


def _last_pass(last: datetime | None, is_demo: bool) -> CheckRow:
    """Return when the ledger was last looked at; that is every minute while the bot runs."""
    if last is None:
        return CheckRow(Mark.NOT_YET, GuideStep.RUNNING, "Last pass", "none yet: start “cypp serve”")
    said = f"{last:%Y-%m-%d %H:%M} UTC"
    if not is_demo and real_now() - last > LONG_AGO:
        return CheckRow(
            Mark.WRONG, GuideStep.RUNNING, "Last pass", f"{said}: nothing is sent until “cypp serve” runs again"
        )
    return CheckRow(Mark.DONE, GuideStep.RUNNING, "Last pass", said)


def _plan_rows(session: Session, there: Workspace) -> Iterator[CheckRow]:
    workspace_id = there.id
    plan = plan_of(session, workspace_id)
    if plan is None:
        yield CheckRow(Mark.WRONG, GuideStep.PLAN, "Plan", "none yet: say “cypp import FILE”")
        return
    # A demonstration's time is where its clock was last moved to.
    now = there.last_tick_at if there.is_demo and there.last_tick_at else real_now()
    zone = zone_of(session, workspace_id)
    actions = session.scalars(select(Action).order_by(Action.position)).all()
    open_now = [action for action in actions if action.status in OPEN]
    yield CheckRow(
        Mark.DONE, GuideStep.PLAN, "Plan", f"{plan.name}: {number_said(len(actions), 'action')}, {len(open_now)} open"
    )
    without = [action.ref for action in open_now if action.lead_post_id is None]
    if without:
        yield CheckRow(Mark.NOTE, GuideStep.PLAN, "No lead", listed(without))
    can, serving = reachable(session), recipients(session, local_day(now, zone))
    linked, people = linked_of_all(session, workspace_id)
    yield CheckRow(
        Mark.DONE if linked else Mark.NOT_YET,
        GuideStep.PEOPLE,
        "People",
        f"{linked} of {people} linked to accounts" + ("" if linked == people else ": “cypp people” says who is left"),
    )
    labels = post_labels(session)
    leads = {action.lead_post_id for action in open_now if action.lead_post_id is not None}
    silent = [labels[post] for post in sorted(leads) if not any(one.person_id in can for one in serving.get(post, ()))]
    if silent:
        how = f"{listed(silent)}: the secretary gets an e-mail text for them"
        yield CheckRow(Mark.NOTE, GuideStep.PEOPLE, "Leads that cannot be written to", how)
    admins = administrators(session, local_day(now, zone))
    if any(one in can for one in admins):
        yield CheckRow(Mark.DONE, GuideStep.ADMINISTRATOR, "Administrators", str(len(admins)))
    else:
        how = "nobody can be reached: say “cypp admin add WHO”"
        yield CheckRow(Mark.WRONG, GuideStep.ADMINISTRATOR, "Administrators", how)
    for calendar in board_calendars(session, workspace_id).values():
        board = calendar.board
        coming = calendar.next(now)
        meets = f"next meeting {meeting_said(coming, calendar)}" if coming else "no next meeting with a date"
        told = board_contacts(board, serving, admins, can)
        secretary = [one.person_id for one in serving.get(board.secretary_post_id or 0, ())]
        mark = Mark.DONE
        if board.started_at is None:
            mark, said = Mark.NOT_YET, f"quiet; {meets}: say “cypp start {board.key}”"
        else:
            said = f"reminders since {day_said(local_day(board.started_at, zone))}; {meets}"
            if coming is None:
                mark, said = Mark.NOTE, f"{said}: nothing is asked until “/cypp meeting add” gives one"
        if not told:
            mark, said = Mark.WRONG, f"{said}; neither its secretary nor an administrator can be reached"
        elif not any(one in secretary for one in told):
            mark, said = Mark.WRONG, f"{said}; its secretary cannot be reached, the administrators are told"
        yield CheckRow(mark, GuideStep.START, board.name, said)
    unreachable = session.scalars(select(Person).where(Person.unreachable != "").order_by(Person.id)).all()
    for someone in unreachable:
        yield CheckRow(
            Mark.NOTE, GuideStep.PEOPLE, "Unreachable", f"{name_of(someone)}: {someone.unreachable.replace('_', ' ')}"
        )
    yield from _message_rows(session, workspace_id)


def _message_rows(session: Session, workspace_id: str) -> Iterator[CheckRow]:
    by_state = count_by_state(session)
    if by_state:
        said = ", ".join(f"{count} {state.value}" for state, count in sorted(by_state.items()))
        doubtful = by_state.get(MessageState.UNCERTAIN, 0) + by_state.get(MessageState.FAILED, 0)
        yield CheckRow(Mark.WRONG if doubtful else Mark.NOTE, GuideStep.RUNNING, "Messages", said)
    for trouble in token_troubles(reasons_to_wait(session)):
        yield CheckRow(Mark.WRONG, GuideStep.RUNNING, "Token", trouble)
    zone = zone_of(session, workspace_id)
    for message in list_undelivered(session)[:20]:
        day, why = day_said(local_day(message.planned_at, zone)), message.reason.replace("_", " ")
        how = f"{recipient_said(session, message.recipient)}, {day}: {why}"
        yield CheckRow(Mark.NOTE, GuideStep.RUNNING, f"  {message.state.value}", how)
