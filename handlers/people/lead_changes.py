"""*New for you*: whoever acts for a post is told in working hours that an action has come to it or gone from it.

Whoever changes a lead, or adds an action with one, gives the notices of this page out with the answer.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.buttons import answer_buttons
from handlers.context import RequestContext
from handlers.formatting import IN_PAPERS, action_line, day_said, listed, number_said
from handlers.responses import ActionLine, Content, Group, NoticeOut, Written
from models.enums import OPEN, Capacity, NotificationKind, NotificationState
from models.plan.action_filter import ActionFilter
from models.plan.people_reads import appointment_by_id
from models.plan.queries import ActionView
from models.plan.serving import appointments, to_come
from models.rules.owed import is_owed
from models.rules.steps import LeadChange, Side, narrow_step
from models.storage.notification_tables import Notification
from models.storage.tables import Action, Appointment


def new_lead_notices(action: Action, entry_id: int = 0, before: int | None = None) -> list[NoticeOut]:
    """Return what is to be told because an action has a lead, or another one.

    `entry_id`: the history entry that says so (0 for an action just added); `before`: the post that led it until now.
    Without a lead there is nobody to tell.
    """
    notices = []
    if action.lead_post_id is not None:
        notices.append(_notice(action, LeadChange(Side.NEW, action.lead_post_id, entry_id), action.lead_post_id))
    if before is not None and before != action.lead_post_id:
        notices.append(_notice(action, LeadChange(Side.FORMER, before, entry_id), before))
    return notices


def handed_over_notices(
    actions: Sequence[Action], post_id: int, appointment_id: int, holder: int, former: Sequence[int]
) -> list[NoticeOut]:
    """Return what the new and the former holder of a post are told about its open actions."""
    sides = [(Side.HOLDS, holder), *((Side.HELD, one) for one in former)]
    return [
        _notice(action, LeadChange(side, post_id, appointment_id), None, person_id)
        for action in actions
        for side, person_id in sides
    ]


def _notice(action: Action, change: LeadChange, post_id: int | None, person_id: int | None = None) -> NoticeOut:
    return NoticeOut(
        NotificationKind.NEW_LEAD, action.id, action.due_meeting_id, change, action.board_id, post_id, person_id
    )


def write_new_for_you(ctx: RequestContext, notifications: Sequence[Notification]) -> Written:
    """Return one message about all that is new or no longer somebody's, and the notifications with nothing to say."""
    about = ActionFilter(ids={notification.subject for notification in notifications})
    views = {view.facts.id: view for view in ctx.views_to_answer(about)}
    lines: list[ActionLine] = []
    begins: dict[str, date] = {}
    gone: dict[tuple[str, str], list[str]] = {}
    unsaid: set[int] = set()
    for notification in notifications:
        view, change = views.get(notification.subject), narrow_step(notification.step, LeadChange)
        appointment = None if change.by_action else appointment_by_id(ctx.session, change.number)
        if view is None or (
            not change.by_action
            and notification.state is NotificationState.OPEN
            and not _stands(ctx, notification, appointment)
        ):
            unsaid.add(notification.id)
            continue
        if change.moved_away:
            first = day_said(appointment.first_day) if appointment and appointment.first_day else ""
            post = ctx.posts.get(change.post_id, "that post") if appointment else view.lead or "nobody"
            gone.setdefault((first, post), []).append(view.ref)
            continue
        if appointment is not None and appointment.first_day is not None:
            begins[ctx.posts.get(change.post_id, "")] = appointment.first_day
        lines.append(_line(ctx, notification, view, change, appointment))
    sentences = [_gone_said(first, lead, refs) for (first, lead), refs in gone.items()]
    intro = [f"You hold {post} from {day_said(first)}." for post, first in begins.items()]
    if lines:
        one = len(lines) == 1
        headline = f"{lines[0].ref} is new for you." if one else f"{number_said(len(lines), 'action')} are new for you."
        groups = (
            Group(lines=tuple(lines)),
            *((Group("No longer yours", texts=tuple(sentences)),) if sentences else ()),
        )
        content = Content(headline, tuple(intro), groups, (IN_PAPERS, "“/cypp mine” shows all your actions."))
        return Written(content, unsaid=frozenset(unsaid))
    if sentences:
        content = Content(sentences[0], intro=tuple(sentences[1:]), footer=("“/cypp mine” shows all your actions.",))
        return Written(content, unsaid=frozenset(unsaid))
    return Written(None, unsaid=frozenset(unsaid))


def _stands(ctx: RequestContext, notification: Notification, appointment: Appointment | None) -> bool:
    """Return whether a post still has this holder: it may have been handed on, or back, before the message."""
    change = narrow_step(notification.step, LeadChange)
    if appointment is None:
        return False
    person_id = int(notification.recipient.partition(":")[2])
    holds = {
        row.person_id
        for row in appointments(ctx.session, change.post_id)
        if row.capacity is Capacity.HOLDER and to_come(row, max(appointment.first_day or ctx.today, ctx.today))
    }
    return (person_id in holds) is (change.side is Side.HOLDS)


def _line(
    ctx: RequestContext,
    notification: Notification,
    view: ActionView,
    change: LeadChange,
    appointment: Appointment | None,
) -> ActionLine:
    """Return the action with the buttons to answer, until it is answered, closed, or somebody else's again."""
    facts = view.facts
    settled = ""
    if facts.lead_post_id != change.post_id:
        settled = f"It is led by {view.lead or 'nobody'} now."
    elif facts.status not in OPEN:
        settled = f"{facts.status.value.capitalize()}."
    # A changed lead takes earlier answers off; a post that changes hands keeps them.
    answered = facts.last_answer_at is not None and (change.by_action or facts.last_answer_at > notification.planned_at)
    if not settled and answered and view.answered_on:
        settled = f"Answered by {view.answered_by} on {day_said(view.answered_on)}: {facts.status.value}."
    if settled:
        return action_line(view, ctx.calendars, ctx.now, answered=settled)
    calendar = ctx.calendar(facts.board_id)
    meeting = calendar.by_id.get(facts.due_meeting_id or 0) or calendar.next(ctx.now) if calendar else None
    may_answer = appointment is None or (appointment.first_day or ctx.today) <= ctx.today
    buttons = answer_buttons(view, meeting.id if meeting else 0) if may_answer else ()
    line = action_line(view, ctx.calendars, ctx.now, buttons)
    coming = calendar.next(ctx.now) if calendar else None
    if calendar and coming and is_owed(facts, coming, calendar, ctx.now):
        by = day_said(calendar.dates(coming).updates_due)
        return replace(line, facts=(*line.facts, f"update wanted by {by}"))
    return line


def _gone_said(first: str, post: str, refs: Sequence[str]) -> str:
    """Return the sentence to somebody who no longer answers: since the post or the lead changed."""
    if first:
        return f"From {first} you do not hold {post}: nothing more is asked of you then about {listed(refs)}."
    one = len(refs) == 1
    about = "it" if one else "them"
    return f"{listed(refs)} {'is' if one else 'are'} led by {post} now; nothing more is asked of you about {about}."
