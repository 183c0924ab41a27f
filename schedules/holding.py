"""Whether what a notification says still holds: for each kind why it lapses, "" where it does not."""

from datetime import datetime

from models.enums import MeetingState
from models.notifications.assignment import Unassigned
from models.rules.calendar import local_day
from models.rules.owed import is_awaiting, is_open, is_owed
from models.rules.steps import AboutEntry, ClearanceAsked, LeadChange, MoveRequested, Promised, narrow_step
from models.storage.notification_tables import Notification
from schedules.due import asked_people, is_snoozed
from schedules.figure_reminders import asked_for_figure
from schedules.snapshot import Snapshot, person

ANSWERED = "answered"
SNOOZED = "snoozed"
NOT_THEIRS = "somebody else answers for it now"
REASON_AWAY = "away"

AnyNotification = Notification | Unassigned


def why_not_asked(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why a lead is not asked for an update: the action is answered, snoozed, or somebody else's."""
    calendar, action = snapshot.calendar_of(notification.meeting_id), snapshot.action(notification.subject)
    if calendar is None or action is None or not is_open(action) or is_awaiting(action):
        return ANSWERED
    if isinstance(notification.step, Promised):
        if action.follow_by != notification.step.by:
            return ANSWERED
    elif not is_owed(action, calendar.by_id[notification.meeting_id], calendar, now):
        return ANSWERED
    mine = [who for who in asked_people(snapshot, action) if person(who.person_id) == notification.recipient]
    if not mine:
        return NOT_THEIRS
    if mine[0].is_away(local_day(now, calendar.zone)):
        return REASON_AWAY
    return SNOOZED if is_snoozed(snapshot, action.id, mine[0].person_id, now) else ""


def why_outcomes_recorded(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why a secretary has no outcomes to record any more."""
    calendar = snapshot.calendar_of(notification.meeting_id)
    recorded = calendar is not None and calendar.by_id[notification.meeting_id].outcomes_recorded_at is not None
    return "outcomes recorded" if recorded else ""


def why_lead_answers(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why a lead is not in question any more."""
    action = snapshot.action(notification.subject)
    return "the lead answers for it after all" if action is not None and not action.lead_in_question else ""


def why_replanned(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why a request to re-plan is settled."""
    action = snapshot.action(notification.subject)
    if action is not None and (not is_open(action) or action.due_meeting_id == notification.meeting_id):
        return "it was moved or closed"
    return ""


def why_open_again(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why a decision of the chair is not reported, or that it was taken back: the other is so by now."""
    action = snapshot.action(notification.subject)
    if action is None or is_open(action) is isinstance(notification.step, AboutEntry):
        return ""
    return "it is open again" if is_open(action) else "it is closed again"


def why_decided_otherwise(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why a lead is not told of an outcome, or that it was taken back: the other is so by now."""
    action = snapshot.action(notification.subject)
    if action is None:
        return ""
    taken_back = notification.meeting_id not in action.outcome_meetings
    if taken_back is isinstance(notification.step, AboutEntry):
        return ""
    return "it was taken back" if taken_back else "it was decided again"


def why_transfer_settled(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why another board is not asked to take an action any more."""
    action, step = snapshot.action(notification.subject), notification.step
    if action is None or not isinstance(step, MoveRequested):
        return ""
    calendar = snapshot.calendar_of(notification.meeting_id)
    cancelled = calendar is None or calendar.by_id[notification.meeting_id].state is MeetingState.CANCELLED
    if step.due_mark != action.due_mark or not is_open(action) or cancelled:
        return "it was moved or closed, or the meeting was cancelled"
    return ""


def why_back(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why nobody needs to be told that somebody left."""
    return "" if notification.subject in snapshot.left else "they are back"


def why_lead_changed_again(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return whether what the old and the new lead of an action are told has been overtaken."""
    action = snapshot.action(notification.subject)
    if action is None:
        return ""
    change = narrow_step(notification.step, LeadChange)
    if change.moved_away:
        return "they lead it again" if change.by_action and action.lead_post_id == change.post_id else ""
    if action.lead_post_id != change.post_id:
        return "the lead has changed again"
    if not is_open(action):
        return "it is closed"
    serving = {person(one.person_id) for one in snapshot.recipients.get(change.post_id, ())}
    return NOT_THEIRS if change.by_action and notification.recipient not in serving else ""


def why_secretary_changed_again(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return whether what the old and the new secretary of a board are told has been overtaken."""
    change, calendar = narrow_step(notification.step, LeadChange), snapshot.calendars.get(notification.subject)
    keeps = calendar is not None and calendar.board.secretary_post_id == change.post_id
    return "" if keeps is not change.moved_away else "the secretary has changed again"


def why_cleared(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why a clearance is not asked for any more: it came, was sent anew, or another post is asked."""
    if isinstance(notification.step, AboutEntry):
        return ""
    step = narrow_step(notification.step, ClearanceAsked)
    for waiting in snapshot.clearances.get(notification.meeting_id, ()):
        if (waiting.which.mark, waiting.facts.sent) == (step.clearance, step.sent):
            serving = snapshot.recipients.get(waiting.facts.post_id or 0, ())
            theirs = any(person(who.person_id) == notification.recipient for who in serving)
            return "" if theirs else NOT_THEIRS
    return ANSWERED


def why_contributed(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why a partner is not asked for a return any more: it was given, or another contributor is asked."""
    calendar = snapshot.calendar_of(notification.meeting_id)
    owed = {one.post_id for one in snapshot.contributions.get(notification.meeting_id, ())}
    if calendar is None or notification.subject not in owed:
        return ANSWERED
    serving = snapshot.recipients.get(notification.subject, ())
    mine = [who for who in serving if person(who.person_id) == notification.recipient]
    if not mine:
        return NOT_THEIRS
    return REASON_AWAY if mine[0].is_away(local_day(now, calendar.zone)) else ""


def why_figure_given(snapshot: Snapshot, notification: AnyNotification, now: datetime) -> str:
    """Return why a figure or a score is not asked for any more: it was given, or somebody else or nothing is asked."""
    owed = [
        one
        for one in snapshot.figures
        if (one.kind, one.subject, one.period.end)
        == (notification.kind, notification.subject, notification.meeting_day)
    ]
    calendar = snapshot.first_board
    if calendar is None or not owed:
        return ANSWERED
    asked = asked_for_figure(snapshot, calendar, owed[0])
    mine = [who for who in asked if person(who.person_id) == notification.recipient]
    if not mine:
        return NOT_THEIRS
    return REASON_AWAY if mine[0].is_away(local_day(now, calendar.zone)) else ""
