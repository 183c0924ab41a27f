"""What is asked of whoever clears a report, and what the board's secretary is told has come back."""

from handlers.context import RequestContext
from handlers.formatting import day_said, listed
from handlers.papers.clearances import AnswerClearance, NotApplicable, clearance_line, clearance_of_mark
from handlers.papers.meetings import paper_named
from handlers.papers.report_values import report_values, wanted_by
from handlers.press_codec import ask_button, press_button
from handlers.responses import Content
from models.enums import CONSULTED
from models.records.report_entries import report_entry_by_id
from models.rules.steps import AboutEntry, ClearanceAsked, narrow_step
from models.storage.notification_tables import Notification


def write_clearance(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write that a report was sent for clearance, or that nothing has come back yet; or what came back."""
    if isinstance(notification.step, AboutEntry):
        return _came_back(ctx, notification.step)
    step = narrow_step(notification.step, ClearanceAsked)
    calendar, one = ctx.where(notification.meeting_id), clearance_of_mark(step.clearance)
    if calendar is None or one is None:
        return None
    meeting = calendar.by_id[notification.meeting_id]
    named, consulted = paper_named(calendar, meeting), one in CONSULTED
    asks = "Please say whether you were consulted on" if consulted else "Please clear"
    headline = f"{asks} the report for the {named}: {one.value}."
    if step.days:
        headline = f"Not received yet for the report for the {named}: {one.value}."
    return Content(
        headline,
        intro=(
            f"It was sent to you on {day_said(step.sent)}, and is wanted by {day_said(wanted_by(calendar, meeting))}.",
            "Silence is not taken as consent: the report prints “not received”.",
        ),
        buttons=(
            press_button(
                "Consulted…" if consulted else "Cleared…", AnswerClearance(meeting=meeting.id, which=one.value)
            ),
            press_button("Not applicable", NotApplicable(meeting=meeting.id, which=one.value)),
        ),
    )


def _came_back(ctx: RequestContext, step: AboutEntry) -> Content | None:
    """Write to a secretary what came back from a post, or that it was taken back; None where it is not so any more."""
    entry = report_entry_by_id(ctx.session, step.entry_id)
    calendar, one = ctx.where(entry.meeting_id) if entry else None, clearance_of_mark(entry.name if entry else "")
    if entry is None or calendar is None or one is None:
        return None
    meeting = calendar.by_id[entry.meeting_id or 0]
    kept = report_values(ctx, calendar, meeting)
    if kept.own[entry.name].id != entry.id:
        return None
    waiting = listed([each.value for each, facts in kept.clearances.items() if facts.is_waiting])
    named = paper_named(calendar, meeting)
    taken_back = f"{entry.signature} took it back. " if kept.clearance(one).is_waiting else ""
    return Content(
        f"For the {named}: {taken_back}{clearance_line(ctx, one, kept.clearance(one))}",
        buttons=(ask_button("Clearances", f"clearance {calendar.board.key} {calendar.day(meeting).isoformat()}"),),
        footer=(f"Not received yet: {waiting}." if waiting else "Nothing is waiting for clearance any more.",),
    )
