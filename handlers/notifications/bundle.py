"""The one message in which a lead is asked about everything owed: request, reminder, last call."""

from collections.abc import Collection, Sequence
from datetime import date

from handlers.buttons import answer_buttons
from handlers.context import RequestContext
from handlers.formatting import IN_PAPERS, action_line, day_said, listed, meeting_said, number_said
from handlers.press_codec import Ask, Number, Numbers, PressValue, press_button
from handlers.responses import ActionLine, Button, Content, Group, Response, say
from handlers.updates.answers import SNOOZE_DAYS
from models.enums import OPEN, Status, Step
from models.plan.action_filter import ActionFilter
from models.plan.queries import ActionView
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import is_overdue, is_owed
from models.rules.steps import Chased, LedgerStep, Promised, PutOff
from models.storage.notification_tables import Notification

MOST_BEHIND = 100
_MOST_ACTIONS = 8
"""Actions shown in one bundle; the others are behind a button."""


def write_bundle(ctx: RequestContext, notifications: Sequence[Notification]) -> Content:
    """Write the bundle for one person: due actions first, last words shown, with the buttons to answer."""
    views = {view.facts.id: view for view in ctx.asked_about({notification.subject for notification in notifications})}
    wanted: dict[int, tuple[ActionView, MeetingFacts, BoardCalendar]] = {}
    for notification in notifications:
        view = views.get(notification.subject)
        calendar = ctx.calendar(view.facts.board_id) if view else None
        if view and calendar and notification.meeting_id in calendar.by_id:
            wanted[view.facts.id] = (view, calendar.by_id[notification.meeting_id], calendar)
    ordered = sorted(wanted.values(), key=lambda row: _order(ctx, *row))
    steps = {notification.step for notification in notifications}
    groups = []
    shown = 0
    more: list[int] = []
    by_meeting: dict[int, list[tuple[ActionView, MeetingFacts, BoardCalendar]]] = {}
    for row in ordered:
        if shown < _MOST_ACTIONS:
            by_meeting.setdefault(row[1].id, []).append(row)
            shown += 1
        else:
            more.append(row[0].facts.id)
    for rows in by_meeting.values():
        _, meeting, calendar = rows[0]
        dates = calendar.dates(meeting) if meeting.dated else None
        heading = f"{calendar.board.name}, {meeting_said(meeting, calendar)}"
        if dates:
            heading += f": updates due {day_said(dates.updates_due)}"
        groups.append(Group(heading, lines=tuple(_line(ctx, *row) for row in rows)))
    if more:
        # A button's value is short: beyond a hundred the list of one's own actions does.
        listed = ShowMore(meeting=ordered[_MOST_ACTIONS][1].id, actions=tuple(more))
        behind = listed if len(more) <= MOST_BEHIND else Ask(words="mine")
        groups.append(Group(buttons=(press_button(f"Show {len(more)} more", behind),)))
    owed = [row for row in ordered if _answered(ctx, *row) == ""]
    return Content(
        _headline(ctx, steps, ordered, owed),
        intro=_intro(steps, owed),
        groups=tuple(groups),
        footer=(_how_to(ordered), IN_PAPERS),
    )


def _order(
    ctx: RequestContext, view: ActionView, meeting: MeetingFacts, calendar: BoardCalendar
) -> tuple[bool, int, object, int]:
    answered = _answered(ctx, view, meeting, calendar) != ""
    due = view.facts.due_meeting_id == meeting.id
    late = is_overdue(view.facts, calendar, ctx.now)
    return (answered, 0 if due or late else 1, meeting.order, view.position)


def _line(ctx: RequestContext, view: ActionView, meeting: MeetingFacts, calendar: BoardCalendar) -> ActionLine:
    answered = _answered(ctx, view, meeting, calendar)
    buttons: tuple[Button, ...] = ()
    if not answered:
        updates_due = calendar.dates(meeting).updates_due
        later = calendar.board.rules.working.shift(ctx.today, SNOOZE_DAYS)
        buttons = answer_buttons(view, meeting.id, snooze=later < updates_due)
    return action_line(view, ctx.calendars, ctx.now, buttons, answered)


def _answered(ctx: RequestContext, view: ActionView, meeting: MeetingFacts, calendar: BoardCalendar) -> str:
    """Return what stands in place of the buttons once no answer is wanted any more."""
    facts = view.facts
    if facts.status not in OPEN:
        return f"{facts.status.value.capitalize()}: no update is wanted any more."
    if facts.follow_by is not None and facts.follow_by <= ctx.today:
        return ""
    if is_owed(facts, meeting, calendar, ctx.now):
        return ""
    if facts.last_answer_at is not None and view.answered_on is not None:
        what = view.last_kind.value if view.last_kind and facts.status is not Status.PROPOSED else facts.status.value
        if what == "update":
            what = facts.status.value
        return f"Answered by {view.answered_by} on {day_said(view.answered_on)}: {what}."
    return "No update is wanted for this meeting any more."


def _headline(
    ctx: RequestContext,
    steps: Collection[LedgerStep],
    rows: Sequence[tuple[ActionView, MeetingFacts, BoardCalendar]],
    owed: Sequence[tuple[ActionView, MeetingFacts, BoardCalendar]],
) -> str:
    if not owed:
        return "Thank you: everything asked here is answered." if rows else "Nothing is asked of you just now."
    count = number_said(len(owed), "action")
    last = _first_due_day(owed)
    if Step.LAST_CALL in steps and last == ctx.today:
        today = [row for row in owed if row[1].dated and row[2].dates(row[1]).updates_due == last]
        said = f"Last call: {number_said(len(today), 'action')} of yours, updates due today, {day_said(last)}"
        return f"{said}; {len(owed) - len(today)} more by a later day." if len(owed) > len(today) else f"{said}."
    until = f" by {day_said(last)}" if last else ""
    if signed := sorted({step.post_id for step in steps if isinstance(step, Chased)}):
        who = listed([ctx.posts.get(post_id, "An administrator") for post_id in signed])
        return f"{who} {'asks' if len(signed) == 1 else 'ask'} for an update on {count} of yours{_due_said(ctx, last)}."
    if Step.REMINDER in steps:
        return f"Reminder: {count} of yours still {'waits' if len(owed) == 1 else 'wait'} for an update{until}."
    return f"{count} of yours {'needs' if len(owed) == 1 else 'need'} an update{until}."


def _due_said(ctx: RequestContext, day: date | None) -> str:
    return "" if day is None else f": updates {'were' if day < ctx.today else 'are'} due {day_said(day)}"


def _first_due_day(owed: Sequence[tuple[ActionView, MeetingFacts, BoardCalendar]]) -> date | None:
    return min((calendar.dates(meeting).updates_due for _, meeting, calendar in owed if meeting.dated), default=None)


def _intro(
    steps: Collection[LedgerStep], owed: Sequence[tuple[ActionView, MeetingFacts, BoardCalendar]]
) -> tuple[str, ...]:
    if not owed:
        return ()
    if Step.LAST_CALL in steps:
        return ("Without an answer the papers will say “no update received”. One press is enough.",)
    if any(isinstance(step, Promised) for step in steps):
        return ("You said that an update would follow about now.",)
    if any(isinstance(step, PutOff) for step in steps):
        return ("You asked to be reminded about now.",)
    return ("One press is enough, or reply in your own words.",)


def _how_to(rows: Sequence[tuple[ActionView, MeetingFacts, BoardCalendar]]) -> str:
    ref = rows[0][0].ref if rows else "healthy-5"
    return f"In words, for instance: “{ref} on track, two advisors recruited”."


class ShowMore(PressValue):
    """*Show 4 more*: the other actions that are asked about, and the meeting."""

    verb = "more"
    old_form = ("meeting", "actions")

    meeting: Number = 0
    actions: Numbers = ()


def show_more(ctx: RequestContext, value: ShowMore) -> Response:
    """Return the actions behind *Show 4 more*, with their buttons."""
    views = ctx.views_to_answer(ActionFilter(ids=value.actions, lead_posts=ctx.roles.posts))
    rows = []
    for view in views:
        calendar = ctx.calendar(view.facts.board_id)
        meeting = calendar.by_id.get(value.meeting) if calendar else None
        meeting = meeting or (calendar.next(ctx.now) if calendar else None)
        if calendar and meeting and meeting.dated:
            rows.append((view, meeting, calendar))
    if not rows:
        return say("Nothing more is asked of you just now.", "“/cypp mine” lists your actions.")
    lines = tuple(_line(ctx, *row) for row in rows)
    return Response(
        Content(f"{number_said(len(lines), 'more action')}.", groups=(Group(lines=lines),), footer=(IN_PAPERS,))
    )
