"""What whoever owns a risk is sent once a quarter is over: the request and the one reminder, a press for each."""

from collections.abc import Sequence

from handlers.context import RequestContext
from handlers.formatting import day_said, listed, number_said
from handlers.responses import Content, Group
from handlers.risks.assess import assess_buttons
from handlers.risks.score_wording import stands_said
from models.enums import Step
from models.plan.risks import RiskFacts, risks_of
from models.storage.notification_tables import Notification

_MOST = 8
"""Risks of which each has its group."""


def write_risk_requests(ctx: RequestContext, notifications: Sequence[Notification]) -> Content:
    """Write which risks one person is asked to assess; what has been assessed since says so."""
    ended = {one.subject: one.meeting_day for one in notifications}
    risks = risks_of(ctx.session, ids=ended)
    waiting = [one for one in risks if one.now is None or one.now.day <= (ended[one.id] or one.now.day)]
    risks.sort(key=lambda one: one not in waiting)
    more = [one.ref for one in risks[_MOST:]]
    return Content(
        _headline(len(waiting), is_reminder=Step.REMINDER in {one.step for one in notifications}),
        groups=(
            *(_group(one, is_waiting=one in waiting) for one in risks[:_MOST]),
            *((Group(f"And {number_said(len(more), 'more')}", texts=(listed(more),)),) if more else ()),
        ),
        footer=(f"Or in a line: “{waiting[0].ref} 3 x 4 because …”.",) if waiting else (),
    )


def _headline(waiting: int, *, is_reminder: bool) -> str:
    if not waiting:
        return "Thank you: no risk is to be assessed by you just now."
    said = f"{number_said(waiting, 'risk')} of yours {'is' if waiting == 1 else 'are'}"
    return f"Reminder: {said} still to be assessed." if is_reminder else f"{said} to be assessed for the new quarter."


def _group(risk: RiskFacts, *, is_waiting: bool) -> Group:
    heading = f"{risk.ref}: {risk.title}"
    if not is_waiting and risk.now is not None:
        by = f" by {risk.now.signature}" if risk.now.signature else ""
        return Group(heading, texts=(f"{stands_said(risk)}: assessed{by} on {day_said(risk.now.day)}.",))
    target = f"; the target is {risk.target}" if risk.target else ""
    return Group(heading, texts=(f"It stands at {stands_said(risk)}{target}.",), buttons=assess_buttons(risk))
