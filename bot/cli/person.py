"""`person`: everything held about somebody as one file, and their erasure."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.__main__ import real_now, system_account
from bot.cli.common import (
    SLACK_ID,
    as_typed,
    database_option,
    open_database,
    plan_time,
    signed_here,
    workspace_option,
    workspace_read,
    workspace_write,
)
from bot.cli.plan import EMAIL
from bot.cli.workbook import write_file
from bot.plain_text import one_line
from handlers.formatting import day_said, number_said
from models.errors import Refusal
from models.personal_data.dossier import Labels, held_rows, write_dossier
from models.personal_data.erasure import Erasure, ShownMessage, check_may_go, erase, erased_at
from models.personal_data.subjects import DataSubject, find_subject
from models.plan.queries import post_labels, zone_of
from models.rules.calendar import local_day
from models.storage.scope import EVERY_PLAN, in_plan
from models.storage.tables import Action, Board, Meeting, Organisation, Theme

ALSO = "Other words to look for: initials, a nickname, the name of their account on this machine."


@click.group("person")
def person_command() -> None:
    """Write everything held about somebody into a file, or erase them."""


@person_command.command("show")
@click.argument("who")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--also", multiple=True, metavar="WORDS", help=ALSO)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@database_option
@workspace_option
def show_command(
    who: str, file: Path | None, also: Sequence[str], force: bool, database_url: str, workspace: str
) -> None:
    """Write everything held about WHO into FILE: a Slack ID, an e-mail address, a name, a post or a number.

    It names other people where entries do: read it before anybody else is given it.
    """
    who, also = as_typed(who.strip()), [as_typed(one) for one in also]
    database = open_database(database_url, moved=True)
    with workspace_read(database, workspace) as (session, there):
        zone = zone_of(session, there.id)
        subject = _somebody(session, who, local_day(plan_time(there), zone))
        labels = Labels(_labels(session), zone, subject.people)
        head = _head(subject, also, day_said(local_day(real_now(), zone)))
        said, many = write_dossier(held_rows(session, subject, subject.finder(also)), labels, head)
    file = file or Path(f"person-{next(iter(sorted(subject.people or subject.users)))}.md")
    write_file(file, said.encode, force=force)
    click.echo(f"{file}: {number_said(many, 'record')} about {one_line(subject.label)}.")


def _somebody(session: Session, who: str, today: date) -> DataSubject:
    subject = find_subject(session, who, today)
    if subject is None:
        raise Refusal(
            f"Nothing is held about “{who}”: give a Slack ID, an e-mail address, a name or a post’s title, as the plan "
            "or Slack has it."
        )
    return subject


def _labels(session: Session) -> dict[str, dict[int, str]]:
    """Return how rows are called that a person's rows point to."""
    plain = {"action": (Action.id, Action.ref), "board": (Board.id, Board.name), "theme": (Theme.id, Theme.name),
             "organisation": (Organisation.id, Organisation.name)}  # fmt: skip
    return {
        **{name: {row[0]: row[1] for row in session.execute(select(*columns))} for name, columns in plain.items()},
        "post": post_labels(session),
        "meeting": {
            row.id: f"meeting of {row.starts_at:%Y-%m-%d}" if row.starts_at else f"meeting expected {row.expected}"
            for row in session.scalars(select(Meeting))
        },
    }


def _head(subject: DataSubject, also: Sequence[str], day: str) -> str:
    sought = [*subject.words, *subject.emails, *sorted(subject.users), *also]
    lines = [
        "# What the action tracker holds about one person",
        "",
        one_line(f"Person: {subject.label}. Made on {day} by the account {system_account()}."),
        "",
        one_line(f"Looked for in words: {'; '.join(sought) or 'nothing'}."),
    ]
    if subject.common:
        common = "; ".join(subject.common)
        lines.append(one_line(f"Not looked for in words, since others have it or it is one word alone: {common}."))
    lines += [
        "",
        "Another form of the name (initials, a surname alone) is found with --also. Entries may name other people:",
        "whoever gives this document away reads it first. Slack, backups, exports and the log hold their own copies.",
    ]
    return "\n".join(lines)


@person_command.command("erase")
@click.argument("who")
@click.option("--also", multiple=True, metavar="WORDS", help=ALSO)
@click.option("--vacate", is_flag=True, help="Leave the posts they act for without them, rather than refuse.")
@click.option("--yes", is_flag=True, help="Do not ask before.")
@database_option
@workspace_option
def erase_command(who: str, also: Sequence[str], vacate: bool, yes: bool, database_url: str, workspace: str) -> None:
    """Erase WHO: name, address and account go. Posts, and signatures as posts, stay.

    What Slack still shows, and entries whose words name them, are listed: somebody deletes or redacts them there.
    """
    who, also = as_typed(who.strip()), [as_typed(one) for one in also]
    database = open_database(database_url)
    with workspace_read(database, workspace) as (session, there):
        zone = zone_of(session, there.id)
        today = local_day(plan_time(there), zone)
        is_id = bool(SLACK_ID.fullmatch(who.upper()) or EMAIL.fullmatch(who))
        subject = find_subject(session, who, today) if is_id else _somebody(session, who, today)
        if subject is None:
            # Whoever was erased is known to nobody: erasing them again finds nothing, and that is no mistake.
            click.echo(one_line(f"Nothing is held about “{who}”, so nothing was erased."))
            return
        before = erased_at(session, subject)
        if before is not None:
            click.echo(f"{subject.label.capitalize()} was erased on {day_said(local_day(before.at, zone))} already.")
            return
        check_may_go(session, subject, today, vacate=vacate)
        workspace_id = there.id
    if not yes:
        _ask(subject)
    with workspace_write(database, workspace_id) as (session, _):
        check_may_go(session, subject, today, vacate=vacate)
        with in_plan(session, EVERY_PLAN):
            done = erase(session, subject, subject.finder(also), signed_here("“cypp person erase”"), today)
    for line in _done_said(subject, done, workspace_id):
        click.echo(one_line(line))


def _ask(subject: DataSubject) -> None:
    try:
        sure = click.confirm(
            one_line(f"Erase {subject.label}? Their name, address and account go, and nothing brings them back."),
            default=False,
            err=True,
        )
    except click.Abort:
        sure = False
    if not sure:
        raise Refusal("Nothing was erased: add --yes where nobody can be asked.")


def _done_said(subject: DataSubject, done: Erasure, workspace_id: str) -> Iterator[str]:
    """Yield what was done, then what is left to people, a line each."""
    numbers = " and ".join(f"number {number}" for number in sorted(subject.people))
    yield f"Erased. What they wrote stands under their posts and {numbers or 'nobody'}: keep that with the request."
    if done.changed:
        yield f"{number_said(done.changed, 'message')} to others named them: the next pass changes them in place."
    if subject.common:
        yield f"Not looked for in words, since others have it or it is one word alone: {'; '.join(subject.common)}."
    for ref, number in done.entries:
        yield f"Entry {number} of {ref} names them: “/cypp redact {ref} {number} because …” empties its words."
    for what in done.plan:
        yield f"The plan names them ({what}): change it there."
    if done.signatures:
        signed = number_said(done.signatures, "signature")
        yield f"{signed} of the command line with their account’s name on this machine: that stays."
    for shown in (*done.shown, *done.out_of_reach):
        yield f"Slack still shows: {shown.channel} {shown.ts} {_link(shown)}"
    if done.shown or done.out_of_reach:
        yield "Somebody deletes in Slack what it still shows, and what they wrote there themselves."
    yield "Backups and exports of before still name them: make a new backup, and delete the old."


def _link(shown: ShownMessage) -> str:
    return f"https://slack.com/archives/{shown.channel}/p{shown.ts.replace('.', '')}"
