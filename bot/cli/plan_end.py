"""`plan`, `plan end` and `import --next`: a plan ends, and another follows it.

What is open is decided on action by action, is shown first, and is stored in one transaction or not at all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli.common import (
    database_option,
    open_database,
    plan_time,
    read_time,
    signed_here,
    workspace_option,
    workspace_read,
    workspace_write,
)
from bot.cli.end_choices import OPEN_WORDS_SHOWN, EndChoices, choices_options, write_table
from bot.cli.end_decisions import EndPlanned, all_wholes, ask_about_reasons, decide_each, nobody_in, row_named
from bot.cli.gathered import Gathered
from handlers.formatting import clipped, day_said, listed, number_said
from handlers.notices import plan_notices
from handlers.notifications.plan_end_notices import end_undone_notices, plan_end_notices
from handlers.reading.normalise import plain
from handlers.status.plans import plans_said
from models.enums import AtPlanEnd
from models.errors import Refusal
from models.files.next_plan import Going, NextPlan, check_follows, same_actions, serves_something, store_next
from models.files.planfile import PlanFile, PlanFileRefused
from models.plan.plan_ends import end_fates, end_plan, ended_plans, open_wholes, running_plan, undo_end
from models.plan.queries import zone_of
from models.records.history import Signed
from models.rules.refs import ref_key
from models.storage.engine import Database
from models.storage.history_tables import EndedPlan
from models.storage.scope import in_plan
from models.storage.tables import Action, Post, Workspace


@click.group("plan", invoke_without_command=True)
@database_option
@workspace_option
@click.pass_context
def plan_command(context: click.Context, database_url: str, workspace: str) -> None:
    """Say which plan runs and which have ended, or end the one that runs."""
    if context.invoked_subcommand is not None:
        return
    with workspace_read(open_database(database_url), workspace) as (session, there):
        for sentence in plans_said(nobody_in(session, there.id, plan_time(there))):
            click.echo(sentence)


@plan_command.command("end")
@choices_options
@click.option("--table", type=click.Path(path_type=Path), help="Write what is open to FILE.xlsx, to decide on.")
@click.option("--undo", is_flag=True, help="Have the plan that ended last run again, while none has followed it.")
@click.option("--dry-run", is_flag=True, help="Show what would be done; store nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before.")
@click.option("--identifies-nobody", is_flag=True, help="Do not ask about words that may identify a child.")
@database_option
@workspace_option
def end_command(
    table: Path | None, undo: bool, dry_run: bool, yes: bool, identifies_nobody: bool, database_url: str,
    workspace: str, **typed: Any,
) -> None:  # fmt: skip
    """End the plan that runs. Each open action is carried into the next plan, closed, or moved to another board.

    Boards, meetings, posts, people and settings go on. The plan that ended answers questions, and no longer changes.
    """
    choices = EndChoices(**typed)
    database = open_database(database_url)
    if undo:
        _undo(database, workspace, choices.now_text)
        return
    if table is not None:
        with workspace_read(database, workspace) as (session, _):
            write_table(table, open_wholes(session))
        return

    def end(session: Session, signed: Signed) -> list[str]:
        problems = Gathered()
        on, decided = decide_each(session, choices, signed, None, {}, problems)
        problems.refuse()
        ended = end_plan(session, on, {number: one.decision for number, one in decided.items()}, signed)
        _tell_leads(session, ended, signed, later=False)
        return _ended_said(session, ended, decided, {})

    _do(database, workspace, choices, end, "end it", sure=identifies_nobody, dry_run=dry_run, yes=yes)


def import_next(
    file: PlanFile, name: str, place: Callable[[Any], str], database: Database, workspace: str, *,
    choices: EndChoices, sure: bool, dry_run: bool, yes: bool,
) -> None:  # fmt: skip
    """Import the plan that follows the one that runs or ran last, and carry on what is open."""
    from bot.cli.workbook import refusal_of_file

    def follow(session: Session, signed: Signed) -> list[str]:
        before, problems = running_plan(session) is None, Gathered()
        ended, decided, same = _ended_before(session, file, choices, signed, problems)
        with problems.gathered():
            check_follows(file, ended)
        going = _going(session, ended, file, decided, same, problems)
        done: NextPlan | None = None
        with problems.gathered():
            try:
                done = store_next(session, ended.workspace_id, ended, file, going, name, signed, place)
            except PlanFileRefused as refused_file:
                raise refusal_of_file(refused_file) from None
        problems.refuse()
        assert done is not None  # noqa: S101 - else something was refused
        _tell_leads(session, ended, signed, later=before)
        said = _ended_said(session, ended, decided, done.carried)
        return [*said, *_doubts(session, ended, file, decided), *done.merge.sentences()]

    what = f"import {file.plan.name}"
    _do(database, workspace, choices, follow, what, sure=sure, dry_run=dry_run, yes=yes)


def _tell_leads(session: Session, ended: EndedPlan, signed: Signed, *, later: bool) -> None:
    ctx = nobody_in(session, ended.workspace_id, signed.at)
    plan_notices(ctx, plan_end_notices(ctx, ended, later=later))


def _ended_before(
    session: Session, file: PlanFile, choices: EndChoices, signed: Signed, problems: Gathered
) -> tuple[EndedPlan, dict[int, EndPlanned], dict[int, str]]:
    """Return the plan that the file follows, ended by now, with what becomes of each action that was open."""
    if running_plan(session) is not None:
        same = same_actions(open_wholes(session), file)
        on, decided = decide_each(session, choices, signed, file.plan.starts, same, problems)
        decisions = {number: one.decision for number, one in decided.items()}
        return end_plan(session, on, decisions, signed), decided, same
    ended = next(iter(ended_plans(session)), None)
    if ended is None:
        raise Refusal("There is no plan that this one could follow: leave --next out. Nothing was stored.")
    with in_plan(session, ended.id):
        fates = [(row, fate) for row, fate in end_fates(session, ended.id) if row.parent_id is None]
        goes_on = {row.id: row for row, fate in fates if fate.decision.goes_on}
        same = same_actions(list(goes_on.values()), file)
        decided = {row.id: EndPlanned(fate.decision) for row, fate in fates}
        for ref, how, words in choices.given():
            with problems.gathered():
                row = row_named(ref, goes_on)
                if how is not AtPlanEnd.CARRIED:
                    raise Refusal(
                        f"{row.ref} was decided on when {ended.name} ended: take that back with "
                        "“cypp plan end --undo”, and decide again. Nothing was stored."
                    )
                decided[row.id] = decided[row.id]._replace(to=words)
    return ended, decided, same


def _going(
    session: Session, ended: EndedPlan, file: PlanFile, decided: Mapping[int, EndPlanned], same: Mapping[int, str],
    problems: Gathered,
) -> list[Going]:  # fmt: skip
    """Return the actions that go on, each with what of the next plan it is to be.

    One that has no place there, and two that have the same, are problems.
    """
    refs = {ref_key(action.ref): action.ref for action in file.actions}
    going: list[Going] = []
    lost: list[str] = []
    with in_plan(session, ended.id):
        for number, one in decided.items():
            if not one.decision.goes_on:
                continue
            row = session.get_one(Action, number)
            if ref_key(one.to) in refs:
                going.append(Going(number, one.decision, to=refs[ref_key(one.to)]))
            elif one.to:
                with problems.gathered():
                    going.append(_under(file, number, one, row.ref))
            elif number in same and one.decision.board_id is None:
                going.append(Going(number, one.decision, to=same[number]))
            elif serves_something(session, ended, row, file):
                going.append(Going(number, one.decision))
            else:
                lost.append(row.ref)
    if lost:
        problems.said.append(
            f"{listed(lost)}: {file.plan.name} has no theme or priority that is called as theirs, so nothing was "
            "stored. Say what carries each on, like --carry REF=NEW-REF or --carry REF=THEME; or close or move it."
        )
    twice = {one.to for one in going if one.to and sum(other.to == one.to for other in going) > 1}
    if twice:
        problems.said.append(f"{listed(sorted(twice))}: two actions cannot be carried on as one. Nothing was stored.")
    return [one for one in going if one.to not in twice]


def _under(file: PlanFile, number: int, one: EndPlanned, ref: str) -> Going:
    """Return an action that goes on under a theme or a priority of the next plan, named as people name them."""
    said = plain(one.to)
    for theme in file.themes:
        if said in map(plain, (theme.key, theme.name, f"theme {theme.name}", *theme.aliases)):
            return Going(number, one.decision, theme=theme.key)
    for priority in file.priorities:
        known = (str(priority.number), f"priority {priority.number}", f"p{priority.number}", priority.title)
        if said in map(plain, (*known, *priority.aliases)):
            return Going(number, one.decision, priority=priority.number)
    raise Refusal(
        f"“{one.to}”, as which {ref} is to go on, is no ref, theme or priority of {file.plan.name}: check how the file "
        "calls it. Nothing was stored."
    )


def _ended_said(
    session: Session, ended: EndedPlan, decided: Mapping[int, EndPlanned], carried: Mapping[str, str]
) -> list[str]:
    """Return what became of each action, in the order carried, moved, closed."""
    said = [f"{ended.name} ends on {day_said(ended.ended_on)}."]
    with in_plan(session, ended.id):
        rows = {number: session.get_one(Action, number) for number in decided}
    for how in (AtPlanEnd.CARRIED, AtPlanEnd.MOVED, AtPlanEnd.CLOSED):
        mine = [number for number, one in decided.items() if one.decision.how is how]
        if not mine:
            continue
        said.append(f"{how.value.capitalize()} ({len(mine)}):")
        for number in mine:
            row, one = rows[number], decided[number]
            as_what = f" → {carried[row.ref]}" if carried.get(row.ref, row.ref) != row.ref else ""
            why = f" ({one.decision.words})" if one.decision.words and not as_what else ""
            gone = " · not kept here, so closed here" if how is AtPlanEnd.MOVED and not one.decision.goes_on else ""
            said.append(f"  {row.ref}{as_what}: {clipped(row.words, OPEN_WORDS_SHOWN)} · {row.status}{why}{gone}")
    if not decided:
        said.append("Nothing is open.")
    return said


def _doubts(session: Session, ended: EndedPlan, file: PlanFile, decided: Mapping[int, EndPlanned]) -> list[str]:
    """Return what is to be looked at: days that overlap, refs in both plans, leads that the file leaves out."""
    said = []
    if file.plan.starts <= ended.ended_on:
        said.append(f"Look: {file.plan.name} begins on {day_said(file.plan.starts)}, before {ended.name} ends.")
    with in_plan(session, ended.id):
        before = {row.ref_key: row for row in all_wholes(session)}
        leads = {before_row.lead_post_id for before_row in before.values() if before_row.id in decided}
    new = {row.ref_key: row for row in all_wholes(session)}
    both = [row.ref for key, row in new.items() if key in before and row.carried_from_id != before[key].id]
    if both:
        shown = f"{listed(both[:20])}{' …' if len(both) > 20 else ''}"
        said.append(
            f"Look: {number_said(len(both), 'ref is', 'refs are')} in both plans for different actions ({shown}): "
            f"alone it is {file.plan.name}’s, “old {both[0]}” the one before."
        )
    named = {post.key for post in file.posts}
    left = [row for row in session.scalars(select(Post)).all() if row.id in leads and row.key not in named]
    if left:
        names = [f"{row.title}, {row.organisation.name}" for row in left]
        said.append(
            f"Look: {number_said(len(names), 'post leads', 'posts lead')} what goes on and "
            f"{'is' if len(names) == 1 else 'are'} not in the file ({'; '.join(names[:10])}): they go on leading it."
        )
    return said


def _undo(database: Database, workspace: str, now_text: str) -> None:
    with workspace_write(database, workspace) as (session, workspace_id):
        signed = _signed_at(session, workspace_id, "“cypp plan end --undo”", now_text)
        ended = undo_end(session, signed)
        if ended is None:
            running = running_plan(session)
            wrong = f"{running.name} runs" if running is not None else "No plan has ended"
            raise Refusal(f"{wrong}, so there is no end to take back: nothing was changed.")
        ctx = nobody_in(session, workspace_id, signed.at)
        plan_notices(ctx, end_undone_notices(ctx, ended))
        name = ended.name
    click.echo(f"{name} runs again, with what was open as it was. Stored in {database.name}.")


def _signed_at(session: Session, workspace_id: str, what: str, now_text: str) -> Signed:
    there = session.get_one(Workspace, workspace_id)
    now = read_time(now_text, zone_of(session, workspace_id)) if now_text else plan_time(there)
    return replace(signed_here(what), at=now)


def _do(
    database: Database, workspace: str, choices: EndChoices, work: Callable[[Session, Signed], list[str]], what: str, *,
    sure: bool, dry_run: bool, yes: bool,
) -> None:  # fmt: skip
    """Show what would be done, ask once, and do it: all of it or nothing."""

    def run(*, store: bool) -> list[str]:
        with workspace_write(database, workspace) as (session, workspace_id):
            said = work(session, _signed_at(session, workspace_id, "“cypp plan end”", choices.now_text))
            if not store:
                session.rollback()
        return said

    shown = run(store=False)
    ask_about_reasons(database, workspace, choices, sure=sure, dry_run=dry_run)
    if not yes or dry_run:
        for sentence in shown:
            click.echo(sentence)
    asking = not (yes or dry_run) and sys.stdin.isatty()
    if dry_run or not (yes or (asking and click.confirm(f"{what[:1].upper()}{what[1:]}?", default=False))):
        click.echo("Nothing was stored." if dry_run or asking else f"Nothing was stored. Say --yes to {what} as shown.")
        return
    done = run(store=True)
    for sentence in done if yes else ():
        click.echo(sentence)
    click.echo(f"Stored in {database.name}.")
