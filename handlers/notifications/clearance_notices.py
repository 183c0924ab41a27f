"""What is asked of whoever clears a report: when it was sent, and while nothing has come back."""

from handlers.context import RequestContext
from handlers.formatting import day_said
from handlers.papers.clearances import AnswerClearance, NotApplicable, clearance_of_mark
from handlers.papers.meetings import paper_named
from handlers.papers.report_values import wanted_by
from handlers.press_codec import press_button
from handlers.responses import Content
from models.enums import CONSULTED
from models.rules.steps import ClearanceAsked, narrow_step
from models.storage.notification_tables import Notification


def write_clearance(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write that a report was sent for clearance, or that nothing has come back yet."""
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
