"""`person`: everything held about somebody as one file, and their erasure."""

from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.__main__ import real_now, system_account
from bot.cli.common import as_typed, database_option, open_database, workspace_option, workspace_read
from bot.cli.workbook import write_file
from bot.plain_text import one_line
from handlers.formatting import day_said, number_said
from models.errors import Refusal
from models.personal_data.dossier import Labels, held_rows, write_dossier
from models.personal_data.subjects import DataSubject, find_subject
from models.plan.queries import post_labels, zone_of
from models.rules.calendar import local_day
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
        subject = somebody(session, there.id, who)
        labels = Labels(_labels(session), zone, subject.people)
        head = _head(subject, also, day_said(local_day(real_now(), zone)))
        said, many = write_dossier(held_rows(session, subject, subject.finder(also)), labels, head)
    file = file or Path(f"person-{next(iter(sorted(subject.people or subject.users)))}.md")
    write_file(file, said.encode, force=force)
    click.echo(f"{file}: {number_said(many, 'record')} about {one_line(subject.label)}.")


def somebody(session: Session, workspace_id: str, who: str) -> DataSubject:
    """Return the person who is meant.

    Raises:
        Refusal: nothing is held about anybody of that name, or several may be meant.
    """
    subject = find_subject(session, who, local_day(real_now(), zone_of(session, workspace_id)))
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
