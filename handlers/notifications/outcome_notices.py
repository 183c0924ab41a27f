"""What leads are told once a board's outcomes are recorded: closed, carried forward, not agreed."""

from collections.abc import Sequence

from handlers.actions.history_view import outcome_said
from handlers.context import RequestContext
from handlers.formatting import action_line, meeting_said, number_said
from handlers.responses import Content, Group
from models.plan.action_filter import ActionFilter
from models.records.action_state import counting_outcomes
from models.records.entry_reads import outcomes_of_actions
from models.storage.history_tables import Outcome
from models.storage.notification_tables import Notification

_TAKEN_BACK = "no outcome; what was recorded was taken back"


def write_outcomes(ctx: RequestContext, notifications: Sequence[Notification]) -> Content:
    """Write the outcomes on one lead's actions in one message."""
    views = ctx.views_to_answer(ActionFilter(ids={notification.subject for notification in notifications}))
    by_action: dict[int, list[Outcome]] = {}
    for outcome in outcomes_of_actions(ctx.session, [view.facts.id for view in views]):
        by_action.setdefault(outcome.action_id, []).append(outcome)
    meetings = {notification.subject: notification.meeting_id for notification in notifications}
    lines, boards, standing = [], [], 0
    for view in views:
        # By the meeting: another board may keep the action by now.
        calendar = ctx.where(meetings[view.facts.id])
        outcome = counting_outcomes(by_action.get(view.facts.id, [])).get(meetings[view.facts.id])  # type: ignore[assignment]
        if calendar is None:
            continue
        meeting = calendar.by_id[meetings[view.facts.id]]
        boards.append(f"the {calendar.board.name} of {meeting_said(meeting, calendar)}")
        standing += outcome is not None
        said = outcome_said(outcome, calendar) if outcome is not None else _TAKEN_BACK
        lines.append(action_line(view, ctx.calendars, ctx.now, answered=f"The board: {said}".rstrip(".") + "."))
    where = " and ".join(dict.fromkeys(boards))
    mine = f"{number_said(len(lines), 'action')} of yours"
    return Content(
        f"What {where} decided on {mine}." if standing else f"An outcome of {where} on {mine} was taken back.",
        groups=(Group(lines=tuple(lines)),),
        footer=("“/cypp mine” shows all your actions.",),
    )
