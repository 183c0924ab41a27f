"""What stands on the Home tab for each board somebody keeps or chairs.

Source: docs/explanation/boards-and-dates.md, Lists of actions.
"""

from collections import defaultdict
from collections.abc import Sequence

from handlers.actions.additions import OpenAddForm
from handlers.context import RequestContext
from handlers.contributions.wanted import returns_asked
from handlers.formatting import (
    listed,
    meeting_said,
    number_said,
    overdue_among,
    to_begin_said,
    updates_and_papers_said,
    worst_first,
)
from handlers.list_rows import action_row
from handlers.measures.scorecard import scorecard_said
from handlers.papers.since import said_of_paper
from handlers.permissions import About, may
from handlers.press_codec import OnBoard, ask_button, press_button
from handlers.reading.queries.query import ChangeSort
from handlers.responses import Content, Group
from handlers.status.counts import overdue_ids, tally
from handlers.status.query_changes import how_changed
from models.enums import Status, Verb
from models.plan.action_filter import ActionUnit
from models.plan.action_reads import actions_changed_since
from models.plan.listed_actions import ListedAction
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import is_owed

_MOST_LEADS = 8
"""Leads named with what they owe; *Who has not answered* names them all."""
_MOST_LATE = 5
_WORST = 3
"""Actions that a chair sees on the Home tab."""
_MOST_CHANGED = 40
"""Changed actions whose history is read for the trend: beyond these their number is said, and a press lists them."""
_TREND = (ChangeSort.WORSENED, ChangeSort.IMPROVED, ChangeSort.CLOSED)
_SAID = {ChangeSort.WORSENED: "worse", ChangeSort.IMPROVED: "better", ChangeSort.CLOSED: "closed"}


class SendDigest(OnBoard):
    """*Send digest now*."""

    verb = "digestnow"


def boards_kept(ctx: RequestContext) -> Content | None:
    """Return what awaits whoever keeps boards or administers them, or None."""
    kept = [one for one in ctx.calendars.values() if may(ctx.roles, Verb.ADD, About(board_id=one.board.id))]
    if not kept:
        return None
    headline = (
        f"You keep {number_said(len(kept), 'board')}." if len(kept) > 1 else f"You keep the {kept[0].board.name}."
    )
    if not ctx.roles.secretary_of:
        headline = f"You look after {number_said(len(kept), 'board')}."
    every = ctx.listed_by_board({one.board.id for one in kept}, unit=ActionUnit.EITHER)
    groups = (_kept(ctx, one, len(kept) > 1, every[one.board.id]) for one in kept)
    return Content(headline, groups=tuple(groups))


def boards_chaired(ctx: RequestContext) -> Content | None:
    """Return how each board stands that somebody chairs, the worst said first, or None."""
    chaired = [one for board, one in ctx.calendars.items() if board in ctx.roles.chair_of]
    if not chaired:
        return None
    every = ctx.listed_by_board({one.board.id for one in chaired})
    named = number_said(len(chaired), "board") if len(chaired) > 1 else f"the {chaired[0].board.name}"
    # A board that is kept has the same buttons over these.
    several = len(ctx.roles.secretary_of | ctx.roles.chair_of) > 1
    groups = (_chaired(ctx, one, several, every[one.board.id]) for one in chaired)
    said = scorecard_said(ctx)
    buttons = (ask_button("Scorecard", "scorecard"),) if said else ()
    return Content(f"You chair {named}.", tuple(filter(None, (said,))), tuple(groups), key=True, buttons=buttons)


def _kept(ctx: RequestContext, calendar: BoardCalendar, named: bool, every: Sequence[ListedAction]) -> Group:
    """Return what waits at a board; `every`: its actions, both as they are counted and as they are answered."""
    board = calendar.board
    views = [view for view in every if view.facts.parent_id is None]
    late = overdue_among(views, ctx.calendars, ctx.now)
    counted = tally(views, overdue_ids(late))
    coming = calendar.next(ctx.now)
    still = number_said(counted.actions, "open action")
    texts = [f"{still}, {counted.overdue} overdue, {counted.awaiting} awaiting the board."]
    texts += (to_settle := _outcomes_left(ctx, calendar, views))
    texts += _next_meeting(ctx, calendar, coming)
    if coming is not None:
        silent = [view for view in every if is_owed(view.facts, coming, calendar, ctx.now)]
        texts += _by_lead(silent) if silent else ["Everything wanted for it has been answered."]
    if board.started_at is None:
        texts.append(f"Quiet: nothing is asked until “/cypp start reminders {board.key}”.")
    elif begins := to_begin_said(calendar, ctx.now):
        texts.append(f"Quiet: reminders begin on {begins}.")
    buttons = [press_button("Send digest now", SendDigest(board=board.id))]
    if to_settle:
        buttons.insert(0, ask_button("Outcomes recorded", f"outcomes recorded {board.key}"))
    if coming is not None:
        buttons.append(ask_button("Who has not answered", f"owing {board.key}"))
    buttons += [
        ask_button("What is overdue", f"overdue {board.key}"),
        ask_button("Meetings", f"meetings {board.key}"),
        press_button("Add an action…", OpenAddForm(board=board.id)),
    ]
    return Group(board.name if named else "", texts=tuple(texts), buttons=tuple(buttons))


def _chaired(ctx: RequestContext, calendar: BoardCalendar, named: bool, views: Sequence[ListedAction]) -> Group:
    board, open_ones = calendar.board, [view for view in views if view.facts.parent_id is None]
    late = overdue_among(open_ones, ctx.calendars, ctx.now)
    counted = tally(open_ones, overdue_ids(late))
    refs = [view.ref for view in late[:_MOST_LATE]] + [f"{len(late) - _MOST_LATE} more"] * (len(late) > _MOST_LATE)
    texts = [
        f"{number_said(counted.actions, 'open action')}: {counted.stand}.",
        f"{counted.overdue} overdue: {listed(refs)}." if late else "Nothing is overdue.",
        *_trend(ctx, calendar, open_ones),
        *_next_meeting(ctx, calendar, calendar.next(ctx.now)),
    ]
    worst = [one for one in worst_first(open_ones, ctx.calendars, ctx.now, late) if one in late or _is_bad(one)][
        :_WORST
    ]
    rows = tuple(action_row(one, ctx.calendars, ctx.now) for one in ctx.read_listed(worst[:_WORST]))
    buttons = [press_button("Send digest now", SendDigest(board=board.id))]
    if calendar.next(ctx.now) is not None:
        buttons.append(ask_button("Brief", f"brief {board.key}"))
    buttons += [ask_button("What is overdue", f"overdue {board.key}")]
    return Group(board.name if named else "", tuple(texts), rows, buttons=tuple(buttons))


def _is_bad(view: ListedAction) -> bool:
    return view.facts.status in (Status.OFF_TRACK, Status.SOME_ISSUES)


def _outcomes_left(ctx: RequestContext, calendar: BoardCalendar, views: Sequence[ListedAction]) -> list[str]:
    """Return what the secretary records next, while the outcomes of the latest meeting held are open."""
    held, started = calendar.latest_held(ctx.now), calendar.board.started_at
    if held is None or held.outcomes_recorded_at is not None:
        return []
    left = [one for one in views if one.facts.due_meeting_id == held.id and held.id not in one.facts.outcome_meetings]
    named = meeting_said(held, calendar)
    if left:
        return [f"Next for you: the outcomes of {named}, {len(left)} to record."]
    settles = f"Next for you: press “Outcomes recorded” for {named}, since none is left to record."
    return [settles] if started and started < held.start else []


def _next_meeting(ctx: RequestContext, calendar: BoardCalendar, coming: MeetingFacts | None) -> list[str]:
    """Return the next meeting with its dates; one that is only expected is named as such."""
    if coming is not None:
        days = updates_and_papers_said(coming, calendar)
        said = f"Next meeting {meeting_said(coming, calendar)}: {days}."
        returned = [f"{one.counted} to {one.theme.name}." for one in returns_asked(ctx, [(calendar, coming)])]
        return [said, *returned, *said_of_paper(ctx, calendar, coming)]
    expected = next((one for one in calendar.meetings if one.starts_at is None and one.order > ctx.now), None)
    return [f"Next meeting {meeting_said(expected, calendar)}." if expected else "No next meeting is planned yet."]


def _by_lead(silent: Sequence[ListedAction]) -> list[str]:
    """Return how many have not answered, then a line for each lead, those with most first."""
    owed: dict[str, list[str]] = defaultdict(list)
    for view in silent:
        owed[view.lead_title or "No lead"].append(view.ref)
    leads = number_said(len(owed), "lead")
    lines = [f"Not answered yet: {number_said(len(silent), 'action')} of {leads}."]
    ranked = sorted(owed.items(), key=lambda one: (-len(one[1]), one[0]))
    lines += [f"{lead}: {', '.join(refs)}" for lead, refs in ranked[:_MOST_LEADS]]
    more = len(ranked) - _MOST_LEADS
    return [*lines, f"And {number_said(more, 'more lead')}."] if more > 0 else lines


def _trend(ctx: RequestContext, calendar: BoardCalendar, views: Sequence[ListedAction]) -> list[str]:
    """Return how many actions of a board got worse, got better or were closed since its latest meeting."""
    held = calendar.latest_held(ctx.now)
    if held is None or held.starts_at is None:
        return []
    since = f"Since {meeting_said(held, calendar)}"
    changed = [
        action
        for number in actions_changed_since(ctx.session, held.start)
        if (action := ctx.action_by_id(number)) is not None and action.board_id == calendar.board.id
    ]
    if len(changed) > _MOST_CHANGED:
        return [f"{since}: {number_said(len(changed), 'action')} changed; “/cypp changes” lists them."]
    counts = {one: sum(bool(how_changed(ctx, action, held.start, (one,))) for action in changed) for one in _TREND}
    said = listed([f"{count} {_SAID[one]}" for one, count in counts.items() if count])
    return [f"{since}: {said}." if said else f"{since} nothing got better or worse."]
