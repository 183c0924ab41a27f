"""What the board's secretary is sent: no update received, after the meeting, leads in question, requests to re-plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.actions.assignments import LeaveIt
from handlers.actions.partners import by_whole
from handlers.actions.replans import GrantReplan
from handlers.buttons import AssignIt, SomeIssues
from handlers.context import RequestContext
from handlers.contributions.returns import returns_for
from handlers.contributions.wanted import emails_for_returns, silent_partners
from handlers.form_texts import about_action
from handlers.formatting import clipped, day_said, last_said, meeting_said, number_said
from handlers.list_rows import about_lead, action_row, rows_group
from handlers.papers.held_words import SendPaper
from handlers.press_codec import ask_menu, press_button, value_menu
from handlers.responses import ActionLine, Button, Content, Group
from handlers.status.unanswered import (
    asks_nobody,
    assign_menu,
    away_until,
    chase_buttons,
    emails_ready,
    leads_together,
    not_asked_because,
)
from models.enums import MessageState, NotificationKind, NotificationState, Status
from models.notifications.lookups import message_by_id, notifications_about
from models.notifications.messages import UNDELIVERED, notifications_of
from models.plan.action_filter import ActionFilter
from models.plan.people_reads import person_by_id
from models.plan.queries import ActionView
from models.plan.serving import unserved
from models.records.entries import is_taken_back
from models.records.entry_reads import update_by_id
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.owed import concerns, is_answered, is_awaiting, is_owed
from models.rules.steps import AboutEntry, narrow_step
from models.storage.history_tables import Update
from models.storage.notification_tables import Notification

ARRIVED = "It was sent again, so you need not tell them."
AGAIN = "It is being sent again."
_MENU_WORDS = 24
"""Of an action in the menu *Answer for…*: with 25 of them the message is still one."""


def write_no_update(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write who was asked for a meeting and did not answer, and what else the secretary needs for the papers."""
    board_id, meeting_id = notification.subject, notification.meeting_id
    calendar = ctx.calendars.get(board_id)
    if calendar is None or meeting_id not in calendar.by_id:
        return None
    meeting = calendar.by_id[meeting_id]
    if notification.said_at is not None and meeting.begun(ctx.now):
        return None  # It stays as it was.
    dates = calendar.dates(meeting)
    views = ctx.views_to_answer(ActionFilter(board_id=board_id, open_only=True))
    concerned = [view for view in views if concerns(view.facts, meeting, calendar, ctx.now)]
    silent = [view for view in concerned if is_owed(view.facts, meeting, calendar, ctx.now)]
    awaiting = [view for view in ctx.views(ActionFilter(board_id=board_id, open_only=True)) if is_awaiting(view.facts)]
    in_doubt = [view for view in views if view.facts.lead_in_question]
    silent = [view for view in silent if not view.facts.lead_in_question]
    waiting = {
        view.facts.parent_id or view.facts.id
        for view in concerned
        if not is_answered(view.facts, meeting, calendar) and not is_awaiting(view.facts)
    }
    lines = _silent_rows(ctx, silent, meeting, calendar)
    asked_of = len(by_whole(ctx.views, concerned))
    answers_in = asked_of - len(waiting)
    if lines:
        said = f"no update received on {len(lines)} of {number_said(asked_of, 'action')}"
    elif waiting:
        said = f"lead in question on {len(waiting)} of {number_said(asked_of, 'action')}, no other answer is missing"
    else:
        said = {0: "nothing was asked for", 1: "the one action is answered"}.get(
            asked_of, f"all {asked_of} actions answered"
        )
    if since := _came_since(notification, concerned):
        said += f"; {since} came since"
    groups = []
    if lines:
        about = f"{calendar.day(meeting).isoformat()} {calendar.board.key}"
        leads = {view.facts.lead_post_id: view.lead for view in silent if view.facts.lead_post_id is not None}
        silent_ones = rows_group(f"No update received, by lead ({len(lines)})", lines)
        chases = chase_buttons(ctx, leads, about, again=True)
        lacking = unserved(ctx.session, ctx.today, leads)
        idle = [
            (f"{view.ref}: {view.short_lead or 'no lead'}", view.facts.id)
            for view in silent
            if asks_nobody(view.facts.lead_post_id, lacking)
        ]
        buttons = (*_answer_for(ctx, silent, meeting), *chases, *assign_menu(idle), *silent_ones.buttons)
        groups.append(replace(silent_ones, buttons=buttons))
    for heading, some in (("Proposed for closure", awaiting), ("Leads in question", in_doubt)):
        if some:
            shown = [action_row(view, ctx.calendars, ctx.now) for view in some]
            groups.append(rows_group(f"{heading} ({len(some)})", shown))
    emails = emails_ready(ctx, silent, meeting, calendar)
    for returns in returns_for(ctx, [(calendar, meeting)]):
        groups += silent_partners(ctx, returns)
        emails += emails_for_returns(ctx, returns)
    if emails:
        groups.append(Group("Leads without an account: e-mails ready to copy", texts=emails))
    return Content(
        f"{calendar.board.name}, {meeting_said(meeting, calendar)}: {said}.",
        intro=(f"{answers_in} of {number_said(asked_of, 'answer')} in. Papers go out {day_said(dates.papers)}.",),
        groups=tuple(groups),
        buttons=(
            press_button("Send me the paper", SendPaper(meeting=meeting.id)),
            *_for_the_brief(lines, calendar.day(meeting)),
        ),
        footer=("In words: “/cypp update REF STATUS words, by e-mail of 4 Sep”, “/cypp chase LEAD”.",),
    )


def _came_since(notification: Notification, concerned: Sequence[ActionView]) -> int:
    """Count the actions that were answered since the message was sent; 0 while it was not."""
    sent = notification.said_at
    answered = (view.facts.last_answer_at for view in concerned)
    return 0 if sent is None else sum(at is not None and at > sent for at in answered)


def _answer_for(ctx: RequestContext, silent: Sequence[ActionView], meeting: MeetingFacts) -> tuple[Button, ...]:
    """Return the menu that opens the form to answer for a lead: the leads in their order, each with their actions."""
    led = [view for view in silent if view.facts.lead_post_id is not None]
    ordered = leads_together(led, lambda view: view, ctx.calendars, ctx.now)
    each = [
        (f"{v.ref}: {clipped(v.words, _MENU_WORDS)}", SomeIssues(action=v.facts.id, meeting=meeting.id, seen=v.entries))
        for v in ordered
    ]
    return (value_menu("Answer for…", each, under=[view.short_lead for view in ordered]),) if each else ()


def _for_the_brief(lines: Sequence[ActionLine], day: date) -> tuple[Button, ...]:
    """Return the menu that puts one of them in the chair's brief for the meeting on a day."""
    asked = [(f"{one.ref}: {one.words}", f"brief add {one.ref} for {day}") for one in lines]
    return (ask_menu("Put in the brief…", asked),) if asked else ()


def _silent_rows(
    ctx: RequestContext, silent: Sequence[ActionView], meeting: MeetingFacts, calendar: BoardCalendar
) -> tuple[ActionLine, ...]:
    """Return those who did not answer, by action: "no update from police, CCG (not asked: no account)".

    Those of one lead stand together, the lead with most meetings missed first.
    """
    notifications = notifications_about(ctx.session, [view.facts.id for view in silent], meeting.id)
    why = {}
    for view in silent:
        # Somebody asked before they went is away all the same.
        unasked = not_asked_because(ctx, view, notifications)
        why[view.facts.id] = f"not asked: {unasked}" if unasked else away_until(ctx, view, meeting, calendar)
    rows = []
    wholes = by_whole(ctx.views, silent)
    for view, parts in leads_together(wholes, lambda row: row[0], ctx.calendars, ctx.now):
        fact = why.get(view.facts.id, "")
        if parts:
            said = (f"{one.organisation} ({why[one.id]})" if why[one.id] else one.organisation for one in parts)
            fact = f"no update from {', '.join(said)}"
        rows.append(about_lead(action_row(view, ctx.calendars, ctx.now), fact))
    return tuple(rows)


def write_in_question(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write that a lead said an action is not theirs; the step names the entry in which they did."""
    action_id = notification.subject
    action = ctx.action_by_id(action_id)
    entry = _entry(ctx, notification)
    if action is None or entry is None:
        return None
    assign = press_button("Assign…", AssignIt(action=action_id), "primary")
    return about_action(
        ctx,
        ctx.view(action_id),
        f"{action.ref}: {entry.signature} says it is not theirs.",
        f"“{entry.words}”" if entry.words else "",
        "They will not be asked about it again.",
        buttons=(assign, press_button("Leave", LeaveIt(action=action_id))),
    )


def _entry(ctx: RequestContext, notification: Notification) -> Update | None:
    """Return the history entry that a notice is about."""
    return update_by_id(ctx.session, narrow_step(notification.step, AboutEntry).entry_id)


def write_replan_request(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write that a lead asks for another due meeting."""
    action_id, meeting_id = notification.subject, notification.meeting_id
    action = ctx.action_by_id(action_id)
    entry = _entry(ctx, notification)
    calendar = ctx.where(meeting_id)
    if action is None or calendar is None or entry is None or is_taken_back(ctx.session, entry):
        return None
    when = meeting_said(calendar.by_id[meeting_id], calendar)
    if calendar.board.id != action.board_id:
        when = f"{when}, {calendar.board.name}"
    grant = GrantReplan(action=action_id, meeting=meeting_id, entry=entry.id)
    move = press_button(f"Move to {when}"[:70], grant, "primary")
    return about_action(
        ctx,
        ctx.view(action_id),
        f"{action.ref}: {entry.signature} asks to move it to {when}.",
        f"“{entry.words}”" if entry.words else "",
        buttons=(move, press_button("Leave as it is", LeaveIt(action=action_id))),
    )


def write_decided_by_chair(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write that the chair closed an action between meetings, to be reported at the next."""
    action_id, meeting_id = notification.subject, notification.meeting_id
    action = ctx.action_by_id(action_id)
    calendar = ctx.calendar(action.board_id) if action else None
    if action is None or calendar is None or meeting_id not in calendar.by_id:
        return None
    view = ctx.view(action_id)
    if isinstance(notification.step, AboutEntry):
        taken = f"{view.ref}: {view.facts.status.value} again. What the chair had closed was taken back."
        return about_action(ctx, view, taken, last_said(view))
    decided = "closed, not done," if view.facts.status is Status.CLOSED_NOT_DONE else "closed"
    when = meeting_said(calendar.by_id[meeting_id], calendar)
    return about_action(ctx, view, f"{view.ref}: {decided} by the chair, to be reported on {when}.", last_said(view))


def write_undelivered(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write that a message to somebody else did not arrive, or may not have; that it did, once that is so.

    None where it arrived, or there was nothing left to say, before anybody was told.
    """
    message_id = notification.subject
    message = message_by_id(ctx.session, message_id)
    over = message is not None and message.state in (MessageState.SENT, MessageState.CANCELLED)
    if message is None or (over and notification.state is NotificationState.OPEN):
        return None
    kind, _, value = message.recipient.partition(":")
    if kind == "person":
        someone = person_by_id(ctx.session, int(value))
        who = (someone.name or someone.email) if someone else "somebody"
    else:
        who = "the board’s channel"
    notifications = notifications_of(ctx.session, message_id)
    about_ones = [
        action
        for notification in notifications
        if notification.kind in (NotificationKind.UPDATE, NotificationKind.OUTCOME, NotificationKind.NEW_LEAD)
        and (action := ctx.action_by_id(notification.subject))
    ]
    refs = {action.ref: action for action in about_ones}
    about = f" about {', '.join(refs)}" if refs else ""
    if message.state is MessageState.SENT:
        return Content(f"A message to {who}{about} arrived after all.", intro=(ARRIVED,))
    if message.state not in UNDELIVERED:
        return Content(f"A message to {who}{about} did not arrive at first.", intro=(AGAIN,))
    doubt = "may not have arrived" if message.state is MessageState.UNCERTAIN else "did not arrive"
    return Content(
        f"A message to {who}{about} {doubt}.",
        intro=(f"The reason given: {message.reason.replace('_', ' ')}. Please tell them yourself.",),
        buttons=assign_menu(
            [(f"{ref}: {ctx.posts.get(one.lead_post_id or 0, 'no lead')}", one.id) for ref, one in refs.items()]
        ),
    )
