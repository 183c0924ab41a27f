"""`import FILE --log BOARD`: an action log of any shape, shown first and stored when it is agreed."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy.orm import Session

from bot.__main__ import real_now
from bot.cli.common import open_database, signed_here, workspace_read, workspace_write
from bot.cli.workbook import refusal_of_file, write_file
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.formatting import number_said
from handlers.logs.children import children_in_log, shown_children
from handlers.logs.draft import DraftRow, LogDraft, LogPlan
from handlers.logs.log_answers import Answering
from handlers.logs.log_reader import read_log
from handlers.logs.plan import log_plan
from handlers.logs.review import REVIEW_HEADINGS, WIDE_HEADINGS, doubt_said, review_rows
from handlers.preconditions import calendar_of_key
from handlers.reading.board_names import BoardAsk, read_board
from handlers.safeguarding.people_known import names_of_the_plan
from handlers.safeguarding.sign_lexicon import Phrases
from models.enums import Way
from models.errors import Refusal
from models.files.log_actions import merge_log
from models.files.merging.compare import Merge
from models.files.planfile import PlanFileRefused
from models.files.tables import PlainTable
from models.files.tables.table_files import read_tables
from models.plan.accounts import Actor, Membership, Roles
from models.storage.engine import Database
from schedules.partitions import gc_paused

_DOUBTS_SHOWN = 100


def import_log(
    file: Path,
    source: bytes,
    board: str,
    given: Sequence[tuple[str, str]],
    database_url: str,
    workspace: str,
    *,
    yes: bool,
    sure: bool,
    dry_run: bool,
    review: Path | None = None,
) -> None:
    """Read the action log in FILE, show it, ask what is not plain, and store it under a board.

    `given`: answers that were typed with the command, by the key of their question. `sure`: whoever imports it has said
    that it identifies no child. `review`: where to write the workbook to put right; then nothing is stored.

    Raises:
        Refusal: it is no action log, or an answer answers nothing.
    """
    with gc_paused():
        tables = read_tables(source, file.name)
    database = open_database(database_url)
    with workspace_read(database, workspace) as (session, there):
        plan, key, known = _plan(session, there.id, board)
        answering = Answering(plan)
        for about, said in given:
            answering.take(about, said)
        with gc_paused():
            draft = read_log(tables, plan, answering.answers, file.name)
    if review is not None:
        _show(draft, answering.plan, file.name)
        _write_review(review, draft, answering.plan, board)
        return
    asking = not yes and not dry_run and sys.stdin.isatty()
    if asking:
        draft = _ask(draft, answering, tables, file.name)
    _show(draft, answering.plan, file.name)
    _ask_about_children(draft, known, file.name, sure=sure, asking=asking, dry_run=dry_run or not (yes or asking))
    # What it changes of the plan, with what stands there now, before anybody agrees to it.
    merge = _store(database, workspace, key, draft, answering, file.name, dry_run=True)
    for sentence in merge.sentences():
        if not sentence.startswith("Added"):
            click.echo(sentence)
    if (yes or (asking and click.confirm(_add_label(draft), default=True))) and not dry_run:
        _store(database, workspace, key, draft, answering, file.name, dry_run=False)
        if merge.added:
            click.echo(f"Added {number_said(len(merge.added), 'action')}.")
        click.echo(f"Stored in {database.name}.")
    else:
        more = "" if dry_run or asking else f" Say --yes to {_add_label(draft).lower().rstrip('?')} as shown."
        click.echo(f"Nothing was stored.{more}")


def _write_review(review: Path, draft: LogDraft, plan: LogPlan, board: str) -> None:
    from models.files.tables.review_workbook import review_workbook

    if review.suffix.lower() != ".xlsx":
        raise Refusal(f"The workbook to put right is an Excel workbook: call it {review.stem or 'review'}.xlsx.")
    rows = review_rows(draft, plan)
    write_file(review, lambda: review_workbook("Log", REVIEW_HEADINGS, rows, WIDE_HEADINGS), force=False)
    click.echo(f"{review} is ready to put right. Then: cypp import {review.name} --log {board}")


def _add_label(draft: LogDraft) -> str:
    return f"Add all {len(draft.rows)}?" if len(draft.rows) > 1 else "Add it?"


def _plan(session: Session, workspace_id: str, board: str) -> tuple[LogPlan, str, Phrases]:
    nobody = Roles(Actor(workspace_id, ""), Membership.MEMBER)
    ctx = RequestContext(session, workspace_id, nobody, real_now(), Way.COMMAND_LINE, registry=REGISTRY)
    if ctx.plan is None:
        raise Refusal("There is no plan in this database yet: say “cypp import FILE” with the plan first.")
    found = read_board(board, ctx.vocabulary)
    if isinstance(found, BoardAsk):
        raise Refusal(found.say)
    return log_plan(ctx, calendar_of_key(ctx, found.key)), found.key, names_of_the_plan(ctx)


def _ask_about_children(draft: LogDraft, known: Phrases, name: str, *, sure: bool, asking: bool, dry_run: bool) -> None:
    """List what may identify a child, and go on only where somebody says that it does not.

    Raises:
        Refusal: a number stands for one person, or nobody says so.
    """
    found = list(children_in_log(draft, known))
    numbers = [one for one in found if one.refused]
    if numbers and not dry_run:
        raise Refusal(
            "\n".join((f"{name} was not imported: leave each out, here and in its copies.", *map(str, numbers)))
        )
    if not found or sure:
        return
    click.echo("\n".join(("This may tell a reader which child is meant:", *shown_children(found))), err=True)
    if dry_run or (asking and click.confirm("Does none of it identify a child or a family?", default=False, err=True)):
        return
    raise Refusal("Nothing was stored: say --identifies-nobody where none of it identifies a child or a family.")


def _ask(draft: LogDraft, answering: Answering, tables: Sequence[PlainTable], name: str) -> LogDraft:
    """Ask each question once; an empty answer takes what is proposed."""
    asked: set[str] = set()
    while (question := next((one for one in draft.questions if one.key not in asked), None)) is not None:
        asked.add(question.key)
        rows = "" if question.rows == 1 else f" ({question.rows} rows)"
        choices = f" [{', '.join(question.choices)}]" if question.choices else ""
        while True:
            said = click.prompt(f"{question.say}{rows}{choices}", default=question.proposed, show_default=True)
            try:
                answering.accept(question, said)
            except Refusal as wrong:
                click.echo(str(wrong))
                continue
            break
        draft = read_log(tables, answering.plan, answering.answers, name)
    return draft


def _show(draft: LogDraft, plan: LogPlan, name: str) -> None:
    """Print the draft: how many rows read plainly, each action, each doubt with its place."""
    titles = {one.key: one.title for one in plan.vocabulary.names().posts}
    unclear = len(draft.rows) - draft.plain
    click.echo(f"{name}: {number_said(len(draft.rows), 'action')}, {draft.plain} plain and {unclear} with a doubt.")
    if draft.asked:
        click.echo(f"The questions settle {draft.asked} of the {unclear}.")
    for line in draft.columns:
        click.echo(line)
    for row in draft.rows:
        click.echo(_line(row, titles))
    doubts = draft.doubts
    if doubts:
        click.echo(f"Not plain ({len(doubts)}):")
    for doubt in doubts[:_DOUBTS_SHOWN]:
        click.echo(f"  {doubt_said(doubt)}")
    if len(doubts) > _DOUBTS_SHOWN:
        click.echo(f"  … and {len(doubts) - _DOUBTS_SHOWN} more.")
    for question in draft.questions:
        proposed = f" Taken: {question.proposed}." if question.proposed else ""
        click.echo(f'Asked: {question.say}{proposed} (--answer "{question.key}=…")')
    for note in draft.notes:
        click.echo(note)


def _line(row: DraftRow, titles: dict[str, str]) -> str:
    action = row.action
    due = f"due {action.meeting or action.day}" if action.meeting or action.day else "no due meeting"
    facts = [titles.get(action.lead, action.lead) or "no lead", due, str(action.kind), str(action.status)]
    mark = " ?" if row.doubts else ""
    there = " (in the plan already)" if row.change else ""
    return f"  {action.ref}{there}: {action.words} · {' · '.join(facts)}{mark}"


def _store(
    database: Database,
    workspace: str,
    board: str,
    draft: LogDraft,
    answering: Answering,
    name: str,
    *,
    dry_run: bool,
) -> Merge:
    with workspace_write(database, workspace) as (session, there):
        try:
            return merge_log(
                session, there, board, [row.action for row in draft.rows], answering.names(), name,
                signed_here(f"import of {name}"), dry_run=dry_run,
            )  # fmt: skip
        except PlanFileRefused as refused:
            raise refusal_of_file(refused) from None
