"""`tick`: one pass over the scheduled notifications; a line for each message."""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import click
from sqlalchemy.orm import Session

from bot.__main__ import real_now
from bot.cli.common import database_option, open_database, read_time, workspace_option, workspace_read
from bot.plain_text import as_text, one_line
from handlers.people.lookup import name_of
from handlers.responses import Content, FileToCome
from models.enums import NotificationKind
from models.errors import Refusal
from models.plan.queries import zone_of
from models.storage.tables import Action, Board, Person, PlanMeasure, PlanRisk, Post, Workspace
from schedules.log_lines import Line
from schedules.outbox import Outbox
from schedules.ports import Absent, Looked, Refused, SendOutcome, Sent, SlackAccount
from schedules.preview import preview_pass
from schedules.registry import NOTIFICATIONS, Subject


class NowhereMessenger:
    """A messenger that takes every message and sends none: for a demonstration's database without a Slack."""

    def pages(self, content: Content) -> list[str]:
        """Return one page of plain text."""
        return [as_text(content)]

    def versions(self, page: str, *, plain: bool = False) -> Iterator[str]:
        """Yield the page as it is."""
        yield page

    def open(self, account: SlackAccount) -> Sent | Refused:
        """Return a made-up conversation."""
        return Sent(f"D-{account.user}")

    def send(self, address: str, page: str, mark: str, reasons: Sequence[str] = ()) -> SendOutcome:
        """Take the page."""
        return Sent(mark)

    def find(self, address: str, mark: str, since: datetime) -> Looked:
        """Return that nothing is kept."""
        return Absent()

    def change(self, address: str, ts: str, page: str) -> SendOutcome:
        """Take the page."""
        return Sent(ts)

    def published(self, page: str, said: str, channel: str) -> str:
        """Return the page: nothing is posted."""
        return page

    def attach(self, address: str, file: FileToCome, content: bytes) -> bool:
        """Take the file."""
        return True

    def outcome_of(self, why: str) -> Refused:
        """Return that what failed stays as it is: nothing here is sent."""
        return Refused(why)


@click.command("tick")
@click.option("--now", "now_text", default="", metavar="TIME", help="As at this time, like “2020-08-17 09:30”.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send and store nothing.")
@database_option
@workspace_option
def tick_command(now_text: str, dry_run: bool, database_url: str, workspace: str) -> None:
    """Do one pass: plan what is due and send it. One line for each message: kind, recipient, actions."""
    database = open_database(database_url)
    with workspace_read(database, workspace) as (session, there):
        now = read_time(now_text, zone_of(session, there.id)) if now_text else real_now()
    if now_text and not there.is_demo and not dry_run:
        raise Refusal("--now moves the clock, and that is only for a demonstration: leave it out, or add --dry-run.")
    if dry_run or there.is_demo:
        outbox = Outbox(database, there.id, NowhereMessenger(), database.clock(real_now))
    else:
        outbox = _slack_outbox(database.url, there.id)
    lines = preview_pass(outbox, now) if dry_run else outbox.tick(now)
    with database.read(outbox.workspace_id) as session:
        for line in lines:
            click.echo(line_said(session, line))
    if not lines:
        click.echo("Nothing to say.", err=True)


def _slack_outbox(database_url: str, workspace_id: str) -> Outbox:
    from bot.app import build
    from bot.settings import read_settings

    if not os.environ.get("SLACK_BOT_TOKEN"):
        raise Refusal("SLACK_BOT_TOKEN is not set, so nothing can be sent: set it, or add --dry-run.")
    # A bot that is served meanwhile has the port of its /healthz.
    settings = read_settings(database_url).model_copy(update={"cypp_health_port": 0})
    bot = build(settings, real_now, real_now)
    with bot.deps.database.read() as session:
        # A plan imported before any Slack was connected has just been given to the token's workspace.
        another = workspace_id != bot.deps.workspace_id and session.get(Workspace, workspace_id) is not None
    if another:
        raise Refusal(
            f"SLACK_BOT_TOKEN is of workspace {bot.deps.workspace_id}, and the plan is of {workspace_id}: set that "
            "workspace’s token."
        )
    return bot.outbox


_ROWS: Mapping[Subject, type[Action] | type[Board] | type[Post] | type[PlanMeasure] | type[PlanRisk]] = {
    Subject.ACTION: Action,
    Subject.BOARD: Board,
    Subject.POST: Post,
    Subject.MEASURE: PlanMeasure,
    Subject.RISK: PlanRisk,
}


def line_said(session: Session, line: Line) -> str:
    """Return one message as a line: "request · Head of Education · healthy-5, healthy-8"."""
    what = []
    for one in line.kinds:
        what += list(line.steps) if one is NotificationKind.UPDATE and len(line.kinds) == 1 else [one.value]
    subjects, about = [], [NOTIFICATIONS[kind].about for kind in line.kinds]
    for subject in () if {Subject.MESSAGE, Subject.PERSON} & set(about) else line.subjects:
        row = session.get(_ROWS[about[0]], subject)
        if isinstance(row, Action | PlanMeasure | PlanRisk):
            subjects.append(row.ref)
        elif isinstance(row, Board | Post):
            subjects.append(row.key)
    state = "" if line.state in ("planned", "sent") else f" · {line.state}"
    return one_line(
        f"{' + '.join(dict.fromkeys(what))} · {recipient_said(session, line.recipient)} · {', '.join(subjects)}{state}"
    )


def recipient_said(session: Session, recipient: str) -> str:
    """Return a recipient in words: "person:3" as their name, "channel:C0BOARD" as "channel C0BOARD"."""
    kind, _, value = recipient.partition(":")
    return name_of(session.get(Person, int(value))) if kind == "person" else f"channel {value}"
