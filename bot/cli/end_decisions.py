"""Decide, from what was typed, what becomes of each open action of a plan that ends; and which day is its last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli.common import as_typed, plan_time, workspace_read
from bot.cli.end_choices import DECISION_WORDS, OPEN_WORDS_SHOWN, EndChoices
from bot.cli.gathered import Gathered
from bot.cli.personal_data import ask_whether_none
from handlers.catalogue import REGISTRY
from handlers.context import RequestContext
from handlers.formatting import clipped, day_said, number_said
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.dates import NoDay
from handlers.reading.days import read_day
from handlers.safeguarding.confirmation import doubts_here
from handlers.safeguarding.detection import refusal, refused
from models.enums import AtPlanEnd, Way
from models.errors import Refusal
from models.plan.accounts import Actor, Membership, Roles
from models.plan.plan_ends import EndDecision, ended_plans, last_meeting_held, open_wholes, running_plan
from models.plan.queries import zone_of
from models.records.history import Signed
from models.rules.calendar import local_day
from models.rules.refs import ref_key
from models.storage.engine import Database
from models.storage.tables import Action


class EndPlanned(NamedTuple):
    """What becomes of one action, and what of the next plan it goes on as."""

    decision: EndDecision
    to: str = ""
    """What the next plan is to carry it on as, or under; "" for what it proposes itself."""


_LEFT_OUT = EndPlanned(EndDecision(AtPlanEnd.CLOSED))
"""What becomes of an action for as long as nothing is decided on it: nothing is stored then."""


def nobody_in(session: Session, workspace_id: str, now: datetime) -> RequestContext:
    """Return a request of nobody of the plan: what the command line reads names with."""
    roles = Roles(Actor(workspace_id, ""), Membership.MEMBER)
    return RequestContext(session, workspace_id, roles, now, Way.COMMAND_LINE, registry=REGISTRY)


def all_wholes(session: Session) -> list[Action]:
    """Return every action as it is counted, in the order of the plan."""
    wanted = select(Action).where(Action.parent_id.is_(None)).order_by(Action.position, Action.id)
    return list(session.scalars(wanted))


def row_named(ref: str, rows: Mapping[int, Action]) -> Action:
    """Return the open action with a ref.

    Raises:
        Refusal: none has it.
    """
    found = next((row for row in rows.values() if row.ref_key == ref_key(ref)), None)
    if found is None:
        raise Refusal(f"“{ref}” is no open action of the plan that ends: “cypp plan end --dry-run” lists them.")
    return found


def ask_about_reasons(database: Database, workspace: str, choices: EndChoices, *, sure: bool, dry_run: bool) -> None:
    """List what in the reasons that were given may identify a child, and ask whether none of it does.

    Raises:
        Refusal: nobody says so.
    """
    reasons = [(ref, words) for ref, how, words in choices.given() if how is not AtPlanEnd.CARRIED]
    reasons.append(("--rest", choices.rest.partition("=")[2]))
    with workspace_read(database, workspace) as (session, there):
        ctx = nobody_in(session, there.id, plan_time(there))
        doubted = [(ref, doubt) for ref, words in reasons for doubt in doubts_here(ctx, words)]
    lines = [f"{ref}: “{doubt.found}” ({doubt.why})" for ref, doubt in doubted]
    ask_whether_none(lines, "The plan was not ended", "End it", sure=sure, dry_run=dry_run)


def decide_each(
    session: Session, choices: EndChoices, signed: Signed, next_from: date | None, same: Mapping[int, str],
    problems: Gathered,
) -> tuple[date, dict[int, EndPlanned]]:  # fmt: skip
    """Return the plan's last day, and what becomes of each open action; `same`: those that the next plan has.

    What cannot be is one of the problems: a day that is not its last, or an action that is not decided on. Such an
    action is left out of what goes on.

    Raises:
        Refusal: no plan runs.
    """
    plan = running_plan(session)
    if plan is None:
        ended = next(iter(ended_plans(session)), None)
        if ended is None:
            raise Refusal("There is no plan in this database yet: say “cypp import FILE” first.")
        raise Refusal(
            f"{ended.name} ended on {day_said(ended.ended_on)} already, so nothing was changed. "
            "The next plan: cypp import --next FILE"
        )
    on = local_day(signed.at, zone_of(session, ""))
    with problems.gathered():
        on = _last_day(session, choices.on, plan.name, plan.starts, next_from, signed)
    rows = {row.id: row for row in open_wholes(session)}
    ctx = nobody_in(session, plan.workspace_id, signed.at)
    decided = {number: EndPlanned(EndDecision(AtPlanEnd.CARRIED)) for number in same}
    typed: set[int] = set()
    for ref, how, words in choices.given():
        with problems.gathered():
            row = row_named(ref, rows)
            if row.id in typed:
                raise Refusal(f"{row.ref} is decided on twice: say it once. Nothing was changed.")
            typed.add(row.id)
            decided[row.id] = _LEFT_OUT
            decided[row.id] = _decision(row, how, words, ctx)
    left = [row for row in rows.values() if row.id not in decided]
    with problems.gathered():
        decided |= dict.fromkeys((row.id for row in left), _LEFT_OUT)
        if choices.rest:
            what, _, words = as_typed(choices.rest).partition("=")
            if what.strip() not in ("carry", "close"):
                raise Refusal(f"--rest {choices.rest} is not known: write --rest carry, or --rest close=WHY.")
            decided |= {row.id: _decision(row, DECISION_WORDS[what.strip()], words.strip(), ctx) for row in left}
        elif left:
            raise Refusal("\n".join(_left_said(left)))
    return on, {number: decided[number] for number in rows}


def _left_said(left: list[Action]) -> list[str]:
    many = number_said(len(left), "open action is", "open actions are")
    return [
        f"{many} not decided on, so nothing was changed. Say --carry REF, --close REF=WHY or --move REF=BOARD for "
        "each, or --rest carry for all; “cypp plan end --table FILE.xlsx” writes a table to decide in.",
        *(f"  {row.ref}: {clipped(row.words, OPEN_WORDS_SHOWN)} · {row.status}" for row in left),
    ]


def _decision(row: Action, how: AtPlanEnd, words: str, ctx: RequestContext) -> EndPlanned:
    if what := refused(words):
        raise Refusal(f"{row.ref}: {refusal(what)}")
    if how is AtPlanEnd.CARRIED:
        return EndPlanned(EndDecision(how), words)
    if not words:
        if how is AtPlanEnd.CLOSED:
            raise Refusal(f"{row.ref}: say why it is closed, like --close {row.ref}=WHY. Nothing was changed.")
        raise Refusal(f"{row.ref}: say which board keeps it, like --move {row.ref}=BOARD. Nothing was changed.")
    if how is AtPlanEnd.CLOSED:
        return EndPlanned(EndDecision(how, words))
    found = read_board(words, ctx.vocabulary)
    key = found.key if isinstance(found, BoardFound) else ""
    number = next((number for number, one in ctx.calendars.items() if one.board.key == key), None)
    if number is not None and number == row.board_id:
        board = ctx.calendars[number].board.name
        raise Refusal(f"{row.ref} is kept by {board} already: carry it, or name another board. Nothing was changed.")
    return EndPlanned(EndDecision(how, words, number))


def _last_day(
    session: Session, typed: str, name: str, starts: date | None, next_from: date | None, signed: Signed
) -> date:
    zone = zone_of(session, "")
    today = local_day(signed.at, zone)
    if typed:
        read = read_day(as_typed(typed), today)
        if isinstance(read, NoDay):
            raise Refusal(f"{read.say} Nothing was changed.")
        on = read
    else:
        on = today if next_from is None else next_from - timedelta(days=1)
    if on > today:
        begins = "" if typed or next_from is None else f" The next plan begins on {day_said(next_from)}."
        raise Refusal(
            f"{day_said(on)} is still to come, and {name} runs until then.{begins} Say it on that day or after, or "
            "give its last day with --on. Nothing was changed."
        )
    if starts is not None and on < starts:
        began = f"{name} began on {day_said(starts)}, after {day_said(on)}"
        raise Refusal(f"{began}: give another --on. Nothing was changed.")
    last = last_meeting_held(session, signed)
    if last is not None and last.starts_at is not None and local_day(last.starts_at, zone) > on:
        met = day_said(local_day(last.starts_at, zone))
        raise Refusal(
            f"A board that keeps actions of {name} met on {met}, after {day_said(on)}, so that was not its last day: "
            f"say --on “{met}” or a later day. Nothing was changed."
        )
    return on
