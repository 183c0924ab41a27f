"""Gather the figures of a board's paper, as they stand now. How many stand where is counted as `status` counts.

Source: docs/how-to/secretary.md, Before the papers.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from handlers.context import RequestContext
from handlers.formatting import counts_said, day_said, meeting_said, number_said, overdue_among, span_said, times_said
from handlers.papers.gathered_measures import gather_measures
from handlers.papers.paper import ClosedAction, NewMeeting, Paper, PaperAction, Section, WordsAt
from handlers.papers.printed_returns import gather_returns
from handlers.papers.printed_risks import gather_risks
from models.enums import AnswerKind, Kind, OutcomeKind, Status
from models.plan.action_filter import ActionFilter
from models.plan.belongings import CLOSING_OUTCOMES
from models.plan.queries import ActionView
from models.records.action_state import counting_outcomes
from models.records.entry_reads import outcomes_at_meeting
from models.records.paper_reads import latest_entry_number, waiting_requests
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import concerns, is_answered, is_awaiting, is_open, is_owed, meetings_missed

_NO_LEAD = "No lead"
_OTHER_ACTIONS = "Other actions"
STANDING = "standing commitment"
NO_MEETING = "no due meeting"


def gather_paper(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> Paper:
    """Return the figures of a board's paper for one of its meetings, as they stand at `ctx.now`."""
    board_id = calendar.board.id
    views = ctx.views(ActionFilter(board_id=board_id))
    answering = ctx.views_to_answer(ActionFilter(board_id=board_id, open_only=True))
    late = {one.facts.id for one in overdue_among(views, ctx.calendars, ctx.now)}
    directions = _directions(ctx)
    still_open = [one for one in views if is_open(one.facts)]
    matters = [one for one in still_open if one.facts.kind is Kind.BOARD_ACTION]
    resting = {one.facts.id for one in still_open if _is_resting(ctx, one, calendar, meeting)}
    in_log = [one for one in still_open if one.facts.kind is not Kind.BOARD_ACTION and one.facts.id not in resting]
    organisations: dict[int | None, str] = {post.id: post.organisation.name for post in ctx.plan_names.posts}
    silent = _silent(ctx, answering, calendar, meeting, organisations)
    verbal = [
        one
        for one in answering
        if one.last_kind is AnswerKind.VERBAL and meeting.dated and is_answered(one.facts, meeting, calendar)
    ]
    closed = _closed(ctx, calendar, meeting)
    shown = {one.facts.id: one for one in (*views, *(one for some in silent.values() for one in some), *verbal)}
    focus, returns, not_contributed = gather_returns(ctx, meeting.id)
    missing = {one.action for one in closed} - shown.keys()
    if missing:
        shown |= {one.facts.id: one for one in ctx.views(ActionFilter(ids=missing))}
    return Paper(
        board=board_id,
        meeting=meeting.id,
        meeting_day=calendar.day(meeting),
        as_at=ctx.now,
        latest=latest_entry_number(ctx.session),
        counted=len(views),
        counts=counts_said(views),
        overdue=len(late),
        actions=tuple(_action(ctx, one, late, directions, organisations) for one in shown.values()),
        closures=tuple(one.facts.id for one in still_open if is_awaiting(one.facts)),
        new_meetings=_new_meetings(ctx, board_id, {one.facts.id: one for one in still_open}),
        matters=_by_meeting(ctx, matters),
        log=_by_heading(ctx, in_log),
        silent=tuple(Section(name, _numbers(some)) for name, some in sorted(silent.items())),
        verbal=_numbers(verbal),
        closed=closed,
        standing=len(resting),
        focus=focus,
        returns=returns,
        not_contributed=not_contributed,
        measures=gather_measures(ctx),
        risks=gather_risks(ctx, board_id),
    )


def stands_now(ctx: RequestContext, paper: Paper) -> dict[int, PaperAction]:
    """Return how what a paper shows stands now, by number, and what came to its board since: what can change of it."""
    views = ctx.views(ActionFilter(board_id=paper.board))
    late = {one.facts.id for one in overdue_among(views, ctx.calendars, ctx.now)}
    missing = paper.by_number.keys() - {one.facts.id for one in views}
    closed = {one.action for one in paper.closed}
    if missing:
        # Parts of an action for all partners, and what another board has taken after it was closed.
        others = ctx.views_to_answer(ActionFilter(ids=missing))
        views += [one for one in others if one.facts.board_id == paper.board or one.facts.id in closed]
    return {one.facts.id: _action(ctx, one, late, {}, {}) for one in views}


def _is_resting(ctx: RequestContext, view: ActionView, calendar: BoardCalendar, meeting: MeetingFacts) -> bool:
    """Return whether it is a standing commitment that gives a meeting nothing to look at."""
    at_ease = view.facts.status in (Status.NOT_STARTED, Status.ON_TRACK)
    return view.facts.kind is Kind.STANDING and at_ease and not concerns(view.facts, meeting, calendar, ctx.now)


def _numbers(views: Iterable[ActionView]) -> tuple[int, ...]:
    return tuple(one.facts.id for one in views)


def _directions(ctx: RequestContext) -> dict[int, str]:
    # The log reads what imports read: only where a paper is made.
    from models.files.action_log import action_log

    return {line.action_id: line.direction for line in action_log(ctx.session, ctx.workspace_id)}


def _action(
    ctx: RequestContext,
    view: ActionView,
    late: set[int],
    directions: Mapping[int, str],
    organisations: Mapping[int | None, str],
) -> PaperAction:
    facts = view.facts
    calendar = ctx.calendar(facts.board_id)
    overdue, missed = "", 0
    if facts.id in late and calendar is not None:
        missed = meetings_missed(facts, calendar, ctx.now)
        overdue = f"overdue, {number_said(missed, 'meeting')} missed" if missed else "overdue"
    return PaperAction(
        number=facts.id,
        ref=view.ref,
        lead=(view.lead or _NO_LEAD.lower()) + (" (in question)" if facts.lead_in_question else ""),
        due=_due(ctx, view),
        first_due=_first_due(ctx, view),
        due_mark=f"{facts.due_mark} {facts.due_date or ''}".strip(),
        status=facts.status,
        late=overdue,
        missed=missed,
        has_day=_due(ctx, view) not in (STANDING, NO_MEETING),
        direction=directions.get(facts.id, ""),
        last=_last(view),
        organisation=organisations.get(facts.lead_post_id, _NO_LEAD.lower()),
    )


def _last(view: ActionView) -> WordsAt | None:
    if view.last_entry_id is not None:
        return WordsAt("outcome" if view.last_is_the_boards else "update", view.last_entry_id)
    return WordsAt("first", view.facts.id) if view.last_words else None


def _due(ctx: RequestContext, view: ActionView) -> str:
    if view.facts.kind is Kind.STANDING:
        return STANDING
    if view.facts.due_date is not None:
        return day_said(view.facts.due_date)
    return _meeting(ctx, view.facts.due_meeting_id) or NO_MEETING


def _meeting(ctx: RequestContext, meeting_id: int | None) -> str:
    calendar = ctx.where(meeting_id)
    return meeting_said(calendar.by_id[meeting_id or 0], calendar) if calendar else ""


def _first_due(ctx: RequestContext, view: ActionView) -> str:
    first = view.first_due_meeting_id
    if first is None or not view.replans or view.facts.kind is Kind.STANDING:
        return ""
    moved = f"re-planned {times_said(view.replans)}"
    return moved if first == view.facts.due_meeting_id else f"first due {_meeting(ctx, first)}, {moved}"


def _new_meetings(ctx: RequestContext, board_id: int, views: dict[int, ActionView]) -> tuple[NewMeeting, ...]:
    """Return the requests for a new due meeting that the board may agree to, in the order of the plan."""
    found = []
    for entry in waiting_requests(ctx.session, board_id):
        view = views.get(entry.action_id)
        to = _meeting(ctx, entry.to_meeting_id)
        if view is not None and to and entry.to_meeting_id != view.facts.due_meeting_id:
            found.append((view.position, NewMeeting(entry.action_id, entry.id, to)))
    return tuple(one for _, one in sorted(found, key=lambda row: row[0]))


def _silent(
    ctx: RequestContext,
    views: Sequence[ActionView],
    calendar: BoardCalendar,
    meeting: MeetingFacts,
    organisations: Mapping[int | None, str],
) -> dict[str, list[ActionView]]:
    """Return what an answer is still owed on for a meeting, by organisation."""
    found: dict[str, list[ActionView]] = defaultdict(list)
    for view in views:
        if is_owed(view.facts, meeting, calendar, ctx.now) and not view.facts.lead_in_question:
            found[organisations.get(view.facts.lead_post_id, _NO_LEAD)].append(view)
    return found


def _closed(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> tuple[ClosedAction, ...]:
    """Return what the board's last meeting closed, and what its chair closed since, to be reported at this one."""
    previous = calendar.previous(meeting)
    rows = [(meeting.id, True)] + ([(previous.id, False)] if previous else [])
    found: dict[int, ClosedAction] = {}
    for meeting_id, chair_alone in rows:
        by_action = defaultdict(list)
        for outcome in outcomes_at_meeting(ctx.session, meeting_id):
            by_action[outcome.action_id].append(outcome)
        for action_id, some in by_action.items():
            counting = counting_outcomes(some)[meeting_id]
            if counting.kind in CLOSING_OUTCOMES and (counting.by_chair or not chair_alone):
                how = counting.kind.value
                if counting.kind is OutcomeKind.CLOSED and not counting.by_chair:
                    how += f", minute {counting.minute or 'reference to be added'}"
                found[action_id] = ClosedAction(action_id, counting.id, how + " by the chair" * counting.by_chair)
    reopened = (
        {one.facts.id for one in ctx.views(ActionFilter(ids=found.keys())) if is_open(one.facts)} if found else set()
    )
    return tuple(one for action_id, one in sorted(found.items()) if action_id not in reopened)


_DIGITS = re.compile(r"(\d+)")


def _in_minute_order(view: ActionView) -> tuple[list[tuple[int, str]], int]:
    """Return what sorts by minute, so that "62/9" comes before "62/17"."""
    parts = [(int(part), "") if part.isdecimal() else (0, part) for part in _DIGITS.split(view.minute) if part]
    return parts, view.position


def _by_meeting(ctx: RequestContext, views: Sequence[ActionView]) -> tuple[Section, ...]:
    """Return board actions by the meeting that gave them, the latest first, each in minute order."""
    by_meeting: dict[int, list[ActionView]] = defaultdict(list)
    for view in views:
        by_meeting[view.given_meeting_id or 0].append(view)
    meetings = {meeting.id: meeting for calendar in ctx.calendars.values() for meeting in calendar.meetings}
    return tuple(
        Section(
            f"Given on {_meeting(ctx, number)}" if number in meetings else _OTHER_ACTIONS,
            _numbers(sorted(by_meeting[number], key=_in_minute_order)),
        )
        for number in sorted(by_meeting, key=lambda one: -meetings[one].order.timestamp() if one in meetings else 0.0)
    )


def _by_heading(ctx: RequestContext, views: Sequence[ActionView]) -> tuple[Section, ...]:
    """Return actions under the plan's themes and priorities, in its order, each action once."""
    under: dict[tuple[str, int], list[ActionView]] = defaultdict(list)
    known = {priority.number for priority in ctx.priorities}
    for view in views:
        numbers = [number for number in view.priority_numbers if number in known]
        under["priority" if numbers else "theme", numbers[0] if numbers else view.facts.theme_id or 0].append(view)
    found: list[Section] = []
    for theme_id in (*(theme.id for theme in ctx.themes), None):
        priorities = [one for one in ctx.priorities if one.theme_id == theme_id]
        own = [
            Section(f"Priority {one.number}: {one.title}", _numbers(under["priority", one.number]), 3)
            for one in priorities
            if under["priority", one.number]
        ]
        whole = under["theme", theme_id or 0]
        if own or whole:
            heading = _theme_named(ctx, theme_id, [one.number for one in priorities])
            found += [Section(heading if own or theme_id else _OTHER_ACTIONS, _numbers(whole)), *own]
    return tuple(found)


def _theme_named(ctx: RequestContext, theme_id: int | None, numbers: Sequence[int]) -> str:
    name = next((theme.name for theme in ctx.themes if theme.id == theme_id), "Without a theme")
    return f"{name} ({span_said(numbers)})" if numbers else name
